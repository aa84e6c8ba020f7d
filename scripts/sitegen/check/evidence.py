"""Whether the figures of a value are in the sentences that it cites.

What printed figures prove is a set of keys: amounts, dates, numbers, meanings. A figure of a value
is proved if one of its own keys is in the set, or if the text quotes a printed figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, combinations, islice, pairwise

from sitegen.model import (
    Locator,
    PointInTime,
    Product,
    Record,
    Site,
    Slug,
    Source,
    StatedReading,
    Verbatim,
    When,
    languages,
)
from sitegen.model.figures_in_prose import (
    Figure,
    breaks_convention,
    has_digits,
    mentioned,
    normalise,
    registered,
)
from sitegen.model.figures_in_prose.words import LABELS
from sitegen.model.quantity import Quantity, Range, unit
from sitegen.model.signed import Signed
from sitegen.model.units import Unit, unit_named, units
from sitegen.model.vocabulary import cached

_CACHED = 1 << 12  # printed texts of which is cached what they prove
_LOCATOR_IN_TEXT = re.compile(r"\b[a-z][a-z0-9-]*\.[0-9]+\.[0-9]+(?:-[0-9]+)?\b")
_DIGITS = re.compile(r"[0-9]+")
_SPACE_BEFORE_BRACKET = re.compile(r" (?=[(\[])")
_OPENING = re.compile(r"\w+|(?<!\w)[^\w ]")  # the first word or mark of what a text may quote
_BEHIND_DIGIT = re.compile(r"((?<=[0-9]) ?[^ ]+)")  # there the case tells units apart: `nM`, `nm`
_ONE_SMALL_LETTER = str.maketrans("İıſµς", "iisμσ")  # letters that share a capital with another
_MOST_EXPLAINED = 3  # figures that were not understood, in one message
_LETTERS_LIKE_DIGITS = str.maketrans("lIOo", "1100")
_LONGEST = 80  # characters of each of them


@dataclass(frozen=True)
class Printed:
    """A figure of a register as its source prints it, with the decimal mark of the source."""

    text: str
    mark: str = ""
    stated: StatedReading | None = None
    """What a curator reads it as, where no rule reads it; it proves that and nothing else."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures that the text states, or its reading."""
        return registered(str(self.stated.reads_as) if self.stated else self.text, self.mark)

    @property
    def keys(self) -> frozenset[Hashable]:
        """Return the keys of everything that it proves."""
        if self.stated is None:
            return _keys_printed(self.text, self.mark)
        return _keys_printed(str(self.stated.reads_as), ".") | {self.stated.reads_as}

    @property
    def doubt(self) -> str:
        """Return what was not understood in the text; empty where everything was."""
        return "; ".join(dict.fromkeys(figure.unknown for figure in self.figures if figure.unknown))

    def states(self, amount: Quantity, where: Collection[str | int] = ()) -> bool:
        """Return whether one of its figures proves an amount; `where` is the path to that."""
        return not self.keys.isdisjoint(_keys_of_amount(amount, where))


def _is_in_several(printed: Printed, unit: Unit) -> bool:
    """Return whether a text gives an amount in several of a unit, or in a part of one."""
    return any(
        one.unit in (unit.one, unit.many)
        and one.low != 1
        and printed.text[: one.start].endswith(" in ")
        for one in printed.figures
    )


