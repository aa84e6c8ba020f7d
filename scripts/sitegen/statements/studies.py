"""What is said of studies in people: how many there are, what was read, and what a report says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sitegen.derive.arm_dosage import dosage_of
from sitegen.derive.completeness import Count, answers, count, state_of
from sitegen.derive.given_apart import (
    OF_ARMS,
    amounts_of_arms,
    control_arms,
    dosed_arms,
    given_doses,
    has_numbers,
    has_precision,
    listed_word,
    said_of_arms,
)
from sitegen.derive.participants import participants_of, sized_arms
from sitegen.derive.readings import reading_words
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import converted
from sitegen.derive.total import Computed, Impossible, Stated
from sitegen.model import IN_LANE, Experiment, Result, Study, TrialNumber, typography
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.statements.amounts import why_none
from sitegen.statements.english import capital, number, small
from sitegen.statements.regimens import stated

_BY_NAME_ONLY = ("bibliographic record", "single facts")
REPORTED = "reported"
_PEOPLE = re.compile(r"\s(?:people|person)\b")

_SIZES = (
    (100, "100 or more people"),
    (50, "50 to 99 people"),
    (20, "20 to 49 people"),
    (0, "1 to 19 people"),
)


def size_band(study: Study) -> str:
    """Return how many people took part, in bands, for a filter; else the word for their absence.

    A band is true of a number that is stated or summed over arms; a range is in the band of its
    lower end. Where only an upper bound is known, it stands alone: `up to 30 people`.
    """
    total = participants_of(study)
    if isinstance(total, Impossible):
        return str(study.participants.value)
    least = total.amount.range.low
    if least is None:
        return typography.amount(total.amount)
    return next(name for low, name in _SIZES if least >= low)


def study_line(study: Study, relations: Relations) -> str:
    """Return what is known of a study in a line: people, dose, comparator, items reported.

    Where the amount of a dose is absent, the line gives what each arm was given and the other
    amounts of the report; where these are all, or no arm has an amount, they or the amount of a day
    that a regimen gives which the source ties to the study.
    """
    people = capital(participants_phrase(study))
    known = " or ".join(map(typography.amount, known_doses(study, relations)))
    arms = _by_arm(study, daily_doses(study, relations))
    dose = arms or known or _or_gap(study.dose.value, "amount of each dose")
    comparator = comparator_line(study)
    reported = items_reported(count(answers(study)))
    return f"{people}; {dose}; {comparator}; {reported}."


def comparator_line(study: Study) -> str:
    """Return whether a report says what the drug was compared with, or that it was with nothing.

    `comparator reported`, or its word of absence; where a list says so, that there is no control.
    """
    if study.control and study.control.value == "no control":
        return "no control group"
    return f"comparator {state_of(study, 'comparator')}"


def experiment_line(experiment: Experiment) -> str:
    """Return lane, model, doses and first finding, each as reported or under its word of absence.

    Each is named where it is absent: `model not reported`.
    """
    doses = ", ".join(_in_words(dose.value, "dose") for dose in experiment.doses)
    model = _in_words(experiment.model.value, "model")
    found = experiment.findings[0].says
    return typography.prose(f"{capital(IN_LANE[experiment.lane])}: {model}; {doses}. {found}.")


def registry_name(number: TrialNumber) -> str:
    """Return the name of the registry that gave a number; where it has none here, that alone."""
    return "Another registry" if number.scheme == "other" else number.scheme


def daily_doses(study: Study, relations: Relations) -> tuple[Quantity, ...]:
    """Return the amounts of a day that regimens state for a study, where it has none of a dose.

    Only regimens count that the source itself ties to the study.
    """
    if not study.dose.absence:
        return ()
    found = (
        regimen.daily.value
        for regimen, link in relations.links_to(study)
        if link.link == "stated" and isinstance(regimen.daily.value, Quantity)
    )
    return tuple(dict.fromkeys(found))


def known_doses(study: Study, relations: Relations) -> tuple[Quantity, ...]:
    """Return the amounts that are known of a study where it has none of a dose, each once.

    They are the other doses of the report, and those of a day that `daily_doses` finds.
    """
    if not study.dose.absence:
        return ()
    others = [dose.value for dose in study.other_doses if isinstance(dose.value, Quantity)]
    return tuple(dict.fromkeys([*others, *daily_doses(study, relations)]))


def doses_given(study: Study, relations: Relations) -> tuple[str, ...]:
    """Return what a report gives as its dose, each once; empty where it gives no amount.

    The dose with the other doses; without a dose, what each arm was given, with the other doses;
    the amounts that are known of it otherwise, by `known_doses`, where no arm has another. A mass
    in another unit than doses are shown in is converted, with that of the source behind it.
    """
    if arms := _by_arm(study, daily_doses(study, relations)):
        return (arms,)
    known: list[object] = [study.dose.value, *(dose.value for dose in study.other_doses)]
    if study.dose.absence:
        known = [*known_doses(study, relations)]
    amounts = [_in_dose_unit(relations, dose) for dose in known if isinstance(dose, Quantity)]
    return tuple(dict.fromkeys(amounts))


def _by_arm(study: Study, daily: Sequence[Quantity] = ()) -> str:
    """Return what each arm was given, and other doses behind it; empty where no arm has an amount.

    Empty too where the report states a dose of its own, or where each amount of an arm is another
    dose of it, or the amount of a day that a regimen gives: then these say it all.
    """
    of_arms, others = amounts_of_arms(study), [one.value for one in given_doses(study)]
    if not study.dose.absence or set(of_arms) <= {*others, *daily}:
        return ""
    more = ", ".join(typography.shown(one) for one in others if one not in of_arms)
    return f"{_dosage_of_arms(study)}{f', other dose: {more}' if more else ''}"


def _in_dose_unit(relations: Relations, dose: Quantity) -> str:
    shown = converted(relations.site, dose)
    stated = typography.amount(dose)
    return f"{typography.amount(shown)} (in the source {stated})" if shown else stated


def _dosage_of_arms(study: Study) -> str:
    """Return what each arm with an amount was given; empty where no arm has one."""
    given = [(arm, dosage_of(study, arm)) for arm in dosed_arms(study)]
    return ", ".join(f"{stated(dosage)} ({arm.name})" for arm, dosage in given if dosage)


def dose_state(study: Study, relations: Relations) -> str:
    """Return whether a dose of a study is reported, or its word of absence.

    A dose is reported where the report gives an amount, for a dose, a day or an arm.
    """
    return REPORTED if known_doses(study, relations) else state_of(study, "dose")


def apart_line(study: Study, field: str) -> str:
    """Return what a report gives in place of the field of an item; empty where it gives nothing.

    True of an answer that is given apart: by the arms, by a word of a closed list, in the other
    doses, or in the results and the harms. Of results it says for what there are numbers, so that
    no name of an outcome reads as a result.
    """
    if word := listed_word(study, field):
        return str(word.value)
    if field == "dose":
        others = [typography.shown(dose.value) for dose in given_doses(study)]
        return _by_arm(study) or ", ".join(others)
    if field in OF_ARMS:
        return _of_arms(study, field)
    named = {
        "comparator": ("", [arm.name for arm in control_arms(study)]),
        "numeric_result": (
            "numbers for ",
            [_outcome(one) for one in study.results if has_numbers(one)],
        ),
        "effect": ("", [_precision(one) for one in study.results if has_precision(one)]),
        "harms": ("", [harm.event for harm in study.harm_events]),
    }
    what, of = named.get(field, ("", []))
    return f"{what}{'; '.join(of)}" if of else ""


def _of_arms(study: Study, field: str) -> str:
    """Return what arms say of an item; each with its name, unless all with a dosage say the same.

    Empty where the report says it itself, or no arm does.
    """
    said = said_of_arms(study, field)
    words = {words for _, words in said}
    if len(words) == 1 and len(said) == len([arm for arm in study.arms if arm.dosage]):
        return words.pop()
    return ", ".join(f"{words} ({arm.name})" for arm, words in said)


def _precision(result: Result) -> str:
    """Return which of interval and p value a result has: `interval and p value for ease`."""
    estimate = result.estimate
    interval = "interval" if estimate and estimate.interval is not None else ""
    p = "p value" if estimate and estimate.p is not None else ""
    return f"{' and '.join(filter(None, [interval, p]))} for {_outcome(result)}"


def _outcome(result: Result) -> str:
    return small(result.outcome)


def items_reported(counted: Count) -> str:
    """Return how many items a report states, of how many that were looked for in it.

    What does not apply is not counted; what is unclear is not reported and is named apart. An item
    that was not looked for is not counted as missing either: then there is no total, and the
    sentence says how many were looked for and how many were not.
    """
    looked_for = counted.applicable - counted.unread
    unclear = f", {counted.unclear} unclear" if counted.unclear else ""
    if not looked_for:
        return "no item looked for"
    reported = f"{counted.reported} of {number(looked_for, 'item')}"
    if not counted.unread:
        return f"{reported} reported{unclear}"
    verb = "is" if looked_for == 1 else "are"
    return f"{reported} looked for {verb} reported{unclear}; {counted.unread} not looked for"


def items_in_brief(counted: Count) -> str:
    """Return how many items a report states, of those looked for in it, for a cell: `6 of 13`.

    The same as `items_reported`, under a heading that says what is counted; how many items were not
    looked for is on the page of the report.
    """
    looked_for = counted.applicable - counted.unread
    if not looked_for:
        return "none looked for"
    unclear = f", {counted.unclear} unclear" if counted.unclear else ""
    return f"{counted.reported} of {looked_for}{unclear}"


def no_test_line(study: Study) -> str | None:
    """Return that a report is no test of the drug, where it compares the drug with nothing.

    True where a comparator does not apply to it; None of any other report.
    """
    is_none = state_of(study, "comparator") == Absence.NOT_APPLICABLE.value
    return "not a test of the drug: it says nothing about its effect" if is_none else None


def human_studies(relations: Relations) -> str:
    """Return how many studies in people there are, and of what sort, as far as the data tell.

    Reports that are tied as one study count once. A study is known by a record only where no more
    than a bibliographic record or single facts of each report were read; it is no test of the drug
    where no report compares the drug with anything; it is an account without a publication where
    no source of it is one, and what came of a search for one is said. The sorts are counted in this
    order, each study in one, and a single one without a number; where all are published, that is
    not said. Of none it is said that the
    records have none, and not that there is none.
    """
    groups = relations.groups
    if not groups:
        return "no human study is in the records"
    sorts = Counter(_sort(group, relations) for group in groups)
    said = [
        number(sorts[sort], one, many)
        for sort, (one, many) in _SORTS.items()
        if sorts[sort] and set(sorts) != {"published"}
    ]
    counted = studies_counted(relations)
    if len(groups) == 1 and said:
        said = [_SORTS[sort][0] for sort in sorts]
    return f"{counted}: {', '.join(said)}" if said else counted


def studies_counted(relations: Relations) -> str:
    """Return how many studies in people there are, and in how many reports where those are more."""
    studies = number(len(relations.groups), "human study", "human studies")
    if len(relations.groups) == len(relations.studies):
        return studies
    return f"{studies} in {number(len(relations.studies), 'report')}"


_SORTS = {
    "published": ("with a publication", "with a publication"),
    "not found": ("account with no publication found", "accounts with no publication found"),
    "may be": ("with a possible publication", "with a possible publication"),
    "account": ("account without a publication", "accounts without a publication"),
    "record": ("known by a record or single facts only", "known by a record or single facts only"),
    "no test": ("that does not test the drug", "that do not test the drug"),
}


def _sort(group: Sequence[Study], relations: Relations) -> str:
    sources = [relations.source_of(study) for study in group]
    if all(source.read in _BY_NAME_ONLY for source in sources):
        return "record"
    if all(map(no_test_line, group)):
        return "no test"
    return "published" if any(source.publication for source in sources) else _account(group)


def _account(group: Sequence[Study]) -> str:
    """Return what came of the search for the publication of an account, where one was made."""
    found = [study.search.found if study.search else None for study in group]
    if "a publication that may be it" in found:
        return "may be"
    return "account" if None in found else "not found"


def _in_words(value: object, title: str) -> str:
    return f"{title} {value}" if isinstance(value, Absence) else typography.shown(value)


def _or_gap(value: Quantity | Absence, title: str) -> str:
    return typography.amount(value) if isinstance(value, Quantity) else f"{title} {value}"


def participants_phrase(study: Study) -> str:
    """Return the number of participants in words: a total, else the arms that have a size.

    A total that is a sum is followed by its parts, in numbers alone: `110 people (30 + 80)`.
    """
    total = participants_of(study)
    if isinstance(total, Stated):
        return typography.amount(total.amount)
    if isinstance(total, Computed):
        return f"{typography.amount(total.amount)} ({_PEOPLE.sub('', total.formula)})"
    if ways := reading_words(study.participants):
        return f"{ways} ({study.participants.value})"
    arms = (f"{typography.amount(size)} in the arm “{arm.name}”" for arm, size in sized_arms(study))
    return ", ".join(arms) or why_none(total)
