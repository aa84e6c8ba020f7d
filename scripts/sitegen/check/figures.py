"""The rules that each figure of a record is in a sentence that it cites, and on gists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from sitegen.check.evidence import (
    Evidence,
    Printed,
    figures_cited,
    is_bare,
    printed_by,
    unit_held_by,
    unproved,
    unproved_in_text,
    why_not,
)
from sitegen.check.register import digest, normalise
from sitegen.check.wording import listed_in_part
from sitegen.model import Change, Locator, Record, Search, Source, StatedReading, Verbatim
from sitegen.model.fields import Leaf, field_of, leaves
from sitegen.model.letters import deception
from sitegen.model.problems import Problem, shortened
from sitegen.read.load import Loaded

_CACHED = 8  # sets of figures, of which each may be large; neighbouring values cite the same
_UNCITED = "any sentence: cite one with 'at:'"
_CITE = "mend it, or cite the sentence that has it; list it there only if that sentence prints it"
_ALIKE = 0.6


def figures_stand_in_the_sentences_cited(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Every figure of a record is, digit for digit with its unit, in a sentence that it cites."""
    if isinstance(record, Source | Change):
        return  # a register is proved against its text; the site's own history has no source

    @lru_cache(_CACHED)
    def figures_at(at: tuple[Locator, ...]) -> Evidence | None:
        registered = all(_is_registered(loaded, locator) for locator in at)
        return figures_cited(loaded.site, at) if registered else None

    for leaf in leaves(record):
        there = figures_at(leaf.at)
        if there is None or isinstance(leaf.model, Search):
            continue  # the place itself is wrong, and said so; what we did ourselves has no source
        held_by = unit_held_by(record, leaf.where)
        for figure in unproved(leaf.value, there, leaf.where, held_by):
            cited = listed_in_part(map(str, leaf.at), _UNCITED)
            if isinstance(leaf.value, Verbatim):
                says = _missing_number(figure, cited, there)
            else:
                says = _missing_figure(figure, cited, there, partial(_takes, leaf))
            yield loaded.problem(record, leaf.where, says)


def _is_registered(loaded: Loaded, locator: Locator) -> bool:
    return all(loaded.site.sentence(locator, place) for place in locator.places)


def gists_hold_the_figures_of_their_sentence(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A gist states no figure that its sentence does not have."""
    if not isinstance(record, Source):
        return
    for number, sentence in enumerate(record.sentences):
        there = printed_by(record, sentence.figures)
        for figure in unproved_in_text(sentence.gist, there):
            where = ("sentences", number, "gist")
            yield loaded.problem(record, where, _missing_in_gist(figure, sentence.at, there))


def gists_are_not_their_sentences(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A gist says in our words what its sentence says; the sentence itself is not published."""
    if not isinstance(record, Source):
        return
    for number, sentence in enumerate(record.sentences):
        if sentence.sha256 and digest(normalise(sentence.gist)) == sentence.sha256:
            message = "gist is the sentence itself: say in your own words what it says"
            yield loaded.problem(record, ("sentences", number, "gist"), message)


_SHORT = 40
"""Characters of a sentence for which there may be no other words, such as “It has no taste.”"""


def what_is_said_is_not_the_sentence(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """What a record says is in our words; a short sentence may have no others."""
    if isinstance(record, Source):
        return
    for leaf in leaves(record):
        field = field_of(leaf.where[:-1] if leaf.where[-1] == "value" else leaf.where)
        if field not in ("says", "detail") or not isinstance(leaf.value, str):
            continue
        found = (loaded.site.sentence(one, place) for one in leaf.at for place in one.places)
        digests = {one.sha256 for one in found if one and (one.characters or 0) > _SHORT}
        if digests and digests & {digest(normalise(leaf.value + end)) for end in ("", ".")}:
            message = f"{field} is the sentence itself: say in your own words what it says"
            yield loaded.problem(record, leaf.where, message)


def readings_are_of_figures_that_no_rule_reads(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A curator reads a figure only where the rules do not understand it, or what it counts."""
    if not isinstance(record, Source):
        return
    for number, sentence in enumerate(record.sentences):
        for place, figure in enumerate(sentence.figures):
            if not isinstance(figure, StatedReading):
                continue
            [by_rule] = printed_by(record, [figure.printed]).printed
            if by_rule.figures and not by_rule.doubt and not is_bare(by_rule):
                where = ("sentences", number, "figures", place)
                yield loaded.problem(record, where, _needless_reading(figure, by_rule))


def _needless_reading(stated: StatedReading, by_rule: Printed) -> str:
    """Return what to do about the reading of a figure that the rules understand, or another way."""
    printed = shortened(stated.printed)
    if by_rule.states(stated.reads_as):
        return f"reads_as is not needed: '{printed}' is understood; list it as printed"
    understood = listed_in_part(figure.wording for figure in by_rule.figures)
    return (
        f"reads_as is '{stated.reads_as}', but '{printed}' is understood as {understood}: list it"
        " as printed, with more words of the sentence where these change what it says"
    )


def _takes(leaf: Leaf, text: str) -> bool:
    """Return whether the field of a value takes a text in its place."""
    field = type(leaf.model).model_fields[field_of(leaf.where)]
    try:
        taken: Any = Annotated[field.annotation, field]
        TypeAdapter(taken).validate_python(text)
    except ValidationError:
        return False
    return True


def _missing_figure(
    figure: str, cited: str, there: Evidence, takes: Callable[[str], bool] = bool
) -> str:
    """Return the message about a figure without evidence, with what was not understood there.

    `takes` says whether the figure's field takes what is printed instead.
    """
    message = _not_there(figure, cited, there)
    explained = tuple(why_not(figure, there, takes)) or (_CITE,)
    return "; ".join([message, *(explained if cited != _UNCITED else ())])


def _missing_in_gist(figure: str, at: str, there: Evidence) -> str:
    """Return the message about a figure of a gist, which is of the one sentence it is below."""
    explained = [says.removesuffix(", or cite another sentence") for says in why_not(figure, there)]
    remedy = explained or ["mend it; list it in 'figures:' only if the sentence prints it"]
    return "; ".join([_not_there(figure, at, there), *remedy])


def _missing_number(number: str, cited: str, there: Evidence) -> str:
    """Return the message about the number of a registry that is not printed, with a near one."""
    printed = [one.text for one in there.printed]
    alike = get_close_matches(number, printed, 1, _ALIKE)
    what = (
        f"'{alike[0]}' there is nearly the same: mend the one that is misread" if alike else _CITE
    )
    return f"{_not_there(number, cited, there)}{deception(number)}; {what}"


def _not_there(figure: str, cited: str, there: Evidence) -> str:
    """Return that a figure is in no sentence that is cited, and which are."""
    listed = listed_in_part(
        f"{one.text} (read as {one.stated.reads_as})" if one.stated else one.text
        for one in there.printed
    )
    return f"figure '{shortened(figure)}' is not in {cited} (figures there: {listed})"
