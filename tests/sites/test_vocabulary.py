"""A data folder with a unit, a route, a language and a terminology of its own, from data to pages.

All of them are invented: the blister, the squib, the way through the ear lobe, Imaginarian.
"""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jsonschema
import pytest
from exported import TEMPLATES
from sound import problems, replace, rich_folder, write

import sitegen
from sitegen import SiteOutput, build, read_site
from sitegen.incremental.cache import Cache
from sitegen.incremental.workers import Executor
from sitegen.model.figures_in_prose import registered
from sitegen.model.languages import language_name
from sitegen.model.quantity import QuantityError, quantity
from sitegen.pipeline import stages

VOCABULARY = """\
units:
  - one: blister
    many: blisters
    measures: blister
    ucum: "{blister}"
    doses: a presentation
    spellings: [blister, blisters, blstr]
  - one: squib
    many: squibs
    measures: squib
    ucum: "[squib'U]"
    doses: an amount
    spellings: [squib, squibs]
  - one: megasquib
    many: megasquibs
    measures: squib
    factor: 1000000
    doses: an amount
    spellings: [megasquib, megasquibs]
routes:
  - name: transauricular
    spellings: [through the ear lobe]
    means: through the ear lobe, by a needle
languages:
  - tag: qaa
    name: Imaginarian
    decimal: ","
terminologies:
  - system: urn:example:codes
    name: Codes of Exampland
"""
PRODUCT = """\
name: Blister pack
substance: examplin
at: paper abstract.1.6
form: Blisters
strength: not applicable
unit: blister
ingredients:
  - substance: examplin
    amount: 2.5 megasquibs
strength_label: not reported
content: not reported
composition: not reported
maker: not reported
supply: not reported
storage: not reported
shelf_life: not reported
"""
REGIMEN = """\
name: Hiccups, blisters
conditions: [hiccups]
people: not extracted
at: paper abstract.1.6
route: transauricular
each: 2 blisters
volume: not applicable
times: 3 per day
daily: not reported
length: 10 days
strength: not applicable
product: blisters
"""
SENTENCE = """\
  - at: abstract.1.6
    gist: Each blister has 2,5 megasquibs; 2 blisters three times a day for 10 days.
    figures: ["2,5 megasquib", 2 blstr, three times a day, 10 days]
"""


def folder(tmp_path: Path) -> Path:
    """Write a sound data folder that brings tables of its own, and records that need them."""
    data = rich_folder(tmp_path)
    write(data, "vocabulary.yml", VOCABULARY)
    write(data, "products/blisters.yml", PRODUCT)
    write(data, "regimens/blisters.yml", REGIMEN)
    replace(data, "sources/paper.yml", "language: Russian", "language: qaa")
    paper = data / "sources/paper.yml"
    paper.write_text(paper.read_text() + SENTENCE)
    return data


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SiteOutput:
    """Everything that is published of the folder."""
    return SiteOutput(sitegen.read(folder(tmp_path_factory.mktemp("own"))), TEMPLATES)


def published(output: SiteOutput, name: str) -> str:
    """Return an exported file."""
    return output.files[f"data/v1/{name}"].decode()


def test_a_unit_of_the_folder_is_computed_with_and_shown(made: SiteOutput) -> None:
    page = made.page("dosage/blisters.md").markdown

    assert "2\u00a0blisters" in page
    assert "6\u00a0blisters a day" in page
    assert "60\u00a0blisters" in page
    assert "15\u00a0megasquibs a day" in page


def test_a_route_and_a_language_and_a_terminology_of_the_folder_are_shown(
    made: SiteOutput,
) -> None:
    assert "ransauricular" in made.page("dosage/blisters.md").markdown
    assert "Imaginarian" in made.page("sources/paper.md").markdown
    assert "Codes of Exampland" in made.page("data/codes.md").markdown


def test_a_citation_has_the_language_by_its_tag(made: SiteOutput) -> None:
    assert '"language":"qaa"' in "".join(
        content.decode().replace(" ", "") for uri, content in made.files.items() if "csl" in uri
    )


def test_json_and_its_schema_have_the_unit(made: SiteOutput) -> None:
    record = json.loads(published(made, "regimens/blisters.json"))
    schema = json.loads(published(made, "schema/regimens.json"))

    amount = record["each"]["value"]
    assert [amount["text"], amount["unit"], amount["ucum"]] == [
        "2 blisters",
        "blisters",
        "{blister}",
    ]
    jsonschema.validate(record, schema)


def test_fhir_has_the_code_of_the_unit(made: SiteOutput) -> None:
    bundle = published(made, "fhir/bundle.json")

    assert '"code": "{blister}"' in bundle or '"code":"{blister}"' in bundle


def test_tables_of_one_site_are_not_those_of_another(made: SiteOutput, tmp_path: Path) -> None:
    other = SiteOutput(sitegen.read(rich_folder(tmp_path)), TEMPLATES)

    with pytest.raises(QuantityError, match="no unit known here"):
        quantity("2 blisters")
    assert not registered("2 blstr")[0].understood
    assert language_name("qaa") == "qaa"
    assert "Codes of Exampland" not in other.page("data/codes.md").markdown
    with made.site.vocabulary.in_use():
        assert str(quantity("2 blisters")) == "2 blisters"
        assert registered("2 blstr")[0].understood
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(language_name, "qaa").result() == "qaa"
    assert language_name("qaa") == "qaa"


@pytest.mark.slow  # it builds a site more than once
def test_pages_are_the_same_one_by_one_on_every_core_and_from_a_cache(
    made: SiteOutput, tmp_path: Path
) -> None:
    data, cache = folder(tmp_path), Cache(None)
    read = stages.read(data)
    alone = SiteOutput(read, TEMPLATES)
    uris = (
        "dosage/blisters.md",
        "dosage/strengths-and-volumes.md",
        "data/codes.md",
        "sources/paper.md",
    )
    first = build(data, TEMPLATES, executor=Executor(2, cache))
    second = build(data, TEMPLATES, executor=Executor(1, cache))

    for uri in uris:
        assert alone.page(uri).markdown == made.page(uri).markdown == first.page(uri).markdown
        assert alone.structured_data(uri) == second.structured_data(uri)
    assert first.files == second.files == dict(made.files)


@pytest.mark.slow  # it builds a site more than once
def test_a_change_of_the_tables_alone_is_noticed(tmp_path: Path) -> None:
    data, cache = folder(tmp_path), Cache(None)
    executor = Executor(1, cache)
    build(data, TEMPLATES, executor=executor)
    before = stages.read(data, executor)
    replace(data, "vocabulary.yml", "name: Imaginarian", "name: Old Imaginarian")
    replace(data, "vocabulary.yml", "{blister}", "{blister_pack}")
    after = build(data, TEMPLATES, executor=executor)

    assert dict(after.files) == dict(build(data, TEMPLATES).files)
    assert "Old Imaginarian" in after.page("sources/paper.md").markdown
    again = stages.read(data, executor, before)
    assert again.loaded.site.regimens["blisters"].each.value.unit.ucum == "{blister_pack}"
    replace(data, "vocabulary.yml", "blstr]", "blstrs]")
    assert any("2 blisters" in said for said in problems(data))
    shutil.copy(data / "vocabulary.yml", tmp_path / "kept")
    (data / "vocabulary.yml").unlink()
    assert any("transauricular" in said for said in problems(data))
    assert read_site(rich_folder(tmp_path / "plain"))
