"""What the first page says of the evidence as a whole, and of where the doses come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sitegen.derive.course import Course
from sitegen.derive.relations import Relations
from sitegen.derive.total import NOT_COMPUTED, Impossible, Total, typeset
from sitegen.model import Site, Source, Study
from sitegen.model.absence import Absence
from sitegen.model.typography import prose, shown
from sitegen.statements.english import listed, number
from sitegen.statements.studies import human_studies


def evidence_overview(relations: Relations) -> str:
    """Return how many human studies there are, and of how many three things are known.

    A study counts as randomised or double-blind where the record of any report of it says so. Its
    publication was read in full where one of its sources is a publication and was read as full
    text. Each count is out of all studies, and says nothing of those for which it is not reported.
    """
    if not relations.groups:
        return "No human study is recorded."
    counted = [
        f"{_count(relations, _is_randomised)} reported as randomised",
        f"{_count(relations, _is_double_blind)} as double-blind",
        f"{_count(relations, _is_read_in_full)} read in the full text of a publication",
    ]
    return f"{human_studies(relations)}. Of these, {listed(counted)}."


def _count(relations: Relations, holds: Callable[[Relations, Study], bool]) -> int | str:
    """Return of how many studies something holds for at least one report; `none` of no study."""
    return sum(any(holds(relations, one) for one in group) for group in relations.groups) or "none"


def _is_randomised(_: Relations, study: Study) -> bool:
    return study.allocation_type is not None and study.allocation_type.value == "randomised"


def _is_double_blind(_: Relations, study: Study) -> bool:
    return study.masking is not None and study.masking.value == "double-blind"


def _is_read_in_full(relations: Relations, study: Study) -> bool:
    return any(
        source.publication and source.read == "full text" for source in relations.sources_of(study)
    )


def source_kind(source: Source) -> str:
    """Return the kind of a source with its character: `web article; secondary, promotional`."""
    traits = ", ".join(trait.word for trait in source.character)
    return f"{source.kind}; {traits}" if traits else source.kind


def possible_values(ways: Sequence[tuple[str, Course]], of: str) -> str:
    """Return how many values a total has, by reading and by assumption; that it has none else.

    Where only one reading or some of them give a value, it says in how many of all; a single
    value is then given itself: `7.5–15 mg in 1 of 3 readings`.
    """
    totals: list[Total] = [getattr(way, of) for _, way in ways]
    found = [total for total in totals if not isinstance(total, Impossible)]
    if not found:
        return NOT_COMPUTED
    if len(found) == len(totals):
        return number(len(found), "possible value")
    if len(found) == 1:
        return f"{typeset(found[0])} in 1 of {len(totals)} readings"
    return f"{number(len(found), 'possible value')} in {len(totals)} readings"


def routes(relations: Relations) -> str | Absence:
    """Return the routes of the reported regimens, each once; a word of absence where none does.

    A route that was not looked for anywhere is `not extracted`; one that every source read for it
    leaves out is `not reported`.
    """
    values = [regimen.route.value for regimen in relations.regimens]
    found = _each_once([shown(value) for value in values if not isinstance(value, Absence)])
    if found:
        return ", ".join(found)
    return Absence.NOT_REPORTED if set(values) == {Absence.NOT_REPORTED} else Absence.NOT_EXTRACTED


def strengths(site: Site) -> str:
    """Return the strengths of the presentations as their labels print them; else empty.

    A strength without a printed label is given as the amount that it is. A presentation that is
    kept apart is another medicine, whose strength is none of this one.
    """
    printed = [
        product.strength.value if product.strength_label.absence else product.strength_label.value
        for product in site.products.values()
        if product.substance == site.identity.substance and not product.apart
    ]
    known = [prose(shown(strength)) for strength in printed if not isinstance(strength, Absence)]
    return ", ".join(_each_once(known))


def _each_once(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))
