"""For whom a regimen is, in words made of the values of its population."""

from __future__ import annotations

from typing import Any

from sitegen.derive.readings import reading_words
from sitegen.model import Regimen, Reported
from sitegen.model.quantity import Quantity
from sitegen.model.typography import amount


def population_words(regimen: Regimen) -> str:
    """Return for whom a regimen is: `≥ 18 years, female, weight < 30 kg`.

    Empty where the record holds no value of age, weight, sex or kidney function.
    """
    people = regimen.population
    if people is None:
        return ""
    age, weight = people.age, people.weight
    words = [_measured("age", age), _measured("weight", weight), people.sex or ""]
    if kidneys := people.renal_function:
        words.append(f"{kidneys.measure} {amount(kidneys.value)}")
    return ", ".join(filter(None, words))


def _measured(name: str, value: Reported[Any] | None) -> str:
    """Return an age or a weight with its name, an unclear one in its readings; else nothing."""
    if value and isinstance(value.value, Quantity):
        return f"{name} {amount(value.value)}"
    ways = reading_words(value)
    return f"{name} {ways} (unclear)" if ways else ""
