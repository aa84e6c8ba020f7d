"""Hostile data: what stands in a data folder is refused, or published as text, within bounds."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import hostile
import pytest
import rispy
from folders import OTHER, TEMPLATES, TESTS
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from sound import FILES, problems, read, rich_folder, sound_folder, write

from sitegen import SiteOutput, build, read_site
from sitegen.derive.references import linked
from sitegen.export.table import as_text
from sitegen.model.problems import DataError
from sitegen.read.svg import MAX_BYTES, NoDrawing, plain

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'

# ---- any bytes --------------------------------------------------------------------------------

_PIECES = [
    *("", "\n", "  ", ": ", "- ", "[", "]", "{", "}", '"', "'", "&a ", "*a", "!!int ", "|\n", "#"),
    *("not reported", "0", "-1", "9" * 40, "1e999", "0001-01-01", "9999-12-31", "1-50", "½", "٣"),
    *(
        "leaflet use.1.1-51",
        "leaflet use.1.1",
        "leaflet",
        "examplin",
        "..",
        "/etc/passwd",
        "a" * 3000,
    ),
    *("<script>", "{{ 7 }}", "\x00", "\u202e", "\ud7ff", "\U0001f600", "\ufeff", "\x85", "\u2028"),
    *("claims/duration value", "claims/duration says", "none observed", "value:", "at:", "note:"),
]


_cuts = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from([0, 1, 5, 40, 10_000]),
        st.sampled_from(_PIECES).map(str.encode) | st.binary(max_size=40),
    ),
    min_size=1,
    max_size=3,
)


def cut(content: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    """Bytes with some of them cut out and others in their place."""
    for place, length, new in cuts:
        start = int(place * len(content))
        content = content[:start] + new + content[start + length :]
    return content


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound folder with a file of every kind, of which one is changed at a time."""
    data = rich_folder(tmp_path_factory.mktemp("around"))
    write(data, "structures/examplin.svg", SVG.format('<g><path d="M0 0h9"/></g>'))
    return data


@pytest.mark.slow  # it reads 300 folders
@settings(max_examples=300)
@given(which=st.integers(0), cuts=_cuts)
def test_any_bytes_in_any_file_are_reported_or_accepted(
    around: Path, which: int, cuts: list[tuple[float, int, bytes]]
) -> None:
    files = sorted(path for path in around.rglob("*.*") if path.is_file())
    path = files[which % len(files)]
    before = path.read_bytes()
    path.write_bytes(cut(before, cuts))
    reported = problems(around)
    path.write_bytes(before)

    assert not [line for line in reported if "\n" in line or not line.startswith("data")]


# ---- bounds -----------------------------------------------------------------------------------

SECONDS, MEGABYTES = 20, 400
Change = Callable[[Path], object]


def put(name: str, content: str) -> Change:
    return lambda data: write(data, name, content)


def more(name: str, content: str) -> Change:
    return lambda data: write(data, name, read(data, name) + content)


def swap(name: str, old: str, new: str) -> Change:
    def change(data: Path) -> None:
        text = read(data, name)
        assert old in text
        write(data, name, text.replace(old, new))

    return change


def instead(name: str, make: Callable[[Path], object]) -> Change:
    """Something else than a plain file in a place."""

    def change(data: Path) -> None:
        path = data / name
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        make(path)

    return change


