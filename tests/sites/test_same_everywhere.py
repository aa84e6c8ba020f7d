"""Pages, CSV, JSON, FHIR and JSON-LD say the same of each caution, each dose and each study."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import exported
import pytest
from browser.markup import Element, parse

from sitegen.derive import safety
from sitegen.derive.completeness import answers, count
from sitegen.derive.phases import phases
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Computed, Stated, Total
from sitegen.model import Caution, Regimen, Study
from sitegen.model.quantity import Quantity
from sitegen.model.typography import prose
from sitegen.statements.amounts import none_line
from sitegen.statements.regimens import regimen_line
from sitegen.statements.studies import items_reported, study_line


@pytest.fixture(params=list(exported.DATA))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def page(name: str, uri: str) -> Element:
    """A page as a tree, its Markdown read as text."""
    return parse(next(page.markdown for page in exported.book(name).pages if page.uri == uri))


def folded(text: str) -> str:
    """A text without white space and in one sort of dash and minus."""
    return re.sub(r"\s", "", html.unescape(text)).replace("–", "-").replace("−", "-")


def row_of(name: str, uri: str, id: str) -> str:
    """The text of the row that has an id."""
    rows = page(name, uri).all("tr")
    return next(folded(row.text) for row in rows if row.attributes.get("id") == id)


def relations_of(name: str) -> Relations:
    return Relations(exported.of(name).site)


@cache
def uses(name: str) -> dict[str, list[dict[str, Any]]]:
    """The resources of the Bundle by the record that each is made from."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in exported.of(name).json("fhir/bundle.json")["entry"]:
        resource = entry["resource"]
        found.setdefault(resource["identifier"][0]["value"], []).append(resource)
    return found


@cache
def nodes(name: str) -> tuple[dict[str, Any], ...]:
    """Every node of the JSON-LD documents, those inside others too."""
    made = exported.of(name)
    documents = [uri for uri in made.files if uri.endswith(".jsonld")]
    return tuple(
        node for uri in documents for node in _inside(made.json(uri.removeprefix("data/v1/")))
    )


