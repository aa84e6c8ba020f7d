"""Numbers in prose: digits with the separators of any country, fractions, and number words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sitegen.model.figures_in_prose import words
from sitegen.model.figures_in_prose.patterns import any_of, pattern
from sitegen.model.quantity import is_decimal, write_number

_VULGAR = {
    sign: Fraction(unicodedata.numeric(sign)).limit_denominator(10) for sign in "½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘⅙⅚⅐⅑⅒"
}
FRACTIONS = "".join(_VULGAR)
RUN = re.compile(rf"[0-9]+(?:[.,'’][0-9]+)*|(?<![\w.,)])[.,][0-9]+|[{FRACTIONS}](?![0-9])")
MULTIPLIER = pattern(
    rf"[ -]?(?:(?P<word>{any_of(words.MULTIPLIERS)})"
    rf"|(?P<short>{any_of(words.SHORT_MULTIPLIERS)})\b\.?)(?!\w)"
)
REST = re.compile(r"[^\s,;]*")
_GROUPED = re.compile(r"([1-9][0-9]{0,2})((?:([.,'])[0-9]{3})(?:\3[0-9]{3})*)(?:([.,])([0-9]+))?")
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"([0-9]*)[.,]([0-9]+)")
_TIMES_TEN = re.compile(
    r"(?P<ten> ?[×x*·⋅] ?10|(?<=\b10))"
    r"(?:\^(?P<open>\()?(?P<plain>-?[0-9]{1,2})(?(open)\))|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
    r"(?![\w⁰¹²³⁴⁵⁶⁷⁸⁹^]|[.,][0-9])"
)
_AS_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_POWER = pattern(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]|\^|\*\*|e[+-]?[0-9]")
_FRACTION = re.compile(r"/([0-9]+)(?![0-9]|[/.,][0-9])")
_AND_A_PART = pattern(r"(?: and (?:a |one[ -])?|-and-a-)(?P<part>half|quarter)\b")
_HALF = pattern(
    r"(?:(?:an?|one)[ -])?(?P<part>half|quarter)(?:(?: of)?[ -]an?)?(?=[ -])(?! of\b)|half\b"
)
_OF_ONE = pattern(r"(?: of)? an?(?= )")
_MIXED = re.compile(rf" (?P<sign>[{FRACTIONS}])(?= ?[^\W\d_]{{2}})")
_NUMBERED = pattern(rf"(?:{words.LABELS}) ?$")
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
_LONGEST = 30  # characters of a number: none in prose is longer
_TOO_LARGE = 10**15
_WORDS = re.compile(r"[a-z]+")
_NEXT_WORD = pattern(r"(?: and |[ -])?([a-z]+)\b")


# A soft hyphen shows no mark in a word; beside a digit, a copy may have it for the dash of a range.
_SOFT_HYPHEN = re.compile(r"(?<![0-9])\u00ad(?![0-9])")
# A thin space, plain or no-break, groups thousands (SI Brochure, 5.4.4); another may part numbers.
_GROUPS = re.compile(r"(?<=[0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))")


@lru_cache(1 << 14)  # registers are compared with many texts
def normalise(text: str) -> str:
    """Return a text in one spelling: NFC, plain spaces and dashes, one micro sign; case is kept."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[\u2010-\u2015\u2212\ufe63\uff0d]", "-", text)
    text = _GROUPS.sub("'", text)
    text = _SOFT_HYPHEN.sub("", text).replace("\u03bc", "µ").replace("\u2044", "/")
    return re.sub(r"\s+", " ", text).strip()


@dataclass(frozen=True)
class Number:
    """A number in a text: its value or why it has none, where it ends, and its digits.

    `factor` is what it ends with: a million in `2 million`, a thousandth in `2 × 10⁻³`.
    """

    value: Fraction | None
    end: int
    unknown: str = ""
    run: str = ""
    factor: Fraction = Fraction(1)


