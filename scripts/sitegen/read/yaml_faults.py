"""What is wrong with a text that is no YAML, in a curator's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import get_origin

from sitegen.model import KINDS, written
from sitegen.model.absence import YES_OR_NO, Absence
from sitegen.model.problems import shortened
from sitegen.read.depths import below_a_value, no_space, text_goes_on, wrong_depths
from sitegen.read.fault import Fault, Found
from sitegen.read.fields import fields_of_records

MERGE = (
    "a marker that git leaves where two versions differ: keep the lines of one of them, and delete"
    " the lines with <<<<<<<, ======= and >>>>>>>"
)
_MARKER = re.compile(
    r"^[ \t]*(?:<{7}(?:[ \t].*)?|\|{7}(?:[ \t].*)?|={7}|>{7}(?:[ \t].*)?)\s*$", re.MULTILINE
)
_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_FIELD = re.compile(r"(?P<start>\s*(?:- )?[\w-]+: +)(?P<value>\S.*?)\s*")
_NEEDS_QUOTES = tuple(">|*&!%@`-?,")
_WHOLE = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\]]*\]|\{[^}]*\})(?:\s+#.*)?""")
_CLOSED = re.compile(r"[\]}]\s*[^\s#,\]}]")
_NO_BREAK = re.compile("\\s*[\u00a0\u202f]|\\s*(?:- )?[\\w-]+:[\u00a0\u202f]|\\s*-[\u00a0\u202f]")
MENDED = "; build.py mend does it"
"""What a message says of what has one reading."""
_TWO_COLONS = re.compile(r"[{,]\s*([\w-]+): [^,{}\[\]]*: ")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_NOTHING = re.compile(r"~|null", re.IGNORECASE)
_CODES = ("language", "tag", "code", "symbol")
"""The fields of which a value may be a word such as `no`: the tag of Norwegian."""
_CURLY = re.compile("[\u201c-\u201f\u2018-\u201b](.+)[\u201c-\u201f\u2018-\u201b]")
_DATE = re.compile(r"[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}")
_REMEDY = "text needs quotes if it holds ': ' or ' #', or begins with one of > | [ { * & ! % @ `"


def of_guessed(value: str, field: str | None = None) -> str:
    """Return the message about a plain value that other readers take for something else."""
    taken = f"'{value}' can be read as something else"
    if field in _CODES:
        return f"{taken}: put it in quotation marks if it is meant"
    words = ", ".join(str(absence) for absence in Absence)
    if _NOTHING.fullmatch(value) or value in ("-", "?"):
        return f"'{value}' is no value: write what the source says, or a word of absence ({words})"
    if YES_OR_NO.fullmatch(value) and (what := _what_else(field)):
        return (
            f"'{value}' is read as yes or no, and {field} takes {what}: write what the source says,"
            f" or a word of absence ({words})"
        )
    if YES_OR_NO.fullmatch(value):
        return (
            f"'{value}' is read as yes or no: say in words what the source says, such as 'no"
            f" blinding', or write a word of absence ({words})"
        )
    if _DATE.fullmatch(value):
        return f"{taken}: write year, month and day, such as '1994-12-20'"
    return (
        f"{taken}: put it in quotes if text is meant, or write the number without leading zeros,"
        " colons or underscores"
    )


_MISREAD = re.compile("[\u00a1-\u00ff][\x80-\x9f]")
"""How the letters of another alphabet look that were saved as UTF-8 and read as Latin-1."""


def of_control_character(text: str, at: int) -> str:
    """Return the message about a control character at a place in a text."""
    if not _MISREAD.match(text, max(0, at - 1)):
        return "holds a control character: write plain text"
    begin = max(text.rfind(mark, 0, at) for mark in " \n") + 1
    return (
        f"'{shortened(text[begin:at])}…' was saved in one encoding and read in another: type the"
        " text again, and save the file as UTF-8"
    )


def of_anchor(line: str) -> str:
    """Return the message about a line whose value YAML takes for an anchor or an alias."""
    field = _FIELD.fullmatch(line)
    if field and field["value"][0] == "*" and " " in field["value"]:
        return _quoted(field["start"], field["value"])
    return "'&' anchors and '*' aliases are not used: write the value out"


