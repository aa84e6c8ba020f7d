"""What is measured of the records is what they hold: parts add up, and each has a definition."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace as replaced
from pathlib import Path

import exported
import pytest
from exported import DATA
from folders import TEMPLATES
from sound import read, replace, rich_folder, sound_folder, write

import sitegen
from sitegen import SiteOutput, read_records, read_site
from sitegen.check.record_counts import counts_together, record_counts
from sitegen.derive.corrections import ledger_of
from sitegen.derive.relations import relations_of
from sitegen.derive.verdict import Kind
from sitegen.derive.verdicts import verdicts
from sitegen.model import Site
from sitegen.model.absence import Absence
from sitegen.model.fields import reported_values
from sitegen.model.ledger import ReleasedCounts
from sitegen.statements.quality import (
    HISTORY,
    Counted,
    Measure,
    Share,
    changed_figures,
    history,
    history_line,
    measures,
    released_counts,
    share_line,
    shown,
)


def measured(site: Site) -> dict[str, Measure]:
    """What is measured of a site, by its anchor."""
    with site.vocabulary.in_use():
        counts = counts_together(record_counts(site, record) for record in site.all())
        return {measure.anchor: measure for measure in measures(relations_of(site), counts)}


def parts(measure: Measure) -> dict[str, int]:
    """The number of each part."""
    return {share.name: share.number for share in measure.shares}


@pytest.mark.parametrize("name", DATA)
def test_every_measure_has_its_whole_and_definitions(name: str) -> None:
    site = exported.of(name).site
    found = measured(site)

    assert list(found) == ["checks", "figures", "sentences", "fields", "sources"]
    for measure in found.values():
        assert measure.total == sum(parts(measure).values())
        assert all(share.means for share in measure.shares)
        assert measure.line.startswith(f"{measure.total:,} {measure.whole}")
    assert found["sources"].total == len(site.sources)
    assert found["checks"].total == len(site.checks)
    assert found["sentences"].total == sum(len(one.sentences) for one in site.sources.values())


@pytest.mark.parametrize("name", DATA)
def test_of_a_sound_site_every_figure_is_proved_and_no_sentence_is_left_over(name: str) -> None:
    found = measured(exported.of(name).site)

    assert parts(found["figures"])["not proved"] == 0
    assert parts(found["sentences"])["left over"] == 0


@pytest.mark.parametrize("name", DATA)
def test_checks_are_counted_by_their_verdicts(name: str) -> None:
    site = exported.of(name).site
    with site.vocabulary.in_use():
        kinds = Counter(judged.verdict.kind for judged in verdicts(relations_of(site)))

    assert parts(measured(site)["checks"]) == {
        "passed": kinds[Kind.CONSISTENT],
        "passed under a condition": kinds[Kind.ONLY_IF],
        "failed": kinds[Kind.INCONSISTENT],
        "skipped": kinds[Kind.UNCHECKABLE],
    }


@pytest.mark.parametrize("name", DATA)
def test_fields_are_counted_by_each_word_of_absence(name: str) -> None:
    site = exported.of(name).site
    values = [value for record in site.all() for _, value in reported_values(record)]
    found = parts(measured(site)["fields"])

    assert list(found) == ["reported", *(word.value for word in Absence)]
    for word in Absence:
        assert found[word.value] == sum(value.absence is word for value in values)


def test_a_figure_that_no_sentence_has_is_counted_as_not_proved(tmp_path: Path) -> None:
    data = sound_folder(tmp_path)
    before = parts(measured(read_records(data))["figures"])
    replace(data, "regimens/hiccups.yml", "each: 2-4 mg", "each: 7 mg")
    after = parts(measured(read_records(data))["figures"])

    assert after == {"proved": before["proved"] - 1, "not proved": 1}


def test_a_sentence_is_used_set_aside_or_left_over(tmp_path: Path) -> None:
    data = sound_folder(tmp_path)
    before = parts(measured(read_records(data))["sentences"])
    assert before == {"used": 8, "set aside": 1, "left over": 0}

    leaflet = read(data, "sources/leaflet.yml").replace("    unused: A thank-you.\n", "")
    write(data, "sources/leaflet.yml", leaflet)
    after = parts(measured(read_records(data))["sentences"])
    assert after == {"used": 8, "set aside": 0, "left over": 1}


def test_sources_are_counted_by_how_far_they_were_read(tmp_path: Path) -> None:
    found = parts(measured(read_site(rich_folder(tmp_path)))["sources"])

    assert {name: number for name, number in found.items() if number} == {
        "full text": 1,
        "abstract": 1,
    }


def test_a_part_has_its_denominator() -> None:
    share, other = Share("a", 1234, "A."), Share("b", 766, "B.")
    measure = Measure("As", "as", "letter", "Each counts once.", (share, other))

    assert share_line(share, measure) == "1,234 of 2,000"
    assert measure.line == "2,000 letters. Each counts once."


@pytest.mark.parametrize("number", [0, 1])
def test_one_is_counted_in_the_singular_and_none_is_said_of_the_records(number: int) -> None:
    measure = Measure("As", "as", "letter", "Each counts.", (Share("a", number, "A."),))

    assert measure.line == ("1 letter. Each counts." if number else "No letter is in the records.")


def test_the_page_shows_each_part_and_no_table_of_nothing(tmp_path: Path) -> None:
    output = SiteOutput(sitegen.read(sound_folder(tmp_path)), TEMPLATES)
    page = output.page("checks/quality.md").markdown

    assert "No check is in the records" in page
    assert "8 of 9" in page
    assert "No version was counted at its release" in page
    assert page.count("<table") == 5  # a measure has one where there is something, and versions
    found = [entry for entry in output.documents if entry["location"] == "checks/quality.html"]
    assert [entry["title"] for entry in found] == ["Quality"]


def with_releases(site: Site, *counts: ReleasedCounts) -> Site:
    """The site after releases of which these were the counts, the oldest first."""
    ledger = replaced(ledger_of(site), quality=counts)
    return replaced(site, ledger=ledger)


def words_of(cells: tuple[Counted, ...]) -> dict[str, str]:
    """What a row of the table by version says, by the heading."""
    return {cell.heading: cell.words for cell in cells}


def test_without_a_release_no_slip_was_tried_and_no_version_counted(tmp_path: Path) -> None:
    relations = relations_of(read_site(sound_folder(tmp_path)))
    counts = counts_together([])

    assert changed_figures(relations) is None
    assert shown(relations, counts) == measures(relations, counts)
    assert history_line(relations) == "No version was counted at its release."
    ((first, cells),) = history(relations, counts)
    assert first == "The records of this page"
    assert [cell.heading for cell in cells] == HISTORY
    assert not any(
        cell.is_number for cell in cells if cell.words in ("not counted", "none recorded")
    )
    assert words_of(cells)["Changed figures noticed"] == "not counted"
    assert words_of(cells)["Figures proved"] == "none recorded"


def test_a_release_keeps_its_counts_and_the_newest_stands_first(tmp_path: Path) -> None:
    site = read_site(rich_folder(tmp_path))
    with site.vocabulary.in_use():
        counts = counts_together(record_counts(site, record) for record in site.all())
        first = ReleasedCounts("1.0.0", {"figures": {"proved": 1_200, "not proved": 34}})
        second = released_counts(relations_of(site), counts, 90, 10)
        relations = relations_of(with_releases(site, first, second))
        rows = dict(history(relations, counts))
        tried = changed_figures(relations)

    assert list(rows) == ["The records of this page", "1.2.3", "1.0.0"]
    assert words_of(rows["1.0.0"])["Figures proved"] == "1,200 of 1,234"
    assert words_of(rows["1.0.0"])["Changed figures noticed"] == "not counted"
    assert words_of(rows["1.2.3"])["Changed figures noticed"] == "90 of 100"
    now, then = (words_of(rows[name]) for name in ("The records of this page", "1.2.3"))
    assert {name: now[name] for name in HISTORY if name != "Changed figures noticed"} == {
        name: then[name] for name in HISTORY if name != "Changed figures noticed"
    }
    assert tried is not None
    assert tried.line.startswith("100 changed figures. At the release of version 1.2.3, each digit")
    assert parts(tried) == {"noticed": 90, "not noticed": 10}
    assert history_line(relations) == "2 versions were counted at release."
    one = relations_of(with_releases(site, first))
    assert history_line(one) == "1 version was counted at release."
    assert changed_figures(one) is None
