"""Dates in prose, at each precision that they bear."""

from __future__ import annotations

import re

from sitegen.model.figures_in_prose import words
from sitegen.model.figures_in_prose.patterns import any_of, pattern

_MONTH_OF = {
    word: number for number, spellings in enumerate(words.MONTHS, 1) for word in spellings.split()
}
MONTH = rf"(?:{any_of(_MONTH_OF)})\b\.?"
YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
_DAY, _LAST_DAY, _YEAR = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?",
    r"(?P<last>[0-9]{1,2})(?:st|nd|rd|th|\.)?",
    r"(?P<year>[0-9]{4})(?![\w-])(?: (?:г\b\.?|года\b))?",
)
_MONTH, _SECOND = rf"(?P<month>{MONTH})", rf"(?P<second>{MONTH})"
_UP_TO = "(?: ?- ?| to | bis | по )"
_IN_WORDS = tuple(
    pattern(expression)
    for expression in (
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}",
        rf"{_DAY}{_UP_TO}{_LAST_DAY} (?:of )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY}{_UP_TO}{_LAST_DAY},? {_YEAR}",
        rf"{_DAY} (?:of )?{_MONTH}{_UP_TO}{_LAST_DAY} (?:of )?{_SECOND},? {_YEAR}",
        rf"{_MONTH} {_DAY}{_UP_TO}{_SECOND} {_LAST_DAY},? {_YEAR}",
        rf"{_MONTH},? {_YEAR}",
        rf"{_MONTH} (?:and|to|-) {_SECOND},? {_YEAR}",
        r"(?P<year>(?:1[89]|20)[0-9]{2}) год[ау]?\b",
    )
)
_IN_DIGITS = re.compile(rf"{YEAR.pattern}-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?(?![\w-])")
_DECADE = pattern(r"(?:(?P<part>early|mid|late)[ -](?:the )?)?(?P<decade>[0-9]{3}0s)(?![\w-])")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def date_at(text: str, at: int) -> tuple[int, frozenset[str]] | None:
    """Return where the date that begins at a place ends, and each precision it bears, or None.

    A date in words bears its year and month too: `December 20, 1994` bears three. Days from one to
    another bear both of them at once, and neither alone, as ISO 8601 writes an interval:
    `2026-07-23/2026-07-24`. A date that cannot be bears nothing.
    """
    for expression in _IN_WORDS:
        if match := expression.match(text, at):
            return match.end(), _in_words(match.groupdict())
    if match := _IN_DIGITS.match(text, at):
        possible = _is_day(int(match["month"]), match["day"])
        return match.end(), frozenset([match[0]] if possible else [])
    if match := _DECADE.match(text, at):
        part = f"{match['part'].lower()}-" if match["part"] else ""
        return match.end(), frozenset([part + match["decade"]])
    return None


def _in_words(parts: dict[str, str | None]) -> frozenset[str]:
    year, day, last = parts["year"] or "", parts.get("day"), parts.get("last")
    months = [_month(name) for key in ("month", "second") if (name := parts.get(key))]
    if not YEAR.fullmatch(year) or (months and not _is_day(months[0], day)):
        return frozenset()
    to_the_month = [f"{year}-{month:02}" for month in months]
    to_the_day = [f"{to_the_month[0]}-{int(day):02}"] if day else []
    if day and last:
        end = f"{to_the_month[-1]}-{int(last):02}"
        if not _is_day(months[-1], last) or end <= to_the_day[0]:
            return frozenset()
        to_the_day = [f"{to_the_day[0]}/{end}"]
    return frozenset([year, *to_the_month, *to_the_day])


def _month(name: str) -> int:
    return _MONTH_OF[name.lower().rstrip(".")]


def _is_day(month: int, day: str | None) -> bool:
    """Return whether a month has a day, or is a month where no day is given."""
    return 1 <= month <= 12 and (day is None or 1 <= int(day) <= _DAYS[month - 1])
