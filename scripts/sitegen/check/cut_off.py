"""Whether a listed figure is cut off from what its sentence says of it: a bound, a sign, a unit.

The sentence is read with the same reader as the figure alone. Where the two differ, the figure says
another thing than the sentence: of `not longer than 6 months`, `6 months` is no length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sitegen.model.figures_in_prose import Figure, denial_before, normalise, registered
from sitegen.model.units import units

Span = tuple[int, int]
_SAID_APART = frozenset(["nostril", "eye", "ear", "dose", "time"])
"""What an amount is given to or as: a record has the site in a field of its own, and counts each
dose by itself."""
_NEXT_WORD = re.compile(r"[^\s.,;]+| ?[^\s.,;]*")
_TO = re.compile(r" ?- ?| (?:to|and|or|bis|до|или|oder|und|и) ")
_LIMIT_BEFORE = re.compile(
    r"\b(?:max(?:imum|imal\w*|\.)?|minim(?:um|al\w*)|highest|largest|lowest|smallest|limit(?:ed)?"
    r"|höchst\w*|mindest\w*|максимальн\w+|минимальн\w+|наибольш\w+|наименьш\w+)"
    r"(?: (?:\w*(?:dos(?:e|es|is|en|age|ierung)|доз\w+)|daily|single|total|recommended|permitted"
    r"|allowed|tägliche|суточн\w+|разов\w+|is|was|are|were|of|be|should|to|beträgt|ist|sind|von"
    r"|составляет|[-—:=]))*:? $",
    re.IGNORECASE,
)
"""Words that make a limit of the amount behind them, whatever the reader makes of them."""
_HEADS = ("people", "animals")
_NO_NUMBERS = ("date", "name", "ordinal")


def cut_from(sentence: str, listed: str, others: Iterable[str], mark: str) -> str | None:
    """Return the whole figure of which a text is a part in its sentence; None where it is whole.

    It is whole where one place of it says what it says alone. What divides an amount may be listed
    as one of the `others`, as `daily` beside `20 mg`; a bound, a sign and a denial may not. `mark`
    is the decimal mark of the source.
    """
    text, part = normalise(sentence), normalise(listed)
    listed_apart = [span for other in others for span in _places(text, normalise(other))]
    found = []
    for start, end in _places(text, part):
        apart = [one for one in listed_apart if not (one[0] <= start and end <= one[1])]
        found.append(_whole(text, (start, end), apart, mark))
    if not found or None in found:
        return None
    start, end = next(filter(None, found))
    if text[start:end] == part and (more := _NEXT_WORD.match(text, end)):
        end = more.end()
    return (sentence if len(sentence) == len(text) else text)[start:end]


def _places(text: str, part: str) -> list[Span]:
    """Return where a part stands in a text, each place from its start to its end."""
    found, at = [], text.find(part)
    while at >= 0 and part:
        found.append((at, at + len(part)))
        at = text.find(part, at + 1)
    return found


def _whole(text: str, span: Span, apart: Sequence[Span], mark: str) -> Span | None:
    """Return where the figure begins and ends that a span is cut off from; None where none is."""
    start, end = span
    for figure in registered(text[start:end], mark):
        here = replace(figure, start=start + figure.start)
        around = _around(text, here, mark) if figure.low is not None else None
        if around is None:
            continue
        bound = what_bounds(text, around)
        begin = min(start, around.start) if bound is None else min(start, bound)
        is_bounded = bound is not None and begin < start
        if is_bounded or _goes_on(text, span) or _differs(here, around, text, apart, mark):
            return begin, max(end, around.end)
    return None


def what_bounds(text: str, figure: Figure) -> int | None:
    """Return where words begin that deny a figure or make a limit of an amount, or None.

    `not take 5 mg`, `the maximum dose is 5 mg`: the figure without them says another thing.
    """
    denied = denial_before(text, figure)
    if denied is not None or figure.bound or units().kind_of.get(figure.unit) != "amount":
        return denied
    match = _LIMIT_BEFORE.search(text, 0, figure.start)
    return match.start() if match else None


def _around(text: str, figure: Figure, mark: str) -> Figure | None:
    """Return the figure that the sentence has where a figure of a part of it stands, or None."""
    for one in registered(text, mark):
        if one.start < figure.end and figure.start < one.end:
            return one
    return None


def _goes_on(text: str, span: Span) -> bool:
    """Return whether a word or a number goes on before a span or behind it: `5 mg` in `15 mg`."""
    beside = (text[at - 1 : at + 1] for at in span)
    return any(len(both) == 2 and (both.isdigit() or both.isalpha()) for both in beside)


def _differs(figure: Figure, around: Figure, text: str, apart: Sequence[Span], mark: str) -> bool:
    """Return whether a figure says another thing than the one around it in the sentence."""
    if around.kind in _NO_NUMBERS:
        return figure.signs[0] != around.signs[0]
    if _is_what_divides(figure, around, text, mark):
        is_once = figure.low == figure.high == 1  # `daily` is how often, but not of `3 times daily`
        return is_once and around.unit == "times"
    ends = _ends(figure, around)
    if not ends:
        return _reads_alone(around, mark)
    is_open = around.bound == "<" and around.low != around.high and ends == (0,)
    if around.kind == "age" != figure.kind or (
        ends == (1,) and _lends_its_unit(around, text, mark)
    ):
        return True
    return (
        (around.bound != figure.bound and not is_open)
        or [around.signs[end] for end in ends] != [figure.signs[end] for end in range(len(ends))]
        or _has_no_unit(figure, around)
        or _has_no_denominator(figure, around, text, apart, mark)
    )


def _is_what_divides(figure: Figure, around: Figure, text: str, mark: str) -> bool:
    """Return whether a figure is what divides an amount beside it: `daily`, `1 ml`."""
    if figure.unit == "times" != around.unit and figure.per in around.per.split("/"):
        return True
    before = registered(text[around.start : figure.start], mark) if around.per else ()
    return any(_is_same_amount(one, around) for one in before)


def _is_same_amount(one: Figure, other: Figure) -> bool:
    """Return whether two figures are of one number and unit; doses in a period are times in it."""
    return one.numbers == other.numbers and other.unit in (one.unit, "times")


def _ends(figure: Figure, around: Figure) -> tuple[int, ...]:
    """Return which ends of the figure around it a figure has, 0 the lower; nothing for none."""
    mine, whole = (figure.low, figure.high), (around.low, around.high)
    if mine == whole:
        return 0, 1
    return tuple(end for end in (0, 1) if mine == (whole[end], whole[end]))[:1]


def _lends_its_unit(around: Figure, text: str, mark: str) -> bool:
    """Return whether a range has its unit at the upper end alone: `two to four tablets`."""
    lower = registered(_TO.split(text[around.start : around.end], maxsplit=1)[0], mark)
    return bool(around.unit) and not any(one.unit == around.unit for one in lower)


def _reads_alone(figure: Figure, mark: str) -> bool:
    """Return whether a figure is understood by itself, but for its sign or what it counts."""
    read = registered(figure.text, mark)
    return any(one.understood or one.signed or one.noun for one in read)


def _has_no_unit(figure: Figure, around: Figure) -> bool:
    """Return whether a number lacks its unit; people and animals are counted without one."""
    if figure.unit or figure.noun or not around.unit:
        return False
    return units().kind_of.get(around.unit) not in _HEADS


def _has_no_denominator(
    figure: Figure, around: Figure, text: str, apart: Sequence[Span], mark: str
) -> bool:
    """Return whether a figure lacks what it is divided by, and no other figure has it."""
    if around.per == figure.per:
        return False
    kept = "".join(
        text[at]
        for at in range(around.start, around.end)
        if not any(start <= at < end for start, end in apart) or figure.start <= at < figure.end
    )
    lacks = {
        part
        for one in registered(kept, mark)
        if _is_same_amount(one, around)
        for part in one.per.split("/")
    }
    return any(_divides(part, around) for part in lacks.difference(figure.per.split("/")))


def _divides(part: str, figure: Figure) -> bool:
    """Return whether what stands behind `per` makes another figure of one; of times, a period."""
    unit = part.rpartition(" ")[2]
    kind = units().kind_of.get(unit)
    if figure.unit == "times":
        return kind == "duration"
    return kind is not None and kind not in _HEADS and unit not in _SAID_APART
