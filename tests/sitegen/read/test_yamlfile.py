"""Strict YAML: what it refuses, on which line, and that nothing else can happen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model.problems import DataError, Problem
from sitegen.read.yamlfile import MAX_BYTES, MAX_DEPTH, Document, read, scalars

GUESSED = (
    "'{}' can be read as something else: put it in quotes if text is meant,"
    " or write the number without leading zeros, colons or underscores"
)
WORDS = "a word of absence (not reported, unclear, not applicable, none observed, not extracted)"
NO_VALUE = f"'{{}}' is no value: write what the source says, or {WORDS}"
YES_OR_NO = (
    "'{}' is read as yes or no: say in words what the source says, such as 'no blinding', or write"
    f" {WORDS}"
)
ALIASES = "'&' anchors and '*' aliases are not used: write the value out"
TAGS = "'!' tags are not used: write plain text"
TAB = "a tab stands where spaces must: indent with two spaces"
DEEP = f"is nested too deep: at most {MAX_DEPTH} levels"
EMPTY = "the file is empty: write one 'field: value' a line (CURATING.md)"
NO_FIELDS = "the file holds no 'field: value' lines: write one 'field: value' a line (CURATING.md)"
QUOTES = "text needs quotes if it holds ': ' or ' #', or begins with one of > | [ { * & ! % @ `"
NO_LINK = "must be a plain file, not a link or a folder"
NO_UTF8 = "is not UTF-8 text: save the file with the encoding UTF-8"


def document(folder: Path, content: str | bytes) -> Document:
    path = folder / "x.yml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path, "data/x.yml")


def refusals(path: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        read(path, "data/x.yml")
    return list(caught.value.problems)


# ---- what is read -----------------------------------------------------------------------------


def test_every_value_is_the_text_that_is_written(tmp_path: Path) -> None:
    text = """\
plain: a text
number: 6
decimal: 2.5
range: 2.5-5 mg
day: 2020-02-29
month: 1999-05
quoted: "no"
single: '010'
empty: ""
blank:
folded: >-
  two
  lines
kept: |
  two
  lines
list: [a, "1:30"]
nested:
  - one: 1
    two: [2, 3]
  - three
"""
    expected = {
        "plain": "a text",
        "number": "6",
        "decimal": "2.5",
        "range": "2.5-5 mg",
        "day": "2020-02-29",
        "month": "1999-05",
        "quoted": "no",
        "single": "010",
        "empty": "",
        "blank": "",
        "folded": "two lines",
        "kept": "two\nlines\n",
        "list": ["a", "1:30"],
        "nested": [{"one": "1", "two": ["2", "3"]}, "three"],
    }

    assert document(tmp_path, text).content == expected


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    text = """\
# A remark.
name: a

list:
  - first
  - second
flow: [x,
  z]
deep:
  - one: 1

    two:
      three: 3
