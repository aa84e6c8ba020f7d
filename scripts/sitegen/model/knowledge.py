"""What is said of a substance besides studies and regimens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import model_validator

from sitegen.model.quantity import Quantity
from sitegen.model.record import Record
from sitegen.model.values import (
    Amount,
    ConditionId,
    Date,
    Dose,
    Frozen,
    GivenAmount,
    Language,
    Locators,
    MolarMass,
    OrganisationId,
    OtherWords,
    Presentation,
    ProductId,
    Prose,
    Reported,
    Route,
    Size,
    Strength,
    SubstanceId,
    Text,
    Verbatim,
    Volume,
    Words,
)

Lane = Literal["human", "animal", "in vitro", "not stated"]
IN_LANE: Mapping[str, str] = {
    "human": "in people",
    "animal": "in animals",
    "in vitro": "in vitro",
}
"""Where work in each lane was done, in words."""
EXPERIMENT_LANES = ("animal", "in vitro")
"""The lanes of experiments, which are never counted together."""


class Name(Frozen):
    """One name of a substance."""

    text: Prose
    """The name."""
    language: Language
    """The language it stands in: a tag of BCP 47, or words."""
    at: Locators
    """Where it stands."""


class Tie(Frozen):
    """How a substance stands to another."""

    relation: Literal["developed from", "member of", "salt of", "derivative of"]
    """The relation."""
    substance: SubstanceId
    """The other substance or class."""
    at: Locators
    """Where the source says so."""
    note: Prose | None = None
    """A curator's remark."""


class RegistryNumber(Frozen):
    """What a registry calls a substance."""

    scheme: Prose
    """The registry or notation."""
    value: Verbatim
    """The number, key or notation, letter for letter."""
    at: Locators
    """Where it stands."""
    standing: Literal["accepted", "differs", "set aside"]
    """Whether it fits the sequence, differs from it, or stands for something else."""
    note: Prose | None = None
    """A curator's remark."""


class Substance(Record):
    """A substance or a class of substances."""

    folder: ClassVar[str] = "substances"

    name: Prose
    """The name used on the site."""
    kind: Literal["drug", "fragment", "class", "salt", "derivative"]
    """What it is."""
    at: Locators
    """The sentences the record draws on."""
    names: tuple[Name, ...]
    """Every name a source gives it."""
    ties: tuple[Tie, ...] = ()
    """What it comes from, and what it belongs to."""
    summary: Reported[Text]
    """What it is, in one sentence."""
    origin: Reported[Text]
    """Where it was developed."""
    sequence: Reported[Text]
    """The sequence of amino acids."""
    formula: Reported[Text]
    """The molecular formula."""
    mass: Reported[MolarMass]
    """The molar mass."""
    numbers: tuple[RegistryNumber, ...] = ()
    """Numbers, keys and line notations of registries, each with its source."""
    organisations: tuple[OrganisationId, ...] = ()
    """The bodies the source names as developers."""
    note: Prose | None = None
    """A curator's remark."""


class Equivalence(Frozen):
    """An amount of a substance that a source calls as strong as another amount."""

    amount: Reported[GivenAmount]
    """The amount of the substance of the claim."""
    equals: Reported[GivenAmount]
    """What it is as strong as."""
    of: SubstanceId | None = None
    """The other substance; left out where the same substance is counted in other units."""

    @model_validator(mode="after")
    def _both_are_one_amount(self) -> Equivalence:
        for name in ("amount", "equals"):
            value: Quantity = getattr(self, name).value
            if not value.range.is_one or "/" in value.unit.one:
                raise ValueError(f"must have as its {name} one amount alone, such as '5 mg'")
        both = (self.amount.value.unit, self.equals.value.unit)
        if self.of is None and both[0].dimension == both[1].dimension:
            raise ValueError("must name in 'of' the other substance, or count it in other units")
        return self