@cache
def _what_else(field: str | None) -> str:
    """Return what a field takes that is no text in any kind of record; nothing for another."""
    fields = [kind.model_fields[field] for kind in KINDS if field in kind.model_fields]
    if not fields or field is None or field == "value":
        return ""
    if field in ("route", "routes"):
        return "a route by its name"
    return "an amount" if all("Quantity" in str(one.annotation) for one in fields) else ""


@cache
def is_list(field: str) -> bool:
    """Return whether every kind of record that has a field takes a list in it, and no one value."""
    fields = [kind.model_fields[field] for kind in KINDS if field in kind.model_fields]
    return bool(fields) and all(
        get_origin(one.annotation) is tuple
        and not any(isinstance(part, written.OneOrMore) for part in one.metadata)
        for one in fields
    )


def no_list(field: str, value: str) -> str:
    """Return the message about one value where a list belongs, with a comment behind it."""
    return f"{field} must be a list, one '- value' a line{list_for(value)} (got '{value}')"


_NONE = re.compile(r"none|nil|no|nothing|n/?a|-+|–|—", re.IGNORECASE)


def list_for(value: str) -> str:
    """Return the end of the message about a text where a list belongs: how that is written."""
    if says_nothing(value):
        return ", and [] where there is nothing"
    return f", or '[{shortened(value)}]'"


def says_nothing(value: object) -> bool:
    """Return whether a text says that there is nothing to list."""
    if not isinstance(value, str):
        return False
    return value in [word.value for word in Absence] or bool(_NONE.fullmatch(value))


def twice(
    name: str, lines: tuple[int, int], blank: tuple[str, int] | None, *, is_entry: bool
) -> str:
    """Return the message about two fields of one name, in two lines.

    The second may belong below a field above it that is blank, or begin the next entry of a list.
    """
    first, second = lines
    said = f"'{name}' stands twice"
    keep = "keep one of them"
    if first == second:
        return f"{said} in this line: {keep}"
    where = f"{said}, in lines {first} and {second}"
    if blank:
        above = f"'{blank[0]}:' of line {blank[1]}"
        return f"{where}: if the second belongs to {above}, indent it below that; else {keep}"
    if is_entry:
        return f"{where}: if a new entry of the list begins there, put '- ' before it; else {keep}"
    if name == "value":
        return f"{where}: if the field above the second is lost, write it again; else {keep}"
    return f"{where}: {keep}"


def no_value_in_braces(name: str, is_first: bool) -> str:
    """Return the message about a name in braces that has no value; the first may be one itself."""
    if is_first and ":" not in name and name not in fields_of_records():
        return (
            f"'{shortened(name)}' in braces has no field before it: write"
            f" 'value: {shortened(name)}'"
        )
    return (
        f"'{shortened(name)}' in braces has no value: a value with a comma needs quotation marks,"
        " and a field a colon and a space"
    )


def in_quotation_marks(value: str) -> str:
    """Return the message about fields in braces that quotation marks make a text."""
    return (
        f"'{shortened(value)}' is read as a text: leave out the quotation marks around the braces"
    )


def begins_again(first: int, line: int) -> str:
    """Return the message about a record that stands a second time in its file."""
    return (
        f"the record of line {first} begins again here: delete the lines from {line} on, or move"
        " them to a file of their own"
    )


def cut_number(value: str) -> str:
    """Return the message about a number in a list that its comma would make two entries."""
    return f"the comma in '{shortened(value)}' makes two entries of it: put it in quotation marks"


def comment_behind(value: str) -> str:
    """Return the message about a comment behind a value without quotation marks."""
    if curly := _CURLY.fullmatch(value):
        plain = curly[1].replace('"', "'")
        return f'“ and ” are no quotation marks here: write "{plain}", with plain ones'
    is_list = ", " in value
    brackets = ", or in square brackets if it is a list" if is_list else ""
    return (
        f"' #' ends the value '{value}', and what follows is left out: put the value in"
        f" quotes{brackets}, or the comment on a line of its own"
    )


