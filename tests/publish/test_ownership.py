"""What this tool did not write is neither replaced nor removed nor served."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import unprivileged
from built import built_once, digests
from folders import OTHER

import build as command_line
from commands import console
from publish import atomic, mounts, ownership

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def cache_folder() -> Path:
    """The cache of the run of the tests, which holds what the site was built with."""
    return Path(os.environ["CACHE_DIR"])


@pytest.fixture
def command(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """A command in this process: its status, and what it says on both streams."""
    monkeypatch.setattr(console, "CACHE", cache_folder)

    def run(*arguments: str | Path, data: Path = OTHER) -> tuple[int, str, str]:
        status = command_line.main(["--data", str(data), *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a website and an offline copy; a test takes a copy of it."""
    return built_once(tmp_path_factory.getbasetemp(), "other").out


@pytest.fixture
def out(site: Path, tmp_path: Path) -> Path:
    subprocess.run(["cp", "-a", site, tmp_path / "out"], check=True)
    (tmp_path / "out" / "said.txt").unlink()  # what the build printed
    return tmp_path / "out"


def everything(folder: Path) -> dict[str, object]:
    """Every path below a folder with what it is: a digest, a link, or a folder."""
    return {
        **digests(folder),
        **{
            path.relative_to(folder).as_posix(): path.readlink() if path.is_symlink() else "folder"
            for path in folder.rglob("*")
            if path.is_symlink() or path.is_dir()
        },
    }


# ---- the list of files ---------------------------------------------------------------------------


def test_a_folder_lists_what_was_written_into_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").touch()
    ownership.write_marker(tmp_path, ["a/b"])

    assert ownership.read_marker(tmp_path) == {"a/b"}
    assert ownership.foreign_files(tmp_path, {"a/b"}) == []


@pytest.mark.parametrize("text", ["", "thesis.txt\n", "# Written by another tool:\nthesis.txt\n"])
def test_a_list_that_this_tool_did_not_write_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / ownership.MARKER).write_text(text)

    assert ownership.read_marker(tmp_path) is None


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a/../../b", "..", "./a", "a//b"])
def test_a_list_names_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    ownership.write_marker(tmp_path, [name])

    assert ownership.read_marker(tmp_path) == frozenset()


def test_a_link_is_a_stranger_even_under_a_name_that_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("/etc/passwd")
    (tmp_path / "folder").symlink_to("/etc")

    assert ownership.foreign_files(tmp_path, {"a", "folder"}) == ["a", "folder"]


def test_what_a_file_manager_leaves_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()

    assert ownership.foreign_files(tmp_path, ()) == []


# ---- the website and the archives ----------------------------------------------------------------

Maker = Callable[[Path], object]


def repository(out: Path) -> None:
    (out / "site" / ".git").mkdir(parents=True)
    (out / "site" / ".git" / "config").write_text("theirs")
    (out / "site" / "index.html").write_text("theirs")


