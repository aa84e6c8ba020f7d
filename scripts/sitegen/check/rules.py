"""The rules between records, in their order, and how they are checked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from sitegen.check.bodies import bodies_go_with_the_doses, worked_out_amounts_are_right
from sitegen.check.changes import (
    changes_name_records,
    the_last_release_is_kept,
    the_version_is_the_newest_change,
    what_was_published_changes_with_a_reason,
)
from sitegen.check.circles import (
    no_condition_is_broader_than_itself,
    reports_are_not_one_study_and_apart,
)
from sitegen.check.contradictions import (
    a_dose_and_its_study_are_of_one_condition,
    a_study_without_a_control_has_no_control_group,
    an_article_that_was_read_has_a_publication,
    contraindications_name_what_they_rule_out,
    drops_are_counted_once,
    harms_that_were_seen_are_not_denied,
    praise_stays_out_of_what_a_source_says,
    ratios_are_not_negative,
    the_address_is_that_of_the_doi,
    the_form_has_a_repository,
)
from sitegen.check.dates import dates_are_not_ahead
from sitegen.check.doses import (
    a_stated_day_is_what_its_doses_come_to,
    a_stated_week_is_what_its_doses_come_to,
    days_of_a_course_fit_into_it,
    doses_keep_to_their_limits,
    doses_of_a_day_fit_into_it,
)
from sitegen.check.duplicates import (
    cautions_are_there_once,
    entries_are_there_once,
    names_are_those_of_one_record,
    no_record_is_a_copy,
    no_report_is_spread_over_conditions,
    sizes_have_one_record_each,
    sources_are_there_once,
    subjects_are_in_the_same_words,
    ties_are_there_once,
)
from sitegen.check.figures import (
    figures_stand_in_the_sentences_cited,
    gists_are_not_their_sentences,
    gists_hold_the_figures_of_their_sentence,
    readings_are_of_figures_that_no_rule_reads,
    what_is_said_is_not_the_sentence,
)
from sitegen.check.inputs import (
    checks_name_values_their_rule_takes,
    comparisons_name_values_that_compare,
    standings_follow_their_definitions,
)
from sitegen.check.missing import with_ids_meant, with_what_to_do
from sitegen.check.names import (
    addresses_are_short_enough,
    former_names_are_free,
    names_leave_the_addresses_of_the_site,
)
from sitegen.check.no_figures import said_once
from sitegen.check.places import (
    a_report_draws_on_one_source,
    places_stand_in_registers,
    sentences_are_drawn_on_or_reasoned,
    values_name_their_sentences,
)
from sitegen.check.references import (
    a_source_names_the_organisations_of_its_studies,
    records_are_not_tied_to_themselves,
    references_lead_to_records,
    the_site_names_records,
)
from sitegen.check.results import (
    arms_add_up_to_the_participants,
    counts_of_an_effect_agree,
    groups_are_as_large_as_their_arms,
    percentages_agree_with_their_numbers,
    results_name_arms_of_the_study,
    shares_are_no_more_than_the_whole,
)
from sitegen.check.silences import (
    a_regimen_and_its_study_are_silent_alike,
    a_source_is_silent_only_where_it_was_read,
    listed_words_have_words_of_the_source,
    remarks_are_silent_only_of_sources_read,
    unclear_values_say_what_is_unclear,
)
from sitegen.check.weeks import weeks_go_on_from_each_other
from sitegen.derive.relations import Relations
from sitegen.model import Record
from sitegen.model.problems import Problem
from sitegen.read.load import Loaded

MAX_SHOWN = 500
"""The most breaches of a rule that are shown: each hint at a similar name searches all names."""
_MORE = Problem(
    "data", 1, f"more than {MAX_SHOWN} breaches of rules: mend these, and the rest is listed"
)
RULES_ON_EACH: tuple[Callable[[Loaded, Record], Iterator[Problem]], ...] = (
    references_lead_to_records,
    places_stand_in_registers,
    a_report_draws_on_one_source,
    a_source_names_the_organisations_of_its_studies,
    values_name_their_sentences,
    figures_stand_in_the_sentences_cited,
    gists_hold_the_figures_of_their_sentence,
    gists_are_not_their_sentences,
    what_is_said_is_not_the_sentence,
    readings_are_of_figures_that_no_rule_reads,
    unclear_values_say_what_is_unclear,
    listed_words_have_words_of_the_source,
    a_source_is_silent_only_where_it_was_read,
    remarks_are_silent_only_of_sources_read,
    a_regimen_and_its_study_are_silent_alike,
    a_stated_day_is_what_its_doses_come_to,
    a_stated_week_is_what_its_doses_come_to,
    doses_keep_to_their_limits,
    doses_of_a_day_fit_into_it,
    days_of_a_course_fit_into_it,
    weeks_go_on_from_each_other,
    bodies_go_with_the_doses,
    worked_out_amounts_are_right,
    arms_add_up_to_the_participants,
    results_name_arms_of_the_study,
    groups_are_as_large_as_their_arms,
    percentages_agree_with_their_numbers,
    shares_are_no_more_than_the_whole,
    counts_of_an_effect_agree,
    entries_are_there_once,
    records_are_not_tied_to_themselves,
    contraindications_name_what_they_rule_out,
    drops_are_counted_once,
    harms_that_were_seen_are_not_denied,
    a_study_without_a_control_has_no_control_group,
    ratios_are_not_negative,
    praise_stays_out_of_what_a_source_says,
    the_address_is_that_of_the_doi,
    an_article_that_was_read_has_a_publication,
    a_dose_and_its_study_are_of_one_condition,
)
RULES: tuple[Callable[[Loaded], Iterator[Problem]], ...] = (
    the_site_names_records,
    the_form_has_a_repository,
    sizes_have_one_record_each,
    former_names_are_free,
    names_leave_the_addresses_of_the_site,
    addresses_are_short_enough,
    sources_are_there_once,
    no_record_is_a_copy,
    no_report_is_spread_over_conditions,
    cautions_are_there_once,
    subjects_are_in_the_same_words,
    ties_are_there_once,
    names_are_those_of_one_record,
    reports_are_not_one_study_and_apart,
    no_condition_is_broader_than_itself,
)
RULES_ON_ALL_RECORDS: tuple[Callable[[Loaded], Iterator[Problem]], ...] = (
    sentences_are_drawn_on_or_reasoned,
    the_version_is_the_newest_change,
    changes_name_records,
)
RULES_ON_SOUND_RECORDS: tuple[Callable[[Loaded, Relations], Iterator[Problem]], ...] = (
    checks_name_values_their_rule_takes,
    comparisons_name_values_that_compare,
    standings_follow_their_definitions,
    what_was_published_changes_with_a_reason,
    the_last_release_is_kept,
)
CheckEach = Callable[[Loaded], Iterable[Problem]]
"""Yields every breach of a rule on a single record."""


def breaches(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Yield the breaches of the rules on one record: at most one more than are shown."""
    found = chain.from_iterable(rule(loaded, record) for rule in RULES_ON_EACH)
    return islice(found, MAX_SHOWN + 1)


