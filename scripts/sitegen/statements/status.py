"""Sentences on legal status: what is claimed, how sure it is, and what a date dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sitegen.model import Event, When
from sitegen.model.typography import date
from sitegen.statements.english import number

_MARKS = {
    "primary document": "",
    "one source only": "One source",
    "statement of the company": "Statement of the company",
    "second-hand": "Second-hand",
    "second-hand, several agree": "Second-hand, several agree",
    "reported, not seen": "Reported, not confirmed",
    "wording seen, application open": "",
    "nothing found": "",
}
"""What stands before a claim; empty where the claim was seen, or is ours about a search."""

_STATES = ("present", "former", "step", "entry", None)
_STATE_TITLES = {
    "present": "present state",
    "former": "former state",
    "step": "step of a procedure",
    "entry": "entry in a list",
}
_CONFIRMED = ("primary document", "one source only")


def claim(event: Event) -> str:
    """Return the status that an event gave, marked before it where it was not seen itself.

    An entry of a list or database says that it is no approval.
    """
    mark = _MARKS[event.certainty or "primary document"]
    remark = listing_remark(event)
    listed = f" ({remark})" if remark else ""
    said = event.status or event.name
    return f"{mark}: {_small(said)}{listed}" if mark else f"{said}{listed}"


def state_title(event: Event) -> str | None:
    """Return what an event is for the status of a jurisdiction; None where the record is silent."""
    return _STATE_TITLES[event.state] if event.state else None


def listing_remark(event: Event) -> str | None:
    """Return that an entry of a list or database is no approval; None of any other event."""
    return "a listing is no approval" if event.state == "entry" else None


def dated(event: Event) -> str:
    """Return the date of an event with what it dates, and that it is inferred where it is.

    Empty where no source dates the event.
    """
    when = event.when.value
    if not isinstance(when, When):
        return ""
    about = [*([event.dates] if event.dates else [])]
    if event.date_is == "inferred":
        about.append("date inferred")
    return f"{date(when)} ({'; '.join(about)})" if about else date(when)


def full_claim(event: Event) -> str:
    """Return the claim of an event with its date, where it has one."""
    when = dated(event)
    return f"{claim(event)}, {when}" if when else claim(event)


@dataclass(frozen=True)
class Jurisdiction:
    """The events of one jurisdiction, the present state first, and what is known of it."""

    name: str
    events: tuple[Event, ...]

    @property
    def present(self) -> str:
        """Return the present status in a line.

        It is what an event says that is marked as the present state. Where none is, the line says
        that it is not confirmed, and adds the last former status that one source or a document
        gives; what is only said by others, or is a step or a listing, never stands in it.
        """
        now = [full_claim(event) for event in self.events if event.state == "present"]
        if now:
            return "; ".join(now)
        before = [
            event
            for event in self.events
            if event.state == "former" and event.certainty in _CONFIRMED
        ]
        known = f" Earlier: {_small(full_claim(before[0]))}" if before else ""
        return f"Present status not confirmed.{known}"

    @property
    def others(self) -> int:
        """Return how many events say something else than the present state."""
        return sum(event.state != "present" for event in self.events)

    @property
    def others_line(self) -> str:
        """Return how many events say something else than the present state."""
        return number(self.others, "further report")


def jurisdictions(events: Iterable[Event]) -> tuple[Jurisdiction, ...]:
    """Return the regulatory events by jurisdiction; in each the present state, then the newest."""
    regulatory = [event for event in events if event.jurisdiction]
    ordered = sorted(regulatory, key=lambda event: event.jurisdiction or "")
    return tuple(
        Jurisdiction(name or "", _newest_first(list(several)))
        for name, several in groupby(ordered, key=lambda event: event.jurisdiction)
    )


def _newest_first(events: Sequence[Event]) -> tuple[Event, ...]:
    by_date = sorted(events, key=_when, reverse=True)
    return tuple(sorted(by_date, key=lambda event: _STATES.index(event.state)))


def _when(event: Event) -> tuple[int, int, int]:
    when = event.when.value
    return when.order if isinstance(when, When) else (0, 0, 0)


def _small(text: str) -> str:
    """Return a text with a small first letter, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text
