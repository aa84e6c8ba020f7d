"""What is said of studies in people: how many there are, what was read, and what a report says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sitegen.derive.completeness import Count, answers, count
from sitegen.derive.participants import participants_phrase
from sitegen.derive.relations import Relations
from sitegen.model import IN_LANE, Experiment, Study, TrialNumber, typography
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.statements.english import capital, number

_BY_NAME_ONLY = ("bibliographic record", "single facts")


def study_line(study: Study, relations: Relations) -> str:
    """Return what is known of a study in a line: people, dose, comparator, items reported.

    Where the amount of a dose is absent and a regimen that the source ties to the study gives the
    amount of a day, the line gives that.
    """
    people = capital(participants_phrase(study))
    daily = " or ".join(map(typography.amount, daily_doses(study, relations)))
    dose = daily or _or_gap(study.dose.value, "amount of each dose")
    comparator = "comparator " + (str(study.comparator.absence or "reported"))
    reported = items_reported(count(answers(study)))
    return f"{people}; {dose}; {comparator}; {reported}."


def experiment_line(experiment: Experiment) -> str:
    """Return what is known of an experiment in a line: lane, model, doses, first finding."""
    doses = ", ".join(_in_words(dose.value, "dose") for dose in experiment.doses)
    model = _in_words(experiment.model.value, "model")
    found = experiment.findings[0].says
    return typography.prose(f"{capital(IN_LANE[experiment.lane])}: {model}; {doses}. {found}.")


def registry_name(number: TrialNumber) -> str:
    """Return the name of the registry that gave a number; of another, that it is another."""
    return "Another registry" if number.scheme == "other" else number.scheme


def daily_doses(study: Study, relations: Relations) -> tuple[Quantity, ...]:
    """Return the amounts of a day that regimens state for a study, where it has none of a dose.

    Only regimens count that the source itself ties to the study.
    """
    if not study.dose.absence:
        return ()
    stated = (
        regimen.daily.value
        for regimen, link in relations.links_to(study)
        if link.link == "stated" and isinstance(regimen.daily.value, Quantity)
    )
    return tuple(dict.fromkeys(stated))


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
    return f"{reported} looked for reported{unclear}; {counted.unread} not looked for"


def human_studies(relations: Relations) -> str:
    """Return how many studies in people there are, and of what sort, as far as the data tell.

    Reports that are tied as one study count once. A study is known by a record only where no more
    than a bibliographic record or single facts of each report were read; it is no test of the drug
    where no report compares the drug with anything; it is an account without a publication where
    no source of it is one. The sorts are counted in this order, each study in one.
    """
    groups = relations.groups
    sorts = Counter(_sort(group, relations) for group in groups)
    said = [
        number(sorts[sort], one, many)
        for sort, (one, many) in _SORTS.items()
        if sorts[sort] and len(sorts) > 1
    ]
    studies = number(len(groups), "human study", "human studies")
    reports = number(len(relations.studies), "report")
    counted = studies if len(groups) == len(relations.studies) else f"{studies} in {reports}"
    return f"{counted}: {', '.join(said)}" if said else counted


_SORTS = {
    "published": ("with a publication", "with a publication"),
    "account": ("account without a publication", "accounts without a publication"),
    "record": ("known by a record or single facts only", "known by a record or single facts only"),
    "no test": ("that is no test of the drug", "that are no test of the drug"),
}


def _sort(group: Sequence[Study], relations: Relations) -> str:
    sources = [relations.source_of(study) for study in group]
    if all(source.read in _BY_NAME_ONLY for source in sources):
        return "record"
    if all(study.comparator.absence is Absence.NOT_APPLICABLE for study in group):
        return "no test"
    return "published" if any(source.publication for source in sources) else "account"


def _in_words(value: object, title: str) -> str:
    return f"{title} {value}" if isinstance(value, Absence) else typography.shown(value)


def _or_gap(value: Quantity | Absence, title: str) -> str:
    return typography.amount(value) if isinstance(value, Quantity) else f"{title} {value}"
