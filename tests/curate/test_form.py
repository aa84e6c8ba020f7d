"""The form for records has every kind, every field and every value that files hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from folders import EXAMPLE, OTHER, REAL
from sound import problems, replace, sound_folder

from curate import form, schemas
from curate.form_fields import ABSENCES
from curate.mend import LAST
from sitegen import read_records
from sitegen.model import KINDS, Identity, RecordForm, Study
from sitegen.read.vocabulary import read_vocabulary
from sitegen.read.yamlfile import GUESSED, parsed

Field = Mapping[str, Any]
LOCAL = RecordForm(backend="local")

# Where a value is a text in one file and has fields in another: the form has its YAML as a text.
AS_YAML = ["sources.author.value", "sources.author.readings", "sources.sentences.figures"]


@cache
def settings(data: Path = OTHER) -> Mapping[str, Any]:
    """The settings of the form of a data folder."""
    content = form.config(data, read_records(data).identity, LOCAL).decode()
    head, text = content.split("\n", 1)
    assert head.startswith("# Made by build.py")
    return json.loads(text)


def collections(data: Path = OTHER) -> Mapping[str, Any]:
    return {one["name"]: one for one in settings(data)["collections"]}


def all_fields(fields: Iterable[Field], where: str) -> Iterator[tuple[str, Field]]:
    """Every field at every depth, with its path."""
    for field in fields:
        path = f"{where}.{field['name']}"
        yield path, field
        yield from all_fields(field.get("fields", ()), path)


def every_field() -> list[tuple[str, Field]]:
    found = (all_fields(one["fields"], name) for name, one in collections().items())
    return [each for some in found for each in some]


# ---- kinds and fields ----------------------------------------------------------------------------


def test_every_kind_of_record_is_a_collection_and_every_other_file_has_a_reason() -> None:
    assert list(collections()) == [kind.folder for kind in KINDS]
    assert {*schemas.models()} == {*collections(), *form.LEFT_OUT}


def models_in(node: Any, types: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every model that a value may be, behind references, unions and lists."""
    if isinstance(node, list):
        for one in node:
            yield from models_in(one, types)
    elif "$ref" in node:
        yield from models_in(types[node["$ref"].rpartition("/")[2]], types)
    elif "properties" in node:
        yield node
    else:
        yield from models_in(node.get("anyOf", []), types)
        if "items" in node:
            yield from models_in(node["items"], types)


def compared(where: str, model: Any, fields: list[Field], types: Mapping[str, Any]) -> list[str]:
    """The paths whose fields are others in the form than in a model; those in YAML are checked."""
    names = [field["name"] for field in fields if field["name"] != form.ID or "." in where]
    wrong = [where] if sorted(names) != sorted(model["properties"]) else []
    for field in fields:
        found = list(models_in(model["properties"].get(field["name"], []), types))
        path = f"{where}.{field['name']}"
        if field.get("fields"):
            whole = next(one for one in found if {*one["properties"]} == names_of(field))
            wrong += compared(path, whole, field["fields"], types)
        elif found and path not in AS_YAML:
            wrong.append(path)
    return wrong


def names_of(field: Field) -> set[str]:
    return {inner["name"] for inner in field["fields"]}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_every_field_of_a_kind_is_in_its_form_at_every_depth(kind: Any) -> None:
    with read_vocabulary(OTHER).in_use():
        schema = schemas.schema(kind.folder, kind)
    fields = collections()[kind.folder]["fields"]

    assert compared(kind.folder, schema, fields, schema["$defs"]) == []


def test_what_a_form_has_no_fields_for_is_its_yaml() -> None:
    marked = [
        path
        for path, field in every_field()
        if field.get("as_yaml") or field.get("field", {}).get("as_yaml")
    ]

    assert marked == AS_YAML


def test_no_widget_makes_anything_but_text() -> None:
    widgets = {field["widget"] for _, field in every_field()}

    assert widgets == {"record-id", "string", "text", "select", "relation", "object", "list"}


def test_fields_are_in_the_order_that_files_have() -> None:
    names = [field["name"] for field in collections()["studies"]["fields"]]

    own = [name for name in Study.model_fields if name not in (form.ID, *LAST)]
    assert names == [form.ID, *own, *LAST]


def test_a_field_says_what_it_takes() -> None:
    fields = {field["name"]: field for field in collections()["studies"]["fields"]}
    words = ", ".join(ABSENCES)

    assert (
        fields["dose"]["hint"]
        == (
            "The amount of each dose. An amount of a dose, such as '6 mg' or '2.5-5 mg'; or "
            + words
        )
        + "."
    )
    assert fields["dose"]["required"]
    assert not fields["note"]["required"]
    assert fields["name"]["label"] == "Name"


def test_a_closed_list_is_chosen_from_and_a_record_is_found_by_its_name() -> None:
    caution = {field["name"]: field for field in collections()["cautions"]["fields"]}

    assert "boxed warning" in caution["kind"]["options"]
    assert caution["conditions"]["collection"] == "conditions"
    assert caution["conditions"]["multiple"]
    assert caution["conditions"]["search_fields"] == ["name", "slug"]


def test_what_an_object_needs_is_not_asked_for_where_the_object_may_be_left_out() -> None:
    study = dict(all_fields(collections()["studies"]["fields"], "studies"))

    assert study["studies.dose.value"]["required"]
    assert not study["studies.search"]["required"]
    assert not study["studies.search.found"]["required"]
    assert study["studies.arms.name"]["required"]  # of an arm that is there


