"""What a reader meets in a browser, online and from disk."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest
from built import Built
from markup import page as page_tree
from playwright.sync_api import Browser, Page, expect
from visits import Heard, one_of_each_kind, pages_of

PHONE = {"width": 390, "height": 844}
# A4 upright less the margins of the print sheet (14 mm a side), in CSS pixels.
PAPER = {"width": 688, "height": 1000}


def test_no_page_asks_another_host_or_complains(address: str, real: Built, page: Page) -> None:
    heard = Heard(address)
    heard.listen(page)

    for uri in pages_of(real.site):
        page.goto(f"{address}/{uri}")

    assert heard.strangers == []
    assert heard.complaints == []


def test_no_page_is_wider_than_a_phone(served: str, real: Built, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    wider = []

    for uri in one_of_each_kind(real.site):
        page.goto(f"{served}/{uri}")
        page.evaluate("scrollTo(1000, 0)")
        width, moved = page.evaluate("[document.documentElement.scrollWidth, scrollX]")
        if width > PHONE["width"] or moved:
            wider.append((uri, width, moved))
    context.close()

    assert wider == []


@pytest.mark.parametrize("uri", ["dosage/index.html", "studies/index.html"])
def test_an_address_leads_to_its_place_on_a_phone_where_cards_are_laid_out_late(
    uri: str, address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}/{uri}")
    named = page.evaluate("[...document.querySelectorAll('table.stack tr[id]')].map(row => row.id)")
    missed = []
    for id in named[:: max(1, len(named) // 6)]:
        page.goto("about:blank")
        page.goto(f"{address}/{uri}#{id}")
        page.wait_for_timeout(1200)  # its place is held for a second
        place = page.locator(f"[id='{id}']")
        top = place.evaluate("row => row.getBoundingClientRect().top")
        left = page.evaluate("document.documentElement.scrollHeight - innerHeight - scrollY")
        if not 0 <= top < PHONE["height"] / 2 and left > 1:
            missed.append((id, top))
    context.close()

    assert named
    assert missed == []


def test_the_palette_button_goes_round_and_is_remembered(address: str, page: Page) -> None:
    page.goto(f"{address}/index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    scheme = "document.body.dataset.mdColorScheme"
    button = page.locator("form.palette label:visible")

    seen = {}
    for _ in range(3):
        button.click()
        seen[page.evaluate(scheme)] = page.evaluate(paper)
        if page.evaluate(scheme) == "slate":
            page.reload()
            assert page.evaluate(scheme) == "slate"

    assert set(seen) == {"default", "slate"}
    assert seen["default"] != seen["slate"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_until_the_reader_chooses(
    scheme: str, on_disk: str, browser: Browser
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{on_disk}/index.html")

    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(part) for part in background.strip("rgba()").split(",")[:3]]
    context.close()

    assert (sum(channels) > 3 * 128) == (scheme == "light")


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_the_browser_colours_what_is_around_the_page_like_it(
    scheme: str, other: str, address: str, browser: Browser
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/index.html")
    meta = page.locator("meta[name=color-scheme]")
    around = "getComputedStyle(document.documentElement).colorScheme"
    header = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"

    expect(meta).to_have_attribute("content", scheme)
    assert page.evaluate(around) == ("dark" if scheme == "dark" else "normal")
    page.emulate_media(color_scheme=other)
    expect(meta).to_have_attribute("content", other)
    assert page.locator("meta[name=theme-color]").get_attribute("content") == page.evaluate(header)
    context.close()


def test_enter_turns_to_the_next_colours(address: str, page: Page) -> None:
    page.goto(f"{address}/index.html")
    options = page.locator("input[name=__palette]")
    options.first.focus()

    checked = []
    for _ in range(4):
        page.keyboard.press("Enter")
        checked.append(page.evaluate("document.activeElement.id"))
        assert page.locator(f"#{checked[-1]}").is_checked()
    assert checked == ["__palette_1", "__palette_2", "__palette_0", "__palette_1"]


def test_a_table_sorts_by_the_keyboard(address: str, page: Page) -> None:
    page.goto(f"{address}/studies/index.html")
    header = page.locator("table.sortable th[scope=col]", has_text="Items reported")
    before = names(page)

    header.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    rising, rising_names = answers(page), names(page)
    page.keyboard.press("Space")
    expect(header).to_have_attribute("aria-sort", "descending")
    falling = answers(page)

    assert rising == sorted(rising)
    assert falling == sorted(rising, reverse=True)
    assert sorted(rising_names) == sorted(before)
    assert len(set(rising)) > 1


def names(page: Page) -> list[str]:
    return page.locator("table.sortable tbody th[scope=row]").all_inner_texts()


def answers(page: Page) -> list[int]:
    """What the cells under "Items reported" sort by, in the order of the rows."""
    return [
        int(value)
        for value in page.locator("table.sortable").evaluate(
            """table => {
              const headers = [...table.tHead.rows[0].cells]
              const column = headers.findIndex(cell => cell.textContent === "Items reported")
              return [...table.tBodies[0].rows].map(row => row.cells[column].dataset.sort)
            }"""
        )
    ]


def test_a_table_is_filtered_by_typing(address: str, page: Page) -> None:
    page.goto(f"{address}/studies/index.html")
    rows = page.locator("table.filterable tbody tr:visible")
    everything = rows.count()

    page.get_by_role("searchbox", name="Filter rows").first.fill("intramuscular")
    shown = rows.count()
    page.keyboard.press("Escape")

    assert 0 < shown < everything
    assert rows.count() == everything


@pytest.fixture
def explained(on_disk: str, real: Built) -> str:
    """The address of a study that uses a word of the glossary."""
    return next(
        f"{on_disk}/{uri}"
        for uri in pages_of(real.site)
        if uri.startswith("studies/")
        and any("term" in link.classes for link in page_tree(real.site, uri).one("main").all("a"))
    )


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_and_closes_the_meaning_of_a_word(
    explained: str, page: Page, key: str
) -> None:
    page.goto(explained)
    term = page.locator("main a.term").first
    meaning = page.get_by_role("status").filter(has_text=term.get_attribute("title"))

    term.focus()
    page.keyboard.press(key)

    expect(meaning).to_be_visible()
    expect(term).to_have_attribute("aria-expanded", "true")
    assert page.url == explained
    page.keyboard.press("Tab")
    expect(meaning.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    expect(term).to_have_attribute("aria-expanded", "false")


def test_a_finger_opens_the_meaning_of_a_word_within_the_screen(
    explained: str, browser: Browser
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(explained)
    boxes = []

    for term in page.locator("main a.term").all():
        term.tap()
        expect(term).to_have_attribute("aria-expanded", "true")
        boxes.append(page.locator(".meaning").bounding_box())
    term.tap()
    left = page.locator(".meaning").count()
    context.close()

    assert left == 0
    for box in boxes:
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]
        assert 0 <= box["y"] <= box["y"] + box["height"] <= PHONE["height"]


def test_without_a_script_a_word_leads_to_its_meaning(explained: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(explained)
    word = page.locator("main a.term").first.get_attribute("title")

    page.locator("main a.term").first.click()

    expect(page.locator("tr:target")).to_contain_text(word or "?")
    context.close()


def test_the_keyboard_visits_the_overview_from_top_to_bottom(on_disk: str, page: Page) -> None:
    page.goto(f"{on_disk}/index.html")
    blocks = []

    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const { width, height } = document.activeElement.getBoundingClientRect()
              const block = document.activeElement.closest(".opening :is(aside, section)")
              const name = block && block.getAttribute("aria-label")
              return [width * height > 0, name, document.activeElement.className]
            }"""
        )
        blocks.append(found)

    unseen = [kind for is_seen, _, kind in blocks if not is_seen]
    assert [kind for kind in unseen if "md-option" not in kind] == []  # its label shows the focus
    assert not any("search__scrollwrap" in kind for _, _, kind in blocks)
    visited = [name for name, _ in groupby(name for _, name, _ in blocks if name is not None)]
    assert visited == ["At a glance", "Cautions", "Reported doses"]


