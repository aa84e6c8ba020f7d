"""Amounts: read exactly, written back the same, computed without loss."""

from __future__ import annotations

import re
from fractions import Fraction

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ucumvert import get_ucum_parser

from sitegen.model.quantity import (
    Quantity,
    QuantityError,
    Range,
    is_decimal,
    quantity,
    unit,
    unit_name,
    write_number,
    write_range,
)
from sitegen.model.units import BUILT_IN, Unit

# What pint calls our units, by their name in the singular. Every unit of the table stands here
# or among those pint does not know.
PINT_NAMES = {
    **{"mg": "milligram", "microgram": "microgram", "g": "gram", "kg": "kilogram"},
    **{"ng": "nanogram", "pg": "picogram", "mL": "milliliter", "L": "liter", "dL": "deciliter"},
    **{"µL": "microliter", "nmol": "nanomole", "µmol": "micromole", "mmol": "millimole"},
    **{"mol": "mole", "cm": "centimeter", "time": "dimensionless"},
    **{name: name for name in ("second", "minute", "hour", "day", "week")},
}
NOT_IN_PINT = {
    *("drop", "bottle", "course", "ear", "eye", "nostril", "person", "animal", "IU", "mEq"),
    *("tablet", "capsule", "puff", "spray", "inhalation", "actuation", "patch", "sachet"),
    *("ampoule", "vial", "syringe", "pen", "suppository"),
}
# Dimensions of their own here: no share is taken for a number of times, no dose is turned from
# moles into mass, no becquerel is a frequency, no surface of a body an area to compute with, no
# month a number of days, a unit of biological activity is a unit of nothing else, and a point of a
# score is none of a printer.
NO_NUMBER_HERE = {"%", "g/mol", "unit", "MBq", "m2", "month", "year", "point"}
COMPOSED = tuple(
    map(
        unit,
        (
            *("mg/mL", "microgram/mL", "mg/L", "mg/kg", "microgram/kg", "nmol/kg"),
            *("mg per day", "microgram per day", "mg per hour", "mL per day", "mL per hour"),
            *("mg/kg per day", "per day", "per week", "per hour"),
            *("mL/drop", "mL/bottle", "mL/nostril", "drop/nostril", "mg/bottle", "mg/drop"),
            *("IU/kg", "IU/mL", "mg/m2", "tablet per day", "microgram/actuation", "per month"),
        ),
    )
)
TABLE = BUILT_IN.all
UNITS = (*TABLE, *COMPOSED)
UCUM = get_ucum_parser()


def pint_name(each: Unit) -> str | None:
    """What pint calls a unit; None where it does not know it, or a part of it."""
    parts = re.split("/| ?per ", each.one)
    below = [
        {"kg": "body_kilogram", "m2": None}.get(part, PINT_NAMES.get(part)) for part in parts[1:]
    ]
    top = PINT_NAMES.get(parts[0]) if parts[0] else "1"
    if top is None or None in below or each.one in NO_NUMBER_HERE:
        return None
    return " / ".join([top, *map(str, below)])


KNOWN = [each for each in UNITS if pint_name(each)]

# Numbers as the data files may write them: up to nine digits, no needless zero.
numbers = st.builds(
    lambda whole, part: Fraction(f"{whole}.{part}"),
    st.integers(0, 999_999_999),
    st.integers(0, 99_999_999),
)
units = st.sampled_from(UNITS)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """Any range with two ends, or one number."""
    low, high = sorted((draw(numbers), draw(numbers)))
    return Range(low, high)


@st.composite
def half_open(draw: st.DrawFn) -> Range:
    """Any range with one end."""
    number, strict = draw(numbers), draw(st.booleans())
    return Range(number, None, strict) if draw(st.booleans()) else Range(None, number, strict)


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry:
    """Pint with a kilogram of body, which is no kilogram of anything that is given."""
    known = pint.UnitRegistry(non_int_type=Fraction)
    known.define("body_kilogram = [body_mass]")
    return known


