"""The form for records is on a website that asks for it, with the editor that is named."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil
import tarfile
from pathlib import Path

import pytest
from built import Built, built_once, run
from folders import EXAMPLE, ROOT
from sound import replace

from publish import record_form
from publish.record_form import PACKAGES, Package
from publish.session import PublishError

SETTINGS = b"# settings\n"
FORGE = "https://forge.example"


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory.getbasetemp(), "other")


def archive(files: dict[str, bytes]) -> bytes:
    """Files as npm packs them."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small package in the place of each that the form needs."""
    made = []
    for package in PACKAGES:
        files = {
            start + ("index.js" if start.endswith("/") else ""): b"x" for start in package.files
        }
        content = archive({**files, "package/bin.mjs": b"no", "../out.js": b"no"})
        (tmp_path / package.archive).write_bytes(content)
        digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
        made.append(Package(package.name, package.version, digest, package.files))
    monkeypatch.setattr(record_form, "PACKAGES", tuple(made))
    return tmp_path


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_site_without_the_setting_has_no_form(other: Built) -> None:
    assert not (other.site / "admin").exists()


def test_a_form_is_its_page_its_scripts_and_the_files_named_of_each_package(
    packages: Path, tmp_path: Path
) -> None:
    record_form.write(tmp_path / "site", SETTINGS, FORGE, packages)

    assert files_in(tmp_path / "site") == {
        "admin/config.yml",
        "admin/decap-cms.js",
        "admin/decap-cms.js.LICENSE.txt",
        "admin/form.css",
        "admin/form.js",
        "admin/index.html",
        "admin/records.js",
        "admin/yaml/LICENSE.txt",
        "admin/yaml/index.js",
    }
    assert (tmp_path / "site/admin/config.yml").read_bytes() == SETTINGS


def test_its_page_is_for_no_crawler_and_loads_from_its_own_site_alone(
    packages: Path, tmp_path: Path
) -> None:
    record_form.write(tmp_path / "site", SETTINGS, FORGE, packages)
    page = (tmp_path / "site/admin/index.html").read_text(encoding="utf-8")

    assert '<meta name="robots" content="noindex">' in page
    assert f"connect-src 'self' blob: {FORGE};" in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "<script>" not in page


def test_a_package_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(PublishError) as raised:
        record_form.refuse_without(tmp_path)

    missing = tmp_path / PACKAGES[0].archive
    assert str(raised.value) == (
        f"The form needs {missing}, which is not there: fetch it with `make form`."
    )


def test_another_package_of_the_same_name_is_refused(packages: Path) -> None:
    changed = packages / PACKAGES[1].archive
    changed.write_bytes(changed.read_bytes() + b" ")

    with pytest.raises(PublishError, match="is another package than the form names"):
        record_form.refuse_without(packages)


def test_each_package_is_one_version_with_a_whole_digest() -> None:
    for package in PACKAGES:
        assert re.fullmatch(r"\d+\.\d+\.\d+", package.version)
        assert len(base64.b64decode(package.sha512)) == 64


def test_without_npm_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PublishError, match=r"npm is not installed: install Node\.js"):
        record_form.fetch(tmp_path / "form")


def test_a_build_with_the_setting_stops_at_once_without_the_packages(tmp_path: Path) -> None:
    data = shutil.copytree(EXAMPLE / "data", tmp_path / "data")
    replace(data, "site.yml", "repository: not set", "repository: not set\nform: {backend: local}")
    done = run(ROOT, data, "site", "--out", tmp_path / "out", variables={"FORM_DIR": str(tmp_path)})

    assert done.returncode == 1
    assert "fetch it with `make form`" in done.stderr
    assert not (tmp_path / "out/site").exists()


@pytest.mark.slow  # builds another website
def test_a_built_website_has_the_form_and_nothing_else_names_it(
    tmp_path: Path,
) -> None:
    packages = ROOT / "build" / "form"
    if not (packages / PACKAGES[0].archive).is_file():
        pytest.skip("the editor of the form is not here: `make form` fetches it")
    data = shutil.copytree(EXAMPLE / "data", tmp_path / "data")
    replace(data, "site.yml", "repository: not set", "repository: not set\nform: {backend: local}")
    variables = {"FORM_DIR": str(packages), "SITE_ADDRESS": "https://ref.example"}
    done = run(ROOT, data, "site", "--out", tmp_path / "out", variables=variables)

    site = tmp_path / "out/site"
    assert done.returncode == 0, done.stderr
    assert (site / "admin/yaml/index.js").is_file()
    for name in ("sitemap.xml", "llms.txt", "search/search_index.json", "index.html"):
        assert "admin/" not in (site / name).read_text(encoding="utf-8")
    (offline,) = (tmp_path / "out/dist").glob("*-offline.zip")
    assert b"admin/" not in offline.read_bytes()
