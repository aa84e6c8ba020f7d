"""The figures of a whole text, and what makes the one doubtful beside the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sitegen.model.figures_in_prose import patterns, words
from sitegen.model.figures_in_prose.dates import MONTH, YEAR
from sitegen.model.figures_in_prose.figure import UNIT_NAMED, Draft, Figure, is_presentation
from sitegen.model.figures_in_prose.numbers import FRACTIONS, REST, RUN, needs_comma, normalise
from sitegen.model.figures_in_prose.reader import Reader
from sitegen.model.units import units
from sitegen.model.vocabulary import cached

_CACHED = 1 << 14  # readings of texts: records cite the same sentences again and again

_KNOWN_MARKS = frozenset(",;:()[].\"“”'’=")
_PARTING = frozenset(["for", "over", "during", "für", "в течение", "на протяжении"])
_LIST = re.compile(r"[,.;/ ]+|(?:, ?)?(?:and|or|und|oder|и|или)")
_PARTS = re.compile(r"halves|thirds?|quarters?|\w+ths?")
_OR = ("or", "oder", "или")
_ALSO = ("and", "und", "и", ",", ", and", ", or", "then", ", then")
_AND = ("and", "und", "и")
_OF_A_TIME = ("in", "of", "out of", "von", "из")
_AND_A = re.compile(r"(?:and|plus)(?: an?| one)?")
_BEHIND_UNKNOWN = "a figure behind what is not understood"
_PART_OF = re.compile(r"(?:the )?(?:doses? )?of\b|the\b")
_SHARED = (["in"], ["into"], ["as"], ["over"])
_DOSE_OF = re.compile(r"dose(?: of|:)?")

_DIGIT = re.compile(rf"[\d{FRACTIONS}]")
_IN_A_NAME = re.compile(r"[^\W\d_][-(\[/.,+@_]*$")
_MONTH_BEFORE = patterns.pattern(rf"\b{MONTH} $")
_PART_BEFORE = patterns.pattern(r"\b(?:half|third|quarter|part)s?(?: of)?(?: the| an?)? $")
_SIGN_BEFORE = re.compile(r"(?:(?<![\w)\]])[-+] ?|± ?|\+ ?/ ?- ?)?\.?$")
_THOUSANDS = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2} (?=[0-9]{3}(?![0-9]))")
_SIGN_OF_ANOTHER = re.compile(r"[≠≉√@#] ?(?=[0-9])|(?<=\w) ?[%‰^*§](?!\w)")
"""A sign before or behind a figure that makes another one of it."""
_LONGEST_PHRASE = 70  # characters of the words that bound a number


@dataclass
class _Item:
    """A part of a registered text: a figure, a word that joins figures, or one not known."""

    start: int
    end: int
    draft: Draft | None = None
    known: bool = True


@cached(_CACHED)
def registered(text: str, mark: str = "") -> tuple[Figure, ...]:
    """Return every figure of a text as a source printed it, number words included, in order.

    A word that is not known makes the figures on both its sides ones that are not understood.
    `mark` is the decimal mark of the source, or nothing where that is not known.
    """
    plain = normalise(text)
    items = list(_with_next_numbers(_items(Reader(plain, mark, spelt=True)), plain))
    drafts = [item.draft for item in items if item.draft]
    _doubt_beside_the_unknown(items, plain)
    _doubt_behind_a_denial(items, plain)
    _doubt_before_a_limit(drafts, plain)
    _doubt_the_time_of_a_limit(drafts, plain)
    _doubt_lists_and_parts(drafts, plain)
    _doubt_two_of_a_kind(drafts)
    return tuple(draft.figure(plain) for draft in drafts)


def _items(reader: Reader) -> Iterator[_Item]:
    """Yield the parts of a text from left to right."""
    at, divisible = 0, False  # whether a period here would divide a figure that stands before
    last = _Item(0, 0)  # the last one with a figure
    while at < len(reader.text):
        if reader.text[at] == " ":
            at += 1
            continue
        draft = _draft_at(reader, at)
        if draft is None:
            item = _word_at(reader, at, last.draft)
            divisible = divisible and reader.text[at : item.end].lower() not in _PARTING
        elif draft.divides and divisible:
            if _divide(last, draft, reader.text[last.end : at]):
                at, divisible = last.end, False
                continue
            item = _Item(at, draft.end, known=False)
        else:
            item = last = _Item(at, draft.end, draft)
            divisible = bool(draft.row and not draft.per)
        yield item
        at = item.end


def _divide(item: _Item, period: Draft, between: str) -> bool:
    """Divide an amount by a period, where only how it is given stands between; return whether so.

    `20 mg orally daily` is 20 mg a day.
    """
    draft, way = item.draft, between.lower().split()
    if draft is None or draft.row is None or draft.row.kind != "amount" or period.row is None:
        return False
    if period.bound or not way or not all(words.is_how_given(word.rstrip(".")) for word in way):
        return False
    draft.per.append(period.per[0] if period.per else period.row.one)
    draft.end = item.end = period.end
    return True


def _with_next_numbers(items: Iterator[_Item], text: str) -> Iterator[_Item]:
    """Yield the parts of a text, with two neighbouring whole numbers of one unit as a range.

    `1 or 2 sprays` are one spray or two, and `1-2 sprays` say no more: there is none between.
    """
    last: list[_Item] = []
    for item in items:
        if len(last) == 2 and item.draft and _is_one_or_next(last, item.draft, text):
            first = last[0].draft or item.draft
            item.draft.low, item.start, item.draft.start = first.low, last[0].start, first.start
            last = []
        elif len(last) == 2:
            yield last.pop(0)
        last.append(item)
    yield from last


def _is_one_or_next(last: list[_Item], second: Draft, text: str) -> bool:
    """Return whether a number, `or` and another are neighbouring numbers of a presentation."""
    first, between = last[0].draft, text[last[1].start : last[1].end].lower()
    if first is None or last[1].draft or between not in _OR:
        return False
    if second.row is None or not (is_presentation(second.row) or second.row.kind == "count"):
        return False
    is_next = first.low is not None and second.low == first.low + 1 == second.high
    is_alike = first.is_bare or (first.row == second.row and not first.per and second.per)
    return bool(is_alike and is_next and second.is_whole and not (first.bound or second.bound))


def _draft_at(reader: Reader, at: int) -> Draft | None:
    return (
        reader.date(at)
        or reader.frequency(at)
        or reader.figure(at)
        or reader.name(at)
        or reader.ordinal(at)
        or reader.time_with_article(at)
        or reader.foreign(at)
    )


def _word_at(reader: Reader, at: int, last: Draft | None) -> _Item:
    """Return the word or mark that begins here, and whether it leaves figures what they are."""
    is_each = at == 0 or (last is not None and last.unit == "times" and bool(last.per))
    for phrase in (patterns.AT_A_DOSE, patterns.BY_WAY, patterns.HOW_LONG, patterns.OF_EACH):
        match = phrase.match(reader.text, at)
        if match and (is_each or phrase is not patterns.OF_EACH):
            return _Item(at, match.end())
    if label := patterns.LABEL.match(reader.text, at):
        numbered = reader.figure(label.end())
        return _Item(at, label.end(), known=numbered is None or numbered.row is None)
    dotted = patterns.DOTTED.match(reader.text, at)
    if dotted and words.is_harmless(dotted[0].lower().rstrip(".")):
        return _Item(at, dotted.end())
    word = patterns.WORD.match(reader.text, at)
    if not word:
        return _Item(at, at + 1, known=reader.text[at] in _KNOWN_MARKS)
    plain = word[0].lower()
    return _Item(at, word.end(), known=plain in words.JOINING or words.is_harmless(plain))


def _doubt_beside_the_unknown(items: list[_Item], text: str) -> None:
    """Doubt the nearest figures on both sides of words that are not known.

    An ordinal belongs to the figure behind it: `except the first 8 weeks`.
    """
    backwards = items[::-1]
    for ordered in (items, backwards):
        before_a_choice = _before_a_choice(ordered, text)
        waiting: list[_Item] = []
        for item in ordered:
            if item.draft and waiting:
                first, last = sorted((waiting[0], waiting[-1]), key=lambda figure: figure.start)
                item.draft.doubt(f"the words '{text[first.start : last.end].strip()}'")
            if item.draft:
                # words behind a bracket are about what stands before it, too
                is_closed = ordered is backwards and text.startswith((")", "]"), item.end)
                goes_on = is_closed or item.draft.kind == "ordinal" or item.start in before_a_choice
                waiting = waiting if goes_on else []
            elif not item.known:
                waiting.append(item)


def _doubt_before_a_limit(drafts: list[Draft], text: str) -> None:
    """Doubt figures where one limit stands behind several: `5 mg twice daily not be exceeded`."""
    for number, draft in enumerate(drafts[1:], 1):
        if patterns.EXCEEDED.search(text, draft.start, draft.end):
            for one in drafts[: number + 1]:
                one.doubt("a limit behind several figures, which may be of each")


def _doubt_the_time_of_a_limit(drafts: list[Draft], text: str) -> None:
    """Doubt a frequency over whose time a limit is counted: `not more than 1 tablet every 4 hours`.

    That says what four hours may hold at most, and not how often a tablet is taken.
    """
    for first, second in pairwise(drafts):
        is_limit = first.bound in ("<", "≤") and not second.bound
        if is_limit and patterns.COUNTED_OVER.match(text, second.start):
            if second.unit == "times" and not text[first.end : second.start].strip(" ,("):
                second.doubt("the time over which a limit is counted")


def _doubt_behind_a_denial(items: list[_Item], text: str) -> None:
    """Doubt the figures behind a denial in its clause: `not use 5 mg for longer than 10 days`."""
    denial = ""
    for item in items:
        word = text[item.start : item.end]
        if item.draft and denial:
            if not any(denial in what for what in item.draft.unknown):
                item.draft.doubt(f"the denial '{denial}'")
        elif not item.draft and patterns.ENDS_DENIAL.fullmatch(word):
            denial = ""
        elif not item.draft and not item.known and patterns.NEGATION.fullmatch(word):
            denial = word


def _before_a_choice(ordered: list[_Item], text: str) -> set[int]:
    """Return the figures, by their starts, whose next one is another choice.

    A word that is said of one is said of the other: of `not 5 mg or 10 mL` neither is meant.
    """
    found = set()
    for one, other in pairwise(item for item in ordered if item.draft):
        first, second = sorted((one, other), key=lambda item: item.start)
        if text[first.end : second.start].strip().lower() in _OR:
            found.add(one.start)
    return found


def _doubt_lists_and_parts(drafts: list[Draft], text: str) -> None:
    """Doubt numbers that stand side by side, share one unit, or are parts of each other."""
    for first, second in pairwise(drafts):
        what = _what_is_doubtful(first, second, text[first.end : second.start].strip().lower())
        for draft in (first, second) if what else ():
            draft.doubt(f"'{text[first.start : second.end]}' is {what}")


def _what_is_doubtful(first: Draft, second: Draft, between: str) -> str | None:
    """Return what keeps two figures from being read each by itself; None where nothing does."""
    count = first.row is not None and first.unit in ("times", "%", "fold") and not first.per
    loose = first.is_bare or count
    if doubt := _side_by_side(first, second, between, loose) or _joined(first, second, between):
        return doubt
    if _LIST.fullmatch(between) and not second.is_bare and not second.kind:
        if first.is_bare or (count and first.row == second.row):
            return "several numbers with one unit"
    if first.is_bare and between == "a" and (second.row or second.is_bare):
        return "a range in another language, or two figures"  # `10 a 20 mg`
    if between in ("(", "[") and first.is_bare and second.row and second.unit != "%":
        return "a number and an amount"
    if between == "(" and second.row and first.bound not in ("", second.bound):
        return "an amount with a bound and one without"
    if between in _OR and (doubt := _of_both(first, second)):
        return doubt
    if between in _ALSO and first.bound and not second.bound and _are_amounts(first, second):
        return "an amount with a bound and one without"  # `not more than 10 mg and 20 mL`
    leads_in = between in ("of", ":", "=") or (first.divides and not between)
    if first.unknown and first.unit in ("times", "doses") and leads_in:
        return _BEHIND_UNKNOWN  # `maximum single dose of 5 mg`, `mean daily 5 mg`
    is_part = loose or first.kind == "ordinal" or _is_part(first)
    if is_part and _PART_OF.match(between) and not (second.counts_heads or second.is_bare):
        return "a part of an amount"
    return None


def _are_amounts(first: Draft, second: Draft) -> bool:
    """Return whether two figures are both an amount or a concentration."""
    rows = [draft.row for draft in (first, second) if draft.row]
    return len(rows) == 2 and all(row.kind in ("amount", "concentration") for row in rows)


def _of_both(first: Draft, second: Draft) -> str | None:
    """Return why a bound or a denominator may belong to both of two alternatives, or None."""
    if not _are_amounts(first, second):
        return None
    if first.bound and not second.bound:
        return "an amount with a bound and one without"  # `up to 4 g or 8 tablets`
    if bool(first.per) != bool(second.per):
        return "an amount with a denominator and one without"  # `4 mg or 2 mL daily`
    return None


def _side_by_side(first: Draft, second: Draft, between: str, loose: bool) -> str | None:
    """Return what is doubtful of two figures with no word between them, or None."""
    if between in ("", ")") and second.is_bare and (first.is_bare or not between):
        return "two numbers side by side"
    if between not in ("", "."):
        return None
    if not between and first.row == UNIT_NAMED["points"] and second.low is not None:
        return "a decimal point in words, or two figures"
    if not between and loose and second.kind not in ("date", "name"):
        return "two numbers side by side"
    if not between and first.row and second.kind == "name":
        return "an amount and a name"
    counts = second.row is not None and second.row.kind == "count"
    is_open = first.kind == "unknown" or (first.noun and not (counts and not second.divides))
    is_numbered = first.kind == "ordinal" and counts
    return _BEHIND_UNKNOWN if (is_open or is_numbered) and not second.kind else None


def _joined(first: Draft, second: Draft, between: str) -> str | None:
    """Return what is doubtful of two figures that a word joins to one statement, or None."""
    if doubt := _of_times(first, second, between):
        return doubt
    if _is_ratio(first, second, between):
        return "a ratio of two numbers"
    if first.row is None:
        return None
    is_another = first.per and (second.divides or second.is_time)
    if between in _OR and (second.is_bare or is_another):
        return "an amount or a number" if second.is_bare else "a period or another"
    if between in ("", "in") and first.has_period and second.unit in ("times", "doses"):
        if not (second.per or second.bound) and (first.divides or not between):
            return "a period and how often"  # `daily 3 times`, `5 mg daily 3 times`
    if first.is_time and second.is_bare and between in _OF_A_TIME:
        return "a part of a time"
    if second.is_bare and not second.run and _AND_A.fullmatch(between):
        return "an amount and a number"
    if first.row.kind == "amount" and not first.per and _is_shared_out(second, between):
        return "an amount and how many parts it is given in"
    return None


def _of_times(first: Draft, second: Draft, between: str) -> str | None:
    """Return what is doubtful of a time, or of a figure with a period, and what follows it."""
    is_next = between in ("", ",", *_AND) and not second.bound
    if first.is_time and second.is_time and is_next:
        return "a time in two units"
    if first.period and second.is_time and is_next and second.size_of_unit < first.period:
        return "a period in two units"  # `5 mg over 1 h 30 min`, `every 4 h 30 min`
    if first.period and second.unit == "times" and (second.period or 0) > first.period:
        if not between:
            return "two periods"  # `5 mg daily every other day`
    if first.is_time and first.run and _DOSE_OF.fullmatch(between):
        return "the dose of a time"  # `a 24-hour dose of 5 mg`
    return None


def _is_ratio(first: Draft, second: Draft, between: str) -> bool:
    """Return whether one number is said to be of the other: `1 in 10`, `1 patient in 10`."""
    joined = " ".join(word for word in between.split() if word not in ("only", "every", "the"))
    if first.is_bare:
        return joined in ("in", "out of", "aus", "by")
    is_number = second.is_bare and not YEAR.fullmatch(second.run)
    return first.counts_heads and is_number and joined in ("in", "out of")


def _is_part(figure: Draft) -> bool:
    """Return whether a figure is a part or a multiple of what follows `of`: `half a dose of`."""
    is_part = _PARTS.fullmatch(figure.noun) or "dose" in figure.per
    is_divided = figure.unit == "doses" or (figure.row is not None and is_presentation(figure.row))
    return bool(is_part) or (is_divided and not figure.is_whole)


def _is_shared_out(second: Draft, between: str) -> bool:
    """Return whether a figure says in how many doses an amount is given: `in 2 divided doses`.

    A number of what is not known may say so too: `in 4 daily doses`.
    """
    if not between and second.unit == "doses" and second.unknown:
        return True  # `20 mg over 3 doses`
    said = [
        word
        for word in between.lstrip("(, ").split()
        if [word] in _SHARED
        or not (words.is_harmless(word) or words.is_how_given(word) or word == "the")
    ]
    if said not in _SHARED or second.low == 1:
        return False
    if second.row is not None:
        return second.row.many == "doses"
    return bool(second.unknown) or (second.is_bare and not YEAR.fullmatch(second.run))


def _doubt_two_of_a_kind(drafts: list[Draft]) -> None:
    """Doubt different amounts of one kind: which of them a record means is open."""
    kinds: dict[object, list[Draft]] = {}
    for draft in drafts:
        if draft.row and not draft.kind:
            often = draft.unit == "times" and draft.per and not draft.bound
            kinds.setdefault("frequency" if often else draft.dimension, []).append(draft)
    for alike in kinds.values():
        if len({figure.size for figure in alike}) > 1:
            for draft in alike:
                draft.doubt("two figures of one kind: list each as a figure of its own")


@cached(_CACHED)
def mentioned(text: str) -> tuple[Figure, ...]:
    """Return every figure that running text of a record writes with digits, in order."""
    plain = normalise(text)
    reader = Reader(plain, ".", spelt=False)
    found, at = [], 0
    while match := _DIGIT.search(plain, at):
        draft = _around(reader, at, match.start())
        _doubt_what_stands_beside(draft, plain)
        found.append(draft.figure(plain))
        at = max(draft.end, match.end())
    return tuple(found)


def _doubt_what_stands_beside(draft: Draft, text: str) -> None:
    """Doubt a figure of running text for what stands next to it: `5 mg%`, `2 500 mg`."""
    if draft.kind in ("name", "date"):
        return
    for sign in _SIGN_OF_ANOTHER.finditer(text, max(draft.start - 2, 0), draft.end + 3):
        if draft.start == sign.end() or draft.end == sign.start():
            draft.start = min(draft.start, sign.start())
            draft.doubt(f"the sign '{sign[0].strip()}'", max(draft.end, sign.end()))
    for match in _THOUSANDS.finditer(text, max(draft.start - 4, 0), draft.end + 5):
        if match.start() <= draft.start <= match.end():
            end = max(draft.end, match.end() + 3)
            draft.doubt(f"the digits behind '{match[0]}', which may be of one number", end)
            draft.start = min(draft.start, match.start())


def _around(reader: Reader, since: int, digit: int) -> Draft:
    """Return the figure around a digit of running text; text before `since` is no part of it."""
    text = reader.text
    token = max(text.rfind(" ", since, digit) + 1, since)
    while token < digit and text[token] in "([“\"'":
        token += 1
    if draft := reader.date(token):
        return draft
    if _IN_A_NAME.search(text, token, digit):
        return _name_around(reader, token, digit)
    sign = _SIGN_BEFORE.search(text, since, digit)
    start = sign.start() if sign else digit
    first = _with_words_before(text, since, start)
    if (aged := _age_around(reader, since, first)) and aged.end > digit:
        return aged
    for begin in sorted({first, start, digit}):
        draft = reader.date(begin) or reader.frequency(begin) or reader.figure(begin)
        if draft and draft.end > digit:
            if apart := patterns.PER_BEHIND_WORDS.match(text, draft.end):
                draft.doubt(f"the words '{apart[0].strip()}'", apart.end())
            if begin != first and not (draft.counts_heads and _PART_BEFORE.search(text, 0, begin)):
                draft.doubt(f"the words '{text[first:begin].strip()}'")
                draft.start = first
            return draft
    return Draft(digit, digit + 1, unknown=[f"'{text[digit]}'"])


def _with_words_before(text: str, since: int, start: int) -> int:
    """Return where the words begin that may change the figure that begins at a place."""
    since = max(since, start - _LONGEST_PHRASE)
    befores = (patterns.OPENS_FIGURE, _PART_BEFORE, _MONTH_BEFORE)
    found = (before.search(text, since, start) for before in befores)
    return min([start, *(match.start() for match in found if match)])


def _age_around(reader: Reader, since: int, start: int) -> Draft | None:
    """Return the age whose number or bound begins here, with the words before it; None for none."""
    since = max(since, start - _LONGEST_PHRASE)
    aged = patterns.OPENS_AGE.search(reader.text, since, start)
    if aged is None:
        return None
    bound = patterns.OPENS_FIGURE.search(reader.text, since, aged.start())
    return reader.figure(bound.start() if bound else aged.start())


def _name_around(reader: Reader, token: int, digit: int) -> Draft:
    """Return the name that a digit is part of; without the form of a name, up to the next space."""
    draft = reader.name(token)
    if draft and draft.end > digit:
        return draft
    rest = REST.match(reader.text, digit)
    end = max(rest.end() if rest else 0, digit + 1)
    return Draft(token, end, kind="name", unknown=[f"the name '{reader.text[token:end]}'"])


def denial_before(text: str, figure: Figure) -> int | None:
    """Return where a denial begins that stands before a figure of a text, or None.

    It stands right before it, or before what is done: `not take 5 mg`. Before a comparison with
    `than`, it may stand up to three words away that name no people, or farther before what is done
    `for more than 10 days`. It is none where it says how long nothing was done.
    """
    start, since = figure.start, max(0, figure.start - 2 * _LONGEST_PHRASE)
    match = patterns.DENIED.search(text, since, start)
    if match is None and figure.bound in ("<", ">") and patterns.THAN.search(figure.text):
        match = _denial_from_afar(text, since, start)
    if match is None or patterns.GAP.search(text, 0, match.start()):
        return None
    return match.start()


def _denial_from_afar(text: str, since: int, start: int) -> re.Match[str] | None:
    """Return a denial that reaches a comparison over the words between, or None."""
    for denial in (patterns.DENIED_USE, patterns.DENIED_FROM_AFAR):
        match = denial.search(text, since, start)
        between = match["between"].lower().split() if match else []
        if not words.BEYOND_DENIAL.isdisjoint(between):
            continue
        spelt = (units().spelt.get(word) for word in between)
        is_of_people = any(row and row.kind in ("people", "animals") for row in spelt)
        if match and (denial is patterns.DENIED_USE or not is_of_people):
            return match
    return None


def has_digits(text: str) -> bool:
    """Return whether a text can mention a figure at all."""
    return _DIGIT.search(text) is not None


@cached(_CACHED)
def dates_in(text: str) -> frozenset[str]:
    """Return every date in a text, at each precision it bears: `December 20, 1994` gives three."""
    understood = (figure.dates for figure in registered(text) if figure.understood)
    return frozenset().union(*understood)


def breaks_convention(text: str) -> bool:
    """Return whether a text writes a number that only a decimal comma explains."""
    return any(needs_comma(match[0]) for match in RUN.finditer(normalise(text)))