@dataclass(frozen=True)
class Evidence:
    """The printed figures that a value is compared with."""

    printed: tuple[Printed, ...]

    @cached_property
    def keys(self) -> frozenset[Hashable]:
        """Return every key that one of the figures proves."""
        return frozenset().union(*(figure.keys for figure in self.printed))

    def of_one(self, held_by: str) -> Evidence:
        """Return the texts that are not of several of a unit: `50 mg in 2 tablets`.

        All of them where no unit is given.
        """
        unit = unit_named(held_by) if held_by else None
        if unit is None:
            return self
        return Evidence(tuple(one for one in self.printed if not _is_in_several(one, unit)))

    @property
    def figures(self) -> Iterator[Figure]:
        """Yield every figure that the printed texts state, or their readings."""
        return (figure for printed in self.printed for figure in printed.figures)

    @cached_property
    def texts(self) -> frozenset[str]:
        """Return the printed texts in one spelling, without capitals."""
        return frozenset(_without_capitals(normalise(figure.text)) for figure in self.printed)

    @cached_property
    def quotable(self) -> frozenset[str]:
        """Return the printed texts in the spelling in which quotations are compared."""
        return frozenset(_with_units_as_they_are(normalise(figure.text)) for figure in self.printed)

    @cached_property
    def lengths(self) -> dict[str, set[int]]:
        """Return how long the printed texts are that begin with a word or mark."""
        found: dict[str, set[int]] = {}
        for text in self.quotable:
            if opening := _OPENING.match(text):
                found.setdefault(opening[0], set()).add(len(text))
        return found

    @cached_property
    def lines(self) -> str:
        """Return the printed texts as lines, and each without the spaces before its brackets."""
        closed_up = (_SPACE_BEFORE_BRACKET.sub("", text) for text in self.texts)
        return "\n".join(sorted(self.texts.union(closed_up)))

    @cached_property
    def doubtful(self) -> tuple[tuple[str, Printed, str], ...]:
        """Return each figure that was not understood, behind its digits, with what to say of it."""
        return tuple(
            (
                "".join(_DIGITS.findall(figure.text)),
                figure,
                f"'{_shortened(figure.text)}' there was not understood: {_shortened(doubt)}",
            )
            for figure in self.printed
            if (doubt := figure.doubt)
        )

    def holds_name(self, name: str) -> bool:
        """Return whether a printed text holds a name as a word of its own."""
        word = _without_capitals(name)
        return word in self.lines and bool(
            re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.lines)
        )

    def holds_number(self, number: str) -> bool:
        """Return whether a printed text holds the number of a registry, and no longer number."""
        word = re.escape(_without_capitals(number))
        return bool(re.search(rf"(?<!\w)(?<!\w[/.-]){word}(?![/.-]?\w)", self.lines))

    def quoted_up_to(self, text: str) -> list[int]:
        """Return for each place of a text where the quotation ends that began there or before.

        A quotation is a whole printed text, between two ends of words.
        """
        plain = _with_units_as_they_are(text)
        ends = [0] * (len(plain) + 1)
        for opening in _OPENING.finditer(plain):
            start = opening.start()
            for length in self.lengths.get(opening[0], ()):
                end = start + length
                if plain[start:end] in self.quotable and not _goes_on(plain, end):
                    ends[start] = max(ends[start], end)
        return list(accumulate(ends, max))


def _without_capitals(text: str) -> str:
    """Return a text in small letters, of the same length."""
    return text.translate(_ONE_SMALL_LETTER).lower()


def _with_units_as_they_are(text: str) -> str:
    """Return a text in small letters but for the word behind each number, of the same length."""
    parts = _BEHIND_DIGIT.split(text.translate(_ONE_SMALL_LETTER))
    return "".join(part if at % 2 else part.lower() for at, part in enumerate(parts))


def _goes_on(text: str, end: int) -> bool:
    """Return whether a word goes on where something in a text ends."""
    return text[end : end + 1].isalnum() or text.startswith("_", end)


@cached(_CACHED)
def _keys_printed(text: str, mark: str) -> frozenset[Hashable]:
    """Return the keys of everything that a printed text proves."""
    plain = normalise(text)
    keys = (
        key
        for figure, is_numbered in _with_labels(plain, registered(text, mark))
        for key in _keys_of(figure, figure.text == plain, is_numbered)
    )
    lengths = (("length", length) for length in _numbered_time(plain))
    repeats = (("repeats", number) for number in _more(plain))
    days = (("days", days) for days in _days(plain))
    weeks = (("weeks", weeks) for weeks in _weeks(plain))
    multiples = (("multiple", amount) for amount in _multiples(plain, mark))
    points = (("point", point) for point in _points(plain))
    return frozenset((*keys, *lengths, *repeats, *days, *weeks, *multiples, *points))


_BESIDES = {
    "days": "days",
    "weeks": "weeks",
    "length": "length",
    "repeats": "repeats",
    "multiple": "target",
    "point": "at_time",
}
"""The fields that texts of these kinds prove."""


def proved_besides(text: str, mark: str = "") -> list[str]:
    """Return what a printed text proves besides its figures, each with its field: `weeks: 1-4`."""
    return sorted(
        f"{_BESIDES[key[0]]}: {key[1]}"
        for key in _keys_printed(text, mark)
        if isinstance(key, tuple) and len(key) == 2 and key[0] in _BESIDES
    )


