"""What the first page says of the evidence as a whole, and of where the doses come from."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.derive.course import Course
from sitegen.derive.design import design_of
from sitegen.derive.relations import Relations
from sitegen.derive.total import Impossible, Total, typeset
from sitegen.model import Site, Source, Study
from sitegen.model.absence import Absence
from sitegen.model.typography import prose, shown
from sitegen.statements.amounts import none_word
from sitegen.statements.english import listed, number
from sitegen.statements.sources import kind_as_read
from sitegen.statements.studies import studies_counted


def evidence_overview(relations: Relations) -> str:
    """Return how many human studies there are, and of how many three things are known.

    What sort each is, `human_studies` says on the page of studies. Of none there is no count.
    """
    if not relations.groups:
        return "No human study is in the records."
    return f"{studies_counted(relations)}. {designs_line(relations)}"


def designs_line(relations: Relations) -> str:
    """Return how many studies are described as randomised and as double-blind, and read in full.

    A study counts as randomised or double-blind where the record of any report of it says so. One
    of which no report says so and at least one is unclear is counted as unclear, and said to be
    indexed as randomised where PubMed files it so. A publication was read in full where a source is
    one and was read as full text. What was not reported or not read is in no count. Of one report
    alone the same is said without counts; where there is no study, it is empty.
    """
    if not relations.groups:
        return ""
    in_full = sum(any(_is_read_in_full(relations, one) for one in all) for all in relations.groups)
    if len(relations.studies) == 1:
        read = f"it was {'' if in_full else 'not '}read in the full text of a publication"
        words = listed([_of_one(relations, *one) for one in _WORDS])
        return f"As far as it was read, it is {words}; {read}."
    counted = [
        *(_described(relations, *one) for one in _WORDS),
        f"{in_full or 'none'} read in the full text of a publication",
    ]
    return f"In what was read of them, {listed(counted)}."


_WORDS = (("allocation", "randomised"), ("masking", "double-blind"))


def _of_one(relations: Relations, of: str, word: str) -> str:
    """Return whether the one report is described by a word: `not described as randomised`."""
    [group] = relations.groups
    found = _words(group, of)
    said = f"{'' if word in found else 'not '}described as {word}"
    if word in found or Absence.UNCLEAR not in found:
        return said
    is_filed = of == "allocation" and _is_filed_as_randomised(relations, group)
    return f"{said} (unclear{', indexed as randomised' if is_filed else ''})"


def _described(relations: Relations, of: str, word: str) -> str:
    """Return how many studies are described by a word of a closed list, and how many are unclear.

    `none described as randomised (1 unclear, indexed as randomised)`.
    """
    words = [(group, _words(group, of)) for group in relations.groups]
    count = sum(word in found for _, found in words)
    unclear = [group for group, found in words if Absence.UNCLEAR in found and word not in found]
    said = f"{count or 'none'} described as {word}"
    if not unclear:
        return said
    filed = sum(_is_filed_as_randomised(relations, group) for group in unclear)
    filed_as = "indexed as randomised" if filed == len(unclear) else f"{filed} of them indexed so"
    more = f", {filed_as}" if filed and of == "allocation" else ""
    return f"{said} ({len(unclear)} unclear{more})"


def _words(group: Sequence[Study], of: str) -> set[str | Absence]:
    """Return what the reports of one study have in a closed list of designs."""
    return {entry.value for study in group for entry in design_of(study) if entry.name == of}


def _is_filed_as_randomised(relations: Relations, group: Sequence[Study]) -> bool:
    publications = (relations.source_of(study).publication for study in group)
    return any(found and _RANDOMISED_IN_PUBMED in found.types for found in publications)


_RANDOMISED_IN_PUBMED = "Randomized Controlled Trial"


def _is_read_in_full(relations: Relations, study: Study) -> bool:
    return any(
        source.publication and source.read == "full text" for source in relations.sources_of(study)
    )


def source_kind(source: Source) -> str:
    """Return the kind of a source, how it was read, and its character.

    `web article; secondary, promotional`; `journal article, abstract read; primary`.
    """
    traits = ", ".join(trait.word for trait in source.character)
    return "; ".join(filter(None, [kind_as_read(source), traits]))


def possible_values(ways: Sequence[tuple[str, Course]], of: str) -> str:
    """Return how many values a total has, by reading and by assumption; else why it has none.

    A single value is given itself, with what it assumes: `2 mg if a drop is 0.05 mL`. Where only
    one reading or some of them give a value, it says in how many of all: `9 mg in 1 of 3 readings`.
    """
    totals: list[Total] = [getattr(way, of) for _, way in ways]
    found = [total for total in totals if not isinstance(total, Impossible)]
    if not found:
        words = dict.fromkeys(none_word(total) for total in totals if isinstance(total, Impossible))
        return " or ".join(words)
    if len(totals) == 1:
        return " ".join(filter(None, [typeset(found[0]), ways[0][0]]))
    if len(found) == len(totals):
        return number(len(found), "possible value")
    if len(found) == 1:
        return f"{typeset(found[0])} in 1 of {len(totals)} readings"
    return f"{number(len(found), 'possible value')} in {len(totals)} readings"


def routes(relations: Relations) -> str | Absence:
    """Return the routes of the reported regimens, each once; a word of absence where none does.

    A route that was not looked for anywhere is `not extracted`; one that every source read for it
    leaves out is `not reported`. True where there is a regimen.
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