def letters(number: int) -> str:
    """A number as letters, since every digit must be proved."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def many(folder: str, number: int, like: str, old: str, new: str) -> Change:
    """Thousands of files, each like one that is there but for one thing."""

    def change(data: Path) -> None:
        text = read(data, like)
        assert old in text
        for index in range(number):
            write(data, f"{folder}/x{index}.yml", text.replace(old, new.format(letters(index))))

    return change


def many_cited(data: Path, sentences: int, figures: str) -> None:
    """A register of long figures, and ten findings that each cite all of its sentences."""
    head = read(data, "sources/paper.yml").partition("sections:")[0]
    body = "sections: [{id: s, heading: S}]\nsentences:\n"
    for number in range(sentences):
        place = f"s.{number // 50 + 1}.{number % 50 + 1}"
        body += f'  - at: {place}\n    gist: g\n    figures: ["{figures}", "row {number}"]\n'
        body += f'    characters: 10\n    sha256: "{"0" * 64}"\n'
    write(data, "sources/big.yml", head + body)
    places = [f"big s.{paragraph + 1}.1-50" for paragraph in range(sentences // 50)]
    text = read(data, "experiments/rats.yml").partition("findings:")[0]
    text = re.sub("paper abstract.1.2", f"[{', '.join(places)}]", text) + "findings:\n"
    for number in range(10):
        turned = places[number % len(places) :] + places[: number % len(places)]
        text += f'  - says: "{"7 " * 900}"\n    at: [{", ".join(turned)}]\n'
    write(data, "experiments/big.yml", text)


def laughs() -> str:
    levels = [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    return "\n".join(["a: &a [lol, lol]", *levels])


TOO_MUCH = "the file holds too much: at most 10,000 values"
NO_LINK = "must be a plain file, not a link or a folder"
NO_LINK_OR_FOLDER = "must be a plain file or folder, not a link"
SOUND = "sound"
# What is done to a sound folder, and the message about it: the end of one of the lines, or nothing.
EXTREMES: dict[str, tuple[Change, str]] = {
    "nothing": (lambda data: None, SOUND),
    "a list of 400,000": (put("terms/syrup.yml", "also: [" + "a," * 400_000 + "]"), TOO_MUCH),
    "300,000 empty parts": (put("studies/hiccups.yml", "findings: [" + "{}," * 300_000), TOO_MUCH),
    "90,000 fields": (
        put("terms/syrup.yml", "".join(f"k{n}: a\n" for n in range(90_000))),
        TOO_MUCH,
    ),
    "9,000 misspelt fields": (
        put("terms/syrup.yml", "".join(f"nam{n}: a\n" for n in range(9_000))),
        "has more than 100 mistakes: mend these, and the rest is listed",
    ),
    "parts with nothing right": (
        put("sources/leaflet.yml", "sentences: [" + "{a: b}," * 4_900 + "]"),
        "has more than 100 mistakes: mend these, and the rest is listed",
    ),
    "a name of 900,000": (
        put("terms/syrup.yml", "? " + "k" * 900_000 + "\n: a\n"),
        "a field's name must be at most 100 characters",
    ),
    "an id of 900,000": (
        swap("claims/duration.yml", "substance: examplin", "substance: " + "a" * 900_000),
        "substance must be at most 100 characters (got '" + "a" * 57 + "...')",
    ),
    "101 places": (
        swap("claims/duration.yml", "at: leaflet use.1.4", f"at: [{'leaflet use.1.4, ' * 101}]"),
        "at must list at most 100",
    ),
    "every place many times over": (
        swap("studies/hiccups.yml", "at: [leaflet use.1.2, ", f"at: [{'leaflet use.1.1-4, ' * 97}"),
        SOUND,
    ),
    "a text of 900,000": (
        swap("claims/duration.yml", "says: The", "says: " + "The " * 225_000),
        "says must be at most 2000 characters (got 'The The The The The The The The The The The "
        "The The The T...')",
    ),
    "500 texts of one long number": (
        put("terms/syrup.yml", f"{FILES['terms/syrup.yml']}also: [{('9' * 1990 + ', ') * 480}]\n"),
        "is not in leaflet use.1.1 (figures there: none)",
    ),
    "10 MB": (
        put("terms/syrup.yml", "#" * 10_000_000),
        "the file is too large: 10,000,000 bytes, at most 1,000,000",
    ),
    "a billion laughs": (
        put("terms/syrup.yml", laughs()),
        "'&' anchors and '*' aliases are not used: write the value out",
    ),
    "200,000 brackets": (
        put("terms/syrup.yml", "a: " + "[" * 200_000),
        "is nested too deep: at most 12 levels",
    ),
    "the year 1": (
        swap("site.yml", "released: 2020-02-29", "released: 0001-01-01"),
        "released must be a day of the years 1970 to 2069 (got '0001-01-01')",
    ),
    "a range without an end": (
        swap("claims/duration.yml", "use.1.4", "use.1.1-9999"),
        "at must name sentences in rising order, at most 50 of them (got 'leaflet use.1.1-9999')",
    ),
    "a link to an endless device": (
        instead("terms/x.yml", lambda path: path.symlink_to("/dev/zero")),
        NO_LINK,
    ),
    "a drawing that is such a link": (
        instead("structures/examplin.svg", lambda path: path.symlink_to("/dev/zero")),
        NO_LINK_OR_FOLDER,
    ),
    "the site's own file such a link": (
        instead("site.yml", lambda path: path.symlink_to("/dev/zero")),
        NO_LINK,
    ),
    "a pipe": (instead("terms/x.yml", os.mkfifo), NO_LINK),
    "a pipe as a drawing": (instead("structures/examplin.svg", os.mkfifo), NO_LINK),
    "a folder as a record": (instead("terms/x.yml", Path.mkdir), NO_LINK),
    "a link around": (
        instead("terms/round", lambda path: path.symlink_to("..")),
        NO_LINK_OR_FOLDER,
    ),
    "a link to everything": (
        instead("ties", lambda path: path.symlink_to("/")),
        NO_LINK_OR_FOLDER,
    ),
    "a name with a line break": (
        instead("terms/a\nb.yml", Path.touch),
        "the file's name must be an id of lower-case letters, digits and single hyphens",
    ),
    "a name that is no text": (
        instead(os.fsdecode(b"terms/\xff.yml"), Path.touch),
        "the file's name must be an id of lower-case letters, digits and single hyphens",
    ),
    "a name that leads elsewhere": (
        instead("terms/x..%2f..%2fx.yml", Path.touch),
        "the file's name must be an id of lower-case letters, digits and single hyphens",
    ),
    "2,000 wrong names of records": (
        many(
            "claims", 2000, "claims/duration.yml", "substance: examplin", "substance: examplin-{}"
        ),
        "more than 500 breaches of rules: mend these, and the rest is listed",
    ),
    "3,000 files": (many("terms", 3000, "terms/syrup.yml", "name: syrup", "name: word{}"), SOUND),
    "more than a build can hold": (
        many("terms", 70, "terms/syrup.yml", "name: syrup", "#" * 990_000 + "\nname: word{}"),
        "bytes, at most 64,000,000",
    ),
    "a report that cites as many sentences as it may": (
        lambda data: many_cited(data, 200, " ".join(str(number) for number in range(7, 400))),
        "figure '50 micrograms/kg' is not in big s.1.1-50",
    ),
    "a register of number words": (
        lambda data: many_cited(data, 200, "one " * 470),
        "figure '50 micrograms/kg' is not in big s.1.1-50",
    ),
    "a report that cites more": (
        lambda data: many_cited(data, 250, "a"),
        "at must cite at most 200 sentences",
    ),
    "a sentence of 101 figures": (
        swap("sources/leaflet.yml", "figures: []", f"figures: [{'a, ' * 101}]"),
        "figures must list at most 100",
    ),
    "100,000 files that are no records": (
        lambda data: [(data / f"terms/{number}.txt").touch() for number in range(100_000)],
        "holds more than 100 files that are no records",
    ),
    "1,100 files of one slip each": (
        lambda data: [write(data, f"terms/x{number}.yml", "") for number in range(1100)],
        "data/terms/x0.yml:1: the file is empty",
    ),
    "a DOI of 300,000": (
        swap("sources/paper.yml", "doi: ", f"doi: '10.1000/{'a' * 300_000}' # "),
        "doi must be a number such as '10.1000/182' or a word of absence (got '10.1000/aa",
    ),
    "an author of 300,000": (
        swap("sources/paper.yml", "author: ", f"author: '{'A' * 300_000} B' # "),
        "author must list names such as 'Family AB'",
    ),
    "5,000 authors": (
        swap("sources/paper.yml", "author: ", f"author: [{'Sample A, ' * 5000}] # "),
        "author must list at most 500 names",
    ),
    "a drawing of 60,000 levels": (
        put("structures/examplin.svg", '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 49_000),
        "must be well-formed SVG",
    ),
}


# Those that change what only a folder with a paper has.
OF_A_PAPER = (
    "a report that cites as many sentences as it may",
    "a register of number words",
    "a report that cites more",
    "a DOI of 300,000",
    "an author of 300,000",
    "5,000 authors",
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What each extreme came to, in a process of its own with a limit on time and memory."""
    base = tmp_path_factory.mktemp("extremes")
    folders = {}
    for number, (name, (change, _)) in enumerate(EXTREMES.items()):
        folders[name] = (rich_folder if name in OF_A_PAPER else sound_folder)(base / str(number))
        change(folders[name])
    program = TESTS / "bounded.py"
    command = [
        sys.executable,
        str(program),
        str(SECONDS),
        str(MEGABYTES),
        *map(str, folders.values()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = map(json.loads, done.stdout.splitlines())
    return dict(zip(folders, lines, strict=True))


@pytest.mark.slow  # it reads very large folders, each in a process of its own
@pytest.mark.parametrize("name", EXTREMES)
def test_an_extreme_value_is_reported_within_bounds(
    outcomes: dict[str, dict[str, object]], name: str
) -> None:
    outcome, expected = outcomes[name], EXTREMES[name][1]

    assert outcome["ended"] == "itself"
    assert outcome["length"] < 2_000_000  # type: ignore[operator]
    if expected == SOUND:
        assert outcome["problems"] == []
    else:
        reported = [str(line) for line in outcome["problems"]]  # type: ignore[attr-defined]
        assert [line for line in reported if expected in line], reported[:3]


# ---- text that nobody sees --------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark",
    [
        hostile.UNSEEN[0],  # every field is tried with each mark
        *(pytest.param(mark, marks=pytest.mark.slow) for mark in hostile.UNSEEN[1:]),
    ],
    ids="U+{0!a}".format,
)
def test_no_field_takes_a_mark_that_nobody_sees(mark: str) -> None:
    everything, taking = hostile.fields_refusing(OTHER, mark)

    assert len(everything) > 400
    assert taking == []


@pytest.mark.parametrize("mark", [*hostile.UNSEEN, "\u200e", "\u2069", "\n", "\t", " "])
def test_no_number_takes_a_mark_that_nobody_sees(tmp_path: Path, mark: str) -> None:
    data = rich_folder(tmp_path)
    before, escaped = read(data, PAPER), mark.encode("unicode_escape").decode()
    for number in ("10.1000/a{}b", "10.1000/ab{}", "{}10.1000/ab"):
        text = re.sub(r"(?m)^( *doi:) .*$", "\\1 @", before)
        write(data, PAPER, text.replace("@", f'"{number.format(escaped)}"'))
        assert [line for line in problems(data) if "doi must be a number" in line], number


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\x1b", "\u2066"])
def test_no_author_takes_a_mark_that_nobody_sees(tmp_path: Path, mark: str) -> None:
    data = rich_folder(tmp_path)
    text = re.sub(r"(?m)^author: .*$", "author: @", read(data, PAPER))
    write(data, PAPER, text.replace("@", json.dumps(f"Sam{mark}ple AB")))

    assert [line for line in problems(data) if "author must list names" in line]


PAPER = "sources/paper.yml"


# ---- drawings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        "<SCRIPT>x</SCRIPT>",
        "<g onload='x'/>",
        "<g ONLOAD = 'x'/>",
        "<a href='x'><g/></a>",
        "<g xlink:href='x'/>",
        "<image src='x'/>",
        "<foreignObject><p>x</p></foreignObject>",
        "<style>@import 'x'</style>",
        "<g style='fill:url(x)'/>",
        "<g style='fill:u\\72l(x)'/>",
        "<set attributeName='x'/>",
        "<animate attributeName='x'/>",
        "<use/>",
        *(
            f'<g style="{style}"/>'
            for style in (
                "background:image-set('http://x.example/a' 1x)",
                "background:-webkit-image-set(url(x) 1x)",
                "cursor:url(x)",
                "mask:src('x')",
                "fill:var(--x)",
                "filter:url(#a)",
                "content:'x'",
                "b:\\69mage-set(x)",
                "background:image-set/**/(x)",
                "fill:red;@font-face",
                "shape-outside:cross-fade(x)",
                "fill:&quot;x&quot;",
            )
        ),
        *(
            f"<rect {attribute}/>"
            for attribute in (
                "fill='url(http://x.example/a#b)'",
                "fill='url(#a)'",
                "mask='url(x)'",
                "filter='url(x)'",
                "clip-path='url(x)'",
                "marker-end='url(x)'",
                "cursor='url(x), auto'",
                "transform='url(x)'",
                "transform='translate(1) url(x)'",
                "begin='click'",
                "xml:base='http://x.example/'",
                "xmlns:x='http://www.w3.org/1999/xlink' x:title='x'",
                "requiredExtensions='x'",
                "systemLanguage='en'",
                "tabindex='0'",
                "data-x='x'",
            )
        ),
        "<path xmlns='http://www.w3.org/1999/xhtml'/>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>x</x:script>",
        "<filter id='a'/>",
        "<linearGradient id='a'/>",
        "<!-- x -->",
        "<?xml-stylesheet href='x'?>",
        "<![CDATA[x]]>",
        "&lt;",
        "<g",
        "</svg><svg>",
    ],
)
def test_a_drawing_that_is_more_is_refused(inside: str) -> None:
    with pytest.raises(NoDrawing):
        plain(SVG.format(inside).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff",
        b"<svg/>",
        b"<g xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.encode(),
        SVG.encode("utf-16"),
        SVG.encode("utf-16-le"),
        SVG.encode("utf-32-be"),
        b"<?xml version='1.0' encoding='UTF-7'?>" + SVG.encode(),
        b"<?xml version='1.0' encoding='latin-1'?>" + SVG.encode(),
        b"<?xml version='1.0'?><?xml-stylesheet href='x'?>" + SVG.encode(),
        SVG.encode("utf-7").replace(b"<", b"+ADw-"),
    ],
)
def test_bytes_that_are_no_drawing_are_refused(content: bytes) -> None:
    with pytest.raises(NoDrawing):
        plain(content)


