"""A curator's slip: every way to break the data stops the build, and the last site stays."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from built import Built, built_once, copy_project, digests, run
from folders import OTHER

import build as command_line
from commands import console

Breaking = Callable[[Path], None]


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory.getbasetemp(), "other")


@pytest.fixture(scope="module")
def published(other: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a good site and its offline copy, as an earlier build left them."""
    out = tmp_path_factory.mktemp("published") / "out"
    shutil.copytree(other.site, out / "site")
    shutil.copytree(other.archive.parent, out / "dist")
    return out


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(OTHER, tmp_path / "data")


Building = Callable[[Path, Path], tuple[int, str]]


@pytest.fixture
def building(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Building:
    """`build.py site` in this process: its status, and what it says of problems."""
    monkeypatch.setattr(console, "CACHE", tmp_path / "cache")

    def build(data: Path, out: Path) -> tuple[int, str]:
        status = command_line.main(["--data", str(data), "site", "--out", str(out)])
        return status, capsys.readouterr().err

    return build


def replacing(name: str, old: str, new: str) -> Breaking:
    def change(data: Path) -> None:
        text = (data / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} must stand once in {name}"
        (data / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def writing(name: str, content: bytes) -> Breaking:
    def change(data: Path) -> None:
        (data / name).write_bytes(content)

    return change


REGIMEN = "regimens/examplitis.yml"
TRIAL = "studies/dizziness-trial.yml"

BREAKS = {
    "a misspelt field": (
        replacing(REGIMEN, "\nlength: 14 days", "\nlenght: 14 days"),
        rf"data/{REGIMEN}:10: lenght is not a field \(did you mean 'length'\?\)",
    ),
    "an unknown reference": (
        replacing(REGIMEN, "[examplitis]", "[exampletis]"),
        rf"data/{REGIMEN}:2: conditions must be a file in data/conditions/ \(got 'exampletis'\)"
        r" \(did you mean 'examplitis'\?\)",
    ),
    "a repeated key": (
        replacing(REGIMEN, "\nlength: 14 days", "\nlength: 14 days\nlength: 15 days"),
        rf"data/{REGIMEN}:11: 'length' stands twice",
    ),
    "a changed digit": (
        replacing(REGIMEN, "50 micrograms", "60 micrograms"),
        rf"data/{REGIMEN}:6: figure '60 micrograms' is not in label dose\.1\.1"
        r" \(figures there: 50 micrograms, three times a day, 14 days\); mend it, or cite",
    ),
    "a moved decimal point": (
        replacing("regimens/specimen-fatigue.yml", "1-1.5 mg", "1-15 mg"),
        r"data/regimens/specimen-fatigue.yml:9: figure '1-15 mg per day' is not in label dose\.3",
    ),
    "another unit": (
        replacing(REGIMEN, "50 micrograms", "50 mg"),
        rf"data/{REGIMEN}:6: figure '50 mg' is not in label dose\.1\.1",
    ),
    "a bad unit": (
        replacing(REGIMEN, "50 micrograms", "50 mcgs"),
        rf"data/{REGIMEN}:6: each must be an amount such as .* \(got '50 mcgs'\)",
    ),
    "no unit": (
        replacing(REGIMEN, "50 micrograms", '"50"'),
        rf"data/{REGIMEN}:6: each must be an amount such as .* \(got '50'\)",
    ),
    "a number with a leading zero": (
        replacing(TRIAL, "  value: 60 people", "  value: 010"),
        rf"data/{TRIAL}:\d+: '010' can be read as something else",
    ),
    "a word that YAML takes for false": (
        replacing(REGIMEN, "people: Adults", "people: no"),
        rf"data/{REGIMEN}:3: 'no' is read as yes or no: say in words",
    ),
    "a blank": (
        replacing(REGIMEN, "people: Adults", "people:"),
        rf"data/{REGIMEN}:3: people is blank: write its value or a word of absence",
    ),
    "a missing field": (
        replacing(REGIMEN, "people: Adults\n", ""),
        rf"data/{REGIMEN}:1: people is missing: write its value or a word of absence",
    ),
    "a tab": (
        replacing(TRIAL, "  value: 60 people", "\tvalue: 60 people"),
        rf"data/{TRIAL}:\d+: a tab stands where spaces must",
    ),
    "a file of five megabytes": (
        writing(REGIMEN, b"name: Examplitis\nnote: " + b"x" * 5_000_000 + b"\n"),
        rf"data/{REGIMEN}:1: the file is too large",
    ),
    "invalid UTF-8": (
        writing(REGIMEN, b"name: Examplitis\npeople: \xff\xfe\n"),
        rf"data/{REGIMEN}:2: is not UTF-8 text",
    ),
    "an empty file": (
        writing(REGIMEN, b""),
        rf"data/{REGIMEN}:1: the file is empty",
    ),
    "a file that is no YAML": (
        writing(REGIMEN, b"name: [Examplitis\nroute: oral\n"),
        rf"data/{REGIMEN}:1: a list or a quotation in it is never closed: close it with \]",
    ),
    "a place that is not in the register": (
        replacing(REGIMEN, "at: label dose.1.1", "at: label dose.9.9"),
        rf"data/{REGIMEN}:4: at: label has no sentence 'dose\.9\.9'",
    ),
    "a sentence that no record draws on": (
        replacing("claims/duration.yml", "label dose.4.1", "label dose.1.1"),
        r"data/sources/label.yml:\d+: dose\.4\.1 is cited by no record",
    ),
    "two readings made one": (
        replacing(
            "regimens/sample-dizziness.yml",
            "  - means: in all\n    times: 2-3 times\n    per: course\n",
            "",
        ),
        r"data/regimens/sample-dizziness.yml:\d+: .*two or more readings",
    ),
    "a file in no folder of a kind": (
        writing("notes.yml", b"name: Notes\n"),
        r"data/notes.yml:1: must be a \.yml file in the folder of its kind",
    ),
    "a site that is not named": (
        writing("site.yml", b""),
        r"data/site.yml:1: the file is empty",
    ),
}


@pytest.mark.slow  # it runs a command for each
@pytest.mark.parametrize("what", BREAKS)
def test_broken_data_stops_the_build_at_a_file_and_a_line(
    what: str, data: Path, published: Path, building: Building
) -> None:
    break_it, expected = BREAKS[what]
    break_it(data)
    before = digests(published)

    status, said = building(data, published)

    *problems, last = said.replace(f"{data.parent}/", "").splitlines() or [""]
    assert status == 1
    assert [line for line in problems if re.match(expected, line)], problems
    assert all(re.match(r"data/\S+:\d+: ", line) for line in problems)
    assert re.fullmatch(r"\d+ problems?; nothing was published\.", last)
    assert digests(published) == before


def test_every_slip_is_said_at_once_in_the_order_of_files_and_lines(
    data: Path, published: Path, building: Building
) -> None:
    for break_it, _ in (BREAKS["a bad unit"], BREAKS["an empty file"], BREAKS["a tab"]):
        break_it(data)
    replacing("site.yml", "version: 2.1.0", "version: two")(data)
    replacing("people/example.yml", "role: not reported", "rolle: not reported")(data)

    status, said = building(data, published)

    places = [line.split(":")[0] for line in said.splitlines()[:-1]]
    assert status == 1
    assert places == sorted(places)
    assert set(places) == {
        f"{data}/{name}" for name in (REGIMEN, TRIAL, "people/example.yml", "site.yml")
    }


def test_a_shell_sees_status_1_and_a_line_for_each_problem_and_no_traceback(
    data: Path, other: Built, published: Path
) -> None:
    break_it, expected = BREAKS["a bad unit"]
    break_it(data)

    done = run(other.project, data, "site", "--out", published, together=True)

    assert done.returncode == 1
    assert "Traceback" not in done.stdout
    assert [line for line in done.stdout.splitlines() if re.search(expected, line)], done.stdout


def test_a_missing_data_folder_is_said_and_leaves_the_last_site(
    published: Path, tmp_path: Path, building: Building
) -> None:
    before = digests(published)

    status, said = building(tmp_path / "nowhere", published)

    assert status == 1
    assert f"{tmp_path}/nowhere/site.yml:1: the file is missing" in said
    assert digests(published) == before


TEMPLATE_FAULTS = {
    "a field that does not exist": ("{{ site.no_such_thing }}", "no_such_thing"),
    "a link that leads nowhere": ("[nowhere](/nowhere.md)", "nowhere.md"),
}


@pytest.fixture(scope="module")
def project(other: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("templates") / "project", other.project)


@pytest.mark.slow  # it builds a whole site
@pytest.mark.parametrize("what", TEMPLATE_FAULTS)
def test_a_fault_of_a_template_stops_the_build_and_leaves_the_last_site(
    what: str, project: Path, published: Path
) -> None:
    fault, named = TEMPLATE_FAULTS[what]
    template = project / "templates/glossary/index.md.jinja"
    sound = template.read_text(encoding="utf-8")
    before = digests(published)
    template.write_text(f"{sound}\n\n{fault}\n", encoding="utf-8")
    try:
        done = run(project, OTHER, "site", "--out", published)
    finally:
        template.write_text(sound, encoding="utf-8")

    assert done.returncode == 1
    assert named in done.stderr
    assert digests(published) == before


@pytest.mark.slow  # it builds a whole site
def test_a_mkdocs_that_cannot_start_leaves_the_last_site(project: Path, published: Path) -> None:
    settings = project / "mkdocs.yml"
    sound = settings.read_text(encoding="utf-8")
    before = digests(published)
    settings.write_text(sound.replace("name: material", "name: no-such-theme"), encoding="utf-8")
    try:
        done = run(project, OTHER, "site", "--out", published)
    finally:
        settings.write_text(sound, encoding="utf-8")

    assert done.returncode == 1
    assert "no-such-theme" in done.stderr
    assert digests(published) == before