# ---- reading and writing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high", "strict", "unit_name"),
    [
        ("6 mg", "6", "6", False, "mg"),
        ("2.5-5 mg", "2.5", "5", False, "mg"),
        ("6-<12 years", "6", "12", True, "years"),
        ("0.2 mL", "0.2", "0.2", False, "mL"),
        ("1 day", "1", "1", False, "day"),
        ("5-10 days", "5", "10", False, "day"),
        ("1 week", "1", "1", False, "week"),
        ("2 per day", "2", "2", False, "per day"),
        ("2-3 times", "2", "3", False, "time"),
        ("1 time", "1", "1", False, "time"),
        ("> 300 people", "300", None, True, "person"),
        ("≥ 20 people", "20", None, False, "person"),
        ("< 0.5 mg", None, "0.5", True, "mg"),
        ("≤ 24 hours", None, "24", False, "hour"),
        ("50 micrograms/kg", "50", "50", False, "microgram/kg"),
        ("0.05-0.5 mg/kg", "0.05", "0.5", False, "mg/kg"),
        ("60 nmol/kg", "60", "60", False, "nmol/kg"),
        ("180.16 g/mol", "180.16", "180.16", False, "g/mol"),
        ("> 85 %", "85", None, True, "%"),
        ("2.5-5 mg per day", "2.5", "5", False, "mg per day"),
        ("400 micrograms", "400", "400", False, "microgram"),
        ("0.05 mL/drop", "0.05", "0.05", False, "mL/drop"),
        ("0-5 mg", "0", "5", False, "mg"),
        ("123456789.123456789 mg", "123456789.123456789", "123456789.123456789", False, "mg"),
    ],
)
def test_an_amount_is_read_exactly_and_written_back_the_same(
    text: str, low: str | None, high: str | None, strict: bool, unit_name: str
) -> None:
    expected = Quantity(
        Range(
            None if low is None else Fraction(low),
            None if high is None else Fraction(high),
            strict,
        ),
        unit(unit_name),
    )

    read = quantity(text)

    assert read == expected
    assert str(read) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "5",
        "mg",
        "5mg",
        "9mgz",
        "5 mgs",
        "5 Mg",
        "5 MG",
        "5 mcg",
        "5 ug",
        "5 µg",
        "5 ml",
        "5 ML",
        "5 people/mL",
        "5 mL/mg",
        "5 mg/day",
        "5 mg/mL/mL",
        "5 mg per mL",
        "5 per mL",
        "5 /mL",
        "5 mg per kg",
        "5 mg/lb",
        "5 mg/mL/day",
        ".2 mg",
        "0.2. mg",
        "2. mg",
        "5.0 mg",
        "5.50 mg",
        "0.0 mg",
        "05 mg",
        "00 mg",
        "1,5 mg",
        "1,000 mg",
        "1_000 mg",
        "1 000 mg",
        "1e3 mg",
        "0x10 mg",
        "-5 mg",
        "+5 mg",
        "− 5 mg",
        "5-3 mg",
        "5-5 mg",
        "5-05 mg",
        "5 - 7 mg",
        "5–7 mg",
        "5−7 mg",
        "5-7-9 mg",
        "5 mg-7 mg",
        "5 to 7 mg",
        "> 3-5 mg",
        "≤ 3-5 mg",
        ">3 mg",
        ">  3 mg",
        ">= 3 mg",
        "~ 3 mg",
        "about 3 mg",
        " 5 mg",
        "5 mg ",
        "5  mg",
        "5\tmg",
        "5\u00a0mg",
        "5 mg\n",
        "5\nmg",
        "٥ mg",
        "５ mg",
        "½ mg",
        "1/2 mg",
        "5 mg per  day",
        "5 mg a day",
        "twice a day",
        "nan mg",
        "inf mg",
        "1234567890 mg",
        "0.1234567891 mg",
        "not reported",
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(QuantityError):
        quantity(text)


@given(st.one_of(ranges(), half_open()), units)
def test_what_is_written_reads_back_equal(numbers: Range, unit: Unit) -> None:
    amount = Quantity(numbers, unit)

    assert quantity(str(amount)) == amount


@given(st.text())
def test_any_text_is_an_amount_written_so_or_is_refused(text: str) -> None:
    try:
        amount = quantity(text)
    except QuantityError:
        return
    assert quantity(str(amount)) == amount