def decimal_value(run: str, mark: str) -> Fraction | str:
    """Return the value of digits with separators, or why they have none.

    `mark` is the decimal mark of the language, or nothing where it is not known. `0,125` is a
    decimal always; `1,500` is one only where the mark says so, and a thousand only where the mark
    is the other one and the language groups by it. Where a point is the mark, `5,10` may be two
    numbers, since few write a decimal with a nought behind it.
    """
    if len(run) > _LONGEST:
        return "a number of too many digits"
    plain = run.replace("’", "'")
    if len(re.split(r"[.,']", plain)[0]) > 1 and plain.startswith("0"):
        return f"the zero before '{run}'"
    if plain.isdecimal():
        return Fraction(plain)
    if match := _GROUPED.fullmatch(plain):
        return _grouped_value(match, run, mark)
    if _INDIAN.fullmatch(plain):
        return Fraction(plain.replace(",", ""))
    if match := _DECIMAL.fullmatch(plain):
        decimal = Fraction(f"{match[1] or 0}.{match[2]}")
        ends_in_nought = len(match[2]) > 1 and match[2].endswith("0")
        may_be_two = mark == "." and ends_in_nought and comma_may_part(plain, mark)
        return f"'{run}' is {write_number(decimal)} or two numbers" if may_be_two else decimal
    return f"the separators of '{run}'"


def _grouped_value(match: re.Match[str], run: str, mark: str) -> Fraction | str:
    """Return the value of digits that may be grouped by thousands, or why they have none."""
    whole = Fraction(re.sub(r"[.,']", "", match[1] + match[2]))
    separator, second, part = match[3], match[4], match[5]
    if second == separator:
        return f"the separators of '{run}'"
    if second:
        return whole + Fraction(f"0.{part}")
    if separator == "'" or match[2].count(separator) > 1:
        return whole
    decimal = Fraction(f"{match[1]}.{match[2][1:]}")
    if separator == mark:
        return decimal
    if mark == "." and separator == ",":
        return whole
    return f"'{run}' is {write_number(whole)} or {write_number(decimal)}"


def needs_comma(run: str) -> bool:
    """Return whether digits can only be read with a decimal comma."""
    match = _DECIMAL.fullmatch(run)
    return bool(match and "," in run and (match[1] == "0" or len(match[2]) != 3))


def comma_may_part(run: str, mark: str) -> bool:
    """Return whether a comma may stand between two numbers: `1,8` in a list of days.

    It does not after a leading zero, nor where it is the decimal mark of the text.
    """
    match = _DECIMAL.fullmatch(run)
    return bool(match and "," in run and match[1] != "0" and mark != "," and len(match[2]) != 3)


def number(text: str, at: int, mark: str, spelt: bool) -> Number | None:
    """Return the number that begins at a place, or None; number words only where `spelt` says so.

    `mark` is the decimal mark of the text, or nothing where it is not known.
    """
    if match := RUN.match(text, at):
        found: Number | None = _in_digits(match, mark)
    else:
        found = _in_words(text, at) if spelt else None
    if found and found.value is not None and found.value >= _TOO_LARGE:
        return Number(None, found.end, "a number too large for a figure", found.run)
    return found


def _in_digits(match: re.Match[str], mark: str) -> Number:
    text = match.string
    run, end = match[0], match.end()
    if run in _VULGAR:
        return _fraction(_VULGAR[run], 1, run, _after_of_one(text, end))
    found = decimal_value(run, mark)
    if isinstance(found, str):
        return Number(None, end, found, run)
    if part := _FRACTION.match(text, end):
        is_part = found < int(part[1])
        after = _after_of_one(text, part.end()) if is_part else part.end()
        return _fraction(found, int(part[1]), run + part[0], after)
    if end < len(text) and text[end] in _VULGAR:
        return _mixed(found + _VULGAR[text[end]], run, text[end], end + 1)
    if mixed := _with_a_fraction(match, found):
        return mixed
    if power := _times_ten(text, found, end, run):
        return power
    if _POWER.match(text, end):
        rest = REST.match(text, end)
        whole = run + (rest[0] if rest else "")
        return Number(None, end + len(whole) - len(run), f"the exponent of '{whole}'", run)
    return _multiplied(text, found, end, run)


def _after_of_one(text: str, end: int) -> int:
    """Return where a part of one thing ends, which stands in front of that thing: `½ a tablet`."""
    match = _OF_ONE.match(text, end)
    return match.end() if match else end


def _with_a_fraction(match: re.Match[str], whole: Fraction) -> Number | None:
    """Return a whole number and the fraction behind it, or None: `1 ½ tablets`.

    A number that names a day or a week is no part of it: `week 1 ½ tablet`.
    """
    text, start = match.string, match.start()
    mixed = _MIXED.match(text, match.end())
    if not mixed or not match[0].isdecimal() or _NUMBERED.search(text, max(0, start - 10), start):
        return None
    return _mixed(whole + _VULGAR[mixed["sign"]], match[0], mixed["sign"], mixed.end())


