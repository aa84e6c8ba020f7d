"""A dose told in drops: its mass, or which of the sizes it rests on is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import read, replace, rich_folder, study, write

from sitegen.derive.phrases import regimen_line, study_line
from sitegen.derive.plain import plain_lines
from sitegen.derive.positions import total_position
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of, dose_of_drops, dose_unit, in_dose_unit
from sitegen.derive.total import Computed, Stated, Total
from sitegen.derive.volumes import volumes
from sitegen.load import load
from sitegen.model import Regimen, Site
from sitegen.quantity import quantity

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
    return total.why if total else "told in no drops"


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
            *(DROPS, "product: drops\n", ""),
            "the source tells drops and names no presentation",
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
            "told in no drops",
            id="no drops",
        ),
        pytest.param(
            *(DROPS, "each: not reported", "each: 2 mg"),
            "told in no drops",
            id="a mass is stated beside the drops",
        ),
    ],
)
def test_drops_become_a_mass_or_say_which_size_is_missing(
    data: Path, name: str, old: str, new: str, expected: str
) -> None:
    replace(data, name, old, new)

    assert line(dose(data)) == expected


def test_drops_whose_bounds_cancel_out_have_no_mass(data: Path) -> None:
    replace(data, DROPS, "drops: 2-3 drops", 'drops: "≥ 2 drops"')
    replace(data, PRODUCT, "strength: 10 mg/mL", 'strength: "≤ 10 mg/mL"')

    assert line(dose(data)) == "bounds on both sides cancel out, and no bound is left"


def test_a_dose_in_drops_has_a_course_for_each_length_it_may_have(data: Path) -> None:
    site = load(data).site

    found = [
        (each.reading, line(each.each), line(each.daily), line(each.whole))
        for each in courses_of(site, site.regimens["drops"])
    ]

    mass = "2-3 mg = 2–3 drops × 2 nostrils × 0.05 mL × 10 mg/mL"
    a_day = "6-9 mg per day = 2–3 mg × 3 a day"
    assert [(reading and reading.replace("\u00a0", " "), *rest) for reading, *rest in found] == [
        ("for 5 days", mass, a_day, "30-45 mg = 6–9 mg a day × 5 days"),
        ("for 10 days", mass, a_day, "60-90 mg = 6–9 mg a day × 10 days"),
    ]


def test_without_the_size_of_a_drop_no_total_is_known(data: Path) -> None:
    (data / SIZE).unlink()
    site = load(data).site

    [why] = {
        line(total)
        for each in courses_of(site, site.regimens["drops"])
        for total in (each.each, each.daily, each.whole)
    }

    assert why == "volume of a drop not extracted"
    assert total_position(Relations(site), site.regimens["drops"], "daily") is None


def test_a_regimen_that_names_its_presentation_has_volumes_in_no_other(data: Path) -> None:
    write(data, "products/weak.yml", read(data, PRODUCT).replace("10 mg/mL", "1 mg/mL"))
    site = load(data).site

    found = {
        id: {each.product.id for each in volumes(site, site.regimens[id])} for id in site.regimens
    }

    assert found["drops"] == {"drops"}
    assert found["trial"] == {"drops", "weak"}


def test_no_dose_is_given_in_the_strength_of_another_medicine(data: Path) -> None:
    replace(
        data, PRODUCT, "strength: 10 mg/mL", "strength: 10 mg/mL\napart: It is another medicine."
    )
    site = load(data).site

    assert [each for regimen in site.regimens.values() for each in volumes(site, regimen)] == []


# ---- the unit that doses are shown in ----------------------------------------------------------


def with_regimens(site: Site, *given: dict[str, object]) -> Site:
    """The site with these regimens and no other; what is not given is not reported."""
    fields = ("people", "route", "each", "volume", "times", "daily", "length", "strength")
    frame = {"name": "Made up", "conditions": ["hiccups"], "at": "leaflet dosage.1.1"}
    frame |= dict.fromkeys(fields, "not reported")
    made = {
        f"r{number}": Regimen.model_validate({**frame, "id": f"r{number}", **each})
        for number, each in enumerate(given)
    }
    return Site(site.identity, {**site.records, "regimens": made})


@pytest.mark.parametrize(
    ("each", "shown"),
    [
        (["9 mg", "6 mg", "300 micrograms"], "mg"),
        (["400 micrograms", "300 micrograms", "2 mg"], "mg"),
        (["400 micrograms", "300 micrograms"], "micrograms"),
        (["not reported"], "mg"),
        (["2 g", "3 g"], "g"),
    ],
)
def test_doses_are_shown_in_the_unit_that_all_of_them_have_else_in_mg(
    site: Site, each: list[str], shown: str
) -> None:
    made = with_regimens(site, *({"each": one} for one in each))

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
    assert line(way.whole) == "60 mg = 6000 micrograms a day × 10 days"
    assert str(in_dose_unit(made, way.daily.amount)) == "6 mg per day"  # type: ignore[union-attr]
    copied = "\n".join(plain_lines(Relations(made), made.regimens["r0"], "/x.html"))
    assert "A day: 6 mg a day, in the source 6000 micrograms a day" in copied.replace("\u00a0", " ")


@pytest.mark.parametrize("text", ["5 mL", "3 per day", "2 mg/kg", "4 drops"])
def test_an_amount_that_is_no_mass_keeps_its_unit(site: Site, text: str) -> None:
    assert in_dose_unit(site, quantity(text)) == quantity(text)


# ---- what is not there is said in its own words --------------------------------------------------


def test_a_number_of_drops_that_is_absent_is_no_amount_in_each_nostril(data: Path) -> None:
    replace(data, DROPS, "drops: 2-3 drops", "drops: not reported")
    found = Relations(load(data).site)

    copied = plain_lines(found, found.site.regimens["drops"], "/x.html")

    assert "Drops in each nostril: not reported" in copied


@pytest.mark.parametrize(
    ("each", "daily", "word"),
    [
        ("not reported", "not reported", "not reported"),
        ("not extracted", "not reported", "not extracted"),
        ("not reported", "not extracted", "not extracted"),
        ("unclear", "not reported", "unclear"),
    ],
)
def test_an_amount_that_is_not_there_says_why(site: Site, each: str, daily: str, word: str) -> None:
    made = with_regimens(site, {"each": each, "daily": daily})

    assert regimen_line(made.regimens["r0"]).startswith(f"Amount {word}")


def test_a_dose_that_is_not_there_is_that_of_each_time() -> None:
    assert "amount of each dose not extracted" in study_line(study(dose="not extracted"))