@given(
    st.from_regex(r"[<>≤≥]? ?[0-9.]{1,5}-?[0-9.]{0,5} (mg|days?|per day|times?|%)", fullmatch=True)
)
def test_a_text_like_an_amount_is_one_or_is_refused(text: str) -> None:
    try:
        amount = quantity(text)
    except QuantityError:
        return
    number = write_range(amount.range)
    assert text in (f"{number} {amount.unit.one}", f"{number} {amount.unit.many}")


@pytest.mark.parametrize("measure", UNITS, ids=lambda measure: measure.one)
def test_every_unit_is_found_by_both_of_its_names(measure: Unit) -> None:
    assert (unit(measure.one), unit(measure.many)) == (measure, measure)


def test_no_two_units_share_a_name_or_a_code() -> None:
    names = [name for measure in UNITS for name in {measure.one, measure.many}]
    codes = [measure.ucum for measure in UNITS if measure.ucum]

    assert sorted(names) == sorted(set(names))
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("code", [each.ucum for each in UNITS if each.ucum], ids=lambda code: code)
def test_every_code_is_one_by_the_grammar_of_ucum(code: str) -> None:
    assert UCUM.parse(code)


def test_a_unit_without_a_code_is_one_that_ucum_does_not_have_or_changed() -> None:
    assert {each.one for each in TABLE if not each.ucum} == {
        *("unit", "drop", "bottle", "nostril", "eye", "ear", "person", "animal", "time", "course")
    }


def test_an_unknown_unit_is_named_in_the_error() -> None:
    with pytest.raises(QuantityError, match="'stone' is no unit known here"):
        unit("stone")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1 day", "day"),
        ("2 days", "days"),
        ("0.5 days", "days"),
        ("0 days", "days"),
        ("1-2 days", "days"),
        ("1 time", "time"),
    ],
)
def test_exactly_one_takes_the_singular(text: str, name: str) -> None:
    assert unit_name(quantity(text)) == name


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("7", "7"),
        ("0.5", "0.5"),
        ("0.001", "0.001"),
        ("2500", "2500"),
        ("1000000", "1000000"),
        ("1/8", "0.125"),
        ("-1/8", "-0.125"),
        ("1/3", "0.333"),
        ("2/3", "0.667"),
        ("10/3", "3.33"),
        ("100/3", "33.3"),
        ("1000/3", "333"),
        ("10000/3", "3330"),
        ("1/3000", "0.000333"),
        ("2999/3", "1000"),
        ("12/7", "1.71"),
    ],
)
def test_a_number_is_written_whole_or_to_three_figures(number: str, text: str) -> None:
    assert write_number(Fraction(number)) == text


@given(st.fractions())
def test_a_decimal_is_written_exactly_and_any_other_number_within_half_a_percent(
    number: Fraction,
) -> None:
    rounded = Fraction(write_number(number))

    assert (rounded == number) == is_decimal(number)
    assert abs(rounded - number) <= abs(number) / 200


def test_a_range_is_written_with_the_given_dash() -> None:
    assert write_range(quantity("2.5-5 mg").range, "\u2013") == "2.5\u20135"


# ---- computing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "product"),
    [
        ("9 mg", "2 per day", "18 mg per day"),
        ("2.5-5 mg", "2 per day", "5-10 mg per day"),
        ("2.5-5 mg", "2-3 per day", "5-15 mg per day"),
        ("18 mg per day", "1 week", "126 mg"),
        ("2.5-5 mg per day", "5-10 days", "12.5-50 mg"),
        ("7 mg", "2 per week", "2 mg per day"),
        ("400 micrograms", "2-3 times", "0.8-1.2 mg"),
        ("0.2 mL", "1 mg/mL", "0.2 mg"),
        ("0.05 mL/drop", "3 drops", "0.15 mL"),
        ("> 3 mg", "2 per day", "> 6 mg per day"),
        ("≤ 3 mg", "2 per day", "≤ 6 mg per day"),
        ("2 times", "3 times", "6 times"),
    ],
)
def test_a_product_is_in_the_main_unit_of_its_dimension(
    left: str, right: str, product: str
) -> None:
    assert quantity(left) * quantity(right) == quantity(product)
    assert quantity(right) * quantity(left) == quantity(product)


