"""Exact numbers with a sign, such as the effect sizes of studies: read from text, written back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from sitegen.model.letters import in_narrow_signs
from sitegen.model.problems import Misspelt
from sitegen.model.quantity import write_number
from sitegen.model.units import unit_named

SIGNED_NUMBER = r"-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,8})?"
_SIGNED = re.compile(
    rf"(?P<low>{SIGNED_NUMBER})(?: to (?P<high>{SIGNED_NUMBER}))?(?: (?P<unit>[^\W\d_].*|%))?"
)
MINUS = "\u2212"


@dataclass(frozen=True)
class Signed:
    """A number with its sign, or the interval between two, with the unit if there is one."""

    low: Fraction
    high: Fraction
    unit: str
    text: str
    """As printed, with its digits: `-1.70` is as exact as it says."""

    @property
    def is_one(self) -> bool:
        """Whether it is one number, and no interval."""
        return self.low == self.high

    @property
    def meaning(self) -> tuple[Fraction, Fraction, str]:
        """What two share that say the same."""
        return self.low, self.high, self.unit

    @property
    def shown(self) -> str:
        """It for a page, with true minus signs."""
        return self.text.replace("-", MINUS).replace(" %", "\u00a0%")

    def __str__(self) -> str:
        """Return it as the data files write it, e.g. `-2.9 to -0.5`."""
        return self.text

    def as_json(self) -> dict[str, str]:
        """Return it for programs: as printed, and both ends as decimals in text."""
        low, high = write_number(self.low), write_number(self.high)
        return {"text": self.text, "low": low, "high": high, "unit": self.unit}


def read_signed(value: object) -> Signed:
    """Return the number or interval that a text states. Raise ValueError for any other text."""
    match = _SIGNED.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise _refusal(value if isinstance(value, str) else "")
    low = Fraction(match["low"])
    high = Fraction(match["high"]) if match["high"] else low
    unit = unit_named(match["unit"]) if match["unit"] else None
    if match["unit"] and unit is None:
        raise ValueError("must be in a unit known here, or a number alone such as '-1.7'")
    if match["high"] and high <= low:
        raise ValueError(
            f"must be an interval that rises, such as '-2.9 to -0.5'{_signs_lost(match)}"
        )
    return Signed(low, high, unit.many if unit else "", match[0])


def _signs_lost(interval: re.Match[str]) -> str:
    """Return how an interval that falls is written if it has lost its signs."""
    if "-" in interval[0]:
        return ""
    with_signs = re.sub(r"^|(?<= to )", "-", interval[0])
    return f": write '{with_signs}' if its signs are lost"


_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_LOOSE = re.compile(r"\+(?=[.0-9])|(?<=^-) +(?=[.0-9])")
_NO_ZERO = re.compile(r"(?<![0-9])\.(?=[0-9])")
_THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2},[0-9]{3}(?![0-9.,])")
_WITH_INTERVAL = re.compile(
    r"(?P<value>\S+) ?[(\[,;] ?(?:[0-9]+ ?% ?CI:? ?)?(?P<interval>.+?)[)\]]?"
)


def _refusal(text: str) -> ValueError:
    """Return how to write a number with its sign, where it has one reading, or what is wrong."""
    must = "must be a number such as '-1.7', or an interval such as '-2.9 to -0.5'"
    meant = _as_written(text)
    if text and _SIGNED.fullmatch(meant) and not _THOUSANDS.search(text):
        return Misspelt(f"{must}: write '{meant}'", meant)
    if _SIGNED.fullmatch(meant) and (grouped := _THOUSANDS.search(text)):
        whole = text.replace(grouped[0], grouped[0].replace(",", ""))
        either = f"'{_as_written(whole)}' if the comma parts thousands"
        return ValueError(f"{must}: write {either}, or '{meant}' if it is the decimal mark")
    both = _WITH_INTERVAL.fullmatch(meant)
    if both and _SIGNED.fullmatch(both["value"]) and _SIGNED.fullmatch(both["interval"]):
        value, interval = both["value"], both["interval"]
        if " to " not in interval:
            return ValueError(f"{must}: write '{value} to {interval}' if that is an interval")
        return ValueError(f"{must}: write '{value}', and '{interval}' in 'interval:'")
    return ValueError(must)


def _as_written(text: str) -> str:
    """Return a number with a plain sign and point, and a zero before the point."""
    plain = _LOOSE.sub("", " ".join(in_narrow_signs(text).replace(MINUS, "-").split()))
    plain = re.sub(r"^[\u2010-\u2015](?=[0-9.])|(?<=to )[\u2010-\u2015](?=[0-9.])", "-", plain)
    return _NO_ZERO.sub("0.", _COMMA.sub(".", plain))


def read_one(value: object) -> Signed:
    """Return the one number that a text states. Raise ValueError for any other text."""
    found = read_signed(value)
    if not found.is_one:
        raise ValueError("must be one number such as '-1.7'")
    return found


def read_interval(value: object) -> Signed:
    """Return the interval that a text states. Raise ValueError for any other text."""
    found = read_signed(value)
    if found.is_one:
        raise ValueError("must be an interval such as '-2.9 to -0.5'")
    return found
