"""Sentences on contraindications, adverse effects and the other kinds of caution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from sitegen.derive.completeness import count_of_item, state_of
from sitegen.derive.grouping import grouped
from sitegen.derive.harms import listed_harms
from sitegen.derive.relations import Relations
from sitegen.derive.safety import (
    RELATED,
    CautionGroup,
    Denial,
    ListedBy,
    Listing,
    SourceListing,
    counted_all_the_same,
    denials,
    groups_of_kind,
    reported_all_the_same,
    sources_read_for,
)
from sitegen.derive.support import Tension, tensions
from sitegen.model import (
    CAUTION_KINDS,
    TOPIC_OF,
    Caution,
    CautionKind,
    EventCount,
    Source,
    Study,
    Topic,
)
from sitegen.model.absence import Absence
from sitegen.model.caution import Relatedness
from sitegen.model.typography import amount
from sitegen.statements.counts import count_line
from sitegen.statements.english import capital, listed, number
from sitegen.statements.sources import titled

TITLES: Mapping[CautionKind, str] = {
    "boxed warning": "Boxed warnings",
    "contraindication": "Contraindications",
    "warning": "Warnings",
    "precaution": "Precautions",
    "adverse effects": "Adverse effects",
    "interaction": "Interactions",
    "pregnancy": "Pregnancy",
    "breast-feeding": "Breast-feeding",
    "driving": "Driving",
    "dependence": "Dependence",
    "overdose": "Overdose",
}
_COUNTED: Mapping[CautionKind, tuple[str, str]] = {
    "boxed warning": ("boxed warning", "boxed warnings"),
    "contraindication": ("contraindication", "contraindications"),
    "warning": ("warning", "warnings"),
    "precaution": ("precaution", "precautions"),
    "adverse effects": ("adverse effect reported", "adverse effects reported"),
    "interaction": ("interaction", "interactions"),
    "pregnancy": ("statement on pregnancy", "statements on pregnancy"),
    "breast-feeding": ("statement on breast-feeding", "statements on breast-feeding"),
    "driving": ("statement on driving", "statements on driving"),
    "dependence": ("report of dependence", "reports of dependence"),
    "overdose": ("report of overdose", "reports of overdose"),
}
_DENIED: Mapping[CautionKind, str] = {
    "boxed warning": "need of a boxed warning",
    "warning": "need of a warning",
    "precaution": "need of a precaution",
    "pregnancy": "harm in pregnancy",
    "breast-feeding": "harm in breast-feeding",
    "driving": "effects on driving",
}
"""What a denial of a whole kind denies, where the title of the kind does not say it."""
_READ_FOR = TOPIC_OF["contraindication"]


def counts_line(relations: Relations) -> str:
    """Return how many subjects are reported of each kind, and how many are denied.

    True of any data: a subject that several sources report counts once, a denial is counted
    apart, and a kind of which nothing is reported is left out. What is called practically absent
    is no claim of none. Reports of studies that list a harm are counted apart: a harm of theirs may
    be an adverse effect that a source reports elsewhere too.
    """
    kinds = [(kind, len(groups_of_kind(relations, kind))) for kind in CAUTION_KINDS]
    parts = [number(count, *_COUNTED[kind]) for kind, count in kinds if count]
    stances = [{one.stance for one in denial.cautions} for denial in denials(relations)]
    nearly = stances.count({"nearly denied"})
    if denied := len(stances) - nearly:
        parts.append(number(denied, "claim of none", "claims of none"))
    if nearly:
        parts.append(number(nearly, "claim of practically none", "claims of practically none"))
    if not parts:
        return _nothing_recorded(relations)
    return ", ".join(filter(None, [*parts, _harms_counted(relations)]))


_TOPICS: tuple[Topic, ...] = ("contraindications", "adverse effects", "interactions")


def _nothing_recorded(relations: Relations) -> str:
    """Return that no caution is in the records, and for which topics no source was read.

    Where a report of a study lists a harm, that is said: harms are recorded, if not as cautions.
    """
    unread = [topic for topic in _TOPICS if not sources_read_for(relations, topic)]
    harms = _harms_counted(relations)
    none = "no caution is in the records" if harms else _NONE_RECORDED
    not_read = f"no source was read to the end for {listed(unread, 'or')}" if unread else ""
    return "; ".join(filter(None, [none, harms, not_read]))


_NONE_RECORDED = "no contraindication, adverse effect or interaction is in the records"


def _harms_counted(relations: Relations) -> str:
    """Return how many reports of studies list a harm; empty where none does."""
    reports = {one.study.id for one in listed_harms(relations)}
    return f"harms listed in {number(len(reports), 'report of a study', _REPORTS)}" * bool(reports)


_REPORTS = "reports of studies"


def is_read_for_cautions(relations: Relations) -> bool:
    """Return whether any source was read for cautions of any kind, so that silence is known."""
    return any(sources_read_for(relations, topic) for topic in dict.fromkeys(TOPIC_OF.values()))


def not_cautioned_line(relations: Relations) -> str:
    """Return what it means that no caution names a condition, for a cell.

    “None listed” is true only where some source was read for cautions of some kind.
    """
    return "none listed" if is_read_for_cautions(relations) else Listing.NOT_READ.value


def related_line(relations: Relations) -> str | None:
    """Return how many contraindications do not name the conditions that they are tied to.

    None where there is none: every contraindication then names its conditions, or has none here.
    """
    groups = groups_of_kind(relations, "contraindication")
    found = [group for group in groups if group.is_only_related]
    if not found:
        return None
    given = {part.how for group in found for one in group.cautions for part in one.related}
    hows = listed([how for how in get_args(Relatedness) if how in given], "or")
    verb, linked = ("names", "condition") if len(found) == 1 else ("name", "conditions")
    of = f"{len(found)} of the {number(len(groups), 'contraindication')}"
    return f"{of} {verb} something {hows}, not the linked {linked}"


def group_remark(relations: Relations, group: CautionGroup) -> str | None:
    """Return how what a group names relates to conditions; None where it is those conditions."""
    if not group.is_only_related:
        return None
    conditions = relations.site.conditions
    found = (
        f"{part.phrase} {conditions[part.condition].name}"
        for caution in group.cautions
        for part in caution.related
    )
    return ", ".join(dict.fromkeys(found))


NOT_RULED_OUT = "said not to rule the drug out"
"""True of a contraindication by name that its source denies: it says that the drug may be given."""
HARDLY_RULED_OUT = "said practically not to rule the drug out"
"""True of a contraindication by name that its source practically denies."""
CLAIMED_ABSENT = "claimed not to occur"
"""True of a caution whose source says in words that its subject does not occur."""
CALLED_NEARLY_ABSENT = "called practically absent"
"""True of a caution whose source says in words that its subject practically does not occur."""


def denial_remark(caution: Caution) -> str | None:
    """Return that a text denies its subject; None where it reports it, or is a word of absence."""
    return _denied_in_words(caution) if caution.is_denied and not caution.says.absence else None


def _denied_in_words(caution: Caution) -> str:
    nearly = caution.stance == "nearly denied"
    if caution.kind == "contraindication" and (caution.subject or caution.conditions):
        return HARDLY_RULED_OUT if nearly else NOT_RULED_OUT
    return CALLED_NEARLY_ABSENT if nearly else CLAIMED_ABSENT


def denial_line(denial: Denial) -> str:
    """Return what a denial says, without who says it.

    “Method not stated” is said only where every source claims that nothing was seen, since that
    word of absence means just this.
    """
    if all(caution.says.absence is Absence.NONE_OBSERVED for caution in denial.cautions):
        return "none reported (method not recorded)"
    return _denied_in_words(denial.cautions[0])


def denial_subject(denial: Denial) -> str:
    """Return what is denied: its subject, or its whole kind where it has none."""
    return denial.subject or _DENIED.get(denial.kind, TITLES[denial.kind].lower())


def denials_by_source(
    relations: Relations,
) -> tuple[tuple[tuple[Source, ...], str, tuple[Denial, ...]], ...]:
    """Return who denies what, with how it is said: the denials of the same sources together.

    Each denial keeps its own subject; no two are merged.
    """
    found = grouped(
        ((_sources(relations, denial), denial_line(denial)), denial)
        for denial in denials(relations)
    )
    return tuple((sources, line, several) for (sources, line), several in found.items())


def _sources(relations: Relations, denial: Denial) -> tuple[Source, ...]:
    sources = (source for one in denial.cautions for source in relations.sources_of(one))
    return tuple(dict.fromkeys(sources))


def contradiction_line(relations: Relations, caution: Caution) -> str | None:
    """Return that the source of a denial reports what it denies; None where it does not.

    It reports it in another caution, or lists it among the harms of a study as seen with the drug.
    """
    if not caution.is_denied:
        return None
    if reported_all_the_same(relations, caution):
        return "The same source also reports this, so it is not counted as a claim of none."
    if harms := counted_all_the_same(relations, caution):
        named = listed(list(dict.fromkeys(f"“{one.harm.event}”" for one in harms)))
        among = f"The same source lists {named} among the harms of a study"
        return f"{among}, so it is not counted as a claim of none."
    return None


_STANDS_OTHERWISE = {
    Listing.IN_PART: ("lists it in part of the texts", "list it in part of the texts"),
    **{how: (f"names something {how.value}", f"name something {how.value}") for how in RELATED},
    Listing.DENIED: ("denies it", "deny it"),
    Listing.UNCLEAR: ("is unclear on it", "are unclear on it"),
}


def listing_line(row: ListedBy) -> str:
    """Return how many sources list a contraindication.

    The denominator is the sources that were read for contraindications and no others; sources
    that list it without having been read for them, those that list it in part of their texts, that
    name something related, deny it or are unclear are counted apart. Where those read list it in
    part of their texts alone, they are counted as listing it so.
    """
    read = [entry for entry in row.by_source if entry.source.was_read_for(_READ_FOR)]
    whole = [entry for entry in read if entry.listing is Listing.LISTED]
    inside = whole or [entry for entry in read if entry.listing is Listing.IN_PART]
    outside = len(row.of(Listing.LISTED)) - len(whole)
    parts = []
    if outside and not inside and read:
        parts.append(_only_unread_line(outside, len(read)))
    elif read:
        parts.append(_of_those_read(len(inside), len(read), is_in_part=bool(inside) and not whole))
    if outside and (inside or not read):
        verb = "lists" if outside == 1 else "list"
        parts.append(f"{number(outside, 'source')} not read for {_READ_FOR} {verb} it")
    for listing, (one, many) in _STANDS_OTHERWISE.items():
        counted = () if whole else inside
        if found := [entry for entry in row.of(listing) if entry not in counted]:
            said = f"{number(len(found), 'source')} {one if len(found) == 1 else many}"
            parts.append(f"{said}: {_named(found)}" if listing in RELATED else said)
    return capital("; ".join(parts))


def _of_those_read(listing: int, read: int, is_in_part: bool) -> str:
    """Return how many of the sources read for contraindications list one, or list it in part."""
    how = ", in part of the texts" if is_in_part else ""
    if read == 1:
        return (
            f"the one source read for {_READ_FOR} {'lists' if listing else 'does not list'} it{how}"
        )
    verb = "list" if listing > 1 else "lists"
    return f"{listing or 'none'} of {read} sources read for {_READ_FOR} {verb} it{how}"


def _only_unread_line(outside: int, read: int) -> str:
    """Return that only sources list it that were not read for contraindications."""
    by = f"listed by {number(outside, 'source')} not read to the end for {_READ_FOR}"
    if read == 1:
        return f"{by}; the one that was does not list it"
    return f"{by}; none of the {read} that were lists it"


def _named(entries: Sequence[SourceListing]) -> str:
    """Return what sources name instead, each name once."""
    names = (caution.name for entry in entries for caution in entry.cautions)
    return ", ".join(dict.fromkeys(names))


def cell_line(listing: Listing, source: Source) -> str:
    """Return how a source stands to a contraindication, for a cell.

    “Not listed” is true only of a source read for contraindications; of any other, what it does
    not list was not looked for.
    """
    unread = listing in (Listing.LISTED, Listing.IN_PART) and not source.was_read_for(_READ_FOR)
    return f"{listing.value} (source not read to the end for this)" if unread else listing.value


def events_line(count: EventCount) -> str:
    """Return how many had an effect, as the source counts or prints it, and in which group.

    True of any count: nothing is computed, and what the source does not give is left out.
    """
    share = amount(count.percentage) if count.percentage else ""
    if count.events is not None and count.of is not None:
        found = f"{count.events} of {amount(count.of)}"
        found += f" ({share})" if share else ""
    else:
        found = f"{share} of {amount(count.of)}" if count.of else share
    return f"{count.arm}: {found}" if count.arm else found


def frequency_line(caution: Caution) -> str | None:
    """Return how often an adverse effect occurs, as its source says; None where it does not.

    A band is the source's word and no number: no share is made of it, and no band of a share.
    """
    counts = "; ".join(map(events_line, caution.counts))
    return "; ".join(filter(None, [caution.frequency, counts])) or None


def contraindicated_line(relations: Relations, row: ListedBy | None) -> str:
    """Return who lists a condition as a contraindication; of None, that no record says so.

    It says of no source that it is silent, unless that source was read for contraindications.
    """
    if row:
        return listing_line(row)
    read = len(sources_read_for(relations, _READ_FOR))
    if not read:
        return f"No source was read to the end for {_READ_FOR}"
    if read == 1:
        return f"The one source read for {_READ_FOR} does not list it"
    return f"None of {read} sources read for {_READ_FOR} lists it"


def tensions_line(relations: Relations) -> str | None:
    """Return why no caution meets the people of a study; None where one does.

    Only what is recorded is matched: the same condition, or one that a curator ties to it.
    """
    if tensions(relations):
        return None
    if not relations.studies:
        return "No study in people is in the records."
    if not groups_of_kind(relations, "contraindication"):
        return "No contraindication is in the records."
    return (
        "No contraindication in the records is of a condition that was studied, or is tied to one."
    )


def harms_line(relations: Relations) -> str:
    """Return how many reports say something on harms: those of the first source, else all.

    The first source is named where another has reports too. A report that only claims that no harm
    was seen is counted apart.
    """
    if not relations.studies:
        return "No report of a study in people is in the records."
    first = relations.of_first_source(relations.studies)
    reports = first or relations.studies
    counted = count_line(count_of_item(reports, "harms"))
    is_part = 0 < len(first) < len(relations.studies)
    where = f"Reports in “{titled(relations.source_of(first[0]))}”" if is_part else "Reports"
    said = f"{where} that say how harms were looked for, or what was found: {counted}."
    return " ".join(filter(None, [said, _none_seen(reports)]))


def _none_seen(reports: Sequence[Study]) -> str:
    """Return how many reports claim that no harm was seen, which are not counted; else empty."""
    words = [state_of(study, "harms") for study in reports]
    claims = words.count(Absence.NONE_OBSERVED.value)
    verb = "says" if claims == 1 else "say"
    return f"{number(claims, 'other')} only {verb} that none was seen." if claims else ""


def reports_on_harms(relations: Relations) -> str:
    """Return what the list of reports that say something on harms is called.

    They are of other sources than the first only where the first has a report of a study.
    """
    of_others = " of other sources" if relations.of_first_source(relations.studies) else ""
    return f"Reports{of_others} that say something on harms"


def meeting_line(tension: Tension) -> str:
    """Return why a caution may concern the people of a study, in the words of the records."""
    if tension.overlap:
        return tension.overlap.why
    if tension.related:
        return f"The caution is {tension.related.how}: {tension.related.why}"
    return "The study is on the very condition that is cautioned against."
