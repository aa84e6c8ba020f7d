"""Whatever happens to a build, the last good site stays, or the new one stands; nothing between."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import synthetic_data
from built import command, digests, environment
from folders import ROOT

from publish import atomic

pytestmark = pytest.mark.slow  # it kills builds

KILLS = 20
STUDIES = 6


@dataclass(frozen=True)
class Published:
    """A folder with a good site of old data, and what newer data make of it."""

    out: Path
    data: Path
    old: dict[str, str]
    new: dict[str, str]
    seconds: float
    """How long a build of the newer data takes."""

    def restore(self, good: Path) -> None:
        """Put the good site of the old data there again."""
        for name in ("site", "dist"):
            shutil.rmtree(self.out / name, ignore_errors=True)
            shutil.copytree(good / name, self.out / name)

    def wholly(self) -> set[str]:
        """For website and archive, whether it is wholly old, wholly new, or damaged."""
        now = hashes_of(self.out)
        return {whose(now, self.old, self.new, name) for name in ("site/", "dist/")}


def whose(now: dict[str, str], old: dict[str, str], new: dict[str, str], part: str) -> str:
    found, before, after = (_part(folder, part) for folder in (now, old, new))
    return "old" if found == before else "new" if found == after else "damaged"


def _part(files: dict[str, str], part: str) -> dict[str, str]:
    return {name: value for name, value in files.items() if name.startswith(part)}


def hashes_of(out: Path) -> dict[str, str]:
    """The hash of every file in a folder, without those that killed builds left."""
    found = {str(name): value for name, value in digests(out).items()}
    return {
        name: content
        for name, content in found.items()
        if not name.startswith(atomic.STAGING_PREFIX)
    }


def building(data: Path, out: Path) -> list[str]:
    return command(ROOT, data, "site", "--out", out)


def built(
    data: Path, out: Path, cache_folder: Path, **more: object
) -> subprocess.CompletedProcess[str]:
    """Run a build to its end."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        building(data, out),
        env=environment({"CACHE_DIR": str(cache_folder)}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
        **more,
    )


