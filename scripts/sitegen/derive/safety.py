"""What sources report and deny on safety, by what it is about, and which source lists what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sitegen.derive.grouping import grouped
from sitegen.derive.harms import ListedHarm, harms_of_source, listed_harms
from sitegen.derive.relations import Relations
from sitegen.incremental.queries import query
from sitegen.model import TOPIC_OF, Caution, CautionKind, Condition, Source, Topic
from sitegen.model.absence import Absence


@dataclass(frozen=True)
class CautionGroup:
    """The cautions of one kind that report the same subject."""

    kind: CautionKind
    name: str
    condition: str | None
    """The condition that is the subject, by its id."""
    cautions: tuple[Caution, ...]

    @property
    def subject(self) -> str:
        """What it is about, by which a denial of another source is found: its name without one."""
        return next((one.subject for one in self.cautions if one.subject), self.name)

    @property
    def is_only_related(self) -> bool:
        """Whether the subject is none of the conditions that it is tied to."""
        return all(caution.is_only_related for caution in self.cautions)


@dataclass(frozen=True)
class Denial:
    """The cautions of one kind that claim that the same subject does not occur."""

    kind: CautionKind
    subject: str | None
    """What is denied; None for everything of the kind."""
    cautions: tuple[Caution, ...]


class Listing(Enum):
    """Whether and how a source lists a contraindication."""

    LISTED = "listed"
    IN_PART = "listed in part of the texts"
    BROADER = "broader"
    NARROWER = "narrower"
    OVERLAPPING = "overlapping"
    DENIED = "denied"
    UNCLEAR = "unclear"
    NOT_LISTED = "not listed"
    NOT_READ = "not read for this"


RELATED = (Listing.BROADER, Listing.NARROWER, Listing.OVERLAPPING)
"""The listings of a source that names something else, which is related to the condition."""


@dataclass(frozen=True)
class SourceListing:
    """Whether one source lists one contraindication, with the cautions that say so."""

    source: Source
    listing: Listing
    cautions: tuple[Caution, ...]

    @property
    def is_related(self) -> bool:
        """Return whether the source names something else, which has to be said with it."""
        return self.listing in RELATED


@dataclass(frozen=True)
class ListedBy:
    """One contraindication, and for each source whether it lists it."""

    name: str
    condition: str | None
    """The condition that is ruled out, by its id."""
    by_source: tuple[SourceListing, ...]

    def of(self, *listings: Listing) -> tuple[SourceListing, ...]:
        """Return the entries of the sources with one of these listings."""
        return tuple(entry for entry in self.by_source if entry.listing in listings)


@query
def caution_groups(relations: Relations) -> tuple[CautionGroup, ...]:
    """Everything that sources report, grouped by subject; denials and gaps are in no group.

    A contraindication is about its conditions and is in the group of each; any other caution
    is about its `subject`. Without either, a caution is a group of its own: two statements are
    never joined by their name or their kind.
    """
    groups = grouped(
        ((caution.kind, *subject), caution)
        for caution in relations.cautions
        if caution.is_reported
        for subject in _subjects(caution)
    )
    return tuple(
        _group(relations, id if about == "condition" else None, cautions)
        for (_, about, id), cautions in groups.items()
    )


@query
def groups_of_kind(relations: Relations, kind: CautionKind) -> tuple[CautionGroup, ...]:
    """Return what sources report of one kind, grouped by subject."""
    return tuple(group for group in caution_groups(relations) if group.kind == kind)


@query
def cautions_of_kind(relations: Relations, kind: CautionKind) -> tuple[Caution, ...]:
    """Return the cautions of one kind, whether reported or denied, in source order."""
    return tuple(caution for caution in relations.cautions if caution.kind == kind)


@query
def denials(relations: Relations) -> tuple[Denial, ...]:
    """Return what sources claim not to occur, grouped by kind, subject and stance.

    What is said practically not to occur is kept apart from what is said not to occur. A source
    that reports what it denies, or whose own study counts it, is left out: it is no witness of an
    absence.
    """
    found = grouped(
        ((caution.kind, _plain(subject), caution.stance == "nearly denied"), (subject, caution))
        for caution in relations.cautions
        if caution.is_denied
        and not reported_all_the_same(relations, caution)
        and not counted_all_the_same(relations, caution)
        for subject in subjects_denied(relations, caution)
    )
    return tuple(
        Denial(kind, several[0][0], tuple(caution for _, caution in several))
        for (kind, *_), several in found.items()
    )


def subjects_denied(relations: Relations, denial: Caution) -> tuple[str | None, ...]:
    """Return what a denial is about: conditions by name, a subject, or None for its whole kind."""
    if denial.kind == "contraindication" and denial.conditions:
        return tuple(relations.site.conditions[id].name for id in denial.conditions)
    return (denial.subject,)


@query
def reported_all_the_same(relations: Relations, denial: Caution) -> tuple[Caution, ...]:
    """Return what the source of a denial reports of the subject that it denies.

    A denial without a subject is about its whole kind, so any report of that kind counts.
    """
    sources = {source.id for source in relations.sources_of(denial)}
    return tuple(
        caution
        for caution in relations.cautions
        if caution.is_reported
        and caution.kind == denial.kind
        and _is_of_the_same(denial, caution)
        and sources & {source.id for source in relations.sources_of(caution)}
    )


def _is_of_the_same(denial: Caution, report: Caution) -> bool:
    """Return whether a caution reports what another of its kind denies."""
    if denial.kind == "contraindication" and denial.conditions:
        return bool(set(denial.conditions) & set(report.conditions))
    return denial.subject is None or _plain(report.subject) == _plain(denial.subject)


@query
def counted_all_the_same(relations: Relations, denial: Caution) -> tuple[ListedHarm, ...]:
    """Return the harms of studies, of the source of a denial, that it says do not occur.

    A denial without a subject is about every adverse effect, so any harm that was seen with the
    drug counts; else one of the same name.
    """
    if denial.kind != "adverse effects":
        return ()
    return tuple(
        listed
        for source in relations.sources_of(denial)
        for listed in harms_of_source(relations, source)
        if denial.subject is None or _plain(listed.harm.event) == _plain(denial.subject)
    )


@query
def harms_not_cautioned(relations: Relations) -> tuple[ListedHarm, ...]:
    """Return the harms that reports of studies list, each once by its name.

    Those of which a caution on adverse effects has the name are left out.
    """
    known = {_plain(group.name) for group in groups_of_kind(relations, "adverse effects")}
    found = grouped((_plain(listed.harm.event), listed) for listed in listed_harms(relations))
    return tuple(several[0] for name, several in found.items() if name not in known)


@query
def sources_read_for(relations: Relations, topic: Topic) -> tuple[Source, ...]:
    """Return the sources that were read for a topic, so that their silence on it is known."""
    return tuple(source for source in relations.site.sources.values() if source.was_read_for(topic))


@query
def contraindications(relations: Relations) -> tuple[ListedBy, ...]:
    """Return every contraindication, and for each source whether it lists it.

    The sources are those read for contraindications, and those that list one, deny one or are
    unclear on one. A statement that names something else has no row of its own: it is in the rows
    of the conditions it is tied to.
    """
    groups = groups_of_kind(relations, "contraindication")
    stated = dict.fromkeys(caution for group in groups for caution in group.cautions)
    read = sources_read_for(relations, TOPIC_OF["contraindication"])
    other = filter(_is_on_a_subject, cautions_of_kind(relations, "contraindication"))
    said = (one for caution in (*stated, *other) for one in relations.sources_of(caution))
    sources = tuple(dict.fromkeys((*said, *read)))
    rows = [_listed_by(relations, group, sources) for group in groups if not group.is_only_related]
    known = {row.condition for row in rows}
    related = dict.fromkeys(part.condition for caution in stated for part in caution.related)
    rows += [
        _listed_by(relations, _group_of(relations, id), sources)
        for id in related
        if id not in known
    ]
    return tuple(rows)


@query
def contraindication(relations: Relations, condition: Condition) -> ListedBy | None:
    """Return how each source lists a condition as a contraindication; None where no source does."""
    rows = contraindications(relations)
    return next((row for row in rows if row.condition == condition.id), None)


def _is_on_a_subject(caution: Caution) -> bool:
    """Return whether a caution denies something by name, or is unclear on it."""
    is_open = caution.says.absence is Absence.UNCLEAR
    return bool(caution.subject or caution.conditions) and (caution.is_denied or is_open)


def _subjects(caution: Caution) -> tuple[tuple[str, str], ...]:
    if caution.kind == "contraindication" and caution.conditions:
        return tuple(("condition", id) for id in caution.conditions)
    if caution.subject:
        return (("subject", _plain(caution.subject)),)
    return (("record", caution.id),)


def _plain(subject: str | None) -> str:
    return (subject or "").casefold()


def _group(
    relations: Relations, condition: str | None, cautions: tuple[Caution, ...]
) -> CautionGroup:
    first = cautions[0]
    if condition:
        name = relations.site.conditions[condition].name
    else:
        name = first.name if len({one.name for one in cautions}) == 1 else _subject_of(first)
    return CautionGroup(first.kind, name, condition, cautions)


def _subject_of(caution: Caution) -> str:
    """Return the subject of a caution, which others of other names share, with a capital."""
    subject = caution.subject or caution.name
    return subject[:1].upper() + subject[1:]


def _group_of(relations: Relations, condition: str) -> CautionGroup:
    """Return the group of a condition that no contraindication names, but something related."""
    return CautionGroup(
        "contraindication", relations.site.conditions[condition].name, condition, ()
    )


def _listed_by(relations: Relations, group: CautionGroup, sources: tuple[Source, ...]) -> ListedBy:
    stated = {
        Listing.LISTED: tuple(caution for caution in group.cautions if caution.texts == "all"),
        Listing.IN_PART: tuple(caution for caution in group.cautions if caution.texts == "part"),
        **_related(relations, group.condition),
        **_not_reported(relations, group),
    }
    return ListedBy(
        group.name,
        group.condition,
        tuple(_listing(relations, source, stated) for source in sources),
    )


def _related(relations: Relations, id: str | None) -> Mapping[Listing, tuple[Caution, ...]]:
    """Return the contraindications that name something else than a condition, by how it relates."""
    if not id:
        return {}
    found = grouped(
        (Listing(part.how), caution)
        for caution in relations.related_cautions(relations.site.conditions[id])
        if caution.kind == "contraindication" and caution.is_reported
        for part in caution.related
        if part.condition == id
    )
    return {listing: found[listing] for listing in RELATED if listing in found}


def _not_reported(
    relations: Relations, group: CautionGroup
) -> Mapping[Listing, tuple[Caution, ...]]:
    """Return the contraindications about a subject that are denied, and those that are unclear.

    Without a condition, the subject is matched by its words.
    """
    about = [
        caution
        for caution in cautions_of_kind(relations, "contraindication")
        if (
            group.condition in caution.conditions
            if group.condition
            else _plain(caution.subject) == _plain(group.subject)
        )
    ]
    unclear = (one for one in about if one.says.absence is Absence.UNCLEAR)
    return {
        Listing.DENIED: tuple(caution for caution in about if caution.is_denied),
        Listing.UNCLEAR: tuple(unclear),
    }


def _listing(
    relations: Relations, source: Source, stated: Mapping[Listing, tuple[Caution, ...]]
) -> SourceListing:
    for listing, cautions in stated.items():
        own = tuple(caution for caution in cautions if source in relations.sources_of(caution))
        if own:
            return SourceListing(source, listing, own)
    was_read = source.was_read_for(TOPIC_OF["contraindication"])
    return SourceListing(source, Listing.NOT_LISTED if was_read else Listing.NOT_READ, ())
