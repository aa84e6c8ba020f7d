"""`build.py mend` rewrites what has one reading, keeps everything else, and changes no meaning."""

from __future__ import annotations

import io
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from folders import DRUGS, OTHER, REAL
from hypothesis import given, settings
from hypothesis import strategies as st
from sound import FILES, MORE, problems, read, replace, rich_folder, write

import build
from curate import mend as mending
from curate.new_record import Refused
from sitegen.model import KINDS
from sitegen.read.messages import shaped
from sitegen.read.vocabulary import read_vocabulary
from sitegen.read.yamlfile import Document, parsed

HICCUPS = "regimens/hiccups.yml"
PAPER = "sources/paper.yml"
STUDY = "studies/hiccups.yml"
FOLDERS = [REAL, OTHER, *DRUGS.values()]

# What a curator wrote in place of what the sound folder has.
OTHERWISE = {
    "mcg": ("experiments/rats.yml", "50 micrograms/kg", "50 mcg/kg"),
    "µg without a space": ("experiments/rats.yml", "50 micrograms/kg", "50µg/kg"),
    "in words": ("experiments/rats.yml", "50 micrograms/kg", "50 micrograms per kg"),
    "a Greek letter for micro": ("experiments/rats.yml", "50 micrograms/kg", "50 \u03bcg/kg"),
    "a soft hyphen in a unit": ("experiments/rats.yml", "micrograms/kg", "micro\u00adgrams/kg"),
    "an en dash": (HICCUPS, "2-4 mg", "2–4 mg"),
    "no space": (HICCUPS, "2-4 mg", "2-4mg"),
    "two spaces": (HICCUPS, "each: 2-4 mg", "each: 2-4  mg"),
    "a no-break space": (HICCUPS, "2-4 mg", "2-4\u00a0mg"),
    "a narrow no-break space": (HICCUPS, "2-4 mg", "2-4\u202fmg"),
    "curly quotes": (HICCUPS, "2-4 mg", "“2-4 mg”"),
    "a decimal comma": ("regimens/yawning.yml", "0.5 mL", "0,5 mL"),
    "a number without its nought": ("regimens/yawning.yml", "0.5 mL", ".5 mL"),
    "a unit in capitals": ("regimens/yawning.yml", "0.5 mL", "0.5 ml"),
    "a comma behind an amount": (HICCUPS, "2-4 mg", "2-4 mg,"),
    "wide digits": (HICCUPS, "2-4 mg", "\uff12-\uff14 mg"),
    "a length with its preposition": (HICCUPS, "5-10 days", "for 5-10 days."),
    "an entity of HTML": (HICCUPS, "Same condition.", "Same&nbsp;condition."),
    "a route in words": (HICCUPS, "route: oral", "route: by mouth"),
    "a word of absence with a hyphen": (HICCUPS, "daily: not reported", "daily: Not-reported"),
    "a DOI with its address": (PAPER, "10.1000/hiccups", "https://doi.org/10.1000/hiccups"),
    "a DOI with its name": (PAPER, "10.1000/hiccups", "doi:10.1000/hiccups"),
    "a volume with its name": (PAPER, 'volume: "7"', 'volume: "Vol. 7"'),
    "an issue in brackets": (PAPER, 'issue: "2"', 'issue: "(2)"'),
    "pages with their name": (PAPER, "pages: 11-9", "pages: pp. 11-9"),
    "a PMID with its name, in quotes": (PAPER, '"12345678"', '"PMID: 12345678"'),
    "a locator with a dash": (HICCUPS, "at: leaflet dosage.1.1", "at: leaflet  dosage.1.1"),
    "a date with dashes": ("events/approval.yml", "1999-05-03", "1999–05–03"),
    "spaces at the end of a line": (HICCUPS, "route: oral\n", "route: oral  \t\n"),
    "a no-break space in a text": (HICCUPS, "why: Same condition.", "why: Same\u00a0condition."),
    "a no-break space as indentation": (HICCUPS, "    link:", "  \u00a0\u00a0link:"),
    "no final line end": (HICCUPS, "Same condition.\n", "Same condition."),
    "fields in another order": (
        HICCUPS,
        "route: oral\neach: 2-4 mg\nvolume: not reported\n",
        "volume: not reported\neach: 2-4 mg\nroute: oral\n",
    ),
}


