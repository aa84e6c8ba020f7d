"""The kinds of value a record holds, each read from the text of a data file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from functools import partial
from typing import Annotated, Any, ClassVar, Generic, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    model_validator,
)
from pydantic_core import core_schema

from sitegen.model import published, written
from sitegen.model.absence import (
    Absence,
    is_placeholder,
    read_absence,
    refuse_what_says_nothing,
)
from sitegen.model.amount_faults import (
    NOT_COMPUTED,
    fault_of_amount,
    fault_of_frequency,
    fault_of_typing,
    field_of_period,
    is_as_printed,
)
from sitegen.model.field_docs import field_docs
from sitegen.model.garbled import fault_of_copying
from sitegen.model.languages import read_language
from sitegen.model.letters import as_typed, holds_unseen, in_narrow_signs, mixes_alphabets
from sitegen.model.locator import LOCATOR, Locator, read_locator
from sitegen.model.problems import LONGEST_NAME, Misspelt, nearest
from sitegen.model.quantity import Quantity, QuantityError, Range, quantity, unit
from sitegen.model.routes import routes
from sitegen.model.signed import SIGNED_NUMBER, Signed, read_interval, read_one
from sitegen.model.spelt_amounts import (
    MAX_AMOUNT,
    Accepts,
    Remedy,
    amount_meant,
    hint_at_unit,
    is_spelling,
    remedy_of_amount,
    remedy_of_thousands,
    without_marks,
)
from sitegen.model.units import Unit, unit_named, unit_of_body, units
from sitegen.model.when import When, read_when

MAX_TEXT = 2000
MAX_PLACES, MAX_SENTENCES = 100, 200
_EPOCH = 1970  # the first year that the times of files can be set to

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OF_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")


class Frozen(BaseModel):
    """Strict and unchangeable: an unknown field or a second thought is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of the model, with the docstrings of its fields."""
        made = handler(schema)
        properties = handler.resolve_ref_schema(made).get("properties", {})
        for name, text in field_docs(cls).items():
            if name in properties:
                properties[name].setdefault("description", text)
        return made


def hyphenated(text: str) -> str:
    """Return a text in the form of an id: small letters and digits, a hyphen for all between."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Slug(str):
    """The id of a record: the name of its file without `.yml`."""

    folder: ClassVar[str] = ""

    @classmethod
    def read(cls, value: object) -> Slug:
        """Return the id that a text is. Raise ValueError for anything but a-z, 0-9 and hyphens."""
        if not isinstance(value, str) or not SLUG.fullmatch(value):
            of = f", the name of a file in data/{cls.folder}/" if cls.folder else ""
            must = f"must be an id of lower-case letters, digits and single hyphens{of}"
            if isinstance(value, str) and SLUG.fullmatch(meant := as_typed(value)):
                raise Misspelt(f"{must}: write '{meant}'", meant)
            ids = re.split("; ?", value) if isinstance(value, str) else []
            if len(ids) > 1 and all(map(SLUG.fullmatch, ids)):
                raise ValueError(f"{must}; several have commas, not ';': [{', '.join(ids)}]")
            raise ValueError(must)
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
            json_schema_input_schema=core_schema.str_schema(pattern=SLUG.pattern),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return what it is in JSON Schema: in a data file, with the folder that it names."""
        what = f"the name of a file in data/{cls.folder}/" if cls.folder else "an id"
        if handler.mode == "serialization":
            return handler(schema)
        return written.matching(SLUG.pattern, what, "'two-words'", number=True)


class Verbatim(str):
    """A code, a number or an address, letter for letter: no figure of a sentence.

    It is proved by the place where it was seen, which stands beside it; the number of a registry is
    also looked for in the sentences that it cites.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Read as text is; described as a string in JSON Schema."""
        return core_schema.no_info_plain_validator_function(
            lambda value: cls(cls._read(value)),
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return what it is in JSON Schema."""
        return handler(schema) if handler.mode == "serialization" else written.text("text as seen")

    @classmethod
    def _read(cls, value: object) -> str:
        return read_text(value, as_printed=True)