_MORE = re.compile(
    r"(?:only |just )?(?P<number>[1-9]|one|two|three) (?:more|further|additional|extra)"
    r" (?P<what>[a-z]+)",
    re.IGNORECASE,
)
_DOSES = ("dose", "doses", "time", "times")
_IN_WORDS = {"one": 1, "two": 2, "three": 3}


def _is_presentation(name: str) -> bool:
    """Return whether a name is that of a unit of presentation, for one or for several."""
    return any(name in (one.one, one.many) for one in units().presentations)


def _more(text: str) -> Iterator[int]:
    """Yield how many more doses a text speaks of: `only 1 more tablet`."""
    match = _MORE.fullmatch(text)
    if match and (match["what"].lower() in _DOSES or _is_presentation(match["what"].lower())):
        number = match["number"].lower()
        yield _IN_WORDS.get(number) or int(number)


_DAYS = re.compile(
    r"(?:on )?days? (?P<days>[1-9][0-9]{0,2}(?:(?:-| to | through |, and |, | and )[0-9]{1,3})*)",
    re.IGNORECASE,
)


def _days(text: str) -> Iterator[str]:
    """Yield the days that a text counts, as records write them: `day 1, 8`, `days 1 through 14`."""
    if match := _DAYS.fullmatch(text):
        for days in re.split(", and |, | and ", match["days"]):
            yield re.sub(" to | through ", "-", days)


_WEEKS = re.compile(
    r"(?:in |during |(?P<from>from ))?weeks? (?P<first>[1-9][0-9]{0,2})"
    r"(?:(?:-| to | through )(?P<last>[1-9][0-9]{0,2})|(?P<open> onwards?| and (?:later|after)))?",
    re.IGNORECASE,
)


def _weeks(text: str) -> Iterator[str]:
    """Yield the weeks that a text numbers, as records write them: `weeks 1 to 4`, `from week 17`.

    A week alone may be the first of several: a table prints where the next phase begins.
    """
    match = _WEEKS.fullmatch(text)
    if match is None:
        return
    if match["last"]:
        yield f"{match['first']}-{match['last']}"
        return
    yield f"from {match['first']}"
    if not (match["from"] or match["open"]):
        yield match["first"]


_POINT = re.compile(
    r"(?:(?:at|on) )?(?P<unit>day|week|month|year) (?P<number>0|[1-9][0-9]{0,3})", re.IGNORECASE
)


def _points(text: str) -> Iterator[str]:
    """Yield the point in time that a text numbers, as records write it: `Day 28`, `at week 4`."""
    if match := _POINT.fullmatch(text):
        yield f"{match['unit'].lower()} {match['number']}"


_MULTIPLE = re.compile(
    r"(?P<number>.* times) (?:the )?(?:normal|control|baseline|upper limit of normal)",
    re.IGNORECASE,
)


def _multiples(text: str, mark: str) -> Iterator[Quantity]:
    """Yield how many times a normal value a text speaks of: `1.5 to 2 times normal`."""
    if match := _MULTIPLE.fullmatch(text):
        for figure in registered(match["number"], mark):
            if figure.understood:
                yield from figure.quantities


_NUMBERED_TIME = re.compile(
    r"(?P<unit>day|week|month|year)(?P<many>s)? (?P<first>[0-9]{1,3})"
    r"(?:(?:-| to | through )(?P<last>[0-9]{1,3}))?",
    re.IGNORECASE,
)


def _numbered_time(text: str) -> Iterator[Quantity]:
    """Yield how long the days or weeks are that a text numbers: `weeks 1 through 4`, `week 1`.

    Several without a last one may be a number of them: `months 6`.
    """
    match = _NUMBERED_TIME.fullmatch(text)
    if not match or (match["many"] and not match["last"]):
        return
    first = int(match["first"])
    number = int(match["last"] or first) - first + 1
    if number > 0:
        yield Quantity(Range.of(number), unit(f"{match['unit'].lower()}s"))


_NUMBERS_A_THING = re.compile(rf"(?:\b(?:{LABELS}|doses?|p)|№|p ?[=<>≤≥]) ?$", re.IGNORECASE)
_IN_A_LIST = re.compile(r", ?|,? ?(?:and|or|to|through|&) ?", re.IGNORECASE)


