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
from curate.annotated import annotated, scalar
from curate.mend import mend
from curate.new_record import Refused, kind_named, values_of
from curate.schemas import FOLDER
from sitegen.model import KINDS, Caution, Record, Regimen, Study
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
    assert "at_time (a time, or a point in time, such as '10 days' or 'day 28')" in said
    assert "by_arm: [{perhaps arm, events, of, percentage, value}]" in said
    assert "estimate: {perhaps value, interval, level, p}" in said
    assert "direction (a direction, such as 'favours drug' or 'no difference'); says; note." in said


def test_the_fields_that_an_entry_within_an_entry_needs_come_first(tmp_path: Path) -> None:
    text = started(rich_folder(tmp_path), Study).read_text(encoding="utf-8")
    said = " ".join(line.strip("# ") for line in text.splitlines())

    assert "dosage: [{each, times, daily, length and perhaps type, name, " in said


@pytest.mark.parametrize("given", [(), ("--population.sex", "female")], ids=["open", "given"])
def test_a_part_says_what_it_may_have(tmp_path: Path, given: tuple[str, ...]) -> None:
    """Of a part that needs fields, and of one that needs none."""
    text = started(rich_folder(tmp_path), Regimen, *given).read_text(encoding="utf-8")
    said = " ".join(line.strip("# ") for line in text.splitlines())

    assert "What it may have: cycle (a time, such as '1 week' or '5-10 days'); repeated (" in said
    assert "What it may have: age (an age, such as '≥ 18 years' or '3-6 months'); weight (" in said
    assert "sex (one of: female, male); renal_function: {measure, value}." in said
    assert given == () or "population:\n  # Their sex" in text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_a_new_file_says_nothing_twice(tmp_path: Path, kind: type[Record]) -> None:
    text = started(rich_folder(tmp_path), kind).read_text(encoding="utf-8")
    plain = " ".join(re.sub(r"(?m)^[# ]+", "", text).split())

    assert re.findall(r"(\b\w[^.:]{9,}\.)\.? \1", plain) == []
    assert re.findall(r"\.\.(?!/)", plain) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_a_new_file_has_its_fields_in_the_order_that_mend_wants(
    tmp_path: Path, kind: type[Record]
) -> None:
    """Also where each of the fields is given that may be left out."""
    data = rich_folder(tmp_path)
    path = started(data, kind)
    names = [name for name, field in kind.model_fields.items() if not field.is_required()]
    full = data / kind.folder / "full.yml"
    full.write_text(annotated(kind, kind.folder, dict.fromkeys(names, "A text")).text, "utf-8")

    for file in mend(data, [path, full]):
        assert file.after == file.before


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
        (("study", "x", "--formerly", "y"), "--formerly is no field of studies"),
        (("study", "x", "--name.at", "y"), "--name.at: name has no fields: write --name and a v"),
        (("study", "x", "--dose.at", "paper a.1.1"), "dose is missing: write its value or a word"),
        (("source", "x", "--verified.lvl", "y"), "--verified.lvl: lvl is no field of verified"),
        (
            ("study", "x", "--dose", "4 mg", "--dose.at", "y"),
            "--dose is given whole and by its fields: write --dose.value for it.",
        ),
        (
            ("study", "x", "--courses.count", "2 courses", "--courses", "y"),
            "--courses is given whole and by its fields: write --courses.count for it.",
        ),
        (
            ("regimen", "x", "--max", "4 mg", "--max.at", "y"),
            "--max is given whole and by its fields: write --max.value for it.",
        ),
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


def test_a_field_is_found_at_any_depth_and_a_list_within_an_entry_begins_its_own() -> None:
    given = (
        "--arms.id a --arms.participants.value 3 --arms.participants.at x --arms.id b"
        " --results.outcome O --results.by_arm.arm a --results.by_arm.arm b --results.outcome P"
    )

    assert values_of(kind_named("study"), given.split()) == {
        "arms": [{"id": "a", "participants": {"value": "3", "at": ["x"]}}, {"id": "b"}],
        "results": [{"outcome": "O", "by_arm": [{"arm": "a"}, {"arm": "b"}]}, {"outcome": "P"}],
    }


def test_what_a_part_needs_is_left_open_or_filled_with_the_rest(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    given = ("--interaction.interactant", "tea", "--interaction.management", "Wait, or stop")
    part = parsed(started(data, Caution, *given).read_text(encoding="utf-8"), "x")["interaction"]
    (data / "cautions" / "newly-made.yml").unlink()
    new = ("new", "--rest", "not reported", "caution", "newly-made", *given)
    assert build.main(["--data", str(data), *new]) == 0
    filled = (data / "cautions" / "newly-made.yml").read_text(encoding="utf-8")

    known = {"interactant": "tea", "management": "Wait, or stop"}
    assert part == {**known, "effect": "", "severity": ""}
    assert parsed(filled, "x")["interaction"] == {
        **known,
        **dict.fromkeys(("effect", "severity"), "not reported"),
    }


def test_a_regimen_of_several_sentences_is_made_by_the_command_alone(tmp_path: Path) -> None:
    """Each value has its own sentence, and nothing is left to write."""
    data = rich_folder(tmp_path)
    first, second = "leaflet dosage.1.1", "leaflet use.1.2"
    given = {
        "--name": "Hiccups, drawn from two sentences",
        "--conditions": "hiccups",
        "--people.value": "40 patients, of a hospital",
        "--people.at": second,
        "--route.value": "oral",
        "--route.at": first,
        "--each.value": "2-4 mg",
        "--each.at": first,
        "--times.value": "2 per day",
        "--times.at": first,
        "--length.value": "10 days",
        "--length.at": second,
        "--length.note": "Of the study, not of the rule.",
    }
    words = [word for pair in given.items() for word in pair]
    new = ("new", "--rest", "not reported", "regimen", "both", "--at", first, "--at", second)

    assert build.main(["--data", str(data), *new, *words]) == 0
    text = (data / "regimens" / "both.yml").read_text(encoding="utf-8")
    assert f'people: {{value: "40 patients, of a hospital", at: [{second}]}}\n' in text
    assert f"each: {{value: 2-4 mg, at: [{first}]}}\n" in text
    assert open_lines(text) == []
    assert problems(data) == []


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_a_text_is_read_back_as_it_was_given(text: str) -> None:
    assert parsed(f"x: {scalar(text)}\n", "x") == {"x": text}
    assert parsed(f"x: {{y: {scalar(text, True)}}}\n", "x") == {"x": {"y": text}}
    assert parsed(f"x: [{scalar(text, True)}, z]\n", "x") == {"x": [text, "z"]}


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
    assert "2 kinds, 1 id: give one id to each kind." in capsys.readouterr().err
    assert new("study regimen", "two one") == 1
    assert "regimens/one.yml is there already" in capsys.readouterr().err
    assert new("study study", "three three") == 1
    assert "studies/three is named twice" in capsys.readouterr().err
    assert not [*data.glob("studies/t*o.yml"), *data.glob("studies/three.yml")]