def tidy_folder(folder: Path) -> Path:
    """The sound folder, with the fields of each file in their order."""
    data = rich_folder(folder)
    for file in mending.mend(data):
        file.write()
    return data


def mended(data: Path, *names: str) -> list[mending.Mended]:
    return mending.mend(data, [data / name for name in names])


@pytest.mark.parametrize("how", OTHERWISE)
def test_another_spelling_becomes_the_file_as_it_was(how: str, tmp_path: Path) -> None:
    name, right, wrong = OTHERWISE[how]
    data = tidy_folder(tmp_path)
    sound = read(data, name)
    replace(data, name, right, wrong)

    [file] = mended(data, name)

    assert file.left == ()
    assert file.after == sound
    assert file.diff.startswith(f"--- data/{name}\n+++ data/{name}\n@@ ")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_are_made_plain(ends: str, tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    sound = read(data, HICCUPS)
    write(data, HICCUPS, ("\ufeff" + sound.replace("\n", ends)).encode())

    [file] = mended(data, HICCUPS)
    file.write()

    assert (data / HICCUPS).read_bytes() == sound.encode()
    assert "\\ufeffname: Hiccups\\r" in file.diff


# What has no one reading, or is no matter of spelling.
FOR_A_PERSON = {
    "a comma that may part thousands": ("2,500 mg", "2-4 mg", HICCUPS),
    "a space that may part thousands": ("2 500 mg", "2-4 mg", HICCUPS),
    "a remark in brackets": ("2-4 mg (drops)", "2-4 mg", HICCUPS),
    "a unit that is nearly another": ("2-4 miligrams", "2-4 mg", HICCUPS),
    "a range that falls": ("4-2 mg", "2-4 mg", HICCUPS),
    "two amounts": ("2 mg or 4 mg", "2-4 mg", HICCUPS),
    "about": ("about 4 mg", "2-4 mg", HICCUPS),
    "a unit of another kind": ("2-4 mL", "2-4 mg", HICCUPS),
    "twice, of what": ("twice", "2 per day", HICCUPS),
    "a frequency in words": ("twice a day", "2 per day", HICCUPS),
    "a range in two units": ("10 days-2 weeks", "5-10 days", HICCUPS),
    "hours between doses": ("q6h", "2 per day", HICCUPS),
    "an interval": ("every 12 hours", "2 per day", HICCUPS),
    "a mean and its spread": ("3 ± 1 mg", "2-4 mg", HICCUPS),
    "a bound in words": ("up to 4 mg", "2-4 mg", HICCUPS),
    "a fraction": ("1/2 mg", "2-4 mg", HICCUPS),
    "a time behind a stroke": ("5 mg/24 h", "2-4 mg", HICCUPS),
    "capitals, which may be megagrams": ("2-4 MG", "2-4 mg", HICCUPS),
    "who the people were": ("40 women", "40 people", STUDY),
    "a word that may be one of two": ("none", "not reported\nlength", HICCUPS),
}


@pytest.mark.parametrize("what", FOR_A_PERSON)
def test_what_has_no_one_reading_is_left_and_named(what: str, tmp_path: Path) -> None:
    wrong, right, name = FOR_A_PERSON[what]
    data = rich_folder(tmp_path)
    replace(data, name, right, wrong + ("\nlength" if "\n" in right else ""))
    before = read(data, name)

    [file] = mended(data, name)

    assert file.after == before
    assert [problem.path for problem in file.left] == [f"data/{name}"]
    assert all("build.py mend" not in problem.message for problem in file.left)


def test_a_file_that_is_no_yaml_stays_as_it_is_and_is_named(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    replace(data, HICCUPS, "why: Same condition.", "why: Same: condition. ")
    replace(data, HICCUPS, "each: 2-4 mg", "each: 2-4mg")
    before = read(data, HICCUPS)

    [file] = mended(data, HICCUPS)

    assert file.after == before
    assert [problem.line for problem in file.left] == [15]


def test_comments_quotes_and_blank_lines_stay(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    write(
        data,
        HICCUPS,
        "# yaml-language-server: $schema=../.schemas/regimens.json\n# A remark on the file.\n\n"
        'name: "Hiccups"\nconditions: [hiccups]   # files in data/conditions/\n'
        "people: 'not reported'\nat: leaflet dosage.1.1\n\n"
        "# how often\ntimes: '2  per day'  # as printed\n"
        '# how it is given\nroute: oral\neach: "2-4mg"\nvolume: not reported\n'
        "daily: not reported\nlength: 5-10 days\nstrength: not reported\nstudies:\n"
        "  # the one\n  - {study: hiccups, link: inferred, why: 'Same condition.'}\n# The end.\n",
    )

    [file] = mended(data, HICCUPS)
    file.write()

    assert problems(data) == []
    assert read(data, HICCUPS) == (
        "# yaml-language-server: $schema=../.schemas/regimens.json\n# A remark on the file.\n\n"
        'name: "Hiccups"\nconditions: [hiccups]   # files in data/conditions/\n'
        "people: 'not reported'\nat: leaflet dosage.1.1\n"
        '# how it is given\nroute: oral\neach: "2-4 mg"\nvolume: not reported\n'
        "\n# how often\ntimes: '2 per day'  # as printed\n"
        "daily: not reported\nlength: 5-10 days\nstrength: not reported\nstudies:\n"
        "  # the one\n  - {study: hiccups, link: inferred, why: 'Same condition.'}\n# The end.\n"
    )


def test_quotes_stay_and_a_list_stays_one(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    replace(data, "claims/duration.yml", "value: ≤ 12 hours", 'value: ">12h"')
    replace(data, "experiments/rats.yml", "[50 micrograms/kg]", "[50 mcg/kg, '2,5 mg']")

    claim, rats = mended(data, "claims/duration.yml", "experiments/rats.yml")

    assert 'value: "> 12 hours"' in claim.after
    assert "doses: [50 micrograms/kg, '2.5 mg']" in rats.after


def test_the_units_and_routes_are_those_of_the_folder(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    write(
        data,
        "vocabulary.yml",
        "units: [{one: wafer, many: wafers, measures: wafer, doses: a presentation,"
        " spellings: [wafer, wafers, wfr]}]\r\n",
    )
    replace(data, HICCUPS, "each: 2-4 mg", "each: 2 wfr")

    vocabulary, regimen = mended(data, "vocabulary.yml", HICCUPS)

    assert "each: 2 wafers\n" in regimen.after
    assert vocabulary.after == vocabulary.before.replace("\r\n", "\n")


# ---- no meaning changes -----------------------------------------------------------------------


@pytest.mark.parametrize("data", FOLDERS, ids=lambda data: data.parent.name)
def test_in_every_folder_nothing_changes_but_the_order_of_fields_and_that_once(
    data: Path, tmp_path: Path
) -> None:
    if (data / "vocabulary.yml").exists():
        shutil.copy(data / "vocabulary.yml", tmp_path)
    changed = []
    for file in mending.mend(data):
        assert file.left == ()
        if file.after != file.before:
            assert parsed(file.after, file.name) == parsed(file.before, file.name)
            assert sorted(file.after.splitlines()) == sorted(file.before.splitlines())
            changed.append(file.path.relative_to(data).as_posix())
            write(tmp_path, changed[-1], file.after)

    again = mended(tmp_path, *changed) if changed else []

    assert [file.name for file in again if file.after != file.before or file.left] == []


def shuffled(text: str, chance: random.Random) -> str:
    """A file with its fields in any order."""
    fields = re.findall(r"(?m)^\w.*\n(?:[ -].*\n)*", text)
    assert "".join(fields) == text
    chance.shuffle(fields)
    return "".join(fields)


@settings(max_examples=30)
@given(
    name=st.sampled_from(sorted({**FILES, **MORE})),
    seed=st.integers(0, 1 << 30),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    spaces=st.sampled_from(["", " ", "\t ", "\u00a0"]),
    dash=st.sampled_from(["-", "–"]),
    unit=st.sampled_from([" mg", "mg", "\u00a0mg", "  mg", " milligrams"]),
)
def test_however_a_sound_file_is_disfigured_it_means_the_same_when_mended(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    seed: int,
    ends: str,
    spaces: str,
    dash: str,
    unit: str,
) -> None:
    folder = tmp_path_factory.getbasetemp() / "disfigured"
    shutil.rmtree(folder, ignore_errors=True)
    data = rich_folder(folder)
    sound = read(data, name)
    text = shuffled(sound, random.Random(seed))
    text = re.sub(r"(?m)^((?:each|dose|drops): [0-9]+)-?([0-9]*)", rf"\1{dash}\2", text)
    text = re.sub(rf"(?m)^(each|dose)(: [0-9]+){dash}( mg)", r"\1\2\3", text)
    text = re.sub(r"(?m)^((?:each|dose): .*) mg$", rf"\1{unit}", text)
    write(data, name, text.replace("\n", f"{spaces}{ends}").encode())

    [file] = mended(data, name)

    assert file.left == ()
    assert record(data, name, file.after) == record(data, name, sound)
    file.write()
    assert mended(data, name)[0].after == file.after


def record(data: Path, name: str, text: str) -> Any:
    folder, _, file = name.rpartition("/")
    kind = next((kind for kind in KINDS if kind.folder == folder), None)
    if kind is None:
        return parsed(text, name)
    with read_vocabulary(data).in_use():
        document = Document(name, parsed(text, name), text)
        return shaped(kind, document, {"id": file.removesuffix(".yml")})


@pytest.mark.parametrize(
    "text",
    [
        'name: "a\\ \n  b"\nkind: illness\nwording: []\nat: leaflet use.1.1\n',
        "kind: illness\nname: |+\n  a\n\n\nwording: []\nat: leaflet use.1.1\n",
        "{kind: illness, name: a, wording: [], at: leaflet use.1.1}\n",
        "'kind': illness\nname: a\nwording: []\nat: leaflet use.1.1\n",
    ],
)
def test_what_cannot_be_moved_without_harm_stays(text: str, tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    write(data, "conditions/odd.yml", text)

    [file] = mended(data, "conditions/odd.yml")

    assert parsed(file.after, "") == parsed(text, "")


# ---- the command ------------------------------------------------------------------------------


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    data = tidy_folder(tmp_path)
    replace(data, HICCUPS, "each: 2-4 mg", "each: 2–4mg")
    return data


def run(data: Path, *arguments: str) -> int:
    return build.main(["--data", str(data), "mend", *arguments])


def test_the_diff_comes_first_and_nothing_is_written_without_leave(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(broken) == 0

    said = capsys.readouterr().out
    assert "-each: 2–4mg\n+each: 2-4 mg\n" in said
    assert said.endswith("Nothing was written: --write mends 1 file.\n")
    assert "2–4mg" in read(broken, HICCUPS)


def test_the_check_names_the_whole_command(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--data", str(broken), "check"]) == 1

    command = f".venv/bin/python scripts/build.py --data {broken} mend {broken / HICCUPS}"
    said = capsys.readouterr().err
    assert f"write '2-4 mg', with a plain hyphen (got '2–4mg'); this does it: {command}\n" in said


def test_with_write_it_is_written(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(broken, "--write", str(broken / HICCUPS)) == 0

    assert capsys.readouterr().out.endswith("Mended 1 file.\n")
    assert problems(broken) == []
    assert run(broken) == 0
    assert capsys.readouterr().out == "Nothing to mend.\n"


@pytest.mark.parametrize(("answer", "is_written"), [("y\n", True), ("n\n", False), ("", False)])
def test_at_a_terminal_it_asks(
    answer: str, is_written: bool, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal(answer))
    monkeypatch.setattr("sys.stdout", shown := Terminal())

    assert run(broken) == 0

    assert "Write 1 file? [y/N] " in shown.getvalue()
    assert ("2-4 mg" in read(broken, HICCUPS)) == is_written


def test_what_is_left_is_named_with_file_and_line(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(broken, HICCUPS, "length: 5-10 days", "length: 10-5 days")

    assert run(broken, "--write") == 1

    said = capsys.readouterr()
    assert said.out.endswith("Mended 1 file.\n")
    assert said.err == (
        f"{broken}/regimens/hiccups.yml:10: length must be an amount such as '1 week' or"
        " '5-10 days', the smaller number first (got '10-5 days')\n1 problem left for you.\n"
    )


@pytest.mark.parametrize("name", ["../x.yml", "notes.yml", "terms/notes.txt", "released.json"])
def test_a_file_that_is_no_record_is_refused(name: str, broken: Path) -> None:
    with pytest.raises(Refused, match=r"is no file of a record in"):
        mended(broken, name)


def test_a_link_and_a_missing_file_are_left(broken: Path) -> None:
    (broken / "terms/link.yml").symlink_to(broken / "terms/syrup.yml")

    link, missing = mended(broken, "terms/link.yml", "terms/missing.yml")

    assert "not a link" in link.left[0].message
    assert "missing" in missing.left[0].message
