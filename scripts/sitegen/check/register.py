"""Compares a register of sentences with a copy of the text that it was made from."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from sitegen.check.cut_off import cut_from, what_bounds
from sitegen.check.evidence import decimal_mark
from sitegen.model import Sentence, Site, Source
from sitegen.model.fields import own_places, parts
from sitegen.model.figures_in_prose import has_digits, registered
from sitegen.model.figures_in_prose import normalise as as_figures_are_read
from sitegen.model.units import units

MAX_BYTES = 2_000_000
"""What a text of a source may hold: more than a book of a thousand pages."""
LONGEST_SENTENCE = 9_999
"""Characters of a sentence that a register can count."""
ON_UNUSED = "A sentence that no record cites gets 'unused:' and the reason."
"""What a draft says above its sentences."""
PLACE = re.compile(r"[a-z0-9-]+\.[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}\s")
"""The place of a sentence at the beginning of its line."""
_GOES_ON = re.compile(r"\w of \d|\d \d{3}\b")
"""Where a figure goes on: `26 of 40 people`, `5 000 IU`."""
_NAMED = re.compile(r"(?i)\b(?:p ?(?:[=<>≤≥] ?)?|(?:day|week|month|year)s? )$")
"""What names the number behind it: `p = 0.01`, `day 30`."""
_BARE = re.compile(r"[<>≤≥]? ?[0-9.,]+")
_OVER_ANY_NOUN = re.compile(r" an? (?P<noun>\w+)[^0-9]*$")
"""What may belong to a figure and may not: `a day`, and the end of `30 patients a placebo`."""


def normalise(text: str) -> str:
    """Return the form of a text that is hashed: NFC, single spaces, no space at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(sentence: str) -> str:
    """Return the SHA-256, in hexadecimal, of a normalised sentence in UTF-8."""
    return hashlib.sha256(sentence.encode()).hexdigest()


def faults(site: Site, source: Source, text: str) -> Iterator[str]:
    """Yield every difference between a register and a copy of its text.

    A sentence is found by its length and digest anywhere in the text; then each figure
    must be in it word for word, no other digit may be in it, and every quoted word must be there.
    """
    found = _found(source.sentences, normalise(text))
    mark = decimal_mark(source)
    for sentence in source.sentences:
        if sentence.at not in found:
            yield f"{sentence.at}: no sentence of this text has its digest"
            continue
        yield from _figure_faults(sentence, found[sentence.at])
        yield from _cut_faults(sentence, found[sentence.at], mark)
    yield from _quotation_faults(site, source, found)


def draft(text: str) -> Iterator[str]:
    """Yield the lines of a register for a text that has one sentence a line, each after its place.

    Gists are left for the curator to write. Raise ValueError for a line without a place.
    """
    yield "sentences:"
    if text.strip():
        yield f"  # {ON_UNUSED}"
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        place, _, sentence = normalise(line).partition(" ")
        if not PLACE.fullmatch(f"{place} ") or not sentence:
            raise ValueError(f"line {number} must be a place, a space and a sentence")
        if len(sentence) > LONGEST_SENTENCE:
            raise ValueError(f"line {number} must be at most {LONGEST_SENTENCE:,} characters long")
        yield f"  - at: {place}"
        yield "    gist: "
        if figures := _figures(sentence):
            quoted = ", ".join(f'"{figure}"' for figure in figures)
            yield f"    figures: [{quoted}]"
        yield f"    characters: {len(sentence)}"
        yield f'    sha256: "{digest(sentence)}"'


def _figures(sentence: str) -> list[str]:
    """Return the figures of a sentence as it prints them: all in digits, and amounts in words.

    A number in words that counts nothing, such as `one` or `second`, is seldom a figure. What is
    denied or bounded is listed with the words that do so.
    """
    plain = as_figures_are_read(sentence)
    read = [
        (figure.start if (bound := what_bounds(plain, figure)) is None else bound, figure.end)
        for figure in (registered(sentence) if len(plain) == len(sentence) else ())
        if has_digits(figure.text) or figure.kind not in ("number", "ordinal")
    ]
    others = [
        match.span()
        for match in re.finditer(r"[0-9]+(?:[.,/–-][0-9]+)*(?: ?%)?", sentence)
        if not any(start <= match.start() < end for start, end in read)
    ]
    joined: list[tuple[int, int]] = []
    for start, end in sorted([*read, *others]):
        if joined and _GOES_ON.match(sentence, joined[-1][1] - 1):
            start, _ = joined.pop()
        joined.append((start, end))
    return [_whole(sentence, start, end) for start, end in joined]


def _whole(sentence: str, start: int, end: int) -> str:
    """Return a figure with the words that name it, and without those that are no part of it."""
    text = sentence[start:end]
    number, named = _BARE.match(text), _NAMED.search(sentence, 0, start)
    if number and named and (number[0] == text or not _is_understood(text)):
        return sentence[named.start() : start + number.end()]
    over = _OVER_ANY_NOUN.search(text)
    shorter = text[: over.start()] if over and over["noun"] not in units().spelt else text
    return shorter if not _is_understood(text) and _is_understood(shorter) else text


def _is_understood(text: str) -> bool:
    read = registered(text)
    return len(read) == 1 and read[0].understood and read[0].text == text


def _found(sentences: tuple[Sentence, ...], text: str) -> dict[str, str]:
    """Return the text of each sentence that was found, by its place."""
    wanted: dict[tuple[int, str], list[str]] = {}
    for sentence in sentences:
        if sentence.characters and sentence.sha256:
            wanted.setdefault((sentence.characters, sentence.sha256), []).append(sentence.at)
    starts = [0, *(match.end() for match in re.finditer(r"\W", text))]
    found: dict[str, str] = {}
    for length in sorted({length for length, _ in wanted}):
        for start in starts:
            piece = text[start : start + length]
            for at in wanted.get((length, digest(piece)), ()):
                found[at] = piece
    return found


def _figure_faults(sentence: Sentence, text: str) -> Iterator[str]:
    rest = text
    for figure in sentence.printed:
        if figure not in text:
            yield f"{sentence.at}: the figure '{figure}' is not written so in the sentence"
        rest = rest.replace(figure, " ")
    if left := re.findall(r"[0-9][0-9.,/%]*", rest):
        yield f"{sentence.at}: the figures leave out {', '.join(left)}"


def _cut_faults(sentence: Sentence, text: str, mark: str) -> Iterator[str]:
    listed = dict.fromkeys(sentence.printed)
    for figure in listed:
        if whole := cut_from(text, figure, listed.keys() - {figure}, mark):
            is_read = all(one.understood or one.signed for one in registered(whole, mark))
            reading = "" if is_read else ", with reads_as if it has a reading"
            yield (
                f"{sentence.at}: the figure '{figure}' is cut off: the sentence has '{whole}'; list"
                f" that{reading}"
            )


def _quotation_faults(site: Site, source: Source, found: dict[str, str]) -> Iterator[str]:
    for record in site.all():
        for _, part in parts(record):
            words = getattr(part, "emphasis", ())
            at = [locator for locator in own_places(part) if locator.source == source.id]
            text = " ".join(found.get(place, "") for locator in at for place in locator.places)
            for quoted in words if at else ():
                if quoted.lower() not in text.lower():
                    yield f"{record.path}: the words '{quoted}' do not stand in {at[0]}"
