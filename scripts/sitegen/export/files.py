"""Where exported files stand, and how JSON is written into them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from sitegen.model.quantity import write_number

NO_BREAK = "\u00a0"


Texts: TypeAlias = Mapping[tuple[str, str], str]
"""What each record comes to in some form, by its kind and id."""


def as_json(content: object) -> str:
    """JSON for programs: no white space."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def joined(members: Mapping[str, str]) -> str:
    """Return an object of JSON whose members are written already."""
    return f"{{{','.join(f'{as_json(name)}:{member}' for name, member in members.items())}}}"


def lines(text: str) -> bytes:
    """Return a text as the content of a file, with an end to its last line."""
    return f"{text}\n".encode()


def compact(content: object) -> bytes:
    """Return a file of JSON for programs."""
    return lines(as_json(content))


def number(value: Fraction) -> int | float:
    """Return a number for JSON with the digits that pages show: exact, or to three figures.

    A decimal of up to 15 figures is written by JSON as it stands here.
    """
    text = write_number(value)
    return float(text) if "." in text else int(text)


Json = dict[str, Any]
"""An object of JSON."""


def spaced(text: str) -> str:
    """Return a text with plain spaces, for programs that compare."""
    return text.replace(NO_BREAK, " ")
