"""The form for records in a browser: what it writes is sound, and what nobody changed stays."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import static_server
from folders import EXAMPLE, OTHER, REAL, ROOT
from playwright.sync_api import Page, Route, expect
from sound import problems
from visits import Heard

from curate import form
from publish import record_form
from publish.session import PublishError
from sitegen import read_records
from sitegen.model import RecordForm
from sitegen.read.yamlfile import parsed

PACKAGES = Path(os.environ.get("FORM_DIR", ROOT / "build" / "form"))
LOCAL = RecordForm(backend="local")
SERVER = "http://localhost:8081"
FOLDERS = {"real": REAL, "other": OTHER, "example": EXAMPLE / "data"}
try:
    record_form.refuse_without(PACKAGES)
except PublishError as error:
    pytest.skip(str(error), allow_module_level=True)


class LocalServer:
    """Answers as decap-server does, which saves to the files of a folder."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def answer(self, route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        params = asked.get("params", {})
        route.fulfill(json=getattr(self, asked["action"])(**params))

    def info(self, **_: Any) -> Any:
        return {"repo": "a", "publish_modes": ["simple"], "type": "local_fs"}

    def entriesByFolder(self, folder: str, extension: str, **_: Any) -> Any:
        return [self._entry(path) for path in sorted((self.top / folder).glob(f"*.{extension}"))]

    def entriesByFiles(self, files: list[dict[str, str]], **_: Any) -> Any:
        return [self._entry(self.top / file["path"]) for file in files]

    def getEntry(self, path: str, **_: Any) -> Any:
        return self._entry(self.top / path)

    def getMedia(self, **_: Any) -> Any:
        return []

    def getDeployPreview(self, **_: Any) -> Any:
        return None

    def persistEntry(self, dataFiles: list[dict[str, str]], **_: Any) -> Any:
        for file in dataFiles:
            (self.top / file["path"]).write_text(file["raw"], encoding="utf-8", newline="")
        return {"message": "entry persisted"}

    def _entry(self, path: Path) -> Any:
        name = path.relative_to(self.top).as_posix()
        text = path.read_text(encoding="utf-8") if path.is_file() else None
        return {"data": text, "file": {"path": name, "id": name}}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the example, in a folder as a repository has it."""
    return shutil.copytree(EXAMPLE / "data", tmp_path / "data")


def site_with_form(data: Path, site: Path) -> Path:
    """A website that is a form and nothing else."""
    identity = read_records(data).identity
    settings = form.config(data, identity, LOCAL)
    record_form.write(site, settings, form.saves_to(identity, LOCAL), PACKAGES)
    (site / "assets").mkdir()
    shutil.copy2(ROOT / "docs/assets/favicon.svg", site / "assets")
    return site


@pytest.fixture
def opened(data: Path, tmp_path: Path, page: Page) -> Iterator[tuple[str, Heard]]:
    """The address of a form that saves to the copy, and what its page was heard to say."""
    page.route(f"{SERVER}/**", LocalServer(tmp_path).answer)
    with static_server.serving(site_with_form(data, tmp_path / "site")) as address:
        heard = Heard(address)
        heard.listen(page)
        yield f"{address}/admin/index.html", heard


def go(page: Page, address: str, place: str) -> None:
    """Open a page of the form, as somebody who is signed in."""
    page.goto(f"{address}#/collections/{place}")
    login = page.get_by_role("button", name="Login")
    login.or_(page.get_by_text("Collections")).first.wait_for()
    if login.is_visible():
        login.click()


def box(page: Page, name: str, number: int = 0) -> Any:
    """The box in which a field of a name is written, the first or a later one."""
    return page.locator(f"input[id^={name}-field], textarea[id^={name}-field]").nth(number)


def choose(page: Page, name: str, text: str, number: int = 0) -> None:
    box(page, name, number).fill(text)
    page.get_by_role("option").filter(has_text=text).first.click()


def save(page: Page) -> None:
    page.get_by_text("Publish", exact=True).first.click()
    page.get_by_text("Publish now").click()
    expect(page.get_by_text("Entry saved")).to_be_visible()


# ---- the files -----------------------------------------------------------------------------------

# Each file is opened and saved as it is, and its form is saved as a new record.
SAVED = """async ([settings, files]) => {
  const { formatOf } = await import("./records.js");
  const { parse } = await import("./yaml/index.js");
  const { collections, quoted } = parse(settings);
  return files.map(([folder, text]) => {
    const { fields } = collections.find((one) => one.name === folder);
    const format = formatOf(fields, quoted);
    const { "~file": file, ...form } = format.fromFile(text);
    return [format.toFile({ ...form, "~file": file }), format.toFile(form)];
  });
}"""


@pytest.mark.parametrize("name", FOLDERS)
def test_a_record_says_the_same_whether_it_is_saved_as_it_is_or_written_anew(
    name: str, tmp_path: Path, page: Page
) -> None:
    data = FOLDERS[name]
    site = site_with_form(data, tmp_path / "site")
    paths = sorted(path for path in data.glob("*/*.yml"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    with static_server.serving(site) as address:
        page.route("**/decap-cms.js", lambda route: route.abort())
        page.goto(f"{address}/admin/index.html")
        settings = (site / "admin/config.yml").read_text(encoding="utf-8")
        files = [[path.parent.name, text] for path, text in zip(paths, texts, strict=True)]
        saved = page.evaluate(SAVED, [settings, files])

    anew = shutil.copytree(data, tmp_path / "anew")
    for path, text, (same, fresh) in zip(paths, texts, saved, strict=True):
        assert parsed(same, path.name) == parsed(text, path.name)
        assert comments(same) == comments(text)
        assert name == "example" or same == text, path
        (anew / path.relative_to(data)).write_text(fresh, encoding="utf-8")
    assert problems(anew) == problems(data) == []


def test_one_author_by_parts_stays_as_it_is_written(data: Path, tmp_path: Path, page: Page) -> None:
    path = data / "sources" / "sample-1998.yml"
    text = re.sub(r"(?m)^author: .*$", "author: {literal: Sample Works}", path.read_text("utf-8"))
    site = site_with_form(data, tmp_path / "site")
    with static_server.serving(site) as address:
        page.route("**/decap-cms.js", lambda route: route.abort())
        page.goto(f"{address}/admin/index.html")
        settings = (site / "admin/config.yml").read_text(encoding="utf-8")
        [[same, fresh]] = page.evaluate(SAVED, [settings, [["sources", text]]])

    assert "author: {literal: Sample Works}\n" in same
    assert parsed(fresh, "x")["author"] == [{"literal": "Sample Works"}]


def comments(text: str) -> list[str]:
    """The remarks of a file, in order."""
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


# ---- a person ------------------------------------------------------------------------------------


def test_a_new_record_is_written_by_filling_in_the_form(
    opened: tuple[str, Heard], data: Path, page: Page
) -> None:
    address, heard = opened
    go(page, address, "cautions/new")
    box(page, "id").fill("yes-2025")
    box(page, "name").fill("Yes")  # a word that readers of YAML guess at
    choose(page, "kind", "contraindication")
    choose(page, "conditions", "winter")
    page.get_by_role("button", name="Add at").first.click()
    box(page, "entry").fill("sample-1998 abstract.3.4")
    box(page, "value").fill("Not to be used: it is 5.0")
    save(page)

    text = (data / "cautions/yes-2025.yml").read_text(encoding="utf-8")
    assert text == (
        'name: "Yes"\n'
        "kind: contraindication\n"
        "conditions: [winter-fatigue]\n"
        "at: sample-1998 abstract.3.4\n"
        'says: "Not to be used: it is 5.0"\n'
    )
    assert [one for one in heard.strangers if not one.startswith(SERVER)] == []
    assert heard.complaints == []


def test_a_changed_record_keeps_whatever_was_not_changed(
    opened: tuple[str, Heard], data: Path, page: Page
) -> None:
    address, heard = opened
    path = data / "conditions/winter-fatigue.yml"
    before = path.read_text(encoding="utf-8").splitlines()
    go(page, address, "conditions")
    page.get_by_text("winter-fatigue: ").click()
    expect(box(page, "id")).to_have_value("winter-fatigue")
    expect(box(page, "id")).not_to_be_editable()
    box(page, "gloss").fill("Being tired: in winter.")
    save(page)

    after = path.read_text(encoding="utf-8").splitlines()
    assert 'gloss: "Being tired: in winter."' in after
    gone = [line for line in before if line not in after]
    assert [line for line in gone if not line.startswith(("gloss:", "overlaps: #"))] == []
    assert problems(data) == []
    assert heard.complaints == []


def test_what_is_needed_and_what_is_wrong_is_said_before_anything_is_saved(
    opened: tuple[str, Heard], data: Path, page: Page
) -> None:
    address, _ = opened
    go(page, address, "cautions/new")
    box(page, "id").fill("Not An Id")
    box(page, "name").fill("A name")
    page.get_by_text("Publish", exact=True).first.click()
    page.get_by_text("Publish now").click()

    expect(page.get_by_text("Kind is required", exact=False)).to_be_visible()
    expect(page.get_by_text("small letters, digits and single hyphens").last).to_be_visible()
    assert len([*(data / "cautions").iterdir()]) == len([*(EXAMPLE / "data/cautions").iterdir()])


def test_a_file_that_the_form_cannot_hold_is_not_saved_by_it(
    opened: tuple[str, Heard], data: Path, page: Page
) -> None:
    address, _ = opened
    path = data / "terms/placebin.yml"
    text = path.read_text(encoding="utf-8").replace("name: ", "name: &anchor ", 1)
    path.write_text(text, encoding="utf-8")
    go(page, address, "terms/entries/placebin")

    expect(page.get_by_text("Change this file in a text editor")).to_be_visible()
    assert path.read_text(encoding="utf-8") == text