def cut_date(day: str, year: str) -> str:
    """Return the message about a date in a list that its comma makes two entries."""
    return (
        f"'{day}' and '{year}' are two entries: a figure with a comma needs quotation marks, as"
        f' "{day}, {year}"; where they are two figures, put each in its own'
    )


def merge_marker(text: str) -> int | None:
    """Return the line of the first marker of a merge, counted from 1; None where there is none."""
    if not any(mark in text for mark in _MARKS):
        return None
    marker = _MARKER.search(text)
    return text.count("\n", 0, marker.start()) + 1 if marker else None


def explained(fault: Fault) -> Found:
    """Return the line that is wrong, counted from 0, with what is wrong and how to mend it."""
    for explain in _EXPLANATIONS:
        if found := next(explain(fault), None):
            return found
    return fault.at, f"is not YAML: {fault.says} ({_REMEDY})"


def _no_break_space(fault: Fault) -> Iterator[Found]:
    for number in range(fault.at - 1, fault.at + 2):
        if _NO_BREAK.match(fault.line(number)):
            yield number, f"a no-break space stands where a plain one must{MENDED}"


def _tab(fault: Fault) -> Iterator[Found]:
    for number in range(fault.at - 1, fault.at + 2):
        line = fault.line(number)
        if "\t" in line[: len(line) - len(line.lstrip())]:
            yield fault.at, "a tab stands where spaces must: indent with two spaces"


def _open_quote(fault: Fault) -> Iterator[Found]:
    """Yield the line of a quotation mark that no other closes, or only that of another value."""
    for number in range(fault.at, -1, -1):
        field = _FIELD.fullmatch(fault.line(number))
        mark = field["value"][0] if field else ""
        is_open = mark and mark in "\"'" and field and field["value"].count(mark) == 1
        if is_open and _FIELD.match(_written(fault.lines[number + 1 :]) or "a: b"):
            yield number, f"the quotation mark {mark} is never closed: close it"
    if fault.opened is not None and "end of stream" in fault.says:
        line = fault.line(fault.opened)
        if mark := next((mark for mark in "\"'" if mark in line), ""):
            yield fault.opened, f"the quotation mark {mark} is never closed: close it"


def _unquoted(fault: Fault) -> Iterator[Found]:
    """Yield a line whose value needs quotes, as it is with them."""
    for number in fault.near:
        field = _FIELD.fullmatch(fault.line(number))
        if not field or field["value"][0] in "\"'[{":
            continue
        value = re.split(r"\s+#", field["value"])[0]
        inner = _INNER_FIELD.search(value)
        if _OF_A_VALUE.match(value):
            yield number, _without_braces(field["start"], value)
        elif inner and inner[1] in fields_of_records():
            yield number, two_fields(inner[1])
        elif ": " in value or value.endswith(":") or value.startswith(_NEEDS_QUOTES):
            yield number, unquoted(field["start"], value)


_OF_A_VALUE = re.compile(r"\(?\s*value: ")
_DASH = re.compile(r"-\s+(?=[^\W\d])")


def _without_braces(start: str, value: str) -> str:
    """Return the message about the fields of a value that are on its line without braces."""
    inner = value[1:].removesuffix(")") if value.startswith("(") else value
    shown = shortened(f"{start.strip()} {{{inner.strip()}}}")
    return f"fields on one line need braces around them: write {shown}"


def unquoted(start: str, value: str) -> str:
    """Return the message about a value that YAML takes for more than text without its quotes."""
    field = start.strip().removeprefix("- ").removesuffix(":")
    if value in ("-", "?") and field not in _CODES:
        return of_guessed(value)
    if _DASH.match(value):
        return (
            f"'- ' begins an entry of a list: write '{shortened(value)}' on a line of its own below"
            f" '{field}:', or leave the '- ' out where it is one value"
        )
    return _quoted(start, value)


_MARK_AT_WORD_END = re.compile(r"'(?!\w)")
"""A quotation mark that may close a text; any other is an apostrophe."""


