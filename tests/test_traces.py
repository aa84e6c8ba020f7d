"""A result is kept for as long as all that it was told is the same, and not a build longer."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import exported
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import DataError, build, read_site
from sitegen.derive.relations import Relations, answers, once, relations_of
from sitegen.incremental.cache import Kept
from sitegen.incremental.tracking import (
    UNKNOWN,
    Noted,
    digest_of,
    holds,
    index,
    is_traced,
    note_all,
    read,
    tracing,
    written,
)
from sitegen.incremental.workers import Press
from sitegen.model import KINDS, Condition, Site, Study
from sitegen.model.quantity import quantity
from sitegen.pages.render import Asked, Page, Renderer

OTHER = exported.DATA["other"]


# ---- what is noted -------------------------------------------------------------------------------


def noted(values: dict[str, int]) -> Noted[int]:
    """Numbers, each its own digest."""
    return Noted("numbers", values, lambda _, number: str(number))


@pytest.mark.parametrize(
    ("ask", "question"),
    [
        (lambda given: given["a"], "numbers/a"),
        (lambda given: given.get("a"), "numbers/a"),
        (lambda given: given.get("z"), "numbers/z"),
        (lambda given: "a" in given, "numbers/?a"),
        (lambda given: "z" in given, "numbers/?z"),
        (list, "numbers/*"),
        (dict, "numbers/*"),
        (len, "numbers/*"),
        (sorted, "numbers/*"),
        (lambda given: [*given.values()], "numbers/*"),
        (lambda given: [*given.items()], "numbers/*"),
        (lambda given: [*given.keys()], "numbers/*"),
        (lambda given: {**given}, "numbers/*"),
        (bool, "numbers/*"),
        (lambda given: [*reversed(given)], "numbers/*"),
        (lambda given: given.copy(), "numbers/*"),
        (copy.copy, "numbers/*"),
        (lambda given: given | {}, "numbers/*"),
        (lambda given: {} | given, "numbers/*"),
        (json.dumps, "numbers/*"),
    ],
)
def test_whatever_is_asked_of_values_is_noted(
    ask: Callable[[Noted[int]], object], question: str
) -> None:
    given = noted({"a": 1, "b": 2})
    with tracing() as trace:
        ask(given)

    assert question in trace


def test_a_trace_holds_until_one_answer_is_another() -> None:
    before, other, more = noted({"a": 1}), noted({"a": 2}), noted({"a": 1, "b": 1})
    with tracing() as trace:
        before["a"], before.get("b")

    def answer(now: Noted[int]) -> Callable[[str], str]:
        return lambda question: now.answer(question.partition("/")[2])

    assert holds(trace, answer(noted({"a": 1})))
    assert not holds(trace, answer(other))
    assert not holds(trace, answer(more))


def test_whether_there_is_a_value_does_not_rest_on_the_value() -> None:
    before, other, without = noted({"a": 1}), noted({"a": 2}), noted({})

    assert before.answer("?a") == other.answer("?a")
    assert before.answer("?a") != without.answer("?a")


@pytest.mark.parametrize(
    "trace",
    [
        {},
        {"studies/a": "1"},
        {'["relations.x",{"record":["studies","a"]}]': "1", "files/*": "none"},
    ],
)
def test_a_trace_is_read_as_it_was_written(trace: dict[str, str]) -> None:
    assert written(trace) != b""  # that is no trace, of what rests on something unknown
    assert read(written(trace)) == trace


@pytest.mark.parametrize("odd", ["a\tb", "a\nb", "a\n\tb", "\n", "\t"])
def test_a_question_that_would_end_its_line_never_holds(odd: str) -> None:
    trace = {"studies/a": "1", odd: "1"}

    assert not holds(read(written(trace)), lambda question: trace.get(question, UNKNOWN))


def test_what_an_answer_cannot_tell_never_holds() -> None:
    assert not holds({"a": UNKNOWN}, lambda question: UNKNOWN)


def test_what_one_piece_of_work_asked_is_not_noted_for_another() -> None:
    given = noted({"a": 1, "b": 2})
    with tracing() as outer:
        given["a"]
        with tracing() as inner:
            given["b"]
        assert is_traced()

    assert (list(outer), list(inner)) == (["numbers/a"], ["numbers/b"])
    with tracing() as later:
        note_all(inner)
    assert later == inner
    assert not is_traced()


def test_an_index_is_refused_to_traced_work() -> None:
    class Records:
        @index
        def by_letter(self) -> dict[str, int]:
            return {"a": 1}

    records = Records()
    assert records.by_letter is records.by_letter
    with tracing(), pytest.raises(RuntimeError, match="by_letter is read by traced work"):
        records.by_letter  # noqa: B018
    with pytest.raises(AttributeError):
        records.by_letter = {}  # type: ignore[assignment]


# ---- digests -------------------------------------------------------------------------------------

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.fractions() | st.binary(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(PLAIN, PLAIN)
def test_digests_are_the_same_for_the_same_values_and_for_no_others(
    one: object, other: object
) -> None:
    assert (digest_of(one) == digest_of(other)) == (repr(one) == repr(other))


@dataclass(frozen=True)
class Pair:
    """Two values."""

    one: object
    other: object


@dataclass(frozen=True)
class Couple:
    """The same under another name."""

    one: object
    other: object


def test_digests_tell_types_and_parts_apart() -> None:
    values: list[object] = [
        Pair(1, 2),
        Pair(2, 1),
        Couple(1, 2),
        (1, 2),
        Fraction(1, 3),
        "1/3",
        quantity("0.2 mg"),
        quantity("200 micrograms"),
        quantity("2 mg"),
        quantity("> 2 mg"),
        1.5,
        "1.5",
    ]

    assert len({digest_of(value) for value in values}) == len(values)
    assert UNKNOWN not in map(digest_of, values)
    assert digest_of(Pair(1, object())) == UNKNOWN
    assert digest_of(frozenset("ab")) == UNKNOWN  # its order is another in each process


def test_a_record_counts_by_its_file() -> None:
    site = read_site(OTHER)
    study = next(iter(site.studies.values()))
    before = digest_of((study,), site.seal)
    site.seals[study.key] = "another"

    assert before != digest_of((study,), site.seal)
    site.seals.clear()
    assert digest_of((study,), site.seal) == UNKNOWN


# ---- questions -----------------------------------------------------------------------------------


def test_every_question_can_be_asked_again() -> None:
    """What pages and files ask of one reading of the data has the same answers in another."""
    kept = Kept(None)
    press = Press(1, kept)
    build(OTHER, exported.TEMPLATES, press=press)
    with tracing() as trace:
        ask_everything(relations_of(read_site(OTHER)))
    answer = answers(read_site(OTHER))

    assert len(trace) > 100
    assert {question for question in trace if answer(question) != trace[question]} == set()


def ask_everything(relations: Relations) -> None:
    """Ask each question that takes no argument, or a record of one kind."""
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


def test_a_question_about_what_is_gone_or_unknown_has_no_answer() -> None:
    site = read_site(OTHER)
    answer = answers(site)

    assert answer('["sitegen.no_such_question"]') == UNKNOWN
    group_of = '["sitegen.derive.relations.Relations.group_of",{"record":["studies","gone"]}]'
    assert answer(group_of) == UNKNOWN
    assert answer("no-such-kind/a") == UNKNOWN
    assert answer("studies/gone") == "none"


def test_the_questions_of_an_answer_are_not_those_of_the_work() -> None:
    site = read_site(OTHER)
    relations = relations_of(site)
    condition = next(iter(site.conditions.values()))
    with tracing() as trace:
        relations.studies_on(condition)
        first = dict(trace)
        relations.studies_on(condition)

    assert list(trace) == list(first)
    assert len(trace) == 1


def test_a_question_takes_only_what_it_can_be_asked_with_again(site: Site) -> None:
    @once
    def odd(relations: Relations, value: object) -> str:
        return str(value)

    with tracing(), pytest.raises(TypeError, match="object is no argument of a question"):
        odd(relations_of(site), object())


# ---- kept and fresh are the same -----------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the other drug's data, to edit."""
    return shutil.copytree(OTHER, tmp_path / "data")


