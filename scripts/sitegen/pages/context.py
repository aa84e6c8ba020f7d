"""What templates may show: every name, filter and test they know, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sitegen import addresses
from sitegen.derive import (
    agreement,
    arm_dosage,
    ceilings,
    completeness,
    course,
    design,
    disagreements,
    frequency,
    gaps,
    given_apart,
    participants,
    phases,
    readings,
    references,
    shares,
    sizes,
    standing,
    support,
    total,
    volumes,
    weeks,
)
from sitegen.derive.corrections import changes_of_entry
from sitegen.derive.hidden_text import hidden_text
from sitegen.derive.relations import Relations
from sitegen.derive.safety import (
    caution_groups,
    cautions_of_kind,
    contraindication,
    contraindications,
    groups_of_kind,
    harms_not_cautioned,
)
from sitegen.derive.verdict import IN_LEGEND
from sitegen.derive.verdicts import verdicts
from sitegen.model import (
    CAUTION_KINDS,
    EXPERIMENT_LANES,
    IN_LANE,
    Site,
    Term,
    absence,
    languages,
    merged,
    reporting_items,
    typography,
)
from sitegen.model.fields import notes_within
from sitegen.model.terminologies import terminology
from sitegen.pages import charts, corrections, downloads, tables
from sitegen.statements import agreement as agreement_statements
from sitegen.statements import (
    amounts,
    attribution,
    conditions,
    copied_text,
    counts,
    coverage,
    dosing,
    english,
    evidence,
    lanes,
    overview,
    quality,
    quoting,
    regimens,
    results,
    safety,
    silence,
    sources,
    status,
    studies,
    substances,
    ties,
    unreported,
)
from sitegen.statements import corrections as correction_statements
from sitegen.statements import verdicts as verdict_words
from sitegen.statements import volumes as volume_statements
from sitegen.statements.bodies import bodies_line
from sitegen.statements.ceilings import ceiling_line
from sitegen.statements.missed import missed_lines
from sitegen.statements.wording import wording

FILTERS = {
    "merged": merged,
    "linked": references.linked,
    "page_range": references.page_range,
    "times": typography.times,
    "rounded": typography.rounded,
    "terminology": terminology,
    "capital": english.capital,
    "counted": lambda found, one: english.number(len(found), one),
    "listed": english.joints,
    "html_address": addresses.published,
    "record_name": lambda record: f"{record.name} ({record.folder})",
}
TESTS = {
    "absence": lambda value: isinstance(value, absence.Absence),
    "stated": lambda amount: isinstance(amount, total.Stated),
    "computed": lambda amount: isinstance(amount, total.Computed),
}


@dataclass(frozen=True)
class Segment:
    """A piece of a text, with the glossary term that it is, if it is one."""

    text: str
    term: Term | None


def names(relations: Relations) -> Mapping[str, Any]:
    """Return what templates can name: the records, what is computed from them, vocabularies."""
    site = relations.site
    return {
        "site": site,
        "identity": site.identity,
        "relations": relations,
        "absences": absence.MEANINGS,
        "absence_words": {word.name.lower(): word for word in absence.Absence},
        "items": reporting_items.ITEMS,
        **_of_regimens(site, relations),
        **_of_phases(site),
        **_of_volumes(site),
        **_of_studies(relations),
        **_statements(relations),
        **_of_overview(relations),
        **_of_sources(relations),
        **_of_printed_words(),
        "charts": _charts(relations),
        "safety": _of_safety(relations),
        "quoting": _quoting(site),
        **_of_files(relations),
        **_of_corrections(relations),
        "hidden_text": hidden_text,
        **_of_tables(),
    }


def _of_tables() -> Mapping[str, Any]:
    """Return what decides on tools, order and readings in tables."""
    return {
        "tools": tables.tools,
        "is_interactive": tables.is_interactive,
        "conditional_ways": sizes.conditional_ways,
        "has_anchor_here": tables.has_anchor_here,
        "clear_way": tables.clear_way,
        "unclear_value": tables.unclear_value,
        "sort_amount": tables.sort_amount,
    }


def _of_corrections(relations: Relations) -> Mapping[str, Any]:
    """Return what was corrected, when and why."""
    return {
        "corrections_on": partial(corrections.corrections_on, relations),
        "removed_pages": partial(corrections.removed_pages, relations),
        "page_of_change": partial(corrections.page_of_change, relations),
        "changes_of_entry": partial(changes_of_entry, relations),
        "row_of": corrections.row_of,
        "value_lines": correction_statements.value_lines,
        "day_line": correction_statements.day_line,
        "reason_line": correction_statements.reason_line,
        "removal_line": correction_statements.removal_line,
        "version_line": correction_statements.version_line,
        "cited_version": partial(correction_statements.cited_version, relations),
    }


def _of_files(relations: Relations) -> Mapping[str, Any]:
    """Return which files there are, and where."""
    return {
        "downloads": partial(downloads.downloads, relations.site),
        "chart_panel": charts.in_page,
        "chart_addresses": addresses.chart_addresses,
        "citation_addresses": addresses.citation_addresses,
        "data_package": addresses.DATA_PACKAGE,
        "json_address": addresses.json_address,
        "json_of_kind": addresses.json_of_kind,
        "schema_address": addresses.schema_address,
    }


def _charts(relations: Relations) -> Mapping[str, Any]:
    """Return what draws each picture, by its name."""
    return {name: partial(draw, relations) for name, draw in charts.PICTURES.items()}


def _of_listings(relations: Relations) -> Mapping[str, Any]:
    return {
        "contraindications": partial(contraindications, relations),
        "contraindication": partial(contraindication, relations),
        "related_line": partial(safety.related_line, relations),
        "group_remark": partial(safety.group_remark, relations),
        "listing_line": safety.listing_line,
        "cell_line": safety.cell_line,
    }


def _of_safety(relations: Relations) -> Mapping[str, Any]:
    return {
        **_of_listings(relations),
        "kinds": CAUTION_KINDS,
        "kinds_shown": partial(unreported.kinds_shown, relations),
        "unrecorded_line": partial(unreported.unrecorded_line, relations),
        "events_line": safety.events_line,
        "of_kind": partial(cautions_of_kind, relations),
        "titles": safety.TITLES,
        "groups": partial(groups_of_kind, relations),
        "harms_not_cautioned": partial(harms_not_cautioned, relations),
        "has_groups": lambda: bool(caution_groups(relations)),
        "denials_by_source": partial(safety.denials_by_source, relations),
        "counts_line": partial(safety.counts_line, relations),
        "silence_line": partial(unreported.silence_line, relations),
        "contradiction_line": partial(safety.contradiction_line, relations),
        "denial_subject": safety.denial_subject,
        "denial_remark": safety.denial_remark,
        "meeting_line": safety.meeting_line,
        "tensions_line": partial(safety.tensions_line, relations),
        "harms_line": partial(safety.harms_line, relations),
        "reports_on_harms": partial(safety.reports_on_harms, relations),
        "not_cautioned_line": partial(safety.not_cautioned_line, relations),
    }


def _quoting(site: Site) -> Mapping[str, Any]:
    """Return what is said of a source's own words, and of what was noted in ours."""
    return {
        **vars(quoting),
        "is_printed": partial(quoting.is_printed, site),
        "readings_by_curator": partial(quoting.readings_by_curator, site),
    }


