"""For whom a regimen is, in words made of the values of its population."""

from __future__ import annotations

from sitegen.model import Regimen
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
    words = [
        f"age {amount(age.value)}" if age and isinstance(age.value, Quantity) else "",
        f"weight {amount(weight.value)}" if weight and isinstance(weight.value, Quantity) else "",
        people.sex or "",
    ]
    if kidneys := people.renal_function:
        words.append(f"{kidneys.measure} {amount(kidneys.value)}")
    return ", ".join(filter(None, words))
