"""The rules on the changes of the data: versions, and what was published and is not as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.derive.corrections import current_keys, keypath, last_names, unexplained, value_title
from sitegen.derive.relations import Relations
from sitegen.model import Change
from sitegen.model.change import key_of
from sitegen.model.ledger import Correction
from sitegen.model.problems import Problem, nearest, shortened
from sitegen.model.typography import NO_BREAK
from sitegen.read.load import RELEASED, Loaded

LEDGER = f"data/{RELEASED}"


def the_version_is_the_newest_change(loaded: Loaded) -> Iterator[Problem]:
    """Every version has one record of changes; that of the site is the newest that is released."""
    versions: dict[str, str] = {}
    for change in loaded.site.changes.values():
        if change.version in versions:
            message = f"version {change.version} is in {versions[change.version]} already"
            yield loaded.problem(change, ("version",), message)
        versions.setdefault(change.version, change.path)
    identity = loaded.site.identity
    ordered = sorted(loaded.site.changes.values(), key=lambda change: change.order)
    if ordered and identity.version not in versions:
        message = f"version {identity.version} has no file in data/changes/"
        yield loaded.identity_problem("version", message)
    elif ordered:
        yield from _released_in_order(loaded, ordered)


def _released_in_order(loaded: Loaded, ordered: list[Change]) -> Iterator[Problem]:
    """Yield what is not released before the newest, and what site.yml says of the newest."""
    identity = loaded.site.identity
    for change in ordered[:-1]:
        if not change.is_released:
            newer = ordered[-1].version
            message = f"version {change.version} is 'not yet' released, but {newer} is newer"
            yield loaded.problem(change, ("released",), message)
    released = [change for change in ordered if change.is_released]
    newest = released[-1] if released else None
    if newest and newest.version != identity.version:
        message = f"version must be the newest that is released, {newest.version} of {newest.path}"
        yield loaded.identity_problem("version", message)
    elif newest and newest.released != identity.released:
        message = f"released must be the day in {newest.path}: {newest.released}"
        yield loaded.identity_problem("released", message)


def the_last_release_is_kept(loaded: Loaded, relations: Relations) -> Iterator[Problem]:
    """What `build.py release` keeps is of the version that site.yml names."""
    ledger, version = loaded.site.ledger, loaded.site.identity.version
    if ledger and ledger.version != version:
        message = f"is of version {ledger.version}, not {version}: run `build.py release`"
        yield Problem(LEDGER, 1, message)


def changes_name_records(loaded: Loaded) -> Iterator[Problem]:
    """A record that an entry names exists or is known to be gone; one under `removed` is gone."""
    site = loaded.site
    current, gone = current_keys(site), last_names(site)
    for change in site.changes.values():
        for number, entry in enumerate(change.entries):
            for place, key in enumerate(entry.records):
                if key not in current and key not in gone:
                    message = f"records must name a record by folder and file (got '{key}')"
                    where = ("entries", number, "records", place)
                    yield loaded.problem(change, where, message + nearest(key, current))
            for place, key in enumerate(entry.removed):
                if fault := _not_removed(key, current, gone):
                    yield loaded.problem(change, ("entries", number, "removed", place), fault)


def _not_removed(key: str, current: Mapping[str, str], gone: Mapping[str, str]) -> str | None:
    """Return why a record cannot be named as removed; None where it can."""
    if key in current:
        folder, id = key_of(current[key])
        return f"removed: '{key}' is still there, in data/{folder}/{id}.yml: delete one of the two"
    if key not in gone:
        return f"removed: '{key}' was never released: delete the line, since nobody misses it"
    return None


def what_was_published_changes_with_a_reason(
    loaded: Loaded, relations: Relations
) -> Iterator[Problem]:
    """A dose or a caution that changed since the last release, and a record that went, has why."""
    for one in unexplained(loaded.site):
        folder, id = key_of(one.record)
        if one.is_removal:
            message = (
                f"'{one.name}' is gone since the last release: say why in data/changes/, in an "
                f"entry with 'removed: [{one.record}]' and 'why'; or, where another record "
                f"replaces it, write 'formerly: [{id}]' there"
            )
            yield Problem(f"data/{folder}/{id}.yml", 1, message)
        else:
            record = loaded.site.records[folder][id]
            yield loaded.problem(record, keypath(one.where), _unexplained(one))


def _unexplained(one: Correction) -> str:
    was, is_now = (_plain(text) for text in (one.before, one.after))
    return (
        f"{value_title(one)} was '{was}' at the last release and is '{is_now}': say why in "
        f"data/changes/, in an entry with 'kind: {one.kind}', 'records: [{one.record}]' and 'why'"
    )


def _plain(text: str | None) -> str:
    """Return a value as a message has it, without spaces that only a page needs."""
    return shortened(text.replace(NO_BREAK, " ")) if text else "left out"
