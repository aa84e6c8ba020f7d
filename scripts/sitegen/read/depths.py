"""What is wrong with the depth of a line, which says in YAML what the line belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from sitegen.model.letters import deception
from sitegen.model.problems import shortened
from sitegen.read.fault import Fault, Found, Line, around
from sitegen.read.fields import (
    fields_of_parts,
    fields_of_records,
    list_fields,
    lists_for,
    single_fields,
)

OF_A_VALUE = ("value", "at", "note", "readings")
"""The fields of a reported value."""


_WIDE_COLON = re.compile(r"\s*[a-z_]+\s*[\uff1a\ufe55\ua789]")
"""A field before a colon of another script, which YAML takes for text."""
_NO_TEXT = re.compile(r"\s*(?:[\w-]+:\S|[-#]|\w+ += )")


def no_space(text: str) -> str:
    """Return the message about a field of which the colon has no space behind it."""
    got = f"(got '{shortened(text)}'){deception(text)}"
    return f"a field and its value need a colon and a space between them {got}"


def wrong_depths(fault: Fault) -> Iterator[Found]:
    """Yield a line that is indented otherwise than those it belongs to."""
    first = fault.below(-1)
    line = Line(fault.line(first))
    if first is not None and not (line.name or line.is_entry) and line.text.strip()[0].isalpha():
        yield first, no_space(line.text.strip())
    if first is not None and line.depth and "<document start>" in fault.says:
        yield first, _indented(line, [0])
    for number in fault.near:
        line, above = Line(fault.line(number)), fault.above(number)
        if above is None:
            continue
        if line.is_entry:
            yield from _of_entry(fault, number, above)
        elif line.name:
            yield from _of_field(fault, number, above)


def _of_field(fault: Fault, number: int, above: int) -> Iterator[Found]:
    """Yield a field at a depth of its own, or the field above it that is at one."""
    line, before, head = (Line(fault.line(n)) for n in (number, above, fault.above(above)))
    allowed = {one.inner for _, one in around(fault, number) if one.name}
    if fault.kind and line.name not in {*fault.kind.model_fields} - {"id"}:
        allowed -= {0}
    if line.depth in allowed or (before.is_head and line.depth > before.inner):
        return
    yield from _of_line_above(fault, line, before, head, above)
    yield from _of_its_depth(fault, number, line, allowed)
    if found := _lost_dash(fault, number, above):
        yield found
    if head.is_head and not before.is_entry and head.inner < line.depth:
        after = Line(fault.line(fault.below(number)))
        if before.depth == head.inner or after.depth == line.depth:
            yield (
                above,
                f"this line is indented by {before.depth}, that below it by {line.depth}: give it"
                f" {line.depth} if it belongs to '{head.name}:'",
            )
    yield number, _indented(line, allowed)


def _of_its_depth(
    fault: Fault, number: int, line: Line, allowed: Collection[int]
) -> Iterator[Found]:
    """Yield a field of which the depth is never right, or is that of an entry's dash."""
    if not allowed:
        yield number, f"'{line.name}:' {_NO_FIELD_ABOVE}"
    elif line.depth and _is_of_record(fault, line):
        yield (
            number,
            f"'{line.name}:' is indented by {line.depth}, and the fields of a record begin at the"
            " margin: delete the spaces before it",
        )
    elif line.depth in {one.depth for _, one in around(fault, number) if one.is_entry}:
        yield (
            number,
            "this line is indented as the '-' above it: put '- ' before it if an entry of the list"
            f" begins here; else give it {_nearest(line, allowed)} spaces",
        )


_NO_FIELD_ABOVE = (
    "has no field above it that it belongs to: write that field on a line before it, or delete the"
    " spaces"
)


def _of_line_above(
    fault: Fault, line: Line, before: Line, head: Line, above: int
) -> Iterator[Found]:
    """Yield the line above a field, where that is what is wrong."""
    is_first = fault.above(above) is None
    fields = fault.kind.model_fields if fault.kind else {}
    if not (before.name or before.is_entry):
        if head.is_head and before.depth == line.depth:
            yield above, no_space(before.text.strip())
    elif before.is_entry and line.depth == before.depth:
        if is_first and before.name in fields:
            yield above, _no_entry(f"'{before.name}:' is a field of the record")
        elif head.is_head and head.name in single_fields():
            yield above, _no_entry(f"'{head.name}:' is no list")
    elif (
        not (before.depth or before.is_entry)
        and line.depth
        and before.name not in fields
        and fields
    ):
        yield above, _indented(before, [line.depth])


def _no_entry(why: str) -> str:
    return f"'- ' begins an entry of a list, and {why}: delete the '- '"


def _is_of_record(fault: Fault, line: Line) -> bool:
    """Return whether a field is one of records alone, and none of what is within a record."""
    kind = fault.kind
    return kind is not None and line.name in {*kind.model_fields} - fields_of_parts(kind)


def _nearest(line: Line, depths: Iterable[int]) -> str:
    """Return the depths that are nearest to that of a line."""
    near = min((abs(line.depth - one) for one in depths), default=0)
    return " or ".join(str(one) for one in sorted(depths) if abs(line.depth - one) == near)


def _indented(line: Line, allowed: Iterable[int]) -> str:
    others = _nearest(line, allowed)
    return (
        f"this line is indented by {line.depth}, its neighbours by {others}: give it as many"
        " spaces as the lines that it belongs to"
    )


