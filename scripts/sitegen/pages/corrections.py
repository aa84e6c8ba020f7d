"""Which corrections each page shows, by its address."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.addresses import address_of
from sitegen.derive.corrections import RecordChange, record_changes
from sitegen.derive.relations import Relations


def place_of(change: RecordChange) -> tuple[str, str]:
    """Return the address of the page of a record, and the anchor of its row; empty without one."""
    page, _, anchor = address_of(change.folder, change.id).partition("#")
    return page, anchor


def row_of(change: RecordChange) -> Markup:
    """Return the anchor of the row of a record; empty where it has, or had, a page of its own."""
    return Markup(place_of(change)[1])


def corrections_on(relations: Relations, uri: str) -> tuple[RecordChange, ...]:
    """Return the corrections of what the page at an address shows, and of rows that it showed."""
    return tuple(change for change in record_changes(relations) if place_of(change)[0] == uri)


def removed_pages(relations: Relations) -> dict[str, RecordChange]:
    """Return the removal of each record that had a page, by the address of the page."""
    found: dict[str, RecordChange] = {}
    for change in record_changes(relations):
        page, anchor = place_of(change)
        if change.removed and not anchor:
            found.setdefault(page, change)
    return found


def page_of_change(relations: Relations, change: RecordChange) -> Markup | None:
    """Return where a record is shown, or the page that says it is gone; None where neither is."""
    address = address_of(change.folder, change.id)
    is_there = change.id in relations.site.records.get(change.folder, {})
    shown = is_there or address in removed_pages(relations)
    return Markup(f"/{address}") if shown else None