def _with_labels(text: str, figures: Iterable[Figure]) -> Iterator[tuple[Figure, bool]]:
    """Yield each figure of a text, and whether it is numbered, or in a list that begins so.

    A list of which the beginning is not understood may be numbered too: `visits 2 and 30`.
    """
    is_open, end = False, 0
    for figure in figures:
        goes_on = is_open and bool(_IN_A_LIST.fullmatch(text, end, figure.start))
        is_numbered = goes_on or _is_numbered(text, figure)
        yield figure, is_numbered
        is_open, end = is_numbered or not figure.understood, figure.end


def _is_numbered(text: str, figure: Figure) -> bool:
    """Return whether a number names a day or an order, or is a p value: it counts nothing."""
    return bool(_NUMBERS_A_THING.search(text, max(0, figure.start - 10), figure.start)) or (
        figure.start > 0 and text[figure.start - 1] == "["
    )


def _keys_of(figure: Figure, is_alone: bool, is_numbered: bool) -> Iterator[Hashable]:
    """Yield what a printed figure proves; nothing where it is not understood.

    One whose noun is not known proves its number where it is all that is printed. One that names a
    day, an order or a year proves no number of things, and a percentage no number at all.
    """
    if figure.signed:
        yield "signed", figure.signed
    if figure.understood:
        yield figure.meaning
        yield from figure.quantities
        yield from ((amount, figure.spread) for amount in figure.quantities)
        yield from map(_key_of_interval, figure.intervals)
        for size in range(1, len(figure.dates) + 1):
            yield from map(frozenset, combinations(figure.dates, size))
    yield from (("age", amount) for amount in figure.ages)
    yield from (("over", amount) for amount in figure.durations)
    if figure.low is not None and (figure.understood or (figure.noun and is_alone)):
        if figure.unit != "%":
            yield figure.numbers
        if figure.kind == "number" and not (is_numbered or figure.dates):
            yield (*figure.numbers, _noun_as_it_is(figure))
            if is_alone and not figure.noun:
                yield "alone", *figure.numbers


def _noun_as_it_is(figure: Figure) -> str:
    """Return what a figure counts, with its capitals: it may be a unit, as `MHz` and `mHz` are."""
    start = figure.text.lower().rfind(figure.noun)
    return figure.text[start : start + len(figure.noun)] if start >= 0 else figure.noun


def _keys_needed(figure: Figure) -> Iterator[Hashable]:
    """Yield the keys of which one proves a figure of a text.

    A number with a sign needs the same with that sign. A bare number of a text needs the same
    number and bound, whatever is counted; what the text counts in words of its own needs a number
    that is bare in print, or counts the same.
    """
    if figure.signs[0] and figure.signed:
        yield "signed", figure.signed
    if figure.understood:
        yield figure.meaning
        if figure.kind == "number":
            yield figure.numbers
    for amount in figure.quantities:
        yield amount if figure.spread is None else (amount, figure.spread)
    for amount in figure.ages:
        yield from (amount, ("age", amount))
    if figure.dates:
        yield figure.dates
    if figure.noun and not figure.unit and figure.low is not None:
        yield (*figure.numbers, "")
        yield (*figure.numbers, _noun_as_it_is(figure))


_INTERVALS = {"interval", "after", "repeat"}
_PARTS_OF_A_GROUP = {"events", "of"}


def _keys_of_amount(value: Quantity, where: Collection[str | int]) -> Iterator[Hashable]:
    """Yield the keys of which one proves an amount in a field.

    A number of tablets or of participants is proved by a bare number too, where that is all that
    is printed: what they are called stands between, or is not said again.
    """
    yield value
    if _INTERVALS.intersection(where):
        yield _key_of_interval(value)
    if "age" in where:
        yield "age", value
    if "length" in where:
        yield "length", value
    if _PARTS_OF_A_GROUP.intersection(where):
        yield value.range.low, value.range.high, "", ""
    if value.unit in units().presentations or "participants" in where:
        yield "alone", value.range.low, value.range.high, ""
    if "over" in where:
        yield "over", value
    if "target" in where:
        yield "multiple", value
    if "repeats" in where and value.range.is_one:
        yield "repeats", value.range.low
    if "max" in where and value.range.is_one:
        yield Quantity(Range(None, value.range.high), value.unit)


def _in_each(value: Quantity, held_by: str) -> Iterator[Quantity]:
    """Yield an amount as that in one unit of presentation; nothing where no unit holds it."""
    if held_by and (in_each := unit_named(f"{value.unit.many}/{held_by}")):
        yield Quantity(value.range, in_each)


