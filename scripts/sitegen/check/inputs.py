"""The rules on the values that checks and comparisons name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sitegen.derive.agreement import compared, not_that_standing
from sitegen.derive.relations import Relations
from sitegen.derive.verdict_rules import RULES as RULES_OF_CHECKS
from sitegen.derive.verdicts import MissingValue, WrongInput, judge
from sitegen.model import Check, Comparison, FieldReference, When
from sitegen.model.absence import Absence
from sitegen.model.problems import Problem, nearest, shortened
from sitegen.model.quantity import Quantity, QuantityError
from sitegen.read.load import Loaded
from sitegen.read.messages import name_here


def comparisons_name_values_that_compare(loaded: Loaded, relations: Relations) -> Iterator[Problem]:
    """Every comparison names values that records hold, of one dimension where it computes."""
    for comparison in loaded.site.comparisons.values():
        judged = partial(compared, relations, comparison)
        takes = "amounts or dates that can be compared"
        yield from _inputs_that_cannot_be_judged(loaded, comparison, judged, takes)


def standings_follow_their_definitions(loaded: Loaded, relations: Relations) -> Iterator[Problem]:
    """A standing that a curator gives is one that the definitions allow."""
    for comparison in loaded.site.comparisons.values():
        if comparison.rule == "words" and (why := not_that_standing(relations, comparison)):
            message = f"standing must not be '{comparison.standing}': {why}"
            yield loaded.problem(comparison, ("standing",), message)


def checks_name_values_their_rule_takes(loaded: Loaded, relations: Relations) -> Iterator[Problem]:
    """Every check names values that records hold, as many and of the kind that its rule takes."""
    for check in loaded.site.checks.values():
        takes = RULES_OF_CHECKS[check.rule].takes
        named = ", ".join(taken.name for taken in takes)
        if len(check.inputs) != len(takes):
            message = f"inputs must be {len(takes)} for '{check.rule}': {named}"
            yield loaded.problem(check, ("inputs",), f"{message} (got {len(check.inputs)})")
            continue
        what = f"{named} for '{check.rule}'"
        judged = partial(judge, relations, check)
        yield from _inputs_that_cannot_be_judged(loaded, check, judged, what)


def _value_meant(loaded: Loaded, named: FieldReference) -> str:
    """Return a hint at the record or the field that an input may name; nothing if none is near."""
    records = loaded.site.records.get(named.folder)
    if records is None:
        return nearest(named.folder, loaded.site.records)
    record = records.get(named.id)
    if record is None:
        return nearest(named.id, records)
    first = named.field.partition(".")[0]
    fields = type(record).model_fields
    meant = name_here(first, list(fields))
    close = f" (did you mean '{meant}'?)" if meant else nearest(first, fields)
    return "" if first in fields else close


def _inputs_that_cannot_be_judged(
    loaded: Loaded, record: Check | Comparison, judged: Callable[[], object], takes: str
) -> Iterator[Problem]:
    """Yield the input that names no value, or that the inputs are not what the judgement takes."""
    try:
        judged()
    except MissingValue as missing:
        number = [str(reference) for reference in record.inputs].index(str(missing))
        message = f"inputs must name values of records (got '{missing}')"
        hint = _value_meant(loaded, record.inputs[number])
        yield loaded.problem(record, ("inputs", number), message + hint)
    except WrongInput as wrong:
        got = f"'{record.inputs[wrong.number]}', {_is(wrong.given.value)}, for {wrong.wanted}"
        message = f"inputs must be {takes}, in this order (got {got})"
        yield loaded.problem(record, ("inputs", wrong.number), message)
    except QuantityError as error:
        yield loaded.problem(record, ("inputs",), f"inputs must be {takes}: {error}")


def _is(value: object) -> str:
    """Return what a value is, for a message: an amount or a text, else no single value."""
    if isinstance(value, str):
        return f"which is the text '{shortened(value)}'"
    is_one = isinstance(value, Quantity | Absence | When)
    return f"which is {value}" if is_one else "which is no single value"
