"""The grammar of UCUM: whether a text can be the code of a unit."""

from __future__ import annotations

import re

_ANNOTATION = r"\{[!-z|~]+\}"
_SYMBOL = r"(?:[A-Za-z%'^*_\"]|\[[!-Z\\^-z|~]+\])+"
_POWER = r"[+-]?[1-9][0-9]?"
_PART = rf"(?:(?:{_SYMBOL}|10[*^])(?:{_POWER})?(?:{_ANNOTATION})?|{_ANNOTATION})"
_CODE = re.compile(rf"/?{_PART}(?:[./]{_PART})*")


def is_code(text: str) -> bool:
    """Return whether a text is written as a code of UCUM is: `mg`, `[iU]/L`, `{tablet}`.

    Whether UCUM has the symbols is not looked up.
    """
    return _CODE.fullmatch(text) is not None
