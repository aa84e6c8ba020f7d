"""What pages of the real data say now where a second reader found a sentence that was wrong."""

from __future__ import annotations

from functools import cache

import pytest
from folders import REAL

from sitegen import read_site
from sitegen.derive.agreement import compared
from sitegen.derive.completeness import answers, count, has_an_answer, state_of
from sitegen.derive.gaps import closings
from sitegen.derive.references import csl
from sitegen.derive.relations import Relations
from sitegen.derive.safety import contraindication, denials
from sitegen.derive.verdicts import verdicts
from sitegen.export.fhir import bundle
from sitegen.model.reporting_items import ITEMS
from sitegen.statements.answers import answer
from sitegen.statements.counts import answers_line
from sitegen.statements.coverage import coverage
from sitegen.statements.evidence import level_of_study
from sitegen.statements.safety import denial_line, denial_subject, listing_line
from sitegen.statements.studies import apart_line, human_studies, items_reported
from sitegen.statements.unreported import unrecorded_line
from sitegen.statements.verdicts import because


@cache
def relations() -> Relations:
    return Relations(read_site(REAL))


def plain(text: str) -> str:
    """A text without spaces that do not break."""
    return text.replace("\u00a0", " ")


def test_no_level_follows_from_the_silence_of_an_abstract_or_of_a_retelling() -> None:
    levels = {study.id: level_of_study(study, relations()) for study in relations().studies}

    assert [id for id, found in levels.items() if found.level] == ["stroke-rehabilitation-2001"]
    assert str(levels["asthenoneurotic-syndrome"]) == (
        "not determined: comparator and allocation not reported in the retelling read"
    )
    for group in relations().groups:
        assert len({levels[study.id] for study in group}) == 1, group


def test_a_study_called_open_is_not_said_to_report_its_blinding() -> None:
    studies = relations().site.studies

    for id in ("stroke-acute-1997", "stroke-rehabilitation-2018"):
        assert state_of(studies[id], "blinding") == "not reported"
    assert items_reported(count(answers(studies["stroke-acute-1997"]))) == (
        "6 of 13 items looked for are reported, 1 unclear; 7 not looked for"
    )


@pytest.mark.parametrize(
    ("id", "dose"),
    [
        ("stroke-acute-1997", "12 mg a day, 18 mg a day"),
        ("motor-neuron-disease-2007", "12 mg a day"),
        ("stroke-meta-analysis-2018", "12–18 mg a day"),
        ("stroke-rehabilitation-2018", None),
    ],
)
def test_a_daily_dose_counts_as_a_dose_in_the_checklist(id: str, dose: str | None) -> None:
    study = relations().site.studies[id]

    assert state_of(study, "dose") == "reported"
    assert dose in (None, plain(apart_line(study, "dose")))


def test_what_a_report_answers_unclearly_is_in_the_table_of_reports_of_one_study() -> None:
    group = relations().reports_of_one_study(relations().site.studies["stroke-acute-1997"])
    shown = {item.field for item in ITEMS if has_an_answer(group, item)}

    assert {"dose", "length"} <= shown


def listed(id: str) -> str:
    row = contraindication(relations(), relations().site.conditions[id])
    assert row is not None
    return plain(listing_line(row))


def test_a_source_that_names_something_else_or_only_in_part_is_said_to() -> None:
    assert listed("anxiety") == (
        "3 of 4 sources read for contraindications list it;"
        " 1 source names something narrower: Acute mental disorders with anxiety"
    )
    assert listed("acute-psychotic-state") == (
        "3 of 4 sources read for contraindications list it;"
        " 1 source names something overlapping: Acute mental disorders with anxiety"
    )
    assert listed("endocrine-disease") == (
        "3 of 4 sources read for contraindications list it; 1 source lists it in part of the texts"
    )
    assert listed("hypersensitivity").startswith("2 of 4 sources read")


def test_what_only_an_unread_source_lists_is_said_in_one_sentence() -> None:
    assert listed("history-of-seizures") == (
        "Listed by 1 source not read to the end for contraindications; none of the 4 that were"
        " lists it"
    )


def test_coverage_tells_an_adverse_effect_from_a_contraindication() -> None:
    cautioned = {row.condition.id: row.cautioned for row in coverage(relations())}

    assert cautioned["posthypoxic-encephalopathy"] == "yes: adverse effects"
    assert cautioned["pregnancy"] == "yes: contraindication"
    assert cautioned["anxiety"] == "yes: contraindication"


def test_practically_non_toxic_is_not_said_to_be_without_toxic_action() -> None:
    said = {denial_subject(denial): denial_line(denial) for denial in denials(relations())}

    assert said["toxic action"] == "called practically absent"
    assert said["allergic, embryotoxic, teratogenic, mutagenic or irritant action"] == (
        "claimed not to occur"
    )