class Claim(Record):
    """One statement of a source about what a substance does."""

    folder: ClassVar[str] = "claims"

    name: Prose
    """A short name."""
    substance: SubstanceId
    """What the claim is about."""
    kind: Literal[
        "effect",
        "mechanism",
        "duration",
        "onset",
        "safety",
        "use",
        "pharmacokinetics",
        "indication",
        "evidence",
    ]
    """What sort of claim; `evidence` is what a source says of the evidence itself."""
    conditions: tuple[ConditionId, ...] = ()
    """The conditions it concerns, for an indication."""
    conditions_are: Literal["named", "nearest"] = "named"
    """Whether the source names these conditions, or they are those here that come nearest."""
    product: ProductId | None = None
    """The presentation it is stated for, where it is stated for one."""
    lane: Lane
    """Whether it rests on people, animals or cells, as the source says."""
    at: Locators
    """Where the source states it."""
    says: Prose
    """The claim, in our own words."""
    value: Reported[Amount] | None = None
    """The amount it states, for claims that state one."""
    equivalence: Equivalence | None = None
    """What an amount is as strong as; regimens of the same source are shown in its terms too."""
    emphasis: Words = ()
    """The evaluative words the source uses for it, quoted."""
    also: OtherWords = ()
    """Other words that readers use for it; they feed the search."""
    note: Prose | None = None
    """A curator's remark."""


class Identifier(Frozen):
    """A number that an authority gave."""

    scheme: Prose
    """What it numbers."""
    value: Prose
    """The number as written."""
    at: Locators = ()
    """Where it stands, where the record draws on several sentences."""


class Event(Record):
    """Something that happened, as a source reports it."""

    folder: ClassVar[str] = "events"

    name: Prose
    """A short name."""
    kind: Literal["research", "regulatory", "presentation"]
    """What sort of event."""
    when: Reported[Date]
    """When it happened."""
    at: Locators
    """Where the source states it."""
    says: Prose
    """What happened, in our own words."""
    jurisdiction: Prose | None = None
    """For a regulatory event: where it holds."""
    status: Prose | None = None
    """For a regulatory event: the status it gave."""
    state: Literal["present", "former", "step", "entry"] | None = None
    """What it is to the legal status: the present one, a former one, a step of a procedure, or an
    entry in a list or database, which is no approval."""
    on_list: Prose | None = None
    """The list that it is about, by its full name."""
    dates: Prose | None = None
    """What its date is the date of, such as an order or the update of a database."""
    date_is: Literal["stated", "inferred"] = "stated"
    """Whether a source states the date or a curator infers it."""
    identifiers: tuple[Identifier, ...] = ()
    """Numbers of orders and certificates."""
    organisations: tuple[OrganisationId, ...] = ()
    """Who took part."""
    certainty: (
        Literal[
            "primary document",
            "one source only",
            "statement of the company",
            "second-hand",
            "second-hand, several agree",
            "reported, not seen",
            "wording seen, application open",
            "nothing found",
        ]
        | None
    ) = None
    """For a regulatory event: how sure it is; only a primary document makes it a fact."""
    also: OtherWords = ()
    """Other words that readers use for it; they feed the search."""
    note: Prose | None = None
    """A curator's remark."""

    @model_validator(mode="after")
    def _an_inferred_date_says_from_what(self) -> Event:
        if self.date_is == "inferred" and not self.when.note:
            raise ValueError("must say in a note of when what the date is inferred from")
        return self

    @model_validator(mode="after")
    def _a_regulatory_event_has_its_fields(self) -> Event:
        needed = (self.jurisdiction, self.status, self.certainty)
        if self.kind == "regulatory" and not all(needed):
            raise ValueError(
                "must have jurisdiction, status and certainty, since its kind is regulatory"
            )
        return self


class Ingredient(Frozen):
    """A substance in a presentation, and how much of it is in one unit of it."""

    substance: SubstanceId
    """The substance."""
    amount: Reported[Dose]
    """How much of it is in one tablet, spray or the like."""


