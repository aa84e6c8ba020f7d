"""The changes of the data as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as XML

from sitegen.addresses import FEED, page_of, published
from sitegen.derive.corrections import changes_of_entry
from sitegen.derive.relations import Relations
from sitegen.model import Change
from sitegen.model.when import When
from sitegen.statements.corrections import reason_line, removal_line, value_lines

_NAMESPACE = "http://www.w3.org/2005/Atom"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def files(relations: Relations) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the content of the feed; nothing where the site has no address.

    A feed needs addresses that hold wherever it is read.
    """
    if relations.site.identity.address:
        yield FEED, _feed(relations, relations.site.identity.address)


def _feed(relations: Relations, address: str) -> bytes:
    """Return the feed: an entry for each version of the data, the newest first."""
    identity = relations.site.identity
    feed = XML.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _add(feed, "id", f"{address}/{FEED}")
    _add(feed, "title", f"{identity.title}: changes")
    _add(feed, "subtitle", identity.description)
    days = [identity.released, *filter(None, map(_updated, relations.changes))]
    _add(feed, "updated", _second(max(days, key=lambda day: day.order)))
    _add(feed, "rights", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/")
    _add(_add(feed, "author"), "name", identity.maintainers)
    _link(feed, "self", f"{address}/{FEED}", "application/atom+xml")
    _link(feed, "alternate", f"{address}/changes/index.html", "text/html")
    for change in relations.changes:
        if updated := _updated(change):
            _entry(feed, relations, change, updated)
    XML.indent(feed, space="")
    return f"{_DECLARATION}{XML.tostring(feed, encoding='unicode')}\n".encode()


def _updated(change: Change) -> When | None:
    """Return the day of the newest entry of a version; None where nothing of it has a day."""
    days = [entry.on for entry in change.entries if entry.on]
    days += [change.released] if isinstance(change.released, When) else []
    return max(days, key=lambda day: day.order, default=None)


def _entry(feed: XML.Element, relations: Relations, change: Change, updated: When) -> None:
    address = relations.site.identity.address
    page, _, anchor = page_of(change).partition("#")
    place = f"{address}/{published(page)}#{anchor}"
    entry = _add(feed, "entry")
    _add(entry, "id", place)
    _add(entry, "title", f"Version {change.version}")
    _add(entry, "updated", _second(updated))
    _link(entry, "alternate", place, "text/html")
    says = "\n".join(_lines(relations, change))
    _add(entry, "content", says).set("type", "text")


def _lines(relations: Relations, change: Change) -> Iterator[str]:
    """Yield what each entry of a version says, then what it corrected in each record."""
    for number, entry in enumerate(change.entries):
        yield f"{entry.kind.capitalize()}: {reason_line(entry)}"
        for one in changes_of_entry(relations, change, number):
            if one.removed:
                yield f"  {one.name}: {removal_line(one)}"
            yield from (f"  {one.name}: {line}" for line in value_lines(one))


def _add(parent: XML.Element, name: str, text: str | None = None) -> XML.Element:
    child = XML.SubElement(parent, name)
    child.text = text
    return child


def _link(parent: XML.Element, relation: str, address: str, media: str) -> None:
    XML.SubElement(parent, "link", {"rel": relation, "href": address, "type": media})


def _second(day: When) -> str:
    """Return the first second of a day: the data knows no time of day."""
    return f"{day}T00:00:00Z"
