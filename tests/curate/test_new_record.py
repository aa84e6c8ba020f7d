"""A new file has every field of its kind, says what is open, and is sound once it is filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from filling import fill, open_lines
from hypothesis import given
from hypothesis import strategies as st
from sound import problems, rich_folder

import build
from curate.annotated import scalar
from curate.new_record import Refused, kind_named, values_of
from curate.schemas import FOLDER
from sitegen.model import KINDS, Record, Study
from sitegen.read.yamlfile import parsed


def started(data: Path, kind: type[Record], *more: str) -> Path:
    """The file of a new record, as the command writes it; the schemas are tried elsewhere."""
    (data / FOLDER).mkdir(exist_ok=True)
    assert build.main(["--data", str(data), "new", kind.folder, "newly-made", *more]) == 0
    return data / kind.folder / "newly-made.yml"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_a_new_file_is_open_where_the_check_says_and_sound_once_filled(
    tmp_path: Path, kind: type[Record], capsys: pytest.CaptureFixture[str]
) -> None:
    data = rich_folder(tmp_path)
    path = started(data, kind)
    text, said = path.read_text(encoding="utf-8"), capsys.readouterr().out
    name = f"data/{kind.folder}/{path.name}"

    lines = open_lines(text)
    named = [re.match(rf"{name}:(\d+): (\w+) is blank: ", line) for line in problems(data)]
    assert [match and int(match[1]) for match in named] == lines
    assert [int(line) for line in re.findall(r"\(line (\d+)\)", said)] == lines

    fill(path, lines)
    assert problems(data) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_a_new_file_has_every_field_and_choice_of_its_kind(
    tmp_path: Path, kind: type[Record]
) -> None:
    text = started(rich_folder(tmp_path), kind).read_text(encoding="utf-8")
    fields = re.findall(r"^(?:# )?([a-z0-9_]+):", text, re.MULTILINE)

    assert sorted(set(fields)) == sorted({*kind.model_fields} - {"id", "formerly"})
    needed = [name for name in fields if re.search(rf"^{name}:", text, re.MULTILINE)]
    assert needed == fields[: len(needed)], "needed fields come first"
    plain = " ".join(re.sub(r"(?m)^[# ]+", "", text).split())
    shown = (kind.model_fields[name].description or "" for name in fields)
    assert [words for words in shown if " ".join(words.split()) not in plain] == []


def test_what_is_given_stands_in_the_file_and_is_not_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = rich_folder(tmp_path)
    given = ("--name", "Snoring: a study", "--conditions=hiccups", "--conditions", "yawning")
    path = started(data, Study, *given, "--dose", "5 mg", "--note", "no")
    content = parsed(path.read_text(encoding="utf-8"), path.name)

    assert (content["name"], content["note"]) == ("Snoring: a study", "no")
    assert (content["conditions"], content["dose"]) == (["hiccups", "yawning"], "5 mg")
    said = capsys.readouterr().out
    assert "Open: at (line " in said
    assert "dose" not in said
    assert "Page: http://127.0.0.1:8000/studies/newly-made.html" in said


def test_every_other_field_can_be_given_a_word_of_absence(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    new = ("new", "--rest", "not extracted", "study", "unread", "--dose", "5 mg")
    assert build.main(["--data", str(data), *new]) == 0
    text = (data / "studies" / "unread.yml").read_text(encoding="utf-8")
    content = parsed(text, "unread.yml")

    assert (content["funding"], content["dose"]) == ("not extracted", "5 mg")
    assert [text.splitlines()[line - 1].strip(" -") for line in open_lines(text)] == [
        "name:",
        "conditions:",
        "at:",
        "says:",
        "at:",
    ]
    assert "# # How many courses there are" not in text
    assert "#   count:\n" in text


def test_an_entry_of_a_list_says_what_else_it_may_have(tmp_path: Path) -> None:
    """A list or a model within it has the names of its fields, any other field what it takes."""
    text = started(rich_folder(tmp_path), Study).read_text(encoding="utf-8")
    said = " ".join(line.strip("# ") for line in text.splitlines())

    assert "What an entry may have: measure (one of: mean difference, " in said
    assert "at_time (a time, such as '1 week' or '5-10 days')" in said
    assert "by_arm: [{arm, events, of, percentage, value}]" in said
    assert "estimate: {value, interval, level, p}" in said
    assert "direction (a direction, such as 'favours drug' or 'no difference'); says; note." in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("studdy", "x"), "'studdy' is no kind (did you mean 'study'?); the kinds: caution, "),
        (("study", "hiccups"), "studies/hiccups.yml is there already: choose another id"),
        (("study", "Hiccups"), "The id 'Hiccups' must be an id of lower-case letters"),
        (("study", "../x"), "The id '../x' must be an id of lower-case letters"),
        (("study", "con"), "The id 'con' must be another word: no file on Windows"),
        (
            ("study", "index"),
            "The id 'index' cannot be used: studies/index.html is the site's own.",
        ),
        (("study", "x", "--nane", "X"), "--nane is no field of studies (did you mean 'name'?)."),
        (("study", "x", "--id", "y"), "--id is no field of studies"),
        (("study", "x", "--name"), "--name has no value behind it."),
        (("study", "x", "name", "X"), "'name' names no field: write --field value"),
        (
            ("study", "x", "--name", "X", "--name", "Y"),
            "--name is given twice, and takes one value.",
        ),
        (("study", "x", "--dose", "5mg"), "dose must be an amount such as '6 mg' or '2.5-5 mg': "),
        (("study", "x", "--findings", "It helped"), "findings must hold 'field: value' lines"),
        (("study", "x", "--dose.at", "y"), "--dose.at: dose has no fields that can be given so"),
        (("source", "x", "--verified.lvl", "y"), "--verified.lvl: lvl is no field of verified"),
    ],
)
def test_what_cannot_be_started_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    data = rich_folder(tmp_path)
    before = sorted(data.rglob("*"))

    assert build.main(["--data", str(data), "new", *arguments]) == 1
    assert says in capsys.readouterr().err
    assert sorted(data.rglob("*")) == before


def test_a_folder_that_holds_no_data_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--data", str(tmp_path), "new", "study", "x"]) == 1
    assert "is no data folder: it has no site.yml" in capsys.readouterr().err


def test_the_unit_of_a_folder_is_taken(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    (data / "vocabulary.yml").write_text(
        "units: [{one: wafer, many: wafers, measures: wafer, doses: a presentation,"
        " spellings: [wafer, wafers]}]\n"
    )

    assert "dose: 2 wafers" in started(data, Study, "--dose", "2 wafers").read_text("utf-8")


def test_a_part_is_named_with_a_point() -> None:
    source = kind_named("source")

    assert values_of(source, ["--verified.level", "text", "--verified.seen_at", "x"]) == {
        "verified": {"level": "text", "seen_at": ["x"]}
    }
    with pytest.raises(Refused):
        values_of(source, ["--verified.level.x", "text"])


def test_a_field_of_a_part_that_is_there_already_begins_the_next_entry() -> None:
    given = "--arms.id a --arms.name First --arms.id b --arms.role placebo --arms.name Second"

    assert values_of(kind_named("study"), given.split()) == {
        "arms": [{"id": "a", "name": "First"}, {"id": "b", "role": "placebo", "name": "Second"}]
    }
    with pytest.raises(Refused, match=r"nam is no field of arms \(did you mean 'name'"):
        values_of(kind_named("study"), ["--arms.nam", "x"])


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_a_text_is_read_back_as_it_was_given(text: str) -> None:
    assert parsed(f"x: {scalar(text)}\n", "x") == {"x": text}
    assert parsed(f"x: {{y: {scalar(text, True)}}}\n", "x") == {"x": {"y": text}}


def test_several_records_are_started_at_once_or_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = rich_folder(tmp_path)

    def new(kinds: str, ids: str, *more: str) -> int:
        return build.main(["--data", str(data), "new", kinds, ids, *more])

    assert new("study regimen caution caution", "one one tea pregnancy", "--name", "A paper") == 0
    assert capsys.readouterr().out.count("Wrote ") == 4
    for name in ("studies/one", "regimens/one", "cautions/tea", "cautions/pregnancy"):
        assert "name: A paper" in (data / f"{name}.yml").read_text("utf-8")

    assert new("study regimen", "two") == 1
    assert "2 kinds and 1 ids" in capsys.readouterr().err
    assert new("study regimen", "two one") == 1
    assert "regimens/one.yml is there already" in capsys.readouterr().err
    assert new("study study", "three three") == 1
    assert "studies/three is named twice" in capsys.readouterr().err
    assert not [*data.glob("studies/t*o.yml"), *data.glob("studies/three.yml")]
