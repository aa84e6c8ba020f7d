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

import made_up
import pytest
from built import command, digests, environment
from folders import ROOT

from publish import atomic

pytestmark = pytest.mark.slow  # it kills builds

KILLS = 20
STUDIES = 6


@dataclass(frozen=True)
class Standing:
    """A folder with a good site of old data, and what newer data make of it."""

    out: Path
    data: Path
    old: dict[str, str]
    new: dict[str, str]
    seconds: float
    """How long a build of the newer data takes."""

    def restore(self, good: Path) -> None:
        """Have the good site of the old data stand there again."""
        for name in ("site", "dist"):
            shutil.rmtree(self.out / name, ignore_errors=True)
            shutil.copytree(good / name, self.out / name)

    def wholly(self) -> set[str]:
        """For website and archive, whether it is wholly old, wholly new, or damaged."""
        now = published(self.out)
        return {whose(now, self.old, self.new, name) for name in ("site/", "dist/")}


def whose(now: dict[str, str], old: dict[str, str], new: dict[str, str], part: str) -> str:
    found, before, after = (_part(folder, part) for folder in (now, old, new))
    return "old" if found == before else "new" if found == after else "damaged"


def _part(files: dict[str, str], part: str) -> dict[str, str]:
    return {name: digest for name, digest in files.items() if name.startswith(part)}


def published(out: Path) -> dict[str, str]:
    """The digest of every file that stands in a folder, those left of killed builds not counted."""
    found = {str(name): digest for name, digest in digests(out).items()}
    return {
        name: content
        for name, content in found.items()
        if not name.startswith(atomic.STAGING_PREFIX)
    }


def building(data: Path, out: Path) -> list[str]:
    return command(ROOT, data, "site", "--out", out)


def built(data: Path, out: Path, kept: Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Run a build to its end."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        building(data, out),
        env=environment({"CACHE_DIR": str(kept)}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
        **more,
    )


def begun(data: Path, out: Path, kept: Path) -> subprocess.Popen[str]:
    """A build that has the lock and goes on."""
    process = subprocess.Popen(
        building(data, out),
        env=environment({"CACHE_DIR": str(kept), "PYTHONUNBUFFERED": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.read(1)
    return process


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, kept: Path) -> Path:
    """A good site of the old data."""
    folder = tmp_path_factory.mktemp("good")
    made_up.write(folder / "data", STUDIES)
    done = built(folder / "data", folder / "out", kept)
    assert done.returncode == 0, done.stdout
    return folder / "out"


@pytest.fixture(scope="module")
def standing(good: Path, tmp_path_factory: pytest.TempPathFactory, kept: Path) -> Standing:
    folder = tmp_path_factory.mktemp("standing")
    data = shutil.copytree(good.parent / "data", folder / "data")
    condition = data / "conditions" / "condition-1.yml"
    text = condition.read_text(encoding="utf-8")
    condition.write_text(text.replace("An invented illness", "Another illness"), encoding="utf-8")
    start = time.monotonic()
    done = built(data, folder / "newer", kept)
    assert done.returncode == 0, done.stdout
    took = time.monotonic() - start
    old, new = published(good), published(folder / "newer")
    assert old != new
    return Standing(folder / "out", data, old, new, took)


def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new_one(
    standing: Standing, good: Path, kept: Path
) -> None:
    chance = random.Random(6)
    left = []
    for number in range(KILLS):
        standing.restore(good)
        process = subprocess.Popen(
            building(standing.data, standing.out),
            env=environment({"CACHE_DIR": str(kept)}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0, standing.seconds))
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()  # the processes it forked end with it
        process.wait()
        left.append(standing.wholly())
    assert [name for name in left if "damaged" in name] == []

    done = built(standing.data, standing.out, kept)

    assert done.returncode == 0, done.stdout
    assert published(standing.out) == standing.new
    assert sorted(path.name for path in standing.out.iterdir()) == ["dist", "site"]


def test_a_build_that_is_ended_clears_up_after_itself(
    standing: Standing, good: Path, kept: Path
) -> None:
    standing.restore(good)
    process = begun(standing.data, standing.out, kept)
    process.terminate()
    said, _ = process.communicate(timeout=30)

    assert process.returncode == 128 + signal.SIGTERM, said
    assert published(standing.out) == standing.old
    assert sorted(path.name for path in standing.out.iterdir()) == ["dist", "site"]


@pytest.fixture
def mounted(standing: Standing) -> Iterator[Callable[..., None]]:
    """Mounts something over the folder; skips where this machine does not allow it."""
    done: list[Path] = []

    def mount(*arguments: str) -> None:
        standing.out.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(
                ["mount", *arguments, str(standing.out)], check=True, capture_output=True
            )
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("mounting is not permitted here: it takes root")
        if standing.out not in done:
            done.append(standing.out)

    yield mount
    for place in reversed(done):
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_leaves_the_old_site_and_is_told(
    standing: Standing, good: Path, kept: Path, mounted: Callable[..., None]
) -> None:
    size = sum(path.stat().st_size for path in good.rglob("*") if path.is_file())
    mounted("-t", "tmpfs", "-o", f"size={size + 2_000_000}", "tmpfs")
    standing.restore(good)

    done = built(standing.data, standing.out, kept)

    assert done.returncode == 1
    assert f"The disk of {standing.out} is full" in done.stdout
    assert "Traceback" not in done.stdout
    assert published(standing.out) == standing.old
    assert sorted(path.name for path in standing.out.iterdir()) == ["dist", "site"]


def test_a_limit_on_the_size_of_files_is_told_as_a_full_disk(
    standing: Standing, good: Path, kept: Path
) -> None:
    standing.restore(good)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = built(standing.data, standing.out, kept, preexec_fn=limited)

    assert done.returncode == 1
    assert f"The disk of {standing.out} is full, or a limit on it is" in done.stdout
    assert "Traceback" not in done.stdout
    assert published(standing.out) == standing.old


def test_a_folder_that_cannot_be_written_is_named(
    standing: Standing, good: Path, kept: Path, mounted: Callable[..., None]
) -> None:
    standing.restore(good)
    mounted("--bind", str(standing.out))
    mounted("-o", "remount,ro,bind")

    done = built(standing.data, standing.out, kept)

    assert done.returncode == 1
    assert "cannot be written (Read-only file system): make it writable" in done.stdout
    assert "Traceback" not in done.stdout
    assert published(standing.out) == standing.old


def test_the_second_of_two_builds_at_once_is_told_to_wait(
    standing: Standing, good: Path, kept: Path
) -> None:
    standing.restore(good)
    first = begun(standing.data, standing.out, kept)
    first.send_signal(signal.SIGSTOP)  # or it could be done before the second has begun
    second = built(standing.data, standing.out, kept)
    first.send_signal(signal.SIGCONT)
    said, _ = first.communicate(timeout=120)

    assert second.returncode == 1
    assert f"Another build is writing to {standing.out}: wait for it" in second.stdout
    assert first.returncode == 0, said
    assert published(standing.out) == standing.new


def test_archives_of_other_versions_stay(tmp_path: Path, standing: Standing, kept: Path) -> None:
    earlier = tmp_path / "out" / "dist" / "earlier.zip"
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"an earlier version")

    done = built(standing.data, tmp_path / "out", kept)

    assert done.returncode == 0, done.stdout
    assert earlier.read_bytes() == b"an earlier version"
    assert published(tmp_path / "out").keys() == {*standing.new, "dist/earlier.zip"}
