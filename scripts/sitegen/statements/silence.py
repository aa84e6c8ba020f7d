"""Which word of absence stands where a source says nothing, and where nobody looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sitegen.derive.completeness import Answer
from sitegen.derive.gaps import closings
from sitegen.derive.relations import Relations
from sitegen.derive.safety import sources_read_for
from sitegen.derive.support import unsupported
from sitegen.model import Record, Section, Source, Term, Topic
from sitegen.model.absence import MEANINGS, Absence
from sitegen.model.fields import reported_values
from sitegen.statements.english import capital, listed, number


def absence_in(relations: Relations, record: Record, topic: Topic) -> Absence:
    """Return the word for what a record does not have on a topic.

    “Not reported” only where each source that the record draws on was read for the topic; of any
    other source it is our own gap.
    """
    sources = relations.sources_of(record)
    was_read = bool(sources) and all(source.was_read_for(topic) for source in sources)
    return Absence.NOT_REPORTED if was_read else Absence.NOT_EXTRACTED


def absence_everywhere(relations: Relations, topic: Topic) -> Absence:
    """Return the word for what no record has on a topic.

    “Not reported” only where at least one source was read for the topic.
    """
    return Absence.NOT_REPORTED if sources_read_for(relations, topic) else Absence.NOT_EXTRACTED


def absence_legend(records: Sequence[Record]) -> str:
    """Return what each word of absence in some records means; empty where they have none."""
    found = {value.absence for record in records for _, value in reported_values(record)}
    meant = (f"{capital(str(word))}: {MEANINGS[word]}" for word in Absence if word in found)
    return " ".join(f"{meaning}." for meaning in meant)


def absence_remark(word: Absence) -> str | None:
    """Return that “none observed” is a claim whose method is not known; None of other words."""
    if word is Absence.NONE_OBSERVED:
        return "claimed; how it was looked for is not recorded"
    return None


def search_line(answer: Answer) -> str | None:
    """Return whether an answer that is missing was looked for; None of one that is reported."""
    if answer.state == "reported":
        return None
    return "not looked for" if answer.state == Absence.NOT_EXTRACTED.value else "looked for in"


def no_sentence_line(term: Term) -> str:
    """Return why a word of the glossary cites no sentence: it is ours, or none is cited for it."""
    return "our own word" if term.kind == "reporting" else "no sentence cited here"


def none_recorded(what: str) -> str:
    """Return that the records have none of something, which says nothing of any source."""
    return f"No {what} is in the records."


def undrawn_parts(relations: Relations) -> tuple[tuple[Source, Section], ...]:
    """Return the sections that no record draws on; only of sources whose full text was read."""
    return tuple(
        (source, section)
        for source in relations.read_in_full
        for section in relations.empty_sections(source)
    )


def undrawn_parts_line(relations: Relations) -> str:
    """Return whether records draw on every part; only of the sources that were read in full."""
    if not relations.read_in_full:
        return "No source was read in full, so that parts without content are not known."
    if undrawn_parts(relations):
        return "Parts of the sources read in full that no record cites."
    return "Every part of the sources that were read in full is cited by a record."


def undrawn_part_line(relations: Relations, source: Source, section: Section) -> str:
    """Return how many sentences a part has that no record draws on; or that it has none."""
    return number(len(relations.drawn(source, section)), "sentence")


def empty_section_line(source: Source) -> str:
    """Return that a section has no sentence; where a source was not read in full, none noted."""
    return "It has no sentence." if source.read == "full text" else "No fact was noted from it."


def unsupported_line(relations: Relations) -> str | None:
    """Return why no evaluative word is without support; None where one is."""
    if next(unsupported(relations), None):
        return None
    if not relations.studies:
        return none_recorded("report of a study in people")
    if not any(finding.emphasis for study in relations.studies for finding in study.findings):
        return none_recorded("finding in evaluative words")
    return "No report of a finding in evaluative words lacks what it was read for."


def gaps_line(relations: Relations) -> str:
    """Return how many values have each word of absence; no two words are counted as one."""
    words = Counter(
        gap.word
        for closing in closings(relations)
        for record in closing.records
        for gap in record.gaps
    )
    counted = listed([f"{words[word]} {word}" for word in Absence if words[word]])
    return f"Values without an answer: {counted}." if counted else "Every value has an answer."