def _lost_dash(fault: Fault, number: int, above: int) -> Found | None:
    """Return the first line of an entry that has lost its dash, with the field of the list."""
    depth, first = Line(fault.line(above)).depth, above
    while (higher := fault.above(first)) is not None:
        line = Line(fault.line(higher))
        if line.is_head and line.inner < depth:
            break
        if line.depth != depth or line.is_entry:
            return None
        first = higher
    owner = Line(fault.line(higher))
    begins = Line(fault.line(first))
    if owner.name not in list_fields() or begins.is_entry:
        return None
    return (
        first,
        f"'{owner.name}:' is a list, and '- ' is missing before its entry: write"
        f" '- {shortened(begins.text.strip())}', and give the other lines of the entry"
        f" {depth + 2} spaces",
    )


def _of_entry(fault: Fault, number: int, above: int) -> Iterator[Found]:
    """Yield the beginning of an entry at a depth of its own, or of a list without a field."""
    line, before = Line(fault.line(number)), Line(fault.line(above))
    lists = {one.depth for _, one in around(fault, number) if one.is_entry}
    if line.depth in lists or (before.is_head and line.depth >= before.depth):
        return
    if not lists:
        yield number, _without_field(fault, number, before)
        return
    others = _nearest(line, lists)
    inner = int(others) + 2 if others.isdigit() else "two more"
    yield (
        number,
        f"the '-' of this entry is indented by {line.depth}, that of the entry above by {others}:"
        f" give it {others}, and the other lines of the entry {inner}",
    )


def _without_field(fault: Fault, number: int, before: Line) -> str:
    """Return the message about an entry where no list is open."""
    line = Line(fault.line(number))
    is_of_record = fault.kind and line.name in fault.kind.model_fields
    if is_of_record and not line.depth and not before.depth:
        return _no_entry(f"'{line.name}:' is a field of the record")
    lists = lists_for(fault.kind, _names_of_entry(fault, number)) if fault.kind else []
    if before.value == "[]" and before.name in lists:
        return f"'{before.name}:' is '[]' and has entries below it: delete the '[]'"
    named = " or ".join(f"'{name}:'" for name in lists if not _has(fault, name))
    field = f"write {named}" if named else "write the field that they belong to"
    is_empty = before.value == "[]" and not named
    or_delete = f", or delete the '[]' of '{before.name}:'" if is_empty else ""
    return f"these entries have no field above them: {field} on a line before them{or_delete}"


def _names_of_entry(fault: Fault, number: int) -> list[str]:
    """Return the fields of the entry that begins in a line."""
    first = Line(fault.line(number))
    names, at = [first.name], fault.below(number)
    while at is not None and (line := Line(fault.line(at))).depth >= first.inner:
        if line.depth == first.inner:
            names.append(line.name)
        at = fault.below(at)
    return [name for name in names if name]


def _has(fault: Fault, name: str) -> bool:
    return any(line.startswith(f"{name}:") for line in fault.lines)


def below_a_value(fault: Fault) -> Iterator[Found]:
    """Yield a field of a value that stands below the value, not beside it."""
    line, before = Line(fault.line(fault.at)), Line(fault.line(fault.above(fault.at)))
    is_deeper = line.depth > before.inner and line.name in OF_A_VALUE
    is_plain = before.value and before.value[0] not in "[{|>" and before.name not in OF_A_VALUE
    if not (is_deeper and is_plain) or line.is_entry:
        return
    if line.name == "value":
        yield fault.at, f"'value:' {_NO_FIELD_ABOVE}"
    elif found := _lost_dash(fault, fault.at, fault.above(fault.at) or 0):
        yield found
    else:
        yield (
            fault.at,
            f"'{before.name}:' has its value on its line, and '{line.name}:' is indented below it:"
            f" put the value on a line below '{before.name}:' too, as 'value:"
            f" {shortened(before.value)}'; or, if '{line.name}:' is not of this value, give it"
            f" {before.inner} spaces",
        )


def text_goes_on(fault: Fault) -> Iterator[Found]:
    """Yield a line of text that is not indented below the field whose text it goes on with."""
    for number in fault.near:
        line = Line(fault.line(number))
        words = line.text.split()
        owner = _owner_of_text(fault, number)
        before = Line(fault.line(fault.above(number)))
        if before.is_entry and not before.name and line.depth == before.depth and words:
            if not (line.is_entry or line.name):
                yield number, "this line is indented as the entries above it: put '- ' before it"
        is_text = len(words) > 1 and not (line.name or line.is_entry or _NO_TEXT.match(line.text))
        if is_text and _WIDE_COLON.match(line.text):
            yield number, no_space(line.text.strip())
        elif is_text and owner and line.depth <= owner.inner:
            yield number, _goes_on(fault, line, owner)


def _goes_on(fault: Fault, line: Line, owner: Line) -> str:
    """Return the message about a text that goes on, or begins with the name of a field."""
    known = fault.kind.model_fields if fault.kind else fields_of_records()
    if line.text.split()[0].rstrip(":") in known:
        return (
            f"{no_space(line.text.strip())}; or, if it goes on with the text of"
            f" '{owner.name}:', indent it deeper than that"
        )
    return (
        f"this line goes on with the text of '{owner.name}:' above it: put it on the same"
        f" line, or indent it deeper than '{owner.name}:'"
    )


def _owner_of_text(fault: Fault, number: int) -> Line | None:
    """Return the field above a line that has a text without quotation marks; None for another."""
    above = fault.above(number)
    while above is not None:
        line = Line(fault.line(above))
        if line.name or line.is_entry:
            return line if line.value and line.value[0] not in "\"'[{|>" else None
        above = fault.above(above)
    return None
