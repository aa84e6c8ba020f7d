"""Whatever work reads is recorded, and its result is current while all of that is the same."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

import pytest

from sitegen.incremental.fingerprint import NO_FINGERPRINT
from sitegen.incremental.tracking import (
    Dependencies,
    TrackedMapping,
    current_tracker,
    decode_dependencies,
    encode_dependencies,
    is_current,
    record_dependencies,
    tracking,
    untracked,
    untracked_property,
)


def numbers(values: dict[str, int]) -> TrackedMapping[int]:
    """Numbers, each its own fingerprint."""
    return TrackedMapping("numbers", values, lambda _, number: str(number))


def answers(now: TrackedMapping[int]) -> Callable[[str], str]:
    """What returns today's fingerprint of a question about numbers."""
    return lambda question: now.fingerprint(question.partition("/")[2])


@pytest.mark.parametrize(
    ("read", "question"),
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
        (lambda given: given == {"a": 1}, "numbers/*"),
        (lambda given: given != {"a": 1}, "numbers/*"),
        (lambda given: {"a": 1} == given, "numbers/*"),
        (lambda given: dict(copy.copy(given)), "numbers/*"),
    ],
)
def test_every_read_of_a_mapping_is_recorded(
    read: Callable[[Mapping[str, int]], object], question: str
) -> None:
    given = numbers({"a": 1, "b": 2})
    with tracking() as dependencies:
        read(given)

    assert question in dependencies


def test_a_tracked_mapping_cannot_be_changed() -> None:
    given = numbers({"a": 1})

    assert not hasattr(given, "pop")
    with pytest.raises(TypeError):
        given["a"] = 2  # type: ignore[index]


def test_dependencies_are_current_until_one_answer_changes() -> None:
    before = numbers({"a": 1})
    with tracking() as dependencies:
        before["a"], before.get("b")

    assert is_current(dependencies, answers(numbers({"a": 1})))
    assert not is_current(dependencies, answers(numbers({"a": 2})))
    assert not is_current(dependencies, answers(numbers({"a": 1, "b": 1})))


def test_whether_there_is_a_value_does_not_depend_on_the_value() -> None:
    assert numbers({"a": 1}).fingerprint("?a") == numbers({"a": 2}).fingerprint("?a")
    assert numbers({"a": 1}).fingerprint("?a") != numbers({}).fingerprint("?a")


@pytest.mark.parametrize(
    "dependencies",
    [
        {},
        {"studies/a": "1"},
        {'["relations.x",{"key":["studies","a"]}]': "1", "files/*": "none"},
    ],
)
def test_dependencies_are_decoded_as_they_were(dependencies: Dependencies) -> None:
    assert encode_dependencies(dependencies) != b""
    assert decode_dependencies(encode_dependencies(dependencies)) == dependencies


def test_dependencies_without_a_fingerprint_are_not_encoded() -> None:
    assert encode_dependencies({"a": "1", "b": NO_FINGERPRINT}) == b""


@pytest.mark.parametrize("odd", ["a\tb", "a\nb", "a\n\tb", "\n", "\t"])
def test_a_question_that_would_end_its_line_is_never_current(odd: str) -> None:
    dependencies = {"studies/a": "1", odd: "1"}
    stored = decode_dependencies(encode_dependencies(dependencies))

    assert not is_current(stored, lambda question: dependencies.get(question, NO_FINGERPRINT))


def test_an_answer_without_a_fingerprint_is_never_current() -> None:
    assert not is_current({"a": NO_FINGERPRINT}, lambda question: NO_FINGERPRINT)


def test_the_reads_of_inner_work_are_recorded_for_it_alone() -> None:
    given = numbers({"a": 1, "b": 2})
    with tracking() as outer:
        given["a"]
        with tracking() as inner:
            given["b"]
        assert current_tracker() is not None

    assert (list(outer), list(inner)) == (["numbers/a"], ["numbers/b"])
    with tracking() as second:
        record_dependencies(inner)
    assert second == inner
    assert current_tracker() is None


def test_untracked_work_records_nothing() -> None:
    given = numbers({"a": 1})
    with tracking() as dependencies:
        assert untracked(lambda: given["a"]) == 1

    assert dependencies == {}


def test_an_untracked_property_is_refused_to_tracked_work() -> None:
    class Records:
        @untracked_property
        def by_letter(self) -> dict[str, int]:
            return {"a": 1}

    records = Records()
    assert records.by_letter is records.by_letter
    with tracking(), pytest.raises(RuntimeError, match="tracked work reads by_letter"):
        records.by_letter  # noqa: B018
    with pytest.raises(AttributeError):
        records.by_letter = {}  # type: ignore[assignment]
