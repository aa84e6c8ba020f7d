"""Real statements of labels on some drugs: what they come to, and what never is computed.

Each folder holds passages of public labels. The ids are those of the passages; what they come to
and must not come to was worked out apart from this project.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pytest
from fhir_faults import faults
from folders import DRUGS, TEMPLATES

import sitegen
from sitegen.derive.ceilings import ceilings
from sitegen.derive.phases import phases
from sitegen.derive.sizes import all_phases, courses_of
from sitegen.derive.total import Computed, Impossible, Stated, Total
from sitegen.derive.volumes import content, volumes
from sitegen.derive.weeks import length_by_weeks
from sitegen.model import Regimen, Site
from sitegen.model.quantity import Quantity

pytestmark = pytest.mark.slow  # the sites of several drugs are built

HERE = (
    "amoxicillin",
    "hydrocortisone",
    "levothyroxine",
    "methotrexate",
    "methylprednisolone",
    "prednisolone",
    "semaglutide",
)
Json = dict[str, Any]


@dataclass(frozen=True)
class Built:
    """The site of one drug, with every text that is published of it."""

    site: Site
    pages: dict[str, str]
    files: dict[str, str]
    search: str

    @cached_property
    def published(self) -> str:
        """Every page, file and entry of the search as one text, with plain spaces."""
        texts = [*self.pages.values(), *self.files.values(), self.search]
        return "\n".join(texts).replace("\u00a0", " ")

    def json(self, name: str) -> Json:
        found: Json = json.loads(self.files[f"data/v1/{name}"])
        return found


@cache
def built(drug: str) -> Built:
    """The site of a drug, built once."""
    made = sitegen.build(DRUGS[drug], TEMPLATES)
    pages = {page.uri: page.markdown for page in made.pages}
    files = {asset.uri: asset.content.decode() for asset in made.assets if _is_text(asset.uri)}
    search = json.dumps(list(made.documents), ensure_ascii=False)
    return Built(made.site, pages, files, search)


def _is_text(uri: str) -> bool:
    return uri.endswith((".json", ".csv", ".md", ".txt", ".jsonld"))


@pytest.fixture(params=HERE)
def drug(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def every_phase(site: Site) -> Iterator[tuple[Regimen, Regimen]]:
    """Each regimen with each of its phases."""
    for regimen in site.regimens.values():
        for phase in phases(regimen):
            yield regimen, phase


def test_a_folder_is_sound_and_its_site_is_built(drug: Built) -> None:
    assert drug.pages["dosage/index.md"]
    for id in drug.site.regimens:
        assert f"dosage/{id}.md" in drug.pages


# ---- what the statements come to -----------------------------------------------------------------

# Each as (passage, drug, regimen, phase, what, what it comes to).
COMES_TO = [
    ("mtx-02", "methotrexate", "arthritis-single", 1, "volume", "3.75 mL"),
    ("mtx-04", "methotrexate", "arthritis-single", 1, "weekly", "7.5 mg"),
    ("mtx-04", "methotrexate", "arthritis-divided", 1, "weekly", "7.5 mg"),
    ("mtx-06", "methotrexate", "trophoblastic", 1, "total", "75-150 mg"),
    ("mtx-06", "methotrexate", "trophoblastic", 1, "all courses, reading 1", "225-750 mg"),
    ("mtx-06", "methotrexate", "trophoblastic", 1, "all courses, reading 2", "300-900 mg"),
    ("mtx-07", "methotrexate", "leukaemia-maintenance", 1, "per_dose", "15 mg/m2"),
    ("mtx-08", "methotrexate", "breast-cancer", 1, "total", "80 mg/m2"),
    ("mtx-08", "methotrexate", "breast-cancer-over-60", 1, "total", "60 mg/m2"),
    ("mtx-08", "methotrexate", "breast-cancer", 2, "total", "1400 mg/m2"),
    ("mtx-08", "methotrexate", "breast-cancer", 3, "total", "1200 mg/m2"),
    ("sema-01", "semaglutide", "ozempic-steps", 1, "total", "1 mg"),
    ("sema-06", "semaglutide", "wegovy-steps", 3, "length", "4 weeks"),
    ("pred-01", "prednisolone", "eye-drops", 1, "daily", "8 drops per day"),
    ("pred-02", "prednisolone", "eye-drops-maker", 2, "daily", "2-4 drops per day"),
    ("pred-03", "prednisolone", "multiple-sclerosis", 1, "total", "1400 mg"),
    (
        "pred-03",
        "prednisolone",
        "multiple-sclerosis",
        1,
        "as Methylprednisolone daily",
        "160 mg per day",
    ),
    ("pred-03", "prednisolone", "multiple-sclerosis", 2, "as Methylprednisolone per_dose", "64 mg"),
    ("pred-04", "methylprednisolone", "multiple-sclerosis", 1, "total", "1120 mg"),
    ("pred-06", "prednisolone", "tablets-example", 1, "volume a day", "8 tablets per day"),
    ("amox-01", "amoxicillin", "adults-12-hours", 1, "daily", "1000 mg per day"),
    ("amox-01", "amoxicillin", "adults-8-hours", 1, "daily", "750 mg per day"),
    ("amox-01", "amoxicillin", "children-12-hours", 1, "per_dose", "12.5 mg/kg"),
    ("amox-01", "amoxicillin", "children-8-hours", 1, "per_dose", "6.67 mg/kg"),
    ("amox-03", "amoxicillin", "infants", 1, "at most", "≤ 15 mg/kg"),
    ("amox-04", "amoxicillin", "triple-therapy", 1, "daily", "2000 mg per day"),
    ("amox-04", "amoxicillin", "triple-therapy", 1, "total", "28000 mg"),
    ("amox-04", "amoxicillin", "triple-therapy", 2, "total", "14000 mg"),
    ("amox-04", "amoxicillin", "triple-therapy", 3, "total", "840 mg"),
    ("amox-05", "amoxicillin", "gfr-10-30-500-mg", 1, "daily", "1000 mg per day"),
    ("amox-05", "amoxicillin", "gfr-10-30-250-mg", 1, "daily", "500 mg per day"),
    ("amox-05", "amoxicillin", "gfr-under-10-500-mg", 1, "daily", "500 mg per day"),
    ("amox-05", "amoxicillin", "gfr-under-10-250-mg", 1, "daily", "250 mg per day"),
]
# What else the passages come to, and why this site does not compute it.
NOT_COMPUTED = {
    "levo-01": "the range is not printed as one, so no amount a day is entered",
    "levo-02": "no time is worked out for steps that depend on the response",
    "levo-05": "the size of a teaspoon is no dose",
    "levo-07": "a number of strengths is counted on the page of presentations",
    "levo-08": "no amount is worked out for a person of a weight of ours",
    "mtx-02": "no regimen of the source of the solution has 10 mg",
    "mtx-04": "no tablet of 2.5 mg is described, and the span of a set has no field",
    "mtx-05": "no amount is worked out for a body surface of ours",
    "sema-03": "what to do about a missed dose has no field that is computed with",
    "sema-04": "a number of doses in a pen would say that all of it may be used",
    "sema-06": "the week in which the last phase begins is lost in the copy",
    "sema-f2": "the sizes of the arms are not in the sentence, and no risk is computed of shares",
    "pred-01": "for both eyes: how many are treated is open",
    "pred-03": "no length of a month is assumed",
    "pred-05": "the equivalence stands in another source",
    "pred-07": "no amount a day is stated, and shares are words",
    "amox-01": "no amount is worked out for a person of a weight of ours",
    "amox-04": "no capsule is described",
    "amox-07": "no amount is worked out for a person of a weight of ours",
    "amox-08": "no ratio of two substances is computed",
    "amox-f1": "no ratio of two substances is computed",
    "amox-f2": "no number of people is made of a percentage",
}


def total_of(made: Built, id: str, number: int, what: str) -> Total:
    phase = phases(made.site.regimens[id])[number - 1]
    if what.startswith("volume"):
        [volume] = volumes(made.site, phase)
        return volume.day if what.endswith("a day") else volume.dose
    if what == "length":
        length = length_by_weeks(phase)
        assert length is not None
        return length
    if what == "at most":
        [ceiling] = ceilings(phase)
        return ceiling.most
    ways = courses_of(made.site, phase)
    if what.startswith("all courses"):
        total = ways[int(what[-1]) - 1].all_courses
        assert total is not None
        return total
    way, *others = ways
    name, _, of = what.rpartition(" ")
    if name:
        [found] = [one.total for one in way.held if (one.name, one.of) == (name, of)]
        return found
    assert {getattr(other, what) for other in others} <= {getattr(way, what)}
    total = getattr(way, what)
    assert isinstance(total, Computed | Stated | Impossible)
    return total


@pytest.mark.parametrize(
    ("name", "id", "number", "what", "expected"),
    [case[1:] for case in COMES_TO],
    ids=["-".join(map(str, (case[0], *case[2:5]))) for case in COMES_TO],
)
def test_a_statement_comes_to_this(
    name: str, id: str, number: int, what: str, expected: str
) -> None:
    total = total_of(built(name), id, number, what)

    assert isinstance(total, Computed | Stated), total
    assert str(total.amount) == expected


def test_what_is_not_computed_has_a_reason() -> None:
    assert all(NOT_COMPUTED.values())


def test_a_volume_that_the_label_rounds_fits_the_strength_that_it_rounds() -> None:
    page = built("semaglutide").pages["checks/index.md"]

    assert "rounds to" in page
    assert "no source describes a product of this strength" not in page


# ---- what must not be computed -------------------------------------------------------------------


def is_rare(phase: Regimen) -> bool:
    """Whether doses are counted by the week or month, or come at longer times than a day."""
    times, interval = phase.times.value, phase.interval
    if isinstance(times, Quantity):
        return times.unit.one in ("per week", "per month", "per year")
    if interval is None or not isinstance(interval.value, Quantity):
        return False
    return interval.value.unit.one in ("week", "month", "year") or (
        interval.value.unit.one == "day" and (interval.value.range.low or 0) > 1
    )


def test_a_dose_rarer_than_daily_has_no_amount_a_day(drug: Built) -> None:
    """No weekly amount is divided by the days of a week, and no alternate day halved."""
    for regimen, phase in every_phase(drug.site):
        if is_rare(phase):
            assert [
                way.daily for way in courses_of(drug.site, phase) if isinstance(way.daily, Computed)
            ] == [], regimen.id


def amounts_a_day(value: object) -> Iterator[Json]:
    """Every amount a day in a document, and in what it holds."""
    if isinstance(value, dict):
        if "a_day" in value:
            yield value["a_day"]
        for inner in value.values():
            yield from amounts_a_day(inner)
    if isinstance(value, list):
        for inner in value:
            yield from amounts_a_day(inner)


def test_no_file_has_an_amount_a_day_of_a_rare_dose(drug: Built) -> None:
    rows = list(csv.DictReader(io.StringIO(drug.files["data/v1/csv/regimens.csv"], newline="")))
    for regimen in drug.site.regimens.values():
        if not all(map(is_rare, phases(regimen))):
            continue
        days = [*amounts_a_day(drug.json(f"regimens/{regimen.id}.json"))]
        assert days
        assert [one for one in days if "cannot_be_computed" not in one] == []
        cells = {row["computed_a_day"] for row in rows if row["id"] == regimen.id}
        assert cells == {"cannot be computed"}


def test_no_published_text_has_an_amount_a_day_of_a_weekly_dose() -> None:
    for name, weekly in {
        "methotrexate": ("7.5", "10", "2.5", "30"),
        "semaglutide": ("0.25", "0.5", "1", "2", "1.7", "2.4"),
    }.items():
        means = "|".join(re.escape(f"{float(value) / 7:.3g}") for value in weekly)
        per_day = rf"\b(?:{means})[0-9]* mg(?:/m2)?(?: a day| per day|/day)"
        assert re.findall(per_day, built(name).published) == []


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("methotrexate", ["35 mg", "60 mg/m2 a week", "14 a week", "5.36 mg"]),
        ("prednisolone", ["40 mg every", "16 drops", "1200 mg"]),
        ("methylprednisolone", ["32 mg", "26 mg", "-48 mg"]),
        ("hydrocortisone", ["half of", "2/3 in the morning"]),
        ("amoxicillin", ["625 mg", "7.5 mg/kg", "1375 mg", "274 mg", "375 mg"]),
        ("levothyroxine", ["100-200 micrograms/tablet", "3 months 15 days", "26 mg"]),
        ("semaglutide", ["14 weeks", "58 weeks", "7.9", "26 %", "26%"]),
    ],
)
def test_no_published_text_has_what_must_not_be_computed(name: str, never: list[str]) -> None:
    text = built(name).published

    found = [one for one in never if re.search(rf"(?<![\w.,-]){re.escape(one)}(?![\w/])", text)]

    assert found == []


def test_an_amount_by_body_weight_stays_one(drug: Built) -> None:
    for regimen, phase in every_phase(drug.site):
        stated = [phase.each.value, phase.daily.value, phase.weekly and phase.weekly.value]
        by_body = [
            value.unit.one.split(" per ")[0].partition("/")[2]
            for value in stated
            if isinstance(value, Quantity) and "/" in value.unit.one
        ]
        for way in courses_of(drug.site, phase) if by_body else ():
            totals = (way.per_dose, way.daily, way.weekly, way.monthly, way.total, way.all_courses)
            for total in totals:
                if isinstance(total, Computed | Stated):
                    assert f"/{by_body[0]}" in total.amount.unit.one, regimen.id


def test_tablets_stay_tablets(drug: Built) -> None:
    for regimen, phase in every_phase(drug.site):
        each = phase.each.value
        if isinstance(each, Quantity) and "mass" not in dict(each.unit.dimension):
            for way in courses_of(drug.site, phase):
                for total in (way.per_dose, way.daily, way.total):
                    is_mass = isinstance(total, Computed) and "mass" in dict(
                        total.amount.unit.dimension
                    )
                    assert not is_mass, regimen.id


def test_what_has_no_end_has_no_total(drug: Built) -> None:
    for regimen, phase in every_phase(drug.site):
        if phase.as_needed or phase.until or phase.length.absence:
            times = phase.times.value
            counted = isinstance(times, Quantity) and times.unit.one == "time"
            in_all = counted or bool(phase.days)
            for way in courses_of(drug.site, phase):
                assert in_all or isinstance(way.total, Impossible), regimen.id


def test_no_sum_leaves_a_phase_out(drug: Built) -> None:
    for regimen in drug.site.regimens.values():
        if regimen.then:
            [(_, total)] = all_phases(drug.site, regimen)
            assert isinstance(total, Impossible), regimen.id


def test_no_tablets_are_counted_by_body_weight(drug: Built) -> None:
    for regimen in drug.site.regimens.values():
        for volume in volumes(drug.site, regimen):
            for total in (volume.dose, volume.day, volume.course):
                if isinstance(total, Computed):
                    assert not re.search("(?:tablets?|capsules?)/(?:kg|m2)", str(total.amount))


def test_no_solution_to_drink_is_counted_for_a_vein() -> None:
    site = built("methotrexate").site

    assert volumes(site, site.regimens["breast-cancer"]) == ()


def test_a_pen_of_one_brand_is_no_if_for_the_label_of_another_and_is_in_no_drops() -> None:
    made = built("semaglutide")
    page = made.pages["dosage/strengths-and-volumes.md"]

    assert volumes(made.site, made.site.regimens["wegovy-steps"]) == ()
    assert volumes(made.site, made.site.regimens["ozempic-steps"])
    assert "{#volumes}" not in made.pages["dosage/wegovy-steps.md"]
    assert "Drops per dose" not in page
    assert "Bottles per dose" not in page


def test_a_pen_holds_what_its_label_says_and_not_what_rounded_numbers_come_to() -> None:
    made = built("semaglutide")
    mass = content(made.site.products["pen-first"])

    assert isinstance(mass, Stated)
    assert str(mass.amount) == "2 mg"
    assert "2.01 mg" not in made.published


def test_an_equivalence_of_the_label_is_in_files_and_in_no_fhir() -> None:
    made = built("prednisolone")
    computed = made.json("regimens/multiple-sclerosis.json")["computed"]["phases"][1]["courses"]

    assert [one["in"] for one in computed[0]["equivalents"]] == ["each_dose", "a_week"]
    assert "each_dose as Methylprednisolone: 64 mg (80 mg × 4 mg ÷ 5 mg)" in made.published
    assert "Methylprednisolone" not in json.dumps(dosages(made, "multiple-sclerosis"))
    assert built("methylprednisolone").published.count("as Prednisolone") == 0


def test_weeks_that_a_copy_has_lost_are_not_filled_in() -> None:
    made = built("semaglutide")
    page = made.pages["dosage/wegovy-steps.md"].replace("\u00a0", " ")
    weeks = [phase.weeks.value for phase in phases(made.site.regimens["wegovy-steps"])]

    assert [str(one) for one in weeks] == ["unclear", "unclear", "from 9", "from 13", "unclear"]
    assert "from week 9, until the next phase in week 13" in page
    assert not re.findall("week (?:12|16|17)", page)
    told = [one["valueString"] for one in dosages(made, "wegovy-steps")[2]["extension"]]
    assert told == ["from week 9"]


def test_tablets_of_one_label_are_counted_for_no_other_label() -> None:
    made = built("levothyroxine")
    page = made.pages["dosage/strengths-and-volumes.md"]

    assert volumes(made.site, made.site.regimens["start-adults"]) == ()
    assert volumes(made.site, made.site.regimens["grown"])
    assert "Drops per dose" not in page
    assert "Bottles per dose" not in page


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
        assert len(made) == len(parts)
        place, expected = 1, [1] if regimen.then else [None]
        for phase in regimen.then:
            place += not phase.is_together
            expected += [place] if phase.other_substance is None else []
        assert [one.get("sequence") for one in made] == expected
        for phase, one in zip(parts, made, strict=True):
            check_dosage(phase, one)


FHIR_TIMES = {"before breakfast": "ACM", "morning": "MORN", "bedtime": "HS"}


def check_dosage(phase: Regimen, made: Json) -> None:
    """As needed, limits in a period and times of the day are those of the phase."""
    assert ("asNeeded" in made or "asNeededFor" in made) == (phase.as_needed is not None)
    limits = [most for most in phase.max if " per " in most.value.unit.one]
    assert len(made.get("maxDosePerPeriod", [])) == len(limits)
    when = [FHIR_TIMES[time] for time in phase.when if time in FHIR_TIMES]
    assert made.get("timing", {}).get("repeat", {}).get("when", []) == when


def test_a_hazard_ratio_is_evidence_of_fhir_with_its_interval() -> None:
    entries = built("semaglutide").json("fhir/bundle.json")["entry"]
    [made] = [one["resource"] for one in entries if one["resource"]["resourceType"] == "Evidence"]
    *groups, ratio = made["statistic"]

    assert [one["numberAffected"] for one in groups] == [108, 146]
    assert [one["quantity"]["value"] for one in groups] == [6.6, 8.9]
    assert ratio["statisticType"] == {"text": "hazard ratio"}
    assert ratio["quantity"] == {"value": 0.74}
    [interval] = ratio["attributeEstimate"]
    assert interval["level"] == 0.95
    assert interval["range"] == {"low": {"value": 0.58}, "high": {"value": 0.95}}
    assert "coding" not in json.dumps(made)


def uses(drug: str, kind: str) -> list[Json]:
    """What FHIR has of the cautions of a drug, of one type."""
    entries = built(drug).json("fhir/bundle.json")["entry"]
    found = [one["resource"] for one in entries]
    return [one for one in found if one.get("type") == kind]


def test_a_band_of_frequency_is_the_word_of_the_source_and_no_share() -> None:
    effects = [one["undesirableEffect"] for one in uses("semaglutide", "undesirable-effect")]
    bands = sorted(one["frequencyOfOccurrence"]["text"] for one in effects)

    assert bands == ["common"] * 2 + ["very common"] * 3
    assert all("classification" not in one for one in effects)
    page = built("semaglutide").pages["safety/index.md"].replace("\u00a0", " ")
    assert "very common" in page
    assert not re.findall(r"10 ?%", page)


def test_an_interaction_has_its_effect_and_what_is_to_be_done() -> None:
    [made] = uses("levothyroxine", "interaction")
    interaction = made["interaction"]

    assert interaction["effect"]["concept"]["text"] == "Less levothyroxine is absorbed"
    assert "at least 4 hours" in interaction["management"][0]["text"]


def test_what_is_given_of_another_substance_is_shown_and_no_dosage() -> None:
    [guideline] = built("amoxicillin").json("fhir/triple-therapy.json")["indicationGuideline"]
    [dosing] = guideline["dosingGuideline"]
    texts = [one["valueString"] for one in dosing["extension"]]

    assert [one.split(":")[0] for one in texts] == ["clarithromycin", "lansoprazole"]
    assert all("twice a day" in one for one in texts)


def test_another_substance_has_its_totals_and_no_sum_with_this_one() -> None:
    made = built("methotrexate")
    computed = made.json("regimens/breast-cancer.json")["computed"]

    assert [phase["phase"] for phase in computed["phases"]][1:] == [
        "phase 2 of 3: cyclophosphamide, together with the one before",
        "phase 3 of 3: 5 - Fluorouracil, together with the one before",
    ]
    assert computed["all_phases"] == {
        "cannot_be_computed": "the phases are of different substances"
    }
    assert {volume["phase"] for volume in computed["volumes"]} <= {"phase 1 of 3"}
    assert not re.search("2,?080\\s?mg", made.published)


def test_days_and_cycles_are_published() -> None:
    made = built("methotrexate")
    page = made.pages["dosage/breast-cancer.md"].replace("\u00a0", " ")
    table = made.files["data/v1/csv/regimens.csv"]

    assert "on days 1–14" in page
    assert "one every 28 days" in page
    assert "1-14" in table
    [dosage] = dosages(made, "breast-cancer")
    found = {one["url"].rpartition(":")[2]: one for one in dosage["extension"]}
    assert found["days"]["valueString"].endswith("1 and 8")
    assert found["cycle"]["valueQuantity"]["value"] == 28


def test_a_rule_for_a_missed_dose_is_shown_as_reported_and_found() -> None:
    made = built("semaglutide")
    page = made.pages["dosage/forgotten.md"].replace("\u00a0", " ").replace("&#58;", ":")

    assert "<dt>Missed dose</dt>" in page
    assert "up to 5 days late: it is injected at once" in page
    assert "Missed dose: up to" in made.search
    assert "no condition named" in page
    assert json.dumps([]) in json.dumps(made.json("regimens/forgotten.json")["conditions"])


def test_a_regimen_without_a_condition_is_listed_and_exported() -> None:
    made = built("levothyroxine")
    nameless = [id for id, regimen in made.site.regimens.items() if not regimen.conditions]

    assert nameless
    for id in nameless:
        assert 'data-values="no condition named"' in made.pages["dosage/index.md"]
        assert f'id="regimens-{id}"' in made.pages["dosage/index.md"]
        [guideline] = made.json(f"fhir/{id}.json")["indicationGuideline"]
        assert "indication" not in guideline


def test_a_limit_is_exported_as_an_amount_in_a_period() -> None:
    [made] = dosages(built("amoxicillin"), "infants")

    [limit] = made["maxDosePerPeriod"]
    assert limit["numerator"]["value"] == 30
    assert limit["numerator"]["code"] == "mg/kg"
    assert limit["denominator"]["code"] == "d"
