"""How the strength that a volume is computed with stands to the strength of a regimen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.derive.sizes import stated_strength
from sitegen.derive.total import Impossible
from sitegen.model import Product, Regimen


@dataclass(frozen=True)
class StrengthBasis:
    """What is said before and after the strength of a presentation, beside a regimen."""

    before: str
    after: str
    has_amount: bool = True
    """Whether the strength as printed is followed by its amount."""


def strength_basis(regimen: Regimen, product: Product) -> StrengthBasis:
    """Return whether a presentation is the one that a regimen is for, or only may be.

    It is the presentation named where the source names one; `if` where the source states no
    strength; stated where the strength is the same; else another strength than that stated.
    """
    if regimen.product:
        return StrengthBasis("", ", the presentation named")
    stated = stated_strength(regimen)
    if isinstance(stated, Impossible):
        return StrengthBasis("if ", "")
    if stated.amount == product.strength.value:
        return StrengthBasis("", ", stated")
    return StrengthBasis("if ", ", not the strength stated", has_amount=False)


def strength_lines(regimen: Regimen) -> Iterator[str]:
    """Yield what the volumes of a regimen assume of its strength; nothing where it is stated."""
    if regimen.product:
        yield "The source names the presentation"
    elif regimen.strength.absence:
        yield f"The strength of this regimen is {regimen.strength.absence}"
        yield "Each strength that its doses may have is shown as an “if”"
