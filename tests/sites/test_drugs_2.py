"""Real statements of labels on five more drugs: what they come to, and what never is computed.

Each folder holds passages of public labels. The ids are those of the passages; what they come to
and must not come to was worked out apart from this project.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from fhir_faults import faults
from folders import DRUGS, TEMPLATES

import sitegen
from sitegen.derive.ceilings import ceilings
from sitegen.derive.course import Course
from sitegen.derive.phases import phases
from sitegen.derive.sizes import all_phases, courses_of
from sitegen.derive.total import Computed, Impossible, Stated, Total
from sitegen.derive.volumes import content, volumes
from sitegen.model import Regimen, Site
from sitegen.model.quantity import Quantity
from sitegen.model.typography import NO_BREAK
from sitegen.statements.amounts import none_line

HEPARIN, FENTANYL, DENOSUMAB = "heparin", "fentanyl", "denosumab"
FLUTICASONE = "fluticasone-propionate"
TRIPLE = "ivacaftor-tezacaftor-elexacaftor"
pytestmark = pytest.mark.slow  # the sites of several drugs are built

HERE = (HEPARIN, FENTANYL, FLUTICASONE, DENOSUMAB, TRIPLE)
Json = dict[str, Any]


@dataclass(frozen=True)
class Built:
    """The site of one drug, with every text that is published of it."""

    site: Site
    pages: dict[str, str]
    files: dict[str, bytes]

    def json(self, name: str) -> Json:
        found: Json = json.loads(self.files[f"data/v1/{name}"])
        return found

    @property
    def texts(self) -> Iterator[str]:
        """Every page, table and document, with plain spaces."""
        yield from (text.replace("\u00a0", " ") for text in self.pages.values())
        for uri, written in self.files.items():
            if uri.endswith((".json", ".csv", ".jsonld")):
                yield written.decode().replace("\u00a0", " ")


@cache
def built(drug: str) -> Built:
    """The site of a drug, built once."""
    made = sitegen.build(DRUGS[drug], TEMPLATES)
    pages = {page.uri: page.markdown for page in made.pages}
    return Built(made.site, pages, {asset.uri: asset.content for asset in made.assets})


@pytest.fixture(params=HERE, scope="module")
def drug(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def every_phase(site: Site) -> Iterator[Regimen]:
    for regimen in site.regimens.values():
        yield from phases(regimen)


def test_a_folder_is_sound_and_each_regimen_has_a_page(drug: Built) -> None:
    assert [id for id in drug.site.regimens if f"dosage/{id}.md" not in drug.pages] == []


# ---- what the statements come to -----------------------------------------------------------------

# Each as (passage, drug, regimen, phase, what, what it comes to); `what` is a total of the phase,
# `volume`, or an ingredient and the total that it is in.
COMES_TO = [
    ("hep-01", HEPARIN, "deep-subcutaneous", 1, "for 68 kg per_dose", "22644 units"),
    ("hep-01", HEPARIN, "deep-subcutaneous", 2, "for 68 kg per_dose", "17000 units"),
    ("hep-01", HEPARIN, "deep-subcutaneous", 2, "for 68 kg daily", "34000 units per day"),
    ("hep-02", HEPARIN, "intermittent-injection", 2, "daily", "20000-60000 units per day"),
    ("hep-03", HEPARIN, "continuous-infusion", 2, "hourly", "833-1670 units per hour"),
    ("hep-04", HEPARIN, "low-dose-prophylaxis", 2, "daily", "10000-15000 units per day"),
    ("hep-06", HEPARIN, "children-every-four-hours", 2, "daily", "600 units/kg per day"),
    ("hep-06", HEPARIN, "children-continuous", 2, "hourly", "833 units/m2 per hour"),
    ("fent-02", FENTANYL, "breakthrough-second", 1, "at most", "≤ 2 tablets"),
    ("fent-03", FENTANYL, "breakthrough-gap", 1, "at most", "≤ 6 per day"),
    ("fent-07", FENTANYL, "patch-rate-50", 1, "daily", "1.2 mg per day"),
    ("flut-01", FLUTICASONE, "otc-adults", 1, "daily", "4 sprays per day"),
    ("flut-01", FLUTICASONE, "otc-adults", 1, "total", "28 sprays"),
    ("flut-02", FLUTICASONE, "otc-children", 1, "daily", "2 sprays per day"),
    ("flut-03", FLUTICASONE, "prescription-once", 1, "daily", "200 micrograms per day"),
    ("flut-03", FLUTICASONE, "prescription-twice", 1, "daily", "200 micrograms per day"),
    ("flut-04", FLUTICASONE, "hfa-start", 1, "daily", "176 micrograms per day"),
    (
        "flut-05",
        FLUTICASONE,
        "older-after-bronchodilators",
        1,
        "at most",
        "≤ 880 micrograms per day",
    ),
    ("flut-05", FLUTICASONE, "older-after-oral-steroids", 1, "daily", "1760 micrograms per day"),
    ("deno-01", DENOSUMAB, "syringe", 1, "yearly", "120 mg"),
    ("deno-01", DENOSUMAB, "syringe", 1, "volume", "1 mL"),
    ("deno-05", DENOSUMAB, "syringe", 1, "volume", "1 mL"),
    ("kaft-01", TRIPLE, "light-children", 1, "Ivacaftor daily", "150 mg per day"),
    ("kaft-01", TRIPLE, "light-children", 1, "Tezacaftor daily", "50 mg per day"),
    ("kaft-01", TRIPLE, "light-children", 1, "Elexacaftor daily", "100 mg per day"),
    ("kaft-02", TRIPLE, "heavy-children", 1, "Ivacaftor daily", "300 mg per day"),
    ("kaft-02", TRIPLE, "heavy-children", 1, "Tezacaftor daily", "100 mg per day"),
    ("kaft-02", TRIPLE, "heavy-children", 1, "Elexacaftor daily", "200 mg per day"),
    ("kaft-03", TRIPLE, "adults", 1, "Ivacaftor daily", "300 mg per day"),
]
# Beyond what the passages are said to come to: what follows from the same figures.
ALSO = [
    ("hep-01", HEPARIN, "deep-subcutaneous", 2, "daily", "500 units/kg per day"),
    ("hep-03", HEPARIN, "continuous-infusion", 2, "daily", "20000-40000 units per day"),
    ("hep-06", HEPARIN, "children-continuous", 2, "daily", "20000 units/m2 per day"),
    (
        "flut-03",
        FLUTICASONE,
        "prescription-once",
        1,
        "Fluticasone propionate per_dose",
        "200 micrograms",
    ),
    (
        "flut-03",
        FLUTICASONE,
        "prescription-twice",
        1,
        "Fluticasone propionate per_dose",
        "100 micrograms",
    ),
]
# What else the passages come to, and why this site does not compute it.
NOT_COMPUTED = {
    "hep-02": "the number of doses a day stands in the formula of the amount a day",
    "hep-03": "no first day is put together, and a rate without a weight is divided by none",
    "hep-05": "the length of a session is not stated",
    "hep-06": "no amount is worked out for a body of ours",
    "hep-07": "the floor is not read as an amount; another source states the weight",
    "fent-02": "the mass of the tablet stands in another sentence",
    "fent-06": "the unit of the rates stands at the head of the table only",
    "fent-07": "three numbers share one unit, which proves the last of them only",
    "fent-08": "the number of patches is not printed, and no length of treatment is stated",
    "flut-01": "as needed, the second phase has no amount a day",
    "flut-04": "the dose is entered as a mass, and no canister is described",
    "flut-08": "the step is of another drug",
    "deno-01": "the number of doses a year stands in the formula of the amount a year",
    "deno-03": "no amount is computed for a number of weeks of ours",
    "deno-04": "the additional doses have two readings",
    "deno-06": "the volume stands with the vial as printed; none is computed with the rounding",
    "deno-f1": "a share that is printed is shown, and no other is computed",
    "deno-f2": "no number needed to treat is computed",
    "deno-f3": "the groups by kidney function have no sizes, and no share of all is printed",
    "kaft-01": "tablets of two presentations are not added up",
    "kaft-06": "no ratio of two strengths is computed",
}


def total_of(made: Built, id: str, place: int, what: str) -> Total:
    phase = phases(made.site.regimens[id])[place - 1]
    if what == "volume":
        [volume] = volumes(made.site, phase)
        return volume.dose
    if what == "at most":
        [ceiling] = ceilings(phase)
        return ceiling.most
    [way] = courses_of(made.site, phase)
    name, _, of = what.rpartition(" ")
    if name:
        held = {(one.name.replace(NO_BREAK, " "), one.of): one.total for one in way.held}
        return held[name, of]
    found: Total = getattr(way, of)
    return found


@pytest.mark.parametrize(
    ("name", "id", "place", "what", "expected"),
    [case[1:] for case in (*COMES_TO, *ALSO)],
    ids=["-".join(map(str, (case[0], *case[2:5]))) for case in (*COMES_TO, *ALSO)],
)
def test_a_statement_comes_to_this(
    name: str, id: str, place: int, what: str, expected: str
) -> None:
    total = total_of(built(name), id, place, what)

    assert isinstance(total, Computed | Stated), total
    assert str(total.amount) == expected


# ---- what must not be computed -------------------------------------------------------------------


def totals(way: Course) -> Iterator[Quantity]:
    """Every amount that a reading comes to, those of ingredients among them."""
    found = [way.per_dose, way.daily, way.weekly, way.monthly, way.total, way.all_courses]
    for total in (*found, *(held.total for held in way.held if held.kind == "ingredient")):
        if isinstance(total, Stated | Computed):
            yield total.amount


def days_between(phase: Regimen) -> float:
    """The least number of days between two doses that an interval says; nought where none does."""
    interval = phase.interval.value if phase.interval else None
    if not isinstance(interval, Quantity) or interval.range.low is None:
        return 0
    days = {"hour": 1 / 24, "day": 1, "week": 7, "month": 28}
    return float(interval.range.low) * days[interval.unit.one]


def test_a_dose_rarer_than_daily_has_no_amount_a_day(drug: Built) -> None:
    rare = [phase for phase in every_phase(drug.site) if days_between(phase) > 1]

    for phase in rare:
        for way in courses_of(drug.site, phase):
            assert isinstance(way.daily, Impossible), phase.id
    if drug.site in (built(DENOSUMAB).site, built(FENTANYL).site):
        assert rare


def test_what_is_as_needed_or_has_no_end_has_no_total(drug: Built) -> None:
    for phase in every_phase(drug.site):
        if phase.as_needed or phase.until:
            for way in courses_of(drug.site, phase):
                assert isinstance(way.total, Impossible), phase.id
                assert not (phase.as_needed and isinstance(way.daily, Computed)), phase.id


def test_no_sum_leaves_a_phase_out(drug: Built) -> None:
    for regimen in drug.site.regimens.values():
        if regimen.then:
            [(_, total)] = all_phases(drug.site, regimen)
            assert isinstance(total, Impossible), regimen.id


def test_an_amount_by_body_stays_one_and_units_are_no_mass(drug: Built) -> None:
    for phase in every_phase(drug.site):
        each = phase.each.value
        if not isinstance(each, Quantity) or each.unit.one.split("/")[0] != "unit":
            continue
        for way in courses_of(drug.site, phase):
            for amount in totals(way):
                assert amount.unit.one.split(" per ")[0] == each.unit.one, phase.id


def test_ingredients_are_never_added_up(drug: Built) -> None:
    """Each amount of an ingredient is that of one; a total beside several is no mass."""
    for phase in every_phase(drug.site):
        for way in courses_of(drug.site, phase):
            names = [held.name for held in way.held if held.of == "daily"]
            assert len(names) == len(set(names))
            if len(names) > 1:
                assert isinstance(way.daily, Impossible)


def test_doses_of_an_open_number_are_not_made_of_an_amount(drug: Built) -> None:
    """No strength makes a mass of what no amount in a spray or tablet is stated for."""
    for phase in every_phase(drug.site):
        for way in courses_of(drug.site, phase):
            kinds = {held.kind for held in way.held}
            assert "ingredient" not in kinds or phase.product or phase.parts_of_day
            assert ("body" in kinds) == bool(phase.for_body)


# What the passages must not come to, in the words in which a page or a table would say it.
NEVER = {
    HEPARIN: ("12.3 units", "24.5 units", "10,200 units", "10.000 units", "once a day"),
    FENTANYL: ("58 micrograms", "every 30 minutes", "every 4 hours", "0.33", "3,200 micrograms"),
    FLUTICASONE: ("730", "8 doses", "0.176 mg"),
    DENOSUMAB: ("10 mg a month", "119 mg", "1.71", "1,400", "180 days", "26 weeks", "12 a year"),
    TRIPLE: ("225 mg", "300 mg a course", "600 mg", "twice a day", "every 12 hours", "3 tablets"),
}


@pytest.mark.parametrize("name", NEVER)
def test_what_must_not_be_computed_is_nowhere(name: str) -> None:
    found = {never for text in built(name).texts for never in NEVER[name] if is_in(never, text)}

    assert found == set()


def is_in(words: str, text: str) -> bool:
    return re.search(rf"(?<![0-9.,]){re.escape(words)}(?![0-9])", text) is not None


# ---- FHIR ----------------------------------------------------------------------------------------


def dosages(made: Built, id: str) -> list[Json]:
    [guideline] = made.json(f"fhir/{id}.json")["indicationGuideline"]
    [dosing] = guideline["dosingGuideline"]
    given = dosing.get("dosage", [])
    found: list[Json] = [one for dosage in given for one in dosage["dosage"]]
    return found


def test_what_is_exported_has_no_fault(drug: Built) -> None:
    assert faults(drug.json("fhir/bundle.json")) == []


def test_every_phase_is_exported_in_its_place(drug: Built) -> None:
    for regimen in drug.site.regimens.values():
        made = dosages(drug, regimen.id)
        parts = [phase for phase in phases(regimen) if phase.other_substance is None]
        if not parts:
            assert made == []
            continue
        place, expected = 1, [1 if regimen.then else None]
        for phase in regimen.then:
            place += not phase.is_together
            expected.append(place)
        assert [one.get("sequence") for one in made] == expected
        for phase, one in zip(parts, made, strict=True):
            check_dosage(phase, one)


FHIR_TIMES = {"morning": "MORN", "evening": "EVE"}


def check_dosage(phase: Regimen, made: Json) -> None:
    """As needed, limits, rate, times of the day and the interval are those of the phase."""
    assert ("asNeeded" in made or "asNeededFor" in made) == (phase.as_needed is not None)
    assert ("maxDosePerAdministration" in made) == bool(phase.max)
    assert "maxDosePerPeriod" not in made
    rates = [
        dose for dose in made.get("doseAndRate", []) if {"rateRange", "rateQuantity"} & {*dose}
    ]
    assert bool(rates) == (phase.rate is not None)
    repeat = made.get("timing", {}).get("repeat", {})
    when = [FHIR_TIMES[time] for time in phase.when if time in FHIR_TIMES]
    assert repeat.get("when", []) == when
    interval = phase.interval.value if phase.interval else None
    if isinstance(interval, Quantity) and interval.range.high and phase.times.absence:
        assert repeat["periodUnit"] == interval.unit.ucum
    if isinstance(interval, Quantity) and interval.range.high is None:
        assert "period" not in repeat


def test_unequal_doses_are_exported_with_their_presentations() -> None:
    [made] = dosages(built(TRIPLE), "light-children")

    found = {one["url"].rpartition(":")[2]: one for one in made["extension"]}
    assert found["dose-morning"]["valueQuantity"]["value"] == 2
    assert found["presentation-morning"]["valueString"] == "Triple tablet, lower strength"
    assert found["presentation-evening"]["valueString"] == "Ivacaftor tablet, lower strength"


def test_results_of_a_trial_are_evidence_of_fhir_with_what_is_printed() -> None:
    entries = built(DENOSUMAB).json("fhir/bundle.json")["entry"]
    [made] = [one["resource"] for one in entries if one["resource"]["resourceType"] == "Evidence"]
    drug, placebo, compared = made["statistic"]

    assert made["title"] == "New vertebral fractures"
    assert (drug["quantity"]["value"], placebo["quantity"]["value"]) == (2.3, 7.2)
    assert drug["description"] == "Prolia: 2.3 %"
    assert compared == {
        "attributeEstimate": [{"type": {"text": "p value"}, "description": "p < 0.0001"}]
    }
    assert "sampleSize" not in drug
    assert "4.9" not in json.dumps(made)


def test_the_weight_that_a_label_works_amounts_out_for_is_shown_and_exported() -> None:
    made = built(HEPARIN)
    page = plain(made.pages["dosage/deep-subcutaneous.md"])
    first, second = dosages(made, "deep-subcutaneous")
    computed = made.json("regimens/deep-subcutaneous.json")["computed"]["phases"][1]["courses"]

    assert "Worked out for 68 kg" in page
    assert "for 68 kg: 34,000 units a day 500 units/kg a day × 68 kg" in page
    for one in (first, second):
        told = {part["url"].rpartition(":")[2]: part for part in one["extension"]}
        assert told["worked-out-for"]["valueString"] == "68 kg"
        assert one["doseAndRate"][0]["doseQuantity"]["unit"] == "units/kg"
    assert [one["in"] for one in computed[0]["for_a_body"]] == ["each_dose", "a_day"]
    assert "ingredients" not in computed[0]
    table = made.files["data/v1/csv/regimens.csv"].decode()
    assert "a_day for 68 kg: 34000 units per day (500 units/kg a day × 68 kg)" in table


def test_a_strength_that_is_unclear_gives_no_volume_and_says_why() -> None:
    made = built(DENOSUMAB)
    [volume] = volumes(made.site, made.site.regimens["vial"])
    mass = content(made.site.products["vial"])

    assert isinstance(volume.dose, Impossible)
    assert none_line(volume.dose) == "cannot be computed: strength unclear"
    assert isinstance(mass, Stated)
    assert str(mass.amount) == "120 mg"
    page = plain(made.pages["dosage/vial.md"])
    assert "cannot be computed: strength unclear" in page


def test_a_dose_before_an_event_says_how_long_before_it() -> None:
    first, _ = dosages(built(HEPARIN), "low-dose-prophylaxis")
    told = {one["url"].rpartition(":")[2]: one for one in first["extension"]}
    page = plain(built(HEPARIN).pages["dosage/low-dose-prophylaxis.md"])

    assert told["event"]["valueString"] == "before surgery"
    assert told["time-from-meal"]["valueQuantity"]["value"] == 2
    assert "5,000 units 2 hours before surgery" in page


def test_a_target_is_exported_in_words() -> None:
    [made] = dosages(built(HEPARIN), "target")

    extensions = {one["url"].rpartition(":")[2]: one for one in made["extension"]}
    assert extensions["target"]["valueString"].startswith("set by activated partial")


# ---- pages ---------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """A page without marks of HTML and Markdown."""
    without = re.sub("<[^>]*>", " ", text).replace("\u00a0", " ")
    return " ".join(re.sub("&#([0-9]+);", lambda code: chr(int(code[1])), without).split())


def test_a_later_phase_shows_its_own_frequency_and_duration() -> None:
    page = plain(built(HEPARIN).pages["dosage/deep-subcutaneous.md"])

    assert "Frequency (phase 2 of 2: maintenance) once" not in page
    assert "250 units/kg every 12 hours" in page


def test_the_doses_of_a_day_name_their_presentations() -> None:
    page = plain(built(TRIPLE).pages["dosage/light-children.md"])

    assert "1 tablet of another presentation in the evening" in page
    assert "morning: Triple tablet, lower strength" in page
    assert "Ivacaftor: 150 mg a day 2 tablets × 37.5 mg/tablet + 1 tablet × 75 mg/tablet" in page


def test_ingredients_stand_on_the_page_of_products_and_in_files() -> None:
    made = built(TRIPLE)

    assert "Tezacaftor: 25 mg" in plain(made.pages["substance/products.md"])
    [course] = made.json("regimens/adults.json")["computed"]["courses"]
    assert [one["name"] for one in course["ingredients"]] == [
        "Ivacaftor",
        "Tezacaftor",
        "Elexacaftor",
    ]
    table = made.files["data/v1/csv/regimens.csv"].decode()
    assert "a_day Ivacaftor: 300 mg per day (2 tablets × 75 mg/tablet + 1 tablet" in table
