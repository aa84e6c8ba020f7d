"""A dose in drops: its mass, or which of the sizes it rests on is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_records import regimen
from sound import read, replace, rich_folder, write

from sitegen.derive.positions import strength_position, total_position
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import (
    conditional,
    converted,
    courses_of,
    dose_is_computed,
    dose_of_drops,
    dose_unit,
    in_dose_unit,
    is_in_drops,
    shown_strength,
    stated_dose,
    stated_strength,
)
from sitegen.derive.total import Computed, Impossible, Stated, Total
from sitegen.derive.volumes import volumes
from sitegen.model import Regimen, Site
from sitegen.model.absence import Absence
from sitegen.model.quantity import quantity
from sitegen.read.load import load
from sitegen.statements.amounts import why_none
from sitegen.statements.copied_text import plain_lines
from sitegen.statements.regimens import computed_line, regimen_line

DROPS, PRODUCT, SIZE = "regimens/drops.yml", "products/drops.yml", "parameters/drop.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return rich_folder(tmp_path)


def dose(data: Path, regimen: str = "drops") -> Total | None:
    site = load(data).site
    return dose_of_drops(site, site.regimens[regimen])


def line(total: Total | None) -> str:
    """A total in one line, with plain spaces."""
    if isinstance(total, Computed):
        return f"{total.amount} = {total.formula}".replace("\u00a0", " ")
    if isinstance(total, Stated):
        return f"stated {total.amount}"
    return why_none(total) if total else "not in drops"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        pytest.param(
            *(DROPS, "drops: 2-3 drops", "drops: 2-3 drops"),
            "2-3 mg = 2–3 drops × 2 nostrils × 0.05 mL × 10 mg/mL",
            id="all known",
        ),
        pytest.param(
            *(DROPS, "drops: 2-3 drops", "drops: 4 drops"),
            "4 mg = 4 drops × 2 nostrils × 0.05 mL × 10 mg/mL",
            id="another number of drops",
        ),
        pytest.param(
            *(PRODUCT, "strength: 10 mg/mL", "strength: 1 mg/mL"),
            "0.2-0.3 mg = 2–3 drops × 2 nostrils × 0.05 mL × 1 mg/mL",
            id="another strength",
        ),
        pytest.param(
            *(PRODUCT, "strength: 10 mg/mL", "strength: 500 micrograms/mL"),
            "0.1-0.15 mg = 2–3 drops × 2 nostrils × 0.05 mL × 500 micrograms/mL",
            id="a strength in micrograms",
        ),
        pytest.param(
            *(SIZE, "value: 0.05 mL", "value: 0.04 mL"),
            "1.6-2.4 mg = 2–3 drops × 2 nostrils × 0.04 mL × 10 mg/mL",
            id="another drop",
        ),
        pytest.param(
            *(DROPS, "drops: 2-3 drops", "drops: unclear"),
            "number of drops unclear",
            id="an unclear number of drops",
        ),
        pytest.param(
            *(DROPS, "drops: 2-3 drops", "drops: not reported"),
            "number of drops not reported",
            id="no number of drops",
        ),
        pytest.param(
            *(DROPS, "site: each nostril\n", ""),
            "whether in each nostril or in both together not extracted",
            id="no site",
        ),
        pytest.param(
            *(DROPS, "site: each nostril", "site: not extracted"),
            "whether in each nostril or in both together not extracted",
            id="a site that was not noted",
        ),
        pytest.param(
            *(DROPS, "site: each nostril", "site: one nostril"),
            "1-1.5 mg = 2–3 drops × 0.05 mL × 10 mg/mL",
            id="one nostril",
        ),
        pytest.param(
            *(DROPS, "site: each nostril", "site: both nostrils together"),
            "1-1.5 mg = 2–3 drops × 0.05 mL × 10 mg/mL",
            id="both nostrils together",
        ),
        pytest.param(
            *(DROPS, "product: drops\n", ""),
            "the dose is in drops, and the record names no presentation",
            id="no presentation",
        ),
        pytest.param(
            *(PRODUCT, "strength: 10 mg/mL", "strength: not reported"),
            "strength not reported",
            id="no strength",
        ),
        pytest.param(
            *(SIZE, "value: 0.05 mL", "value: not reported"),
            "volume of a drop not reported",
            id="no size of a drop",
        ),
        pytest.param(
            *(SIZE, "role: volume of a drop", "role: volume of a container"),
            "volume of a drop not extracted",
            id="no record of the size of a drop",
        ),
        pytest.param(
            *(SIZE, "value: 0.05 mL", "value: 0.05 mL\nproducts: [other]"),
            "volume of a drop not extracted",
            id="the size of a drop of another presentation",
        ),
        pytest.param(
            *(DROPS, "drops: 2-3 drops\n", ""),
            "not in drops",
            id="no drops",
        ),
        pytest.param(
            *(DROPS, "each: not reported", "each: 2 mg"),
            "not in drops",
            id="a mass is stated beside the drops",
        ),
    ],
)
def test_drops_become_a_mass_or_say_which_size_is_missing(
    data: Path, name: str, old: str, new: str, expected: str
) -> None:
    replace(data, name, old, new)

    assert line(dose(data)) == expected


@pytest.mark.parametrize("site", ["", "site: under the tongue\n", "site: not reported\n"])
def test_drops_by_mouth_name_no_nostril_and_are_not_doubled(data: Path, site: str) -> None:
    replace(data, DROPS, "route: intranasal", "route: oral")
    replace(data, DROPS, "site: each nostril\n", site)
    regimen = load(data).site.regimens["drops"]

    assert line(dose(data)) == "1-1.5 mg = 2–3 drops × 0.05 mL × 10 mg/mL"
    assert "nostril" not in regimen_line(regimen)
    assert "nostril" not in "".join(plain_lines(Relations(load(data).site), regimen, "a.html"))


@pytest.mark.parametrize(
    ("strength", "expected"),
    [
        ("1 %", "10 mg/mL = 1 %, as g in 100 mL"),
        ("0.1 %", "1 mg/mL = 0.1 %, as g in 100 mL"),
        ("0.05-0.1 %", "0.5-1 mg/mL = 0.05–0.1 %, as g in 100 mL"),
        ("2 mg/mL", "2 mg/mL"),
        ("not reported", "strength not reported"),
    ],
)
def test_a_percentage_is_a_strength_by_the_convention_of_a_solution(
    data: Path, strength: str, expected: str
) -> None:
    replace(data, DROPS, "strength: not reported", f"strength: {strength}")

    found = stated_strength(load(data).site.regimens["drops"])

    assert (str(found.amount) if isinstance(found, Stated) else line(found)) == expected


def test_a_strength_that_is_computed_from_a_percentage_is_no_reported_one(data: Path) -> None:
    replace(data, DROPS, "strength: not reported", "strength: 1 %")
    relations = Relations(load(data).site)

    position = strength_position(relations, relations.site.regimens["drops"])

    assert position
    assert position.is_computed
    assert position.says.replace("\u00a0", " ") == "10 mg/mL (1 %)"
    assert [str(value) for value in position.values] == ["10 mg/mL"]


def test_drops_whose_bounds_cancel_out_have_no_mass(data: Path) -> None:
    replace(data, DROPS, "drops: 2-3 drops", 'drops: "≥ 2 drops"')
    replace(data, PRODUCT, "strength: 10 mg/mL", 'strength: "≤ 10 mg/mL"')

    assert line(dose(data)) == "bounds on both sides cancel out, and no bound is left"


def test_a_dose_in_drops_has_a_course_for_each_length_it_may_have(data: Path) -> None:
    site = load(data).site

    found = [
        (course.reading, line(course.per_dose), line(course.daily), line(course.total))
        for course in courses_of(site, site.regimens["drops"])
    ]

    mass = "2-3 mg = 2–3 drops × 2 nostrils × 0.05 mL × 10 mg/mL"
    a_day = "6-9 mg per day = 2–3 mg × 3 a day"
    assert [(reading and reading.replace("\u00a0", " "), *rest) for reading, *rest in found] == [
        ("for 5 days, if a drop is 0.05 mL", mass, a_day, "30-45 mg = 6–9 mg a day × 5 days"),
        ("for 10 days, if a drop is 0.05 mL", mass, a_day, "60-90 mg = 6–9 mg a day × 10 days"),
    ]


def test_without_the_size_of_a_drop_no_total_is_known(data: Path) -> None:
    (data / SIZE).unlink()
    site = load(data).site

    [why] = {
        line(total)
        for course in courses_of(site, site.regimens["drops"])
        for total in (course.per_dose, course.daily, course.total)
    }

    assert why == "volume of a drop not extracted"
    assert total_position(Relations(site), site.regimens["drops"], "daily") is None


def test_a_regimen_that_names_its_presentation_has_volumes_in_no_other(data: Path) -> None:
    write(data, "products/weak.yml", read(data, PRODUCT).replace("10 mg/mL", "1 mg/mL"))
    site = load(data).site

    found = {
        id: {volume.product.id for volume in volumes(site, site.regimens[id])}
        for id in site.regimens
    }

    assert found["drops"] == {"drops"}
    assert found["trial"] == {"drops", "weak"}


def test_no_dose_is_given_in_the_strength_of_another_medicine(data: Path) -> None:
    replace(
        data, PRODUCT, "strength: 10 mg/mL", "strength: 10 mg/mL\napart: It is another medicine."
    )
    site = load(data).site

    assert [volume for regimen in site.regimens.values() for volume in volumes(site, regimen)] == []


# ---- several sizes of a drop -------------------------------------------------------------------

ALTERNATIVE = """\
value:
  value: 0.05 mL
  at: leaflet use.1.5
