"""What is kept comes back as it was, and what cannot be kept is worked out anew."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from browser.built import ROOT
from hypothesis import given
from hypothesis import strategies as st

from sitegen.incremental.cache import GENERATIONS, Kept, digest, digest_of_files, packed, unpacked
from sitegen.incremental.workers import WORTH_SPREADING, Press

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_a_packed_value_comes_back_as_it_was(value: object) -> None:
    assert unpacked(packed(value)) == value


@given(st.lists(st.text()), st.lists(st.text()))
def test_a_digest_tells_lists_of_texts_apart(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_a_digest_of_files_changes_with_a_name_and_with_a_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    first = digest_of_files([tmp_path])
    (tmp_path / "a").rename(tmp_path / "b")
    second = digest_of_files([tmp_path])
    (tmp_path / "b").write_text("y")

    assert len({first, second, digest_of_files([tmp_path])}) == 3


def test_what_was_saved_is_there_for_the_next_build(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "folder" / "kept.sqlite")
    kept.put("a", b"1")
    kept.save()

    assert Kept(tmp_path / "folder" / "kept.sqlite").get(["a", "b"]) == {"a": b"1"}


def test_what_several_builds_did_not_ask_for_goes(tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite"
    first = Kept(file)
    first.put("asked for", b"1")
    first.put("forgotten", b"2")
    first.save()
    for _ in range(GENERATIONS):
        kept = Kept(file)
        kept.get(["asked for"])
        kept.save()

    assert Kept(file).get(["asked for", "forgotten"]) == {"asked for": b"1"}


def test_what_is_flushed_is_there_and_is_no_longer_held(tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite"
    kept = Kept(file)
    kept.put("a", b"1")
    kept.flush()
    kept.put("b", b"2")

    assert kept._new == {"b": b"2"}
    assert kept.get(["a", "b"]) == {"a": b"1", "b": b"2"}


def test_what_a_build_that_was_not_done_had_flushed_goes_unless_it_is_asked_for(
    tmp_path: Path,
) -> None:
    file = tmp_path / "kept.sqlite"
    undone = Kept(file)
    undone.put("a", b"1")
    undone.put("b", b"2")
    undone.flush()
    done = Kept(file)
    done.get(["a"])
    done.save()

    assert Kept(file).get(["a", "b"]) == {"a": b"1"}


def test_what_cannot_be_flushed_is_held(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    kept = Kept(tmp_path / "a file" / "kept.sqlite")
    kept.put("a", b"1")
    kept.flush()

    assert kept.get(["a"]) == {"a": b"1"}
    Kept(None).flush()


def test_a_file_that_another_build_is_writing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.sqlite"
    first = Kept(file)
    first.put("a", b"1")
    first.save()
    opened = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *at, **_: opened(*at, timeout=0))
    other = opened(str(file), isolation_level=None)
    other.execute("begin exclusive")
    second = Kept(file)
    second.put("b", b"2")
    second.save()
    other.execute("rollback")

    assert Kept(file).get(["a", "b"]) == {"a": b"1"}


def test_a_damaged_file_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite"
    file.write_bytes(b"no database at all" * 1000)
    kept = Kept(file)
    assert kept.get(["a"]) == {}
    assert not file.exists()

    kept.put("a", b"1")
    kept.save()

    assert Kept(file).get(["a"]) == {"a": b"1"}


SOUND = {"dose": b"0.5 mg", "route": b"intranasal", **{f"key{n}": b"%d" % n for n in range(99)}}
DAMAGE = {
    "another value": "update kept set value = '5.0 mg' where key = 'dose'",
    "the value of another": (
        "update kept set (value, sum) = (select value, sum from kept where key = 'route')"
        " where key = 'dose'"
    ),
    "a value that is no bytes": "update kept set value = 5 where key = 'dose'",
    "no value": "update kept set value = null where key = 'dose'",
    "no sum": "update kept set sum = null where key = 'dose'",
    "another sum": "update kept set sum = sum + 1 where key = 'dose'",
    "a build that is no number": "update used set build = 'x'",
    "no table": "drop table kept",
    "another table": "drop table kept; create table kept (key text)",
}


def saved(file: Path) -> Path:
    """A file of sound results."""
    kept = Kept(file)
    for key, value in SOUND.items():
        kept.put(key, value)
    kept.save()
    return file


def results(file: Path) -> list[bytes]:
    """What a build comes to that works out what it does not find in a file."""
    press = Press(1, Kept(file))
    found = press.through(lambda key: SOUND[key], [*SOUND], [*SOUND])
    press.kept.save()
    return found


@pytest.mark.parametrize("name", DAMAGE)
def test_what_is_damaged_is_worked_out_anew_and_the_file_is_sound_again(
    tmp_path: Path, name: str
) -> None:
    file = saved(tmp_path / "kept.sqlite")
    with closing(sqlite3.connect(file)) as store, store:
        store.executescript(DAMAGE[name])

    for _ in range(2):
        assert results(file) == [*SOUND.values()]
    assert Kept(file).get([*SOUND]) == SOUND


def test_a_flipped_bit_anywhere_never_gives_another_result(tmp_path: Path) -> None:
    """Also one in an index, which gives a key the row of another, with that row's own sum."""
    file = saved(tmp_path / "kept.sqlite")
    sound = file.read_bytes()
    chance = random.Random(1)
    for _ in range(400):
        bit = chance.randrange(8 * len(sound))
        damaged = bytearray(sound)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)

        assert results(file) == [*SOUND.values()], bit
        assert results(file) == [*SOUND.values()], bit


