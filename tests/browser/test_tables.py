"""Tables in a browser: sorted, filtered, kept in the address, taken away as text."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

STUDIES = "studies/index.html"


def shown(page: Page, key: str) -> list[str]:
    """The names of the rows that a table shows, in their order."""
    names = page.locator(f"table[data-key={key}] tbody tr:visible th[scope=row] > a:first-child")
    return names.all_inner_texts()


def bar(page: Page, key: str) -> Locator:
    """What stands above a table."""
    return page.locator(f".filter:has(+ .scroll table[data-key={key}])")


@pytest.mark.parametrize(
    ("choice", "value", "column"),
    [
        ("Condition", "Migraine", "Conditions"),
        ("Kind of source", "web article", "Source"),
        ("Dose", "not reported", "Dose"),
    ],
)
def test_a_choice_keeps_the_rows_that_have_its_value(
    address: str, page: Page, choice: str, value: str, column: str
) -> None:
    page.goto(f"{address}/{STUDIES}")
    before = shown(page, "reports")

    bar(page, "reports").get_by_label(choice, exact=True).select_option(value)

    left = page.evaluate(
        """([value, column]) => {
          const table = document.querySelector("table[data-key=reports]")
          const headers = [...table.tHead.rows[0].cells].map(cell => cell.textContent)
          const cells = [...table.tBodies[0].rows].map(row => row.cells[headers.indexOf(column)])
          const values = cell => (cell.dataset.values ?? cell.textContent).split("|")
          const has = cell => values(cell).some(each => each.trim() === value)
          return cells.map(cell => [!cell.parentElement.hidden, has(cell)])
        }""",
        [value, column],
    )
    assert 0 < len(shown(page, "reports")) < len(before)
    assert [is_shown for is_shown, _ in left] == [has_it for _, has_it in left]


def test_choices_and_words_narrow_each_other(on_disk: str, page: Page) -> None:
    page.goto(f"{on_disk}/{STUDIES}")
    filters = bar(page, "reports")

    filters.get_by_label("Kind of source").select_option("journal article")
    by_kind = shown(page, "reports")
    filters.get_by_label("Filter rows").fill("placebo")
    both = shown(page, "reports")

    assert 0 < len(both) < len(by_kind)
    assert set(both) < set(by_kind)
    expect(filters.get_by_role("status")).to_have_text(f"{len(both)} of 33 rows match")


@pytest.mark.parametrize(
    "typed",
    ["double-blind", "Double blind", "DOUBLE\u2010BLIND", "d\u00f3uble blind", "parallel groups"],
)
def test_words_of_a_design_are_found_however_they_are_written(
    address: str, page: Page, typed: str
) -> None:
    page.goto(f"{address}/{STUDIES}")
    filters = bar(page, "reports")
    before = len(shown(page, "reports"))

    filters.get_by_label("Filter rows").fill(typed)

    found = shown(page, "reports")
    assert 0 < len(found) < before
    assert not any("blind" in name.lower() or "parallel" in name.lower() for name in found)
    expect(filters.get_by_role("status")).to_have_text(f"{len(found)} of {before} rows match")


@pytest.mark.parametrize(("one", "other"), [("ischaemic", "ischemic"), ("analyse", "analyze")])
def test_british_and_american_spelling_find_the_same_rows(
    on_disk: str, page: Page, one: str, other: str
) -> None:
    page.goto(f"{on_disk}/{STUDIES}")
    found = []
    for typed in (one, other):
        bar(page, "reports").get_by_label("Filter rows").fill(typed)
        found.append(shown(page, "reports"))

    assert found[0] == found[1]


def test_a_filter_that_no_row_passes_says_so(on_disk: str, page: Page) -> None:
    page.goto(f"{on_disk}/{STUDIES}")
    filters = bar(page, "reports")

    filters.get_by_label("Filter rows").fill("nothing has these words")

    expect(filters.get_by_role("status")).to_have_text("0 of 33 rows match")


def test_the_address_keeps_filter_and_sort(address: str, page: Page) -> None:
    page.goto(f"{address}/{STUDIES}#answers")
    before = shown(page, "reports")
    filters = bar(page, "reports")
    filters.get_by_label("Dose").select_option("reported")
    filters.get_by_label("Filter rows").fill("people")
    header = page.locator("table[data-key=reports] th", has_text="Participants")
    header.get_by_role("button").click()
    header.get_by_role("button").click()
    left = shown(page, "reports")
    linked = page.url

    page.goto("about:blank")
    page.goto(linked)

    assert linked.endswith(
        "?reports.dose=reported&reports.words=people&reports.sort=-participants#answers"
    )
    assert 1 < len(left) < len(before)
    assert shown(page, "reports") == left
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(filters.get_by_label("Filter rows")).to_have_value("people")


def test_show_all_brings_every_row_back_and_clears_the_address(address: str, page: Page) -> None:
    page.goto(f"{address}/{STUDIES}?reports.dose=reported&reports.words=placebo")
    few = shown(page, "reports")

    bar(page, "reports").get_by_role("button", name="Show all").click()

    assert len(few) < len(shown(page, "reports")) == 33
    assert page.url == f"{address}/{STUDIES}"


def test_an_address_with_a_value_that_is_gone_shows_every_row(address: str, page: Page) -> None:
    page.goto(f"{address}/{STUDIES}?reports.dose=nonsense&reports.sort=nonsense")

    assert len(shown(page, "reports")) == 33


def test_amounts_sort_by_size_whatever_their_unit_below_the_head_of_each_group(
    on_disk: str, page: Page
) -> None:
    page.goto(f"{on_disk}/dosage/index.html?doses.sort=daily-dose")

    groups = page.locator("table[data-key=doses]").evaluate(
        """table => [...table.tBodies].map(body => [...body.rows].map(row => row.matches(".group")
          ? "head" : row.querySelector("td[data-label='Daily dose']")))
          .map(rows => rows.map(cell => cell === "head" ? cell : cell.dataset.sort
            && [Number(cell.dataset.sort), cell.textContent.includes("micrograms")]))"""
    )

    assert len(groups) > 2
    assert all(group[0] == "head" and "head" not in group[1:] for group in groups)
    for _, *rows in groups:
        sizes = [row[0] for row in rows if row]
        assert sizes == sorted(sizes)
        assert not any(rows[len(sizes) :])
    in_micrograms = {row[1] for _, *rows in groups for row in rows if row}
    assert in_micrograms == {True, False}


def test_the_head_of_a_group_goes_with_its_rows(on_disk: str, page: Page) -> None:
    page.goto(f"{on_disk}/dosage/index.html")
    heads = page.locator("table[data-key=doses] tr.group:visible")
    before = heads.count()

    bar(page, "doses").get_by_label("Condition", exact=True).select_option("Migraine")

    assert before > 1
    expect(heads).to_have_count(1)
    expect(heads).to_have_text("Migraine")


def test_the_rows_that_are_shown_are_taken_away_as_csv(address: str, page: Page) -> None:
    page.goto(f"{address}/dosage/index.html")
    bar(page, "doses").get_by_label("Condition", exact=True).select_option("Migraine")

    with page.expect_download() as started:
        bar(page, "doses").get_by_role("button", name="Download CSV").click()
    content = started.value.path().read_bytes().decode("utf-8-sig")

    assert started.value.suggested_filename == "doses.csv"
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len(rows) == len(shown(page, "doses")) > 0
    assert list(rows[0])[:3] == ["Group", "Reported use", "Dose"]
    for row in rows:
        assert row["Group"] == "Migraine"
        assert row["Address"].startswith(f"{address}/dosage/")
        assert "Copy as text" not in row["Reported use"]
        assert all(row.values())


def test_a_regimen_is_copied_with_every_line(on_disk: str, browser: Browser) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{on_disk}/dosage/stroke-severe.html")

    page.get_by_role("button", name="Copy as text").first.click()
    expect(page.locator(".copy__status").first).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()

    assert copied.split("\n") == [
        "Semax: Acute ischaemic stroke, severe",
        "Reported by the source named below; not advice.",
        "Sources disagree on the dose and the duration. Semax 1 % (seller's English leaflet) (label"
        " page, single facts read): 3 drops in each nostril six times a day for 10 days,"
        " intranasal, strength 1 %, for patients with a severe stroke; computed: 3 mg (if a drop is"
        " 0.05 mL) or 5 mg (if a drop is 1/12 mL)."
        " Gusev 1997 (journal article, abstract read): 18 mg a day for 5 days or 10 days (unclear),"
        " for patients with a severe stroke."
        " Shmonin 2018 (meta-analysis, abstract read): 12–18 mg a day over the first 10–14 days,"
        " intranasal, strength 1 %.",
        "Population: patients in a severe condition",
        "Dose: 9 mg",
        "Frequency: twice a day",
        "Duration: 1 week",
        "Daily dose: 18 mg a day (computed: 9 mg × 2 a day)",
        "Total course dose: 126 mg (computed: 18 mg a day × 7 days)",
        "Route: intranasal",
        "Strength: not reported",
        "Source: Semax: One of the First Russian Nootropics (web article, read as full text),"
        " dosage.5.1",
        "From: Semax reference, version 0.1.0, dosage/stroke-severe.html",
    ]


def test_without_scripts_a_table_is_complete_and_offers_nothing_that_needs_one(
    on_disk: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{on_disk}/{STUDIES}?reports.dose=reported")

    rows = len(shown(page, "reports"))
    offered = page.locator(".md-content :is(button, select, input):visible").count()
    context.close()

    assert (rows, offered) == (33, 0)


def test_the_a_to_z_leads_to_every_row_without_a_script(on_disk: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{on_disk}/glossary/a-z.html")

    page.get_by_role("link", name="P", exact=True).click()
    page.locator("dl.a-z a[href$='#caution-pregnancy-label-1']").click()
    landed = page.url
    row = page.locator(":target")

    expect(row).to_contain_text("Pregnancy")
    context.close()
    assert landed == f"{on_disk}/safety/index.html#caution-pregnancy-label-1"


def test_on_a_small_screen_the_choices_wait_behind_a_button(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/studies/index.html")
    filters = bar(page, "reports")
    source = filters.get_by_label("Kind of source")
    button = filters.get_by_role("button", name="Filter by column")
    expect(source).to_be_hidden()

    button.focus()
    page.keyboard.press("Enter")

    expect(source).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    source.select_option("journal article")
    page.reload()
    expect(source).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(button).to_be_hidden()
    expect(source).to_be_visible()