@pytest.mark.parametrize(
    ("left", "right", "quotient"),
    [
        ("10 mg", "4 mL", "2.5 mg/mL"),
        ("2-4 mg", "0.5 mL", "4-8 mg/mL"),
        ("6 mg", "2-3 mL", "2-3 mg/mL"),
        ("126 mg", "1 week", "18 mg per day"),
        ("10 mg", "5 mg", "2 times"),
        ("1 g", "5 mg", "200 times"),
        ("1 day", "1 hour", "24 times"),
        ("3 mL", "60 drops", "0.05 mL/drop"),
        ("6 mg", "> 2 mL", "< 3 mg/mL"),
        ("6 mg", "≤ 2 mL", "≥ 3 mg/mL"),
        ("6 mg", "0-2 mL", "≥ 3 mg/mL"),
    ],
)
def test_a_quotient_is_in_the_main_unit_of_its_dimension(
    left: str, right: str, quotient: str
) -> None:
    assert quantity(left) / quantity(right) == quantity(quotient)


@pytest.mark.parametrize(
    ("left", "right", "total"),
    [
        ("1 mg", "2 mg", "3 mg"),
        ("1 mg", "500 micrograms", "1.5 mg"),
        ("500 micrograms", "1 mg", "1500 micrograms"),
        ("1-2 weeks", "7 days", "2-3 weeks"),
        ("> 3 mg", "2-4 mg", "> 5 mg"),
        ("≤ 3 mg", "2-4 mg", "≤ 7 mg"),
    ],
)
def test_a_sum_is_in_the_unit_of_the_first(left: str, right: str, total: str) -> None:
    assert quantity(left) + quantity(right) == quantity(total)


@pytest.mark.parametrize(
    ("left", "right"),
    [("5 mg", "3 mg"), ("5 mg", "2 mg/mL"), ("1 day", "1 day"), ("50 %", "10 mg")],
)
def test_a_product_without_a_unit_is_refused(left: str, right: str) -> None:
    with pytest.raises(QuantityError, match="there is no unit for"):
        quantity(left) * quantity(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("5 mL", "3 mg"), ("5 mg", "2 per day"), ("2 people", "1 mg"), ("5 mg", "50 %")],
)
def test_a_quotient_without_a_unit_is_refused(left: str, right: str) -> None:
    with pytest.raises(QuantityError, match="there is no unit for"):
        quantity(left) / quantity(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("5 mg", "3 mL"),
        ("5 mg", "5 mg per day"),
        ("1 day", "1 time"),
        ("1 drop", "1 mL"),
        ("5 %", "5 times"),
    ],
)
def test_amounts_of_two_dimensions_are_neither_added_nor_converted(left: str, right: str) -> None:
    with pytest.raises(QuantityError, match="cannot be given in"):
        quantity(left) + quantity(right)
    with pytest.raises(QuantityError, match="cannot be given in"):
        quantity(left).to(quantity(right).unit)


@given(ranges(), units, units)
def test_a_conversion_there_and_back_is_exact(numbers: Range, one: Unit, other: Unit) -> None:
    if one.dimension != other.dimension:
        return
    amount = Quantity(numbers, one)

    assert amount.to(other).to(one) == amount


@given(ranges(), ranges())
def test_computing_keeps_the_order_of_a_range(left: Range, right: Range) -> None:
    for result in (left + right, left * right, left / right):
        if result.low is not None and result.high is not None:
            assert result.low <= result.high


@given(ranges(), ranges(), st.fractions(0, 1), st.fractions(0, 1))
def test_the_total_of_ranges_is_the_range_of_totals(
    left: Range, right: Range, here: Fraction, there: Fraction
) -> None:
    one = left.low + (left.high - left.low) * here
    other = right.low + (right.high - right.low) * there

    assert (left * right).low <= one * other <= (left * right).high
    assert (left + right).low <= one + other <= (left + right).high


@given(ranges(), ranges())
def test_the_ends_of_a_total_are_reached(left: Range, right: Range) -> None:
    assert left * right == Range(left.low * right.low, left.high * right.high)
    assert left + right == Range(left.low + right.low, left.high + right.high)