def _key_of_interval(interval: Quantity) -> Hashable:
    """Return what two intervals share that are equally long, whatever their units."""
    return "interval", interval.unit.dimension, interval.range * Range.of(interval.unit.factor)


@cached(1 << 10)
def decimal_mark(source: Source) -> str:
    """Return the decimal mark of a source, or nothing where it is not known.

    It follows from the language, unless a figure of the register needs a decimal comma: then a
    text in a language with a point was set by other rules, and says neither.
    """
    mark = languages.decimal_mark(source.language)
    figures = (figure for sentence in source.sentences for figure in sentence.printed)
    return "" if mark == "." and any(map(breaks_convention, figures)) else mark


def printed_by(source: Source, figures: Iterable[str | StatedReading]) -> Evidence:
    """Return figures of a source's register, to be read by the source's own marks."""
    mark = decimal_mark(source)
    return Evidence(
        tuple(
            Printed(figure.printed, mark, figure)
            if isinstance(figure, StatedReading)
            else Printed(figure, mark)
            for figure in figures
        )
    )


def figures_cited(site: Site, at: tuple[Locator, ...]) -> Evidence:
    """Return the figures of the sentences cited, as their sources print them, each once."""
    cited = (
        printed
        for locator in at
        for place in locator.places
        if (sentence := site.sentence(locator, place))
        for printed in printed_by(site.sources[locator.source], sentence.figures).printed
    )
    return Evidence(tuple(dict.fromkeys(cited)))


def unit_held_by(record: Record, where: Collection[str | int]) -> str:
    """Return the unit of which each holds an amount, such as `tablet`: that of an ingredient.

    `where` is the path to the amount; nothing for any other.
    """
    if isinstance(record, Product) and "ingredients" in where:
        return record.unit or ""
    return ""


def unproved(
    value: object, there: Evidence, where: Collection[str | int] = (), held_by: str = ""
) -> Iterator[str]:
    """Yield each figure of a value that none of those there proves: amounts, dates, texts.

    `where` is the path to the value, and `held_by` the unit of which each holds an amount. An
    interval, from one dose to the next, is proved by a frequency as well, an age by how old people
    are, a limit by what is not to be exceeded, repeats by `1 more tablet`, how many of how many
    people by two numbers: `4 of 9`, and what a tablet holds by `50 mg in each tablet`. The number
    of a registry is printed exactly.
    """
    if isinstance(value, Quantity):
        is_proved = not there.of_one(held_by).keys.isdisjoint(
            (*_keys_of_amount(value, where), *_in_each(value, held_by))
        )
        if not is_proved and not is_printed_apart(value, there, where):
            yield str(value)
    elif isinstance(value, Signed):
        if ("signed", value.meaning) not in there.keys:
            yield str(value)
    elif isinstance(value, When):
        if frozenset([value.text]) not in there.keys:
            yield value.text
    elif isinstance(value, str) and (numbered := _numbered_as(value, where)):
        if (numbered, value) not in there.keys:
            yield str(value)
    elif isinstance(value, Verbatim) and "value" in where:  # the number of a registry
        with_digits = value.translate(_LETTERS_LIKE_DIGITS)
        is_misread = with_digits != value and there.holds_number(normalise(with_digits))
        if (has_digits(value) or is_misread) and not there.holds_number(normalise(value)):
            yield value
    elif isinstance(value, str) and not isinstance(value, Slug | Verbatim):
        yield from unproved_in_text(value, there)


def _numbered_as(value: str, where: Collection[str | int]) -> str:
    """Return what a value numbers: a point in time, days or weeks; nothing for another text."""
    if isinstance(value, PointInTime):
        return "point"
    fields = () if "note" in where else ("days", "weeks")
    return next((field for field in fields if field in where), "")


def unproved_in_text(text: str, there: Evidence) -> Iterator[str]:
    """Yield each figure of a text that is none of those there; locators in it are left out."""
    if not has_digits(text):
        return
    plain = normalise(_LOCATOR_IN_TEXT.sub("", text))
    missing = [figure for figure in mentioned(plain) if there.keys.isdisjoint(_keys_needed(figure))]
    quoted_up_to = there.quoted_up_to(plain) if missing else []
    for figure in missing:
        if figure.kind == "name":
            is_quoted = there.holds_name(figure.text)
        else:
            is_quoted = quoted_up_to[figure.start] >= figure.end
        if not is_quoted:
            yield figure.text


