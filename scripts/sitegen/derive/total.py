"""An amount on a page: stated by a source, computed with its formula, or impossible and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from sitegen.model import Locator
from sitegen.model.quantity import Quantity, QuantityError, sum_of
from sitegen.model.typography import amount, rounded


@dataclass(frozen=True)
class Stated:
    """An amount that the source gives."""

    amount: Quantity
    at: tuple[Locator, ...]


@dataclass(frozen=True)
class Computed:
    """An amount that follows from others, with the formula."""

    amount: Quantity
    formula: str
    first: Quantity | None = None
    """The other total that the formula begins with, where it begins with one."""

    def to(self, of: Quantity, first: Quantity | None) -> Computed:
        """Return the same in other units, with the total that the formula begins with in its."""
        if first is None or self.first is None:
            return replace(self, amount=of)
        rest = self.formula.removeprefix(amount(self.first))
        return Computed(of, f"{amount(first)}{rest}", first)


NOT_COMPUTED = "cannot be computed"


@dataclass(frozen=True)
class Impossible:
    """An amount that cannot be computed, or does not apply, with the reason."""

    why: str
    word: str = NOT_COMPUTED
    """`cannot be computed`, or `not applicable` where the question does not arise."""

    @property
    def says(self) -> str:
        """Return that the amount cannot be computed or does not apply, and why."""
        return f"{self.word}: {self.why}"


Total: TypeAlias = Stated | Computed | Impossible


def typeset(total: Stated | Computed) -> str:
    """Return an amount as text: as stated, or rounded where it is computed."""
    return (rounded if isinstance(total, Computed) else amount)(total.amount)


def quotient(left: Quantity, right: Quantity, divisor: str = "") -> Total:
    """Return one amount over another with its formula, or why no bound is left of it."""
    try:
        return Computed(left / right, f"{amount(left)} ÷ {divisor or amount(right)}")
    except QuantityError as error:
        return Impossible(str(error))


def product(left: Quantity, right: Quantity, formula: str) -> Total:
    """Return one amount times another with its formula, or why no bound is left of it."""
    try:
        return Computed(left * right, formula)
    except QuantityError as error:
        return Impossible(str(error))


def total_sum(amounts: Sequence[Quantity]) -> Computed | Impossible:
    """Return the sum of one or more amounts with its formula, or why they have none."""
    try:
        return Computed(sum_of(amounts), " + ".join(map(amount, amounts)))
    except QuantityError as error:
        return Impossible(str(error))
