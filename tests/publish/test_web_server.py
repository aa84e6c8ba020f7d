"""The website behind nginx, with the example of its settings as it stands."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from built import Built, built_once, run
from folders import OTHER, ROOT

from publish.csp import PolicyError, add_form_policy, read_policy, server_policy
from publish.web_server import COMPRESSED_SUFFIXES, compress, policy_map

EXAMPLE = ROOT / "serving" / "nginx.conf"
START_SECONDS = 10
NGINX = os.environ.get("NGINX") or shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class Server:
    """An nginx on this machine, and what it serves."""

    port: int
    folder: Path

    def answer(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """What it answers to a request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        got = connection.getresponse()
        answer = Answer(got.status, dict(got.getheaders()), got.read())
        connection.close()
        return answer


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other drug's website, made ready for a server."""
    other = built_once(tmp_path_factory.getbasetemp(), "other")
    out = tmp_path_factory.mktemp("ready")
    _make_ready(other, out)
    return out / "reference"


def _make_ready(built: Built, out: Path) -> None:
    done = run(built.project, OTHER, "serving", "--site", built.site, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="module")
def server(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An nginx with the example: only the paths and the port are those of the test."""
    if NGINX is None:
        pytest.skip("no nginx on this machine (Debian: apt-get install nginx-light)")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    settings = EXAMPLE.read_text(encoding="utf-8")
    for setting, here in (("/srv/reference", str(ready)), ("127.0.0.1:8080", f"127.0.0.1:{port}")):
        assert setting in settings
        settings = settings.replace(setting, here)
    (folder / "reference.conf").write_text(settings, encoding="utf-8")
    (folder / "nginx.conf").write_text(_around(folder), encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "errors.log"]
    running = subprocess.Popen(command)
    try:
        _wait_for(port, running, folder / "errors.log")
        yield Server(port, ready / "site")
    finally:
        running.terminate()
        running.wait(timeout=10)


def _around(folder: Path) -> str:
    """What stands around the example in Debian's settings, with all it writes in one folder."""
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    lines = [
        "user root;" if os.geteuid() == 0 else "",  # whom the folders of tests belong to
        "daemon off; worker_processes 2; pid nginx.pid; error_log errors.log warn;",
        "events { worker_connections 768; }",
        "http { include /etc/nginx/mime.types; default_type application/octet-stream;",
        "access_log off;",
        *(f"{name}_temp_path {folder / name};" for name in temporary),
        f"include {folder / 'reference.conf'}; }}",
    ]
    return "\n".join(lines)


def _wait_for(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and running.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nginx did not start:\n{log.read_text('utf-8')}")


# ---- what is made for it ----------------------------------------------------------------------


def test_every_text_has_a_compressed_copy_of_the_same_content(ready: Path) -> None:
    site = ready / "site"
    texts = {path for path in site.rglob("*") if path.suffix in COMPRESSED_SUFFIXES}

    assert len(texts) > 200
    assert {path.with_name(f"{path.name}.gz") for path in texts} == set(site.rglob("*.gz"))
    for path in texts:
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()


def test_the_same_content_compresses_to_the_same_bytes() -> None:
    # RFC 1952, 2.3: no flags, no time, best compression, and an unknown system.
    assert compress(b"a" * 1000)[:10] == bytes.fromhex("1f8b0800000000 0002ff")
    assert compress(b"a" * 1000) == compress(b"a" * 1000)


@pytest.mark.slow  # it packs a site twice
def test_to_make_it_twice_gives_the_same_bytes(
    ready: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = built_once(tmp_path_factory.getbasetemp(), "other").site
    for _ in range(2):
        done = run(ROOT, OTHER, "serving", "--site", site, "--out", tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert _contents(tmp_path / "reference") == _contents(ready)


def _contents(folder: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_without_a_site_it_says_what_to_do(tmp_path: Path) -> None:
    done = run(ROOT, OTHER, "serving", "--site", tmp_path, "--out", tmp_path / "out")

    line = f"There is no website in {tmp_path}: build it first, with `make site`.\n"
    assert (done.returncode, done.stderr) == (1, line)


def test_an_edition_of_one_file_keeps_its_own_policy() -> None:
    own = "default-src 'none'; style-src 'sha256-x'"
    page = "<meta charset=utf-8><script>a()</script>"
    edition = f'<meta http-equiv="Content-Security-Policy" content="{own}"><style></style>'
    setting = policy_map({"/index.html": page, "/download/x.html": edition})

    assert setting == (
        "map $uri $reference_policy {\n"
        f'    default "{server_policy([page])}";\n'
        f'    "/download/x.html" "{own}; frame-ancestors \'self\'";\n'
        "}\n"
    )


def test_the_form_for_records_keeps_its_own_policy_and_loosens_no_other() -> None:
    page = "<meta charset=utf-8><script>a()</script>"
    form = add_form_policy("<meta charset=utf-8>", "https://forge.example")
    setting = policy_map({"/index.html": page, "/admin/index.html": form})

    assert f'default "{server_policy([page])}";' in setting
    assert f'"/admin/index.html" "{read_policy(form)}; frame-ancestors \'self\'";' in setting


def test_a_page_without_a_policy_is_not_offered_for_download() -> None:
    with pytest.raises(PolicyError, match="no policy"):
        policy_map({"/download/x.html": "<p>x</p>"})


# ---- what nginx makes of it -------------------------------------------------------------------


@pytest.mark.browser
def test_every_answer_has_the_headers(server: Server) -> None:
    (worker,) = server.folder.glob("assets/javascripts/workers/search.*.min.js")
    alone = ("/", "/index.html", "/assets/logo.svg", "/data/v1/site.json", "/nowhere")
    for path in (*alone, f"/{worker.relative_to(server.folder)}"):
        headers = server.answer(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, path
        assert headers["Content-Security-Policy"].startswith("default-src 'none'"), path
        assert headers["Server"] == "nginx"


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/assets/site.css", "/assets/tables.js", "/assets/card.png"])
def test_a_part_of_a_page_has_no_policy_of_its_own(server: Server, path: str) -> None:
    headers = server.answer(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    for name in ("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"):
        assert name not in headers


@pytest.mark.browser
def test_the_form_for_records_hears_from_the_window_in_which_somebody_signs_in(
    server: Server,
) -> None:
    folder = server.folder / "admin"
    folder.mkdir()
    (folder / "index.html").write_text("x", encoding="utf-8")
    try:
        opener = [
            server.answer(path).headers["Cross-Origin-Opener-Policy"]
            for path in ("/admin/index.html", "/admin/")
        ]
    finally:
        shutil.rmtree(folder)

    assert opener == ["same-origin-allow-popups"] * 2


@pytest.mark.browser
def test_the_policy_of_the_server_allows_what_the_pages_run(server: Server) -> None:
    pages = [path for path in server.folder.rglob("*.html") if path.parent.name != "download"]
    expected = server_policy(path.read_text(encoding="utf-8") for path in pages)
    (edition,) = (server.folder / "download").glob("*.html")
    own = f"{read_policy(edition.read_text('utf-8'))}; frame-ancestors 'self'"

    assert server.answer("/dosage/index.html").headers["Content-Security-Policy"] == expected
    found = server.answer(f"/download/{edition.name}").headers["Content-Security-Policy"]
    assert found == own


@pytest.mark.browser
@pytest.mark.parametrize(
    ("pattern", "caching"),
    [
        ("index.html", "no-cache"),
        ("assets/javascripts/bundle.*.min.js", "public, max-age=31536000, immutable"),
        ("assets/stylesheets/main.*.min.css", "public, max-age=31536000, immutable"),
        ("assets/javascripts/workers/search.*.min.js", "public, max-age=31536000, immutable"),
        ("assets/site.css", "no-cache"),
        ("search/search_index.json", "no-cache"),
        ("download/*.zip", "no-cache"),
    ],
)
def test_a_file_is_cached_as_long_as_its_address_promises(
    server: Server, pattern: str, caching: str
) -> None:
    (file,) = server.folder.glob(pattern)

    answer = server.answer(f"/{file.relative_to(server.folder)}")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, caching)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("pattern", "type"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/site.css", "text/css; charset=utf-8"),
        ("assets/tables.js", "application/javascript; charset=utf-8"),
        ("assets/favicon.svg", "image/svg+xml"),
        ("search/search_index.json", "application/json; charset=utf-8"),
        ("data/**/*.csv", "text/csv; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_text_is_sent_compressed_to_clients_that_accept_it(
    server: Server, pattern: str, type: str
) -> None:
    file = sorted(server.folder.glob(pattern))[0]
    path = f"/{file.relative_to(server.folder)}"

    small = server.answer(path, Accept_Encoding="gzip")
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Vary"] == "Accept-Encoding"
    assert small.headers["Content-Type"] == type
    assert small.content == compress(file.read_bytes())
    plain = server.answer(path)
    assert "Content-Encoding" not in plain.headers
    assert plain.content == file.read_bytes()


@pytest.mark.browser
def test_programs_on_other_hosts_may_read_the_data_alone(server: Server) -> None:
    shared = ("/data/v1/index.json", "/data/v1/all.sqlite", "/data/v1/csv/studies.csv")

    for path in shared:
        assert server.answer(path).headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/", "/data/index.html", "/search/search_index.json"):
        assert "Access-Control-Allow-Origin" not in server.answer(path).headers


@pytest.mark.browser
def test_an_earlier_version_is_answered_from_its_own_folder(server: Server) -> None:
    folder = server.folder.parent.with_name("reference-releases") / "0.1.0"
    folder.mkdir(parents=True)
    (folder / "all.json").write_text("{}")

    answer = server.answer("/data/releases/0.1.0/all.json")
    assert (answer.status, answer.content) == (200, b"{}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert server.answer("/data/releases/0.2.0/all.json").status == 404


@pytest.mark.browser
def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    first = server.answer("/index.html", Accept_Encoding="gzip")
    again = server.answer(
        "/index.html", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"]
    )

    assert (again.status, again.content) == (304, b"")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/.git/config", 404),
        ("GET", "/data/", 200),
        ("GET", "/assets/", 403),
        ("GET", "/../policies.conf", 400),
        ("GET", "/%2e%2e/policies.conf", 400),
        ("HEAD", "/index.html", 200),
        ("POST", "/index.html", 403),
        ("PUT", "/index.html", 403),
    ],
)
def test_only_pages_and_files_are_answered(
    server: Server, method: str, path: str, status: int
) -> None:
    assert server.answer(path, method).status == status


@pytest.mark.browser
def test_a_wrong_address_shows_the_page_for_it(server: Server) -> None:
    answer = server.answer("/nowhere")

    assert answer.content == (server.folder / "404.html").read_bytes()
