"""What is a source's own words or figures, and what was noted in ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sitegen.model import Locator, Reported, Site, Source, StatedReading
from sitegen.model.absence import Absence
from sitegen.model.typography import amount


def is_printed(site: Site, at: Iterable[Locator]) -> bool:
    """Return whether every sentence cited is proved by a digest, so that its words are printed.

    Of a sentence without a digest only a fact was noted, in our own words.
    """
    sentences = [site.sentence(locator, place) for locator in at for place in locator.places]
    return bool(sentences) and all(
        sentence is not None and sentence.sha256 for sentence in sentences
    )


def figure_heading(printed: bool) -> str:
    """Return the heading of a column of figures: as written only where each sentence is proved."""
    return "As the source writes it" if printed else "Figure noted"


def figures_heading(source: Source) -> str:
    """Return the heading of a source's figures: as written only where each sentence is proved."""
    return "Figures as written" if source.has_digests else "Figures noted"


def register_heading(source: Source) -> str:
    """Return the heading of a register: sentences where each is proved, else facts noted."""
    return "Sentence by sentence" if source.has_digests else "Facts noted"


def wording_heading(printed: bool) -> str:
    """Return the heading of a condition's wording: the sources' only where each is proved."""
    return "As the sources word it" if printed else "Named in the sources as"


def wording_remark(printed: bool) -> str | None:
    """Return that wording is no quotation; None where it is one."""
    return None if printed else "noted from the sources, partly in our own words"


def reading_line(reading: StatedReading) -> str:
    """Return what a curator reads a printed figure as, and why; no rule reads it."""
    return f"Read by a curator as {amount(reading.reads_as)}: {reading.why}"


def readings_by_curator(
    site: Site, reported: Reported[Any] | None, at: Iterable[Locator]
) -> tuple[str, ...]:
    """Return what a curator read the printed figure of a value as; nothing where a rule reads it.

    `at` has the sentences of the record, for a value that names none of its own.
    """
    if reported is None:
        return ()
    places = ((one, place) for one in reported.at or at for place in one.places)
    sentences = filter(None, (site.sentence(*place) for place in places))
    figures = (figure for sentence in sentences for figure in sentence.figures)
    return tuple(
        reading_line(figure)
        for figure in figures
        if isinstance(figure, StatedReading) and figure.reads_as == reported.value
    )


def no_figure_line(value: object) -> str:
    """Return why a value has no figure of its source beside it.

    “Not mentioned” only where the source was read for the value and does not report it; a word
    of absence else; of a value that is there, that it is stated in words.
    """
    if value is Absence.NOT_REPORTED:
        return "not mentioned"
    if isinstance(value, Absence) and value is not Absence.UNCLEAR:
        return str(value)
    return "stated in words"