def test_a_drawing_of_shapes_and_text_is_published_as_it_is() -> None:
    inside = (
        "<title>a</title><g style='fill:#fF0000;stroke-width:2.0px' class='a b'><path d='M0 0'/>"
        "<text x='1' transform='rotate(-90 1,2) scale(.5)' xml:space='preserve'>b</text></g>"
    )
    drawing = '<?xml version="1.0" encoding="UTF-8"?>\n' + SVG.format(inside)

    assert plain(drawing.encode()) == drawing.encode()
    assert len(drawing) < MAX_BYTES


# ---- files for others -------------------------------------------------------------------------


@dataclass(frozen=True)
class Poisoned:
    """The texts that take markup, and the books of the same shape with and without it."""

    texts: list[hostile.Text]
    hostile: SiteOutput
    harmless: SiteOutput


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Poisoned:
    folder = tmp_path_factory.mktemp("poisoned")
    texts = hostile.write(OTHER, folder / "a", hostile.texts(OTHER), lambda text: text.hostile)
    assert hostile.write(OTHER, folder / "b", texts, lambda text: text.harmless) == texts
    return Poisoned(texts, build(folder / "a", TEMPLATES), build(folder / "b", TEMPLATES))


def test_nearly_every_text_takes_markup(
    poisoned: Poisoned, record_property: Callable[[str, object], None]
) -> None:
    fields = {text.field for text in poisoned.texts}
    tried = (
        f"{len(poisoned.texts)} texts in {len(fields)} fields x {len(hostile.PAYLOADS)} payloads"
    )
    record_property("markup tried", tried)
    print(tried)

    assert len(poisoned.texts) > 400
    assert len(fields) > 130
    assert {text.file.partition("/")[0] for text in poisoned.texts} == {
        "site.yml",
        *(kind.folder for kind in hostile.KINDS),
    }


