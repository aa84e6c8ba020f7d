"""For which weights and body surfaces a source itself works amounts out."""

from __future__ import annotations

from sitegen.model import Regimen
from sitegen.model.quantity import Quantity
from sitegen.model.regimen import ForBody
from sitegen.model.typography import amount


def bodies_line(regimen: Regimen) -> str | None:
    """Return for whom a source works amounts out: `68 kg: 22,644 units, 34,000 units a day`.

    A size alone where the source states it and works nothing out. None where it states no size.
    """
    return "; ".join(map(_line, regimen.for_body)) or None


def _line(body: ForBody) -> str:
    stated = (part.value for part in (body.each, body.daily) if part is not None)
    worked = ", ".join(amount(value) for value in stated if isinstance(value, Quantity))
    return f"{amount(body.size.value)}{f': {worked}' if worked else ''}"
