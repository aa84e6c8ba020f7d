"""Where exported files stand, and how JSON is written into them."""

from __future__ import annotations

import json
from fractions import Fraction

from sitegen.quantity import write_number

FOLDER = "data/v1"
NO_BREAK = "\u00a0"


def compact(content: object) -> bytes:
    """JSON for programs: no white space."""
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def number(value: Fraction) -> int | float:
    """A number for JSON with the digits that pages show, to three figures where none is exact.

    A decimal of up to 15 figures is written by JSON as it stands here.
    """
    text = write_number(value)
    return float(text) if "." in text else int(text)


def spaced(text: str) -> str:
    """A text with plain spaces, for programs that compare."""
    return text.replace(NO_BREAK, " ")
