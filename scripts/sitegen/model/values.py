"""The kinds of value a record holds, each read from the text of a data file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Generic, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import core_schema

from sitegen.model import published
from sitegen.model.absence import Absence, read_absence
from sitegen.model.figures_in_prose import has_digits, normalise, registered
from sitegen.model.languages import read_language
from sitegen.model.locator import Locator, read_locator
from sitegen.model.problems import LONGEST_NAME, nearest
from sitegen.model.quantity import Quantity, QuantityError, Range, quantity, unit
from sitegen.model.routes import routes
from sitegen.model.signed import Signed, read_interval, read_one
from sitegen.model.units import Unit, unit_named, units
from sitegen.model.when import When, read_when

MAX_TEXT = 2000
MAX_AMOUNT = 100  # characters of an amount that another spelling of it is offered for
MAX_PLACES, MAX_SENTENCES = 100, 200
_EPOCH = 1970  # the first year that the times of files can be set to

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OF_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufffe\uffff"
    r"\u2060-\u2065\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]"  # nobody sees these
)


class Frozen(BaseModel):
    """Strict and unchangeable: an unknown field or a second thought is an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, defer_build=True
    )


class Slug(str):
    """The id of a record: the name of its file without `.yml`."""

    folder: ClassVar[str] = ""

    @classmethod
    def read(cls, value: object) -> Slug:
        """Return the id that a text is. Raise ValueError for anything but a-z, 0-9 and hyphens."""
        if not isinstance(value, str) or not _SLUG.fullmatch(value):
            raise ValueError("must be an id of lower-case letters, digits and single hyphens")
        if len(value) > LONGEST_NAME:
            raise ValueError(f"must be at most {LONGEST_NAME} characters")
        if _OF_WINDOWS.fullmatch(value):
            raise ValueError("must be another word: no file on Windows can have this name")
        return cls(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Read by `read`; described as a string in JSON Schema."""
        return core_schema.no_info_plain_validator_function(
            cls.read,
            json_schema_input_schema=core_schema.str_schema(pattern=_SLUG.pattern),
            serialization=core_schema.to_string_ser_schema(),
        )


class Verbatim(str):
    """A code, a number or an address, letter for letter: no figure of a sentence.

    It is proved by the place where it was seen, which stands beside it.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Read as text is; described as a string in JSON Schema."""
        return core_schema.no_info_plain_validator_function(
            lambda value: cls(read_text(value)),
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.to_string_ser_schema(),
        )


class ConditionId(Slug):
    """Names a file in data/conditions/."""

    folder = "conditions"


class StudyId(Slug):
    """Names a file in data/studies/."""

    folder = "studies"


class SubstanceId(Slug):
    """Names a file in data/substances/."""

    folder = "substances"


class OrganisationId(Slug):
    """Names a file in data/organisations/."""

    folder = "organisations"


class PersonId(Slug):
    """Names a file in data/people/."""

    folder = "people"


class ProductId(Slug):
    """Names a file in data/products/."""

    folder = "products"


class ExperimentId(Slug):
    """Names a file in data/experiments/."""

    folder = "experiments"


class SourceId(Slug):
    """Names a file in data/sources/."""

    folder = "sources"


def _read_version(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(
        r"(?:(?:0|[1-9][0-9]{0,3})\.){2}(?:0|[1-9][0-9]{0,3})", value
    ):
        raise ValueError("must be a version such as '0.1.0'")
    return value


def read_day(value: object) -> When:
    """Return the day that a text gives. Raise ValueError for a text that is none."""
    when = read_when(value)
    if not when.day:
        raise ValueError("must be a day such as '2026-01-31'")
    if not _EPOCH <= when.first_year <= _EPOCH + 99:
        raise ValueError(f"must be a day of the years {_EPOCH} to {_EPOCH + 99}")
    return when


def holds_unseen(text: str) -> bool:
    """Return whether a text holds an invisible mark, or one that turns the direction of writing."""
    return _CONTROLS.search(text) is not None


def _read_prose(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be one text, not a list or fields")
    if not value.strip():
        raise ValueError("must be text; a blank is not allowed")
    if len(value) > MAX_TEXT:
        raise ValueError(f"must be at most {MAX_TEXT} characters")
    text = " ".join(value.split())
    if holds_unseen(text):
        raise ValueError("must hold no control or text-direction characters")
    return text


def read_text(value: object) -> str:
    """Text where no absence is possible: the site needs it to name or describe the record."""
    text = _read_prose(value)
    if read_absence(text):
        raise ValueError("must be given: a word of absence cannot stand here")
    return text


def _or_absence(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Read a word of absence as such, and anything else as told."""

    def read_or_absence(value: object) -> Any:
        absence = read_absence(value) if isinstance(value, str) else None
        return absence or read(value)

    return read_or_absence


Accepts: TypeAlias = Callable[[Unit], bool]
"""Whether a unit may stand in a field."""


def _of(*names: str) -> Accepts:
    """Accept the dimensions of some units."""
    dimensions = {unit(name).dimension for name in names}
    return lambda each: each.dimension in dimensions


def _is_dose(each: Unit) -> bool:
    """Accept what a dose is an amount of, alone or by body mass or body surface."""
    return _is_given(dict(each.dimension), {"body", "surface"})


def _is_given(powers: dict[str, int], below: Collection[str]) -> bool:
    """Whether a dimension is that of something given, divided by nothing but some bases."""
    above = [base for base, power in powers.items() if power > 0]
    return len(above) == 1 and above[0] in units().given and {*powers} - {*above} <= {*below}


def _is_in_time(each: Unit) -> bool:
    """Accept a dose or a volume in a time."""
    powers = dict(each.dimension)
    if powers.pop("time", 0) != -1 and powers.pop("calendar", 0) != -1:
        return False
    return powers == {"volume": 1} or _is_given(powers, {"body", "surface"})


def _is_daily(each: Unit) -> bool:
    """Accept a dose in a day."""
    return _is_in_time(each) and each.one.endswith(" per day") and not each.one.startswith("mL")


def _is_weekly(each: Unit) -> bool:
    """Accept a dose in a week."""
    return _is_in_time(each) and each.one.endswith(" per week") and not each.one.startswith("mL")


def _is_frequency(each: Unit) -> bool:
    """Accept a number of times, in all or in a period."""
    return each.one == "time" or each.one.startswith("per ")


def _is_ceiling(each: Unit) -> bool:
    """Accept what a limit is set for: a dose, an amount in a period, a number of doses."""
    return _is_dose(each) or _is_in_time(each) or _is_frequency(each)


def _is_strength(each: Unit) -> bool:
    """Accept an amount of a drug in a volume, or in a unit of presentation."""
    powers = dict(each.dimension)
    above = [base for base, power in powers.items() if power > 0]
    below = [base for base, power in powers.items() if power == -1]
    return (
        len(above) == len(below) == 1 and above[0] in units().given and below[0] not in _NO_STRENGTH
    )


_NO_STRENGTH = ("body", "surface", "time", "calendar", "nostril", "eye", "ear")


def _read_amount(
    example: str, accepts: Accepts, takes_nought: bool = False, from_nought: bool = False
) -> Callable[[object], Quantity]:
    def read(value: object) -> Quantity:
        try:
            amount = quantity(value if isinstance(value, str) else "")
        except QuantityError as error:
            hint = _hint(value, accepts)
            raise ValueError(f"must be an amount such as {example}{hint}") from error
        if not accepts(amount.unit):
            raise ValueError(f"must be an amount such as {example}")
        is_nought = amount.range.high == 0 or (amount.range.low == 0 and not from_nought)
        if is_nought and not takes_nought:
            raise ValueError("must be more than nought")
        return amount

    return read


def _hint(value: object, accepts: Accepts) -> str:
    """How to write the amount, where it can be read as one only; else what is most likely wrong."""
    text = value if isinstance(value, str) else ""
    if (meant := _meant(text)) and accepts(meant.unit):
        return f": write '{meant}'{_unseen(text)}"
    if re.search(r"[0-9],[0-9]", text):
        return ", with a decimal point and no other mark in the number"
    if re.search(r"\.[0-9]*0\b|(?<![0-9])\.[0-9]", text):
        return ", with no zero at the end of a decimal and one before its point"
    return ""


def _unseen(text: str) -> str:
    """Return what the eye does not see of how an amount is written."""
    if re.search("[\u2010-\u2015\u2212]", text):
        return ", with a plain hyphen"
    return ", with one plain space" if re.search(r"[^\S ]|  |^ | $", text) else ""


def _meant(text: str) -> Quantity | None:
    """Return the one amount that a text with digits, or a frequency, states in another spelling.

    `twice` is none: whether a day or in all is open.
    """
    figures = registered(text) if len(text) <= MAX_AMOUNT else ()
    if [figure.kind for figure in figures] == ["count"] and not has_digits(text):
        return None
    if len(figures) != 1 or len(figures[0].text) != len(normalise(text)):
        return None
    return next(iter(figures[0].quantities), None)


def _described(
    read: Callable[[object], Any], pattern: str, schema: Mapping[str, Any] = published.TEXT
) -> tuple[Any, Any, Any]:
    """Return a type of values: how it is read, and its schema in a data file and as published."""
    return (
        PlainValidator(read),
        WithJsonSchema({"type": "string", "description": pattern}, mode="validation"),
        WithJsonSchema(dict(schema), mode="serialization"),
    )


def _text(read: Callable[[object], Any], pattern: str) -> tuple[Any, Any, Any]:
    """Return a text, or a word of absence in its place."""
    schema = published.or_absent(published.TEXT)
    return _described(_or_absence(read), f"{pattern} or absence", schema)


def _amount(read: Callable[[object], Any], pattern: str) -> tuple[Any, Any, Any]:
    """Return an amount, or a word of absence in its place."""
    schema = published.or_absent(published.AMOUNT)
    return _described(_or_absence(read), f"{pattern} or absence", schema)


_DOSE = _read_amount("'6 mg' or '2.5-5 mg'", _is_dose)
_VOLUME = _read_amount("'0.2 mL'", _of("mL"))
_TIME = _read_amount("'1 week' or '5-10 days'", _of("day", "month"))
_FREQUENCY = _read_amount("'2 per day' or, for a single administration, '1 time'", _is_frequency)
_COUNT = _read_amount("'3-5 times'", _of("times"))
_DAILY = _read_amount("'2.5-5 mg per day'", _is_daily)
_WEEKLY = _read_amount("'15 mg per week'", _is_weekly)
_FLOW = _read_amount("'5 mg per hour'", _is_in_time)
_CEILING = _read_amount("'4 g per day' or '3 per day'", _is_ceiling)
_STRENGTH = _read_amount("'1 mg/mL'", _is_strength)
_STATED_STRENGTH = _read_amount(
    "'1 mg/mL' or '0.1 %'", lambda each: each.one == "%" or _is_strength(each)
)
_STEP = _read_amount("'50 micrograms' or '2.5 mg per day'", lambda x: _is_dose(x) or _is_daily(x))
_AGE = _read_amount("'≥ 18 years' or '3-6 months'", _of("year", "day"), from_nought=True)
_BODY_MASS = _read_amount("'< 30 kg'", _of("kg"))
_CLEARANCE = _read_amount("'< 30 mL per minute'", _of("mL per minute", "mL/m2 per minute"))
_COURSES = _read_amount("'2 courses'", _of("courses"))
read_any_amount = _read_amount("'≤ 24 hours' or '60 times'", lambda each: True)
_DROPS = _read_amount("'2-3 drops'", _of("drops"))
_FRACTION = re.compile("1/([1-9][0-9]{0,3}) (.+)")


def _read_size(value: object) -> Quantity:
    """Return an amount that may be written as one part of a whole, such as `1/12 mL`."""
    match = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return read_any_amount(value)
    whole = read_any_amount(f"{match[1]} {match[2]}")
    return Quantity(Range.of(Fraction(1, int(match[1]))), whole.unit)


_DOSE_OR_DAILY = _read_amount("'6 mg' or '12 mg per day'", lambda x: _is_dose(x) or _is_daily(x))
_GIVEN = _read_amount("'50 micrograms/kg', '60 nmol/kg' or '5 mg'", _is_dose)
_MOLAR_MASS = _read_amount("'180.16 g/mol'", _of("g/mol"))
_SHARE = _read_amount("'7.5 %'", _of("%"))
_PEOPLE = _read_amount("'30 people', '> 300 people' or '24 animals'", _of("people", "animals"))
_EVENTS = _read_amount("'3 people'", _of("people", "animals"), takes_nought=True)
_PERCENTAGE = _read_amount("'40 %' or '> 85 %'", lambda each: each.one == "%", takes_nought=True)

_ONE_OF_A_PAIR = re.compile(r"\b(?:nostril|eye|ear)s?\b")
_HOW_MANY_OF_A_PAIR = re.compile(
    r"(?:each|each affected|one|the left|the right|the affected) (?:nostril|eye|ear)"
    r"|both (?:nostrils|eyes|ears) together"
)


def _read_presentation(value: object) -> str:
    """Return the name of one unit of presentation: `tablet`, `spray`."""
    known = unit_named(value) if isinstance(value, str) else None
    if known is None or known.one != value or known not in units().presentations:
        raise ValueError("must be one unit of a presentation, such as 'tablet' or 'spray'")
    return known.one


def _read_site(value: object) -> str:
    """Return a place in words; of a pair, with how many of the two get the dose."""
    site = _read_prose(value)
    if _ONE_OF_A_PAIR.search(site) and not _HOW_MANY_OF_A_PAIR.fullmatch(site):
        raise ValueError(
            "must be 'each nostril', 'one nostril' or 'both nostrils together' (or of eyes, ears),"
            " so that it is clear how many get the dose"
        )
    return site


def _read_language(value: object) -> str:
    return read_language(read_text(value))


def _read_event_number(value: object) -> str:
    """Return a count of events in digits; none at all is a count too."""
    if not isinstance(value, str) or not re.fullmatch("0|[1-9][0-9]{0,8}", value):
        raise ValueError("must be a whole number in digits such as '3'")
    return value


def _read_route(value: object) -> str:
    text = value if isinstance(value, str) else ""
    known = routes().by_name
    if text in known:
        return text
    if meant := routes().spelt(text):
        raise ValueError(f"must be a route by its name: write '{meant}'")
    near = nearest(text, known)
    raise ValueError(f"must be one of {', '.join(known)} or a word of absence{near}")


_P_VALUE = re.compile(r"[=<>≤≥] (?:0|1)(?:\.[0-9]{1,9})?")


def _read_p_value(value: object) -> str:
    if not isinstance(value, str) or not _P_VALUE.fullmatch(value):
        raise ValueError("must be a p value as printed, with its sign, such as '= 0.006'")
    return value


def one_of(*words: str) -> tuple[Any, Any, Any]:
    """Return a closed list of words, or a word of absence in the place of one."""

    def read(value: object) -> str:
        if value not in words:
            raise ValueError(f"must be one of {', '.join(words)} or a word of absence")
        return str(value)

    return (
        PlainValidator(_or_absence(read)),
        WithJsonSchema({"type": "string", "enum": list(words)}, mode="validation"),
        WithJsonSchema(published.or_absent({"enum": list(words)}), mode="serialization"),
    )


Route = Annotated[str | Absence, *_text(_read_route, "a route")]
RouteName = Annotated[str, *_described(_read_route, "a route")]
Prose = Annotated[str, *_described(read_text, "text")]
Language = Annotated[str, *_described(_read_language, "a tag of BCP 47, or words")]
Presentation = Annotated[str, *_described(_read_presentation, "one unit of a presentation")]
Cited = Annotated[Locator, *_described(read_locator, "source-id section.paragraph.sentence")]
Text = Annotated[str | Absence, *_text(_read_prose, "text")]
Date = Annotated[When | Absence, *_text(read_when, "a date")]
Day = Annotated[When, *_described(read_day, "a day such as 2026-01-31")]
Version = Annotated[str, *_described(_read_version, "a version such as 0.1.0")]
Site = Annotated[str | Absence, *_text(_read_site, "a site")]
Dose = Annotated[Quantity | Absence, *_amount(_DOSE, "an amount of a dose")]
Volume = Annotated[Quantity | Absence, *_amount(_VOLUME, "a volume")]
Time = Annotated[Quantity | Absence, *_amount(_TIME, "a time")]
Frequency = Annotated[Quantity | Absence, *_amount(_FREQUENCY, "a frequency")]
Daily = Annotated[Quantity | Absence, *_amount(_DAILY, "an amount per day")]
Weekly = Annotated[Quantity | Absence, *_amount(_WEEKLY, "an amount per week")]
Flow = Annotated[Quantity | Absence, *_amount(_FLOW, "an amount per time")]
Ceiling = Annotated[Quantity, *_described(_CEILING, "a limit", published.AMOUNT)]
Strength = Annotated[Quantity | Absence, *_amount(_STRENGTH, "mg/mL")]
StatedStrength = Annotated[Quantity | Absence, *_amount(_STATED_STRENGTH, "mg/mL or %")]
StepSize = Annotated[Quantity | Absence, *_amount(_STEP, "an amount, or an amount per day")]
DoseOrDaily = Annotated[
    Quantity | Absence, *_amount(_DOSE_OR_DAILY, "a dose, or an amount per day")
]
Age = Annotated[Quantity | Absence, *_amount(_AGE, "an age")]
BodyMass = Annotated[Quantity | Absence, *_amount(_BODY_MASS, "a weight")]
Clearance = Annotated[Quantity, *_described(_CLEARANCE, "a volume per time", published.AMOUNT)]
CourseCount = Annotated[Quantity | Absence, *_amount(_COURSES, "courses")]
People = Annotated[Quantity | Absence, *_amount(_PEOPLE, "people")]
Events = Annotated[Quantity | Absence, *_amount(_EVENTS, "people, also none")]
Percentage = Annotated[Quantity | Absence, *_amount(_PERCENTAGE, "a percentage")]
SignedNumber = Annotated[Signed, *_described(read_one, "a number with its sign", published.SIGNED)]
SignedInterval = Annotated[
    Signed, *_described(read_interval, "an interval of such numbers", published.SIGNED)
]
PValue = Annotated[str, *_described(_read_p_value, "a p value as printed")]
HowMany = Annotated[Quantity, *_described(_PEOPLE, "people", published.AMOUNT)]
Share = Annotated[Quantity, *_described(_SHARE, "a percentage", published.AMOUNT)]
EventNumber = Annotated[str, *_described(_read_event_number, "a whole number")]
Count = Annotated[Quantity, *_described(_COUNT, "a number of times", published.AMOUNT)]
Repeats = Annotated[Quantity | Absence, *_amount(_COUNT, "a number of times")]
Duration = Annotated[Quantity, *_described(_TIME, "a time", published.AMOUNT)]
Drops = Annotated[Quantity | Absence, *_amount(_DROPS, "drops")]
Given = Annotated[Quantity | Absence, *_amount(_GIVEN, "a dose")]
MolarMass = Annotated[Quantity | Absence, *_amount(_MOLAR_MASS, "a molar mass")]
Amount = Annotated[Quantity | Absence, *_amount(read_any_amount, "any amount")]
AnyAmount = Annotated[Quantity, *_described(read_any_amount, "any amount", published.AMOUNT)]
Size = Annotated[Quantity, *_described(_read_size, "an amount or a fraction", published.AMOUNT)]


def _listed(value: object) -> object:
    """Return one value may be written without the dash of a list."""
    return [value] if isinstance(value, str) else value


def _within_reason(places: tuple[Locator, ...]) -> tuple[Locator, ...]:
    """Return the places, where they are of no more sentences than anybody would look up."""
    if len({sentence for locator in places for sentence in locator.sentences}) > MAX_SENTENCES:
        raise ValueError(f"must cite at most {MAX_SENTENCES} sentences")
    return places


Locators: TypeAlias = Annotated[
    tuple[Cited, ...],
    Field(max_length=MAX_PLACES),
    BeforeValidator(_listed),
    AfterValidator(_within_reason),
]
Words: TypeAlias = Annotated[tuple[Prose, ...], BeforeValidator(_listed)]

T = TypeVar("T")
Listed: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_listed)]


