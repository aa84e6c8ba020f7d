"""The Data Package: its descriptor, and tables that are what it says they are."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import exported
import frictionless
import jsonschema
import pytest
from exported import DATA, Exported, book, read_csv
from folders import ROOT, TESTS
from hypothesis import given
from hypothesis import strategies as st
from sound import replace, sound_folder

from sitegen.derive.agreement import everything
from sitegen.derive.phases import phases
from sitegen.derive.readings import readings_of
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Computed, Impossible, Total
from sitegen.derive.volumes import volumes
from sitegen.export.table import BETWEEN, LEFT_OUT, NO_BOUND, STATED, as_text, as_written
from sitegen.export.tables import rows_of
from sitegen.model import Record, Regimen, Reported
from sitegen.model.absence import MEANINGS
from sitegen.model.fields import reported_values
from sitegen.model.quantity import Quantity, quantity
from sitegen.read.load import load
from sitegen.statements.agreement import about_line
from sitegen.statements.amounts import NOT_COMPUTED, none_word

PROFILE = TESTS / "profiles" / "data-package-2.0.json"
READ_PROFILE = jsonschema.Draft7Validator(
    json.loads(PROFILE.read_text(encoding="utf-8")),
    format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER,
)


@pytest.fixture(params=DATA)
def made(request: pytest.FixtureRequest) -> Exported:
    return exported.of(request.param)


# ---- the descriptor ----------------------------------------------------------------------------


def test_the_profile_is_the_published_one() -> None:
    checksum = hashlib.sha256(PROFILE.read_bytes()).hexdigest()

    assert checksum == "34cf87616814215bc57b66d3cbabc4fc4f453de90710a0236d4924992f69623b"


def test_the_descriptor_fits_the_profile_of_data_package_2(made: Exported) -> None:
    assert list(READ_PROFILE.iter_errors(made.json("datapackage.json"))) == []


def first(descriptor: dict[str, Any]) -> dict[str, Any]:
    resource: dict[str, Any] = descriptor["resources"][0]
    return resource


@pytest.mark.parametrize(
    "spoil",
    [
        lambda package: package.pop("resources"),
        lambda package: package.update(created="yesterday", version=1),
        lambda package: package["licenses"][0].update(name="CC BY 4.0"),
        lambda package: first(package).update(path="../sources.csv"),
        lambda package: first(package).update(hash="sha256:none"),
        lambda package: first(package).update(bytes="many"),
        lambda package: first(package)["schema"].update(missingValues=[{"label": "a gap"}]),
        lambda package: first(package)["schema"]["fields"][0].update(type="text"),
    ],
)
def test_the_profile_refuses_a_faulty_descriptor(
    spoil: Callable[[dict[str, Any]], object], made: Exported
) -> None:
    descriptor = made.json("datapackage.json")

    spoil(descriptor)

    assert not READ_PROFILE.is_valid(descriptor)


def test_the_descriptor_lists_every_table_and_each_whole_with_its_hash(made: Exported) -> None:
    resources = made.json("datapackage.json")["resources"]

    assert {resource["path"] for resource in resources} == {
        "all.json",
        "all.sqlite",
        "fhir/bundle.json",
        "fhir/extensions.json",
        *(f"citations/all.{ending}" for ending in ("bib", "ris", "csl.json")),
        *(
            name.removeprefix("data/v1/")
            for name in made.files
            if name.startswith(("data/v1/csv/", "data/v1/charts/"))
        ),
    }
    for resource in resources:
        content = made.files[f"data/v1/{resource['path']}"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_descriptor_names_version_licence_and_every_source(made: Exported) -> None:
    package = made.json("datapackage.json")

    assert package["version"] == made.site.identity.version
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert [source["title"] for source in package["sources"]] == [
        source.title for source in made.site.sources.values()
    ]


def test_the_words_of_absence_are_labelled_missing_values_of_every_table(made: Exported) -> None:
    expected = {word.value: meaning for word, meaning in MEANINGS.items()}

    for resource in made.json("datapackage.json")["resources"]:
        if "schema" in resource and "item" not in names(resource["schema"]):
            labels = {one["value"]: one["label"] for one in resource["schema"]["missingValues"]}
            assert {word: labels[word] for word in expected} == expected
            assert set(labels) - set(expected) == {LEFT_OUT, NO_BOUND, NOT_COMPUTED, STATED}


# ---- the tables, against the descriptor ----------------------------------------------------------


def faults(package: dict[str, Any], files: dict[str, bytes]) -> Iterator[str]:
    """Where tables are not what their Table Schemas say.

    Own code, because the library for it refuses the labelled missing values of version 2.
    """
    tables = {
        resource["name"]: resource for resource in package["resources"] if "schema" in resource
    }
    rows = {
        name: read_csv(files[f"data/v1/{resource['path']}"]) for name, resource in tables.items()
    }
    for name, resource in tables.items():
        schema, content = resource["schema"], files[f"data/v1/{resource['path']}"]
        if hashlib.sha256(content).hexdigest() != resource["hash"].removeprefix("sha256:"):
            yield f"{name}: hash"
        if list(rows[name][0] if rows[name] else []) not in ([], names(schema)):
            yield f"{name}: columns"
        keys = [tuple(row[key] for key in schema["primaryKey"]) for row in rows[name]]
        if len(set(keys)) != len(keys):
            yield f"{name}: key"
        for row in rows[name]:
            yield from (f"{name}: {fault}" for fault in faults_of_cells(schema, row))
        yield from (f"{name}: {fault}" for fault in faults_of_references(schema, name, rows))


def names(schema: dict[str, Any]) -> list[str]:
    return [field["name"] for field in schema["fields"]]


def faults_of_cells(schema: dict[str, Any], row: dict[str, str]) -> Iterator[str]:
    missing = {value["value"] for value in schema["missingValues"]}
    readers = {"string": str, "number": float, "integer": int}
    for field in schema["fields"]:
        cell = row.get(field["name"])
        if not cell:
            yield f"{field['name']} is empty"
        elif cell not in missing:
            try:
                readers[field["type"]](cell)
            except ValueError:
                yield f"{field['name']} is no {field['type']}"
            if cell not in field.get("constraints", {}).get("enum", [cell]):
                yield f"{field['name']} is none of its choices"


def faults_of_references(
    schema: dict[str, Any], name: str, rows: dict[str, list[dict[str, str]]]
) -> Iterator[str]:
    missing = {value["value"] for value in schema["missingValues"]}
    for key in schema.get("foreignKeys", []):
        own, other = key["fields"], key["reference"]
        known = {values(row, other["fields"]) for row in rows[other["resource"]]}
        for row in rows[name]:
            if values(row, own) not in known and not missing & {*values(row, own)}:
                yield f"{', '.join(own)} refers to nothing"


def values(row: dict[str, str], columns: list[str]) -> tuple[str, ...]:
    return tuple(row[column] for column in columns)


def test_every_table_is_what_its_schema_says(made: Exported) -> None:
    assert list(faults(made.json("datapackage.json"), made.files)) == []


def test_each_link_table_has_the_values_of_the_cells_in_their_order(made: Exported) -> None:
    found = 0
    for name, schema in schemas(made).items():
        for field in schema["fields"]:
            if "several have “ | ” between them" in field["description"]:
                found += 1
                link = f"{name}-{field['name']}"
                assert field["description"].endswith(f" Each has a row in the table {link}.")
                cells = in_cells(made, name, schema, field["name"])
                assert in_links(made, link, len(schema["primaryKey"])) == cells, link

    assert found > 90


def schemas(made: Exported) -> dict[str, dict[str, Any]]:
    """The Table Schema of each table."""
    resources = made.json("datapackage.json")["resources"]
    return {one["name"]: one["schema"] for one in resources if "schema" in one}


def in_links(made: Exported, link: str, keys: int) -> dict[tuple[str, ...], list[str]]:
    """The values of a link table by the key of the row that they are from."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in made.table(link):
        *cells, item = (as_written(row[name]) for name in [*list(row)[:keys], "item"])
        of_row = found.setdefault(tuple(cells), [])
        of_row.append(" ".join(as_written(cell) for cell in list(row.values())[keys + 1 :]))
        assert item == str(len(of_row))
    return found