FOREIGN: dict[str, Maker] = {
    "a website of another tool": repository,
    "a file": lambda out: (out / "site").write_text("theirs"),
    "a link to a file": lambda out: (out / "site").symlink_to("/etc/passwd"),
    "a link to a folder": lambda out: (out / "site").symlink_to("/etc"),
    "a link to nothing": lambda out: (out / "site").symlink_to("nowhere"),
    "a list of another tool": lambda out: (
        ((out / "site").mkdir(), (out / "site/.generated").touch())
        and (out / "site" / "thesis").touch()
    ),
    "archives that are a file": lambda out: (out / "dist").touch(),
    "archives that are a link": lambda out: (out / "dist").symlink_to("/etc"),
    "checksums of another project": lambda out: (
        (out / "dist").mkdir()
        or (out / "dist" / "SHA256SUMS").write_text(f"{'0' * 64}  their.tar.gz\n")
    ),
    "an archive that is a folder": lambda out: (
        out / "dist" / "exemplin-reference-2.1.0-offline.zip"
    ).mkdir(parents=True),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_at_the_address_of_the_site_is_refused_before_a_build(
    tmp_path: Path, command: Command, name: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    FOREIGN[name](out)
    before = everything(out)

    status, said, error = command("site", "--out", out)

    assert status == 1
    assert error.endswith(f"{atomic._UNTOUCHED}\n") or "move it away" in error
    assert "Rendering" not in said
    assert everything(out) == before


@pytest.mark.parametrize("name", [".git/config", "CNAME", "dosage/mine.html"])
def test_a_file_added_to_the_website_is_refused_and_named(
    out: Path, command: Command, name: str
) -> None:
    (out / "site" / name).parent.mkdir(exist_ok=True)
    (out / "site" / name).write_text("theirs")

    status, _, error = command("site", "--out", out)

    assert status == 1
    assert f"holds {name}, which this tool did not write" in error
    assert (out / "site" / name).read_text() == "theirs"


@pytest.mark.slow  # it runs the command more than once
def test_other_files_beside_the_archives_stay(out: Path, command: Command) -> None:
    (out / "dist" / "package" / "part").mkdir(parents=True)
    (out / "dist" / "package" / "part" / "wheel").write_text("theirs")
    (out / "dist" / "link").symlink_to("package")
    (out / "dist" / "earlier-1.0.0-offline.zip").write_text("an earlier version")
    before = everything(out)

    status, said, error = command("site", "--out", out)

    assert (status, error) == (0, "")
    assert everything(out) == before
    assert "earlier-1.0.0" not in said


@pytest.mark.slow  # it runs the command more than once
def test_a_website_of_an_earlier_version_is_known_by_its_checksums(
    out: Path, command: Command
) -> None:
    (out / "site" / ownership.MARKER).unlink()

    assert command("site", "--out", out)[0] == 0
    assert (out / "site" / ownership.MARKER).is_file()


def test_one_that_differs_from_its_checksums_is_not(out: Path, command: Command) -> None:
    (out / "site" / ownership.MARKER).unlink()
    (out / "site" / "index.html").write_text("theirs")

    status, _, error = command("site", "--out", out)

    assert status == 1
    assert "which this tool did not write" in error
    assert (out / "site" / "index.html").read_text() == "theirs"


@pytest.mark.slow  # it runs the command more than once
def test_a_website_alone_is_replaced_by_the_next(tmp_path: Path, command: Command) -> None:
    for _ in range(2):
        assert command("site", "--website-only", "--out", tmp_path / "out")[0] == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["site", "dist"])
def test_a_mount_point_is_refused_before_a_build(
    out: Path, command: Command, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(mounts, "mount_points", lambda: {str(out / name): "ext4"})
    before = everything(out)

    status, said, error = command("site", "--out", out)

    assert status == 1
    assert f"{out / name} is a mount point" in error
    assert "Rendering" not in said
    assert everything(out) == before


def test_mounts_are_read_as_the_kernel_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(
        "1 0 8:1 / / rw shared:1 - ext4 /dev/a rw\n"
        "2 1 8:1 /x /a\\040b rw - ext4 /dev/a rw\n"
        "3 1 0:9 / /net rw shared:2 master:3 - nfs4 host:/ rw\n"
        "4 1 0:9 / /home/me rw - fuse.sshfs host:/ rw\n"
    )
    monkeypatch.setattr(mounts, "TABLE", table)

    assert mounts.is_mount_point(Path("/a b"))
    assert not mounts.is_mount_point(Path("/a"))
    assert mounts.is_remote(Path("/net/data"))
    assert mounts.is_remote(Path("/home/me"))
    assert not mounts.is_remote(Path("/nets"))
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "none")
    assert mounts.mount_points() == {}


@pytest.mark.slow  # it runs the command more than once
def test_an_old_website_that_cannot_be_removed_is_a_warning(
    out: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    removing = atomic.shutil.rmtree

    def remove_but_for_a_folder(path: Path, ignore_errors: bool = False) -> None:
        for inner in path.iterdir():
            if inner.name != "dosage":
                removing(inner, True) if inner.is_dir() else inner.unlink()

    with monkeypatch.context() as patched:
        patched.setattr(atomic.shutil, "rmtree", remove_but_for_a_folder)
        status, _, error = command("site", "--out", out)
    assert status == 0
    assert error.startswith("Warning: ")
    assert "cannot be removed" in error

    assert command("site", "--out", out)[::2] == (0, "")
    assert sorted(path.name for path in out.iterdir()) == ["dist", "site"]


@pytest.mark.slow  # it builds a site
def test_a_folder_that_is_named_as_ours_are_stays(out: Path, command: Command) -> None:
    mine = out / f"{atomic.STAGING_PREFIX}mine"
    mine.mkdir()
    (mine / "thesis").touch()

    assert command("site", "--out", out)[0] == 0
    assert (mine / "thesis").exists()


def test_what_was_written_is_on_the_disk_before_it_is_put_into_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    sync, exchange = atomic._sync, atomic._exchange
    monkeypatch.setattr(atomic, "_sync", lambda folder: (order.append("sync"), sync(folder)))
    monkeypatch.setattr(
        atomic, "_exchange", lambda *both: (order.append("exchange"), exchange(*both))
    )
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
    atomic.swap_in(tmp_path / "new", tmp_path / "old")

    assert order == ["sync", "exchange"]


class NoCalls:
    """The library of a system without calls of its own for this."""


def test_without_a_step_of_the_kernels_two_renames_put_a_folder_into_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic.ctypes, "CDLL", lambda *_, **__: NoCalls())
    new, place = tmp_path / "aside" / "site", tmp_path / "site"
    for folder in (new, place, tmp_path / "site.before"):
        folder.mkdir(parents=True)
        (folder / "name").write_text(folder.parent.name)
    ownership.write_marker(tmp_path / "site.before", ["name"])  # of a build that was killed there
    atomic.swap_in(new, place)

    assert (place / "name").read_text() == "aside"
    assert (new / "name").read_text() == tmp_path.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aside", "site"]


def test_where_the_second_rename_fails_the_first_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic.ctypes, "CDLL", lambda *_, **__: NoCalls())
    place = tmp_path / "site"
    place.mkdir()
    (place / "name").touch()

    with pytest.raises(FileNotFoundError):
        atomic._exchange(tmp_path / "nowhere", place)
    assert (place / "name").exists()


