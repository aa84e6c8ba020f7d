"""FHIR R5: what is exported is valid, and says neither more nor less than the records."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import exported
import pytest
from exported import DATA, Exported
from fhir_faults import UCUM, Json, faults, nodes, read
from sound import sound_folder, study, write

from sitegen.derive.dose_sites import pair_of
from sitegen.derive.phases import phases
from sitegen.derive.relations import Relations
from sitegen.export import fhir_dosage
from sitegen.export.fhir import NOT_CARRIED, bundle, medication_knowledge
from sitegen.export.fhir_results import evidence
from sitegen.model import CAUTION_KINDS, Regimen, Reported
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, quantity, write_number
from sitegen.read.load import load
from sitegen.statements.regimens import regimen_line

HICCUPS = "regimens/hiccups.yml"


@pytest.fixture(params=DATA)
def made(request: pytest.FixtureRequest) -> Exported:
    return exported.of(request.param)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


# ---- what the library checks, and what it does not -----------------------------------------------


def test_the_bundle_has_no_fault(made: Exported) -> None:
    assert faults(made.json("fhir/bundle.json")) == []


def test_the_bundle_is_the_same_after_it_was_read(made: Exported) -> None:
    bundle = made.json("fhir/bundle.json")

    assert json.loads(read(bundle).model_dump_json()) == bundle


def resource(bundle: Json, kind: str) -> Json:
    return next(
        entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind
    )


def repeat(bundle: Json) -> Json:
    """The timing of a clear regimen."""
    return next(node["repeat"] for node in nodes(bundle) if "frequency" in node.get("repeat", {}))


def dose(bundle: Json) -> Json:
    return next(node for node in nodes(bundle) if "value" in node.get("doseQuantity", {}))


def numbers(bundle: Json) -> Json:
    return next(node for node in nodes(bundle) if "low" in node and "high" in node)


def dosages(bundle: Json) -> list[Json]:
    found: list[Json] = next(
        node["dosage"] for node in nodes(bundle) if "type" in node and "dosage" in node
    )
    return found


FAULTS: list[tuple[str, Callable[[Json], object], str]] = [
    ("an unknown field", lambda it: dose(it).update(amount=1), "structure"),
    ("two doses", lambda it: dose(it).update(doseRange={"low": {"value": 1}}), "structure"),
    ("no type of use", lambda it: resource(it, "ClinicalUseDefinition").pop("type"), "structure"),
    ("asNeeded in words", lambda it: dosages(it)[0].update(asNeeded="perhaps"), "structure"),
    ("a unit in full", lambda it: repeat(it).update(periodUnit="day"), "words: periodUnit day"),
    (
        "an invented status",
        lambda it: resource(it, "MedicationKnowledge").update(status="nonsense"),
        "words: status nonsense",
    ),
    (
        "an invented use",
        lambda it: resource(it, "ClinicalUseDefinition").update(type="nonsense"),
        "words: type nonsense",
    ),
    ("a period without a unit", lambda it: repeat(it).pop("periodUnit"), "invariant: tim-2"),
    ("a negative period", lambda it: repeat(it).update(period=-1), "invariant: tim-5"),
    (
        "a range of no period",
        lambda it: (repeat(it).update(periodMax=2), repeat(it).pop("period")),
        "invariant: tim-6",
    ),
    ("a range of no duration", lambda it: repeat(it).update(durationMax=2), "invariant: tim-7"),
    ("a range of no count", lambda it: repeat(it).update(countMax=2), "invariant: tim-8"),
    ("a range that falls", lambda it: numbers(it)["low"].update(value=1e6), "invariant: rng-2"),
    ("a code of no system", lambda it: dose(it)["doseQuantity"].pop("system"), "invariant: qty-3"),
    (
        "a drop as a volume",
        lambda it: dose(it)["doseQuantity"].update(code="[drp]"),
        "invariant: ucum",
    ),
    (
        "a bound in a dose",
        lambda it: dose(it)["doseQuantity"].update(comparator="<"),
        "invariant: sqt-1",
    ),
    ("an untyped dose", lambda it: dose(it).pop("type"), "invariant: dose-type"),
    ("two dosages", lambda it: dosages(it).append(dosages(it)[0]), "invariant: sequence"),
    (
        "an empty extension",
        lambda it: resource(it, "Substance")["extension"][0].pop("valueString"),
        "invariant: ext-1",
    ),
    (
        "one address twice",
        lambda it: it["entry"][1].update(fullUrl=it["entry"][0]["fullUrl"]),
        "invariant: bdl-7",
    ),
    ("an error", lambda it: it["issues"]["issue"][0].update(severity="error"), "invariant: bdl-16"),
    (
        "two uses",
        lambda it: resource(it, "ClinicalUseDefinition").update(warning={}),
        "invariant: cud-1",
    ),
]


@pytest.mark.parametrize(
    ("spoil", "fault"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_planted_fault_is_caught(
    spoil: Callable[[Json], object], fault: str, made: Exported
) -> None:
    bundle = made.json("fhir/bundle.json")

    spoil(bundle)

    assert [message for message in faults(bundle) if message.startswith(fault)], faults(bundle)


# ---- what it says --------------------------------------------------------------------------------


REPORTED = {"text": "reported by the source"}
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
REASONS = {
    Absence.NOT_REPORTED: "unknown",
    Absence.UNCLEAR: "as-text",
    Absence.NOT_APPLICABLE: "not-applicable",
    Absence.NOT_EXTRACTED: "not-asked",
}


def dosage_of(made: Exported, id: str) -> Json:
    """The Dosage of a regimen of one phase."""
    [only] = dosages_of(made, id)
    return only


def dosages_of(made: Exported, id: str) -> list[Json]:
    """The Dosages of a regimen, one for each phase, without the reasons of what is absent."""
    return [present(dosage) for dosage in whole_dosages_of(made, id)]


def present(node: Any) -> Any:
    """A part of a document without the elements that only say why they are absent."""
    if isinstance(node, list):
        items = [present(item) for item in node]
        return [item for item in items if item and item != {"type": REPORTED}]
    if not isinstance(node, dict):
        return node
    found = {name: present(value) for name, value in node.items() if not reason_of(value)}
    return {name: value for name, value in found.items() if value not in ({}, [])}


def reason_of(value: object) -> str | None:
    """The code of the reason for which an element is absent; None for any other element."""
    match value:
        case {"extension": [{"url": str(url), "valueCode": str(code)}]}:
            return code if url == ABSENT and isinstance(value, dict) and len(value) == 1 else None
    return None


def whole_dosages_of(made: Exported, id: str) -> list[Json]:
    """The Dosages of a regimen, one for each phase."""
    guideline = made.json(f"fhir/{id}.json")["indicationGuideline"]
    [[reported]] = (
        [guideline["dosage"] for guideline in one["dosingGuideline"]] for one in guideline
    )
    [exported_part] = reported
    assert exported_part["type"] == {"text": "reported, not recommended"}
    found: list[Json] = exported_part["dosage"]
    return found


def extensions(dosage: Json) -> dict[str, Json]:
    return {
        re.split("[:/]", extension["url"])[-1]: extension
        for extension in dosage.get("extension", [])
    }


def test_every_phase_is_one_dosage_with_its_line_as_text(made: Exported) -> None:
    for phase, dosage in parts(made):
        assert dosage["text"] == regimen_line(phase).replace("\u00a0", " ")


def parts(made: Exported) -> list[tuple[Regimen, Json]]:
    """Every phase of every regimen with its Dosage."""
    return [
        pair
        for id, regimen in made.site.regimens.items()
        for pair in zip(phases(regimen), dosages_of(made, id), strict=True)
    ]


def test_every_dose_says_that_it_is_reported(made: Exported) -> None:
    types = [dose["type"] for _, dosage in parts(made) for dose in dosage.get("doseAndRate", [])]

    assert types
    assert [kind for kind in types if kind != REPORTED] == []


def test_an_unclear_regimen_is_given_as_text_and_not_coded(made: Exported) -> None:
    unclear = [regimen for regimen in made.site.regimens.values() if regimen.readings]
    assert unclear

    for regimen in unclear:
        dosage = dosage_of(made, regimen.id)
        coded = {"frequency", "frequencyMax", "count", "countMax", "period"}
        assert not coded & set(dosage.get("timing", {}).get("repeat", {}))
        exported_part = extensions(dosage)["ambiguous"]["valueString"]
        assert [
            reading.means for reading in regimen.readings if reading.means not in exported_part
        ] == []


def test_an_unclear_length_is_given_as_text_and_not_coded(made: Exported) -> None:
    for regimen in made.site.regimens.values():
        if regimen.lengths:
            dosage = dosage_of(made, regimen.id)
            bounds = [
                name
                for name in dosage.get("timing", {}).get("repeat", {})
                if name.startswith("bounds")
            ]
            assert bounds == []
            assert "duration is unclear" in extensions(dosage)["ambiguous"]["valueString"]


def test_a_dosage_says_why_an_element_is_absent(made: Exported) -> None:
    seen = set()
    for id, regimen in made.site.regimens.items():
        for phase, dosage in zip(phases(regimen), whole_dosages_of(made, id), strict=True):
            repeat = dosage.get("timing", {}).get("repeat", {})
            doses = [one.get("doseQuantity") for one in dosage.get("doseAndRate", [])]
            elements = {
                "route": dosage.get("route"),
                "each": doses[0] if doses else None,
                "times": repeat.get("_frequency"),
                "length": repeat.get("boundsDuration"),
            }
            for field, element in elements.items():
                word = getattr(phase, field).absence
                is_said_otherwise = (field == "times" and phase.interval) or (
                    field == "each" and (word is Absence.NOT_APPLICABLE or pair_of(phase))
                )
                expected = REASONS[word] if word and not is_said_otherwise else None
                assert reason_of(element) == expected, (id, field)
                seen.add(expected)

    assert {"unknown", "as-text", None} <= seen


def test_no_dosage_has_what_is_only_computed(made: Exported) -> None:
    for regimen, dosage in parts(made):
        has_rate = regimen.rate is not None
        has_dose = isinstance(regimen.each.value, Quantity)
        assert ("doseAndRate" in dosage) == (has_dose or has_rate)
        assert ("daily-total" in extensions(dosage)) == isinstance(regimen.daily.value, Quantity)
        assert ("maxDosePerPeriod" in dosage) == bool(regimen.max)
        rates = {
            name
            for node in nodes(dosage)
            for name in node
            if "rate" in name.lower() and name != "doseAndRate"
        }
        assert bool(rates) == has_rate


def ends_of(value: Json) -> tuple[str | None, str | None]:
    """The ends of a Quantity or Range as a record writes numbers."""
    if "value" in value:
        return (str(value["value"]), str(value["value"]))
    low, high = (value.get(end) for end in ("low", "high"))
    return (low and str(low["value"]), high and str(high["value"]))


def ends_in(amount: Quantity) -> tuple[str | None, str | None]:
    low, high = amount.range.low, amount.range.high
    return (
        None if low is None else write_number(low),
        None if high is None else write_number(high),
    )


def test_doses_and_lengths_are_those_of_the_record(made: Exported) -> None:
    for regimen, dosage in parts(made):
        for dose in dosage.get("doseAndRate", []):
            value = dose.get("doseQuantity") or dose.get("doseRange")
            if value is None:
                assert regimen.rate
                assert isinstance(regimen.rate.value, Quantity)
                assert ends_of(dose["rateQuantity"]) == ends_in(regimen.rate.value)
                continue
            assert isinstance(regimen.each.value, Quantity)
            assert not pair_of(regimen)
            assert ends_of(value) == ends_in(regimen.each.value)
        bounds = dosage.get("timing", {}).get("repeat", {})
        value = bounds.get("boundsDuration") or bounds.get("boundsRange")
        is_all = not (regimen.courses or regimen.phase)
        assert bool(value) == (is_all and isinstance(regimen.length.value, Quantity))
        if value and isinstance(regimen.length.value, Quantity):
            assert ends_of(value) == ends_in(regimen.length.value)


def mg(value: float) -> Json:
    return {"value": value, "unit": "mg", "system": UCUM, "code": "mg"}


def time(value: int, unit: str, code: str) -> Json:
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def once(dose: Json) -> list[Json]:
    return [{"type": {"text": "reported by the source"}, **dose}]


# The four shapes of a regimen: a dose with its volume, a total a day alone, an unclear number of
# doses, a clear course.
SHAPES: dict[str, Json] = {
    "mental-performance": {
        "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
        "doseAndRate": once({"doseQuantity": mg(0.2)}),
    },
    "asthenoneurotic-symptoms": {
        "timing": {
            "repeat": {"boundsRange": {"low": time(5, "days", "d"), "high": time(10, "days", "d")}}
        },
    },
    "migraine-trigeminal-neuropathy": {
        "timing": {
            "repeat": {
                "boundsRange": {"low": time(1, "week", "wk"), "high": time(2, "weeks", "wk")}
            }
        },
        "doseAndRate": once({"doseRange": {"low": mg(2.5), "high": mg(3)}}),
    },
    "stroke-moderate": {
        "timing": {
            "repeat": {
                "boundsDuration": time(1, "week", "wk"),
                "frequency": 2,
                "period": 1,
                "periodUnit": "d",
            }
        },
        "doseAndRate": once({"doseQuantity": mg(6)}),
    },
}
VALUES: dict[str, Json] = {
    "mental-performance": {
        "stated-volume": {"value": 0.2, "unit": "mL", "system": UCUM, "code": "mL"},
    },
    "asthenoneurotic-symptoms": {"daily-total": {"low": mg(2.5), "high": mg(5)}},
    "migraine-trigeminal-neuropathy": {},
    "stroke-moderate": {},
}


@pytest.mark.parametrize("id", SHAPES)
def test_each_shape_of_a_regimen_is_coded_as_the_standard_has_it(id: str) -> None:
    dosage = dosage_of(exported.of("real"), id)

    exported_part = {name: dosage[name] for name in ("timing", "doseAndRate") if name in dosage}
    assert exported_part == SHAPES[id]
    assert {
        name: extension.get("valueQuantity") or extension.get("valueRange")
        for name, extension in extensions(dosage).items()
        if name != "ambiguous"
    } == VALUES[id]


def test_drops_are_counted_and_never_a_volume() -> None:
    made = exported.of("real")
    counted = [
        extensions(dosage_of(made, id))["stated-drops"]
        for id, regimen in made.site.regimens.items()
        if regimen.drops and not regimen.drops.absence
    ]

    assert counted
    for count in counted:
        ends = (
            [count["valueQuantity"]] if "valueQuantity" in count else count["valueRange"].values()
        )
        assert {(end["unit"], end["code"]) for end in ends} == {("drops", "15022000")}


def test_an_interval_is_a_period_and_a_site_its_words() -> None:
    dosage = dosage_of(exported.of("real"), "dose-1-prehospital")

    repeat = {"frequency": 1, "period": 20, "periodUnit": "min"}
    assert dosage["timing"] == {"repeat": repeat}
    assert dosage["site"] == {"text": "each nostril"}
    assert "every 20 minutes" in dosage["text"]


def test_a_range_between_doses_has_a_longest_period(data: Path) -> None:
    regimens = load(data).site.regimens
    every = regimens["hiccups"].model_copy(
        update={
            "times": Reported[Any](value=Absence.NOT_APPLICABLE),
            "interval": Reported[Any](value=quantity("4-6 hours")),
        }
    )

    built = fhir_dosage.dosage(load(data).site, every, None, "urn:x:")

    repeat = built["timing"]["repeat"]
    assert {name: repeat[name] for name in ("frequency", "period", "periodMax", "periodUnit")} == {
        "frequency": 1,
        "period": 4,
        "periodMax": 6,
        "periodUnit": "h",
    }


def test_one_of_several_courses_or_a_first_part_bounds_nothing() -> None:
    made = exported.of("real")
    for id in ("motor-neuron-disease-2007", "stroke-meta-analysis-2018"):
        dosage = dosage_of(made, id)
        assert not {"boundsDuration", "boundsRange"} & set(
            dosage.get("timing", {}).get("repeat", {})
        )
        assert "length-of-a-part" in extensions(dosage)

    exported_part = extensions(dosage_of(made, "motor-neuron-disease-2007"))
    assert exported_part["courses"]["valueQuantity"]["value"] == 2
    assert exported_part["time-between-courses"]["valueQuantity"]["code"] == "wk"


def test_a_dose_for_each_of_a_pair_is_no_dose_of_fhir(data: Path) -> None:
    site = load(data).site
    regimen = site.regimens["hiccups"].model_copy(
        update={"site": Reported[Any](value="each nostril")}
    )

    built = fhir_dosage.dosage(site, regimen, None, "urn:x:")

    assert "doseAndRate" not in built
    assert "urn:x:dose-at-each-site" in [one["url"] for one in built["extension"]]


def test_every_code_is_an_exact_one_of_the_data(made: Exported) -> None:
    known = {
        (code.system, code.code)
        for coding in made.site.codes.values()
        for code in coding.codes
        if code.match == "exact"
    }
    used = {
        (node["system"], node["code"])
        for node in nodes(made.json("fhir/bundle.json"))
        if "display" in node and "code" in node
    }

    assert used <= known
    assert bool(used) == bool(known)


def test_each_contraindication_is_exported_once_for_each_condition_it_names(made: Exported) -> None:
    exported_part = sorted(
        entry["resource"]["identifier"][0]["value"]
        for entry in made.json("fhir/bundle.json")["entry"]
        if entry["resource"].get("type") == "contraindication"
    )

    assert exported_part == sorted(
        f"cautions/{caution.id}"
        for caution in made.site.cautions.values()
        if caution.kind == "contraindication" and caution.is_reported
        for _ in caution.conditions or [""]
    )


def test_what_fhir_cannot_carry_is_listed(made: Exported) -> None:
    issues = made.json("fhir/bundle.json")["issues"]["issue"]

    exported_part = [issue["details"]["text"] for issue in issues]
    assert exported_part[: len(NOT_CARRIED)] == list(NOT_CARRIED)
    assert {
        re.sub(r"Left out: (\S+) .*", r"\1", line) for line in exported_part[len(NOT_CARRIED) :]
    } == {
        f"cautions/{caution.id}"
        for caution in made.site.cautions.values()
        if not caution.is_reported
    } | {
        f"claims/{claim.id}"
        for claim in made.site.claims.values()
        if claim.kind == "indication" and not claim.conditions
    }


def test_indications_that_are_only_near_to_a_condition_have_no_code(made: Exported) -> None:
    found = [
        entry["resource"]
        for entry in made.json("fhir/bundle.json")["entry"]
        if entry["resource"].get("type") == "indication"
    ]
    claims = {f"claims/{id}": claim for id, claim in made.site.claims.items()}

    assert found
    for use in found:
        claim = claims[use["identifier"][0]["value"]]
        concept = use["indication"]["diseaseSymptomProcedure"]["concept"]
        assert claim.conditions
        if claim.conditions_are == "nearest":
            assert concept == {"text": claim.says}


def test_a_regimen_alone_is_the_one_in_the_bundle(made: Exported) -> None:
    entries = {
        entry["resource"]["identifier"][0]["value"]: entry["resource"]
        for entry in made.json("fhir/bundle.json")["entry"]
    }

    for id in made.site.of(Regimen):
        assert made.json(f"fhir/{id}.json") == entries[f"regimens/{id}"]


TYPES = {
    "contraindication": "contraindication",
    "adverse effects": "undesirable-effect",
    "interaction": "interaction",
}


@pytest.mark.parametrize("kind", CAUTION_KINDS)
def test_a_caution_of_every_kind_is_a_use_of_its_type(data: Path, kind: str) -> None:
    text = f"name: Noise\nkind: {kind}\nat: leaflet safety.1.1\nsays: It is loud\n"
    write(data, "cautions/noise.yml", text)
    write(data, "cautions/silence.yml", text + "stance: denied\n")

    built = bundle(Relations(load(data).site))

    by_id = {
        entry["resource"]["identifier"][0]["value"]: entry["resource"] for entry in built["entry"]
    }
    assert "cautions/silence" not in by_id
    use = by_id["cautions/noise"]
    assert use["type"] == TYPES.get(kind, "warning")
    if use["type"] == "warning":
        assert use["warning"] == {"description": "It is loud", "code": {"text": kind}}
    assert faults(built) == []


def test_a_frequency_and_an_interaction_are_words_of_the_source() -> None:
    entries = exported.of("other").json("fhir/bundle.json")["entry"]
    uses = {
        entry["resource"]["identifier"][0]["value"]: entry["resource"]
        for entry in entries
        if entry["resource"]["resourceType"] == "ClinicalUseDefinition"
    }

    assert uses["cautions/yawning"]["undesirableEffect"] == {
        "symptomConditionEffect": {"concept": {"text": "yawning"}},
        "frequencyOfOccurrence": {
            "text": "common; On Exemplin: 12 of 160 people (7.5 %); "
            "On the dummy tablet: 4 of 80 people (5 %)"
        },
    }
    assert uses["cautions/fictitious-juice"]["interaction"] == {
        "interactant": [{"itemCodeableConcept": {"text": "fictitious juice"}}],
        "effect": {"concept": {"text": "The effect is stronger"}},
        "management": [{"text": "At least 4 hours between juice and tablet"}],
    }


# ---- results of studies --------------------------------------------------------------------------

ARMS = [
    {"id": "drug", "name": "Examplin", "participants": "30 people"},
    {"id": "dummy", "name": "A dummy", "participants": "not reported"},
]


def evidence_on(**part: object) -> Json | None:
    """What FHIR has of one result of a study in people."""
    made = study(arms=ARMS, results=[{"outcome": "Hiccups", "at": "leaflet use.1.2", **part}])
    return evidence(made, made.results[0])


def test_a_group_is_a_statistic_with_what_is_printed_of_it() -> None:
    groups = [
        {"arm": "drug", "events": "12 people", "of": "28 people", "percentage": "42.9 %"},
        {"arm": "dummy", "events": "≥ 5 people"},
    ]
    made = evidence_on(by_arm=groups, measure="proportion", at_time="10 days")

    assert made is not None
    assert made["description"] == "After 10 days."
    at_day = evidence_on(by_arm=groups, measure="proportion", at_time="day 28")
    assert at_day is not None
    assert at_day["description"] == "At day 28."
    first, second = made["statistic"]
    assert first == {
        "description": "Examplin: 12 of 28 people, 42.9 %",
        "statisticType": {"text": "proportion"},
        "quantity": {"value": 42.9, "unit": "%", "system": UCUM, "code": "%"},
        "numberAffected": 12,
        "sampleSize": {"numberOfParticipants": 30, "knownDataCount": 28},
    }
    assert second["description"] == "A dummy: at least 5 people"
    assert not {"numberAffected", "quantity", "sampleSize"} & {*second}


def test_an_estimate_is_a_statistic_with_its_sign_interval_and_p_value() -> None:
    estimate = {"value": "-1.7 mg", "interval": "-2.9 to -0.5 mg", "level": "95 %", "p": "= 0.006"}
    made = evidence_on(measure="mean difference", estimate=estimate, direction="favours drug")

    assert made is not None
    assert made["description"] == "favours: Examplin."
    [found] = made["statistic"]
    assert found["statisticType"] == {"text": "mean difference"}
    assert found["quantity"] == {"value": -1.7, "unit": "mg", "system": UCUM, "code": "mg"}
    interval, p = found["attributeEstimate"]
    assert interval["level"] == 0.95
    assert [interval["range"][end]["value"] for end in ("low", "high")] == [-2.9, -0.5]
    assert p == {"type": {"text": "p value"}, "description": "p = 0.006"}


def test_a_p_value_alone_is_no_statistic_of_the_measure_of_the_groups() -> None:
    groups = [{"arm": "drug", "value": "-4.2 points"}]
    made = evidence_on(measure="mean", by_arm=groups, estimate={"p": "= 0.007"})

    assert made is not None
    of_group, of_estimate = made["statistic"]
    assert of_group["statisticType"] == {"text": "mean"}
    assert "statisticType" not in of_estimate


def test_a_result_without_a_number_is_no_evidence() -> None:
    absent = [{"arm": "drug", "events": "not reported"}]

    assert evidence_on(by_arm=absent, says="It was better.") is None


def test_a_harm_has_the_word_of_its_source_for_how_often() -> None:
    counted = [{"arm": "drug", "events": "3 people"}]
    harm = {"event": "Itching", "frequency": "common", "by_arm": counted, "at": "leaflet use.1.2"}
    made = study(arms=ARMS, harm_events=[harm])
    found = evidence(made, made.harm_events[0])

    assert found is not None
    assert found["title"] == "Itching"
    assert found["description"] == "Called common."
    assert [one["numberAffected"] for one in found["statistic"]] == [3]


# ---- the people of a regimen ---------------------------------------------------------------------


def test_the_people_of_a_regimen_are_values_that_can_be_compared(data: Path) -> None:
    population = """\
population:
  age: 4-11 years
  weight: < 30 kg
  sex: female
  renal_function: {measure: creatinine clearance, value: ≥ 30 mL per minute}
"""
    write(data, HICCUPS, (data / HICCUPS).read_text("utf-8") + population)
    site = load(data).site
    made = medication_knowledge(Relations(site), site.regimens["hiccups"])
    [guideline] = made["indicationGuideline"][0]["dosingGuideline"]
    people = {one["type"]["text"]: one for one in guideline["patientCharacteristic"]}

    assert people["age"]["valueRange"]["low"]["value"] == 4
    assert people["age"]["valueRange"]["high"] == {
        "value": 11,
        "unit": "years",
        "system": UCUM,
        "code": "a",
    }
    assert people["weight"]["valueCodeableConcept"] == {"text": "less than 30 kg"}
    assert people["sex"]["valueCodeableConcept"] == {"text": "female"}
    assert [*people["creatinine clearance"]["valueRange"]] == ["low"]
    assert faults(bundle(Relations(site))) == []