def _files(book: SiteOutput, ending: str) -> dict[str, str]:
    found = {
        asset.uri: asset.content.decode() for asset in book.assets if asset.uri.endswith(ending)
    }
    assert found
    return found


def test_both_books_have_the_same_pages_and_files(poisoned: Poisoned) -> None:
    for names in (
        lambda book: [p.uri for p in book.pages],
        lambda book: [a.uri for a in book.assets],
    ):
        assert names(poisoned.hostile) == names(poisoned.harmless)


NEGATIVE = r"-[0-9]+(?:\.[0-9]+)?"


def test_no_cell_of_a_table_is_a_formula_and_none_is_lost(poisoned: Poisoned) -> None:
    for (name, text), other in zip(
        _files(poisoned.hostile, ".csv").items(),
        _files(poisoned.harmless, ".csv").values(),
        strict=True,
    ):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        others = list(csv.reader(io.StringIO(other, newline="")))
        assert [len(row) for row in rows] == [len(row) for row in others], name
        cells = [cell for row in rows for cell in row if not re.fullmatch(NEGATIVE, cell)]
        assert not [cell for cell in cells if re.match(r"[=+@\t\r-]", cell)], name
        for mark in ";\t":
            parted = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
            formulas = [cell for row in parted for cell in row[1:] if re.match(r"[=+@-]", cell)]
            assert formulas == [], name


