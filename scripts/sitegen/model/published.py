"""How published JSON writes the values of a record, as parts of its JSON Schema (2020-12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.model.absence import Absence
from sitegen.model.units import BUILT_IN, units

TEXT: dict[str, Any] = {"type": "string"}
ABSENCE: dict[str, Any] = {
    "type": "object",
    "properties": {"absent": {"enum": [word.value for word in Absence]}},
    "required": ["absent"],
    "additionalProperties": False,
}
_NUMBER = {"type": ["string", "null"], "pattern": r"^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"}
AMOUNT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "text": TEXT,
        "low": _NUMBER,
        "high": _NUMBER,
        "unit": {"type": "string", "pattern": BUILT_IN.pattern},
        "ucum": {"type": ["string", "null"]},
    },
    "required": ["text", "low", "high", "unit", "ucum"],
    "additionalProperties": False,
}
SIGNED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "text": TEXT,
        "low": {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"},
        "high": {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"},
        "unit": TEXT,
    },
    "required": ["text", "low", "high", "unit"],
    "additionalProperties": False,
}


def short_name(name: str, place: int) -> str:
    """Return a short name for a type in a schema; pydantic derives long ones from generic types."""
    return f"Reported{place}" if "Reported_" in name else name


def or_absent(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a value as it is published, or of a word of absence in its place."""
    return {"anyOf": [dict(schema), ABSENCE]}


def amount() -> dict[str, Any]:
    """Return the schema of an amount in any unit of the site at hand."""
    properties = {**AMOUNT["properties"], "unit": {"type": "string", "pattern": units().pattern}}
    return {**AMOUNT, "properties": properties}