def printed(page: Page, address: str) -> None:
    """Open a page as paper shows it."""
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    page.goto(address)


def test_paper_cuts_no_table_and_prints_no_data_small(
    on_disk: str, real: Built, page: Page
) -> None:
    cut, small = {}, {}
    for uri in one_of_each_kind(real.site):
        printed(page, f"{on_disk}/{uri}")
        cut[uri] = page.locator(".scroll").evaluate_all(
            """boxes => boxes
                 .filter(box => box.scrollWidth > box.clientWidth
                             || box.getBoundingClientRect().right > document.body.clientWidth + 1)
                 .map(box => [box.getAttribute("aria-label"), box.scrollWidth, box.clientWidth])"""
        )
        small[uri] = page.locator("main :is(td, th), main :is(td, th) *").evaluate_all(
            """elements => elements
                 .filter(element => element.getClientRects().length)
                 .filter(element => [...element.childNodes].some(node =>
                   node.nodeType === Node.TEXT_NODE && node.data.trim()))
                 .map(element => [element.innerText, getComputedStyle(element).fontSize])
                 .filter(([, size]) => parseFloat(size) < 12)"""  # 12 px are 9 pt
        )

    assert {uri: tables for uri, tables in cut.items() if tables} == {}
    assert {uri: texts for uri, texts in small.items() if texts} == {}


