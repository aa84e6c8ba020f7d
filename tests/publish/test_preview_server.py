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
from dataclasses import replace
from pathlib import Path

import exported
import pytest
from folders import ROOT

import build as command_line
from commands import site as site_commands
from commands.site import Reader
from publish import hosts, mounts, plain_pages, session
from publish import preview_server as preview_server
from publish.csp import prepare_for_server
from publish.on_demand import OnDemandSite
from publish.ownership import MARKER
from publish.preview_server import UserErrors
from publish.session import PublishError
from sitegen import DataError
from sitegen.incremental.cache import Cache
from sitegen.incremental.workers import Executor

pytestmark = pytest.mark.slow  # it builds a site beside each preview, and measures times


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the other drug's data, to edit."""
    return shutil.copytree(exported.DATA["other"], tmp_path / "data")


@pytest.fixture
def reader(data: Path) -> Reader:
    return Reader(data, Executor(1, Cache(None)))


def shown_by(reader: Reader, folder: Path) -> OnDemandSite:
    folder.mkdir(exist_ok=True)
    with session.environment(reader.epoch, offline=False):
        return reader.open_site(folder)


def content(reader: Reader, shown: OnDemandSite, address: str) -> bytes | None:
    with session.environment(reader.epoch, offline=False):
        return shown.content(address)


def everything(reader: Reader, folder: Path) -> dict[str, bytes | None]:
    """What is shown at the address of every page and file."""
    shown = shown_by(reader, folder)
    addresses = [uri.removesuffix(".md") + ".html" for uri in shown._output.uris]
    addresses += [asset.uri for asset in shown._output.assets]
    return {
        address: content(reader, shown, address)
        for address in (*addresses, "search/search_index.json")
    }