"""
    expected = {
        ("name",): 2,
        ("list",): 4,
        ("list", 0): 5,
        ("list", 1): 6,
        ("flow",): 7,
        ("flow", 0): 7,
        ("flow", 1): 8,
        ("deep",): 9,
        ("deep", 0): 10,
        ("deep", 0, "one"): 10,
        ("deep", 0, "two"): 12,
        ("deep", 0, "two", "three"): 13,
    }

    assert document(tmp_path, text).lines == expected


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("b", "c"), 3),
        (("b", "c", "not there"), 3),
        (("b", "not there"), 2),
        (("b", "not there", 5, "at"), 2),
        (("not there",), 1),
        ((), 1),
    ],
)
def test_what_is_not_in_the_file_has_the_line_of_what_is_around_it(
    tmp_path: Path, where: tuple[str | int, ...], line: int
) -> None:
    assert document(tmp_path, "a: 1\nb:\n  c: 2\n").line(where) == line


@given(
    st.recursive(
        st.text("abc", min_size=1),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3),
            st.dictionaries(st.text("xyz", min_size=1), inner, min_size=1, max_size=3),
        ),
        max_leaves=10,
    )
)
def test_a_nested_value_is_read_back_with_the_line_it_was_written_on(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    text: list[str] = []
    lines: dict[tuple[str | int, ...], int] = {}
    _write({"top": value}, (), text, lines)

    read = document(tmp_path_factory.getbasetemp(), "\n".join(text))

    assert read.content == {"top": value}
    assert read.lines == lines


def _write(
    value: object,
    where: tuple[str | int, ...],
    text: list[str],
    lines: dict[tuple[str | int, ...], int],
) -> None:
    """Write a value as YAML, each key and each entry of a list on a line of its own."""
    indent = "  " * len(where)
    if isinstance(value, str):
        text.append(f"{indent}{value}")
        return
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        text.append(f"{indent}{key}:" if isinstance(key, str) else f"{indent}-")
        lines[(*where, key)] = len(text)
        if isinstance(key, int):  # the entry itself begins on the next line
            lines[(*where, key)] += 1
        _write(inner, (*where, key), text, lines)


# ---- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        *("y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"),
        *("Yes", "NO", "On", "OFF", "True", "FALSE", "Null"),
        *("010", "00", "007.5", "-010", "+01", "0_1", "1_000", "1:30", "1:30:15", "-1:30"),
        *(".5", "-.5", "+.5", "0x1F", "0o17", "0b1010", ".inf", "-.Inf", ".nan", ".NaN"),
    ],
)
def test_a_plain_word_that_can_be_read_as_something_else_is_refused(
    tmp_path: Path, word: str
) -> None:
    (tmp_path / "x.yml").write_text(f"name: a\nvalue: {word}\n", encoding="utf-8")

    is_word = not (any(map(str.isdigit, word)) or "." in word)
    said = (NO_VALUE if word.lower() in ("null", "~") else YES_OR_NO) if is_word else GUESSED
    assert refusals(tmp_path / "x.yml") == [Problem("data/x.yml", 2, said.format(word))]


def test_a_date_that_can_be_read_as_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("when: 03.05.1999\n", encoding="utf-8")

    said = (
        "'03.05.1999' can be read as something else: write year, month and day, such as"
        " '1994-12-20'"
    )
    assert refusals(tmp_path / "x.yml") == [Problem("data/x.yml", 1, said)]


@pytest.mark.parametrize("word", ["no", "010", "1:30", "1_000", "~", ".5", "null"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_same_word_in_quotes_is_text(tmp_path: Path, word: str, quote: str) -> None:
    assert document(tmp_path, f"value: {quote}{word}{quote}\n").content == {"value": word}


@pytest.mark.parametrize(
    "word",
    [
        "0",
        "0.5",
        "10",
        "-5",
        "1.5",
        "1e3",
        "2-3",
        "nobody",
        "y5",
        "0.2 mL",
        "none",
        "1999-05-03",
        "12:a",
    ],
)
def test_a_plain_word_that_nobody_mistakes_is_text(tmp_path: Path, word: str) -> None:
    assert document(tmp_path, f"value: {word} .\n").content == {"value": f"{word} ."}


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        pytest.param(
            "a: 1\nb: 2\na: 3\n",
            3,
            "'a' stands twice, in lines 1 and 3: keep one of them",
            id="a key twice",
        ),
        pytest.param(
            "a:\n  - b: 1\n    c: 2\n    b: 1\n",
            4,
            "'b' stands twice, in lines 2 and 4: if a new entry of the list begins there, put '- '"
            " before it; else keep one of them",
            id="an inner key twice",
        ),
        pytest.param(
            "{a: 1, 'a': 2}",
            1,
            "'a' stands twice in this line: keep one of them",
            id="a key twice in a flow",
        ),
        pytest.param("a: 1\nb: &x 2\n", 2, ALIASES, id="an anchor on a value"),
        pytest.param("a: 1\nb: &x\n  c: 2\n", 2, ALIASES, id="an anchor on a mapping"),
        pytest.param("&x a: 1\n", 1, ALIASES, id="an anchor on a key"),
        pytest.param("a: 1\nb: *x\n", 2, ALIASES, id="an alias"),
        pytest.param("a: 1\n*x : 2\n", 2, ALIASES, id="an alias as a key"),
        pytest.param("a: 1\n<<: *x\n", 2, ALIASES, id="a merge"),
        pytest.param("a: !!int 1\n", 1, TAGS, id="a standard tag"),
        pytest.param("a: 1\nb: !ENV X\n", 2, TAGS, id="a tag of our own"),
        pytest.param(
            "a: !!python/object/apply:os.system [true]\n", 1, TAGS, id="a tag that runs code"
        ),
        pytest.param("a: !!set {b}\n", 1, TAGS, id="a tag on a mapping"),
        pytest.param(
            "a: 1\n---\nb: 2\n",
            2,
            "a file holds one record: give the second its own file",
            id="two documents",
        ),
        pytest.param(
            "? [a, b]\n: 1\n", 1, "a field's name must be plain text", id="a list as a key"
        ),
        pytest.param(
            "? {a: b}\n: 1\n", 1, "a field's name must be plain text", id="a mapping as a key"
        ),
        pytest.param("a: 1\n\tb: 2\n", 2, TAB, id="a tab before a key"),
        pytest.param("a:\n\t- b\n", 2, TAB, id="a tab before a list"),
        pytest.param("a:\n  b: 1\n\tc: 2\n", 3, TAB, id="a tab in a mapping"),
        pytest.param("", 1, EMPTY, id="no bytes"),
        pytest.param("\n\n", 1, EMPTY, id="blank lines"),
        pytest.param("# one\n# two\n", 1, EMPTY, id="only comments"),
        pytest.param("---\n", 1, EMPTY, id="an empty document"),
        pytest.param('""\n', 1, EMPTY, id="an empty text"),
        pytest.param("just a text\n", 1, NO_FIELDS, id="a text at the top"),
        pytest.param("- a\n- b\n", 1, NO_FIELDS, id="a list at the top"),
        pytest.param("[]\n", 1, NO_FIELDS, id="an empty list at the top"),
        pytest.param(b"a: 1\nb: \xff\n", 2, NO_UTF8, id="Latin-1"),
        pytest.param("a: 1\n".encode("utf-16"), 1, NO_UTF8, id="UTF-16"),
        pytest.param(b"a: 1\nb: \xed\xa0\x80\n", 2, NO_UTF8, id="a lone surrogate"),
        pytest.param(
            "a:\n" + "".join(f"{'  ' * n}- \n" for n in range(20)), 13, DEEP, id="depth by lines"
        ),
        pytest.param(f"a:\n  {'[' * 20}{']' * 20}\n", 2, DEEP, id="depth in a flow"),
        pytest.param("[" * 200_000, 1, DEEP, id="200,000 open brackets"),
        pytest.param("a: " + "{b: " * 200_000, 1, DEEP, id="200,000 open braces"),
        pytest.param("- " * 200_000, 1, DEEP, id="200,000 dashes"),
        pytest.param(
            "? " * 200_000, 1, "a field's name must be plain text", id="200,000 question marks"
        ),
    ],
)
def test_a_construct_that_is_not_strict_is_refused_on_its_line(
    tmp_path: Path, content: str | bytes, line: int, message: str
) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    assert refusals(path) == [Problem("data/x.yml", line, message)]


NEEDS_QUOTES = "the value needs quotation marks: write "
NEVER_CLOSED = (
    "a list or a quotation in it is never closed: close it with ], and put a comma between its"
    " entries"
)
INDENTED = (
    "this line is indented by {}, its neighbours by {}: give it as many spaces as the lines that"
    " it belongs to"
)
NO_BREAK = "a no-break space stands where a plain one must; build.py mend does it"
NO_COLON = "a field and its value need a colon and a space between them (got '{}')"
BELOW = "this line is indented by {}, that below it by {}: give it {} if it belongs to '{}:'"
DASH = (
    "the '-' of this entry is indented by {}, that of the entry above by {}: give it {}, and the"
    " other lines of the entry {}"
)
NO_FIELD = (
    "these entries have no field above them: write the field that they belong to on a line before"
    " them"
)
LOST = (
    "has no field above it that it belongs to: write that field on a line before it, or delete the"
    " spaces"
)
GOES_ON = (
    "this line goes on with the text of '{0}:' above it: put it on the same line, or indent it"
    " deeper than '{0}:'"
)
CUT = (
    "' #' ends the value '{}', and what follows is left out: put the value in quotes, or the"
    " comment on a line of its own"
)
MERGE = (
    "a marker that git leaves where two versions differ: keep the lines of one of them, and delete"
    " the lines with <<<<<<<, ======= and >>>>>>>"
)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("a: 1\nb: it is: so\n", 2, NEEDS_QUOTES + 'b: "it is: so"'),
        ('a: 1\nb: it is: "so"\nc: d\n', 2, NEEDS_QUOTES + 'b: "it is: \\"so\\""'),
        ("a: 1\nb: > 3 mg\n", 2, NEEDS_QUOTES + 'b: "> 3 mg"'),
        ("a: @b\n", 1, NEEDS_QUOTES + 'a: "@b"'),
        ("a: %b\n", 1, NEEDS_QUOTES + 'a: "%b"'),
        ("a: 'The maker's own'\nb: c\n", 1, NEEDS_QUOTES + 'a: "The maker\'s own"'),
        ('a: The\nb: "The" same\n', 2, NEEDS_QUOTES + 'b: "\\"The\\" same"'),
        ("a: [sic] so\n", 1, NEEDS_QUOTES + 'a: "[sic] so"'),
        (
            "a:\n  -b: 1\n    c: 2\n",
            2,
            "a dash and its value need a space between them (got '-b: 1')",
        ),
        ("a:\n  b: 1\n \u00a0c: 2\n", 3, NO_BREAK),
        ("a: 1\nb:\u00a02\nc: 3\n", 2, NO_BREAK),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, NEVER_CLOSED),
        ('a: 1\nb: ["1, 2]\nc: [3]\n', 2, 'the quotation mark " is never closed: close it'),
        ('a: 0\nb: "1\nc: d\n', 2, 'the quotation mark " is never closed: close it'),
        ("a: '1\n", 1, "the quotation mark ' is never closed: close it"),
        ("a: 1\n b: 2\n", 2, INDENTED.format(1, 0)),
        ("a:\n  b: 1\n   c: 2\n  d: 3\n", 3, INDENTED.format(3, 2)),
        ("a:\n  - b: 1\n   c: 2\n", 3, INDENTED.format(3, 4)),
        ("a: 1\nb\n", 2, NO_COLON.format("b")),
        ("a: 1\nb:2\nc: 3\n", 2, NO_COLON.format("b:2")),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", 2, MERGE),
        ('a: "b\n>>>>>>> x"\n', 2, MERGE),
        ("a: 1\n=======\nb: 2\n", 2, MERGE),
        ("a: 1\n  ||||||| merged common ancestors\r\nb: 2\n", 2, MERGE),
        ("a: 1\n<<<<<<<\n", 2, MERGE),
        ("# b\n a: 1\nb: 2\n", 2, INDENTED.format(1, 0)),
        ("a:\n   b: 1\n  c: 2\n  d: 3\n", 2, BELOW.format(3, 2, 2, "a")),
        ("a:\n  - b: 1\n  - c: 1\n d: 1\n", 4, INDENTED.format(1, 0)),
        ("a:\n  - b: 1\n   # c\n- d\n", 4, DASH.format(0, 2, 2, 4)),
        ("a:\n  - b:\n      - c: 1\n    - d\n", 4, DASH.format(4, "2 or 6", "2 or 6", "two more")),
        ("a: 1\n- b\n", 2, NO_FIELD),
        ("a:\n  b two\n  c: d\n", 2, NO_COLON.format("b two")),
        (
            "a:\n  - b\n  c\n",
            3,
            "this line is indented as the entries above it: put '- ' before it",
        ),
        ("a: b\n  value: c\n", 2, f"'value:' {LOST}"),
        ("a: []\n  - b: 1\n", 2, f"{NO_FIELD}, or delete the '[]' of 'a:'"),
        ("a: one\ntwo words\n", 2, GOES_ON.format("a")),
        ("a:\n  - b: one\n    # c\n\ntwo words\nc: d\n", 5, GOES_ON.format("b")),
        (
            "a: one\nname it\n",
            2,
            NO_COLON.format("name it")
            + "; or, if it goes on with the text of 'a:', indent it deeper than that",
        ),
        ("a: [b]\ntwo words\n", 2, NO_COLON.format("two words")),
        ("a: -\n", 1, NO_VALUE.format("-")),
        ("a: ?\n", 1, NO_VALUE.format("?")),
        ("a: - 1.7\n", 1, NEEDS_QUOTES + 'a: "- 1.7"'),
        ("a: *b c\n", 1, NEEDS_QUOTES + 'a: "*b c"'),
        ("a: 'The maker's\nb: c\n", 1, NEEDS_QUOTES + 'a: "The maker\'s"'),
        ("a: [b # c\nd: e\n", 1, NEVER_CLOSED),
        ("a: [b # c]\n", 1, CUT.format("b")),
        ("a: [b,\n  c # d\n]\n", 2, CUT.format("c")),
    ],
)
def test_what_is_no_yaml_is_one_problem_with_its_line_and_its_remedy(
    tmp_path: Path, content: str, line: int, says: str
) -> None:
    path = tmp_path / "x.yml"
    path.write_text(content, encoding="utf-8")

    assert refusals(path) == [Problem("data/x.yml", line, says)]


def test_what_has_no_explanation_has_the_words_of_the_parser(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("a: [1, ]]\n", encoding="utf-8")

    [problem] = refusals(path)

    assert problem.message.startswith("is not YAML: ")
    assert problem.message.endswith(f" ({QUOTES})")


def test_each_single_value_is_found_where_it_stands() -> None:
    text = "# é\nname: é 1\nlist: [a, \"b c\"]\ndeep:\n  - one: 'x'\n"

    found = {
        where: text.split("\n")[place.start[0]][place.start[1] : place.end[1]]
        for where, place in scalars(text).items()
    }

    assert found == {
        ("name",): "é 1",
        ("list", 0): "a",
        ("list", 1): '"b c"',
        ("deep", 0, "one"): "'x'",
    }


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe"], ids="U+{0!a}".format)
def test_a_control_character_is_named_on_its_line(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "x.yml"
    path.write_text(f"a: 1\nb: {mark}\n", encoding="utf-8")

    assert refusals(path) == [
        Problem("data/x.yml", 2, "holds a control character: write plain text")
    ]


def test_a_billion_laughs_are_refused_at_the_first(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    levels = [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    path.write_text("\n".join(["a: &a [lol, lol]", *levels]), encoding="utf-8")

    assert refusals(path) == [Problem("data/x.yml", 1, ALIASES)]


def test_the_deepest_value_allowed_is_read(tmp_path: Path) -> None:
    inner = MAX_DEPTH - 1
    read = document(tmp_path, f"a: {'[' * inner}b{']' * inner}\n")

    assert read.line(("a", *([0] * inner))) == 1


def test_the_largest_file_allowed_is_read(tmp_path: Path) -> None:
    text = "a: " + "b" * (MAX_BYTES - 4) + "\n"

    assert document(tmp_path, text).content == {"a": "b" * (MAX_BYTES - 4)}


def test_a_file_one_byte_larger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("a: " + "b" * (MAX_BYTES - 3) + "\n", encoding="utf-8")
    message = "the file is too large: 1,000,001 bytes, at most 1,000,000"

    assert refusals(path) == [Problem("data/x.yml", 1, message)]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    message = "the file is missing (see CURATING.md)"

    assert refusals(tmp_path / "x.yml") == [Problem("data/x.yml", 1, message)]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusals(tmp_path) == [Problem("data/x.yml", 1, NO_LINK)]


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
def test_a_link_is_refused(tmp_path: Path, there: bool) -> None:
    path = tmp_path / "x.yml"
    if there:
        (tmp_path / "y.yml").write_text("a: 1\n", encoding="utf-8")
    path.symlink_to(tmp_path / "y.yml")

    assert refusals(path) == [Problem("data/x.yml", 1, NO_LINK)]


# ---- comments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "value"),
    [
        ("a: patient #3 had 250 µg\n", 1, "patient"),
        ("a: b # c\n", 1, "b"),
        ("a: b #\n", 1, "b"),
        ("a: b\t# c\n", 1, "b"),
        ("\ufeffa: b # c\n", 1, "b"),
        ("# one\r\na: ä 😀 # c\r\n", 2, "ä 😀"),
        ("a:\n  - b # c\n", 2, "b"),
        ("a: [b #3, c\n  ]\n", 1, "b"),
        ("a: b\n  c # d\n", 2, "b c"),
    ],
)
def test_a_comment_that_may_cut_a_text_is_refused(
    tmp_path: Path, text: str, line: int, value: str
) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(text.encode())

    said = (
        f"' #' ends the value '{value}', and what follows is left out: put the value in quotes, or"
        " the comment on a line of its own"
    )
    assert refusals(path) == [Problem("data/x.yml", line, said)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("# c\na: b\n# c\n", {"a": "b"}),
        ("a: 'b #3 c' # d\n", {"a": "b #3 c"}),
        ('a: "b" # c\n', {"a": "b"}),
        ("a: # c\n  b: d\n", {"a": {"b": "d"}}),
        ("a: [b, c] # d\n", {"a": ["b", "c"]}),
        ("a: b#c\n", {"a": "b#c"}),
        ("a: b\n  # c\n", {"a": "b"}),
        ("a: |\n  b # c\n", {"a": "b # c\n"}),
    ],
)
def test_a_comment_that_cuts_nothing_is_allowed(
    tmp_path: Path, text: str, content: dict[str, object]
) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(text.encode())

    assert read(path, "data/x.yml").content == content


# ---- nothing else can happen ------------------------------------------------------------------

_pieces = st.lists(
    st.sampled_from(
        [
            *"abc:-?[]{}&*!|>'\"%@`#,\n \t01.~",
            *(": ", "- ", "\n  ", "---\n", "...\n", "%YAML 1.2\n", "%TAG ! x\n", "<<"),
            *("\\x41", "\\ud800", "\ufeff", "\x85", "\u2028", "\x00", "\x7f", "\U0001f600"),
        ]
    ),
    max_size=30,
).map("".join)


@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=100).map(str.encode), _pieces.map(str.encode)
    )
)
@example(b'a: "\\0"')
@example(b"\xef\xbb\xbfa: 1")
@example(b"%YAML 9999999999999999999.1\n---\na: 1")
@example(b'"a\\nb": 1\n"a\\nb": 2')
def test_any_bytes_are_a_document_or_one_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "x.yml"
    path.write_bytes(content)
    try:
        read_back = read(path, "data/x.yml")
    except DataError as error:
        [problem] = error.problems
        assert problem.path == "data/x.yml"
        assert 1 <= problem.line <= len(content) + 1
    else:
        assert isinstance(read_back, Document)
