"""What changed between two sites, value by value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sitegen.derive.described import Described, described, name_of
from sitegen.model import Change, Identity, Record, Site
from sitegen.model.change import ChangeKind
from sitegen.model.record import KeyPath

Key: TypeAlias = tuple[str, str]
Event: TypeAlias = Literal["added", "removed", "renamed", "changed"]
_Values: TypeAlias = Mapping[tuple[str, ...], Described]
_DIGITS = re.compile("[0-9]+")
_WORDING = ("name", "note", "also", "gloss", "formerly", "apart")
"""Fields whose change is one of wording, as long as no figure in them changes."""
_KINDS: Mapping[str, ChangeKind] = {
    "sources": "source",
    "regimens": "dose",
    "parameters": "dose",
    "cautions": "safety",
    **dict.fromkeys(("conditions", "organisations", "people", "terms", "codes"), "wording"),
}
"""The kind of most changes of a record; that of the other records is evidence."""
DOSE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "studies": (
        *("dose", "frequency", "length", "route", "form_and_strength", "other_doses"),
        "courses",
    ),
    "experiments": ("doses", "route"),
    "products": ("strength", "strength_label", "content", "ingredients", "unit", "route"),
}
"""The fields of other records that state a dose or a strength."""
_OF_THE_SITE = ("title", "substance", "source", "description", "lead")


@dataclass(frozen=True)
class Difference:
    """One thing that changed for a reader."""

    kind: ChangeKind
    event: Event
    folder: str
    """The folder of the record; empty for what is about the site."""
    id: str
    name: str
    """The title of its page or row."""
    field: str = ""
    """What changed, in words; empty for a record that was added or removed."""
    before: str | None = None
    """What it was, as pages show it; None where there was nothing."""
    after: str | None = None
    """What it is now; None where there is nothing."""

    @property
    def key(self) -> Key:
        """The key of the record."""
        return self.folder, self.id


def differences(before: Site, after: Site) -> tuple[Difference, ...]:
    """Return everything that differs between two sites, in the order of folders and records.

    Records of changes are not compared, since they describe the changes. A record whose `formerly`
    has the name of one that is gone is that record, renamed.
    """
    return (*_of_identities(before.identity, after.identity), *_of_records(before, after))


def _of_identities(before: Identity, after: Identity) -> Iterator[Difference]:
    for field in _OF_THE_SITE:
        old, new = (str(getattr(one, field)) for one in (before, after))
        if old != new:
            yield Difference("wording", "changed", "", "", "The site", field, old, new)


def _of_records(before: Site, after: Site) -> Iterator[Difference]:
    former = _former_keys(before, after)
    continued = set(former.values())
    for folder, records in after.records.items():
        if folder == Change.folder:
            continue
        for record in records.values():
            old_folder, old_id = former.get(record.key, record.key)
            old = before.records[old_folder].get(old_id)
            yield from _of_record(before, old, after, record) if old else _added(record)
        for id, record in before.records[folder].items():
            if id not in records and record.key not in continued:
                kind = kind_of_record(folder)
                yield Difference(kind, "removed", folder, id, name_of(record))


def _former_keys(before: Site, after: Site) -> Mapping[Key, Key]:
    """Return the key that each renamed record had before."""
    found: dict[Key, Key] = {}
    for record in after.all():
        known = before.records[record.folder]
        if record.id not in known:
            for old in record.formerly:
                if old in known and old not in after.records[record.folder]:
                    found[record.key] = (record.folder, old)
    return found


def _added(record: Record) -> Iterator[Difference]:
    kind = kind_of_record(record.folder)
    yield Difference(kind, "added", record.folder, record.id, name_of(record))


def _of_record(before: Site, old: Record, after: Site, new: Record) -> Iterator[Difference]:
    """Yield how a record differs from what it was."""
    about = (new.folder, new.id, name_of(new))
    if old.id != new.id:
        yield Difference("wording", "renamed", *about, "address", str(old.id), str(new.id))
    elif old == new:
        return
    with before.vocabulary.in_use():
        was = _values(before, old)
    with after.vocabulary.in_use():
        now = _values(after, new)
    for titles in _paths(was, now):
        old_text, new_text = _text_at(was, titles, now), _text_at(now, titles, was)
        if old_text != new_text:
            where = _first_at({**was, **now}, titles).where
            kind = kind_of(new.folder, where, old_text, new_text)
            yield Difference(kind, "changed", *about, ", ".join(titles), old_text, new_text)


def _values(site: Site, record: Record) -> _Values:
    """Return the values of a record by their titles, but for its earlier names."""
    found = described(site, record)
    return {value.titles: value for value in found if value.where[0] != "formerly"}


def _paths(was: _Values, now: _Values) -> Iterable[tuple[str, ...]]:
    """Return the titles to compare: of a part that one side has not, those of the part."""
    return dict.fromkeys([*_tops(now, was), *_tops(was, now)])


def _tops(values: _Values, other: _Values) -> Iterator[tuple[str, ...]]:
    known = _prefixes(other)
    for titles in values:
        steps = (titles[:length] for length in range(1, len(titles)))
        yield next((part for part in steps if part not in known), titles)


def _prefixes(values: _Values) -> set[tuple[str, ...]]:
    return {titles[:length] for titles in values for length in range(1, len(titles) + 1)}


def _text_at(values: _Values, titles: tuple[str, ...], other: _Values) -> str | None:
    """Return the value at titles; of a part that the other side has not, all that it says."""
    if titles in values and titles in _prefixes(other):
        return values[titles].text
    length = len(titles)
    inside = [value for value in values.values() if value.titles[:length] == titles]
    if titles in _prefixes(other):
        return None
    said = [": ".join((*value.titles[length:], value.text)) for value in inside]
    return "; ".join(said) or None


def _first_at(values: _Values, titles: tuple[str, ...]) -> Described:
    return next(value for value in values.values() if value.titles[: len(titles)] == titles)


def kind_of_record(folder: str) -> ChangeKind:
    """Return the kind of change that a record added or removed is."""
    return _KINDS.get(folder, "evidence")


def kind_of(
    folder: str, where: KeyPath, before: str | None = None, after: str | None = None
) -> ChangeKind:
    """Return the kind of a changed value, by the field and by whether figures in it changed."""
    kind = kind_of_record(folder)
    fields = [step for step in where if isinstance(step, str)]
    if kind == "safety":
        return kind
    if fields[-1] == "at":
        return "source"
    if fields[-1] in _WORDING and _figures(before) == _figures(after):
        return "wording"
    if folder == "regimens" and fields[0] == "studies":
        return "evidence"
    states_a_dose = fields[0] in DOSE_FIELDS.get(folder, ()) or "dosage" in fields
    return "dose" if states_a_dose else kind


def _figures(text: str | None) -> list[str]:
    return _DIGITS.findall(text or "")