def test_a_number_with_a_minus_sign_is_a_number_in_a_table(poisoned: Poisoned) -> None:
    (rows,) = (
        list(csv.DictReader(io.StringIO(text, newline="")))
        for name, text in _files(poisoned.harmless, ".csv").items()
        if name.endswith("/studies-results.csv")
    )
    assert "-1.7" in {row["estimate_value_low"] for row in rows}


def test_a_formula_reaches_a_table_as_text(poisoned: Poisoned) -> None:
    cells = {
        cell
        for text in _files(poisoned.hostile, ".csv").values()
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
    }

    assert {cell[:3] for cell in cells if cell.startswith("'")} >= {"'=H", "'@S"}


@pytest.mark.parametrize(
    ("cell", "escaped"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "-1"),  # a number, which computes nothing
        ("-1.75", "-1.75"),
        ("-1+1", "'-1+1"),
        ("-1 to 2", "'-1 to 2"),
        ("-A1", "'-A1"),
        ("@A", "'@A"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("'a", "'a"),
        ("a=1", "a=1"),
        ("word;=1+1", "word;'=1+1"),
        ("word;-1;@x", "word;'-1;'@x"),
        ('word;"=1+1"', 'word;\'"=1+1"'),
        ("word;\t=1", "word;'\t'=1"),
        ("a; b", "a; b"),
        ("1-2", "1-2"),
        ("", ""),
    ],
)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(cell: str, escaped: str) -> None:
    assert as_text(cell) == escaped
    assert re.sub("(^|[;\t])'(?=['\"]*[=+@\t\r\uff1d-])", r"\1", escaped) == cell


