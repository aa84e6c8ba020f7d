"""Why there is no amount, in words: the only place that words a `Reason`."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.derive.total import Fact, Impossible, Reason
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.model.typography import amount, every

NOT_COMPUTED = "cannot be computed"
"""What stands for an amount of which too little is known."""


def none_word(none: Impossible) -> str:
    """Return what stands for an amount that is not there.

    `not applicable` where the question does not arise, since one dose is given in all; else
    `cannot be computed`.
    """
    return str(Absence.NOT_APPLICABLE) if none.does_not_apply else NOT_COMPUTED


def none_line(none: Impossible) -> str:
    """Return that an amount does not apply or cannot be computed, and why: as `why_none` has it."""
    return f"{none_word(none)}: {why_none(none)}"


def why_none(none: Impossible) -> str:
    """Return why there is no amount; true where the facts are those of the reason.

    It says nothing of a source but what is in the records: a word of absence, or a value.
    """
    if none.reason is Reason.NO_STATED_END and none.facts == ("lifelong",):
        return "it is lifelong"
    words = map(_interval if none.reason in _OF_INTERVALS else _fact, none.facts)
    return _WORDS[none.reason].format(*words)


def open_site_line(word: Absence) -> str:
    """Return that the site of drops is open; true where `site_is_open`, with its word of absence.

    `whether in each nostril or in both together not reported`.
    """
    return why_none(Impossible(Reason.SITE_OPEN, (word,)))


def _fact(fact: Fact) -> str:
    if isinstance(fact, Impossible):
        return why_none(fact)
    return amount(fact) if isinstance(fact, Quantity) else str(fact)


def _interval(fact: Fact) -> str:
    return every(fact) if isinstance(fact, Quantity) else str(fact)


_OF_INTERVALS = (Reason.RARER_THAN_DAILY, Reason.NUMBER_UNKNOWN)
_WORDS: Mapping[Reason, str] = {
    Reason.ABSENT: "{} {}",
    Reason.SINGLE_DOSE: "a single dose",
    Reason.ON_LISTED_DAYS: "doses are given {}",
    Reason.COUNTED_OVER: "the doses are counted over {}",
    Reason.READ_AS_OVER: "this reading counts doses over {}",
    Reason.RARER_THAN_DAILY: "a dose {}, which is rarer than one a day",
    Reason.NUMBER_UNKNOWN: "a dose {}, and their number is not in the records",
    Reason.AS_NEEDED: "it is given as needed",
    Reason.NO_STATED_END: "it is given until {}",
    Reason.BY_MEASUREMENT: "the dose follows a measurement",
    Reason.DOSE_CHANGES: "the dose changes within the phase",
    Reason.DOSES_DIFFER: "the doses of a day are of different presentations",
    Reason.NO_FIXED_DAYS: "{} is no fixed number of days",
    Reason.OVER_LIMIT: "its doses come to more than its limit: at most {}",
    Reason.NO_UPPER_BOUND: "{}, so there is no upper bound",
    Reason.SUBSTANCES_DIFFER: "the phases are of different substances",
    Reason.SEVERAL_READINGS: "{}: it has {} readings",
    Reason.PHASE_WITHOUT: "{}: {}",
    Reason.SITE_OPEN: "whether in each nostril or in both together {}",
    Reason.NO_PRESENTATION: "the dose is in drops, and the record names no presentation",
    Reason.NOT_BY_DROPS: "the route is {}, not by drops",
    Reason.NOT_INTRANASAL: "the route is not intranasal",
    Reason.OTHER_UNIT: "the source counts in {}",
    Reason.UNDIVIDED_BY_BODY: "the dose is by body weight or surface, and nothing is divided so",
    Reason.NO_BOUND: "bounds on both sides cancel out, and no bound is left",
    Reason.NO_UNIT: "its amounts are in units that do not go together",
}
