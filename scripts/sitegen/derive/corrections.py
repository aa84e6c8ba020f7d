"""What became of doses, cautions and records since they were published, and who says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sitegen.derive.described import described, name_of, title_of
from sitegen.derive.differences import DOSE_FIELDS, kind_of, kind_of_record
from sitegen.derive.relations import Relations
from sitegen.incremental.queries import query
from sitegen.model import Change, Entry, Record, Site, When
from sitegen.model.change import ChangeKind, key_of, order_of
from sitegen.model.ledger import Correction, Ledger, ReleasedRecord, ReleasedValue
from sitegen.model.record import KeyPath

_KEPT_KINDS: tuple[ChangeKind, ...] = ("dose", "safety")
_NOT_KEPT = ("at", "note", "name", "also", "formerly", "why")
"""Fields that may change without an entry: they hold no dose and no caution."""


@dataclass(frozen=True)
class RecordChange:
    """An entry of the changes that names a record, with what it corrected there."""

    change: str
    """The id of the record of changes."""
    number: int
    """The place of the entry among those of its version."""
    version: str
    on: When | str
    """The day of the change; `not yet` is never shown, since such an entry has its own day."""
    kind: ChangeKind
    says: str
    why: str | None
    folder: str
    id: str
    name: str
    """The title of the page or row of the record."""
    removed: bool
    corrections: tuple[Correction, ...]


def ledger_of(site: Site) -> Ledger:
    """Return what a site publishes, as the next release stores it, with explained corrections.

    What was counted of earlier versions is kept; nothing is counted of this one.
    """
    before = site.ledger.corrections if site.ledger else ()
    entries = ((entry, change) for change in _since(site) for entry in change.entries)
    new = dict.fromkeys(one for entry, change in entries for one in _new(site, entry, change))
    records = {
        f"{record.folder}/{record.id}": ReleasedRecord(name_of(record), _released(site, record))
        for record in site.all()
        if not isinstance(record, Change)
    }
    quality = site.ledger.quality if site.ledger else ()
    return Ledger(site.identity.version, records, (*before, *new), quality)


def _released(site: Site, record: Record) -> Mapping[str, ReleasedValue]:
    """Return the doses of a record, or what it cautions against, by where they are."""
    if record.folder not in DOSE_FIELDS and kind_of_record(record.folder) not in _KEPT_KINDS:
        return {}
    with site.vocabulary.in_use():
        return {
            ".".join(map(str, value.where)): ReleasedValue(value.written, value.text)
            for value in described(site, record)
            if _is_kept(record.folder, value.where)
        }


def _is_kept(folder: str, where: KeyPath) -> bool:
    fields = [step for step in where if isinstance(step, str)]
    return kind_of(folder, where) in _KEPT_KINDS and fields[-1] not in _NOT_KEPT


def current_keys(site: Site) -> Mapping[str, str]:
    """Return the key of each record by every key that it has or had: `regimens/example`."""
    found = {}
    for record in site.all():
        for id in (*record.formerly, record.id):
            found[f"{record.folder}/{id}"] = f"{record.folder}/{record.id}"
    return found


@lru_cache(maxsize=2)  # a preview reads the next site while it shows the last one
def pending(site: Site) -> tuple[Correction, ...]:
    """Return each dose and caution that is not as it was published, and each record that is gone.

    A record that was renamed is compared under its new name. Without a ledger nothing is known.
    """
    return tuple(_pending(site, site.ledger)) if site.ledger else ()


def _pending(site: Site, ledger: Ledger) -> Iterator[Correction]:
    current = current_keys(site)
    for key, released in ledger.records.items():
        if key not in current:
            kind = kind_of_record(key_of(key)[0])
            yield Correction("", key, released.name, kind, "", None, None)
            continue
        folder, id = key_of(current[key])
        yield from _changed(site, site.records[folder][id], released)


def _changed(site: Site, record: Record, released: ReleasedRecord) -> Iterator[Correction]:
    now, key = _released(site, record), f"{record.folder}/{record.id}"
    for where in dict.fromkeys([*released.values, *now]):
        was, is_now = released.values.get(where), now.get(where)
        if (was and was.written) != (is_now and is_now.written):
            path = keypath(where)
            yield Correction(
                version="",
                record=key,
                name=name_of(record),
                kind=kind_of(record.folder, path),
                where=where,
                before=was.shown if was else None,
                after=is_now.shown if is_now else None,
            )


def keypath(where: str) -> KeyPath:
    """Return where a value is from the text of it: `then.0.each`."""
    return tuple(int(step) if step.isdigit() else step for step in where.split("."))


def value_title(correction: Correction) -> str:
    """Return in words which value of a record was corrected."""
    return title_of(keypath(correction.where))


def _since(site: Site) -> tuple[Change, ...]:
    """Return the changes that are newer than the ledger, the oldest first."""
    if site.ledger is None:
        return ()
    last = order_of(site.ledger.version)
    newer = [change for change in site.changes.values() if change.order > last]
    return tuple(sorted(newer, key=lambda change: change.order))


def unexplained(site: Site) -> tuple[Correction, ...]:
    """Return what became of published values and records without an entry that says why."""
    explained = {
        (key, kind)
        for change in _since(site)
        for entry in change.entries
        if entry.why
        for key, kind in _explained_by(site, entry)
    }
    return tuple(one for one in pending(site) if _subject(one) not in explained)


def _subject(one: Correction) -> tuple[str, str | None]:
    """Return what an entry must name to explain a correction."""
    return one.record, None if one.is_removal else one.kind


def _explained_by(site: Site, entry: Entry) -> Iterator[tuple[str, str | None]]:
    """Yield what an entry explains: records with a kind of change; a removal has no kind."""
    current = current_keys(site)
    yield from ((current.get(key, key), entry.kind) for key in entry.records)
    yield from ((key, None) for key in entry.removed)


def _new(site: Site, entry: Entry, change: Change) -> Iterator[Correction]:
    """Yield what an entry of a version that the ledger does not have explains."""
    explained = set(_explained_by(site, entry))
    for one in pending(site):
        if _subject(one) in explained:
            yield Correction(**{**vars(one), "version": str(change.version)})


@query
def record_changes(relations: Relations) -> tuple[RecordChange, ...]:
    """Return every entry for each record that it names, the newest version first."""
    site = relations.site
    since = {change.id for change in _since(site)}
    return tuple(
        one
        for change in relations.changes
        for number in range(len(change.entries))
        for one in _changes_named(site, change, number, change.id in since)
    )


def changes_of_entry(relations: Relations, change: Change, number: int) -> tuple[RecordChange, ...]:
    """Return what an entry of a version changed in each record that it names."""
    return tuple(
        one for one in record_changes(relations) if one.change == change.id and one.number == number
    )


def _changes_named(site: Site, change: Change, number: int, is_new: bool) -> Iterator[RecordChange]:
    """Yield an entry for each record that it names, with its corrections."""
    entry = change.entries[number]
    released = site.ledger.corrections if site.ledger else ()
    known = tuple(_new(site, entry, change)) if is_new else released
    of_version = [one for one in known if one.version == change.version]
    current = current_keys(site)
    for named in (*entry.records, *entry.removed):
        removed = named in entry.removed
        key = current.get(named, named)
        found = tuple(
            one
            for one in of_version
            if current.get(one.record, one.record) == key
            and (one.is_removal if removed else one.kind == entry.kind)
        )
        yield _entry_for(site, change, number, key, found)


def _entry_for(
    site: Site, change: Change, number: int, key: str, found: tuple[Correction, ...]
) -> RecordChange:
    folder, id = key_of(key)
    entry = change.entries[number]
    return RecordChange(
        change=change.id,
        number=number,
        version=change.version,
        on=entry.on or change.released,
        kind=entry.kind,
        says=entry.says,
        why=entry.why,
        folder=folder,
        id=id,
        name=_name(site, key),
        removed=key in entry.removed,
        corrections=found,
    )


def _name(site: Site, key: str) -> str:
    """Return the title of a record; of one that is gone, the last that was released."""
    folder, id = key_of(key)
    if record := site.records.get(folder, {}).get(id):
        return name_of(record)
    return last_names(site).get(key, key)


def last_names(site: Site) -> Mapping[str, str]:
    """Return the title of every record that was published and is gone, by folder and id."""
    if site.ledger is None:
        return {}
    removed = {one.record: one.name for one in site.ledger.corrections if one.is_removal}
    published = {key: released.name for key, released in site.ledger.records.items()}
    names, current = {**removed, **published}, current_keys(site)
    return {key: name for key, name in names.items() if key not in current}