@pytest.mark.slow  # it runs the command more than once
def test_a_dist_that_cannot_be_written_is_reported_although_the_site_is_published(
    out: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.parent.name == "dist":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    status, _, error = command("site", "--out", out)

    assert status == 1
    assert "untouched" not in error
    assert f"The website in {out / 'site'} is new" in error


@pytest.mark.slow  # it runs the command in several processes
def test_a_folder_that_its_user_may_not_read_or_write_is_named(
    out: Path, cache_folder: Path
) -> None:
    before = everything(out)
    for name, mode in (("site/dosage", 0o000), ("site", 0o555), ("dist", 0o555)):
        usual = (out / name).stat().st_mode
        (out / name).chmod(mode)
        done = unprivileged.run(OTHER, "site", "--out", out, cache=cache_folder)
        (out / name).chmod(usual)

        assert done.returncode == 1, name
        assert str(out / name) in done.stderr
        assert "Traceback" not in done.stderr
        assert everything(out) == before
    (out / "site" / "dosage").chmod(0o555)  # it can be moved, and not be emptied
    done = unprivileged.run(OTHER, "site", "--out", out, cache=cache_folder)
    assert (done.returncode, done.stderr[:8]) == (0, "Warning:")
    assert everything(out / "site") == {
        name.removeprefix("site/"): what for name, what in before.items() if "site/" in name[:5]
    }


# ---- for a web server ----------------------------------------------------------------------------


def test_a_server_is_given_what_was_built_and_nothing_else(out: Path, command: Command) -> None:
    (out / "site" / ".env").write_text("theirs")
    (out / "site" / "passwords.html").symlink_to("/etc/passwd")

    assert command("serving", "--site", out / "site", "--out", out)[0] == 0
    served = everything(out / "reference" / "site")
    assert not {".env", "passwords.html"} & served.keys()
    assert len([name for name in served if name.endswith(".gz")]) > 100


@pytest.mark.parametrize("change", ["link", "missing", "unmarked"])
def test_a_site_that_is_not_as_it_was_built_is_not_served(
    out: Path, command: Command, change: str
) -> None:
    index = out / "site" / "about" / "index.html"
    if change == "unmarked":
        (out / "site" / ownership.MARKER).unlink()
    else:
        index.unlink()
    if change == "link":
        index.symlink_to("/etc/passwd")

    status, _, error = command("serving", "--site", out / "site", "--out", out)
    assert status == 1
    assert "build" in error
    assert not (out / "reference").exists()


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_a_foreign_file_at_the_address_of_the_served_copy_is_refused(
    out: Path, command: Command, kind: str
) -> None:
    place = out / "reference"
    if kind == "folder":
        place.mkdir()
        (place / "notes").write_text("theirs")
    elif kind == "file":
        place.write_text("theirs")
    else:
        place.symlink_to("/etc")
    before = everything(out)

    assert command("serving", "--site", out / "site", "--out", out)[0] == 1
    assert everything(out) == before


# ---- pages ---------------------------------------------------------------------------------------


@pytest.mark.slow  # it runs the command more than once
def test_files_added_to_the_pages_stay(tmp_path: Path, command: Command, data: Path) -> None:
    folder = tmp_path / "pages"
    assert command("pages", folder, data=data)[0] == 0
    (folder / "dosage" / "mine.md").write_text("theirs")
    first = everything(folder)

    assert command("pages", folder, data=data)[0] == 0
    assert everything(folder) == first


@pytest.mark.slow  # it runs the command more than once
def test_pages_that_are_no_longer_made_go(tmp_path: Path, command: Command, data: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "old.md").touch()
    ownership.write_marker(folder, ["old.md"])

    assert command("pages", folder, data=data)[0] == 0
    assert not (folder / "old.md").exists()


@pytest.mark.slow  # it runs the command more than once
def test_pages_of_a_killed_command_are_gone_on_with(
    tmp_path: Path, command: Command, data: Path
) -> None:
    folder = tmp_path / "pages"
    assert command("pages", folder, data=data)[0] == 0
    whole = everything(folder)
    for path in sorted(folder.rglob("*.md"))[::2]:
        path.unlink()

    assert command("pages", folder, data=data)[0] == 0
    assert everything(folder) == whole


@pytest.mark.slow  # it runs the command more than once
def test_pages_are_written_only_where_nothing_is_in_the_way(
    tmp_path: Path, command: Command, data: Path
) -> None:
    thesis = tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "index.md").write_text("theirs")
    marked = tmp_path / "marked"
    marked.mkdir()
    (marked / ownership.MARKER).touch()  # that of another tool
    (marked / "chapter").write_text("theirs")
    file = tmp_path / "file"
    file.touch()
    link = tmp_path / "link"
    link.symlink_to(thesis)
    dangling = tmp_path / "dangling"
    dangling.symlink_to("nowhere")
    within = tmp_path / "within"
    assert command("pages", within, data=data)[0] == 0
    (within / "dosage" / "index.md").unlink()
    (within / "dosage" / "index.md").symlink_to(thesis / "index.md")
    elsewhere = tmp_path / "elsewhere"
    ownership.write_marker(elsewhere, ["dosage/index.md"])
    (elsewhere / "dosage").symlink_to(thesis)
    before = everything(tmp_path)

    for folder in (thesis, marked, file, link, dangling, within, elsewhere):
        status, _, error = command("pages", folder, data=data)
        assert status == 1, folder
        assert str(folder) in error
    with pytest.raises(SystemExit):
        command("pages", "", data=data)
    assert everything(tmp_path) == before