def check_each(loaded: Loaded) -> Iterable[Problem]:
    """Yield the breaches of every record, one record after the other."""
    for record in loaded.site.all():
        yield from breaches(loaded, record)


def problems(
    loaded: Loaded,
    relations: Relations,
    check: CheckEach = check_each,
    today: datetime.date | None = None,
) -> list[Problem]:
    """Return every problem of shape and every breach of every rule.

    Dates are compared with `today`, and with no day where it is None.
    Rules on all records wait until all can be read; rules on sound records, until all are sound.
    """
    of_all = (problem for rule in RULES for problem in rule(loaded))
    ahead = dates_are_not_ahead(loaded, today) if today else ()
    found = list(said_once(loaded, islice(chain(check(loaded), of_all, ahead), MAX_SHOWN + 1)))
    if len(found) > MAX_SHOWN:
        return [*with_ids_meant(loaded), *with_what_to_do(loaded, found[:MAX_SHOWN]), _MORE]
    found = list(with_what_to_do(loaded, found))
    if not loaded.unread:
        found += [problem for rule in RULES_ON_ALL_RECORDS for problem in rule(loaded)]
    if not found and not loaded.problems:
        found = [problem for rule in RULES_ON_SOUND_RECORDS for problem in rule(loaded, relations)]
    return [*with_ids_meant(loaded), *found]
