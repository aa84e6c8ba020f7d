"""Results are read back as they were stored; what cannot be stored is computed again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.incremental.cache import GENERATIONS, Cache, decode, encode
from sitegen.incremental.workers import Executor

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_an_encoded_value_is_decoded_as_it_was(value: object) -> None:
    assert decode(encode(value)) == value


def test_what_was_saved_is_there_for_the_next_build(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "folder" / "cache.sqlite")
    cache.put("a", b"1")
    cache.save()

    assert Cache(tmp_path / "folder" / "cache.sqlite").get(["a", "b"]) == {"a": b"1"}


def test_what_several_builds_did_not_ask_for_goes(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    first = Cache(file)
    first.put("asked for", b"1")
    first.put("forgotten", b"2")
    first.save()
    for _ in range(GENERATIONS):
        cache = Cache(file)
        cache.get(["asked for"])
        cache.save()

    assert Cache(file).get(["asked for", "forgotten"]) == {"asked for": b"1"}


def test_what_is_flushed_is_there_and_is_no_longer_held(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    cache = Cache(file)
    cache.put("a", b"1")
    cache.flush()
    cache.put("b", b"2")

    assert cache._new == {"b": b"2"}
    assert cache.get(["a", "b"]) == {"a": b"1", "b": b"2"}


def test_results_of_an_unfinished_build_are_removed_unless_they_are_used_again(
    tmp_path: Path,
) -> None:
    file = tmp_path / "cache.sqlite"
    undone = Cache(file)
    undone.put("a", b"1")
    undone.put("b", b"2")
    undone.flush()
    done = Cache(file)
    done.get(["a"])
    done.save()

    assert Cache(file).get(["a", "b"]) == {"a": b"1"}


def test_what_cannot_be_flushed_is_held(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    cache = Cache(tmp_path / "a file" / "cache.sqlite")
    cache.put("a", b"1")
    cache.flush()

    assert cache.get(["a"]) == {"a": b"1"}
    Cache(None).flush()


def test_a_file_that_another_build_is_writing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cache.sqlite"
    first = Cache(file)
    first.put("a", b"1")
    first.save()
    opened = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *at, **_: opened(*at, timeout=0))
    other = opened(str(file), isolation_level=None)
    other.execute("begin exclusive")
    second = Cache(file)
    second.put("b", b"2")
    second.save()
    other.execute("rollback")

    assert Cache(file).get(["a", "b"]) == {"a": b"1"}


def test_a_damaged_file_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    file.write_bytes(b"no database at all" * 1000)
    cache = Cache(file)
    assert cache.get(["a"]) == {}
    assert not file.exists()

    cache.put("a", b"1")
    cache.save()

    assert Cache(file).get(["a"]) == {"a": b"1"}


def test_a_file_that_is_damaged_when_it_is_written_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    cache = Cache(file)
    cache.put("a", b"1")
    file.write_bytes(b"no database at all" * 1000)
    cache.save()

    assert not file.exists()


def test_a_value_under_the_key_of_another_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    cache = Cache(file)
    cache.put("a", b"1")
    cache.put("b", b"2")
    cache.save()
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("update results set key = 'c' where key = 'a'")
        store.execute("update results set key = 'a' where key = 'b'")

    assert Cache(file).get(["a", "b", "c"]) == {}


@pytest.mark.parametrize("value", ["null", "'text'", "1"])
def test_a_value_of_another_type_is_not_used(tmp_path: Path, value: str) -> None:
    file = tmp_path / "cache.sqlite"
    cache = Cache(file)
    cache.put("a", b"1")
    cache.save()
    with closing(sqlite3.connect(file)) as store, store:
        store.execute(f"update results set value = {value}")

    assert Cache(file).get(["a"]) == {}


def test_a_file_with_a_damaged_result_is_deleted_and_all_is_computed_again(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    cache = Cache(file)
    sound = {"dose": b"0.5 mg", "route": b"intranasal"}
    for key, value in sound.items():
        cache.put(key, value)
    cache.save()
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("update results set value = ? where key = 'dose'", (b"5.0 mg",))

    executor = Executor(1, Cache(file))
    given = list(sound)

    assert Cache(file).get(given) == {}
    assert not file.exists()
    assert executor.cached_map(lambda key: sound[key], given, given) == list(sound.values())