at: [leaflet use.1.5, paper abstract.1.5]
alternatives:
  - value: 1/12 mL
    at: paper abstract.1.5
"""


@pytest.fixture
def two_sizes(data: Path) -> Path:
    lines = read(data, SIZE).splitlines()
    [at] = [line for line in lines if line.startswith("at: ")]
    place = at.removeprefix("at: ")
    changed = ALTERNATIVE.replace("leaflet use.1.5", place)
    replace(data, SIZE, f"value: 0.05 mL\n{at}\n", changed)
    return data


def test_a_mass_made_from_drops_has_a_reading_for_each_size_of_a_drop(two_sizes: Path) -> None:
    site = load(two_sizes).site

    ways = courses_of(site, site.regimens["drops"])

    assert [(way.condition.replace("\u00a0", " "), line(way.per_dose)) for way in ways] == [
        (
            f"for {days} days, if a drop is {drop}",
            f"{mass} = 2–3 drops × 2 nostrils × {drop} × 10 mg/mL",
        )
        for drop, mass in (("0.05 mL", "2-3 mg"), ("1/12 mL", "3.33-5 mg"))
        for days in (5, 10)
    ]


def test_a_total_is_listed_once_for_each_size_whatever_the_duration(two_sizes: Path) -> None:
    site = load(two_sizes).site
    ways = courses_of(site, site.regimens["drops"])

    conditions = {
        of: [condition.replace("\u00a0", " ") for condition, _ in conditional(ways, of)]
        for of in ("per_dose", "daily", "total")
    }

    sizes = ["if a drop is 0.05 mL", "if a drop is 1/12 mL"]
    assert conditions["per_dose"] == conditions["daily"] == sizes
    assert conditions["total"] == [f"for {days} days, {size}" for size in sizes for days in (5, 10)]


def test_what_no_size_of_a_drop_gives_is_said_once(two_sizes: Path) -> None:
    site = load(two_sizes).site
    ways = courses_of(site, _without_times(site.regimens["drops"]))

    assert len(conditional(ways, "per_dose")) == 2
    ((condition, total),) = conditional(ways, "daily")
    assert condition == ""
    assert isinstance(total, Impossible)


def _without_times(given: Regimen) -> Regimen:
    times = given.times.model_copy(update={"value": Absence.NOT_REPORTED, "readings": ()})
    return given.model_copy(update={"times": times, "readings": ()})


def test_a_mass_computed_from_drops_always_has_the_size_of_a_drop(data: Path) -> None:
    relations = Relations(load(data).site)
    regimen = relations.site.regimens["drops"]

    position = total_position(relations, regimen, "per_dose")
    lines = plain_lines(relations, regimen, "/dosage/drops.html")

    assert position
    assert position.text.count("if a drop is 0.05\u00a0mL") == position.text.count("2–3\u00a0mg")
    masses = [line for line in lines if "mg (" in line]
    assert masses
    assert all("if a drop is 0.05\u00a0mL" in mass for mass in masses)


def test_a_volume_counts_its_drops_for_each_size(two_sizes: Path) -> None:
    replace(two_sizes, DROPS, "drops: 2-3 drops\n", "")
    replace(two_sizes, DROPS, "each: not reported", "each: 3 mg")
    replace(two_sizes, DROPS, "site: each nostril\n", "")
    site = load(two_sizes).site

    [volume, *_] = volumes(site, site.regimens["drops"])

    assert volume.drop.replace("\u00a0", " ") == "if a drop is 0.05 mL"
    assert line(volume.drops) == "6 drops = 0.3 mL ÷ 0.05 mL"
    assert [
        (other.condition.replace("\u00a0", " "), line(other.drops)) for other in volume.otherwise
    ] == [("if a drop is 1/12 mL", "3.6 drops = 0.3 mL ÷ 1/12 mL")]


@pytest.mark.parametrize(
    ("dose", "conditions"),
    [("each: 3 mg", ["if a drop is 0.05 mL", "if a drop is 1/12 mL"]), (None, [""])],
)
def test_a_count_of_drops_says_their_size_unless_the_reading_does(
    two_sizes: Path, dose: str | None, conditions: list[str]
) -> None:
    """The regimen has a reading for each of two durations, which says no size."""
    if dose:
        replace(two_sizes, DROPS, "drops: 2-3 drops\n", "")
        replace(two_sizes, DROPS, "each: not reported", dose)
        replace(two_sizes, DROPS, "site: each nostril\n", "")
    site = load(two_sizes).site

    shown = volumes(site, site.regimens["drops"])

    assert all(volume.reading for volume in shown)
    for volume in shown:
        counted = [count.condition.replace("\u00a0", " ") for count in volume.drop_counts]
        assert counted == conditions


def test_a_volume_of_counted_drops_comes_back_to_their_number_at_each_size(two_sizes: Path) -> None:
    site = load(two_sizes).site

    found = {
        volume.drops_in_a_nostril.amount.range
        for volume in volumes(site, site.regimens["drops"])
        if isinstance(volume.drops_in_a_nostril, Computed)
    }

    assert found == {quantity("2-3 drops").range}


# ---- the unit that doses are shown in ----------------------------------------------------------


def with_regimens(site: Site, *given: dict[str, object]) -> Site:
    """The site with these regimens and no other; what is not given is not reported."""
    fields = ("people", "route", "each", "volume", "times", "daily", "length", "strength")
    frame = {"name": "Made up", "conditions": ["hiccups"], "at": "leaflet dosage.1.1"}
    frame |= dict.fromkeys(fields, "not reported")
    made = {
        f"r{number}": Regimen.model_validate({**frame, "id": f"r{number}", **fields})
        for number, fields in enumerate(given)
    }
    return Site(site.identity, {**site.records, "regimens": made})


@pytest.mark.parametrize(
    ("doses", "shown"),
    [
        (["9 mg", "6 mg", "300 micrograms"], "mg"),
        (["400 micrograms", "300 micrograms", "2 mg"], "mg"),
        (["400 micrograms", "300 micrograms"], "micrograms"),
        (["not reported"], "mg"),
        (["2 g", "3 g"], "g"),
    ],
)
def test_doses_are_shown_in_the_unit_that_all_of_them_have_else_in_mg(
    site: Site, doses: list[str], shown: str
) -> None:
    made = with_regimens(site, *({"each": one} for one in doses))

    assert dose_unit(Relations(made)) == shown


def test_what_is_computed_is_in_the_unit_of_the_others(site: Site) -> None:
    made = with_regimens(
        site,
        {"daily": "6000 micrograms per day", "length": "10 days"},
        {"each": "9 mg"},
        {"each": "6 mg"},
    )
    [way] = courses_of(made, made.regimens["r0"])

    assert line(way.daily) == "stated 6000 micrograms per day"
    assert line(way.total) == "60 mg = 6 mg a day × 10 days"
    assert str(in_dose_unit(made, way.daily.amount)) == "6 mg per day"  # type: ignore[union-attr]
    copied = "\n".join(plain_lines(Relations(made), made.regimens["r0"], "/x.html"))
    assert "Daily dose: 6 mg a day, in the source 6,000 micrograms a day" in copied.replace(
        "\u00a0", " "
    )


def test_the_amounts_of_a_week_and_of_all_courses_are_in_the_unit_of_the_others(
    site: Site,
) -> None:
    rare = {"each": "500 micrograms", "times": "2 per week", "length": "4 weeks"}
    several = {"courses": {"count": "3 courses", "gap": "not reported"}}
    made = with_regimens(site, {**rare, **several}, {"each": "9 mg"})

    [way] = courses_of(made, made.regimens["r0"])

    totals = [way.weekly, way.total, way.all_courses]
    amounts = [str(total.amount) for total in totals if isinstance(total, Computed)]
    assert amounts == ["1 mg", "4 mg", "12 mg"]


@pytest.mark.parametrize("text", ["5 mL", "3 per day", "2 mg/kg", "4 drops"])
def test_an_amount_that_is_no_mass_keeps_its_unit(site: Site, text: str) -> None:
    assert in_dose_unit(site, quantity(text)) == quantity(text)


# ---- what is not there is said in its own words --------------------------------------------------


def test_a_number_of_drops_that_is_absent_is_no_amount_in_each_nostril(data: Path) -> None:
    replace(data, DROPS, "drops: 2-3 drops", "drops: not reported")
    found = Relations(load(data).site)

    copied = plain_lines(found, found.site.regimens["drops"], "/x.html")

    assert "Drops: not reported" in copied


@pytest.mark.parametrize(
    ("dose", "daily", "word"),
    [
        ("not reported", "not reported", "not reported"),
        ("not extracted", "not reported", "not extracted"),
        ("not reported", "not extracted", "not extracted"),
        ("unclear", "not reported", "unclear"),
    ],
)
def test_an_amount_that_is_not_there_says_why(site: Site, dose: str, daily: str, word: str) -> None:
    made = with_regimens(site, {"each": dose, "daily": daily})

    assert regimen_line(made.regimens["r0"]).startswith(f"Amount {word}")


def test_only_a_mass_in_another_unit_is_converted(data: Path) -> None:
    site = load(data).site

    assert converted(site, quantity("5 mg")) is None
    assert converted(site, quantity("500 micrograms")) == quantity("0.5 mg")
    assert converted(site, quantity("2 drops")) is None


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, Absence.NOT_REPORTED),
        ({"product": "drops"}, None),
        ({"strength": "10 mg/mL"}, quantity("10 mg/mL")),
        ({"strength": "10 mg/mL", "product": "drops"}, quantity("10 mg/mL")),
    ],
)
def test_the_presentation_named_stands_for_a_strength_that_is_not_stated(
    fields: dict[str, object], shown: object
) -> None:
    assert shown_strength(regimen(**fields)) == shown


@pytest.mark.parametrize(
    ("fields", "in_drops", "stated", "is_computed"),
    [
        ({}, False, Absence.NOT_REPORTED, False),
        ({"each": "5 mg"}, False, quantity("5 mg"), False),
        ({"drops": "2 drops"}, True, quantity("2 drops"), True),
        ({"drops": "unclear"}, True, Absence.UNCLEAR, True),
        ({"each": "5 mg", "drops": "2 drops"}, False, quantity("5 mg"), False),
        (
            {"each": "5 mg", "site": "each nostril", "route": "intranasal"},
            False,
            quantity("5 mg"),
            True,
        ),
    ],
)
def test_a_dose_is_its_mass_or_else_its_drops(
    fields: dict[str, object], in_drops: bool, stated: object, is_computed: bool
) -> None:
    given = regimen(**fields)

    assert is_in_drops(given) is in_drops
    assert stated_dose(given) == stated
    assert dose_is_computed(given) is is_computed


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        pytest.param({}, "Computed: 12 mg a day, 84 mg in all.", id="both"),
        pytest.param({"length": "not reported"}, "Computed: 12 mg a day.", id="no length"),
        pytest.param(
            {"courses": {"count": "2 courses", "gap": "3 weeks"}},
            "Computed: 12 mg a day, 84 mg in each course, 168 mg in all courses.",
            id="two courses",
        ),
        pytest.param(
            {"courses": {"count": "not reported", "gap": "3 weeks"}},
            "Computed: 12 mg a day, 84 mg in each course.",
            id="courses without their number",
        ),
        pytest.param({"step": {"by": "1 mg"}}, "Computed: at least 12 mg a day.", id="raised"),
        pytest.param({"step": {"by": "1 mg", "direction": "up or down"}}, "", id="changed"),
        pytest.param({"times": "not reported"}, "", id="neither"),
        pytest.param({"times": "1 time", "length": "not applicable"}, "", id="one dose"),
        pytest.param(
            {
                "then": [
                    {
                        "each": "2 mg",
                        "times": "1 per day",
                        "daily": "not reported",
                        "length": "7 days",
                    }
                ]
            },
            "",
            id="phases",
        ),
        pytest.param(
            {"times": {"value": "unclear", "readings": ["1 per day", "2 per day"]}},
            "",
            id="readings",
        ),
    ],
)
def test_what_is_computed_is_said_in_a_line_where_one_is_enough(
    site: Site, fields: dict[str, object], line: str
) -> None:
    given = regimen(**{"each": "6 mg", "times": "2 per day", "length": "7 days", **fields})

    assert computed_line(site, given).replace("\u00a0", " ") == line


def test_what_rests_on_the_size_of_a_drop_is_in_no_line(data: Path) -> None:
    site = load(data).site

    assert computed_line(site, site.regimens["drops"]) == ""


def test_a_formula_keeps_a_stated_dose_and_shows_another_total_in_the_unit_of_all(
    data: Path,
) -> None:
    site = load(data).site
    micrograms = {"each": "500 micrograms", "length": "2 days"}
    [single] = courses_of(site, regimen(**micrograms, times="1 time"))
    [daily] = courses_of(site, regimen(**micrograms, times="2 per day"))
    [weekly] = courses_of(
        site, regimen(each="500 micrograms", times="2 per week", length="2 weeks")
    )

    assert line(single.total) == "0.5 mg = 500 micrograms × 1 time"
    assert line(daily.daily) == "1 mg per day = 500 micrograms × 2 a day"
    assert line(daily.total) == "2 mg = 1 mg a day × 2 days"
    assert line(weekly.total) == "2 mg = 1 mg a week × 2 weeks"
