"""Whatever a person types, closes or stops, a command says plainly what is so; no traceback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
import unprivileged
from built import command, environment
from folders import OTHER, ROOT
from sound import replace, sound_folder

import build as command_line
from commands import console
from commands import site as site_commands
from sitegen.incremental.workers import WORTH_FORKING, Executor


def done(
    *arguments: str | Path, data: Path = OTHER, **more: object
) -> subprocess.CompletedProcess[str]:
    """A command run to its end, without a traceback."""
    variables = more.pop("variables", {})
    assert isinstance(variables, dict)
    shell = more.pop("shell_end", None)
    whole: list[str] | str = command(ROOT, data, *arguments)
    if shell:
        whole = ["sh", "-c", f'"$@" {shell}', "sh", *whole]
    ended = subprocess.run(
        whole,
        env=environment(variables),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        **more,  # type: ignore[call-overload]
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    assert "Exception" not in ended.stderr, ended.stderr
    return ended  # type: ignore[no-any-return]


Ended = tuple[int, str]


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """A command run in this process: its status, and what it says on standard error."""
    monkeypatch.setattr(console, "CACHE", tmp_path / "cache")

    def run(*arguments: str | Path, data: Path = OTHER) -> Ended:
        status = command_line.main(["--data", str(data), *map(str, arguments)])
        return status, capsys.readouterr().err

    return run


# ---- what it writes to ---------------------------------------------------------------------------


@pytest.mark.slow  # it runs the command in several processes
@pytest.mark.parametrize(
    ("end", "status", "says"),
    [
        (">&-", 0, ""),
        ("2>&-", 0, ""),
        (">&- 2>&-", 0, ""),
        (">/dev/full", 1, "Standard output cannot be written: [Errno 28]"),
        ("2>/dev/full", 0, ""),
        (">/dev/full 2>/dev/full", 1, ""),
    ],
)
def test_an_output_that_is_closed_or_full_is_reported_where_possible(
    end: str, status: int, says: str
) -> None:
    ended = done("check", shell_end=end)

    assert ended.returncode == status
    assert says in ended.stderr


@pytest.mark.slow  # it builds a whole site
def test_a_full_output_is_not_taken_for_a_full_disk(tmp_path: Path) -> None:
    ended = done("site", "--out", tmp_path / "out", shell_end=">/dev/full")

    assert ended.returncode == 1
    assert ended.stderr == (
        "Standard output cannot be written: [Errno 28] No space left on device.\n"
    )


@pytest.mark.slow  # it runs the command in several processes
@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_a_terminal_of_few_letters_shows_the_rest_by_number(tmp_path: Path, encoding: str) -> None:
    data = shutil.copytree(OTHER, tmp_path / "data")
    (data / "terms" / "слово.yml").write_text("name: слово")
    ended = done("check", data=data, variables={"PYTHONIOENCODING": encoding})

    assert ended.returncode == 1
    assert "\\u0441" in ended.stderr


# ---- its arguments -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["abc", "-5", "1.5", "1e9", "999999999999999", "4294967296", " "])
def test_an_invalid_clock_is_reported(
    tmp_path: Path, text: str, here: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)

    assert here("site", "--out", tmp_path / "out") == (
        1,
        f"SOURCE_DATE_EPOCH must be a number of seconds since 1970 (got '{text}').\n",
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.slow  # it builds a whole site
@pytest.mark.parametrize("text", ["", "0", "4294967295"])
def test_an_empty_clock_and_the_first_and_last_second_are_taken(tmp_path: Path, text: str) -> None:
    ended = done("site", "--website-only", "--out", tmp_path, variables={"SOURCE_DATE_EPOCH": text})

    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.slow  # it starts another Python
def test_without_docstrings_it_says_that_they_are_needed() -> None:
    ended = done("check", variables={"PYTHONOPTIMIZE": "2"})

    assert ended.returncode == 1
    assert "unset PYTHONOPTIMIZE" in ended.stderr


@pytest.mark.slow  # it starts another Python
def test_without_assertions_it_works() -> None:
    assert done("check", variables={"PYTHONOPTIMIZE": "1"}).returncode == 0


@pytest.mark.slow  # it reads megabytes
@pytest.mark.parametrize(
    "arguments", [("draft-register", "/dev/zero"), ("verify-source", "label", "/dev/zero")]
)
def test_a_text_without_an_end_is_refused(arguments: tuple[str, ...]) -> None:
    ended = done(*arguments)

    assert ended.returncode == 1
    assert ended.stderr == "/dev/zero is too large: at most 2,000,000 bytes are read.\n"


def test_a_sentence_that_no_register_can_count_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text(f"use.1.1 short\nuse.1.2 {'long ' * 2001}\n")
    ended = done("draft-register", tmp_path / "text")

    assert ended.returncode == 1
    assert "line 2 must be at most 9,999 characters long" in ended.stderr


@pytest.mark.parametrize(
    "data", ["/nonexistent", "/dev/null", "/dev/null/x"], ids=["none", "file", "below a file"]
)
def test_a_missing_data_folder_is_reported(data: str, here: Callable[..., Ended]) -> None:
    status, says = here("check", data=Path(data))

    assert status == 1
    assert says.startswith(f"{data}/site.yml:1: ")


def test_a_path_that_cannot_hold_a_site_is_reported(here: Callable[..., Ended]) -> None:
    for place in ("/dev/null", "/dev/null/x", "/proc/x"):
        status, says = here("site", "--out", place)
        assert status == 1
        assert says.startswith(f"{place}: ")


@pytest.mark.slow  # it runs the command in several processes
@pytest.mark.parametrize("name", [".", "terms", "terms/syrup.yml", "structures", "site.yml"])
@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_what_cannot_be_read_in_the_data_is_a_problem(tmp_path: Path, name: str, mode: int) -> None:
    data = sound_folder(tmp_path)
    (data / "structures").mkdir()
    (data / "structures" / "examplin.svg").touch()
    path = data / name
    if path.is_file() and mode == 0o444:
        pytest.skip("it can be read")
    usual = path.stat().st_mode
    path.chmod(mode)
    try:
        ended = unprivileged.run(data, "check", cache=tmp_path / "cache")
    finally:
        path.chmod(usual)

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "cannot be read: Permission denied" in ended.stderr


@pytest.mark.parametrize(
    "name",
    [
        "terms/.#syrup.yml",
        "terms/._syrup.yml",
        "terms/.syrup.yml.swp",
        "terms/.git/x.yml",
        ".idea/workspace.yml",
        ".git/config.yml",
        ".DS_Store",
        "structures/._examplin.svg",
    ],
)
def test_hidden_files_are_no_records(data: Path, name: str, here: Callable[..., Ended]) -> None:
    (data / name).parent.mkdir(parents=True, exist_ok=True)
    (data / name).write_bytes(b"\x00\xff: [")
    assert here("check", data=data) == (0, "")
    (data / name).unlink()
    (data / name).symlink_to("nobody@machine.123")  # as one editor marks what it edits

    assert here("check", data=data) == (0, "")


def test_of_very_many_problems_the_first_are_named(data: Path) -> None:
    for number in range(1100):
        (data / "terms" / f"x{number}.yml").touch()
    ended = done("check", data=data)

    assert len(ended.stderr.splitlines()) == 1001
    assert ended.stderr.endswith(
        "1,100 problems, of which the first 1,000 are named; nothing was published.\n"
    )


# ---- what stops it -------------------------------------------------------------------------------


@pytest.mark.slow  # it kills processes
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("cores", ["1", "2"])
def test_a_build_that_is_stopped_with_all_its_processes_ends_in_silence(
    tmp_path: Path, number: signal.Signals, cores: str
) -> None:
    """As a terminal does it: the signal goes to every process."""
    out = tmp_path / "out"
    process = subprocess.Popen(
        command(ROOT, OTHER, "site", "--afresh", "--cores", cores, "--out", out),
        env=environment({"CACHE_DIR": str(tmp_path / "cache"), "PYTHONUNBUFFERED": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = ""
    while "Rendering" not in said:
        said += process.stdout.read(1)
    time.sleep(0.5)
    os.killpg(process.pid, number)
    _, error = process.communicate(timeout=60)

    assert process.returncode == 128 + number
    assert error == ("Stopped.\n" if number == signal.SIGINT else "")
    assert list(out.iterdir()) == []


LOADING = """
import builtins, os, runpy, signal, sys