def _inside(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _inside(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _inside(inner)


def node_of(name: str, type_: str, record: Any) -> dict[str, Any]:
    ending = f"{record.id}.html#{'regimen' if record.folder == 'regimens' else 'study'}"
    return next(
        node for node in nodes(name) if node.get("@id", "").endswith(ending) and type_ in node
    )


def in_json(value: Any) -> str:
    """A value of a JSON record as text: an amount, a date, a word of absence, or the text."""
    if isinstance(value, dict):
        return str(value.get("absent") or value.get("text"))
    return str(value)


# ---- cautions -----------------------------------------------------------------------------------


def test_a_caution_says_the_same_on_its_page_and_in_every_file(name: str) -> None:
    made, known = exported.of(name), relations_of(name)
    rows = {row["id"]: row for row in made.table("cautions")}
    warnings = [text for node in nodes(name) for text in node.get("warning", [])]
    for caution in made.site.of(Caution).values():
        says = str(caution.says.absence or caution.says.value)
        shown = row_of(name, "safety/index.md", f"caution-{caution.id}")
        published = made.json(f"cautions/{caution.id}.json")
        assert folded(prose(says)) in shown, caution.id
        assert folded(in_json(published["says"]["value"])) == folded(says), caution.id
        assert folded(rows[caution.id]["says"]) == folded(says), caution.id
        assert rows[caution.id]["stance"] == published["stance"] == caution.stance, caution.id
        denied = caution.is_denied and not caution.says.absence
        said_so = {"denied": "claimednottooccur", "nearly denied": "calledpracticallyabsent"}
        for stance, words in said_so.items():
            assert (words in shown) is (denied and caution.stance == stance), caution.id

        resources = uses(name).get(f"cautions/{caution.id}", [])
        assert bool(resources) is caution.is_reported, f"{caution.id} in FHIR"
        box = page(name, "dosage/index.md").all("aside")
        groups = [group for group in safety.caution_groups(known) if caution in group.cautions]
        assert bool(groups) is caution.is_reported, f"{caution.id} in the box"
        assert all(folded(group.name) in folded(next(box).text) for group in groups[:1])
        if caution.kind == "contraindication":
            names = {group.name for group in groups}
            by = [source.title for source in known.sources_of(caution)]
            for name_of_group in names:
                [text] = [one for one in warnings if f": {name_of_group}. Reported by" in one]
                assert all(title in text for title in by), f"{caution.id} in JSON-LD"
            said = {
                resource["contraindication"]["diseaseSymptomProcedure"]["concept"]["text"]
                for resource in resources
            }
            assert {folded(text) for text in said} == {folded(text) for text in names}, caution.id


def test_what_is_denied_is_a_warning_nowhere(name: str) -> None:
    said = " ".join(str(node) for node in nodes(name))
    for caution in exported.of(name).site.of(Caution).values():
        if caution.is_denied and not caution.says.absence:
            assert str(caution.says.value) not in said, caution.id


# ---- doses --------------------------------------------------------------------------------------


def test_a_dose_is_the_same_on_its_page_and_in_every_file(name: str) -> None:
    made, known = exported.of(name), relations_of(name)
    rows = [row for row in made.table("regimens") if row["phase_number"] == "1"]
    by_id = {row["id"]: row for row in reversed(rows)}
    for regimen in made.site.of(Regimen).values():
        line = folded(regimen_line(regimen))
        lede = next(one for one in page(name, f"dosage/{regimen.id}.md").all("p"))
        assert folded(lede.text) == line, regimen.id
        described = node_of(name, "doseSchedule", regimen)["doseSchedule"]["description"]
        assert folded(described) == folded(f"Reported: {regimen_line(regimen)}"), regimen.id
        published = made.json(f"regimens/{regimen.id}.json")
        for field in ("each", "times", "daily", "length", "strength", "route", "volume"):
            value = getattr(regimen, field)
            text = str(value.absence or value.value)
            assert folded(in_json(published[field]["value"])) == folded(text), (regimen.id, field)
            assert folded(by_id[regimen.id][field]) == folded(text), (regimen.id, field)
        [resource] = uses(name)[f"regimens/{regimen.id}"]
        [guideline] = resource["indicationGuideline"][0]["dosingGuideline"]
        texts = [dosage["text"] for one in guideline["dosage"] for dosage in one["dosage"]]
        if not regimen.then and not regimen.type:
            assert [folded(text) for text in texts] == [line], regimen.id
        assert known.source_of(regimen).title in str(resource["extension"]), regimen.id


TOTALS = {
    "per_dose": "each_dose",
    "daily": "a_day",
    "weekly": "a_week",
    "monthly": "a_month",
    "yearly": "a_year",
    "hourly": "an_hour",
    "total": "a_course",
    "all_courses": "all_courses",
}


def test_totals_are_the_same_on_pages_and_in_files(name: str) -> None:
    made = exported.of(name)
    rows = {
        (row["id"], row["phase_number"], row["reading_number"]): row
        for row in made.table("regimens")
    }
    seen = 0
    for regimen in made.site.of(Regimen).values():
        text = folded(page(name, f"dosage/{regimen.id}.md").text)
        computed = made.json(f"regimens/{regimen.id}.json")["computed"]
        parts = computed.get("phases") or [computed]
        published = iter([way for part in parts for way in part["courses"]])
        for place, phase in enumerate(phases(regimen), 1):
            for number, way in enumerate(courses_of(made.site, phase), 1):
                row, node = rows[regimen.id, str(place), str(number)], next(published)
                assert node["reading"] == way.reading, regimen.id
                for of, column in TOTALS.items():
                    total, where = getattr(way, of), (regimen.id, place, number, of)
                    assert in_table(row, f"computed_{column}") == said(total), where
                    assert in_record(node.get(column)) == said(total), where
                    if isinstance(total, Computed):
                        assert folded(total.formula) in text, where
                    seen += 1
    assert seen > 50


def said(total: Total | None) -> str:
    """What a total is, in one text: where it is from, with its amount or the word for none."""
    if total is None:
        return "left out"
    if isinstance(total, Stated):
        return "stated"
    if isinstance(total, Computed):
        return folded(f"computed {total.amount} {total.formula}")
    return folded(none_line(total))


def in_table(row: dict[str, str], column: str) -> str:
    """The same of the cells of a total."""
    cell, origin = row[column], row[f"{column}_from"]
    if cell == "left out":
        return cell
    if origin == "stated by the source":
        return "stated"
    if cell in ("cannot be computed", "not applicable"):
        return folded(f"{cell}: {origin}")
    return folded(f"computed {cell} {origin}")


def in_record(node: dict[str, Any] | None) -> str:
    """The same of a total of a JSON record."""
    if node is None:
        return "left out"
    if "stated" in node:
        return "stated"
    if "computed" in node:
        return folded(f"computed {node['computed']['text']} {node['formula']}")
    [(word, why)] = node.items()
    return folded(f"{word.replace('_', ' ')}: {why}")


# ---- studies ------------------------------------------------------------------------------------


def test_a_study_is_the_same_on_its_page_and_in_every_file(name: str) -> None:
    made, known = exported.of(name), relations_of(name)
    rows = {row["id"]: row for row in made.table("studies")}
    for study in made.site.of(Study).values():
        tree, row = page(name, f"studies/{study.id}.md"), rows[study.id]
        lede = next(one for one in tree.all("p"))
        assert folded(lede.text) == folded(study_line(study, known)), study.id
        if not study.pools:
            described = node_of(name, "studySubject", study)["description"]
            assert folded(described) == folded(f"As reported: {study_line(study, known)}")
        published = made.json(f"studies/{study.id}.json")
        for answer in answers(study):
            field, value = answer.item.field, answer.reported
            text = str(value.absence or value.value)
            assert folded(in_json(published[field]["value"])) == folded(text), (study.id, field)
            assert folded(row[field]) == folded(text), (study.id, field)
            cell = row_of(name, f"studies/{study.id}.md", field.replace("_", "-"))
            if not answer.is_apart and not isinstance(value.value, Quantity):
                assert folded(prose(text)) in cell, (study.id, field)
        counted = count(answers(study))
        assert row["computed_reported"] == str(counted.reported), study.id
        assert row["computed_not_extracted"] == str(counted.unread), study.id
        assert folded(items_reported(counted)) in folded(tree.text), study.id


def test_an_arm_is_the_same_on_the_page_of_its_study_and_in_every_file(name: str) -> None:
    made = exported.of(name)
    rows = {(row["record"], row["number"]): row for row in made.table("studies-arms")}
    for study in made.site.of(Study).values():
        text = folded(page(name, f"studies/{study.id}.md").text)
        published = made.json(f"studies/{study.id}.json").get("arms", [])
        assert len(published) == len(study.arms), study.id
        for number, (arm, node) in enumerate(zip(study.arms, published, strict=True), 1):
            size = str(arm.participants.absence or arm.participants.value)
            row = rows[study.id, str(number)]
            assert folded(in_json(node["participants"]["value"])) == folded(size), study.id
            assert folded(row["participants"]) == folded(size), study.id
            assert row["name"] == node["name"] == arm.name, study.id
            assert folded(prose(arm.name)) in text, study.id
            if isinstance(arm.participants.value, Quantity):
                assert folded(size) in text, study.id
