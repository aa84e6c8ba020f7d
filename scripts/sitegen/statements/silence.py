"""Which word of absence stands where a source says nothing, and where nobody looked."""

from __future__ import annotations

from sitegen.derive.completeness import Answer
from sitegen.derive.relations import Relations
from sitegen.derive.safety import sources_read_for
from sitegen.model import Record, Term, Topic
from sitegen.model.absence import Absence


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


def absence_remark(word: Absence) -> str | None:
    """Return that “none observed” is a claim whose method is not known; None of other words."""
    if word is Absence.NONE_OBSERVED:
        return "claimed; how it was looked for is not reported"
    return None


def search_line(answer: Answer) -> str | None:
    """Return whether an answer that is missing was looked for; None of one that is reported."""
    if answer.state == "reported":
        return None
    return "not looked for" if answer.state == Absence.NOT_EXTRACTED.value else "looked for in"


def no_sentence_line(term: Term) -> str:
    """Return why a word of the glossary cites no sentence: it is ours, or none was cited."""
    return "our own word" if term.kind == "reporting" else "in no sentence cited"


def no_emphasis_line(printed: bool) -> str:
    """Return that a sentence has no evaluative words; of facts noted, that none were noted."""
    return "no evaluative words" if printed else "none noted"