_DAYS = re.compile("([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2}))?")


def ends_of_days(text: str) -> tuple[int, int]:
    """Return the first and the last of the days that a text such as `1-14` or `8` counts."""
    match = _DAYS.fullmatch(text)
    if match is None or (match[2] and int(match[2]) <= int(match[1])):
        raise ValueError("must be days of the course, such as '8' or '1-14'")
    return int(match[1]), int(match[2] or match[1])


def _read_days(value: object) -> str:
    text = value if isinstance(value, str) else ""
    ends_of_days(text)
    return text


def _in_order(days: tuple[str, ...]) -> tuple[str, ...]:
    ends = [end for text in days for end in dict.fromkeys(ends_of_days(text))]
    if ends != sorted(set(ends)):
        raise ValueError("must have each day once, in their order")
    return days


DayOfCourse = Annotated[str, *_described(_read_days, "a day, or days from one to another")]
Days: TypeAlias = Annotated[
    tuple[DayOfCourse, ...], BeforeValidator(_listed), AfterValidator(_in_order)
]


class Reported(Frozen, Generic[T]):
    """What a source says, with the place where it says it.

    Written as a bare value where the record draws on one sentence only. Its fields are described
    as values: docstrings would be looked up anew for each type of value, a second in all.
    """

    model_config = ConfigDict(use_attribute_docstrings=False)

    value: T = Field(description="The value as the source gives it, or a word of absence.")
    at: Locators = Field(
        (),
        description="Where the source says so; left out where the record's own place is the one.",
    )
    note: Prose | None = Field(None, description="A curator's remark; never a source's words.")
    readings: tuple[T, ...] = Field(
        (), description="The values that an unclear one may be, in no order of preference."
    )

    @model_validator(mode="after")
    def _readings_belong_to_an_unclear_value(self) -> Reported[T]:
        if self.readings and self.value is not Absence.UNCLEAR:
            raise ValueError("must have readings only where it is unclear")
        if self.readings and (
            len(set(self.readings)) < max(2, len(self.readings))
            or any(isinstance(reading, Absence) for reading in self.readings)
        ):
            raise ValueError("must have two or more readings, each another value")
        return self

    @model_validator(mode="before")
    @classmethod
    def _bare_value(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"value": value}

    @property
    def absence(self) -> Absence | None:
        """The word of absence that stands here, or None."""
        return self.value if isinstance(self.value, Absence) else None