def test_a_row_id_in_the_index_that_leads_to_another_row_is_found_out(tmp_path: Path) -> None:
    file = saved(tmp_path / "kept.sqlite")
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("pragma writable_schema = on")
        (size,) = store.execute("pragma page_size").fetchone()
        (root,) = store.execute(
            "select rootpage from sqlite_master where name = 'sqlite_autoindex_kept_1'"
        ).fetchone()
    content = bytearray(file.read_bytes())
    page = content[(root - 1) * size : root * size]
    place = page.index(b"route") + len("route")  # the row id stands after the key
    assert page[place] == 2
    content[(root - 1) * size + place] = 3
    file.write_bytes(content)

    assert Kept(file).get(["route"]).get("route") in (None, SOUND["route"])
    assert results(file) == [*SOUND.values()]


@pytest.mark.parametrize("cores", [1, 2, 3])
def test_results_come_in_order_on_any_number_of_cores(cores: int) -> None:
    numbers = list(range(4 * WORTH_SPREADING))

    assert list(Press(cores).spread(lambda each: each * each, numbers)) == [
        each * each for each in numbers
    ]


def said_by(code: str, *arguments: str) -> tuple[str, str]:
    """What code prints, and what it complains of, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stdout, done.stderr


SPREADING = """
import os, time
from sitegen.incremental.workers import Press

def work(number):
    time.sleep(0.01)  # long enough for the other process to come
    return os.getpid()

print(len(set(Press(2).spread(work, range(100))) - {os.getpid()}))
"""


def test_several_cores_are_several_processes() -> None:
    """In a process of its own: this one may have threads, of a server or a browser."""
    assert said_by(SPREADING) == ("2\n", "")


def test_a_process_with_threads_is_not_forked() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        processes = set(Press(2).spread(lambda _: os.getpid(), range(100)))
    finally:
        end.set()
        thread.join()

    assert processes == {os.getpid()}


def test_an_error_in_another_process_is_the_error_here() -> None:
    def fails(number: int) -> int:
        if number == 90:
            raise ValueError("ninety")
        return number

    with pytest.raises(ValueError, match="ninety"):
        list(Press(2).spread(fails, range(100)))


ORPHANED = """
import os, sys, time
from sitegen.incremental.workers import _end_with

parent = os.getpid()
if os.fork():
    os._exit(0)
while os.getppid() == parent:
    time.sleep(0.01)
_end_with(parent)
print("still there", flush=True)
"""


def test_a_process_whose_parent_ended_before_it_could_ask_ends_too() -> None:
    assert said_by(ORPHANED) == ("", "")


BESIDE = """
import os, sys, time
from pathlib import Path
from sitegen.incremental.workers import Press

folder, fault = Path(sys.argv[1]), sys.argv[2]
here = os.getpid()

def work():
    (folder / "process").write_text(str(os.getpid() == here))
    if fault == "for good" or fault == "there" and os.getpid() != here:
        raise OSError("full")
    if fault == "body":
        time.sleep(60)
    (folder / "done").touch()

try:
    with Press(2).beside(work):
        if fault == "body":
            raise ValueError("the body failed")
    print((folder / "done").exists(), (folder / "process").read_text())
except (OSError, ValueError) as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("none", "True False\n"),  # done, and not here
        ("there", "True True\n"),  # what stopped there is done here
        ("for good", "full\n"),
        ("body", "the body failed\n"),  # at once
    ],
)
def test_work_beside_other_work_is_done_or_its_error_is_raised(
    tmp_path: Path, fault: str, said: str
) -> None:
    assert said_by(BESIDE, str(tmp_path), fault) == (said, "")


def test_on_one_core_work_beside_other_work_comes_first() -> None:
    order: list[str] = []
    with Press(1).beside(lambda: order.append("beside")):
        order.append("body")

    assert order == ["beside", "body"]


def test_what_is_kept_is_not_worked_out_again() -> None:
    press = Press(1)
    worked: list[int] = []

    def double(number: int) -> bytes:
        worked.append(number)
        return packed(2 * number)

    press.through(double, [1, 2], ["a", "b"])
    results = press.through(double, [1, 3, 2], ["a", "c", "b"])

    assert [unpacked(each) for each in results] == [2, 6, 4]
    assert worked == [1, 2, 3]


def test_what_has_one_key_is_worked_out_once() -> None:
    worked: list[str] = []

    def twice(text: str) -> bytes:
        worked.append(text)
        return packed(2 * text)

    results = Press(1).through(twice, ["a", "b", "a"], ["of a", "of b", "of a"])

    assert [unpacked(each) for each in results] == ["aa", "bb", "aa"]
    assert worked == ["a", "b"]