def begun(data: Path, out: Path, cache_folder: Path) -> subprocess.Popen[str]:
    """A build that has the lock and goes on."""
    process = subprocess.Popen(
        building(data, out),
        env=environment({"CACHE_DIR": str(cache_folder), "PYTHONUNBUFFERED": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.read(1)
    return process


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> Path:
    """A good site of the old data."""
    folder = tmp_path_factory.mktemp("good")
    synthetic_data.write(folder / "data", STUDIES)
    done = built(folder / "data", folder / "out", cache_folder)
    assert done.returncode == 0, done.stdout
    return folder / "out"


@pytest.fixture(scope="module")
def published(
    good: Path, tmp_path_factory: pytest.TempPathFactory, cache_folder: Path
) -> Published:
    folder = tmp_path_factory.mktemp("published")
    data = shutil.copytree(good.parent / "data", folder / "data")
    condition = data / "conditions" / "condition-1.yml"
    text = condition.read_text(encoding="utf-8")
    condition.write_text(text.replace("An invented illness", "Another illness"), encoding="utf-8")
    start = time.monotonic()
    done = built(data, folder / "newer", cache_folder)
    assert done.returncode == 0, done.stdout
    took = time.monotonic() - start
    old, new = hashes_of(good), hashes_of(folder / "newer")
    assert old != new
    return Published(folder / "out", data, old, new, took)


def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new_one(
    published: Published, good: Path, cache_folder: Path
) -> None:
    chance = random.Random(6)
    left = []
    for number in range(KILLS):
        published.restore(good)
        process = subprocess.Popen(
            building(published.data, published.out),
            env=environment({"CACHE_DIR": str(cache_folder)}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0, published.seconds))
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()  # the processes it forked end with it
        process.wait()
        left.append(published.wholly())
    assert [name for name in left if "damaged" in name] == []

    done = built(published.data, published.out, cache_folder)

    assert done.returncode == 0, done.stdout
    assert hashes_of(published.out) == published.new
    assert sorted(path.name for path in published.out.iterdir()) == ["dist", "site"]


def test_a_build_that_is_ended_clears_up_after_itself(
    published: Published, good: Path, cache_folder: Path
) -> None:
    published.restore(good)
    process = begun(published.data, published.out, cache_folder)
    process.terminate()
    said, _ = process.communicate(timeout=30)

    assert process.returncode == 128 + signal.SIGTERM, said
    assert hashes_of(published.out) == published.old
    assert sorted(path.name for path in published.out.iterdir()) == ["dist", "site"]


@pytest.fixture
def mounted(published: Published) -> Iterator[Callable[..., None]]:
    """Mounts something over the folder; skips where this machine does not allow it."""
    done: list[Path] = []

    def mount(*arguments: str) -> None:
        published.out.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(
                ["mount", *arguments, str(published.out)], check=True, capture_output=True
            )
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("mounting is not permitted here: it takes root")
        if published.out not in done:
            done.append(published.out)

    yield mount
    for place in reversed(done):
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_leaves_the_old_site_and_is_reported(
    published: Published, good: Path, cache_folder: Path, mounted: Callable[..., None]
) -> None:
    size = sum(path.stat().st_size for path in good.rglob("*") if path.is_file())
    mounted("-t", "tmpfs", "-o", f"size={size + 2_000_000}", "tmpfs")
    published.restore(good)

    done = built(published.data, published.out, cache_folder)

    assert done.returncode == 1
    assert f"The disk of {published.out} is full" in done.stdout
    assert "Traceback" not in done.stdout
    assert hashes_of(published.out) == published.old
    assert sorted(path.name for path in published.out.iterdir()) == ["dist", "site"]


def test_a_limit_on_the_size_of_files_is_reported_as_a_full_disk(
    published: Published, good: Path, cache_folder: Path
) -> None:
    published.restore(good)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = built(published.data, published.out, cache_folder, preexec_fn=limited)

    assert done.returncode == 1
    assert f"The disk of {published.out} is full, or a limit on it is" in done.stdout
    assert "Traceback" not in done.stdout
    assert hashes_of(published.out) == published.old


def test_a_folder_that_cannot_be_written_is_named(
    published: Published, good: Path, cache_folder: Path, mounted: Callable[..., None]
) -> None:
    published.restore(good)
    mounted("--bind", str(published.out))
    mounted("-o", "remount,ro,bind")

    done = built(published.data, published.out, cache_folder)

    assert done.returncode == 1
    assert "cannot be written (Read-only file system): make it writable" in done.stdout
    assert "Traceback" not in done.stdout
    assert hashes_of(published.out) == published.old


def test_the_second_of_two_builds_at_once_has_to_wait(
    published: Published, good: Path, cache_folder: Path
) -> None:
    published.restore(good)
    first = begun(published.data, published.out, cache_folder)
    first.send_signal(signal.SIGSTOP)  # or it could be done before the second has begun
    second = built(published.data, published.out, cache_folder)
    first.send_signal(signal.SIGCONT)
    said, _ = first.communicate(timeout=120)

    assert second.returncode == 1
    assert f"Another build is writing to {published.out}: wait for it" in second.stdout
    assert first.returncode == 0, said
    assert hashes_of(published.out) == published.new


def test_archives_of_other_versions_stay(
    tmp_path: Path, published: Published, cache_folder: Path
) -> None:
    earlier = tmp_path / "out" / "dist" / "earlier.zip"
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"an earlier version")

    done = built(published.data, tmp_path / "out", cache_folder)

    assert done.returncode == 0, done.stdout
    assert earlier.read_bytes() == b"an earlier version"
    assert hashes_of(tmp_path / "out").keys() == {*published.new, "dist/earlier.zip"}