# ---- values --------------------------------------------------------------------------------------


def refused(value: Any, field: Field, where: str) -> Iterator[str]:
    """The values of a record that the form could not hold, or would refuse to save."""
    if field.get("as_yaml"):
        return
    if field["widget"] == "list" or field.get("multiple"):
        entry = field.get("field") or {**field, "widget": "object", "multiple": False}
        entry = entry if "fields" in entry or "field" in field else {**entry, "widget": "select"}
        for one in value if isinstance(value, list) else [value]:
            yield from refused(one, entry, where)
    elif "fields" in field:
        whole = value if isinstance(value, dict) else {"value": value}
        inner = {one["name"]: one for one in field["fields"]}
        for name, one in whole.items():
            yield from refused(one, inner[name], f"{where}.{name}")
    elif not isinstance(value, str):
        yield f"{where}: {value!r} is no text"
    elif "options" in field and value not in field["options"]:
        yield f"{where}: {value!r} is not offered"
    elif "pattern" in field and not re.search(field["pattern"][0], " ".join(value.split())):
        yield f"{where}: {value!r} is refused: {field['pattern'][1]}"


@pytest.mark.parametrize("data", [REAL, OTHER, EXAMPLE / "data"], ids=["real", "other", "example"])
def test_no_value_of_a_record_is_refused(data: Path) -> None:
    found = []
    for folder, one in collections(data).items():
        for path in (data / folder).glob("*.yml"):
            record = parsed(path.read_text(encoding="utf-8"), path.name)
            whole = {"widget": "object", "fields": one["fields"]}
            found += refused(record, whole, f"{folder}/{path.stem}")

    assert found == []


def test_the_form_puts_in_quotes_what_the_reader_would_refuse() -> None:
    assert settings()["quoted"] == GUESSED.pattern


def test_units_of_a_folder_are_units_of_its_form() -> None:
    assert "tonnes" in json.dumps(settings(EXAMPLE / "data"))
    assert "tonnes" not in json.dumps(settings(OTHER))


# ---- where it saves ------------------------------------------------------------------------------


def identity(repository: str) -> Identity:
    return read_records(OTHER).identity.model_copy(update={"repository": repository})


FORGES = [
    (
        {"backend": "github", "login": "https://login.example/auth"},
        "https://github.com/owner/name",
        {"api_root": "https://api.github.com", "base_url": "https://login.example"},
    ),
    (
        {"backend": "github", "login": "https://login.example/auth"},
        "https://own.example/owner/name",
        {"api_root": "https://own.example/api/v3", "auth_endpoint": "auth"},
    ),
    (
        {"backend": "gitlab", "app_id": "a1", "branch": "records"},
        "https://gitlab.example/group/sub/name",
        {
            "api_root": "https://gitlab.example/api/v4",
            "auth_type": "pkce",
            "app_id": "a1",
            "branch": "records",
        },
    ),
    (
        {"backend": "gitea", "app_id": "a1"},
        "https://gitea.example/owner/name",
        {"api_root": "https://gitea.example/api/v1", "base_url": "https://gitea.example"},
    ),
]


@pytest.mark.parametrize(("given", "repository", "expected"), FORGES)
def test_a_forge_is_reached_at_the_repository(
    given: dict[str, str], repository: str, expected: dict[str, str]
) -> None:
    known, chosen = identity(repository), RecordForm.model_validate(given)
    made = form.backend(known, chosen)

    assert made["name"] == given["backend"]
    assert repository.endswith(made["repo"])
    assert {name: made[name] for name in expected} == expected
    assert made["api_root"].startswith(form.saves_to(known, chosen))


def test_a_local_form_saves_to_a_server_of_this_machine() -> None:
    assert settings()["backend"]["proxy_url"] == "http://localhost:8081/api/v1"
    assert form.saves_to(identity("https://github.com/o/n"), LOCAL) == "http://localhost:8081"
    assert "publish_mode" not in settings()


def test_the_folder_is_that_of_the_repository() -> None:
    chosen = RecordForm(backend="local", folder="examples/other/data")
    content = form.config(OTHER, read_records(OTHER).identity, chosen).decode()

    assert '"folder": "examples/other/data/studies"' in content


# ---- the setting ---------------------------------------------------------------------------------

WRONG = [
    ("form: {backend: git-gateway}", "backend must be one of local, github, gitlab or gitea"),
    ("form: {backend: github}", "form must have a 'login' for github, and none for another"),
    ("form: {backend: gitea}", "form must have an 'app_id' for gitlab or gitea, and none for"),
    ("form: {backend: local, folder: ../x}", "folder must be the path of the data folder in the"),
    ("form: {backend: github, login: host}", "login must be the address of a server, such as"),
    ("form: {backend: gitlab, app_id: a1}", "form saves to gitlab: write the address of the"),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_a_wrong_setting_is_explained(tmp_path: Path, line: str, message: str) -> None:
    data = sound_folder(tmp_path)
    replace(data, "site.yml", "repository: not set", f"repository: not set\n{line}")

    (problem,) = problems(data)
    assert message in problem


def test_without_the_setting_there_is_no_form() -> None:
    for data in (REAL, OTHER):
        assert read_records(data).identity.form is None