class Product(Record):
    """A presentation of a substance: a form in a strength in a container."""

    folder: ClassVar[str] = "products"

    name: Prose
    """A short name."""
    substance: SubstanceId
    """What it holds."""
    at: Locators
    """Where it is described."""
    form: Reported[Text]
    """The dosage form."""
    route: Reported[Route] | None = None
    """The route it is for, where the source says so; only regimens by it are counted in it."""
    strength: Reported[Strength]
    """Amount of the substance in a millilitre, or in one tablet, spray or the like; doses in mg are
    then shown in these."""
    strength_label: Reported[Text]
    """The strength as labels print it."""
    content: Reported[Volume]
    """The volume in one container."""
    composition: Reported[Text]
    """What else it holds."""
    maker: Reported[Text]
    """Who makes it."""
    supply: Reported[Text]
    """Whether it needs a prescription."""
    storage: Reported[Text]
    """How it is kept."""
    shelf_life: Reported[Text]
    """How long it keeps."""
    numbers: tuple[Identifier, ...] = ()
    """Numbers on the pack."""
    unit: Presentation | None = None
    """What the amounts of its ingredients are in, such as `tablet`; given where they are."""
    ingredients: tuple[Ingredient, ...] = ()
    """What one such unit holds, and how much of each; doses in such units are then shown in mg."""
    apart: Prose | None = None
    """Why no dose is computed in its strength, for a product that is another medicine."""
    also: OtherWords = ()
    """Other words that readers use for it; they feed the search."""
    note: Prose | None = None
    """A curator's remark."""

    @model_validator(mode="after")
    def _ingredients_are_in_a_unit(self) -> Product:
        if bool(self.ingredients) != bool(self.unit):
            raise ValueError("must have a unit where it has ingredients, and nowhere else")
        return self


_DIMENSIONS = {
    "volume of a drop": "mL",
    "volume of a container": "mL",
    "drops in one nostril at a time": "drops",
    "volume one nostril can hold": "mL",
}


class Alternative(Frozen):
    """Another size that a source gives for the same thing."""

    value: Size
    """The size; it may be written as a fraction, such as `1/12 mL`."""
    at: Locators
    """Where it stands."""
    note: Prose | None = None
    """A curator's remark."""


class Parameter(Record):
    """A size that volumes rest on; changing it changes every volume computed from it."""

    folder: ClassVar[str] = "parameters"

    name: Prose
    """A short name."""
    role: Literal[
        "volume of a drop",
        "volume of a container",
        "drops in one nostril at a time",
        "volume one nostril can hold",
    ]
    """What it measures; one record for each, or one for each presentation."""
    value: Reported[Amount]
    """The size."""
    at: Locators = ()
    """Where it stands; left out while it has not been looked for."""
    alternatives: tuple[Alternative, ...] = ()
    """Other sizes that sources give; what rests on the size is shown for each of them."""
    products: tuple[ProductId, ...] = ()
    """The presentations it is used for; all of them where none is named."""
    note: Prose | None = None
    """A curator's remark."""

    @model_validator(mode="after")
    def _value_measures_what_its_role_says(self) -> Parameter:
        name = _DIMENSIONS[self.role]
        for value in (self.value.value, *(alternative.value for alternative in self.alternatives)):
            if isinstance(value, Quantity) and value.unit.many != name:
                raise ValueError(f"must have a value in {name}, since its role is '{self.role}'")
        return self

    @model_validator(mode="after")
    def _alternatives_differ_from_a_value(self) -> Parameter:
        others = [alternative.value for alternative in self.alternatives]
        if others and self.value.absence:
            raise ValueError("must have a value where it has alternatives")
        if len({self.value.value, *others}) <= len(others):
            raise ValueError("must list each size once among value and alternatives")
        return self
