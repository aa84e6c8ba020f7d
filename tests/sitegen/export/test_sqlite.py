"""The SQLite file: its tables are those of the CSV files, and its joins give what JSON says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import exported
import pytest
from exported import DATA, Exported
from sound import replace, sound_folder

import sitegen
from sitegen.export.sqlite import file, name_of
from sitegen.export.table import MISSING, Column, Table, as_written, csv_lines
from sitegen.read.load import load


@pytest.fixture(params=DATA)
def made(request: pytest.FixtureRequest) -> Exported:
    return exported.of(request.param)


@pytest.fixture
def database(made: Exported) -> Iterator[sqlite3.Connection]:
    with closing(opened(made.files["data/v1/all.sqlite"])) as connection:
        yield connection


def opened(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return connection


def found(database: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    return database.execute(query).fetchall()


def test_the_file_is_sound_and_every_reference_leads_to_a_row(
    database: sqlite3.Connection,
) -> None:
    assert found(database, "PRAGMA integrity_check") == [("ok",)]
    assert found(database, "PRAGMA foreign_key_check") == []


def test_a_reference_to_nothing_is_refused(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA foreign_keys = ON")

    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("INSERT INTO studies_organisations VALUES ('nothing', 1, 'nobody')")


def test_every_cell_is_that_of_the_csv_file(made: Exported, database: sqlite3.Connection) -> None:
    for resource in made.json("datapackage.json")["resources"]:
        if "schema" in resource:
            schema, name = resource["schema"], resource["name"]
            typed = {one["name"]: one["type"] for one in schema["fields"]}
            nullable = {one["fields"][0] for one in schema.get("foreignKeys", [])}
            expected = [
                tuple(value(cell, typed[name], name in nullable) for name, cell in row.items())
                for row in made.table(name)
            ]
            rows = found(database, f'SELECT * FROM "{name_of(name)}"')
            assert sorted(rows, key=repr) == sorted(expected, key=repr), name


def value(cell: str, type_of: str, is_reference: bool) -> str | float | None:
    if cell in MISSING and (type_of != "string" or is_reference):
        return None
    return {"string": as_written, "integer": int, "number": float}[type_of](cell)  # type: ignore[no-any-return, operator]


def test_a_word_that_becomes_null_is_in_the_text_of_its_amount_or_says_left_out(
    made: Exported,
) -> None:
    for resource in made.json("datapackage.json")["resources"]:
        if "schema" in resource:
            schema = resource["schema"]
            references = {one["fields"][0] for one in schema.get("foreignKeys", [])}
            kinds = {one["name"]: one["type"] for one in schema["fields"]}
            for row in made.table(resource["name"]):
                lost = {
                    row[name]
                    for name, type_of in kinds.items()
                    if type_of == "integer" or name in references
                } & set(MISSING)
                assert lost <= {"left out"}, resource["name"]


def test_views_and_tables_have_a_meaning_for_each_column(database: sqlite3.Connection) -> None:
    names = found(database, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    own = {"meta_about", "meta_tables", "meta_columns", "meta_words"}
    described = {name for (name,) in found(database, 'SELECT "table" FROM meta_tables')}

    assert {name for (name,) in names} == described | own
    for name in described:
        columns = [row[1] for row in found(database, f'PRAGMA table_info("{name}")')]
        query = 'SELECT "column", meaning FROM meta_columns WHERE "table" = ? ORDER BY place'
        meanings = database.execute(query, (name,)).fetchall()
        assert [column for column, _ in meanings] == columns
        assert all(meaning for _, meaning in meanings)


def test_the_file_says_what_it_is(made: Exported, database: sqlite3.Connection) -> None:
    facts = dict(found(database, "SELECT name, value FROM meta_about"))

    assert facts["version"] == made.site.identity.version
    assert facts["released"] == str(made.site.identity.released)
    assert dict(found(database, "SELECT word, meaning FROM meta_words")) == MISSING


# ---- joins -----------------------------------------------------------------------------------


def test_studies_join_to_the_conditions_that_json_gives(
    made: Exported, database: sqlite3.Connection
) -> None:
    query = """SELECT s.id, c.id FROM studies s JOIN studies_conditions l ON l.record = s.id
               JOIN conditions c ON c.id = l.value ORDER BY s.id, l.item"""
    records = made.json("all.json")["studies"].values()

    assert found(database, query) == [
        (record["id"], id) for record in records for id in record["conditions"]
    ]


def test_records_join_to_the_gist_of_the_sentences_that_they_cite(
    made: Exported, database: sqlite3.Connection
) -> None:
    query = """SELECT l.record, s.gist FROM cautions_at l JOIN sources_sentences s
               ON (s.record, s.at) = (l.source, l.sentence) ORDER BY l.record, l.item"""
    gists = {
        (source.id, sentence.at): sentence.gist
        for source in made.site.sources.values()
        for sentence in source.sentences
    }

    assert found(database, query) == [
        (caution.id, gists[at.source, place])
        for _, caution in sorted(made.site.cautions.items())
        for at in caution.at
        for place in at.places
    ]


def test_the_view_of_doses_has_each_regimen_with_its_conditions_and_sources(
    made: Exported, database: sqlite3.Connection
) -> None:
    expected = {
        (regimen.id, condition, at.source)
        for regimen in made.site.regimens.values()
        for condition in (regimen.conditions or (None,))
        for at in regimen.at
    }

    rows = found(database, "SELECT regimen, condition, source FROM doses WHERE phase_number = 1")
    assert set(rows) == expected


def test_the_view_of_doses_has_numbers_that_compare(
    made: Exported, database: sqlite3.Connection
) -> None:
    query = "SELECT DISTINCT regimen FROM doses WHERE each_low > 0.5 AND each_unit = 'mg'"
    rows = {id for (id,) in found(database, query)}
    assert rows == {
        row["id"]
        for row in made.table("regimens")
        if row["each_unit"] == "mg" and row["each_low"] not in MISSING
        if float(row["each_low"]) > 0.5
    }


def test_the_view_of_studies_has_each_arm_and_each_study_without_one(
    made: Exported, database: sqlite3.Connection
) -> None:
    expected = [
        (study.id, arm.name if arm else None)
        for study in made.site.studies.values()
        for arm in (study.arms or (None,))
    ]

    rows = found(database, "SELECT study, arm FROM study_arms ORDER BY study, arm_number")
    assert rows == expected


def test_the_view_of_cautions_has_a_row_for_each_source(
    made: Exported, database: sqlite3.Connection
) -> None:
    expected = {
        (caution.id, at.source, caution.kind)
        for caution in made.site.cautions.values()
        for at in caution.at
    }

    rows = found(database, "SELECT caution, source, kind FROM cautions_by_source")
    assert set(rows) == expected
    assert len(rows) == len(expected)


# ---- bytes -----------------------------------------------------------------------------------


def test_the_same_tables_give_the_same_bytes_and_no_release_of_sqlite_is_named(
    made: Exported,
) -> None:
    table = Table("made-up", "About.", (Column("id", "Id."),), csv_lines([("b",), ("a",)]))
    identity = made.site.identity

    content = file(identity, (table,))[1]
    assert content == file(identity, (table,))[1]
    assert content[:16] == b"SQLite format 3\0"
    assert content[96:100] == bytes(4)
    with closing(opened(content)) as database:
        assert found(database, "SELECT id FROM made_up ORDER BY id") == [("a",), ("b",)]


def test_rows_with_one_key_are_refused(made: Exported) -> None:
    table = Table("made-up", "About.", (Column("id", "Id."),), csv_lines([("a",), ("a",)]))

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        file(made.site.identity, (table,))


def test_a_numbered_day_has_no_ends_and_no_unit(tmp_path: Path) -> None:
    data = sound_folder(tmp_path)
    results = "results: [{outcome: Ease, at_time: day 28, at: leaflet use.1.3}]"
    replace(data, "studies/hiccups.yml", "findings:", f"{results}\nfindings:")
    site = load(data).site
    files = dict(sitegen.exported(site, dict.fromkeys(site.sources, "")))

    with closing(opened(files["data/v1/all.sqlite"])) as connection:
        row = "select at_time, at_time_low, at_time_high, at_time_unit from studies_results"
        assert found(connection, row) == [("day 28", None, None, "left out")]
    [result] = json.loads(files["data/v1/studies/hiccups.json"])["results"]
    assert result["at_time"]["value"] == "day 28"