_PERIODS = {"per day": ("day", "daily"), "per week": ("week", "weekly")}
_ALONE = ("{0}", "a {0}", "per {0}", "{1}", "{1} dose", "{1} doses", "{1} dosage")


def is_printed_apart(value: Quantity, there: Evidence, where: Collection[str | int]) -> bool:
    """Return whether an amount is proved by two figures between which other words stand.

    An amount in a period by the amount and the period alone, where no other period stands alone:
    `200 mg`, `daily`. A strength by one of what holds it and the amount that follows, or by the
    only mass and the only volume: `2 mg`, `1 ml`; the amount of a tablet by itself. A number of
    doses in a week or longer by the doses, the hours between them and `once` in it: `3 doses`,
    `12 hours`, `once weekly`. A number of doses by the days on which they are given: `days 1, 8
    and 15`.
    """
    if _AMOUNTS_IN_A_PERIOD.intersection(where):
        return _is_amount_in_a_period(value, there)
    if "strength" in where:
        return _is_strength(value, there)
    if "times" in where:
        return _is_set_of_doses(value, there) or _is_number_of_days(value, there)
    return False


_AMOUNTS_IN_A_PERIOD = {"daily", "weekly", "max"}


def _is_amount_in_a_period(value: Quantity, there: Evidence) -> bool:
    top, _, period = value.unit.one.rpartition(" per ")
    words = _PERIODS.get(f"per {period}")
    if not top or words is None or Quantity(value.range, unit(top)) not in there.keys:
        return False
    figures = list(there.figures)
    if any(
        _may_be_given_otherwise(figure, period) and not _counts_courses(before, figure)
        for before, figure in zip([None, *figures], figures, strict=False)
    ):
        return False
    return [
        words
        for words in _PERIODS.values()
        if not there.texts.isdisjoint(way.format(*words) for way in _ALONE)
    ] == [words]


def _may_be_given_otherwise(figure: Figure, period: str) -> bool:
    """Return whether a figure may say that something is not given exactly once in a period.

    Then an amount may be that of a single dose: `5 mg`, `twice a day`, `daily`.
    """
    if figure.kind == "frequency":
        return Quantity(Range.of(1), unit(f"per {period}")) not in figure.quantities
    if figure.kind == "count" or _is_presentation(figure.unit):
        return bool(figure.bound) or {figure.low, figure.high} != {1}
    return _is_doubtful(figure)


def _counts_courses(before: Figure | None, figure: Figure) -> bool:
    """Return whether a count follows a length of time: `5-day`, `3 to 5 times`."""
    return figure.kind == "count" and before is not None and before.kind == "duration"


def _is_doubtful(figure: Figure) -> bool:
    """Return whether a figure may say anything; a name says no amount, and never how often."""
    return figure.kind != "name" and not figure.understood


def _is_strength(value: Quantity, there: Evidence) -> bool:
    top, _, holder = value.unit.one.partition("/")
    if not holder:
        return False
    amount, one = Quantity(value.range, unit(top)), Quantity(Range.of(1), unit(holder))
    if holder in _PRESENTATIONS:
        return amount in there.keys
    if any(
        one in first.keys and amount in second.keys for first, second in pairwise(there.printed)
    ):
        return True  # `1 ml` of it holds `2 mg`
    if any(map(_is_doubtful, there.figures)):
        return False
    return all(_is_only(each, there) for each in (amount, one))


def _is_only(amount: Quantity, there: Evidence) -> bool:
    """Return whether an amount is printed, and no other of its kind."""
    sizes = {
        alike.range * Range.of(alike.unit.factor)
        for figure in there.figures
        for alike in figure.quantities
        if alike.unit.dimension == amount.unit.dimension
    }
    return amount in there.keys and len(sizes) == 1


def _is_set_of_doses(value: Quantity, there: Evidence) -> bool:
    """Return whether doses some hours apart are given once in a period.

    Without the hours they may be one at each time: `once weekly for 3 doses`.
    """
    if value.unit.one == "per day":
        return False  # two doses, given once daily, are one a day
    known = [figure for figure in there.figures if figure.understood]
    is_counted = any(
        (figure.kind, figure.bound) == ("count", "")
        and (figure.low, figure.high) == (value.range.low, value.range.high)
        for figure in known
    )
    is_apart = any(figure.unit == "hours" for figure in known)
    return is_counted and is_apart and Quantity(Range.of(1), value.unit) in there.keys


_PRESENTATIONS = ("tablet", "capsule", "sachet", "patch", "suppository")