@given(ranges(), ranges(), ranges())
def test_the_order_of_computing_does_not_matter(one: Range, two: Range, three: Range) -> None:
    assert one * two == two * one
    assert one + two == two + one
    assert (one * two) * three == one * (two * three)
    assert one * (two + three) == one * two + one * three


@pytest.mark.parametrize(
    ("left", "sign", "right"),
    [
        pytest.param("≤ 5 mg", "*", "≥ 2 per day", id="at most, times at least"),
        pytest.param("> 5 mg", "*", "< 2 per day", id="more than, times less than"),
        pytest.param("≤ 5 mg", "/", "≤ 2 mL", id="at most, divided by at most"),
        pytest.param("≥ 5 mg", "/", "≥ 2 mL", id="at least, divided by at least"),
        pytest.param("5 mg", "/", "0 mL", id="divided by nothing"),
    ],
)
def test_nothing_is_claimed_where_neither_bound_is_known(left: str, sign: str, right: str) -> None:
    one, other = quantity(left), quantity(right)

    with pytest.raises(QuantityError, match="bounds on both sides cancel out, and no bound is"):
        one * other if sign == "*" else one / other


@pytest.mark.xfail(
    reason="BUG: strict although the bound is reached: 0 mg × > 3 per day is '> 0 mg'"
)
def test_nothing_taken_any_number_of_times_is_not_more_than_nothing() -> None:
    assert str(quantity("0 mg") * quantity("> 3 per day")) != "> 0 mg per day"


# ---- pint as the oracle -----------------------------------------------------------------------


def test_every_unit_is_compared_with_pint_or_listed_as_unknown_to_it() -> None:
    listed = [*PINT_NAMES, *NOT_IN_PINT, *NO_NUMBER_HERE]

    assert sorted(listed) == sorted(each.one for each in TABLE)


@pytest.mark.parametrize("name", sorted(NOT_IN_PINT))
def test_the_units_listed_as_unknown_to_pint_are(registry: pint.UnitRegistry, name: str) -> None:
    with pytest.raises(pint.UndefinedUnitError):
        registry.Unit(name.replace("mL", "milliliter").replace("mg", "milligram"))


@pytest.mark.parametrize("one", KNOWN, ids=lambda measure: measure.one)
def test_a_conversion_agrees_with_pint(registry: pint.UnitRegistry, one: Unit) -> None:
    """To each other unit of the same dimension; to any other it is refused."""
    number = Fraction(7, 2)
    amount = Quantity(Range.of(number), one)
    for other in KNOWN:
        try:
            expected = registry.Quantity(number, pint_name(one)).to(pint_name(other)).magnitude
        except pint.DimensionalityError:
            with pytest.raises(QuantityError):
                amount.to(other)
        else:
            assert amount.to(other) == Quantity(Range.of(expected), other), other.one


@pytest.mark.parametrize("one", KNOWN, ids=lambda measure: measure.one)
@pytest.mark.parametrize("sign", ["*", "/"])
def test_products_and_quotients_agree_with_pint(
    registry: pint.UnitRegistry, one: Unit, sign: str
) -> None:
    for other in KNOWN:
        ours, theirs = _combined(registry, one, other, sign)
        if ours is None:
            assert not any(_alike(registry, theirs, measure) for measure in KNOWN), (
                one.one,
                other.one,
            )
        else:
            name = pint_name(ours.unit)
            assert name, ours.unit
            assert ours.range == Range.of(theirs.to(name).magnitude), (one.one, other.one)


def _combined(
    registry: pint.UnitRegistry, one: Unit, other: Unit, sign: str
) -> tuple[Quantity | None, pint.Quantity]:
    left, right = Fraction(7, 2), Fraction(4, 3)
    our_left, our_right = Quantity(Range.of(left), one), Quantity(Range.of(right), other)
    their_left = registry.Quantity(left, pint_name(one))
    their_right = registry.Quantity(right, pint_name(other))
    theirs = their_left * their_right if sign == "*" else their_left / their_right
    try:
        return (our_left * our_right if sign == "*" else our_left / our_right), theirs
    except QuantityError:
        return None, theirs


def _alike(registry: pint.UnitRegistry, amount: pint.Quantity, each: Unit) -> bool:
    return bool(amount.is_compatible_with(pint_name(each)))