def in_cells(
    made: Exported, name: str, schema: dict[str, Any], column: str
) -> dict[tuple[str, ...], list[str]]:
    """The values in the cells of a column, parted, by the key of the row; a word is none."""
    missing = {value["value"] for value in schema["missingValues"]}
    found = {}
    for row in made.table(name):
        if row[column] not in missing:
            parts = as_written(row[column]).split(" | ")
            if column == "computed_states_of_sources":
                parts = [part.partition(" [")[0] for part in parts]
            found[values(row, schema["primaryKey"])] = [
                one for part in parts for one in each_sentence(part)
            ]
    return found


def each_sentence(value: str) -> Iterator[str]:
    """A locator of several sentences as one of each; any other value as it is."""
    run = re.fullmatch(r"([a-z0-9-]+ [a-z0-9-]+\.\d+\.)(\d+)-(\d+)", value)
    if run:
        yield from (f"{run[1]}{number}" for number in range(int(run[2]), int(run[3]) + 1))
    else:
        yield value


def test_only_link_tables_have_no_words_in_place_of_values(made: Exported) -> None:
    for name, schema in schemas(made).items():
        assert (schema["missingValues"] == []) == ("item" in names(schema)), name


def test_references_point_at_columns_that_tell_rows_apart(made: Exported) -> None:
    for name, schema in schemas(made).items():
        for key in schema.get("foreignKeys", []):
            other = key["reference"]
            found = [values(row, other["fields"]) for row in made.table(other["resource"])]
            assert len(set(found)) == len(found), (name, key)


