"""Whether dates can be: none is far ahead of the day of the check, which whoever checks gives.

A date that is sound on one day is sound on every later day, so a check never fails by waiting.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sitegen.model import Source, When
from sitegen.model.problems import Problem
from sitegen.model.record import KeyPath
from sitegen.read.load import Loaded

FIRST_YEAR = 1450
"""Nothing was printed before."""
_A_YEAR = datetime.timedelta(days=366)
_AHEAD = datetime.timedelta(days=1)
"""A day may have begun elsewhere."""


def dates_are_not_ahead(loaded: Loaded, today: datetime.date) -> Iterator[Problem]:
    """Nothing was seen after today; issues of journals and events are dated up to a year ahead."""
    next_year = today.replace(year=today.year + 1, day=1)
    for source in loaded.site.sources.values():
        for where, when in _dates(source):
            is_issue = where == ("published",)
            last = next_year if is_issue else today + _AHEAD
            if _begins(when) > last:
                message = f"{where[-1]} is {when}, and today is {today}: mend the year"
                yield loaded.problem(source, where, message)
            elif not is_issue and (before := _too_early(source, when, today)):
                message = f"{where[-1]} is {when}, but {before}: mend the one that is wrong"
                yield loaded.problem(source, where, message)
            elif is_issue and when.first_year < FIRST_YEAR:
                message = f"published is {when}, before anything was printed: mend the year"
                yield loaded.problem(source, where, message)
    for change in loaded.site.changes.values():
        for number, entry in enumerate(change.entries):
            if entry.on and _begins(entry.on) > today + _AHEAD:
                message = f"on is {entry.on}, and today is {today}: mend the date"
                yield loaded.problem(change, ("entries", number, "on"), message)
    yield from _of_our_own(loaded, today)
    for event in loaded.site.events.values():
        day = event.when.value
        if isinstance(day, When) and _begins(day) > next_year:
            message = f"when is {day}, and today is {today}: mend the year"
            yield loaded.problem(event, ("when",), message)


def _of_our_own(loaded: Loaded, today: datetime.date) -> Iterator[Problem]:
    """Yield the days of searches and releases that are still to come."""
    for study in loaded.site.studies.values():
        if study.search and isinstance(study.search.on, When):
            if _begins(study.search.on) > today + _AHEAD:
                message = f"on is {study.search.on}, and today is {today}: mend the date"
                yield loaded.problem(study, ("search", "on"), message)
    identity = loaded.site.identity
    for change in loaded.site.changes.values():
        if isinstance(change.released, When) and _begins(change.released) > today + _AHEAD:
            what = f"released is {change.released}, and today is {today}"
            also = f", in {loaded.identity.path} too" * (change.released == identity.released)
            message = f"{what}: mend the date{also}"
            yield loaded.problem(change, ("released",), message)


def _too_early(source: Source, when: When, today: datetime.date) -> str | None:
    """Return what a date is before, of what was seen or became of a source; None where it is not.

    An issue may be dated some months ahead of what was seen of it.
    """
    published = source.published.value
    if not isinstance(published, When) or _begins(published) > today + _A_YEAR:
        return None
    if when.first_year + 1 < published.first_year:
        return f"published is {published}"
    return None


def _dates(source: Source) -> Iterator[tuple[KeyPath, When]]:
    """Yield each date of a source, with where it stands."""
    found: list[tuple[KeyPath, object]] = [
        (("published",), source.published.value),
        (("verified", "on"), source.verified.on.value),
        *((("state", n, "on"), state.on.value) for n, state in enumerate(source.state)),
    ]
    for where, when in found:
        if isinstance(when, When):
            yield where, when


def _begins(when: When) -> datetime.date:
    """Return the first day that a date can mean."""
    return datetime.date(max(1, when.first_year), when.month or 1, when.day or 1)
