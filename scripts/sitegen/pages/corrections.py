"""Which corrections each page shows, by its address."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.addresses import address_of
from sitegen.derive.corrections import Told, all_told
from sitegen.derive.relations import Relations


def place_of(told: Told) -> tuple[str, str]:
    """Return the address of the page of a record, and the anchor of its row; empty without one."""
    page, _, anchor = address_of(told.folder, told.id).partition("#")
    return page, anchor


def row_of(told: Told) -> Markup:
    """Return the anchor of the row of a record; empty where it has, or had, a page of its own."""
    return Markup(place_of(told)[1])


def corrections_on(relations: Relations, uri: str) -> tuple[Told, ...]:
    """Return the corrections of what the page at an address shows, and of rows that it showed."""
    return tuple(told for told in all_told(relations) if place_of(told)[0] == uri)


def removed_pages(relations: Relations) -> dict[str, Told]:
    """Return the removal of each record that had a page, by the address of the page."""
    found: dict[str, Told] = {}
    for told in all_told(relations):
        page, anchor = place_of(told)
        if told.removed and not anchor:
            found.setdefault(page, told)
    return found


def page_of_told(relations: Relations, told: Told) -> Markup | None:
    """Return where a record is shown, or the page that says it is gone; None where neither is."""
    address = address_of(told.folder, told.id)
    is_there = told.id in relations.site.records.get(told.folder, {})
    shown = is_there or address in removed_pages(relations)
    return Markup(f"/{address}") if shown else None