def test_pregnancy_is_not_said_to_be_missing_where_it_is_a_contraindication() -> None:
    assert unrecorded_line(relations()) == (
        "Nothing is recorded as a boxed warning, as a warning, as a precaution or on driving."
        " Pregnancy and breast-feeding: see Contraindications."
    )


def test_accounts_are_counted_by_what_came_of_the_search_for_their_publication() -> None:
    said = human_studies(relations())

    assert "6 accounts with no publication found, 1 with a possible publication" in said
    assert "without a publication" not in said


def test_several_reports_of_one_summary_are_not_several_summaries() -> None:
    assert "1 summary by others (3 reports)" in answers_line(relations())


def test_a_limit_stays_a_limit_and_a_denominator_names_its_source() -> None:
    found = {one.check.id: plain(because(one.verdict)) for one in verdicts(relations())}

    assert found["duration-ratio"] == "the shorter lasts at most 24 minutes (24 hours ÷ 60 times)"
    title = relations().site.sources["article"].title
    assert found["doses-from-studies"] == f"none of the 9 reports in “{title}” states a dose"
    assert found["no-side-effects"] == (
        f"none of the 9 reports in “{title}” says who looked for harms, in how many people, or how"
    )


def test_sources_are_called_what_they_are() -> None:
    sources = relations().site.sources
    kinds = {
        id: sources[id].kind for id in ("kommersant-2026", "compounding-news", "fda-503a-page")
    }

    assert kinds == {
        "kommersant-2026": "news item",
        "compounding-news": "news item",
        "fda-503a-page": "web article",
    }
    assert str(sources["kommersant-2026"].published.value) == "2026-01-21"
    assert "do not name the drug" in str(sources["kommersant-2026"].verified.note)
    for source in sources.values():
        assert not any("neither named nor linked" in trait.why for trait in source.character)


def test_a_language_that_was_not_confirmed_is_exported_as_none() -> None:
    source = relations().site.sources["karazin-nootropics-2021"]

    assert source.language == "not confirmed (its record says Ukrainian)"
    assert "language" not in csl(source)


def test_two_records_on_the_design_of_a_study_say_the_same() -> None:
    study = relations().site.studies["motor-neuron-disease-2007"]
    why = relations().site.comparisons["motor-neuron-design"].why

    assert "disagree" not in str(study.design.note)
    assert str(study.design.note) in why


def test_an_amount_in_drops_or_by_the_day_leaves_no_gap_in_the_amount() -> None:
    amounts = {"amount of each dose", "daily dose", "dose"}
    found = {
        listed.record.id: amounts.intersection(gap.title for gap in listed.gaps)
        for closing in closings(relations())
        for listed in closing.records
        if listed.record.folder in ("regimens", "studies")
    }

    given = ("peptic-ulcer-2002", "dose-01-monograph", "stroke-acute-1997", "stroke-severe-1997")
    assert {id: found.get(id, set()) for id in given} == {id: set() for id in given}


def test_most_gaps_of_sources_are_closed_by_reading_them() -> None:
    found = {closing.by: closing.number for closing in closings(relations())}

    assert found["A fuller reading of the source"] > 200
    assert found["The publisher of the text"] < 50


def test_readings_of_a_curator_are_shown_as_notes() -> None:
    comparison = relations().site.comparisons["migraine-times"]

    assert {one.voice for one in compared(relations(), comparison).positions} == {"note"}


def test_a_claim_in_the_search_has_its_source_and_its_lane() -> None:
    site = relations().site
    article = site.sources["article"].title

    assert answer(site.claims["animal-learning"], relations()) == (
        f"In animals, according to {article}: Low doses stimulate learning."
    )
    assert answer(site.claims["stimulant"], relations()).startswith(f"According to {article}: The")
    cautions = [caution for caution in site.cautions.values() if caution.kind == "contraindication"]
    answers = {(caution.name, answer(caution, relations())) for caution in cautions}
    assert len(answers) == len(cautions)


def test_the_storage_that_an_older_text_gives_is_marked_in_the_search() -> None:
    said = plain(answer(relations().site.products["drops-0-1"], relations()))

    assert "storage +8 to +10 °C, List B (From an older monograph;" in said


def test_an_indication_that_is_near_to_conditions_is_exported_in_its_own_words() -> None:
    uses = {
        entry["resource"]["identifier"][0]["value"]: entry["resource"]
        for entry in bundle(relations())["entry"]
        if entry["resource"].get("type") == "indication"
    }

    assert "claims/icd-codes-of-the-entry" not in uses
    said = uses["claims/indications-label-01"]["indication"]["diseaseSymptomProcedure"]["concept"]
    assert "coding" not in said
    assert said["text"].startswith("The label gives the drops for disorders of intellect")