def _of_regimens(site: Site, relations: Relations) -> Mapping[str, Any]:
    return {
        "courses": lambda regimen: sizes.courses_of(site, regimen),
        "converted": partial(sizes.converted, site),
        "none_word": amounts.none_word,
        "why_none": amounts.why_none,
        "implied_strength": course.implied_strength,
        "stated_strength": sizes.stated_strength,
        "shown_strength": sizes.shown_strength,
        "stated_dose": sizes.stated_dose,
        "is_in_drops": sizes.is_in_drops,
        "dose_is_computed": sizes.dose_is_computed,
        "site_phrase": regimens.site_phrase,
        "frequency_of": frequency.frequency,
        "repeat_of": frequency.repeat,
        "duration_of": frequency.duration,
        "several_courses": frequency.several_courses,
        "condition_names": partial(conditions.condition_names, relations),
        "regimen_line": regimens.regimen_line,
        "has_amount": given_apart.has_amount,
        "regimen_in_words": lambda regimen: english.capital(regimens.stated(regimen)),
        "wording": lambda regimen: wording(site, regimen),
        "evidence_line": partial(ties.evidence_line, relations),
        "plain_lines": partial(copied_text.plain_lines, relations),
    }


def _of_phases(site: Site) -> Mapping[str, Any]:
    return {
        "parts_of_day": frequency.parts_of_day,
        "pace_of_giving": frequency.pace_of_giving,
        "target_of": frequency.target,
        "missed_lines": missed_lines,
        "length_by_weeks": weeks.length_by_weeks,
        "bodies_line": bodies_line,
        "no_condition": conditions.NO_CONDITION,
        "limits_of": frequency.limits,
        "ceilings": ceilings.ceilings,
        "ceiling_line": ceiling_line,
        "change_of": frequency.change,
        "phases": phases.phases,
        "phase_name": phases.phase_name,
        "all_phases": partial(sizes.all_phases, site),
        "held_in_dose_of": partial(sizes.held_in_dose, site),
        "for_whom": regimens.for_whom,
        "reading_words": readings.reading_words,
        "has_readings": readings.has_readings,
    }