imported = builtins.__import__

def stopped(name, *rest):
    if name == "argparse":
        os.kill(os.getpid(), signal.SIGINT)
    return imported(name, *rest)

builtins.__import__ = stopped
sys.path.insert(0, sys.argv[1])
runpy.run_path(f"{sys.argv[1]}/build.py", run_name="__main__")
"""


def test_a_command_that_is_stopped_while_it_is_loaded_ends_in_silence() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOADING, str(ROOT / "scripts")], capture_output=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (-signal.SIGINT, b"")


def test_a_killed_process_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here and number > WORTH_FORKING:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(BrokenProcessPool):
        list(Executor(2).map(work, range(4 * WORTH_FORKING)))

    monkeypatch.setattr(site_commands, "check", _raising(BrokenProcessPool("a process")))
    assert command_line.main(["--data", str(OTHER), "check"]) == 1
    assert "A process of this command was ended from outside" in capsys.readouterr().err


def test_every_path_of_a_message_is_in_the_folder_that_was_named(
    here: Callable[..., Ended], tmp_path: Path
) -> None:
    data = sound_folder(tmp_path)
    replace(data, "regimens/hiccups.yml", "conditions: [hiccups]", "conditions: [data/nowhere]")
    replace(data, "studies/hiccups.yml", "conditions: [hiccups]", "conditions: [nowhere]")

    status, said = here("check", data=data)

    assert status == 1
    assert f"{data}/studies/hiccups.yml:" in said
    assert f": conditions must be a file in {data}/conditions/ (got 'nowhere')" in said
    assert f"{data}/regimens/hiccups.yml:" in said
    assert "'data/nowhere'" in said  # a record's own words are as they are


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MemoryError(), "There is too little memory"),
        (PermissionError(13, "Permission denied", "/x"), "/x: Permission denied."),
        (OSError("odd"), "The system: odd."),
    ],
)
def test_an_error_of_the_system_is_reported(
    error: Exception,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(site_commands, "check", _raising(error))

    assert command_line.main(["--data", str(OTHER), "check"]) == 1
    assert says in capsys.readouterr().err


def _raising(error: Exception) -> object:
    def check(options: object) -> None:
        """Check the data."""
        raise error

    return check


STUCK = """
import signal, sys
sys.path.insert(0, sys.argv[1])
import build

build.SECONDS_TO_STOP = 1
signal.signal(signal.SIGTERM, build._stop)
while True:
    try:
        print("ready", flush=True)
        while True:
            pass
    except SystemExit:
        pass  # as code that has no memory left to end may do
"""


@pytest.mark.slow  # it kills processes
def test_a_command_that_cannot_clear_up_ends_after_a_while() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUCK, str(ROOT / "scripts")],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.terminate()

        assert process.wait(30) == -signal.SIGALRM