@given(st.text(st.sampled_from("'\"=+-@\t;;ab12 \r\uff1d"), max_size=8))
def test_the_mark_before_a_formula_can_be_taken_off(text: str) -> None:
    assert as_written(as_text(text)) == text


# ---- as programs read it -------------------------------------------------------------------------


@pytest.fixture
def package(made: Exported, tmp_path: Path) -> Path:
    """The descriptor with all that it describes, on disk."""
    for uri, content in made.files.items():
        path = tmp_path / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "data" / "v1" / "datapackage.json"


def found_by_frictionless(package: Path) -> list[str]:
    """The kind of each error."""
    return [str(kind) for (kind,) in frictionless.validate(str(package)).flatten(["type"])]


@pytest.mark.slow  # it reads every cell of both packages
def test_frictionless_finds_the_package_valid(package: Path) -> None:
    assert found_by_frictionless(package) == []


@pytest.mark.slow  # it reads every cell of both packages
def test_frictionless_reads_the_cells_of_its_tables(package: Path) -> None:
    table = package.parent / "csv" / "regimens.csv"
    rows = read_csv(table.read_bytes())
    rows[0]["each_low"] = "about 6"
    table.write_bytes(csv_of(rows))

    assert "type-error" in found_by_frictionless(package)


def test_check_datapackage_finds_the_descriptor_compliant(package: Path) -> None:
    reader = pytest.importorskip("check_datapackage", reason="it needs Python 3.12")

    assert reader.check(json.loads(package.read_text(encoding="utf-8"))) == []


def csv_of(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


def renamed(rows: list[dict[str, str]]) -> None:
    rows[0] |= {"each_lowest": "1"}
    rows[:] = [{**row, "each_lowest": "1"} for row in rows]


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda rows: rows[0].update(each_low="about 6"), "regimens: each_low is no number"),
        (lambda rows: rows[0].update(readings="1.5"), "regimens: readings is no integer"),
        (lambda rows: rows[0].update(severity="dire"), "regimens: severity is none of its choices"),
        (lambda rows: rows[0].update(product="x"), "regimens: product refers to nothing"),
        (lambda rows: rows[0].update(note=""), "regimens: note is empty"),
        (lambda rows: rows.append(rows[0]), "regimens: key"),
        (renamed, "regimens: columns"),
    ],
)
def test_a_faulty_table_is_caught(
    spoil: Callable[[list[dict[str, str]]], object], fault: str, made: Exported
) -> None:
    package, rows = made.json("datapackage.json"), made.table("regimens")

    spoil(rows)

    files = {**made.files, "data/v1/csv/regimens.csv": csv_of(rows)}
    assert set(faults(package, files)) == {"regimens: hash", fault}


