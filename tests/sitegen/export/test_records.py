"""Records as JSON: they fit their published schemas and say what is derived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import exported
import pytest
from exported import DATA, Exported
from jsonschema import Draft202012Validator

from sitegen.derive.agreement import compared, everything
from sitegen.export.format import CHANGES, FORMAT
from sitegen.model import KINDS, Product
from sitegen.statements.agreement import about_line


@pytest.fixture(params=DATA)
def made(request: pytest.FixtureRequest) -> Exported:
    return exported.of(request.param)


def reader(made: Exported, folder: str) -> Draft202012Validator:
    return Draft202012Validator(made.json(f"schema/{folder}.json"))


def test_the_schema_of_every_kind_is_a_schema_of_2020_12(made: Exported) -> None:
    for kind in KINDS:
        schema = made.json(f"schema/{kind.folder}.json")
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)


def test_every_published_record_fits_the_schema_of_its_kind(made: Exported) -> None:
    unfit = [
        (folder, id, error.message)
        for folder, records in made.site.records.items()
        for id in records
        for error in reader(made, folder).iter_errors(made.json(f"{folder}/{id}.json"))
    ]

    assert unfit == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.update(doze=record["each"]),
        lambda record: record["each"].update(value="9 mg"),
        lambda record: record["route"].update(value={"absent": "unknown"}),
        lambda record: record.pop("conditions"),
        lambda record: record["length"].update(
            value={"text": "7 d", "low": "7.0", "high": "7", "unit": "days", "ucum": "d"}
        ),
        lambda record: record["length"].update(
            value={"text": "7 d", "low": "7", "high": "7", "unit": "day", "ucum": "d"}
        ),
        lambda record: record.update(severity="dire"),
    ],
)
def test_the_schema_refuses_a_faulty_record(
    spoil: Callable[[dict[str, Any]], object], made: Exported
) -> None:
    record = made.json(f"regimens/{next(iter(made.site.regimens))}.json")

    spoil(record)

    assert list(reader(made, "regimens").iter_errors(record))


def test_the_file_of_all_records_holds_each_as_it_is_published_alone(made: Exported) -> None:
    all_records = made.json("all.json")

    assert {kind.folder: all_records[kind.folder] for kind in KINDS} == {
        folder: {id: made.json(f"{folder}/{id}.json") for id in records}
        for folder, records in made.site.records.items()
    }


def test_the_file_of_all_records_names_the_newest_version_of_the_format(made: Exported) -> None:
    assert made.json("all.json")["format"] == FORMAT == CHANGES[0].version
    assert made.json("datapackage.json")["format"] == FORMAT


def test_a_report_names_the_reports_of_its_study(made: Exported) -> None:
    for id, study in made.site.studies.items():
        expected = [report.id for report in made.relations.group_of(study)]
        published = made.json(f"studies/{id}.json")["computed"]["reports_of_the_study"]
        assert published == expected
        assert id in published


def test_a_source_has_its_reference(made: Exported) -> None:
    for id in made.site.sources:
        published = made.json(f"sources/{id}.json")["computed"]["reference"]
        assert published == made.references[id].replace("\u00a0", " ")


def test_every_question_is_in_the_file_of_all_records_with_its_standing(made: Exported) -> None:
    published = made.json("all.json")["computed"]["agreement"]

    assert [
        (question["about"], question["standing"], len(question["positions"]))
        for question in published
    ] == [
        (about_line(question), question.standing.value, len(question.positions))
        for question in everything(made.relations)
    ]


def test_a_comparison_has_its_standing(made: Exported) -> None:
    for id, comparison in made.site.comparisons.items():
        computed = made.json(f"comparisons/{id}.json")["computed"]
        assert computed["standing"] == compared(made.relations, comparison).standing.value
        assert (computed["standing_is"] == "computed") == (comparison.rule == "amounts")


def test_a_product_has_the_mass_in_one_container_or_why_there_is_none(made: Exported) -> None:
    for id in made.site.of(Product):
        content = made.json(f"products/{id}.json")["computed"]["content"]
        assert set(content) in ({"computed", "formula"}, {"cannot_be_computed"})


def test_every_position_of_an_unclear_regimen_has_its_reading(made: Exported) -> None:
    unclear = {f"regimens/{id}" for id, regimen in made.site.regimens.items() if regimen.readings}
    totals = ("daily dose", "total course dose")
    published = [
        position["says"]
        for question in made.json("all.json")["computed"]["agreement"]
        for position in question["positions"]
        if position["record"] in unclear and question.get("field") in totals
    ]

    assert published
    assert [says for says in published if "(if " not in says] == []
