"""`build.py serve`: the page follows the data while a curator edits."""

from __future__ import annotations

import html
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from built import Built, command, environment
from folders import OTHER

START_SECONDS = 30
EDIT_SECONDS = 20


@dataclass(frozen=True)
class Preview:
    """A running preview: its address, the data it shows, and what it prints."""

    address: str
    data: Path
    log: Path


@pytest.fixture(scope="module")
def preview(real: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of a copy of the other drug's data, on a free port."""
    folder = tmp_path_factory.mktemp("serve")
    data = shutil.copytree(OTHER, folder / "data")
    host = f"127.0.0.1:{free_port()}"
    arguments = command(real.project, data, "serve", "--address", host)
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            env=environment({"PYTHONUNBUFFERED": "1"}),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield Preview(f"http://{host}", data, folder / "log.txt")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def shown(preview: Preview, uri: str) -> str:
    """The page now, or nothing while there is none."""
    try:
        with urllib.request.urlopen(f"{preview.address}/{uri}", timeout=5) as answer:
            return html.unescape(str(answer.read(), "utf-8"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.2)
    return False


def test_an_edit_of_the_data_reaches_the_page(preview: Preview) -> None:
    uri = "conditions/examplitis.html"
    started = wait_until(lambda: "An invented illness." in shown(preview, uri), START_SECONDS)
    assert started, preview.log.read_text("utf-8")

    file = preview.data / "conditions/examplitis.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("An invented illness.", "A newly edited illness."), "utf-8")

    seen = wait_until(lambda: "A newly edited illness." in shown(preview, uri), EDIT_SECONDS)
    assert seen, preview.log.read_text("utf-8")


def test_a_slip_is_said_in_a_line_and_its_mending_shows(preview: Preview) -> None:
    uri = "conditions/paper-allergy.html"
    file = preview.data / "conditions/paper-allergy.yml"
    sound = file.read_text(encoding="utf-8")
    assert wait_until(lambda: "An invented itch." in shown(preview, uri), START_SECONDS)

    file.write_text(sound.replace("gloss:", "glos:"), encoding="utf-8")
    message = "data/conditions/paper-allergy.yml:5: glos is not a field"
    said = wait_until(lambda: message in preview.log.read_text("utf-8"), EDIT_SECONDS)
    assert said, preview.log.read_text("utf-8")
    assert "Traceback" not in preview.log.read_text("utf-8")

    file.write_text(sound.replace("An invented itch.", "A mended itch."), encoding="utf-8")
    mended = wait_until(lambda: "A mended itch." in shown(preview, uri), EDIT_SECONDS)
    assert mended, preview.log.read_text("utf-8")
