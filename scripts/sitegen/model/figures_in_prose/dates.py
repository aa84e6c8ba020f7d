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
_DAY, _YEAR = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?",
    r"(?P<year>[0-9]{4})(?![\w-])(?: (?:г\b\.?|года\b))?",
)
_IN_WORDS = tuple(
    pattern(expression)
    for expression in (
        rf"(?P<month>{MONTH}) {_DAY},? {_YEAR}",
        rf"{_DAY} (?:of )?(?P<month>{MONTH}),? {_YEAR}",
        rf"[0-9]{{1,2}} ?- ?[0-9]{{1,2}} (?P<month>{MONTH}),? {_YEAR}",
        rf"(?P<month>{MONTH}),? {_YEAR}",
        rf"(?P<month>{MONTH}) (?:and|to|-) (?P<second>{MONTH}),? {_YEAR}",
        r"(?P<year>(?:1[89]|20)[0-9]{2}) год[ау]?\b",
    )
)
_IN_DIGITS = re.compile(rf"{YEAR.pattern}-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?(?![\w-])")
_DECADE = pattern(r"(?:(?P<part>early|mid|late)[ -](?:the )?)?(?P<decade>[0-9]{3}0s)(?![\w-])")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def date_at(text: str, at: int) -> tuple[int, frozenset[str]] | None:
    """Return where the date that begins at a place ends, and each precision it bears, or None.

    A date in words bears its year and month too: `December 20, 1994` bears three. One that cannot
    be bears nothing.
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
    year, day = parts["year"] or "", parts.get("day")
    months = [_month(name) for key in ("month", "second") if (name := parts.get(key))]
    if not YEAR.fullmatch(year) or (months and not _is_day(months[0], day)):
        return frozenset()
    to_the_month = [f"{year}-{month:02}" for month in months]
    to_the_day = [f"{to_the_month[0]}-{int(day):02}"] if day else []
    return frozenset([year, *to_the_month, *to_the_day])


def _month(name: str) -> int:
    return _MONTH_OF[name.lower().rstrip(".")]


def _is_day(month: int, day: str | None) -> bool:
    """Return whether a month has a day, or is a month where no day is given."""
    return 1 <= month <= 12 and (day is None or 1 <= int(day) <= _DAYS[month - 1])