def test_every_page_and_file_equals_that_of_a_complete_build(
    data: Path, reader: Reader, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert (
        command_line.main(["--data", str(data), "site", "--out", str(out), "--website-only"]) == 0
    )
    shown = shown_by(reader, tmp_path / "shown")
    site = out / "site"
    built = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    built.pop(MARKER)
    # The preview makes no plain text of pages, which is made from all that were built.
    built = {
        address: path
        for address, path in built.items()
        if address != plain_pages.LIST and not address.endswith(".md")
    }

    for address, path in sorted(built.items(), reverse=True):
        found = content(reader, shown, address)
        if found and address.endswith(".html"):  # the preview's server adds a script of its own
            found = prepare_for_server(found.decode()).encode()
        assert found == path.read_bytes(), address
    assert len(built) > 250


def test_after_edits_it_is_as_from_a_fresh_start(
    data: Path, reader: Reader, tmp_path: Path
) -> None:
    def fresh() -> dict[str, bytes | None]:
        return everything(Reader(data, Executor(1, Cache(None))), tmp_path / "fresh")

    first = everything(reader, tmp_path / "shown")
    term = sorted((data / "terms").glob("*.yml"))[-1]
    text = term.read_text(encoding="utf-8")
    term.unlink()
    without = everything(reader, tmp_path / "shown")
    assert without != first
    assert without == fresh()

    term.write_text(text, encoding="utf-8")
    assert everything(reader, tmp_path / "shown") == first == fresh()


def test_a_record_whose_file_is_unchanged_is_not_parsed_again(
    data: Path, reader: Reader, tmp_path: Path
) -> None:
    shown_by(reader, tmp_path / "shown")
    assert reader._read is not None
    before = reader._read.site
    condition = sorted((data / "conditions").glob("*.yml"))[0]
    condition.write_text(condition.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    shown_by(reader, tmp_path / "shown")
    after = reader._read.site

    known = {record.key: record for record in before.all()}
    anew = {record.key for record in after.all() if record is not known[record.key]}
    assert anew == {("conditions", condition.stem)}


def test_a_mistake_is_reported_and_the_records_read_before_stay(
    data: Path, reader: Reader, tmp_path: Path
) -> None:
    condition = sorted((data / "conditions").glob("*.yml"))[0]
    text = condition.read_text(encoding="utf-8")
    shown_by(reader, tmp_path / "shown")
    condition.write_text("name: [", encoding="utf-8")
    with pytest.raises(DataError, match=condition.name):
        shown_by(reader, tmp_path / "shown")

    condition.write_text(text, encoding="utf-8")
    assert content(reader, shown_by(reader, tmp_path / "shown"), "index.html")


def test_a_warning_of_mkdocs_is_no_page(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = shown_by(reader, tmp_path / "shown")
    page = replace(shown._output.page("safety/index.md"), markdown="[somewhere](nowhere.md)")
    monkeypatch.setattr(type(shown._output), "page", lambda *_: page)

    with pytest.raises(PublishError, match=r"nowhere\.md"):
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


def test_it_ends_on_a_signal_even_on_two(tmp_path: Path) -> None:
    with previewed(exported.DATA["other"], tmp_path / "said") as preview:
        preview.until("", lambda status, _: status == 200)
        preview.process.terminate()
        preview.process.terminate()

        assert preview.process.wait(15) == 128 + signal.SIGTERM
    assert "Traceback" not in (tmp_path / "said").read_text()


def test_an_edit_reaches_the_page_and_a_mistake_is_shown_in_its_place(
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
    shown_page = preview.until(page, lambda status, _: status == 500)
    assert f"data/conditions/{condition.name}:" in shown_page
    assert "colour" in shown_page
    assert "<b>" not in shown_page
    assert "livereload(" in shown_page
    assert f"data/conditions/{condition.name}:" in said.read_text()

    condition.write_text(text, encoding="utf-8")
    again = preview.until(page, lambda status, _: status == 200)
    assert strip_livereload(again) == strip_livereload(first)


def test_it_starts_on_records_that_are_not_finished(data: Path, tmp_path: Path) -> None:
    condition = sorted((data / "conditions").glob("*.yml"))[0]
    page, text = f"conditions/{condition.stem}.html", condition.read_text(encoding="utf-8")
    condition.write_text(text + "colour: blue\n", encoding="utf-8")

    with previewed(data, tmp_path / "said") as preview:
        shown_page = preview.until(page, lambda status, _: status == 500)
        assert f"data/conditions/{condition.name}:" in shown_page
        assert f"data/conditions/{condition.name}:" in (tmp_path / "said").read_text()

        condition.write_text(text, encoding="utf-8")
        assert "livereload(" in preview.until(page, lambda status, _: status == 200)


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


@pytest.mark.parametrize(
    "path",
    [
        "/livereload/..%2f.git%2fconfig",
        "/livereload/..%2fREADME.md",
        "/livereload/../README.md",
        "/livereload/%2e%2e/README.md",
        "/livereload/README.md",
        "/livereload/",
        "/livereload",
        "/livereload/1",
        "/livereload/1/2/README.md",
        "/livereload/1/x",
        f"/livereload/{'9' * 5000}/1",
        "/README.md",
        "/.git/config",
    ],
)
def test_no_file_of_the_folder_it_was_started_in_is_served(preview: Address, path: str) -> None:
    status, content = get(preview, path)

    assert status == 404
    assert b"make site" not in content  # as README.md has it
    assert b"repositoryformatversion" not in content


def get(preview: Address, path: str, *headers: str) -> tuple[int, bytes]:
    """The status and the whole answer to a request as it is written, character by character."""
    host, _, port = preview.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as sent:
        sent.sendall("\r\n".join([f"GET {path} HTTP/1.0", *headers, "", ""]).encode())
        answer = b"".join(iter(lambda: sent.recv(65536), b""))
    return int(answer.split()[1]), answer


def test_a_page_waits_for_the_next_edit(preview: Address) -> None:
    assert get(preview, "/livereload/0/1")[0] == 200


@pytest.mark.parametrize(
    ("named", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("127.8.8.8:1", 200),
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("attacker.example", 403),
        ("attacker.example:8000", 403),
        ("localhost.attacker.example", 403),
        ("127.0.0.1.attacker.example", 403),
        ("127.0.0.1@attacker.example", 403),
        ("192.168.0.1", 403),
        ("0.0.0.0", 403),
        ("", 403),
        ("[", 403),
    ],
)
def test_only_a_request_that_names_this_machine_is_answered(
    preview: Address, named: str, status: int
) -> None:
    for path in ("/", "/livereload/0/1", "/data/v1/all.json"):
        assert get(preview, path, f"Host: {named}")[0] == status


def test_a_wrong_address_shows_the_page_for_it(preview: Address) -> None:
    _, _, text = preview.get("nowhere.html")

    assert "<h1>Page not found</h1>" in text
    assert "livereload(" in text


# ---- where it listens --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "bound", "is_answered"),
    [
        ("192.168.0.1:8000", "0.0.0.0", True),
        ("[2001:db8::1]", "::", True),
        ("attacker.example", "0.0.0.0", False),
        ("desk.example:8000", "desk.example", True),
        ("attacker.example", "desk.example", False),
        ("192.168.0.1", "192.168.0.1", True),
        ("192.168.0.2", "192.168.0.1", False),
        (None, "127.0.0.1", True),
    ],
)
def test_a_host_is_the_one_that_is_bound_or_a_number_where_all_are(
    named: str | None, bound: str, is_answered: bool
) -> None:
    assert hosts.is_allowed(named, bound) == is_answered


@pytest.mark.parametrize(
    "address", ["", "8000", ":8000", "localhost", "a:b", "a:99999", "1:2:3", "::1:8000", "a b:1"]
)
def test_an_address_of_another_form_is_refused(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command_line.main(["serve", "--address", address])

    assert "must be a host and a port such as '127.0.0.1:8000'" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["taken", "192.0.2.1:8000", "nowhere.invalid:8000"])
def test_an_address_in_use_is_reported(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        at = f"127.0.0.1:{taken.getsockname()[1]}" if address == "taken" else address
        command = ["--data", str(exported.DATA["other"]), "serve", "--address", at]

        assert command_line.main(command) == 1
    said = capsys.readouterr()
    assert f"Nothing can listen at {at}" in said.err
    assert ("over a network" in said.out) == (address != "taken")


def test_files_of_another_machine_are_looked_at_again_and_again(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mounts, "mount_points", lambda: {"/": "nfs4"})
    monkeypatch.setattr(preview_server, "POLLING", 0.05)
    server = preview_server._Server(Restless, "127.0.0.1:0", UserErrors((DataError,)))
    monkeypatch.setattr(server, "_build_loop", lambda: None)
    try:
        server.run([data])
        time.sleep(0.2)
        (data / "terms" / "new.yml").touch()
        end = time.monotonic() + 20
        while not server._want_rebuild and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        server.close()

    assert server._want_rebuild
    assert "Edits are looked for every 0.05 s" in capsys.readouterr().out


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
    made = preview_server._Server(Restless, "127.0.0.1:0", UserErrors((DataError,)))
    yield made
    made.server_close()


def test_a_mistake_in_the_code_shows_as_a_page_that_comes_back(
    server: preview_server._Server,
) -> None:
    shown_page: list[str] = []
    environ = {"PATH_INFO": "/index.html"}
    content = b"".join(
        server.serve_request(environ, lambda status, headers: shown_page.append(status))
    )

    assert shown_page == ["500 Internal Server Error"]
    assert b"stands on the terminal" in content
    assert b"livereload(" in content


def test_a_mistake_in_the_code_while_it_is_opened_is_shown_too(
    server: preview_server._Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken() -> Restless:
        raise TypeError("a mistake in a template")

    before = server._visible_epoch
    server._open_site = mistaken
    server._wanted_epoch = before + 1
    with pytest.raises(TypeError):
        server._open()

    assert server._visible_epoch == before + 1  # so that browsers ask again
    status, content = server._answer("/index.html")
    assert status.startswith("500")
    assert content is not None
    assert b"stands on the terminal" in content


def test_a_mistake_at_the_start_has_a_message_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("nav: [", encoding="utf-8")
    monkeypatch.setattr(site_commands, "ROOT", tmp_path)
    command = ["--data", str(exported.DATA["other"]), "serve", "--address", "127.0.0.1:0"]

    assert command_line.main(command) == 1
    assert "mkdocs.yml" in capsys.readouterr().err
