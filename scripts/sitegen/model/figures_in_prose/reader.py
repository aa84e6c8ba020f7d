"""Reads one figure from left to right: bound, number, range, unit, denominators, period, bound."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from sitegen.model.figures_in_prose import patterns, words
from sitegen.model.figures_in_prose.dates import YEAR, date_at
from sitegen.model.figures_in_prose.figure import (
    OVER_A_TIME,
    UNIT_NAMED,
    Draft,
    is_presentation,
    sign_doubt,
)
from sitegen.model.figures_in_prose.numbers import MULTIPLIER, REST, Number, comma_may_part, number
from sitegen.model.quantity import write_number
from sitegen.model.units import Spelling, units

_TIMES = UNIT_NAMED["times"]
_TIME_OF_DAY = re.compile(r"(?:[01][0-9]|2[0-4])[0-5][0-9]")


class Reader:
    """Reads the figures of a text. Each method takes a place in it, or a figure begun there.

    `mark` is the decimal mark of the text, or nothing; `spelt` says whether number words count.
    """

    def __init__(self, text: str, mark: str, spelt: bool) -> None:
        self.text, self.mark, self.spelt = text, mark, spelt

    def figure(self, at: int) -> Draft | None:
        """Return the figure that begins here, or None."""
        if single := self._single_dose(at):
            return single
        start = at
        bounds, aged, at = self._opening(at)
        if dose := patterns.DAILY_DOSE.match(self.text, at):
            at = dose.end()
        if sign := patterns.SIGN.match(self.text, at):
            at = sign.end()
        draft = self._range(at, sign[0].strip() if sign else "")
        if draft is None or (dose and draft.row is None) or (aged and not draft.is_time):
            return None
        draft.start, draft.kind = start, "age" if aged else draft.kind
        if dose:
            draft.per.append(words.ADVERBS[dose["word"].lower()])
        if sign and not (sign[0][0] == "+" and draft.row and draft.row.kind == "size"):
            draft.doubt(sign_doubt(sign[0].strip()))
        for bound in bounds:
            self._bound(draft, bound)
        self._bound_behind(draft)
        self._doubt_the_figure(draft)
        return draft

    def _opening(self, at: int) -> tuple[list[re.Match[str]], bool, int]:
        """Return the bounds that stand here, whether it is an age that they bound, and their end.

        The word may stand before them or behind: `age ≥ 18 years`, `mean age of 45 years`.
        """
        bounds = self._bounds(at)
        at = bounds[-1].end() if bounds else at
        aged = patterns.AGED.match(self.text, at)
        if aged:
            more = self._bounds(aged.end())
            at = more[-1].end() if more else aged.end()
            bounds += more
        return bounds, aged is not None, at

    def _bounds(self, at: int) -> list[re.Match[str]]:
        """Return the bounds that stand here, one behind the other; three at the most."""
        found: list[re.Match[str]] = []
        while len(found) < 3 and (match := patterns.BOUND.match(self.text, at)):
            denies = patterns.NEGATION.search(match[0])
            if denies and patterns.GAP.search(self.text, 0, at):
                break  # how long nothing was done, which is no limit
            found.append(match)
            at = match.end()
        return found

    def _single_dose(self, at: int) -> Draft | None:
        """Return a single dose as one time: `a single dose`, or a text that is `initial dose`."""
        if self.spelt and (match := patterns.SINGLE_DOSE.match(self.text, at)):
            per = ["day"] if match["daily"] else []
            return Draft(at, match.end(), Fraction(1), Fraction(1), row=_TIMES, per=per)
        if self.spelt and at == 0 and patterns.ONE_DOSE.fullmatch(self.text):
            return Draft(at, len(self.text), Fraction(1), Fraction(1), row=_TIMES)
        return None

    def _doubt_the_figure(self, draft: Draft) -> None:
        """Doubt what only a whole figure shows to be doubtful."""
        if "/" in draft.run and not _is_part_of_a_unit(draft, self.text[: draft.end]):
            draft.doubt(f"the fraction '{draft.run}'")
        if draft.run.startswith(","):
            draft.doubt(f"'{draft.run}' begins with a comma")
        if (draft.row is None or draft.counts_heads) and comma_may_part(draft.run, self.mark):
            draft.doubt(f"'{draft.run}' is one number or two")
        if draft.counts_heads and draft.spread is not None:
            draft.doubt("a mean of people or animals")
        if draft.counts_heads and not draft.is_whole:
            draft.doubt("a part of one person or animal")
        if draft.row is None and draft.spread is not None:
            draft.doubt("a mean without a unit")
        if other := patterns.MAY_BE_ANOTHER.match(self.text, draft.start):
            draft.doubt(f"'{other[0]}', which may count something else")

    # bounds

    def _bound(self, draft: Draft, match: re.Match[str]) -> None:
        """Take a bound that stands before a figure."""
        word = match[0].strip().lower()
        may_last = word == "within" or (word == "over" and draft.is_range)
        if may_last and draft.kind == "age":
            draft.doubt(f"the word '{word}' before an age")
        elif may_last and draft.is_time and draft.is_range:
            return  # how long it takes, which is no bound of a range
        if draft.row and not draft.is_time and patterns.OF_A_TIME.search(word):
            draft.doubt(f"the word '{word}', which is of a time")
        if word == "over" and draft.is_time and draft.kind != "age":
            draft.doubt(OVER_A_TIME)
        if word == "over" and draft.unit in ("times", "doses"):
            draft.doubt("'over' before a count: more than it, or spread over it")
        if word == "within" and not draft.is_time:
            draft.doubt("the word 'within'")
        sign = match["sign"]
        if sign == "=>" and match.start():
            draft.doubt("the sign '=>', which may be an arrow")
        if draft.is_time and patterns.OF_AGE.search(word):
            draft.kind = "age"
        draft.set_bound(
            words.SIGNS_BEFORE[sign] if sign else patterns.SIGN_OF[match.lastgroup or ""]
        )

    def _bound_behind(self, draft: Draft) -> None:
        """Take a bound behind a figure, or behind its number and before its unit."""
        match = patterns.BOUND_BEHIND.match(self.text, draft.end)
        if not match or self._bounds_the_next(draft, match):
            return
        draft.end = match.end()
        draft.set_bound(patterns.SIGN_OF[match.lastgroup or "least"])
        if match[0].lower().strip(" ,.()") == "min":
            draft.doubt(f"'{match[0].strip()}' is a minimum or a minute")
        if patterns.OF_AGE.search(match[0]):
            draft.kind = "age"
        if draft.row is None:
            self.take_unit(draft)
            self._denominators(draft)

    def _after_marks(self, at: int) -> int:
        """Return where the text goes on behind spaces and commas."""
        while self.text[at : at + 1] in (" ", ","):
            at += 1
        return at

    def _bounds_the_next(self, draft: Draft, behind: re.Match[str]) -> bool:
        """Return whether a bound stands before another figure: `5 mg/kg, max. 300 mg`.

        Without a mark between them, it may belong to either: `5 mg max. 3 times a day`, and `plus`
        or `and over` may join them: `10 mg plus 5 mL`, `5 mg and over 10 days`.
        """
        at = behind.start() + len(behind["mark"] or "")
        joint = patterns.JOINED_BOUND.match(self.text, at)
        before = patterns.BOUND.match(self.text, joint.end() if joint else at)
        at = before.end() if before else self._after_marks(behind.end())
        is_word = before or behind[0].lower().endswith("plus")
        if not is_word or not (self.number(at) or patterns.ARTICLE_OR_COUNT.match(self.text, at)):
            return False
        if not (behind["mark"] or "").strip():
            draft.kind = "unknown"
            draft.doubt(f"'{(before or behind)[0].strip()}' between two figures")
        return True

    # ranges

    def _range(self, at: int, sign: str = "") -> Draft | None:
        """Return an amount, or a range with one unit or a unit at both ends.

        Behind a sign, a second minus may follow a word: `-2.9 to -0.5`. A dash there is a doubt.
        """
        if hourly := self._hourly(at):
            return hourly
        opened = patterns.BETWEEN.match(self.text, at)
        first = self._amount(opened.end() if opened else at)
        if first is None:
            return None
        first.signs = (sign, sign)
        match = None if first.noun else self._dash(first, opened)
        second = None
        below = patterns.BELOW.match(self.text, match.end()) if match else None
        if match:
            at = below.end() if below else match.end()
            second = self._second(first, match, at)
        if opened and second is None:
            return None
        first.start = at
        if match and second and self._join(first, second, "-" in match[0]):
            if more := patterns.ANOTHER_DASH.match(self.text, first.end):
                first.doubt("several dashes", more.end())
            if below:
                self._open_above(first)
        return first

    def _hourly(self, at: int) -> Draft | None:
        """Return how often a range of hours is: `4-6 hourly`; None where it is no such range."""
        if "ourly" not in self.text:
            return None
        _, ends, after = self._numbers(at)
        match = patterns.HOURLY.match(self.text, after)
        known = [end for end in ends if end]
        if not match or len(known) != 2 or known[0] >= known[1]:
            return None
        return _so_often(at, match.end(), *_how_often(known, UNIT_NAMED["hours"]))

    def _dash(self, first: Draft, opened: re.Match[str] | None) -> re.Match[str] | None:
        """Return what makes a range of a number and the next, or None.

        `5 mg up to 10 mg daily` may be doses of 5 mg: only `5 up to 10 mg` is a range, and one
        that `from` opens.
        """
        if opened and opened["between"]:
            return patterns.AND.match(self.text, first.end)
        if opened and opened["ot"]:
            return patterns.UP_TO_RUSSIAN.match(self.text, first.end)
        up_to = patterns.UP_TO.match(self.text, first.end) if opened or first.row is None else None
        return up_to or patterns.RANGE.match(self.text, first.end)

    def _second(self, first: Draft, dash: re.Match[str], at: int) -> Draft | None:
        """Return the amount behind the dash or word of a range, with its sign."""
        mark = self.text[at : at + 1]
        takes_minus = first.signs[0] == "-" and "-" not in dash[0]
        second = self._amount(at + (mark == "+" or (mark == "-" and takes_minus)))
        if second:
            second.signs = ("", mark if mark in "+-" else "")
        return second

    def _open_above(self, draft: Draft) -> None:
        """Take the sign before the upper end of a range, which excludes it: `6 to < 12 years`."""
        if draft.bound:
            draft.doubt("two bounds")
        draft.bound = "<"

    def _join(self, first: Draft, second: Draft, is_dash: bool) -> bool:
        """Make a range of two amounts, and return whether they are one."""
        self._share_factor(first, second)
        if first.row is None:
            first.row, first.per, first.kind = second.row, second.per, second.kind
            first.noun = second.noun
        elif second.row is None or not (first.row == second.row or first.convert(second.row)):
            if not is_dash:
                return False
            first.doubt("a dash between two figures")
        elif first.per and first.per != second.per:
            first.doubt("a range of two denominators")
        if second.kind == "age":
            first.kind = "age"
        if _may_be_a_power(first, second, self.text[first.end : first.end + 1]):
            first.doubt("a range, or a power of ten printed flat")
        if first.spread is not None or second.spread is not None:
            first.doubt("a range of means")
        first.per = first.per or second.per
        first.unknown += second.unknown
        self._set_upper_end(first, second, is_dash)
        return True

    @staticmethod
    def _set_upper_end(first: Draft, second: Draft, is_dash: bool) -> None:
        """Give a figure its upper end, with the sign and the bound of that."""
        first.high, first.end = second.high, second.end
        first.signs = (first.signs[0], second.signs[1])
        if second.bound:
            first.set_bound(second.bound)
        if first.signs[0] == "-" and is_dash:
            first.doubt("a dash behind a number with a sign")
        low, high = first.end_with_sign(0), first.end_with_sign(1)
        if low is not None and high is not None and high <= low:
            first.doubt("a range that does not rise")

    @staticmethod
    def _share_factor(first: Draft, second: Draft) -> None:
        """Give the lower end the multiplier of the upper one, where it can only be of both.

        `1-2 million units` are millions. `two to three hundred` may begin at two and `500 to 1
        million` at 500 thousand, and are doubts; `fifty to two hundred` can only begin at fifty.
        """
        factor = second.factor
        if first.row or factor == 1 or first.factor != 1:
            return
        if first.low is None or second.low is None:
            return
        if first.low >= second.low / factor:
            if factor < 1 or factor >= 1_000_000:
                first.doubt("a multiplier of one number or of two")
        elif factor >= 1000 or factor <= Fraction(1, 1000):
            first.low *= factor
        else:
            first.doubt("a multiplier of one number or of two")

    # amounts

    def _amount(self, at: int) -> Draft | None:
        """Return the number here with its unit and denominators."""
        if self.spelt and (match := patterns.COUNT.match(self.text, at)):
            count = Fraction(words.COUNTS[match["word"].lower()])
            draft = Draft(at, match.end(), count, count, row=_TIMES)
            self._denominators(draft)
            return draft
        found = self.number(at)
        if found is None:
            return None
        found = self._in_both(found)
        draft = Draft(at, found.end, found.value, found.value, found.run, factor=found.factor)
        if found.unknown:
            draft.doubt(found.unknown)
        if self._goes_on(draft):
            return draft
        if plus := patterns.PLUS.match(self.text, draft.end):
            draft.bound, draft.end = "≥", plus.end()
        self._spread(draft)
        self._unit(draft)
        if draft.bound and draft.counts_heads:
            draft.doubt("a plus sign before people: an age, or their number")
        if draft.row:
            self._denominators(draft)
            self._spread(draft)
            self._goes_on(draft)
        return draft

    def number(self, at: int) -> Number | None:
        """Return the number that begins here, or None."""
        return number(self.text, at, self.mark, self.spelt)

    def _in_both(self, found: Number) -> Number:
        """Return a number with the same number behind it in brackets: `five (5)`, `5 (five)`.

        One of them must be in words: the other of two in digits may be a spread.
        """
        opened = re.compile(r" ?\(").match(self.text, found.end) if self.spelt else None
        again = self.number(opened.end()) if opened else None
        if not again or not self.text.startswith(")", again.end) or again.value != found.value:
            return found
        return replace(found, end=again.end + 1) if bool(again.run) != bool(found.run) else found

    def _goes_on(self, draft: Draft) -> bool:
        """Return whether a number is part of a product, ratio or sum; none is understood."""
        for go_on, what in (
            (patterns.PRODUCT_OF_NUMBERS, "the multiplication"),
            (patterns.RATIO_OR_SUM, "the ratio or sum"),
        ):
            if match := go_on.match(self.text, draft.end):
                rest = REST.match(self.text, match.end())
                draft.end = rest.end() if rest else match.end()
                draft.kind = "unknown"
                draft.doubt(f"{what} '{self.text[draft.start : draft.end].strip()}'")
                return True
        return False

    def _spread(self, draft: Draft) -> None:
        """Take what follows ±: it says how far values spread, and is never an amount."""
        match = patterns.SPREAD.match(self.text, draft.end)
        found = self.number(match.end()) if match else None
        if not match or not found:
            return
        draft.end, draft.spread = found.end, found.value
        if found.factor != draft.factor:
            draft.doubt("a multiplier of one number or of two")
        if found.unknown:
            draft.doubt(found.unknown)
        if "(" in match[0]:
            draft.end += self.text.startswith(")", draft.end)
        own = self._unit_at(draft.end) if draft.row else None
        if own and own[0] in (draft.row, UNIT_NAMED["%"]):
            draft.end = own[1]

    # units and nouns

    def _unit(self, draft: Draft) -> None:
        """Take the unit behind a number, or the noun that it counts."""
        after = draft.end
        if self.take_unit(draft):
            self._doubt_the_unit(draft, after)
            if draft.counts_heads:
                self._heads(draft, after)
            elif draft.is_time and (match := patterns.OLD.match(self.text, draft.end)):
                draft.kind, draft.end = "age", match.end()
        elif match := patterns.HOURLY.match(self.text, after):
            draft.row, draft.end = _TIMES, match.end()
            if draft.low:
                draft.low, draft.high, per = _how_often([draft.low], UNIT_NAMED["hours"])
                draft.per.append(per)
        elif match := patterns.TIMES_SIGN.match(self.text, after):
            draft.row, draft.end = _TIMES, match.end()
            self._denominators(draft)
            if not draft.per:
                draft.doubt(f"'{match[0].strip()}'")
        elif self._times_in_a_period(after):
            draft.row = _TIMES
        elif not (self._unit_of_a_kind(draft) or self._heads_of_a_kind(draft)):
            self._noun(draft)

    def _doubt_the_unit(self, draft: Draft, after: int) -> None:
        """Doubt a unit that may be another word, or may belong to the last of several words."""
        whole, spelling = self.text[draft.start : draft.end], self.text[after : draft.end]
        if draft.row == UNIT_NAMED["g"] and "г" in spelling and YEAR.fullmatch(draft.run):
            draft.doubt(f"'{whole}' is a year or grams")
        if draft.row == UNIT_NAMED["hours"] and _TIME_OF_DAY.fullmatch(draft.run):
            draft.doubt(f"'{whole}' is a time of the day or how long")
        if spelling == "s":
            draft.doubt(f"'{whole}' is seconds or a plural")
        if draft.row == UNIT_NAMED["points"]:
            self._doubt_the_points(draft, whole, spelling)
        elif points := patterns.POINTS_BEHIND.match(self.text, draft.end):
            draft.doubt(f"the words '{spelling.strip()}{points[0]}'", points.end())
        is_in_words = draft.factor > 1 and " " in whole[: after - draft.start]
        if is_in_words and spelling.startswith("-"):
            draft.doubt(f"'{whole}' is one number or two")

    def _doubt_the_points(self, draft: Draft, whole: str, spelling: str) -> None:
        """Doubt points that are no score: `a 5-point scale`, `2 points of care`."""
        is_singular = patterns.POINT.fullmatch(spelling) and draft.low != 1
        if spelling.startswith("-") or is_singular:
            draft.doubt(f"'{whole}' is a score or a scale")
        if of_what := patterns.OF_SOMETHING.match(self.text, draft.end):
            draft.doubt(f"the words '{spelling.strip()}{of_what[0]}'")

    def _unit_of_a_kind(self, draft: Draft) -> bool:
        """Take a unit behind words that only say which: `1 more tablet`, `10 consecutive days`."""
        at, known = draft.end, words.KINDS_OF_PRESENTATION | words.KINDS_OF_TIME
        kinds = []
        while (match := patterns.WORD_BEHIND.match(self.text, at)) and match[1].lower() in known:
            kinds.append(match[1].lower())
            at = match.end()
        row, end = (self._unit_at(at) if kinds else None) or (None, at)
        if row is None or not (is_presentation(row) or row.kind == "duration"):
            return False
        of_unit = words.KINDS_OF_PRESENTATION if is_presentation(row) else words.KINDS_OF_TIME
        if of_unit.issuperset(kinds):
            draft.row, draft.end = row, end
        return draft.row is not None

    def _times_in_a_period(self, at: int) -> bool:
        """Return whether a bare number is divided by a time: `2 per day`, `3 a day` are times."""
        match = patterns.SLASH.match(self.text, at) or patterns.ONE_OF.match(self.text, at)
        found = self._divisor(match.end()) if match else None
        return bool(found and _is_time(found[0]))

    def take_unit(self, draft: Draft) -> bool:
        """Take the unit that stands here, and return whether one does."""
        found = self._unit_at(draft.end)
        if found:
            draft.row, draft.end = found
        return bool(found)

    def _unit_at(self, at: int) -> tuple[Spelling, int] | None:
        """The unit whose word stands here or behind a space or hyphen, and where it ends."""
        if self.text[at : at + 1] in (" ", "-"):
            at += 1
        if dotted := patterns.DOTTED.match(self.text, at):
            plain = dotted[0].replace(".", "")
            if plain in words.DOTTED_UNITS and (row := _unit_of(plain)):
                return row, dotted.end()
        match = patterns.UNIT.match(self.text, at)
        if not match:
            return None
        second = patterns.WORD_BEHIND.match(self.text, match.end())
        pair = words.UNIT_PAIRS.get((match[0].lower(), second[1].lower() if second else ""))
        if second and pair:
            return UNIT_NAMED[pair], second.end()
        row = _unit_of(match[0].replace(" ", ""))
        if row is None or re.match(r"[\w²³]", self.text[match.end() : match.end() + 1]):
            return None
        return row, match.end()

    def _heads(self, draft: Draft, after: int) -> None:
        """Take all words for people: `40 adult patients`, `10 control rats`.

        Doubt them behind a hyphen, and where they count time: `40 patient-years`.
        """
        while (found := self._unit_at(draft.end)) and found[0].kind in ("people", "animals"):
            draft.row, draft.end = found
        if self.text.startswith("-", after):
            draft.doubt(f"the words '{self.text[draft.start : draft.end]}'")
        if match := _THEIR_DOSES.match(self.text, draft.end):
            draft.doubt(f"the words '{match[0].strip()}'", match.end())
        if match := patterns.TIME_OF_PEOPLE.match(self.text, draft.end):
            draft.doubt(f"the words '{self.text[after + 1 : match.end()]}'", match.end())

    def _heads_of_a_kind(self, draft: Draft) -> bool:
        """Take people or animals behind words that only say which, and return whether that is so.

        Any adjective of the table may stand between, and one other word in the singular that is
        no measure, place or verb: `30 elderly patients`.
        """
        at, others = draft.end, 0
        while match := patterns.WORD_BEHIND.match(self.text, at):
            found = self._unit_at(at) if at != draft.end else None
            if found and found[0].kind in ("people", "animals"):
                draft.row, draft.end = found
                self._heads(draft, at)
                return True
            word, at = match[1].lower(), match.end()
            if word not in words.PEOPLE_ADJECTIVES:
                others += 1
                if others > 1 or not _may_be_an_adjective(word):
                    return False
        return False

    def _noun(self, draft: Draft) -> None:
        """Take a word that is no unit known here: it is a part that is not understood."""
        quoted = patterns.PRIME.match(self.text, draft.end)
        if quoted and not patterns.PRIME.search(self.text, 0, draft.start):
            draft.doubt(f"the mark {quoted[0]} behind a number", quoted.end())
            return
        glued = patterns.GLUED.match(self.text, draft.end)
        if glued and not patterns.RANGE_WORD.match(self.text, draft.end):
            if ordinal := patterns.ORDINAL_ENDING.match(self.text, draft.end):
                draft.kind, draft.end = "ordinal", ordinal.end()
                self.take_unit(draft)
                return
            draft.noun = glued[0].lower().strip("-")
            draft.doubt(f"'{self.text[draft.start : glued.end()]}'", glued.end())
            return
        spaced = patterns.WORD_BEHIND.match(self.text, draft.end)
        if not spaced or self._has_a_meaning(draft.end + 1, spaced[1].lower()):
            return
        is_numbered = patterns.NUMBERED.search(self.text, 0, draft.start)
        if self.spelt or not (is_numbered or spaced[1].endswith("ed")):  # `40 improved`
            draft.noun = spaced[1].lower()
            draft.doubt(f"the word '{spaced[1]}'", spaced.end())

    def _has_a_meaning(self, at: int, word: str) -> bool:
        """Return whether the word after a number has another meaning than what is counted."""
        if word in words.FUNCTION_WORDS or word in words.JOINING or words.is_harmless(word):
            return True
        before = (patterns.BOUND_BEHIND, patterns.RANGE)
        here = (patterns.BOUND, patterns.FREQUENCY, patterns.ADVERB, patterns.COUNT, MULTIPLIER)
        return bool(
            any(expression.match(self.text, at - 1) for expression in before)
            or any(expression.match(self.text, at) for expression in here)
            or self._every(at)
            or self.number(at)
        )

    # denominators and periods

    def _denominators(self, draft: Draft) -> None:
        """Take everything that divides the unit, in any notation, up to the last of it."""
        if draft.row is None or draft.kind == "age":
            return
        while self._slash(draft) or self._inverse(draft) or self._period(draft):
            pass
        if match := patterns.POWER_OF_UNIT.match(self.text, draft.end):
            draft.doubt(f"the exponent '{match[0]}'", match.end())
        if draft.row == _TIMES and not draft.per:
            if match := patterns.NOT_HOW_OFTEN.match(self.text, draft.end):
                draft.doubt(f"the words 'times{match[0]}'")
        if len([part for part in draft.per if _is_time(part)]) > 1 or len({*draft.per}) < len(
            draft.per
        ):
            draft.doubt(f"the denominators of '{self.text[draft.start : draft.end]}'")
        if draft.row.many in [period.split(" ", 1)[-1] for period in draft.per]:
            draft.doubt(f"'{self.text[draft.start : draft.end]}' names two amounts")

    def _slash(self, draft: Draft) -> bool:
        """Take a denominator behind `/` or `per`, and those joined to it: `mg/(kg·day)`."""
        match = patterns.SLASH.match(self.text, draft.end)
        if not match:
            return False
        self._divide(draft, match.end())
        while joint := patterns.TOGETHER.match(self.text, draft.end) or (
            match["group"] and re.compile(" ").match(self.text, draft.end)
        ):
            if not self._divisor(joint.end()):
                break
            self._divide(draft, joint.end())
        for bracket in (match["open"], match["group"]):
            draft.end += bool(bracket) and self.text.startswith(")", draft.end)
        return True

    def _divide(self, draft: Draft, at: int) -> None:
        """Divide by what stands here; where that is no unit, it is not understood."""
        if found := self._divisor(at):
            draft.per.append(found[0])
            draft.end = found[1]
            return
        rest = re.compile(r"[^\s,;)]*").match(self.text, at)
        end = rest.end() if rest else at
        draft.per.append("?")
        draft.doubt(f"the denominator '{self.text[draft.end : end].strip()}'", end)

    def _divisor(self, at: int) -> tuple[str, int] | None:
        """Return what a figure is divided by, with its number and its end: `24 hours`, `kg`."""
        found, ends, after = self._numbers(at)
        if found is None and (article := patterns.ARTICLE.match(self.text, at)):
            after = article.end()
        unit = self._surface_at(after) or self._unit_at(after)
        if not unit or (found and None in ends):
            return None
        row, end = unit
        whose = {"kg": patterns.OF_BODY, "m2": patterns.OF_SURFACE}.get(row.many)
        if whose and (body := whose.match(self.text, end)):
            end = body.end()
        return _named([end for end in ends if end is not None], row), end

    def _surface_at(self, at: int) -> tuple[Spelling, int] | None:
        """Return a square metre whose superscript a copy set apart: `/m 2 /24 hours`."""
        match = patterns.SURFACE.match(self.text, at)
        return (UNIT_NAMED["m2"], match.end()) if match else None

    def _numbers(self, at: int) -> tuple[Number | None, list[Fraction | None], int]:
        """Return a number or the two of a range, and where they end."""
        first = self.number(at)
        if first is None:
            return None, [], at
        first = self._in_both(first)
        if dash := patterns.RANGE.match(self.text, first.end):
            if second := self.number(dash.end()):
                return first, [first.value, second.value], second.end
        return first, [first.value], first.end

    def _inverse(self, draft: Draft) -> bool:
        """Take a denominator that is a power: `kg⁻¹`, `kg^-1`, `kg-1`, `·kg⁻¹`."""
        own = patterns.INVERSE.match(self.text, draft.end)
        if own and not (own[0] == "-1" and self._unit_at(own.end())):
            draft.doubt(f"the exponent '{own[0]}'", own.end())
            return True
        joint = patterns.TOGETHER.match(self.text, draft.end)
        at = joint.end() if joint else draft.end + self.text.startswith(" ", draft.end)
        if surface := patterns.INVERSE_SURFACE.match(self.text, at):
            draft.per.append("m2")
            draft.end = surface.end()
            return True
        unit = re.compile(r"[^\W\d_]+").match(self.text, at)
        if not unit or (at == draft.end and self.text[at - 1].isalpha()):
            return False
        return self._unit_to_a_power(draft, unit, is_joined=joint is not None)

    def _unit_to_a_power(self, draft: Draft, unit: re.Match[str], is_joined: bool) -> bool:
        """Take a unit with an exponent as a denominator, and return whether it has one."""
        power = patterns.INVERSE.match(self.text, unit.end())
        other = patterns.POWER_OF_UNIT.match(self.text, unit.end())
        row = _unit_of(unit[0])
        if power:
            draft.per.append(row.one if row else "?")
            draft.end = power.end()
            if row is None:
                draft.doubt(f"the denominator '{unit[0]}{power[0]}'")
        elif other and other[0].startswith(("⁻", "^-", "-")):
            draft.doubt(f"the denominator '{unit[0]}{other[0]}'", other.end())
        elif is_joined and row:
            draft.doubt(f"the product with '{unit[0]}'", unit.end())
        else:
            return False
        return True

    def _period(self, draft: Draft) -> bool:
        """Take a period in words: `a day`, `daily`, `every 12 hours`, `in 24 hours`."""
        if draft.row is None or draft.row.kind in ("duration", "size", "score", "ratio"):
            return False
        if match := patterns.BY_ADVERB.match(self.text, draft.end):
            draft.per.append(words.ADVERBS[match["word"].lower()])
            draft.end = match.end()
            return True
        if draft.row.kind == "count" and self._counted_by_interval(draft):
            return True
        if match := patterns.ONE_OF.match(self.text, draft.end):
            self._divide(draft, match.end())
            return True
        for expression in (patterns.IN_ONE, patterns.DURING) if _is_spread_in_time(draft) else ():
            match = expression.match(self.text, draft.end)
            if not match or (expression is patterns.IN_ONE and self.number(match.end())):
                continue
            if "at" in match.re.groupindex and match["at"] and draft.row.kind != "count":
                continue  # `5 мг в 8 часов` may be at eight o'clock
            found = self._divisor(match.end())
            if found and (expression is patterns.IN_ONE or _is_time(found[0])):
                draft.per.append(found[0])
                draft.end = found[1]
                return True
        return False

    def _counted_by_interval(self, draft: Draft) -> bool:
        """Take an interval behind a count: `twice every 12 hours` is 4 per day."""
        if self.text[draft.end : draft.end + 1] not in (" ", "-"):
            return False
        every = self._every(draft.end + 1)
        if every is None or every[0] != every[1]:
            return False
        often, _, per, draft.end = every
        draft.per.append(per)
        if draft.low is not None and draft.high is not None:
            draft.low, draft.high = draft.low * often, draft.high * often
        return True

    # frequencies and times without a number before them

    def frequency(self, at: int) -> Draft | None:
        """Return a frequency that needs no number: `daily`, `b.i.d.`, `every 8 hours`."""
        if match := patterns.FREQUENCY.match(self.text, at):
            often, per = words.FREQUENCIES[match["word"].lower().replace(".", "")]
            return _so_often(at, match.end(), Fraction(often), Fraction(often), per)
        if match := patterns.ADVERB.match(self.text, at):
            per = words.ADVERBS[match["word"].lower()]
            draft = _so_often(at, match.end(), Fraction(1), Fraction(1), per)
            draft.divides = True
            return draft
        if every := self._every(at):
            low, high, per, end = every
            draft = _so_often(at, end, low, high, per)
            matched = patterns.EVERY.match(self.text, at)
            draft.divides = bool(matched and self._unit_at(matched.end()))  # `every day` is `daily`
            return draft
        return None

    def _every(self, at: int) -> tuple[Fraction, Fraction, str, int] | None:
        """Return an interval as a frequency, its period, and where it ends: `every 8 hours`."""
        if match := patterns.ALTERNATE.match(self.text, at):
            return self._interval(match.end(), [Fraction(2)])
        match = patterns.EVERY_OR_Q.match(self.text, at)
        if not match:
            return None
        if ordinal := patterns.EVERY_ORDINAL.match(self.text, match.end()):
            number_of = ordinal["digits"] or words.EVERY_ORDINAL[ordinal["word"].lower()]
            return self._interval(ordinal.end(), [Fraction(number_of)])
        _, ends, end = self._numbers(match.end())
        known = [end for end in ends if end]
        letter = patterns.LETTER_OF_Q.match(self.text, end) if match[0][0] in "qQ" else None
        if letter and len(known) == len(ends):
            row = UNIT_NAMED[words.LETTERS_OF_Q[letter["letter"].lower()]]
            return *_how_often(known, row), letter.end()
        return self._interval(end, known) if len(known) == len(ends) else None

    def _interval(
        self, at: int, ends: list[Fraction]
    ) -> tuple[Fraction, Fraction, str, int] | None:
        """Return an interval: a number of the unit of time here; one if there is no number."""
        unit = self._unit_at(at)
        if not unit or unit[0].kind != "duration":
            return None
        return *_how_often(ends or [Fraction(1)], unit[0]), unit[1]

    def time_with_article(self, at: int) -> Draft | None:
        """Return a length of time with an article for its number: `a week`."""
        bound = patterns.BOUND.match(self.text, at)
        article = re.compile(r"an? ", re.I).match(self.text, bound.end() if bound else at)
        unit = self._unit_at(article.end()) if article else None
        if not unit or unit[0].kind != "duration":
            return None
        draft = Draft(at, unit[1], Fraction(1), Fraction(1), row=unit[0], divides=bound is None)
        if unit[0] == UNIT_NAMED["seconds"]:
            draft.doubt("'a second', which may be another one")
        if patterns.DOSE_BEFORE.search(self.text, 0, at):
            draft.doubt(f"'dose {self.text[at : draft.end]}', which may say how often")
        if bound:
            self._bound(draft, bound)
        self._bound_behind(draft)
        return draft

    # names, dates, ordinals

    def date(self, at: int) -> Draft | None:
        """Return the date that begins here, or None."""
        found = date_at(self.text, at)
        if not found:
            return None
        end, dates = found
        draft = Draft(at, end, kind="date", dates=dates)
        if not dates:
            draft.doubt(f"the date '{self.text[at:end]}'")
        return draft

    def name(self, at: int) -> Draft | None:
        """Return a name or code that holds digits, which are no number: `C9H8O4`."""
        match = patterns.NAME.match(self.text, at)
        if not match:
            return None
        draft = Draft(at, match.end(), kind="name")
        draft.doubt(f"the name '{match[0]}'")
        return draft

    def foreign(self, at: int) -> Draft | None:
        """Return digits of another alphabet, which are no number here: `５`, `٥`."""
        if not self.text[at].isdecimal():
            return None
        draft = Draft(at, at + 1)
        draft.doubt(f"the digit '{self.text[at]}'")
        return draft

    def ordinal(self, at: int) -> Draft | None:
        """Return an ordinal in words, with the unit behind it, which it does not count."""
        match = patterns.ORDINAL.match(self.text, at)
        if not match:
            return None
        place = Fraction(words.ORDINALS[match["word"].lower()])
        draft = Draft(at, match.end(), place, place, kind="ordinal")
        self.take_unit(draft)
        return draft


def _may_be_a_power(first: Draft, second: Draft, dash: str) -> bool:
    """Return whether a range may be a power of ten whose exponent a copy set flat.

    `10-12 mol/L`, of which there is no such amount, and `1.10-3 g`, in the French way.
    """
    if dash != "-" or not second.run.isdecimal() or second.row is None:
        return False
    is_ten = first.run == "10" and second.row.many == "mol"
    return is_ten or patterns.FLAT_POWER.fullmatch(first.run) is not None


def _so_often(at: int, end: int, low: Fraction, high: Fraction, per: str) -> Draft:
    return Draft(at, end, low, high, row=_TIMES, per=[per])


def _how_often(ends: list[Fraction], row: Spelling) -> tuple[Fraction, Fraction, str]:
    """An interval as a frequency: of the day, where a day is a whole number of intervals."""
    often = [words.HOURS_OF_A_DAY / each for each in ends]
    if row.many == "hours" and all(each.denominator == 1 for each in often):
        return min(often), max(often), "day"
    return Fraction(1), Fraction(1), _named(ends, row)


def _named(ends: list[Fraction], row: Spelling) -> str:
    """A unit with its number or range, by the name that is best known: `day`, `5 days`."""
    if ends in ([], [1]):
        return row.one
    name = f"{'-'.join(map(write_number, ends))} {row.many}"
    return words.SAME_PERIODS.get(name, name)


def _unit_of(word: str) -> Spelling | None:
    """The unit that a word is; a single capital is no unit in small letters, but for L and U."""
    if word in words.NO_UNITS or (len(word) == 1 and word.isupper() and word not in "LU"):
        return None
    spelt = units().spelt
    return spelt.get(word) or spelt.get(word.lower())


def _is_spread_in_time(draft: Draft) -> bool:
    """Return whether a time after `in` or `over` divides a figure, as it does doses and counts."""
    return draft.row is not None and draft.row.kind in ("amount", "count")


def _is_time(name: str) -> bool:
    return units().kind_of.get(name.rpartition(" ")[2]) == "duration"


def _may_be_an_adjective(word: str) -> bool:
    """Return whether an unknown word before people may only say which people.

    A plural is another thing that is counted, `-ed` and `-ing` are what those things did.
    """
    known = (words.NO_ADJECTIVES, words.FUNCTION_WORDS, units().spelt, words.ALL_NUMBERS)
    return (
        len(word) > 3
        and "-" not in word
        and not word.endswith(("s", "ed", "ing", "ly"))
        and not any(word in phrase for phrase in known)
        and not any(word in month.split() for month in words.MONTHS)
        and not _OF_A_MEASURE.search(word)
    )


_OF_A_MEASURE = re.compile(r"летн|месячн|недельн|дневн|годовал|грамм|jähr|monat|wöch|tägig")
"""In adjectives of age and weight, of which the number before says how much: `65-летних`."""


_THEIR_DOSES = re.compile(r"['’]? doses?\b")
_WHOLE_ONES = frozenset("drops sprays puffs capsules".split())


def _is_part_of_a_unit(draft: Draft, text: str) -> bool:
    """Return whether a fraction is one of a unit: a half or quarter of it, or any part of a volume.

    `500/125 mg` are two strengths, and `12/40 patients` are twelve of forty. `1/2 puffs` and
    `3/4 days` are one or two, and three or four.
    """
    if draft.row is None or draft.row.kind not in ("amount", "duration"):
        return False
    if draft.row.many in _WHOLE_ONES or (draft.is_time and text.endswith("s")):
        return False
    is_volume = draft.row.many in ("mL", "L")
    return draft.run in ("1/2", "1/4", "3/4") or (is_volume and draft.run.startswith("1/"))