# ---- the values ----------------------------------------------------------------------------------


def test_every_record_has_its_rows(made: Exported) -> None:
    for folder, records in made.site.records.items():
        ids = [row["id"] for row in made.table(folder)]
        assert list(dict.fromkeys(ids)) == list(records), folder
        if folder != "regimens":
            assert len(ids) == len(records), folder


def test_every_reported_amount_is_in_its_four_columns(made: Exported) -> None:
    found = 0
    for record, rows in rows_with_values(made):
        for where, reported in reported_values(record):
            if len(where) == 1 and isinstance(reported.value, Quantity):
                found += 1
                for row in rows:
                    assert in_four(row, str(where[0])) == reported.value, (record.path, where)
    assert found


def rows_with_values(made: Exported) -> Iterator[tuple[Record, list[dict[str, str]]]]:
    """Every record, and every phase of a regimen, with the rows that show its values."""
    for record in made.site.all():
        rows = [row for row in made.table(record.folder) if row["id"] == record.id]
        if isinstance(record, Regimen):
            for number, phase in enumerate(phases(record), 1):
                yield phase, [row for row in rows if row["phase_number"] == str(number)]
        else:
            yield record, rows


def in_four(row: dict[str, str], name: str) -> Quantity:
    """The amount in four columns; its ends and its unit have to be those of its text."""
    amount = quantity(row[name])
    ends = [
        None if row[f"{name}_{end}"] == NO_BOUND else row[f"{name}_{end}"]
        for end in ("low", "high")
    ]
    unit = row[f"{name}_unit"]
    assert amount.unit.many == unit
    for stated, end in zip(ends, (amount.range.low, amount.range.high), strict=True):
        assert (stated is None) == (end is None)
        assert stated is None or quantity(f"{stated} {unit}").range.low == end
    return amount


def test_every_absence_is_exported_as_its_word(made: Exported) -> None:
    for record, rows in rows_with_values(made):
        for name in type(record).model_fields:
            reported = getattr(record, name)
            if isinstance(reported, Reported) and reported.absence:
                assert {row[name] for row in rows} == {reported.absence.value}


def text_of(total: Total) -> str:
    if isinstance(total, Computed):
        return str(total.amount)
    return none_word(total) if isinstance(total, Impossible) else STATED


def test_a_regimen_has_a_row_for_each_reading_with_its_totals(made: Exported) -> None:
    expected = [
        (
            regimen.id,
            way.reading or LEFT_OUT,
            text_of(way.per_dose),
            text_of(way.daily),
            text_of(way.total),
        )
        for regimen in made.site.regimens.values()
        for phase in phases(regimen)
        for way in courses_of(made.site, phase)
    ]

    columns = ("id", "reading", "computed_each_dose", "computed_a_day", "computed_a_course")
    assert [tuple(row[name] for name in columns) for row in made.table("regimens")] == expected


def test_no_table_gives_an_amount_of_an_unclear_regimen_without_its_reading(
    made: Exported,
) -> None:
    unclear = {regimen.id for regimen in made.site.regimens.values() if regimen.readings}
    assert unclear

    for row in made.table("regimens"):
        if row["id"] in unclear:
            assert row["times"] == row["times_low"] == row["times_high"] == "unclear"
            assert row["reading"] != LEFT_OUT
            assert int(row["readings"]) > 1
    for row in made.table("agreement"):
        if row["record"].removeprefix("regimens/") in unclear and row["voice"] == "computed":
            assert "(if " in row["says"], row


def test_volumes_are_those_that_are_derived(made: Exported) -> None:
    expected = [
        (
            volume.regimen.id,
            volume.product.id,
            text_of(volume.dose),
            text_of(volume.bottles_a_course),
        )
        for regimen in made.site.regimens.values()
        for volume in volumes(made.site, regimen)
    ]

    columns = ("regimen", "product", "computed_each_dose", "computed_bottles_a_course")
    assert [tuple(row[name] for name in columns) for row in made.table("volumes")] == expected