def _of_volumes(site: Site) -> Mapping[str, Any]:
    return {
        "volumes": lambda regimen: volumes.volumes(site, regimen),
        "has_volumes": lambda: any(volumes.volumes(site, one) for one in site.regimens.values()),
        "volume_columns": partial(volumes.volume_columns, site),
        "content": volumes.content,
        "whole_number": volumes.whole_number,
        "bottles_needed": volume_statements.bottles_needed,
        "doses_by_strength": volume_statements.doses_by_strength,
        "written_size": typography.size,
        "strength_basis": volume_statements.strength_basis,
        "strength_lines": partial(volume_statements.strength_lines, site),
        "flag_line": volume_statements.flag_line,
    }


def _of_checks() -> Mapping[str, Any]:
    return {
        "verdicts": verdicts,
        "verdict_kinds": IN_LEGEND,
        "legend_line": verdict_words.legend_line,
        "formula_line": verdict_words.formula_line,
        "has_result": verdict_words.has_result,
        "result_line": verdict_words.result_line,
        "verdict_reason": verdict_words.reason_line,
    }


def _of_studies(relations: Relations) -> Mapping[str, Any]:
    return {
        **_of_results(),
        **_of_checks(),
        "answers": completeness.answers,
        "count": completeness.count,
        "count_by_item": completeness.count_by_item,
        "has_an_answer": completeness.has_an_answer,
        "with_harms": completeness.with_harms,
        "condition_line": lambda condition: conditions.condition_line(condition, relations),
        "closings": gaps.closings,
        "agreement": agreement,
        "coverage": coverage.coverage,
        "facets": partial(coverage.facets, relations),
        "experiment_lanes": EXPERIMENT_LANES,
        "linked_studies": lambda condition: conditions.linked_studies(condition, relations),
        "no_test_line": studies.no_test_line,
        "in_lane": IN_LANE,
        "experiments_title": lanes.experiments_title,
        "seen_line": lanes.seen_line,
        "tensions": support.tensions,
        "tensions_about": lambda record: support.tensions_about(relations, record),
        "unsupported": support.unsupported,
    }


