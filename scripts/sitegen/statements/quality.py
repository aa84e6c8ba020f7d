"""How much of the records is proved, used, reported and read: counts, each with its definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.check.record_counts import REPORTED, RecordCounts
from sitegen.derive.relations import Relations
from sitegen.derive.verdict import Kind
from sitegen.derive.verdicts import verdicts
from sitegen.model.absence import MEANINGS, Absence
from sitegen.model.ledger import ReleasedCounts
from sitegen.statements.counts import sources_by_reading
from sitegen.statements.silence import none_recorded

_OF_VERDICTS = (
    (Kind.CONSISTENT, "passed", "The values of the sources fit together."),
    (
        Kind.ONLY_IF,
        "passed under a condition",
        "They fit together if what the verdict names holds.",
    ),
    (Kind.INCONSISTENT, "failed", "They contradict each other."),
    (Kind.UNCHECKABLE, "skipped", "A value that the check needs is absent or cannot be compared."),
)
_OF_READINGS = {
    "full text": "The whole text was read, so what it leaves out is left out by it.",
    "abstract": "The abstract was read, and not the text behind it.",
    "summary by others": "What others say of it was read.",
    "bibliographic record": "Its entry in a catalogue was seen.",
    "single facts": "Single facts were looked up in it.",
}
_CHANGED, _NOTICED, _MISSED = "changed-figures", "noticed", "not noticed"
_HISTORY = (
    ("Checks passed", "checks", "passed"),
    ("Figures proved", "figures", "proved"),
    ("Changed figures noticed", _CHANGED, _NOTICED),
    ("Sentences used", "sentences", "used"),
    ("Fields reported", "fields", REPORTED),
    ("Sources read in full", "sources", "full text"),
)
"""The columns of the table by version: heading, measure, and the part that is shown of it."""
HISTORY = [heading for heading, _, _ in _HISTORY]


@dataclass(frozen=True)
class Share:
    """A part of what is counted, with what belongs to it."""

    name: str
    number: int
    means: str


@dataclass(frozen=True)
class Measure:
    """Something that is counted whole, and its parts, which add up to it."""

    title: str
    anchor: str
    whole: str
    """What is counted, in the singular."""
    means: str
    """What is counted as one."""
    shares: tuple[Share, ...]

    @property
    def total(self) -> int:
        """Return the sum of the parts; it is the whole, since each thing is in one part."""
        return sum(share.number for share in self.shares)

    @property
    def line(self) -> str:
        """Return how much is counted, and what as one; where there is nothing, only that."""
        if not self.total:
            return none_recorded(self.whole)
        noun = self.whole if self.total == 1 else f"{self.whole}s"
        return f"{self.total:,} {noun}. {self.means}"


def measures(relations: Relations, counts: RecordCounts) -> tuple[Measure, ...]:
    """Return what is measured of the records as they are, and only these; see `history` too.

    `counts` are those of all records together.
    """
    return (
        _checks(relations),
        _figures(counts),
        _sentences(relations),
        _fields(counts),
        _sources(relations),
    )


def released_counts(
    relations: Relations, counts: RecordCounts, noticed: int, missed: int
) -> ReleasedCounts:
    """Return what a release stores of its version: each measure, and wrong figures it tried."""
    found = {
        measure.anchor: {share.name: share.number for share in measure.shares}
        for measure in measures(relations, counts)
    }
    tried = {_NOTICED: noticed, _MISSED: missed}
    return ReleasedCounts(relations.site.identity.version, {**found, _CHANGED: tried})


def changed_figures(relations: Relations) -> Measure | None:
    """Return how many wrong figures the check noticed; None where no release tried any."""
    tried = [one for one in _released(relations) if _CHANGED in one.counts]
    if not tried:
        return None
    found = tried[-1].counts[_CHANGED]
    shares = (
        Share(_NOTICED, found.get(_NOTICED, 0), "The check refused the record with it."),
        Share(_MISSED, found.get(_MISSED, 0), "The check accepted the record with it."),
    )
    means = (
        f"At the release of version {tried[-1].version}, each digit of each figure in the records "
        "was replaced by each other digit, and each decimal point was left out, one at a time."
    )
    return Measure("Changed figures noticed", _CHANGED, "changed figure", means, shares)


def shown(relations: Relations, counts: RecordCounts) -> tuple[Measure, ...]:
    """Return what the page shows: the measures, and wrong figures where a release tried any."""
    tried = changed_figures(relations)
    return (*measures(relations, counts), *((tried,) if tried else ()))


@dataclass(frozen=True)
class Counted:
    """One cell of the table by version."""

    heading: str
    words: str
    is_number: bool
    """Whether something was counted; else the words say that nothing was."""


Row: TypeAlias = tuple[str, tuple[Counted, ...]]
"""A version, with a cell for each heading of `HISTORY`."""


def history(relations: Relations, counts: RecordCounts) -> tuple[Row, ...]:
    """Return a row for the records as they are, and one for each version counted at its release.

    The newest release comes first.
    """
    now = {
        measure.anchor: {share.name: share.number for share in measure.shares}
        for measure in measures(relations, counts)
    }
    released = [(one.version, one.counts) for one in reversed(_released(relations))]
    return tuple(
        (version, tuple(_counted(name, found.get(of), part) for name, of, part in _HISTORY))
        for version, found in (("The records of this page", now), *released)
    )


def history_line(relations: Relations) -> str:
    """Return of how many releases there are counts; true of any number."""
    number = len(_released(relations))
    if not number:
        return "No version was counted at its release."
    return f"{number} {'version was' if number == 1 else 'versions were'} counted at release."


def _released(relations: Relations) -> tuple[ReleasedCounts, ...]:
    ledger = relations.site.ledger
    return ledger.quality if ledger else ()


def _counted(heading: str, found: Mapping[str, int] | None, part: str) -> Counted:
    """Return a part with its whole; words where it was not counted, or the whole is nothing."""
    if found is None:
        return Counted(heading, "not counted", is_number=False)
    total = sum(found.values())
    if not total:
        return Counted(heading, "none recorded", is_number=False)
    return Counted(heading, f"{found.get(part, 0):,} of {total:,}", is_number=True)


def share_line(share: Share, measure: Measure) -> str:
    """Return a part with its whole, in which each thing is counted once: `3 of 15`."""
    return f"{share.number:,} of {measure.total:,}"


def _checks(relations: Relations) -> Measure:
    found = Counter(judged.verdict.kind for judged in verdicts(relations))
    shares = tuple(Share(name, found[kind], means) for kind, name, means in _OF_VERDICTS)
    means = "Each compares values of sources by one rule."
    return Measure("Checks run", "checks", "check", means, shares)


def _figures(counts: RecordCounts) -> Measure:
    shares = (
        Share("proved", counts.proved, "A sentence that is cited has the figure and its unit."),
        Share("not proved", counts.unproved, "No sentence that is cited has it."),
    )
    means = (
        "Each amount, date and number of a record that draws on sources counts once; "
        "registers, and what we looked for ourselves, are left out."
    )
    return Measure("Figures proved", "figures", "figure", means, shares)


def _sentences(relations: Relations) -> Measure:
    cited = {
        at
        for record in relations.site.all()
        for locator in record.places_cited
        for at in locator.sentences
    }
    found = Counter(_use(cited, place, unused) for place, unused in _registered(relations))
    shares = (
        Share("used", found["used"], "A record draws on it."),
        Share("set aside", found["set aside"], "No record draws on it, and its register says why."),
        Share("left over", found["left over"], "No record draws on it, without a reason."),
    )
    means = "Each sentence in the register of a source counts once."
    return Measure("Sentences used", "sentences", "sentence", means, shares)


def _registered(relations: Relations) -> Iterator[tuple[str, bool]]:
    """Yield each sentence by its source and place, with whether it is set aside."""
    for source in relations.site.sources.values():
        for sentence in source.sentences:
            yield f"{source.id} {sentence.at}", bool(sentence.unused)


def _use(cited: set[str], place: str, unused: bool) -> str:
    if place in cited:
        return "used"
    return "set aside" if unused else "left over"


def _fields(counts: RecordCounts) -> Measure:
    found = counts.fields
    absent = (Share(word.value, found.get(word.value, 0), MEANINGS[word]) for word in Absence)
    reported = Share("reported", found.get(REPORTED, 0), "The record has a value.")
    means = "Each field that a source could answer counts once, in every record that has it."
    return Measure("Fields reported", "fields", "field", means, (reported, *absent))


def _sources(relations: Relations) -> Measure:
    shares = tuple(
        Share(found.read, found.sources, _OF_READINGS[found.read])
        for found in sources_by_reading(relations)
    )
    means = "Each source counts once, by how far it was read."
    return Measure("Sources by how far they were read", "sources", "source", means, shares)
