"""A record as its readers see it: each value with its field in words, as pages show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sitegen.derive.gaps import TITLES
from sitegen.model import Frozen, Locator, Record, Reported, Site, Slug
from sitegen.model.quantity import Quantity
from sitegen.model.record import KeyPath
from sitegen.model.typography import prose, shown, times

RECORD_WORDS: Mapping[str, str] = {
    "sources": "source",
    "substances": "substance",
    "conditions": "condition",
    "studies": "study report",
    "ties": "tie between reports",
    "experiments": "experiment",
    "regimens": "regimen",
    "products": "presentation",
    "cautions": "caution",
    "claims": "statement",
    "events": "event",
    "organisations": "organisation",
    "people": "person",
    "terms": "term",
    "parameters": "size",
    "checks": "check",
    "comparisons": "comparison",
    "codes": "codes",
    "changes": "changes of a version",
}
"""What readers call one record of each folder."""
_TITLES = {
    **TITLES,
    "at": "sentence cited",
    "each": "dose",
    "max": "limits",
    "then": "phases",
    "parts_of_day": "doses of the day",
    "by_arm": "groups",
    "p": "p value",
    "target": "targets",
    "missed": "rules for a missed dose",
    "for_body": "weights or body surfaces that amounts are worked out for",
    "by": "change of the dose",
    "after": "time between changes of the dose",
    "says": "what is said",
    "sha256": "digest of the sentence",
    "characters": "length of the sentence",
    "formerly": "earlier names in the address",
    "also": "other words for it",
    "state": "what became of it",
    "character": "kinds of witness",
    "read": "how far it was read",
    "read_for": "topics it was read for",
    "title_is": "whether the title is as printed",
    "studies": "studies that may support it",
}
_SINGULAR = {
    "studies": "study that may support it",
    "max": "limit",
    "then": "phase",
    "parts_of_day": "dose of the day",
    "by_arm": "group",
    "missed": "rule for a missed dose",
    "for_body": "weight or body surface that amounts are worked out for",
    "target": "target",
    "character": "kind of witness",
    "state": "notice",
    "doses": "dose",
    "other_doses": "other dose",
    "organisations_inferred": "inferred organisation",
    "broader_than": "condition of a wider statement",
    "lengths": "length",
}
_KEYS = (
    *("id", "event", "outcome", "text", "condition", "study", "organisation"),
    *("word", "scheme", "system", "relation", "heading", "interactant", "measure", "arm", "when"),
    *("says", "means", "name"),
)
"""The fields that tell the members of a list apart, the surest first."""


class Described(NamedTuple):
    """One value of a record."""

    titles: tuple[str, ...]
    """Its field in words, behind the parts of the record that it is in."""
    where: KeyPath
    """Where it is in the file."""
    text: str
    """The value as a page shows it."""
    written: str
    """The value as the file has it, which no change of a page alters."""


def name_of(record: Record) -> str:
    """Return the title of the page or row of a record; of changes, that of their version."""
    return getattr(record, "name", None) or f"Version {getattr(record, 'version', record.id)}"


def described(site: Site, record: Record) -> Iterator[Described]:
    """Yield each value of a record; ids of other records as their names.

    The tables of the site must be in use. A value that is left out, or is what a value that is
    left out means, is not yielded.
    """
    yield from _fields(site, record, (), ())


def title_of(where: KeyPath) -> str:
    """Return in words what a path leads to: `phase 1, dose`."""
    words: list[str] = []
    for place, step in enumerate(where):
        if isinstance(step, int):
            words[-1] = f"{singular(str(where[place - 1]))} {_number(where[place - 1], step)}"
        else:
            words.append(_title(step))
    return ", ".join(words)


def _number(field: str | int, place: int) -> int:
    """Return the number of a member of a list; the first phase is the record itself."""
    return place + 2 if field == "then" else place + 1


def _title(field: str) -> str:
    return _TITLES.get(field, field.replace("_", " "))


def singular(field: str) -> str:
    """Return what one member of a list is called: `phase` for `then`."""
    return _SINGULAR.get(field, _title(field).removesuffix("s"))


def _value(site: Site, value: Any, titles: tuple[str, ...], where: KeyPath) -> Iterator[Described]:
    """Yield a value, or each value in it."""
    if isinstance(value, Reported):
        yield from _reported(site, value, titles, where)
    elif isinstance(value, Frozen):
        yield from _fields(site, value, titles, where)
    elif isinstance(value, tuple):
        yield from _listed(site, value, titles, where)
    elif value is not None:
        yield Described(titles, where, _text(site, value), str(value))


def _fields(
    site: Site, part: Frozen, titles: tuple[str, ...], where: KeyPath
) -> Iterator[Described]:
    """Yield each value of a record or of a part of one."""
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value != field.default and (where or name != "id"):
            yield from _value(site, value, (*titles, _title(name)), (*where, name))


def _reported(
    site: Site, value: Reported[Any], titles: tuple[str, ...], where: KeyPath
) -> Iterator[Described]:
    """Yield what a source says under the name of the field, then its sentence, note, readings."""
    yield from _value(site, value.value, titles, where)
    for name in ("at", "note", "readings"):
        below = (*titles, _title(name)), (*where, name)
        yield from _value(site, getattr(value, name), *below)


def _listed(
    site: Site, members: tuple[Any, ...], titles: tuple[str, ...], where: KeyPath
) -> Iterator[Described]:
    """Yield a list of plain values as one, and each value of members that have fields."""
    if not any(isinstance(member, Frozen) for member in members):
        if members:
            text = "; ".join(_text(site, member) for member in members)
            yield Described(titles, where, text, "; ".join(map(str, members)))
        return
    field = str(where[-1])
    one, keys = singular(field), _keys(site, members, field)
    for number, (member, key) in enumerate(zip(members, keys, strict=True)):
        yield from _value(site, member, (*titles[:-1], f"{one} {key}"), (*where, number))


def _keys(site: Site, members: tuple[Any, ...], field: str) -> list[str]:
    """Return what tells each member of a list: a value of it, else its number; each once."""
    found = [
        _key(site, member) or str(_number(field, place)) for place, member in enumerate(members)
    ]
    often = Counter(found)
    seen: Counter[str] = Counter()
    keys = []
    for key in found:
        seen[key] += 1
        keys.append(key if often[key] == 1 else f"{key} ({seen[key]})")
    return keys


def _key(site: Site, member: Any) -> str | None:
    """Return the value that tells a member of a list; None where it has none."""
    place = getattr(member, "at", None)
    if isinstance(place, str):  # that of a sentence in a register
        return place
    for name in _KEYS:
        value = getattr(member, name, None)
        if isinstance(value, str) and value:
            text = _text(site, value)
            return f"‘{text}’" if " " in text else text
    return None


def _text(site: Site, value: object) -> str:
    """Return a value as pages show it: amounts and dates set, ids as the names of records."""
    if isinstance(value, Slug) and value.folder:
        record = site.records[value.folder].get(value)
        return name_of(record) if record else str(value)
    if isinstance(value, Locator):
        source = site.sources.get(value.source)
        return f"{source.title if source else value.source}, {value.place}"
    if isinstance(value, Quantity):
        unit = value.unit.one
        return times(value) if unit == "time" or unit.startswith("per ") else shown(value)
    return prose(shown(value))