def _of_results() -> Mapping[str, Any]:
    """Return what is said of designs, arms, results and harms."""
    return {
        "participants_of": participants.participants_of,
        "size_band": studies.size_band,
        "shown_participants": participants.shown_participants,
        "sized_arms": participants.sized_arms,
        "design_of": design.design_of,
        "share_of": shares.share_of,
        "arm_name": results.arm_name,
        "arms_of_harms": results.arms_of_harms,
        "columns_of_arms": results.columns_of_arms,
        "columns_of_results": results.columns_of_results,
        "no_finding": results.no_finding,
        "places_of_arm": arm_dosage.places_of_arm,
        "notes_within": notes_within,
        "dosage_line": results.dosage_line,
        "group_line": results.group_line,
        "is_of_a_share_alone": results.is_of_a_share_alone,
        "estimate_line": results.estimate_line,
        "direction_line": results.direction_line,
        "outcome_line": results.outcome_line,
        "registry_name": studies.registry_name,
        "experiment_line": studies.experiment_line,
        "lane_name": lanes.lane_name,
    }


def _of_printed_words() -> Mapping[str, Any]:
    """Return what became of sources, and the languages of what they print."""
    return {
        "state_mark": sources.state_mark,
        "state_line": sources.state_line,
        "language_name": languages.language_name,
        "tag_of_text": languages.tag_of_text,
    }


def _of_sources(relations: Relations) -> Mapping[str, Any]:
    """Return who says what, what sources do not say, and how they were read."""
    return {
        "according_to": partial(attribution.according_to, relations),
        "sources_at": partial(attribution.sources_at, relations),
        "place_line": partial(attribution.place_line, relations),
        "sentences_line": attribution.sentences_line,
        "sources_behind": partial(attribution.sources_behind, relations),
        "used_for": partial(attribution.used_for, relations),
        "absence_in": partial(silence.absence_in, relations),
        "absence_everywhere": partial(silence.absence_everywhere, relations),
        "absence_remark": silence.absence_remark,
        "search_line": silence.search_line,
        "no_sentence_line": silence.no_sentence_line,
        "count_line": counts.count_line,
        "read_line": partial(counts.read_line, relations),
        "quality_measures": partial(quality.shown, relations),
        "quality_history": partial(quality.history, relations),
        "quality_history_line": partial(quality.history_line, relations),
        "QUALITY_HISTORY": quality.HISTORY,
        "share_line": quality.share_line,
        "further_reports_line": partial(counts.further_reports_line, relations),
    }


def _of_overview(relations: Relations) -> Mapping[str, Any]:
    """Return what the first page says of the evidence, the sources and the substance."""
    return {
        "evidence_overview": partial(overview.evidence_overview, relations),
        "possible_values": overview.possible_values,
        "source_kind": overview.source_kind,
        "kind_as_read": sources.kind_as_read,
        "routes": partial(overview.routes, relations),
        "strengths": partial(overview.strengths, relations.site),
    }


def _statements(relations: Relations) -> Mapping[str, Any]:
    """Return the sentences that are made from data, by the names that templates call them by."""
    return {
        **_of_agreement(relations),
        "study_line": lambda study: studies.study_line(study, relations),
        "doses_given": lambda study: studies.doses_given(study, relations),
        "items_in_brief": studies.items_in_brief,
        "items_reported": studies.items_reported,
        "apart_line": studies.apart_line,
        "human_studies": lambda: studies.human_studies(relations),
        "structure_line": substances.structure_line,
        "substance_line": partial(substances.substance_line, relations),
        "has_sequence": substances.has_sequence,
        **_of_silence(relations),
        **_of_dosing(relations),
        "evidence_level": lambda study: evidence.level_of_study(study, relations),
        "evidence_levels": evidence.LEVELS,
        "short_label": sources.short_label,
        "source_label": sources.source_label,
        "authors_line": sources.authors_line,
        "made_by": ties.made_by,
        "makers_line": ties.makers_line,
        "taken_as": ties.taken_as,
        "status": status,
        "jurisdictions": lambda: status.jurisdictions(relations.regulatory),
    }


