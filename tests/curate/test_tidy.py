"""`build.py tidy` deletes the comments that commands wrote, and no others, once nothing is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from filling import fill, open_lines
from sound import problems, rich_folder

import build
from curate.schemas import FOLDER, modeline
from sitegen.model import KINDS, Record
from sitegen.read.yamlfile import parsed

REMARK = "# Seen with two colleagues."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (folder := rich_folder(tmp_path)).joinpath(FOLDER).mkdir()  # the schemas are tried elsewhere
    return folder


def run(data: Path, *arguments: str) -> int:
    return build.main(["--data", str(data), *arguments])


def comments(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.lstrip().startswith("#")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_a_filled_file_keeps_its_content_and_the_remarks_of_a_curator(
    data: Path, kind: type[Record], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "new", kind.folder, "newly-made") == 0
    path = data / kind.folder / "newly-made.yml"
    fill(path, open_lines(path.read_text(encoding="utf-8")))
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{REMARK}\n")
    before = parsed(path.read_text(encoding="utf-8"), path.name)
    assert run(data, "tidy") == 0

    assert f"Tidied {path}." in capsys.readouterr().out
    assert comments(path) == [modeline(kind.folder), REMARK]
    assert parsed(path.read_text(encoding="utf-8"), path.name) == before
    assert problems(data) == []
    assert run(data, "tidy") == 0
    assert "Nothing to tidy." in capsys.readouterr().out


def test_fields_that_were_taken_out_of_the_comments_lose_theirs_too(data: Path) -> None:
    given = ("--rest", "not reported", "regimen", "a", "--name", "A", "--at", "leaflet use.1.1")
    more = ("--conditions", "hiccups", "--population.sex", "female", "--courses.gap", "1 week")
    assert run(data, "new", *given, *more) == 0
    path = data / "regimens" / "a.yml"
    text = path.read_text(encoding="utf-8")
    for line in ("missed:", "  # What is done, in the words of the record.", "  - do:"):
        assert f"\n# {line}\n" in text
        text = text.replace(f"# {line}\n", f"{line}{' Skip it.' if line == '  - do:' else ''}\n")
    path.write_text(text, encoding="utf-8")
    assert run(data, "tidy") == 0

    assert comments(path) == [modeline("regimens")]
    assert parsed(path.read_text(encoding="utf-8"), "a")["missed"] == [{"do": "Skip it."}]


def test_a_file_with_open_fields_and_one_that_nobody_started_stay(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "new", "organisation", "started", "--name", "A body") == 0
    path, other = data / "organisations" / "started.yml", data / "organisations" / "other.yml"
    other.write_text("# What sort of body.\nname: A body\nkind: research\n", encoding="utf-8")
    before = [path.read_bytes(), other.read_bytes()]
    capsys.readouterr()
    assert run(data, "tidy") == 0

    said = capsys.readouterr().out
    assert said == f"{path} stays as it is: 2 of its values are still open.\n"
    assert [path.read_bytes(), other.read_bytes()] == before


def test_a_text_with_a_line_like_a_comment_stays(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "new", "organisation", "started", "--name", "A body") == 0
    path = data / "organisations" / "started.yml"
    fill(path, open_lines(path.read_text(encoding="utf-8")))
    with path.open("a", encoding="utf-8") as file:
        file.write("note: |\n  # A curator's remark.\n")
    before = path.read_bytes()
    assert run(data, "tidy") == 0

    assert "stays as it is: a text in it has a line like those of" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_what_is_read_of_a_source_and_a_new_folder_are_tidied(tmp_path: Path) -> None:
    """The steps that `init` writes into `site.yml` are no comments on its fields, and stay."""
    data = tmp_path / "data"
    assert build.main(["init", str(data)]) == 0
    refs, read = tmp_path / "refs.ris", tmp_path / "read.txt"
    refs.write_text("TY  - RPRT\nTI  - A report\nLA  - en\nER  - \n", encoding="utf-8")
    read.write_text("We gave 4 mg.\n", encoding="utf-8")
    assert run(data, "add", str(refs), "--text", str(read)) == 0
    (path,) = (path for path in (data / "sources").iterdir() if path.name != "first.yml")
    fill(path, open_lines(path.read_text(encoding="utf-8")))
    assert run(data, "tidy") == 0

    assert comments(path) == [modeline("sources")]
    assert [line[:4] for line in comments(data / "site.yml") if line[2].isdigit()] == [
        "# 1.",
        "# 2.",
        "# 3.",
        "# 4.",
    ]
