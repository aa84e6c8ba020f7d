"""For whom a regimen is, in words made of the values of its population."""

from __future__ import annotations

import re
from typing import Any

from sitegen.derive.readings import reading_words
from sitegen.model import Condition, Regimen, Reported
from sitegen.model.quantity import Quantity
from sitegen.model.typography import amount, prose


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


def people_in_words(regimen: Regimen) -> str:
    """Return the words that a source has for the people, as a sentence goes on with them."""
    if regimen.people.absence:
        return ""
    words = prose(str(regimen.people.value))
    is_word = words[1:2].islower() or words.startswith("A ")
    return words[:1].lower() + words[1:] if is_word else words


def people_beyond(condition: Condition, regimen: Regimen) -> str:
    """Return the words for the people that say more than the condition and how severe it is.

    Empty of `Patients with a severe headache`; `children` of `Children with a headache`.
    """
    said = re.findall(r"[^\W_]+", people_in_words(regimen).casefold())
    named = f"{condition.name} {regimen.severity or ''}".casefold()
    known = _OF_ANYBODY | set(re.findall(r"[^\W_]+", named))
    return " ".join(word for word in said if word not in known)


_OF_ANYBODY = frozenset(
    "a an the of with in who have patient patients people person persons subject subjects "
    "participant participants those condition severity".split()
)
"""The words that tell no people with a condition from others."""


def _measured(name: str, value: Reported[Any] | None) -> str:
    """Return an age or a weight with its name, an unclear one in its readings; else nothing."""
    if value and isinstance(value.value, Quantity):
        return f"{name} {amount(value.value)}"
    ways = reading_words(value)
    return f"{name} {ways} (unclear)" if ways else ""