class SeenAt(Verbatim):
    """An address at which something was seen, or words in place of one."""

    @classmethod
    def _read(cls, value: object) -> str:
        return _read_address_or_words(read_text(value, as_printed=True), as_printed=True)


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


_VERSION = r"(?:(?:0|[1-9][0-9]{0,3})\.){2}(?:0|[1-9][0-9]{0,3})"


def _read_version(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(_VERSION, value):
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


_WITHOUT_ZERO = re.compile(r"(?<![^\s(≈~<>≤≥±–-])\.[0-9]+")
"""A figure that a reader takes for ten times as much where its point is not seen."""


def _read_prose(value: object, as_printed: bool = False) -> str:
    """Return a text. One that is `as_printed` may mix alphabets, where a source does."""
    if not isinstance(value, str):
        raise ValueError("must be one text, not a list or fields")
    if not value.strip():
        raise ValueError("must be text; a blank is not allowed")
    if len(value) > MAX_TEXT:
        raise ValueError(f"must be at most {MAX_TEXT} characters")
    text = " ".join(value.split())
    if holds_unseen(text):
        raise ValueError("must hold no control or text-direction characters")
    if not as_printed and mixes_alphabets(text):
        raise ValueError("must not mix alphabets in a word")
    if not as_printed:
        _refuse_garbled(text)
    if not as_printed and (figure := _WITHOUT_ZERO.search(text)):
        meant = _WITHOUT_ZERO.sub(r"0\g<0>", value)
        must = "must have a zero before the point"
        raise Misspelt(f"{must}: write '0{figure[0]}', not '{figure[0]}'", meant)
    return text


def _refuse_garbled(text: str) -> None:
    """Raise ValueError for a text that copying has spoilt."""
    if fault := fault_of_copying(text):
        must, meant = fault
        raise ValueError(must) if meant is None else Misspelt(must, meant)


def read_text(value: object, as_printed: bool = False) -> str:
    """Text where no absence is possible: the site needs it to name or describe the record."""
    text = _read_prose(value, as_printed)
    if read_absence(text):
        raise ValueError("must be given: a word of absence cannot stand here")
    if not as_printed and is_placeholder(text):
        raise ValueError("must be given: this only keeps its place")
    return text


_ADDRESS = re.compile(
    r"https?://(?:[^\s/.]+\.)+[^\s/.]+(?:[/?#]\S*)?(?: \((?!.*://).*\))?", re.IGNORECASE
)
_BEHIND_AN_ADDRESS = re.compile(r"(?:[)\]\"'’”][.,;:!?]*|[,;])$")
_PAIRS = (("(", ")"), ("[", "]"))
_LIKE_AN_ADDRESS = re.compile(
    r"[<(\[]?[a-z]{3,6}:?//|https?:|www\.|(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?$", re.IGNORECASE
)


def _read_address_or_words(value: object, as_printed: bool = False) -> str:
    """Return an address, or words in place of one, such as `not linked: …`."""
    text = _read_prose(value, as_printed)
    if _LIKE_AN_ADDRESS.match(text) and not _ADDRESS.fullmatch(text):
        must = "must be an address that begins with 'https://' and a host, or words"
        is_closed_in = not text[0].isalnum() or " " in text
        alone = ", without spaces or marks around it; a remark on it follows in brackets"
        raise ValueError(must + (alone if is_closed_in and "://" in text else ""))
    if (around := _BEHIND_AN_ADDRESS.search(text)) and _LIKE_AN_ADDRESS.match(text):
        bare = text[: around.start()]
        is_open = any(
            around[0][0] == end and bare.count(start) > bare.count(end) for start, end in _PAIRS
        )
        if not is_open and _ADDRESS.fullmatch(bare):
            what = f"must end without '{around[0]}', which is of the text around it"
            raise Misspelt(f"{what}: write '{bare}'", bare)
    return text


def _or_absence(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Read a word of absence as such, and anything else as its type says."""

    def read_or_absence(value: object) -> Any:
        if not isinstance(value, str):
            return read(value)
        if absence := read_absence(value):
            return absence
        refuse_what_says_nothing(value)
        return read(value)

    return read_or_absence


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


class AmountReader:
    """Reads an amount: in which units, and whether it may be zero."""

    def __init__(
        self, example: str, accepts: Accepts, takes_nought: bool = False, from_nought: bool = False
    ) -> None:
        self.example, self.accepts = example, accepts
        self._takes_nought, self._from_nought = takes_nought, from_nought

    def __call__(self, value: object) -> Quantity:
        """Return the amount that a text states. Raise ValueError for what may not stand here."""
        try:
            amount = quantity(value if isinstance(value, str) else "")
        except QuantityError as error:
            raise self._refusal(value if isinstance(value, str) else "") from error
        if not self.accepts(amount.unit):
            what = field_of_period(amount.unit.one) if self._is_plain_dose else None
            if amount.unit.one == "%" and self._counts_some:
                what = "a percentage belongs to 'percentage:'"
            what = what or f"'{amount.unit.one}' is no unit of this field"
            raise ValueError(f"must be an amount such as {self.example}: {what}")
        is_nought = amount.range.high == 0 or (amount.range.low == 0 and not self._from_nought)
        if is_nought and not self._takes_nought:
            raise ValueError(_MORE_THAN_ZERO)
        return amount

    def _refusal(self, text: str) -> ValueError:
        """Return how to write the amount, where it has one reading, or what is wrong with it."""
        must = f"must be an amount such as {self.example}"
        bare = in_narrow_signs(text.strip(_QUOTES))
        if len(bare) > MAX_AMOUNT:
            return ValueError(f"{must}{_fault(text)}")
        if fault := fault_of_typing(bare):
            return ValueError(f"{must}: {fault}")
        if self.example == _EXAMPLE_OF_FREQUENCY and (fault := fault_of_frequency(bare)):
            return ValueError(f"{must}: {fault}")
        if bare == "0" and not self._takes_nought:
            return ValueError(_MORE_THAN_ZERO)
        if remedy := remedy_of_thousands(bare, self.accepts):
            return _refused(must, remedy)
        plain = bare if amount_meant(bare) else without_marks(bare)
        if meant := amount_meant(plain):
            return self._refusal_of(meant, plain, must, _unseen(text) if plain == bare else "")
        return self._fault_of(bare, text, must)

    def _fault_of(self, bare: str, text: str, must: str) -> ValueError:
        """Return what is wrong with an amount that is not understood whole."""
        if fault := fault_of_amount(bare):
            return ValueError(f"{must}: {fault}")
        remedy = remedy_of_amount(bare, self.accepts, of_some=self._counts_some)
        return _refused(must, remedy or (_fault(text), None))

    def _refusal_of(self, meant: Quantity, bare: str, must: str, unseen: str) -> ValueError:
        """Return how to write an amount that is understood, or where it belongs."""
        if not self.accepts(meant.unit):
            field = field_of_period(meant.unit.one) if self._is_plain_dose else None
            return ValueError(f"{must}: {field}" if field else f"{must}{_fault(bare)}")
        if not is_as_printed(meant, bare):
            return ValueError(f"{must}: {NOT_COMPUTED}")
        says = f"{must}: write '{meant}'{unseen}"
        return Misspelt(says, str(meant)) if is_spelling(bare) else ValueError(says)

    @property
    def _is_plain_dose(self) -> bool:
        """Whether it reads an amount of one dose, and not of a period."""
        return self.accepts(unit("mg")) and not self.accepts(unit("mg per day"))

    @property
    def _counts_some(self) -> bool:
        """Whether it reads how many of some people had something, which none of them may."""
        return self._takes_nought and self.accepts(unit("people"))


_EXAMPLE_OF_FREQUENCY = "'2 per day' or, for a single administration, '1 time'"
_MORE_THAN_ZERO = (
    "must be more than zero: where the source states no amount, write a word of absence"
)
_QUOTES = "\u201c\u201d\u201e\u2018\u2019\"' "
_NUMBERS = re.compile(r"(?:[<>≤≥] )?([0-9.]+)(?:-([0-9.]+))?(?: (\S.*))?")


def _refused(must: str, remedy: Remedy) -> ValueError:
    says, meant = remedy
    return ValueError(must + says) if meant is None else Misspelt(must + says, meant)


def _fault(text: str) -> str:
    """Return what is most likely wrong with an amount that has no one reading."""
    parts = _NUMBERS.fullmatch(text)
    if parts and parts[3] is None:
        return ", with its unit"
    if parts and unit_named(parts[3]) is None:
        return f": '{parts[3]}' is no unit known here{hint_at_unit(parts[3])}"
    if parts and parts[2] and _is_number(parts[1], parts[2]):
        return ", the smaller number first"
    if re.search(r"[0-9],[0-9]", text):
        return ", with a decimal point and no other mark in the number"
    if re.search(r"\.[0-9]*0\b|(?<![0-9])\.[0-9]", text):
        return ", with no zero at the end of a decimal and one before its point"
    return ""


def _is_number(*texts: str) -> bool:
    return all(re.fullmatch(r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?", text) for text in texts)


def _unseen(text: str) -> str:
    """Return what the eye does not see of how an amount is written."""
    if re.search("[\u2010-\u2015\u2212]", text):
        return ", with a plain hyphen"
    return ", with one plain space" if re.search(r"[^\S ]|  |^ | $", text) else ""


def _described(
    read: Callable[[object], Any],
    schema: Callable[[], dict[str, Any]],
    as_published: Mapping[str, Any] = published.TEXT,
) -> tuple[Any, Any]:
    """Return a type of values: how it is read, and its schema in a data file and as published."""
    return PlainValidator(read), written.Described(schema, as_published)


def _text(read: Callable[[object], Any], schema: Callable[[], dict[str, Any]]) -> tuple[Any, Any]:
    """Return a text, or a word of absence in its place."""
    as_published = published.or_absent(published.TEXT)
    return _described(_or_absence(read), lambda: written.or_absent(schema()), as_published)


def _amount(read: AmountReader, what: str, before: str = "") -> tuple[Any, Any]:
    """Return an amount."""
    schema = partial(written.amount, read.accepts, what, read.example, before)
    return _described(read, schema, published.AMOUNT)


def _amount_or_absence(read: AmountReader, what: str) -> tuple[Any, Any]:
    """Return an amount, or a word of absence in its place."""
    schema = partial(written.amount, read.accepts, what, read.example)
    as_published = published.or_absent(published.AMOUNT)
    return _described(_or_absence(read), lambda: written.or_absent(schema()), as_published)


_POINT = re.compile("(?:day|week|month|year) (?:0|[1-9][0-9]{0,3})")


class PointInTime(str):
    """A numbered day, week, month or year of a study, as printed: `day 28`.

    It is no length: whether day 28 is 27 or 28 days after the beginning, its number does not say.
    """


def _read_time_of_result(value: object) -> Quantity | PointInTime:
    """Return a time after the beginning, or a point in time. Raise ValueError for another text."""
    if isinstance(value, str) and _POINT.fullmatch(value):
        return PointInTime(value)
    return _TIME_OF_RESULT(value)


def _written_time_of_result() -> dict[str, Any]:
    accepts, example = _TIME_OF_RESULT.accepts, _TIME_OF_RESULT.example
    schema = written.amount(accepts, "a time, or a point in time", example, point=_POINT.pattern)
    return written.or_absent(schema)


_PUBLISHED_TIME_OF_RESULT = published.or_absent({"anyOf": [published.AMOUNT, published.TEXT]})
_DOSE = AmountReader("'6 mg' or '2.5-5 mg'", _is_dose)
_VOLUME = AmountReader("'0.2 mL'", _of("mL"))
_TIME = AmountReader("'1 week' or '5-10 days'", _of("day", "month"))
_TIME_OF_RESULT = AmountReader("'10 days' or 'day 28'", _of("day", "month"))
_FREQUENCY = AmountReader(_EXAMPLE_OF_FREQUENCY, _is_frequency)
_COUNT = AmountReader("'3-5 times'", _of("times"))
_DAILY = AmountReader("'2.5-5 mg per day'", _is_daily)
_WEEKLY = AmountReader("'15 mg per week'", _is_weekly)
_FLOW = AmountReader("'5 mg per hour'", _is_in_time)
_CEILING = AmountReader("'4 g per day' or '3 per day'", _is_ceiling)
_STRENGTH = AmountReader("'1 mg/mL' or '50 mg/tablet'", _is_strength)
_STATED_STRENGTH = AmountReader(
    "'1 mg/mL' or '0.1 %'", lambda each: each.one == "%" or _is_strength(each)
)
_STEP = AmountReader("'50 micrograms' or '2.5 mg per day'", lambda x: _is_dose(x) or _is_daily(x))
_AGE = AmountReader("'≥ 18 years' or '3-6 months'", _of("year", "day"), from_nought=True)
_BODY_MASS = AmountReader("'< 30 kg'", _of("kg"))
_BODY_SIZE = AmountReader("'68 kg' or '0.8 m2'", lambda each: unit_of_body(each.one) is not None)
_CLEARANCE = AmountReader("'< 30 mL per minute'", _of("mL per minute", "mL/m2 per minute"))
_COURSES = AmountReader("'2 courses'", _of("courses"))
read_any_amount = AmountReader("'≤ 24 hours' or '60 times'", lambda each: True)
_DROPS = AmountReader("'2-3 drops'", _of("drops"))
_FRACTION = re.compile("1/([1-9][0-9]{0,3}) (.+)")


def _read_size(value: object) -> Quantity:
    """Return an amount that may be written as one part of a whole, such as `1/12 mL`."""
    match = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return read_any_amount(value)
    whole = read_any_amount(f"{match[1]} {match[2]}")
    return Quantity(Range.of(Fraction(1, int(match[1]))), whole.unit)


_DOSE_OR_DAILY = AmountReader("'6 mg' or '12 mg per day'", lambda x: _is_dose(x) or _is_daily(x))
_GIVEN = AmountReader("'50 micrograms/kg', '60 nmol/kg' or '5 mg'", _is_dose)
_MOLAR_MASS = AmountReader("'180.16 g/mol'", _of("g/mol"))
_SHARE = AmountReader("'7.5 %'", _of("%"))
_PEOPLE = AmountReader("'30 people', '> 300 people' or '24 animals'", _of("people", "animals"))
_EVENTS = AmountReader("'3 people'", _of("people", "animals"), takes_nought=True)
_PERCENTAGE = AmountReader("'40 %' or '> 85 %'", lambda each: each.one == "%", takes_nought=True)

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
        raise Misspelt(f"must be a route by its name: write '{meant}'", meant)
    if near := nearest(text, known):
        raise ValueError(f"must be a route by its name{near}")
    raise ValueError(f"must be one of {', '.join(known)} or a word of absence")


_P_VALUE = re.compile(r"[=<>≤≥] (?:0(?:\.[0-9]{1,9})?|1(?:\.0{1,9})?)")
_P_SPELT = re.compile(
    r"(?:p ?)?(?P<sign>[=<>≤≥]|<=|>=) ?(?P<whole>[0-9]*)(?:[.,](?P<part>[0-9]{1,9}))?",
    re.IGNORECASE,
)
_NO_P_VALUE = re.compile(r"(?:p ?= ?)?(?:n\.? ?s\.?|not significant|significant)", re.IGNORECASE)
_BOUNDS = {"<=": "≤", ">=": "≥"}


def _read_p_value(value: object) -> str:
    text = value if isinstance(value, str) else ""
    if _P_VALUE.fullmatch(text):
        return text
    must = "must be a p value as printed, with its sign, such as '= 0.006'"
    spelt = " ".join(as_typed(text).split())
    if spelt_as := _P_SPELT.fullmatch(spelt):
        sign, whole, part = spelt_as.groups()
        meant = f"{_BOUNDS.get(sign, sign)} {whole or '0'}{'.' if part else ''}{part or ''}"
        if _P_VALUE.fullmatch(meant):
            raise Misspelt(f"{must}: write '{meant}'", meant)
        if int(whole or 0):
            raise ValueError(f"{must}, and never above 1")
    if _NO_P_VALUE.fullmatch(spelt):
        raise ValueError(f"{must}: '{spelt}' is none: leave p out, and say it in 'says:'")
    raise ValueError(must)


def one_of(*words: str) -> tuple[Any, Any]:
    """Return a closed list of words, or a word of absence in the place of one."""

    def read(value: object) -> str:
        if value not in words:
            raise ValueError(f"must be one of {', '.join(words)} or a word of absence")
        return str(value)

    schema = {"enum": list(words)}
    as_published = published.or_absent({"enum": list(words)})
    return _described(_or_absence(read), lambda: written.or_absent(schema), as_published)


def _written_route() -> dict[str, Any]:
    return written.one_of(routes().by_name, "a route")


def _written_presentation() -> dict[str, Any]:
    names = "|".join(re.escape(known.one) for known in units().presentations)
    return written.matching(names, "one unit of a presentation", "'tablet'")


def _written_size() -> dict[str, Any]:
    example = "'0.05 mL' or '1/12 mL'"
    fraction = "1/[1-9][0-9]{0,3}"
    return written.amount(read_any_amount.accepts, "an amount or a fraction", example, fraction)


_PLACE_IN_SOURCE = partial(
    written.matching, LOCATOR, "a source and a place in it", "'leaflet dosage.5.1'"
)
_YEAR = r"(?:(?:early|mid|late)-)?[0-9]{4}s|[0-9]{4}"
_DATE = partial(
    written.matching,
    rf"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?",
    "a date",
    "'1994-12-20', '1994-12', '1994', '1960s' or 'mid-1960s'",
    number=True,
)
DAY = r"(?:19[7-9]|20[0-6])[0-9]-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_DAY = partial(
    written.matching,
    DAY,
    "a day",
    "'2026-01-31'",
)
_VERSION_OF = partial(written.matching, _VERSION, "a version", "'0.1.0'")
_SIGNED_ONE = partial(
    written.matching, rf"{SIGNED_NUMBER}(?: .+)?", "a number with its sign", "'-1.7'", number=True
)
_SIGNED_TWO = partial(
    written.matching,
    rf"{SIGNED_NUMBER} to {SIGNED_NUMBER}(?: .+)?",
    "an interval of numbers with their signs",
    "'-2.9 to -0.5'",
)
_P = partial(written.matching, _P_VALUE.pattern, "a p value with its sign", "'= 0.006'")
_WHOLE = partial(written.matching, "0|[1-9][0-9]{0,8}", "a whole number", "'3'", number=True)
_DAYS_WRITTEN = partial(
    written.matching,
    "[1-9][0-9]{0,2}(?:-[1-9][0-9]{0,2})?",
    "a day of the course, or days",
    "'8' or '1-14'",
    number=True,
)

Route = Annotated[str | Absence, *_text(_read_route, _written_route)]
RouteName = Annotated[str, *_described(_read_route, _written_route)]
Prose = Annotated[str, *_described(read_text, written.text)]
Printed = Annotated[str, *_described(partial(read_text, as_printed=True), written.text)]
Language = Annotated[str, *_described(_read_language, written.text)]
Presentation = Annotated[str, *_described(_read_presentation, _written_presentation)]
Cited = Annotated[Locator, *_described(read_locator, _PLACE_IN_SOURCE)]
Text = Annotated[str | Absence, *_text(_read_prose, written.free_text)]
Address = Annotated[str | Absence, *_text(_read_address_or_words, written.free_text)]
Date = Annotated[When | Absence, *_text(read_when, _DATE)]
Day = Annotated[When, *_described(read_day, _DAY)]
Version = Annotated[str, *_described(_read_version, _VERSION_OF)]
Site = Annotated[
    str | Absence, *_text(_read_site, partial(written.free_text, "a place such as 'each nostril'"))
]
Dose = Annotated[Quantity | Absence, *_amount_or_absence(_DOSE, "an amount of a dose")]
Volume = Annotated[Quantity | Absence, *_amount_or_absence(_VOLUME, "a volume")]
Time = Annotated[Quantity | Absence, *_amount_or_absence(_TIME, "a time")]
TimeOfResult = Annotated[
    Quantity | PointInTime | Absence,
    *_described(
        _or_absence(_read_time_of_result), _written_time_of_result, _PUBLISHED_TIME_OF_RESULT
    ),
]
Frequency = Annotated[Quantity | Absence, *_amount_or_absence(_FREQUENCY, "a frequency")]
Daily = Annotated[Quantity | Absence, *_amount_or_absence(_DAILY, "an amount per day")]
Weekly = Annotated[Quantity | Absence, *_amount_or_absence(_WEEKLY, "an amount per week")]
Flow = Annotated[Quantity | Absence, *_amount_or_absence(_FLOW, "an amount per time")]
Ceiling = Annotated[Quantity, *_amount(_CEILING, "a limit")]
Strength = Annotated[Quantity | Absence, *_amount_or_absence(_STRENGTH, "a strength")]
StatedStrength = Annotated[Quantity | Absence, *_amount_or_absence(_STATED_STRENGTH, "a strength")]
StepSize = Annotated[
    Quantity | Absence, *_amount_or_absence(_STEP, "an amount, or an amount per day")
]
DoseOrDaily = Annotated[
    Quantity | Absence, *_amount_or_absence(_DOSE_OR_DAILY, "a dose, or an amount per day")
]
Age = Annotated[Quantity | Absence, *_amount_or_absence(_AGE, "an age")]
BodyMass = Annotated[Quantity | Absence, *_amount_or_absence(_BODY_MASS, "a weight")]
BodySize = Annotated[Quantity, *_amount(_BODY_SIZE, "a weight in kg or a surface in m2")]
Clearance = Annotated[Quantity, *_amount(_CLEARANCE, "a volume per time")]
CourseCount = Annotated[Quantity | Absence, *_amount_or_absence(_COURSES, "a number of courses")]
People = Annotated[Quantity | Absence, *_amount_or_absence(_PEOPLE, "a number of people")]
Events = Annotated[
    Quantity | Absence, *_amount_or_absence(_EVENTS, "a number of people, also none")
]
Percentage = Annotated[Quantity | Absence, *_amount_or_absence(_PERCENTAGE, "a percentage")]
SignedNumber = Annotated[Signed, *_described(read_one, _SIGNED_ONE, published.SIGNED)]
SignedInterval = Annotated[Signed, *_described(read_interval, _SIGNED_TWO, published.SIGNED)]
PValue = Annotated[str, *_described(_read_p_value, _P)]
HowMany = Annotated[Quantity, *_amount(_PEOPLE, "a number of people")]
Share = Annotated[Quantity, *_amount(_SHARE, "a percentage")]
EventNumber = Annotated[str, *_described(_read_event_number, _WHOLE)]
Count = Annotated[Quantity, *_amount(_COUNT, "a number of times")]
Repeats = Annotated[Quantity | Absence, *_amount_or_absence(_COUNT, "a number of times")]
Duration = Annotated[Quantity, *_amount(_TIME, "a time")]
Drops = Annotated[Quantity | Absence, *_amount_or_absence(_DROPS, "a number of drops")]
Given = Annotated[Quantity | Absence, *_amount_or_absence(_GIVEN, "a dose")]
GivenAmount = Annotated[Quantity, *_amount(_GIVEN, "a dose")]
MolarMass = Annotated[Quantity | Absence, *_amount_or_absence(_MOLAR_MASS, "a molar mass")]
Amount = Annotated[Quantity | Absence, *_amount_or_absence(read_any_amount, "any amount")]
AnyAmount = Annotated[Quantity, *_amount(read_any_amount, "any amount")]
Size = Annotated[Quantity, *_described(_read_size, _written_size, published.AMOUNT)]


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
    written.OneOrMore(),
]
Words: TypeAlias = Annotated[tuple[Prose, ...], BeforeValidator(_listed), written.OneOrMore()]


def _one_word(value: object) -> object:
    """Return words; raise ValueError for several in one text, which readers would not find."""
    if isinstance(value, str) and ", " in value:
        raise ValueError(
            f"is one word to the search: write '[{value}]', or in quotation marks"
            f" '[\"{value}\"]' if its comma belongs to it"
        )
    return value


OtherWords: TypeAlias = Annotated[Words, BeforeValidator(_one_word)]
"""Words that readers may search by; several of them are a list in square brackets."""

_WITHOUT_SPACE = re.compile(r"(?:value|at|note|readings):(?=\S)")

T = TypeVar("T")
Listed: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_listed), written.OneOrMore()]


_DAYS = re.compile("([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2}))?")


def ends_of_days(text: str) -> tuple[int, int]:
    """Return the first and the last of the days that a text such as `1-14` or `8` counts."""
    match = _DAYS.fullmatch(text)
    if match is None or (match[2] and int(match[2]) <= int(match[1])):
        parts = text.split(", ")
        several = len(parts) > 1 and all(map(_DAYS.fullmatch, parts))
        hint = f": for several write [{text}], in square brackets alone" if several else ""
        raise ValueError(f"must be days of the course, such as '8' or '1-14'{hint}")
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


DayOfCourse = Annotated[str, *_described(_read_days, _DAYS_WRITTEN)]
Days: TypeAlias = Annotated[
    tuple[DayOfCourse, ...],
    BeforeValidator(_listed),
    AfterValidator(_in_order),
    written.OneOrMore(),
]


_WEEKS = re.compile("(from )?([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2}))?")


def ends_of_weeks(text: str) -> tuple[int, int | None]:
    """Return the first and the last of the weeks of a text such as `1-4`, `5` or `from 17`.

    The last is None where the weeks have no end.
    """
    match = _WEEKS.fullmatch(text)
    if match is None or (match[3] and (match[1] or int(match[3]) <= int(match[2]))):
        raise ValueError("must be weeks of the treatment, such as '1-4', '5' or 'from 17'")
    return int(match[2]), None if match[1] else int(match[3] or match[2])


def _read_weeks(value: object) -> str:
    text = value if isinstance(value, str) else ""
    ends_of_weeks(text)
    return text


_WEEKS_WRITTEN = partial(
    written.matching,
    _WEEKS.pattern,
    "weeks of the treatment",
    "'1-4', '5' or 'from 17'",
    number=True,
)
Weeks = Annotated[str | Absence, *_text(_read_weeks, _WEEKS_WRITTEN)]


class Reported(Frozen, Generic[T]):
    """What a source says, with the place where it says it.

    Written as a bare value where the record draws on one sentence only.
    """

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
        if isinstance(value, str) and (field := _WITHOUT_SPACE.match(value)):
            raise ValueError(f"must have a space behind the colon of '{field[0]}'")
        return value if isinstance(value, dict) else {"value": value}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return what it is in JSON Schema: in a data file, a bare value is one too."""
        return written.as_object_or_value(schema, handler)

    @property
    def absence(self) -> Absence | None:
        """The word of absence that stands here, or None."""
        return self.value if isinstance(self.value, Absence) else None