def _mixed(value: Fraction, run: str, sign: str, end: int) -> Number:
    unknown = "" if is_decimal(value) else f"the fraction '{run}{sign}'"
    return Number(None if unknown else value, end, unknown, run)


def _fraction(top: Fraction | int, below: int, run: str, end: int) -> Number:
    value = Fraction(top) / below if below else None
    is_one_part = top == 1 and run.startswith("1/")  # exact, though no decimal can write it
    if value is None or not (is_decimal(value) or is_one_part):
        return Number(None, end, f"the fraction '{run}'", run)
    return Number(value, end, "", run)


def _times_ten(text: str, value: Fraction, end: int, run: str) -> Number | None:
    """Return a number times a power of ten, or None: `5 × 10⁶`, `5x10^6`, `10^6`.

    A raised number behind 10 alone may be the mark of a note or of a reference: `10⁶`.
    """
    match = _TIMES_TEN.match(text, end)
    if not match or (not match["ten"] and (run != "10" or match["raised"])):
        return None
    exponent = int(match["plain"] or match["raised"].translate(_AS_PLAIN))
    power = Fraction(10) ** exponent
    return Number(value * power if match["ten"] else power, match.end(), "", run, power)


def _multiplied(text: str, value: Fraction, end: int, run: str = "") -> Number:
    """Return a number with the multipliers or the half behind it: `2 hundred`, `2 and a half`."""
    factor = Fraction(1)
    while match := MULTIPLIER.match(text, end):
        word, short = (match["word"] or "").lower(), (match["short"] or "").lower()
        factor *= words.MULTIPLIERS[word] if word else words.SHORT_MULTIPLIERS[short]
        end = match.end()
    return _with_a_part(text, Number(value * factor, end, "", run, factor))


def _with_a_part(text: str, read: Number) -> Number:
    """Return a number with the half or quarter behind it; behind a multiplier of what, is open."""
    match = _AND_A_PART.match(text, read.end)
    if not match or read.value is None:
        return read
    if read.factor != 1:
        return Number(None, match.end(), f"what '{match[0].strip()}' is a part of", read.run)
    return Number(read.value + _PARTS[match["part"].lower()], match.end(), "", read.run)


class _Words(NamedTuple):
    """The words of a number that are read: what is complete, what follows it, the last kind."""

    thousands: Fraction = Fraction(0)
    current: Fraction = Fraction(0)
    last: str = ""


def _in_words(text: str, at: int) -> Number | None:
    """Return a number in words: `two hundred and fifty`, `twenty-one`, `a dozen`, `half`."""
    if match := _HALF.match(text, at):
        part = (match["part"] or "half").lower()
        return Number(_PARTS[part], match.end())
    read, end = _Words(), at
    while match := _NEXT_WORD.match(text, end):
        longer = _with_word(read, match)
        if longer is None or (end == at and match.start(1) != at):
            break
        read, end = longer, match.end()
    if not read.last:
        return None
    factor = Fraction(1)
    for word in reversed(_WORDS.findall(text[at:end].lower())):
        if word not in words.MULTIPLIERS:
            break
        factor *= words.MULTIPLIERS[word]
    return _with_a_part(text, Number(read.thousands + read.current, end, factor=factor))


def _with_word(read: _Words, match: re.Match[str]) -> _Words | None:
    """Return the words with one more, or None where that word does not go on with the number."""
    thousands, current, last = read
    word, joined = match[1].lower(), " and " in match[0]
    if word in words.DIGITS and last in ("", "tens", "hundred", "thousand"):
        if last == "tens" and (joined or words.DIGITS[word] > 9):
            return None
        return _Words(thousands, current + words.DIGITS[word], "digit")
    if word in words.TENS and last in ("", "hundred", "thousand"):
        return _Words(thousands, current + words.TENS[word], "tens")
    if word in words.MULTIPLIERS and last in ("digit", "tens", "hundred") and not joined:
        return _times(read, words.MULTIPLIERS[word])
    if word in ("a", "an") and last == "" and MULTIPLIER.match(match.string, match.end()):
        return _Words(thousands, Fraction(1), "digit")
    return None


def _times(read: _Words, factor: int) -> _Words | None:
    """Return the words with a multiplier behind them, or None where two of them are below 1000."""
    if factor >= 1000:
        return _Words(read.thousands + read.current * factor, Fraction(0), "thousand")
    if read.last == "hundred":
        return None
    return _Words(read.thousands, read.current * factor, "hundred")
