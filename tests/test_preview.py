"""The preview shows what a whole build would, page by page, as the records are now."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import exported
import pytest

import build as command_line
import preview as preview_server
from publisher import Unpublished
from showing import Shown
from sitegen import DataError
from sitegen.kept import Kept
from sitegen.policy import for_a_server
from sitegen.press import Press

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the other drug's data, to edit."""
    return shutil.copytree(exported.DATA["other"], tmp_path / "data")


@pytest.fixture
def reader(data: Path) -> command_line.Reader:
    return command_line.Reader(data, Press(1, Kept(None)))


def shown_by(reader: command_line.Reader, folder: Path) -> Shown:
    folder.mkdir(exist_ok=True)
    with command_line._settings(reader.epoch, offline=False):
        return reader.shown(folder)


def content(reader: command_line.Reader, shown: Shown, address: str) -> bytes | None:
    with command_line._settings(reader.epoch, offline=False):
        return shown.content(address)


def everything(reader: command_line.Reader, folder: Path) -> dict[str, bytes | None]:
    """What is shown at the address of every page and file."""
    shown = shown_by(reader, folder)
    addresses = [uri.removesuffix(".md") + ".html" for uri in shown._book.uris]
    addresses += [asset.uri for asset in shown._book.assets]
    return {each: content(reader, shown, each) for each in (*addresses, "search/search_index.json")}


def test_every_page_and_file_is_as_a_whole_build_makes_it(
    data: Path, reader: command_line.Reader, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert (
        command_line.main(["--data", str(data), "site", "--out", str(out), "--website-only"]) == 0
    )
    shown = shown_by(reader, tmp_path / "shown")
    site = out / "site"
    built = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}

    for address, path in sorted(built.items(), reverse=True):
        found = content(reader, shown, address)
        if found and address.endswith(".html"):  # the preview's server adds a script of its own
            found = for_a_server(found.decode()).encode()
        assert found == path.read_bytes(), address
    assert len(built) > 250


def test_after_edits_it_is_as_from_a_fresh_start(
    data: Path, reader: command_line.Reader, tmp_path: Path
) -> None:
    def fresh() -> dict[str, bytes | None]:
        return everything(command_line.Reader(data, Press(1, Kept(None))), tmp_path / "fresh")

    first = everything(reader, tmp_path / "shown")
    term = sorted((data / "terms").glob("*.yml"))[-1]
    text = term.read_text(encoding="utf-8")
    term.unlink()
    without = everything(reader, tmp_path / "shown")
    assert without != first
    assert without == fresh()

    term.write_text(text, encoding="utf-8")
    assert everything(reader, tmp_path / "shown") == first == fresh()