_LISTED_DAYS = re.compile(r"days? [0-9]+(?:(?:, ?| ?& ?|,? and )[0-9]+)+")


def _is_number_of_days(value: Quantity, there: Evidence) -> bool:
    """Return whether a number of times is that of the days that a printed text lists."""
    listed = (len(_DIGITS.findall(text)) for text in there.texts if _LISTED_DAYS.fullmatch(text))
    return value.unit.one == "time" and value.range in map(Range.of, listed)


def is_bare(printed: Printed) -> bool:
    """Return whether a printed text is a number alone, which says nothing of what it counts."""
    return bool(printed.figures) and all(
        one.kind == "number" and not one.noun for one in printed.figures
    )


def why_not(figure: str, there: Evidence, takes: Callable[[str], bool] = bool) -> Iterator[str]:
    """Yield what to do about a missing figure: what is printed there with the same numbers.

    Then what was not understood in figures that hold its digits; those in words may hold any.
    `takes` says whether the figure's field takes another in its place.
    """
    printed = nearest_printed(figure, there)
    near = {one: read for one, read in printed.items() if _may_stand(read, takes)}
    if near:
        yield _of_the_nearest(figure, near)
    wanted = "".join(_DIGITS.findall(figure))
    explained = (
        what
        for digits, doubtful, what in there.doubtful
        if (not digits or wanted in digits) and doubtful not in near
    )
    yield from islice(explained, _MOST_EXPLAINED)
    for one in there.printed if not near else ():
        if _numbers(one.text) == _numbers(figure) and is_bare(one) and figure != one.text:
            yield _of_nothing(one.text, figure)


def _may_stand(printed: Figure, takes: Callable[[str], bool]) -> bool:
    """Return whether a field takes an amount that is printed, or how it is said to be not exact."""
    return printed.is_about or not printed.proves or any(map(takes, printed.proves))


def nearest_printed(figure: str, there: Evidence) -> dict[Printed, Figure]:
    """Return the printed figures of a missing figure's numbers, each with how it is understood.

    They have another bound, sign, denominator or unit. Those of its unit alone where there are any.
    A number of nothing, as in `study #1`, is no `a week`.
    """
    missing = next(iter(mentioned(figure)), None)
    if missing is None or missing.low is None:
        return {}
    near = {
        printed: one
        for printed in there.printed
        for one in printed.figures
        if (one.low, one.high) == (missing.low, missing.high) and (one.proves or one.is_about)
        if missing.unit or missing.kind != "number" or has_digits(printed.text)
    }
    alike = {printed: one for printed, one in near.items() if one.unit == missing.unit}
    return alike or near


def _of_the_nearest(figure: str, near: Mapping[Printed, Figure]) -> str:
    """Return what is printed with the numbers of a missing figure, and what that proves."""
    [missing, *_] = mentioned(figure)
    ages = [
        printed.text for printed, one in near.items() if set(one.ages) & set(missing.quantities)
    ]
    if ages:
        return f"write it as an age, '{_shortened(ages[0])}'"
    listed = (
        f"'{_shortened(printed.text)}' ({', '.join(one.proves) or 'no exact amount'})"
        for printed, one in islice(near.items(), _MOST_EXPLAINED)
    )
    return f"printed there: {', '.join(listed)}: write it so, or cite another sentence"


def _numbers(text: str) -> list[str]:
    """Return the numbers in a text, without what groups their digits."""
    return [_GROUPING.sub("", number) for number in _NUMBER.findall(text)]


_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPING = re.compile(r",(?=[0-9]{3}\b)")
_P_VALUE = re.compile(r"[pP] ?([=<>≤≥] ?[0-9.,]+)")
_POINT_IN_TIME = re.compile(r"(?i)(?:day|week|month|year|hour|visit|cycle)s? [0-9]")


def _of_nothing(text: str, figure: str) -> str:
    """Return what to do about a printed number that says nothing of what it counts."""
    if value := _P_VALUE.fullmatch(text):
        return f"printed there: '{text}' ({value[1]}): write it so, or cite another sentence"
    if _POINT_IN_TIME.match(text):
        reading = f"{{printed: {text}, reads_as: {figure}, why: …}}"
        return f"'{text}' there is a point in time: say from when it is counted, as {reading}"
    return (
        f"'{text}' there is a number of nothing: list more words of the sentence with it, or give "
        "its reading with reads_as"
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
