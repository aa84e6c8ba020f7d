"""How the strength that a volume is computed with stands to the strength of a regimen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sitegen.derive.grouping import grouped
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import CONTAINER, DROP, stated_strength
from sitegen.derive.total import Computed, Impossible
from sitegen.derive.volumes import Flag, Volume, is_of_strength, known_strength, volumes
from sitegen.model import Parameter, Product, Regimen, Site, typography
from sitegen.model.quantity import Quantity
from sitegen.statements.english import capital, listed
from sitegen.statements.silence import none_recorded


@dataclass(frozen=True)
class StrengthBasis:
    """What is said before and after the strength of a presentation, beside a regimen."""

    before: str
    after: str
    has_amount: bool = True
    """Whether the strength as printed is followed by its amount."""


def strength_basis(regimen: Regimen, product: Product) -> StrengthBasis:
    """Return whether a presentation is the one that a regimen is for, or only may be.

    It is the presentation named where the source names one; stated where the source states the same
    strength, and implied where its dose and volume give it; else `if`, with that it is another
    strength where one is known.
    """
    if regimen.product:
        return StrengthBasis("", ", the presentation named")
    strength = known_strength(regimen)
    if strength is None:
        return StrengthBasis("if ", "")
    how = "implied" if isinstance(stated_strength(regimen), Impossible) else "stated"
    if is_of_strength(product, strength):
        return StrengthBasis("", f", {how}")
    return StrengthBasis("if ", f", not the strength {how}", has_amount=False)


def strength_lines(site: Site, regimen: Regimen) -> Iterator[str]:
    """Yield what the volumes of a regimen assume of its strength and its presentation.

    A source that states a strength, or implies it by dose and volume, names no presentation by it:
    one of that strength is assumed, where there is one among the volumes.
    """
    strength = known_strength(regimen)
    if regimen.product:
        yield "The source names the presentation"
    elif isinstance(regimen.strength.value, Quantity):
        stated = typography.amount(regimen.strength.value)
        yield f"The source states {stated}; {_presentation(site, regimen, strength, 'the')}"
    elif strength:
        yield f"The strength of this regimen is {regimen.strength.absence}"
        implied = typography.rounded(strength)
        found = _presentation(site, regimen, strength, "a")
        yield f"Its dose and volume imply {implied}; {found}"
    else:
        yield f"The strength of this regimen is {regimen.strength.absence}"
        yield "Each strength that sources describe, and that it may have, is shown as an “if”"


def _presentation(site: Site, regimen: Regimen, strength: Quantity | None, article: str) -> str:
    """Return that the presentation of a strength is assumed, or that none of those shown has it."""
    shown = (volume.product for volume in volumes(site, regimen))
    if strength and any(is_of_strength(product, strength) for product in shown):
        return f"{article} presentation of that strength is assumed"
    return "no presentation here has that strength, so each volume is an “if”"


def volumes_line(relations: Relations) -> str:
    """Return what the volumes assume of strengths, or why no dose becomes a volume."""
    site = relations.site
    if any(volumes(site, regimen) for regimen in relations.regimens):
        return (
            "The volume of each reported dose at each strength. Where the strength of a regimen is "
            "not known, each strength that sources describe, and that it may have, is shown with "
            "“if”. A dose from the label "
            "of one product is not converted for another product."
        )
    if not relations.regimens:
        return none_recorded("regimen")
    if all(product.strength.absence for product in site.products.values()):
        none = none_recorded("presentation with a strength in a millilitre")
        return f"{none.removesuffix('.')}, so no dose becomes a volume here."
    return "No dose in the records becomes a volume of a presentation."


def doses_by_strength(found: Sequence[Volume]) -> tuple[Volume, ...]:
    """Return the volumes whose doses are known, each dose once at each strength.

    A reading under which the dose is another one keeps its condition; readings that change only
    what follows, such as the frequency, lose theirs and are one.
    """
    known = [volume for volume in found if isinstance(volume.dose, Computed)]
    by_place = grouped(((volume.product.id, volume.phase), volume) for volume in known)
    return tuple(volume for several in by_place.values() for volume in _apart(several))


def _apart(several: tuple[Volume, ...]) -> tuple[Volume, ...]:
    """Return volumes as they are, or the first without its condition where all doses are equal."""
    is_one_dose = len({one.dose for one in several}) == 1
    return (replace(several[0], reading=None),) if is_one_dose else several


def bottles_needed(whole: str) -> str:
    """Return how many whole bottles hold a course: `5 bottles needed`; true of a count of them."""
    return f"{whole} {'bottle' if whole == '1' else 'bottles'} needed"


def size_line(parameter: Parameter) -> str:
    """Return a size with what it measures; where sources give others, that it is assumed.

    `Volume of a drop: assumed 0.05 mL; also given: 1/12 mL (Another release of the list)`.
    """
    others = [
        typography.size(other.value) + (f" ({other.note.rstrip('.')})" if other.note else "")
        for other in parameter.alternatives
    ]
    value = typography.shown(parameter.value.value)
    said = f"assumed {value}; also given: {listed(others, 'or')}" if others else value
    return f"{capital(parameter.role)}: {said}"


def sizes_line(site: Site) -> str | None:
    """Return that no size of a drop or container is in the records; None where one is."""
    if any(parameter.role in (CONTAINER, DROP) for parameter in site.parameters.values()):
        return None
    return none_recorded("size of a drop or of a container")


def flag_line(flag: Flag) -> str:
    """Return which threshold a dose passes, and what the count assumes beside the reading.

    True where the upper end of the dose is above it. Where a source states the drops, its title
    stands with them: `more in one nostril at a time, if both get the same, than the 3 drops …`.
    """
    if not flag.source:
        return more_than_a_container(flag.limit)
    split = "both get the same" if flag.is_halved else ""
    drop = f"a drop is {typography.size(flag.drop)}" if flag.drop else ""
    assumed = " and ".join(filter(None, [split, drop]))
    between = f", if {assumed}," if assumed else ""
    stated = f"the {typography.amount(flag.limit)} that “{flag.source}” gives"
    return f"more in one nostril at a time{between} than {stated}"


def more_than_a_container(container: Quantity) -> str:
    """Return that a dose is more than a container, as a judgement of this site.

    True where the upper end of the dose is above the size of a container; that this is too much
    for one dose is said by no source.
    """
    return (
        f"more than a whole bottle ({typography.amount(container)}) in one dose: "
        "implausible in the judgement of this site, not of a source"
    )