@cache
def first_build() -> tuple[dict[str, object], Kept]:
    """What is published of the other drug, and what was kept of it."""
    kept = Kept(None)
    return made(OTHER, Press(1, kept)), kept


def begun() -> tuple[dict[str, object], Press]:
    """What a first build published, and a press for a second one."""
    first, kept = first_build()
    return first, Press(1, copy.deepcopy(kept))


def made(folder: Path, press: Press) -> dict[str, object]:
    """Everything that is published of a data folder, by its address."""
    book = build(folder, exported.TEMPLATES, press=press)
    return {
        **{page.uri: page.markdown for page in book.pages},
        **{f"/{uri}": text for uri, text in book.structured.items()},
        **{asset.uri: asset.content for asset in book.assets},
        "search": book.documents,
    }


def edits(folder: Path, kind: str) -> Iterator[Callable[[], None]]:
    """Edits of the records of a kind, each of which adds a word to one text."""
    for path in sorted((folder / kind).glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        for line in re.finditer(r"^ *(?:- )?([a-z_]+): [^\n]*[a-z](?=\"?$)", text, re.MULTILINE):
            if line[1] not in ("at", "folder", "condition"):
                changed = f"{text[: line.end()]} indeed{text[line.end() :]}"
                yield lambda path=path, changed=changed: path.write_text(changed, "utf-8")  # type: ignore[misc]


def removals(folder: Path, kind: str) -> Iterator[Callable[[], None]]:
    """The removal of each record of a kind."""
    for path in sorted((folder / kind).glob("*.yml")):
        yield path.unlink


def first_sound(folder: Path, changes: Iterator[Callable[[], None]]) -> bool:
    """Make the first of some changes after which the data is sound; whether there is one."""
    before = folder.with_name("before")
    shutil.copytree(folder, before)
    for change in changes:
        change()
        try:
            read_site(folder)
        except DataError:
            shutil.rmtree(folder)
            shutil.copytree(before, folder)
        else:
            return True
    return False


@pytest.mark.parametrize("kind", [kind.folder for kind in KINDS])
def test_an_edit_shows_wherever_it_would_show_in_a_fresh_build(folder: Path, kind: str) -> None:
    first, press = begun()
    if not first_sound(folder, edits(folder, kind)):
        pytest.skip(f"no word of {kind} can be changed alone")

    after = made(folder, press)

    assert after != first
    assert after == made(folder, Press(1))


@pytest.mark.parametrize("kind", [kind.folder for kind in KINDS])
def test_a_record_that_goes_and_comes_back_leaves_no_trace(folder: Path, kind: str) -> None:
    first, press = begun()
    if not first_sound(folder, removals(folder, kind)):
        pytest.skip(f"every record of {kind} is named by another")

    without = made(folder, press)

    assert without == made(folder, Press(1))
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("before"), folder)
    assert made(folder, press) == first


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are rendered from now on."""
    found: list[str] = []
    render = Renderer._page

    def noting(self: Renderer, asked: Asked) -> Page:
        found.append(asked.uri)
        return render(self, asked)

    monkeypatch.setattr(Renderer, "_page", noting)
    return found


@pytest.mark.parametrize("name", ["real", "other"])
def test_a_build_of_the_same_data_renders_nothing_anew(name: str, rendered: list[str]) -> None:
    press = Press(1, Kept(None))
    data = exported.DATA[name]
    build(data, exported.TEMPLATES, press=press)
    rendered.clear()
    build(data, exported.TEMPLATES, press=press)

    assert rendered == []


def test_an_edit_of_one_record_leaves_most_pages_as_they_were(
    folder: Path, rendered: list[str]
) -> None:
    first, press = begun()
    pages = [uri for uri in first if uri.endswith(".md") and uri[0] != "/"]
    study = next(iter(read_site(folder).studies.values()))
    path = folder / Study.folder / f"{study.id}.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}# a remark\n", encoding="utf-8")
    rendered.clear()
    made(folder, press)

    assert f"studies/{study.id}.md" in rendered
    assert f"conditions/{study.conditions[0]}.md" in rendered
    assert len(rendered) < len(pages) * 2 / 3


def test_what_shows_only_a_name_stays_as_it_was_when_the_rest_changes(
    folder: Path, rendered: list[str]
) -> None:
    _, press = begun()
    site = read_site(folder)
    study = next(iter(site.studies.values()))
    condition = site.conditions[study.conditions[0]]
    path = folder / Condition.folder / f"{condition.id}.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(condition.gloss[-10:], "another gloss.", 1), encoding="utf-8")
    rendered.clear()
    made(folder, press)

    assert f"conditions/{condition.id}.md" in rendered
    assert not {uri for uri in rendered if uri.startswith("studies/") or uri == "dosage/index.md"}

    path.write_text(text.replace(f"name: {condition.name}", "name: Quite another"), "utf-8")
    rendered.clear()
    made(folder, press)

    assert {f"studies/{study.id}.md", "studies/index.md", "dosage/index.md"} <= set(rendered)
