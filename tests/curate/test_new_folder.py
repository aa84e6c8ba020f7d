"""A folder that `init` starts is sound at once, and says that nothing in it is known yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from folders import TEMPLATES
from sound import problems

import build
import sitegen
from curate.mend import mend


def test_a_new_folder_is_sound_and_its_pages_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    assert build.main(["init", str(data), "--drug", "Invented Ännlin"]) == 0
    said = capsys.readouterr().out

    assert problems(data) == []
    assert [file.name for file in mend(data) if file.after != file.before] == []
    made = sitegen.build(data, TEMPLATES)
    assert made.site.identity.title == "Invented Ännlin reference"
    assert [record.path for record in made.site.all()] == [
        "data/sources/first.yml",
        "data/substances/invented-annlin.yml",
        "data/changes/first-edition.yml",
    ]
    [changes] = [page.markdown for page in made.pages if page.uri == "changes/index.md"]
    assert "The first edition" in changes
    assert (data / ".schemas" / "studies.json").exists()
    assert f"--data {data} serve" in said
    assert f"--data {data} new source ID" in said
    assert f"--data {data} check" in said
    assert "CURATING.md is the guide." in said


def test_each_file_names_its_schema(tmp_path: Path) -> None:
    assert build.main(["init", str(tmp_path)]) == 0

    for path in tmp_path.rglob("*.yml"):
        line = path.read_text(encoding="utf-8").partition("\n")[0]
        named = line.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / named).resolve().is_relative_to(tmp_path / ".schemas")
        assert (path.parent / named).exists()


def test_records_and_sources_can_be_started_in_it(tmp_path: Path) -> None:
    assert build.main(["init", str(tmp_path)]) == 0
    refs = tmp_path.parent / "refs.ris"
    refs.write_text("TY  - JOUR\nTI  - A paper\nER  - \n", encoding="utf-8")

    assert build.main(["--data", str(tmp_path), "new", "study", "first-study"]) == 0
    assert build.main(["--data", str(tmp_path), "add", str(refs)]) == 0


def test_the_changes_of_the_next_version_can_be_noted_in_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert build.main(["init", str(data)]) == 0
    site, first = data / "site.yml", data / "changes" / "first-edition.yml"
    day = re.search(r"(?m)^released: (.*)$", site.read_text(encoding="utf-8"))
    assert day is not None
    released = first.read_text(encoding="utf-8").replace("not yet\n", f"{day[1]}\n")
    first.write_text(released, encoding="utf-8")
    given = ("--version", "0.2.0", "--released", "not yet", "--entries.kind", "source")
    more = ("--entries.says", "A label was read.")

    assert build.main(["--data", str(data), "new", "change", "second", *given, *more]) == 0
    assert problems(data) == []


def test_what_is_said_of_another_folder_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands and paths can be copied: `make check` and `data/` are of the project's own data."""
    assert build.main(["init", str(tmp_path)]) == 0
    assert build.main(["--data", str(tmp_path), "new", "study", "first-study"]) == 0
    assert f"then `.venv/bin/python scripts/build.py --data {tmp_path} check`" in (
        capsys.readouterr().out
    )

    assert build.main(["--data", str(tmp_path), "check"]) == 1
    assert f"{tmp_path}/studies/first-study.yml:" in capsys.readouterr().err


def test_where_the_option_for_the_rest_belongs_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--data", str(tmp_path), "new", "study", "a", "--rest", "not extracted"]

    assert build.main(given) == 1
    assert "--rest stands before the kind: new --rest 'not extracted' KIND ID" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("held", ["site.yml", ".git"])
def test_a_folder_that_holds_something_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], held: str
) -> None:
    (tmp_path / held).write_text("")

    assert build.main(["init", str(tmp_path)]) == 1
    assert f"{tmp_path} is not empty: name a folder that is empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [held]


def test_a_file_and_a_name_without_letters_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")

    assert build.main(["init", str(tmp_path / "file")]) == 1
    assert "is no folder: name one that is empty or not there yet." in capsys.readouterr().err
    assert build.main(["init", str(tmp_path / "new"), "--drug", "…"]) == 1
    assert "No id can be made of '…': write the drug's name" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