def _goes_on(fault: Fault) -> Iterator[Found]:
    """Yield a line whose value ends at a quotation mark or bracket, and a text goes on behind."""
    for number in fault.near:
        field = _FIELD.fullmatch(fault.line(number))
        if field and field["value"][0] in "\"'[{" and not _WHOLE.fullmatch(field["value"]):
            value = field["value"]
            is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            is_open = value[0] == "'" and not _MARK_AT_WORD_END.search(value[1:])
            if value.count(value[0]) > 1 or (value[0] in "[{" and _CLOSED.search(value)):
                inner = value[1:-1] if is_quoted else value[1:] if is_open else value
                yield number, _quoted(field["start"], inner)


_CLOSED_UP = re.compile(r"(?:- +)?[a-z_]+:(?!//)[^\s:]")


def _no_space_behind_colon(fault: Fault) -> Iterator[Found]:
    """Yield a line of which the colon has no space behind it, so that the next line is its text."""
    if not fault.says.startswith(("mapping values are not allowed", "did not find expected '-'")):
        return
    for number in reversed(fault.near):
        line = fault.line(number).strip()
        if _CLOSED_UP.match(line) and ": " not in line:
            yield number, no_space(line)


def _no_space(fault: Fault) -> Iterator[Found]:
    for number in fault.near:
        line = fault.line(number).strip()
        if re.match(r"-[^\s-]", line):
            yield (
                number,
                f"a dash and its value need a space between them (got '{shortened(line)}')",
            )


_CLOSED_UP_BOUND = re.compile(r"^([<>])(?=[0-9])")
_INNER_FIELD = re.compile(r"[\s,;]([a-z]+(?:_[a-z]+)*): ")


def two_fields(second: str) -> str:
    """Return the message about a line with two fields."""
    return (
        f"'{second}:' begins another field: put it on a line of its own, or the whole value in"
        " quotation marks if it is text"
    )


def _quoted(start: str, value: str) -> str:
    """Return how a value is written in quotation marks."""
    value = _CLOSED_UP_BOUND.sub(r"\1 ", value)
    inner = value.replace("\\", "\\\\").replace('"', '\\"')
    shown = shortened(f'{start.strip()} "{inner}"')
    return f"the value needs quotation marks: write {shown}"


def _colon_in_braces(fault: Fault) -> Iterator[Found]:
    """Yield a line with a value in braces that another colon follows before a comma."""
    for number in dict.fromkeys((fault.at, fault.at - 1, fault.opened or 0)):
        line = fault.line(number)
        if "{" in line and (field := _TWO_COLONS.search(_QUOTED.sub("", line))):
            yield (
                number,
                f"a second colon follows '{field[1]}:' in braces: put a comma between two fields,"
                " and a value with ': ' in quotation marks",
            )


def _backslash(fault: Fault) -> Iterator[Found]:
    if "escape" in fault.says:
        yield (
            fault.at,
            'a backslash in " " must be written twice, or the text stand in single quotation marks',
        )


def _open_bracket(fault: Fault) -> Iterator[Found]:
    if "',' or" in fault.says and fault.opened is not None:
        mark = fault.says[-2] if fault.says[-1] == "'" else "]"
        yield (
            fault.opened,
            f"a list or a quotation in it is never closed: close it with {mark}, and put a comma"
            " between its entries",
        )


def _no_colon(fault: Fault) -> Iterator[Found]:
    if "could not find expected ':'" in fault.says:
        for number in (fault.at - 1, fault.at):
            line = fault.line(number).strip()
            if line and not re.search(r":(?: |$)", line) and not line.startswith(("#", "-")):
                yield number, no_space(line)


def _written(lines: Sequence[str]) -> str | None:
    """Return the first of some lines that is neither blank nor a comment."""
    return next((line for line in lines if line.strip() and line.strip()[0] != "#"), None)


_EXPLANATIONS = (
    _no_break_space,
    _tab,
    _no_space_behind_colon,
    _backslash,
    _colon_in_braces,
    _open_quote,
    _unquoted,
    _goes_on,
    _no_space,
    below_a_value,
    text_goes_on,
    wrong_depths,
    _open_bracket,
    _no_colon,
)
