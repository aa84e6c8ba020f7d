"""Roles for the parts of tables that a phone shows as cards.

As cards, a table's elements are not laid out as a table, and browsers then stop saying that it is
one. Roles say it in any layout: those that HTML Accessibility API Mappings 1.0 (W3C) gives to the
elements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

CARDS = "stack"
"""The class of these tables."""
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "table": "table",
        "thead": "rowgroup",
        "tbody": "rowgroup",
        "tr": "row",
        "td": "cell",
        'th scope="col': "columnheader",
        'th scope="row': "rowheader",
    }
)
"""The role of each element, by how its start tag begins."""

_TABLE = re.compile(rf'<table class="(?:[^"]* )?{CARDS}[ "].*?</table>', re.DOTALL)
_START = re.compile(r'<((?:table|thead|tbody|tr|td)(?=[ >])|th scope="(?:col|row))')


def with_roles(html: str) -> str:
    """Return the page with a role on each part of each table that becomes cards.

    A header cell has its `scope` as its first attribute.
    """
    return _TABLE.sub(lambda table: _START.sub(_with_role, table[0]), html)


def _with_role(start: re.Match[str]) -> str:
    name, _, attribute = start[1].partition(" ")
    return f'<{name} role="{ROLES[start[1]]}"{attribute and " "}{attribute}'
