"""Dates as precise as a source gives them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from sitegen.model.letters import in_narrow_signs
from sitegen.model.problems import Misspelt, with_hyphens

_WHEN = re.compile(r"(?:(early|mid|late)-)?([0-9]{4})(s)?(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

_LETTERS_LIKE_DIGITS = str.maketrans("lIOo\u041e\u043e", "110000")


@dataclass(frozen=True)
class When:
    """A date as precise as the source gives it: a day, a month, a year or a decade."""

    text: str
    first_year: int
    last_year: int
    month: int
    day: int

    @property
    def order(self) -> tuple[int, int, int]:
        """A key that sorts dates; a decade sorts by its named part."""
        return ((self.first_year + self.last_year) // 2, self.month, self.day)

    def __str__(self) -> str:
        return self.text


def read_when(value: object) -> When:
    """Return the date that a text gives. Raise ValueError for a text that is none."""
    text = value if isinstance(value, str) else ""
    match = _WHEN.fullmatch(text)
    problem = "must be a date such as '1994-12-20', '1994-12', '1994', '1960s' or 'mid-1960s'"
    if not match:
        if (meant := with_hyphens(text)) != text and _WHEN.fullmatch(meant):
            raise Misspelt(f"{problem}: write '{meant}', with plain hyphens", meant)
        digits = in_narrow_signs(meant).translate(_LETTERS_LIKE_DIGITS)
        if digits != meant and _WHEN.fullmatch(digits):
            raise Misspelt(f"{problem}: write '{digits}', with digits alone", digits)
        raise ValueError(problem)
    part, year, decade, month, day = match.groups()
    if (part or decade) and (month or not decade):
        raise ValueError(problem)
    if month and not _is_in_calendar(int(year), int(month), int(day or 1)):
        raise ValueError("must be a day or month that the calendar has")
    first, last = int(year), int(year)
    if decade:
        start, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), None: (0, 9)}[part]
        first, last = first + start, first + end
    return When(text, first, last, int(month or 0), int(day or 0))


def _is_in_calendar(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
