"""A query is answered once, and a later build can ask it again."""

from __future__ import annotations

from pathlib import Path

import exported
import pytest

from sitegen import build
from sitegen.derive.relations import Relations
from sitegen.incremental.cache import Cache
from sitegen.incremental.fingerprint import NO_FINGERPRINT
from sitegen.incremental.queries import query
from sitegen.incremental.tracking import tracking
from sitegen.incremental.workers import Executor
from sitegen.pipeline.stages import SourceData, read

OTHER = exported.DATA["other"]


@pytest.fixture(scope="module")
def data() -> SourceData:
    """The other drug's records."""
    return read(OTHER)


def test_every_query_can_be_repeated() -> None:
    """What pages and files ask of one reading of the data has the same answers in another."""
    build(OTHER, exported.TEMPLATES, executor=Executor(1, Cache(None)))
    first, second = read(OTHER), read(OTHER)
    with tracking(first.inputs.identify) as dependencies:
        ask_everything(first.relations)
    changed = {
        question
        for question, answer in dependencies.items()
        if second.inputs.fingerprint(question) != answer
    }

    assert len(dependencies) > 80
    assert changed == set()


def ask_everything(relations: Relations) -> None:
    """Ask each query that takes no argument, or a record of one kind."""
    site = relations.site
    for name, value in vars(Relations).items():
        if isinstance(value, property) and not name.startswith("_"):
            getattr(relations, name)
    for study in site.studies.values():
        relations.group_of(study), relations.ties_of(study), relations.links_to(study)
        relations.places_of(study), relations.sources_of(study)
        relations.conditions_named(study)
    for condition in site.conditions.values():
        relations.studies_on(condition), relations.regimens_for(condition)
        relations.cautions_about(condition), relations.codes_of(condition)
    for source in site.sources.values():
        relations.empty_sections(source)
        for section in source.sections:
            relations.drawn(source, section)


def test_a_question_about_what_is_gone_or_unknown_has_no_fingerprint(data: SourceData) -> None:
    fingerprint = data.inputs.fingerprint
    group_of = '["sitegen.derive.relations.Relations.group_of",{"key":["studies","gone"]}]'

    assert fingerprint('["sitegen.no_such_query"]') == NO_FINGERPRINT
    assert fingerprint(group_of) == NO_FINGERPRINT
    assert fingerprint("no-such-kind/a") == NO_FINGERPRINT
    assert fingerprint("studies/gone") == "none"


def test_what_a_query_reads_is_not_recorded_for_the_work(data: SourceData) -> None:
    condition = next(iter(data.site.conditions.values()))
    with tracking(data.inputs.identify) as dependencies:
        data.relations.studies_on(condition)
        first = dict(dependencies)
        data.relations.studies_on(condition)

    assert list(dependencies) == list(first)
    assert len(dependencies) == 1


def test_a_query_takes_only_arguments_that_a_later_build_can_give(data: SourceData) -> None:
    @query
    def odd(relations: Relations, value: object) -> str:
        return str(value)

    with tracking(), pytest.raises(TypeError, match="a object is no argument of a query"):
        odd(data.relations, object())
    with pytest.raises(TypeError, match="takes no argument by its name"):
        odd(data.relations, value=1)


def test_a_query_is_answered_once_for_an_owner(data: SourceData) -> None:
    calls: list[str] = []

    @query
    def length(relations: Relations, text: str) -> int:
        calls.append(text)
        return len(text)

    other = Relations(data.site)

    assert [length(data.relations, "abc"), length(data.relations, "abc")] == [3, 3]
    assert calls == ["abc"]
    assert length(other, "abc") == 3
    assert calls == ["abc", "abc"]


def test_a_record_is_known_by_the_text_of_its_file(tmp_path: Path) -> None:
    data = read(OTHER)
    study = next(iter(data.site.studies.values()))
    unknown = SourceData.of(data.loaded.site)

    assert data.inputs.identify(study) != NO_FINGERPRINT
    assert data.inputs.identify("text") is None
    assert unknown.inputs.identify(study) == NO_FINGERPRINT
