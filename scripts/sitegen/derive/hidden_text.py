"""The texts of a record that its row in a table does not show, for the filter above the table."""

from __future__ import annotations

from collections.abc import Collection

from sitegen.model import Experiment, Record, Study
from sitegen.model.fields import reported_values
from sitegen.model.typography import shown


def hidden_text(record: Record, *shown: str) -> str:
    """Return what a record reports in other fields than those shown, as one text.

    A word of absence is no text. The findings of a study or experiment are part of it.
    """
    values = [
        _text(reported.value)
        for where, reported in reported_values(record)
        if where[0] not in shown and not reported.absence
    ]
    if isinstance(record, (Study, Experiment)) and "findings" not in shown:
        values += [finding.says for finding in record.findings]
    return "; ".join(values)


def _text(value: object) -> str:
    if isinstance(value, Collection) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return shown(value)