def test_a_record_whose_file_says_the_same_is_not_read_anew(
    data: Path, reader: command_line.Reader, tmp_path: Path
) -> None:
    before = reader._read.site
    condition = sorted((data / "conditions").glob("*.yml"))[0]
    condition.write_text(condition.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    shown_by(reader, tmp_path / "shown")
    after = reader._read.site

    known = {record.key: record for record in before.all()}
    anew = {record.key for record in after.all() if record is not known[record.key]}
    assert anew == {("conditions", condition.stem)}


def test_what_is_wrong_is_told_and_what_was_read_before_stays(
    data: Path, reader: command_line.Reader, tmp_path: Path
) -> None:
    condition = sorted((data / "conditions").glob("*.yml"))[0]
    text = condition.read_text(encoding="utf-8")
    condition.write_text("name: [", encoding="utf-8")
    with pytest.raises(DataError, match=condition.name):
        shown_by(reader, tmp_path / "shown")

    condition.write_text(text, encoding="utf-8")
    assert content(reader, shown_by(reader, tmp_path / "shown"), "index.html")


def test_a_warning_of_mkdocs_is_no_page(
    reader: command_line.Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = shown_by(reader, tmp_path / "shown")
    page = shown._book.page("safety/index.md")
    monkeypatch.setattr(type(page), "markdown", "[somewhere](nowhere.md)")

    with pytest.raises(Unpublished, match=r"nowhere\.md"):
        content(reader, shown, "safety/index.html")


# ---- the server --------------------------------------------------------------------------------


class Address:
    """Where a preview runs, and what it answers."""

    def __init__(self, address: str, process: subprocess.Popen[bytes]) -> None:
        self.address, self.process = address, process

    def get(self, path: str) -> tuple[int, str, str]:
        """The status, the type and the text of what stands at a path."""
        try:
            with urllib.request.urlopen(f"{self.address}/{path}", timeout=60) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["Content-Type"], error.read().decode()

    def until(self, path: str, holds: Callable[[int, str], bool]) -> str:
        """The text at a path, once it is what is waited for."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                status, _, text = self.get(path)
                if holds(status, text):
                    return text
            except (urllib.error.URLError, ConnectionError):
                pass  # it has not begun
            time.sleep(0.05)
        raise AssertionError(f"{path} is not what was waited for")


@contextmanager
def previewed(data: Path, said: Path) -> Iterator[Address]:
    """A preview of the data, in a process of its own."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{taken.getsockname()[1]}"
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--data", str(data)]
    with said.open("w") as log:
        process = subprocess.Popen(
            [*command, "serve", "--afresh", "--address", at], stdout=log, stderr=log
        )
        try:
            yield Address(f"http://{at}", process)
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A preview of the other drug's data."""
    said = tmp_path_factory.mktemp("preview") / "said"
    with previewed(exported.DATA["other"], said) as address:
        address.until("", lambda status, _: status == 200)
        yield address


def test_it_ends_when_it_is_told_to_even_twice(tmp_path: Path) -> None:
    with previewed(exported.DATA["other"], tmp_path / "said") as preview:
        preview.until("", lambda status, _: status == 200)
        preview.process.terminate()
        preview.process.terminate()

        assert preview.process.wait(15) == 128 + signal.SIGTERM
    assert "Traceback" not in (tmp_path / "said").read_text()


def test_an_edit_reaches_the_page_and_a_slip_is_told_in_its_place(
    data: Path, tmp_path: Path
) -> None:
    with previewed(data, tmp_path / "said") as preview:
        _edit_and_break(data, preview, tmp_path / "said")


def _edit_and_break(data: Path, preview: Address, said: Path) -> None:
    condition = sorted((data / "conditions").glob("*.yml"))[0]
    page, text = f"conditions/{condition.stem}.html", condition.read_text(encoding="utf-8")
    first = preview.until(page, lambda status, _: status == 200)
    assert "livereload(" in first  # a browser loads the page again

    name = re.search(r"^name: (.*)$", text, re.MULTILINE)
    assert name
    edited = text.replace(name[0], "name: Quite another name", 1)
    condition.write_text(edited, encoding="utf-8")
    preview.until(page, lambda status, text: status == 200 and "Quite another name" in text)

    condition.write_text(edited + "colour: <b>blue</b>\n", encoding="utf-8")
    told = preview.until(page, lambda status, _: status == 500)
    assert f"data/conditions/{condition.name}:" in told
    assert "colour" in told
    assert "<b>" not in told
    assert "livereload(" in told
    assert f"data/conditions/{condition.name}:" in said.read_text()

    condition.write_text(text, encoding="utf-8")
    again = preview.until(page, lambda status, _: status == 200)
    assert strip_livereload(again) == strip_livereload(first)


def strip_livereload(text: str) -> str:
    """A page without the script that the server adds to it, which names the moment."""
    return re.sub(r"livereload\(\d+, \d+\)", "", text)


@pytest.mark.parametrize(
    ("path", "status", "type"),
    [
        ("", 200, "text/html"),
        ("dosage/", 200, "text/html"),
        ("assets/site.css", 200, "text/css"),
        ("data/v1/all.json", 200, "application/json"),
        ("search/search_index.json", 200, "application/json"),
        ("404.html", 200, "text/html"),
        ("dosage", 200, "text/html"),  # the address that it leads to
        ("nowhere.html", 404, "text/html"),
        (f"search/{'long' * 1000}", 404, "text/html"),
        ("../../etc/passwd", 404, "text/html"),
        ("..%2f..%2fetc/passwd", 404, "text/html"),
    ],
)
def test_what_an_address_answers(preview: Address, path: str, status: int, type: str) -> None:
    found, kind, _ = preview.get(path)

    assert (found, kind) == (status, type)


@pytest.mark.parametrize("up", ["../", "..%2f"])
def test_no_address_leads_out_of_the_site(preview: Address, up: str) -> None:
    """A browser puts a stroke before a name; whoever writes to the socket need not."""
    host, _, port = preview.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as sent:
        sent.sendall(f"GET {up * 12}etc/passwd HTTP/1.0\r\n\r\n".encode())
        answer = b"".join(iter(lambda: sent.recv(4096), b""))

    assert answer.split()[1] == b"404"
    assert b"root:" not in answer


def test_a_wrong_address_shows_the_page_for_it(preview: Address) -> None:
    _, _, text = preview.get("nowhere.html")

    assert "<h1>Page not found</h1>" in text
    assert "livereload(" in text


# ---- what no record is to blame for -------------------------------------------------------------


class Restless:
    """A site that something in the code stops."""

    def content(self, address: str) -> bytes | None:
        """Nothing, ever."""
        raise TypeError("a mistake in a template")

    def close(self) -> None:
        """Nothing was made."""


@pytest.fixture
def server() -> Iterator[preview_server._Server]:
    made = preview_server._Server(Restless, "127.0.0.1:0", (DataError,))
    yield made
    made.server_close()


def test_a_mistake_in_the_code_shows_as_a_page_that_comes_back(
    server: preview_server._Server,
) -> None:
    told: list[str] = []
    environ = {"PATH_INFO": "/index.html"}
    content = b"".join(server.serve_request(environ, lambda status, headers: told.append(status)))

    assert told == ["500 Internal Server Error"]
    assert b"stands on the terminal" in content
    assert b"livereload(" in content


def test_a_mistake_in_the_code_while_it_is_opened_is_shown_too(
    server: preview_server._Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken() -> Restless:
        raise TypeError("a mistake in a template")

    before = server._visible_epoch
    server._opened = mistaken
    server._wanted_epoch = before + 1
    with pytest.raises(TypeError):
        server._open()

    assert server._visible_epoch == before + 1  # so that browsers ask again
    status, content = server._found("/index.html")
    assert status.startswith("500")
    assert content is not None
    assert b"stands on the terminal" in content


def test_a_mistake_at_the_start_is_told_in_its_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("nav: [", encoding="utf-8")
    monkeypatch.setattr(command_line, "ROOT", tmp_path)
    command = ["--data", str(exported.DATA["other"]), "serve", "--address", "127.0.0.1:0"]

    assert command_line.main(command) == 1
    assert "mkdocs.yml" in capsys.readouterr().err