def test_paper_names_the_columns_on_every_page_of_a_table(
    on_disk: str, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{on_disk}/glossary/index.html")
    columns = page.locator("table[data-key=terms] thead th").all_inner_texts()
    expect(page.locator("table[data-key=terms] thead button").first).to_be_visible()

    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)

    with pikepdf.open(tmp_path / "printed.pdf") as pdf:
        texts = [re.sub(r"\s", "", text_of(sheet)) for sheet in pdf.pages]
    assert len(texts) > 4
    header = "".join(columns).replace(" ", "")
    assert [number for number, text in enumerate(texts[:-1]) if header not in text] == []


def text_of(sheet: pikepdf.Page) -> str:
    """What a page of a PDF says, in the order in which it is drawn."""
    fonts = {name: letters_of(font) for name, font in sheet.Resources.Font.items()}
    said, letters, width = "", dict[int, str](), 1
    for drawn in pikepdf.parse_content_stream(sheet):
        shown = drawn.operands
        if str(drawn.operator) == "Tf":
            letters = fonts[str(shown[0])]
            width = 2 if sheet.Resources.Font[str(shown[0])].Subtype == "/Type0" else 1
        elif str(drawn.operator) in ("Tj", "TJ"):
            pieces = shown[0] if str(drawn.operator) == "TJ" else [shown[0]]
            for piece in (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)):
                codes = (piece[at : at + width] for at in range(0, len(piece), width))
                said += "".join(letters.get(int.from_bytes(code, "big"), "") for code in codes)
    return said


def letters_of(font: pikepdf.Dictionary) -> dict[int, str]:
    """The letter of each code of a font, from the table that the font brings."""
    table = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code] = chr(int(letter, 16) + code - int(first, 16))
    return found


@pytest.mark.parametrize("uri", ["dosage/index.html", "dosage/stroke-severe.html"])
def test_paper_folds_nothing_away(uri: str, on_disk: str, page: Page) -> None:
    printed(page, f"{on_disk}/{uri}")

    folded = page.locator("article details > :not(summary)").evaluate_all(
        "parts => parts.filter(part => !part.getClientRects().length).length"
    )

    assert folded == 0


def test_paper_shows_cautions_and_sources(on_disk: str, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(f"{on_disk}/dosage/index.html")

    expect(page.get_by_role("complementary", name="Cautions").first).to_be_visible()
    expect(page.locator(".md-banner")).to_be_visible()
    expect(page.locator(".md-header")).to_be_hidden()


def test_the_first_key_leads_past_the_menu_to_the_text(address: str, page: Page) -> None:
    page.goto(f"{address}/dosage/index.html")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    heading = page.locator("main h1")
    assert page.url.endswith(f"#{heading.get_attribute('id')}") or "#" in page.url


def test_without_scripts_every_table_is_complete(
    on_disk: str, real: Built, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{on_disk}/dosage/index.html")

    rows = page.locator("main table.doses tbody tr:not(.group)")
    addresses = rows.locator("th a:first-child").evaluate_all("all => all.map(one => one.href)")
    regimens = {path.stem for path in (real.data / "regimens").glob("*.yml")}

    assert {Path(address).stem for address in addresses} == regimens
    assert all(rows.nth(number).is_visible() for number in range(rows.count()))
    context.close()


@pytest.mark.parametrize("uri", ["data/index.html", "sources/index.html", "checks/gaps.html"])
def test_on_a_phone_no_heading_of_a_row_runs_into_its_cells(
    address: str, page: Page, uri: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/{uri}")

    wide = page.locator("table.data tbody th").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    )
    assert wide == []
