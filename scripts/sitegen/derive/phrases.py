"""One sentence on a record, made of its own values; it never says more than they do."""

from __future__ import annotations

from sitegen import typography
from sitegen.absence import Absence
from sitegen.derive.completeness import answers, count
from sitegen.derive.relations import Relations
from sitegen.model import Condition, Regimen, Study
from sitegen.quantity import Quantity


def regimen_line(regimen: Regimen) -> str:
    """The regimen in a line, e.g. `9 mg twice a day for 1 week, intranasal`."""
    said = [" ".join(_dose_parts(regimen)) or f"Amount {_amount_gap(regimen)}"]
    if not regimen.route.absence:
        said.append(str(regimen.route.value))
    return f"{', '.join(said)}{_without(regimen)}."


def study_line(study: Study) -> str:
    """What is known of a study in a line: people, comparator, dose, and answers given."""
    people = _or_gap(study.participants.value, "number of participants")
    dose = _or_gap(study.dose.value, "amount of each dose")
    comparator = "comparator " + (str(study.comparator.absence or "reported"))
    counted = count(answers(study))
    answered = f"{counted.reported} of {counted.asked} questions answered"
    return f"{_capital(people)}; {dose}; {comparator}; {answered}."


def condition_line(condition: Condition, relations: Relations) -> str:
    """What exists on a condition in each lane, and how many regimens and cautions there are."""
    regimens = _number(len(relations.regimens_for(condition)), "regimen", "regimens")
    cautions = _number(len(relations.cautions_about(condition)), "caution names", "cautions name")
    return f"{_capital(lane_line(condition, relations))}. {_capital(regimens)}; {cautions} it."


def lane_line(condition: Condition, relations: Relations) -> str:
    """What exists in people, in animals and in vitro, never added up across the three."""
    reports = relations.studies_on(condition)
    studies = {relations.group_of(report)[0].id for report in reports}
    human = _number(len(reports), "report", "reports")
    if reports:
        human += f" of {_number(len(studies), 'study', 'studies')}"
    if analyses := relations.analyses_on(condition):
        human += f" and {_number(len(analyses), 'analysis', 'analyses')} of several studies"
    lanes = [each.lane for each in relations.experiments_on(condition)]
    animal = _number(lanes.count("animal"), "experiment", "experiments")
    vitro = _number(lanes.count("in vitro"), "experiment", "experiments")
    return f"in people, {human}; in animals, {animal}; in vitro, {vitro}"


def _dose_parts(regimen: Regimen) -> list[str]:
    parts = []
    if isinstance(regimen.each.value, Quantity):
        parts.append(typography.amount(regimen.each.value))
    if regimen.drops and isinstance(regimen.drops.value, Quantity):
        parts.append(f"{typography.amount(regimen.drops.value)} in each nostril")
    if isinstance(regimen.volume.value, Quantity):
        parts.append(f"({typography.amount(regimen.volume.value)})")
    if isinstance(regimen.times.value, Quantity):
        parts.append(typography.times(regimen.times.value))
    elif regimen.readings:
        means = [reading.means for reading in regimen.readings]
        ways = f"{', '.join(means[:-1])} or {means[-1]}"
        parts.append(f"{typography.amount(regimen.readings[0].times)} ({ways}: unclear)")
    if isinstance(regimen.daily.value, Quantity):
        parts.append(typography.amount(regimen.daily.value))
    if isinstance(regimen.length.value, Quantity):
        parts.append(f"for {typography.amount(regimen.length.value)}")
    elif regimen.lengths:
        ways = " or ".join(typography.amount(length) for length in regimen.lengths)
        parts.append(f"for {ways} (unclear)")
    return parts


def _amount_gap(regimen: Regimen) -> Absence:
    """Why a regimen has no amount: our own gap first, since it leaves open what the source says."""
    absences = {regimen.each.absence, regimen.daily.absence}
    if regimen.drops:
        absences.add(regimen.drops.absence)
    order = (Absence.NOT_EXTRACTED, Absence.UNCLEAR, Absence.NOT_REPORTED)
    return next((word for word in order if word in absences), Absence.NOT_REPORTED)


def _without(regimen: Regimen) -> str:
    missing = [
        title
        for title, field in (
            ("route", regimen.route),
            ("duration", regimen.length),
            ("strength", regimen.strength),
        )
        if field.absence is Absence.NOT_REPORTED and not (title == "strength" and regimen.product)
    ]
    return f"; {_listed(missing)} not reported" if missing else ""


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _or_gap(value: Quantity | Absence, title: str) -> str:
    return typography.amount(value) if isinstance(value, Quantity) else f"{title} {value}"


def _number(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
