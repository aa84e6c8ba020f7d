"""What it means that no source reports something of a kind of caution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sitegen.derive.completeness import with_harms
from sitegen.derive.grouping import grouped
from sitegen.derive.harms import harms_of_source
from sitegen.derive.relations import Relations
from sitegen.derive.safety import (
    cautions_of_kind,
    groups_of_kind,
    sources_read_for,
    subjects_denied,
)
from sitegen.model import CAUTION_KINDS, TOPIC_OF, Caution, CautionKind, Source
from sitegen.model.absence import Absence
from sitegen.statements.english import capital, listed, number, small
from sitegen.statements.safety import TITLES
from sitegen.statements.sources import source_label

_AS_A_RECORD: Mapping[CautionKind, str] = {
    **{kind: f"on {TITLES[kind].lower()}" for kind in CAUTION_KINDS},
    "boxed warning": "as a boxed warning",
    "contraindication": "as a contraindication",
    "warning": "as a warning",
    "precaution": "as a precaution",
}
"""How the record of a kind is called, after “Nothing is recorded”."""
_FILED_ELSEWHERE: tuple[CautionKind, ...] = (
    "boxed warning",
    "warning",
    "precaution",
    "pregnancy",
    "breast-feeding",
    "driving",
)
"""Kinds of which a source may speak in a caution of another kind, such as a contraindication."""
_OPEN: Mapping[Absence, tuple[str, str]] = {
    Absence.UNCLEAR: ("is unclear on {}", "are unclear on {}"),
    Absence.NOT_EXTRACTED: ("has not been read on {} yet", "have not been read on {} yet"),
}
"""What is said of sources that leave open whether something of a kind is reported."""
_ON_HARMS = ("speaks of harms in a study", "speak of harms in studies")


def silence_line(relations: Relations, kind: CautionKind) -> str | None:
    """Return what it means that nothing of a kind is reported; None where something is.

    Each source is counted as what it says itself: it denies the whole kind or some subjects, is
    unclear, speaks of harms in a study, or is silent. Silence is said only of a source that was
    read for the kind; what others say is counted apart. Kinds whose statements may be filed under
    another kind have no silence: a source that rules out a drug in pregnancy speaks of pregnancy.
    """
    if groups_of_kind(relations, kind):
        return None
    if kind in _FILED_ELSEWHERE:
        return _filed_elsewhere(relations, kind)
    topic = TOPIC_OF[kind]
    read = sources_read_for(relations, topic)
    said = {source: _said_by(relations, kind, source) for source in _speaking(relations, kind)}
    silent = (f"is silent on {_pronoun(kind)}", f"are silent on {_pronoun(kind)}")
    inside = grouped((said.get(source, silent), source) for source in read)
    unread = _open(Absence.NOT_EXTRACTED, kind)
    outside = grouped(
        (says, source) for source, says in said.items() if source not in read and says != unread
    )
    parts = [_of_those_read(inside, len(read), topic)] if read else [_unread(topic)]
    for (one, many), sources in outside.items():
        where = f" not read to the end for {_pronoun(kind)}" if read else ""
        parts.append(f"{number(len(sources), 'source')}{where} {_verb(one, many, sources)}")
    see = " See Harms in the studies." if _ON_HARMS in said.values() else ""
    return f"{'; '.join(parts)}.{see}"


def _unread(topic: str) -> str:
    return f"No source was read to the end for {topic}"


def _verb(one: str, many: str, sources: Sequence[Source]) -> str:
    return one if len(sources) == 1 else many


def _pronoun(kind: CautionKind) -> str:
    return "them" if TOPIC_OF[kind].endswith("s") else "it"


def _of_those_read(said: Mapping[tuple[str, str], Sequence[Source]], read: int, topic: str) -> str:
    """Return what the sources that were read for a topic say on it, each counted once."""
    if len(said) == 1:
        [(one, many)] = said
        if read == 1:
            return f"The one source read for {topic} {one}"
        return f"The {read} sources read for {topic} {many}"
    counted = [f"{len(of)} {_verb(one, many, of)}" for (one, many), of in said.items()]
    return f"Of the {read} sources read for {topic}, {listed(counted)}"


def _speaking(relations: Relations, kind: CautionKind) -> tuple[Source, ...]:
    """Return the sources that say something on a kind, in a caution or in a report of harms."""
    says = [one for one in cautions_of_kind(relations, kind) if one.is_denied or _is_open(one)]
    harms = with_harms(relations.studies) if kind == "adverse effects" else ()
    found = (source for record in (*says, *harms) for source in relations.sources_of(record))
    return tuple(dict.fromkeys(found))


def _is_open(caution: Caution) -> bool:
    return caution.says.absence in _OPEN


def _said_by(relations: Relations, kind: CautionKind, source: Source) -> tuple[str, str]:
    """Return what a source says on a kind, for one source and for several of them.

    A harm that was seen with the drug comes first, then what is open, then what is denied.
    """
    own = [one for one in cautions_of_kind(relations, kind) if source in relations.sources_of(one)]
    if kind == "adverse effects" and harms_of_source(relations, source):
        return _ON_HARMS
    for word in _OPEN:
        if any(caution.says.absence is word for caution in own):
            return _open(word, kind)
    denied = [caution for caution in own if caution.is_denied]
    is_all = source.was_read_for(TOPIC_OF[kind])
    return _denying(relations, kind, denied, is_all) if denied else _ON_HARMS


def _open(word: Absence, kind: CautionKind) -> tuple[str, str]:
    one, many = _OPEN[word]
    return one.format(_pronoun(kind)), many.format(_pronoun(kind))


def _denying(
    relations: Relations, kind: CautionKind, denied: Sequence[Caution], is_all: bool
) -> tuple[str, str]:
    """Return what a source denies: its whole kind, or the subjects that it names.

    That it does no more is known only of a source that was read for the kind.
    """
    whole = [one for one in denied if None in subjects_denied(relations, one)]
    if any(one.stance != "nearly denied" for one in whole):
        return "reports none", "report none"
    nearly = f"{_pronoun(kind)} practically absent"
    if whole:
        return f"calls {nearly}", f"call {nearly}"
    subjects = (one for caution in denied for one in subjects_denied(relations, caution) if one)
    named = listed([small(one) for one in dict.fromkeys(subjects)])
    only = "only " if is_all else ""
    one, many = _DENIES.get(kind, ("denies", "deny"))
    return f"{only}{one} {named}", f"{only}{many} {named}"


_DENIES: Mapping[CautionKind, tuple[str, str]] = {
    "contraindication": (
        "says what does not rule the drug out:",
        "say what does not rule the drug out:",
    )
}
"""How the denial of a subject is said, where it is no claim that something does not occur."""


def _filed_elsewhere(relations: Relations, kind: CautionKind) -> str:
    """Return that nothing is under a heading, which sources are open on it, and where to look."""
    said = ["No statement is recorded as reported under this heading."]
    for word, (one, many) in _OPEN.items():
        of_word = [one for one in cautions_of_kind(relations, kind) if one.says.absence is word]
        names = dict.fromkeys(
            source_label(source) for caution in of_word for source in relations.sources_of(caution)
        )
        if names:
            verb = one if len(names) == 1 else many
            said.append(f"{listed(list(names))} {verb.format('it')}.")
    if TITLES[kind].casefold() in {word.casefold() for word in _words_ruled_out(relations)}:
        said.append("See also Contraindications.")
    return " ".join(said)


def kinds_shown(relations: Relations) -> tuple[CautionKind, ...]:
    """Return each kind that has a section: one with a caution, or one that stands alone.

    Of a kind that stands alone, `silence_line` says what its silence means.
    """
    return tuple(
        kind
        for kind in CAUTION_KINDS
        if kind not in _FILED_ELSEWHERE or cautions_of_kind(relations, kind)
    )


def unrecorded_line(relations: Relations) -> str | None:
    """Return of which kinds nothing is recorded; None where every kind has a section.

    It says nothing of any source. A kind of which a contraindication speaks is not said to be
    missing: the reader is led to the contraindications.
    """
    shown = kinds_shown(relations)
    missing = [kind for kind in CAUTION_KINDS if kind not in shown]
    ruled_out = {word.casefold() for word in _words_ruled_out(relations)}
    elsewhere = [kind for kind in missing if TITLES[kind].casefold() in ruled_out]
    nowhere = [_AS_A_RECORD[kind] for kind in missing if kind not in elsewhere]
    said = [f"Nothing is recorded {listed(nowhere, 'or')}."] if nowhere else []
    if elsewhere:
        titles = listed([TITLES[kind].lower() for kind in elsewhere])
        said.append(f"{capital(titles)}: see Contraindications.")
    return " ".join(said) or None


def _words_ruled_out(relations: Relations) -> Iterator[str]:
    """Yield what the subjects of contraindications are called, and the words that find them."""
    for group in groups_of_kind(relations, "contraindication"):
        yield group.name
        if group.condition:
            yield from relations.site.conditions[group.condition].also