def _of_agreement(relations: Relations) -> Mapping[str, Any]:
    """Return how sources stand to each other, and what is said of it."""
    return {
        "not_compared": agreement_statements.NOT_COMPARED,
        "matters_line": partial(agreement_statements.matters_line, relations),
        "disagreement_line": partial(agreement_statements.disagreement_line, relations),
        "no_answer": partial(agreement_statements.no_answer, relations),
        "order_line": agreement_statements.order_line,
        "whose_line": agreement_statements.whose_line,
        "about_line": agreement_statements.about_line,
        "alarm_line": agreement_statements.alarm_line,
        "standings": tuple(standing.Standing),
        "definition": agreement_statements.definition,
        "standing_is": agreement_statements.standing_is,
        "agreement_sections": partial(agreement_statements.sections, relations),
        "single_answers": partial(agreement_statements.single_answers, relations),
        "amounts_line": agreement_statements.amounts_line,
        "count_questions": agreement_statements.count_questions,
        "disagreements": disagreements.disagreements,
        "count_disagreements": agreement_statements.count_disagreements,
        "other_doses": partial(agreement_statements.other_doses, relations),
    }


def _of_silence(relations: Relations) -> Mapping[str, Any]:
    """Return what is said where the records have nothing."""
    return {
        "none_recorded": silence.none_recorded,
        "absence_legend": silence.absence_legend,
        "gaps_line": partial(silence.gaps_line, relations),
        "undrawn_parts": partial(silence.undrawn_parts, relations),
        "undrawn_parts_line": partial(silence.undrawn_parts_line, relations),
        "undrawn_part_line": partial(silence.undrawn_part_line, relations),
        "empty_section_line": silence.empty_section_line,
        "unsupported_line": partial(silence.unsupported_line, relations),
        "completeness_line": partial(counts.completeness_line, relations),
        "answers_line": partial(counts.answers_line, relations),
        "sources_line": partial(counts.sources_line, relations),
        "register_line": sources.register_line,
    }


def _of_dosing(relations: Relations) -> Mapping[str, Any]:
    """Return what is said of drops, readings and volumes."""
    site = relations.site
    return {
        "drops_line": partial(dosing.drops_line, site),
        "lengths_line": dosing.lengths_line,
        "combinations_line": partial(dosing.combinations_line, relations.site),
        "readings_line": dosing.readings_line,
        "volumes_line": partial(volume_statements.volumes_line, relations),
        "has_volumes": lambda: any(volumes.volumes(site, one) for one in relations.regimens),
        "sizes_line": partial(volume_statements.sizes_line, site),
        "with_implied_strength": lambda: list(filter(course.implied_strength, relations.regimens)),
    }


def glossary_of(site: Site) -> Mapping[str, Term]:
    """The terms that are explained wherever a text uses them, by their name in small letters."""
    return {term.name.lower(): term for term in site.terms.values() if term.tooltip == "shown"}


def _key(word: str) -> str:
    """A word as it is looked up, however its letters are encoded: there are two of mu."""
    return unicodedata.normalize("NFKC", word).casefold()


class Glossary:
    """Finds the glossary's words in texts."""

    def __init__(self, site: Site) -> None:
        terms = glossary_of(site)
        self._terms = {_key(word): term for word, term in terms.items()}
        words = sorted(terms, key=len, reverse=True)
        found = "|".join(map(re.escape, words)) or r"(?!)"
        self._parted: dict[str, tuple[Segment, ...]] = {}
        self._pattern = re.compile(rf"(?<![\w-])(?:{found})(?![\w-])", re.IGNORECASE)

    def segments(self, text: str) -> tuple[Segment, ...]:
        """The text in pieces; the first use of each term in it is a piece of its own."""
        if text not in self._parted:
            self._parted[text] = tuple(self._parts(typography.prose(text)))
        return self._parted[text]

    def _parts(self, text: str) -> Iterator[Segment]:
        end = 0
        seen: set[str] = set()
        for match in self._pattern.finditer(text):
            word = _key(match[0])
            if word not in seen and word in self._terms:
                yield Segment(text[end : match.start()], None)
                yield Segment(match[0], self._terms[word])
                end = match.end()
                seen.add(word)
        yield Segment(text[end:], None)