def test_bibtex_holds_the_same_entries_and_fields(poisoned: Poisoned) -> None:
    def seen(book: SiteOutput) -> dict[str, list[str]]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the parser's own
            found = parse_string(_files(book, "/all.bib")["data/v1/citations/all.bib"], "bibtex")
        return {key: sorted(entry.fields) for key, entry in found.entries.items()}

    assert seen(poisoned.hostile) == seen(poisoned.harmless)


def test_ris_holds_the_same_entries_and_fields(poisoned: Poisoned) -> None:
    def seen(book: SiteOutput) -> list[list[str]]:
        entries = rispy.loads(_files(book, "/all.ris")["data/v1/citations/all.ris"])
        return [sorted({*entry} - {"end_page"}) for entry in entries]  # a hyphen begins it

    assert seen(poisoned.hostile) == seen(poisoned.harmless)


def test_the_search_index_holds_text_that_is_safe_as_html(poisoned: Poisoned) -> None:
    for book in (poisoned.hostile, poisoned.harmless):
        shown = [doc[name] for doc in book.documents for name in ("title", "text", "kind")]
        assert not [text for text in shown if "<" in text]
        assert not [text for text in shown if re.search(r"&(?!lt;|gt;|amp;)", text)]
    assert [doc["location"] for doc in poisoned.hostile.documents] == [
        doc["location"] for doc in poisoned.harmless.documents
    ]


