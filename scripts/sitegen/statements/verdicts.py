"""The verdict of a check in words: what was set against what, what it came to, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sitegen.derive.verdict import Fact, Finding, Kind, Verdict
from sitegen.model.quantity import Quantity, Range
from sitegen.model.typography import amount
from sitegen.statements.english import listed

NO_RESULT = "–"
_BECAUSE = "because"


def formula_line(verdict: Verdict) -> str:
    """Return what was set against what: `12 hours ÷ 3 hours`; a dash where nothing was."""
    return _worded(verdict).formula


def has_result(verdict: Verdict) -> bool:
    """Return whether what was compared came to anything; without a result there is only a dash."""
    return result_line(verdict) != NO_RESULT


def result_line(verdict: Verdict) -> str:
    """Return what it came to: `4 times, stated 4 times`; a dash where nothing can be said."""
    return _worded(verdict).result


def because(verdict: Verdict) -> str:
    """Return why the verdict is what it is; true where the facts are those of what was found.

    Of reports it says what they leave out only where each of them was read for that.
    """
    return _worded(verdict).because


def reason_line(verdict: Verdict) -> str:
    """Return the reason, after `because` where the verdict is that nothing can be checked."""
    why = because(verdict)
    return f"{_BECAUSE} {why}" if verdict.kind is Kind.UNCHECKABLE else why


def legend_line(kind: Kind) -> str:
    """Return a verdict as the legend explains it, with how its reason begins where one follows."""
    open_ended = {Kind.ONLY_IF: " …", Kind.UNCHECKABLE: f" {_BECAUSE} …"}
    return f"{kind.value}{open_ended.get(kind, '')}"


class _Words(NamedTuple):
    formula: str
    result: str
    because: str


def _worded(verdict: Verdict) -> _Words:
    facts = verdict.facts
    words = _WORDS[verdict.finding]
    if facts.get("reports") == 1 and verdict.finding in _OF_ONE_REPORT:
        words = words._replace(because=_OF_ONE_REPORT[verdict.finding])
    said = {name: _fact(name, fact) for name, fact in facts.items()}
    if "left_out" in facts:
        said["left_out"] = ", apart from those in months or years" if facts["left_out"] else ""
    if "rest" in facts:
        rest = f"; what its last part ({facts['rest']}) means is not in the records"
        said["rest"] = rest if facts["rest"] else ""
    return _Words(*(text.format(**said) for text in words))


def _fact(name: str, fact: Fact) -> str:
    if name == "needed" and isinstance(fact, Quantity):
        return _needed(fact)
    if name == "titles" and isinstance(fact, tuple):
        return " and ".join(f"“{title}”" for title in fact)
    if isinstance(fact, tuple):
        is_of_amounts = any(isinstance(one, Quantity) for one in fact)
        words = [_needed(one) if isinstance(one, Quantity) else one for one in fact]
        return listed(words) if is_of_amounts else ", ".join(words)
    return amount(fact) if isinstance(fact, Quantity) else str(fact)


def _needed(bound: Quantity) -> str:
    """Return what an amount must be: `3 hours`, `at most 3 hours` or `at least 3 hours`."""
    low, high = bound.range.low, bound.range.high
    if low is not None and high is not None:
        return amount(bound)
    words, end = ("at most", high) if low is None else ("at least", low)
    return f"{words} {amount(Quantity(Range(end, end), bound.unit))}"


_RATIO = ("{longer} ÷ {shorter}", "{ratio}, stated {stated}")
_NEEDED = "the shorter lasts {needed} ({longer} ÷ {stated})"
_STRENGTH = ("{mass} ÷ {volume}", "{implied}")
_DOSE = ("{dose} ÷ {strength}", "{volume}, of {container} in a bottle")
_WITHIN = "{studied} within {frame}"
_ROUTES = "{studied} against {dosed}"
_SHARE = "share × number of participants"
_HARMS = "reports that say how harms were looked for"
_DOSES = "reports that state a dose"
_SHOWN = "{reported} of {reports}"
_UNREAD = "not every report has been read for it"
_LONGEST = "longest course in regimens and studies"
_NO_FIELD = "how long it was is in no field of the record"
_NUMBER = "{year}, {order} in {number}"
_WORDS: Mapping[Finding, _Words] = {
    Finding.VALUE_ABSENT: _Words(NO_RESULT, NO_RESULT, "{field} of “{name}” is {word}"),
    Finding.RATIO_HOLDS: _Words(*_RATIO, "the ratio is the one stated"),
    Finding.RATIO_HOLDS_IF: _Words(*_RATIO, _NEEDED),
    Finding.RATIO_DIFFERS: _Words(*_RATIO, f"it would hold if {_NEEDED}"),
    Finding.STRENGTH_FOUND: _Words(*_STRENGTH, "it is the strength of: {names}"),
    Finding.STRENGTH_ROUNDS: _Words(
        *_STRENGTH, "{mass} of {name}, {strength}, is a volume that rounds to {volume}"
    ),
    Finding.NO_PRODUCT: _Words(*_STRENGTH, "no product is in the records"),
    Finding.STRENGTH_UNKNOWN: _Words(*_STRENGTH, "the strength is not known of: {names}"),
    Finding.STRENGTH_NOT_FOUND: _Words(*_STRENGTH, "no product in the records has this strength"),
    Finding.DOSE_FITS: _Words(*_DOSE, "a dose is no more than a bottle"),
    Finding.DOSE_FITS_IF: _Words(
        *_DOSE, "the solution has at least {needed} ({dose} ÷ {container})"
    ),
    Finding.COURSE_OPEN: _Words(NO_RESULT, NO_RESULT, "the course comes to no single amount"),
    Finding.CONTAINERS_NOT_COUNTED: _Words(
        "{total} ÷ {strength} ÷ {container}",
        "{bottles} a course",
        "no number of bottles is in the records to compare it with",
    ),
    Finding.LENGTH_CALENDAR: _Words(_WITHIN, NO_RESULT, "a month is no fixed number of days"),
    Finding.LENGTH_OUTSIDE: _Words(
        _WITHIN, "not within", "the length reaches outside the regimen’s"
    ),
    Finding.LENGTH_WITHIN_IF: _Words(_WITHIN, "within in part", "the study lasted {needed}"),
    Finding.LENGTH_WITHIN: _Words(
        _WITHIN, "within", "the length lies within the regimen’s; nothing else is compared"
    ),
    Finding.ROUTE_SAME: _Words(_ROUTES, "the same route", "both name the same route"),
    Finding.ROUTE_OTHER: _Words(
        _ROUTES, "another route", "the study names another route than the regimen"
    ),
    Finding.SHARE_OPEN: _Words(_SHARE, NO_RESULT, "the {name} is {word}"),
    Finding.SHARE_BACKED: _Words(_SHARE, "both reported", "share and number both stand"),
    Finding.HARMS_UNREAD: _Words(_HARMS, NO_RESULT, _UNREAD),
    Finding.HARMS_NO_REPORT: _Words(
        _HARMS, NO_RESULT, "no report of a study from its source is in the records"
    ),
    Finding.HARMS_LOOKED_FOR: _Words(_HARMS, _SHOWN, "those reports bear it out"),
    Finding.HARMS_UNCLEAR: _Words(_HARMS, _SHOWN, "what the reports say of harms is unclear"),
    Finding.HARMS_NOT_SAID: _Words(
        _HARMS,
        _SHOWN,
        "none of the {reports} reports in {titles} says who looked for harms, in how many people, "
        "or how",
    ),
    Finding.DOSES_UNREAD: _Words(_DOSES, NO_RESULT, _UNREAD),
    Finding.DOSES_NO_REPORT: _Words(
        _DOSES, NO_RESULT, "no report of its source has a dose to state"
    ),
    Finding.DOSES_IN_ALL: _Words(_DOSES, _SHOWN, "every report in {titles} states a dose"),
    Finding.DOSES_IN_SOME: _Words(
        _DOSES, _SHOWN, "{reported} of the {reports} reports in {titles} state a dose"
    ),
    Finding.DOSES_IN_NONE: _Words(
        _DOSES, _SHOWN, "none of the {reports} reports in {titles} states a dose"
    ),
    Finding.LENGTH_OF_USE_OPEN: _Words(
        _LONGEST,
        "{longest}",
        _NO_FIELD + "; the longest course recorded is {longest}{left_out}",
    ),
    Finding.NO_LENGTH_RECORDED: _Words(
        _LONGEST, NO_RESULT, _NO_FIELD + "; no length of a course is recorded{left_out}"
    ),
    Finding.NUMBER_HOLDS: _Words(_NUMBER, "both stand in it", "year and order stand in it{rest}"),
    Finding.NUMBER_DIFFERS: _Words(_NUMBER, "they do not", "the numbers differ"),
}
_OF_ONE_REPORT: Mapping[Finding, str] = {
    Finding.HARMS_NOT_SAID: "the one report in {titles} does not say who looked for harms, in how "
    "many people, or how",
    Finding.DOSES_IN_NONE: "the one report in {titles} does not state a dose",
}
"""What is said where there is one report in all."""
