"""`build.py diff` compares revisions of git or folders, and says plainly why it cannot."""

from __future__ import annotations

import html
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from built import environment
from folders import ROOT
from sound import replace, sound_folder, write

import build
from sitegen.read import revisions


def git(folder: Path, *arguments: str) -> None:
    """Run a command of git, as an invented person."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A sound data folder in a repository with one commit, tagged `v1`."""
    folder = sound_folder(tmp_path / "repository")
    git(folder.parent, "init", "--quiet")
    git(folder.parent, "add", "--all")
    git(folder.parent, "commit", "--quiet", "--message", "One")
    git(folder.parent, "tag", "v1")
    return folder


def diff(data: Path, *arguments: str) -> int:
    return build.main(["--data", str(data), "diff", *arguments])


def test_a_revision_is_compared_with_the_folder_as_it_is(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(data, "regimens/hiccups.yml", "each: 2-4 mg", "each: 3 mg")

    assert diff(data, "v1") == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "What changed from v1 to the data folder as it is" in said
    assert "Dose: was 2–4 mg, is now 3 mg" in said


def test_two_revisions_are_compared(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(data, "cautions/sleep.yml", "kind: contraindication", "kind: warning")
    git(data, "commit", "--all", "--quiet", "--message", "Two")
    replace(data, "cautions/sleep.yml", "kind: warning", "kind: precaution")

    assert diff(data, "HEAD~1", "HEAD", "--format", "markdown") == 0
    assert "Kind: was contraindication, is now warning" in capsys.readouterr().out


def test_two_folders_are_compared_without_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (sound_folder(tmp_path / name) for name in ("one", "other"))
    (other / "terms/syrup.yml").unlink()
    monkeypatch.setenv("PATH", "")

    assert diff(one, str(one), str(other), "--format", "html") == 0
    assert "Removed record" in capsys.readouterr().out


def test_a_data_folder_that_is_a_repository_itself_is_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = sound_folder(tmp_path)
    git(data, "init", "--quiet")
    git(data, "add", "--all")
    git(data, "commit", "--quiet", "--message", "One")

    assert diff(data, "HEAD") == 0
    assert "Nothing changed" in capsys.readouterr().out


@pytest.mark.parametrize("revision", ["nowhere", "--help-me", "v1:data", ""])
def test_an_unknown_revision_is_named(
    data: Path, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(data, "--", revision) == 1
    assert f"There is no revision and no data folder '{revision}'" in capsys.readouterr().err


def test_a_folder_outside_git_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(sound_folder(tmp_path), "HEAD") == 1
    assert "is in no git repository: name two folders instead" in capsys.readouterr().err


def test_a_missing_git_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")

    assert diff(data, "v1") == 1
    assert "git is not installed" in capsys.readouterr().err


def test_a_missing_data_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(tmp_path / "none", "HEAD") == 1
    assert "is no folder: name the data folder with --data" in capsys.readouterr().err


def test_a_revision_without_the_folder_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = data.parent / "later" / "data"
    git(data.parent, "mv", "data", str(data.parent / "moved"))
    later.mkdir(parents=True)
    for name, text in (("site.yml", "x"),):
        write(later, name, text)

    assert diff(later, "v1") == 1
    assert "'v1' has no later/data/site.yml: name a later revision" in capsys.readouterr().err


def test_a_revision_that_the_model_cannot_read_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = (data / "terms/syrup.yml").read_text("utf-8")
    replace(data, "terms/syrup.yml", "means:", "meant:")
    git(data, "commit", "--all", "--quiet", "--message", "Broken")
    write(data, "terms/syrup.yml", good)

    assert diff(data, "HEAD") == 1
    said = capsys.readouterr().err
    assert "data/terms/syrup.yml:" in said
    assert "The data of 'HEAD' cannot be read by this version of the program" in said


def test_nothing_is_left_of_what_was_unpacked(data: Path, tmp_path: Path) -> None:
    with revisions.data_at(data, "v1") as folder:
        assert (folder / "site.yml").is_file()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("revision", "line"),
    [
        ("v1", "Dose: was 2–4 mg, is now 3 mg"),
        ("nowhere", "    There is no revision and no data folder 'nowhere'"),
    ],
)
def test_a_proposal_gets_what_it_changes_or_why_that_cannot_be_said(
    data: Path, revision: str, line: str
) -> None:
    replace(data, "regimens/hiccups.yml", "each: 2-4 mg", "each: 3 mg")
    done = subprocess.run(
        [ROOT / ".ci" / "changes", revision],
        env=environment({"PYTHON": sys.executable, "DATA": str(data)}),
        capture_output=True,
        text=True,
        check=True,
    )

    assert line in html.unescape(done.stdout).replace("\u00a0", " ")
    assert done.stderr == ""


def test_the_workflow_tells_a_proposal_what_it_changes() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
    steps = workflow["jobs"]["site"]["steps"]
    proposals = [step for step in steps if "pull_request" in step.get("if", "")]

    assert steps[0]["with"]["fetch-depth"] == 2
    assert [step["uses"].split("@")[0] for step in proposals if "uses" in step] == [
        "actions/upload-pages-artifact"
    ]
    assert ".ci/changes HEAD^1" in proposals[0]["run"]