def test_json_ld_has_the_same_shape_and_cannot_end_its_element(poisoned: Poisoned) -> None:
    harmless = _structured(poisoned.harmless)
    for uri, script in _structured(poisoned.hostile).items():
        assert not re.search("[<>&]", script), uri
        assert _shape(json.loads(script)) == _shape(json.loads(harmless[uri]))


def _structured(output: SiteOutput) -> dict[str, str]:
    return {uri: output.structured_data(uri) or "" for uri in output.uris}


def _shape(node: object) -> object:
    if isinstance(node, dict):
        return {name: _shape(member) for name, member in node.items()}
    return [_shape(member) for member in node] if isinstance(node, list) else type(node)


# ---- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "is_linked"),
    [
        ("https://example.org", True),
        ("http://example.org/a?b=c&d=%20#e", True),
        ("https://example.org:8080/a;b(c)<d>:e", True),
        ("https://пример.example/статья", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)//https://", False),
        ("data:text/html,https://x", False),
        ("vbscript:x", False),
        ("//example.org", False),
        ("https://user@example.org", False),
        ("https://user:word@example.org", False),
        ("https://example.org/'x", False),
        ("https://example.org\\@evil.example", False),
        ("https://example.org/`x`", False),
        ("HTTPS://example.org", False),
    ],
)
def test_only_a_plain_address_of_the_web_becomes_a_link(
    data: Path, address: str, is_linked: bool
) -> None:
    quoted = json.dumps(address, ensure_ascii=False)
    text = read(data, "sources/leaflet.yml")
    write(
        data,
        "sources/leaflet.yml",
        re.sub(r"(?m)^address: .*$", lambda _: f"address: {quoted}", text),
    )
    source = read_site(data).sources["leaflet"]

    assert source.address.value == address
    escaped = address.replace("<", "%3C").replace(">", "%3E")  # RFC 3986 allows them nowhere
    assert linked(source) == (escaped if is_linked else None)


@pytest.mark.parametrize(
    "address",
    [
        *("https:example.org", "https://", "https:///a", "ftp://example.org", "file:///etc"),
        *("https://example.org/a b", 'https://example.org/" onclick="x'),
    ],
)
def test_what_is_almost_an_address_is_refused(data: Path, address: str) -> None:
    text = read(data, "sources/leaflet.yml")
    write(data, "sources/leaflet.yml", re.sub(r"(?m)^address: .*$", f"address: '{address}'", text))

    with pytest.raises(DataError, match="address must be an address that begins with 'https://'"):
        read_site(data)