def test_every_question_has_its_positions_and_its_standing(made: Exported) -> None:
    expected = [
        (
            about_line(question),
            question.standing.value,
            position.source.id,
            "/".join(position.record.key),
        )
        for question in everything(made.relations)
        for position in question.positions
    ]

    columns = ("about", "standing", "source", "record")
    assert [tuple(row[name] for name in columns) for row in made.table("agreement")] == expected


# ---- the same data give the same bytes -----------------------------------------------------------

_HASH_OF_EXPORTS = """
import hashlib, pathlib, sys
sys.path[:0] = sys.argv[1:3]
import exported
made = exported.of("other").files
print([(name, hashlib.sha256(content).hexdigest()) for name, content in made.items()])
"""


@pytest.mark.slow  # it runs the command in several processes
def test_names_order_and_bytes_are_the_same_under_another_hash_seed() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _HASH_OF_EXPORTS, str(ROOT / "scripts"), str(TESTS)],
        env={**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout

    made = exported.of("other").files
    assert said.strip() == str(
        [(name, hashlib.sha256(content).hexdigest()) for name, content in made.items()]
    )


# ---- the pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DATA)
def test_the_page_of_downloads_links_every_file_that_is_no_single_record(name: str) -> None:
    (page,) = (page.markdown for page in book(name).pages if page.uri == "data/index.md")
    singles = ("data/v1/citations/", "data/v1/fhir/", "assets/")
    wholes = ("/all.", "/bundle.")

    missing = [
        asset.uri
        for asset in book(name).assets
        if asset.uri != "robots.txt"
        and f'href="../{asset.uri}"' not in page
        and not (asset.uri.startswith(singles) and not any(one in asset.uri for one in wholes))
    ]

    assert missing == []


@pytest.mark.parametrize("name", DATA)
def test_the_foot_of_a_page_leads_to_files_that_are_there(name: str) -> None:
    made = book(name)
    there = {asset.uri for asset in made.assets} | {page.uri for page in made.pages}
    there |= {re.sub(r"\.md$", ".html", page.uri) for page in made.pages}

    for page in made.pages:
        foot = page.markdown.partition("<dt>Data</dt>")[2].partition("</div>")[0]
        found = [re.sub(r"^(?:\.\./)+", "", link) for link in re.findall('href="([^"]*)"', foot)]
        assert found[-1:] in (["data/index.html"], []), page.uri
        assert set(found) <= there, page.uri
        if page.record:
            folder, id = page.record.removeprefix("data/").removesuffix(".yml").split("/")
            assert found[0] == f"data/v1/{folder}/{id}.json"
            assert f"data/v1/csv/{folder}.csv" in found


# ---- readings of unclear values ------------------------------------------------------------------


def test_the_table_of_every_kind_with_reported_values_has_a_column_of_readings(
    made: Exported,
) -> None:
    reporting = {type(record) for record in made.site.all() if [*reported_values(record)]}

    assert {kind.folder for kind in reporting} >= {"claims", "events", "products", "studies"}
    for kind in reporting:
        rows = made.table(kind.folder)
        assert {row["readings_of_values"] for row in rows} <= {LEFT_OUT, *_readings(made, kind)}


def _readings(made: Exported, kind: type[Record]) -> Iterator[str]:
    """The cells that the records of a kind may have: of each phase, for regimens."""
    for record in made.site.records[kind.folder].values():
        several_of = phases(record) if isinstance(record, Regimen) else (record,)
        cells = (BETWEEN.join(readings_of(one)) for one in several_of)
        yield from (cell.replace("\u00a0", " ") for cell in cells)


def test_the_readings_of_a_claim_stand_in_its_row(tmp_path: Path) -> None:
    data = sound_folder(tmp_path)
    unclear = "value: {value: unclear, readings: [≤ 12 hours, ≤ 12 days]}"
    replace(data, "claims/duration.yml", "value: ≤ 12 hours", unclear)
    site = load(data).site
    relations = Relations(site)
    [(_, [row]), *_] = rows_of(relations, site.claims["duration"])

    assert "value: up to 12 hours or up to 12 days" in row
