"""Participants: a total that is stated or summed, and arms that are compared with arms."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import problems, read, replace, rich_folder, study, write

from sitegen.derive import agreement
from sitegen.derive.completeness import answers
from sitegen.derive.participants import (
    participants_of,
    shown_participants,
    sized_arms,
)
from sitegen.derive.relations import Relations
from sitegen.derive.total import Computed, Impossible, Stated
from sitegen.model import Site, Study
from sitegen.model.absence import Absence
from sitegen.model.quantity import quantity
from sitegen.read.load import load
from sitegen.statements.amounts import why_none
from sitegen.statements.studies import participants_phrase, study_line

PAPER, LEAFLET = "studies/trial.yml", "studies/hiccups.yml"


def arm(id: str, size: str) -> dict[str, str]:
    return {"id": id, "name": f"The {id}", "participants": size}


def line(given: Study) -> str:
    total = participants_of(given)
    if isinstance(total, Stated):
        return f"stated {total.amount}"
    if isinstance(total, Computed):
        return f"computed {total.amount} = {total.formula}".replace("\u00a0", " ")
    return f"impossible: {why_none(total)}"


@pytest.mark.parametrize(
    ("participants", "sizes", "expected", "phrase"),
    [
        pytest.param("110 people", [], "stated 110 people", "110 people", id="a total alone"),
        pytest.param(
            "110 people",
            ["30 people", "80 people"],
            "stated 110 people",
            "110 people",
            id="what is stated goes first",
        ),
        pytest.param(
            "not extracted",
            ["30 people", "80 people"],
            "computed 110 people = 30 people + 80 people",
            "110 people (30 + 80)",
            id="the sum of all arms",
        ),
        pytest.param(
            "not reported",
            ["30 people"],
            "impossible: number of participants not reported",
            "30 people in the arm “The arm-0”",
            id="of one arm nothing follows about others",
        ),
        pytest.param(
            "not reported",
            ["30 people", "80 people", "not extracted"],
            "impossible: number of participants not reported",
            "30 people in the arm “The arm-0”, 80 people in the arm “The arm-1”",
            id="an arm without a size leaves the total open",
        ),
        pytest.param(
            "not extracted",
            ["30-32 people", "80 people"],
            "computed 110-112 people = 30–32 people + 80 people",
            "110–112 people (30–32 + 80)",
            id="a range",
        ),
        pytest.param(
            "not reported",
            ["not reported", "not reported"],
            "impossible: number of participants not reported",
            "number of participants not reported",
            id="arms without sizes",
        ),
    ],
)
def test_participants_are_stated_or_summed_over_all_arms(
    site: Site, participants: str, sizes: list[str], expected: str, phrase: str
) -> None:
    arms = [arm(f"arm-{number}", size) for number, size in enumerate(sizes)]

    given = study(participants=participants, arms=arms)

    assert line(given) == expected
    assert participants_phrase(given).replace("\u00a0", " ") == phrase
    in_a_line = study_line(given, Relations(site)).replace("\u00a0", " ")
    assert in_a_line.startswith(phrase[:1].upper() + phrase[1:])


@pytest.mark.parametrize(
    ("participants", "sizes", "state"),
    [
        ("not reported", [], "not reported"),
        ("not reported", ["30 people"], "reported"),
        ("not extracted", ["30 people", "not reported"], "reported"),
        ("not extracted", ["not reported"], "not extracted"),
        ("unclear", [], "unclear"),
    ],
)
def test_the_size_of_an_arm_answers_how_many_took_part(
    participants: str, sizes: list[str], state: str
) -> None:
    arms = [arm(f"arm-{number}", size) for number, size in enumerate(sizes)]
    given = study(participants=participants, arms=arms)

    [answer] = [answer for answer in answers(given) if answer.item.field == "participants"]

    assert answer.state == state


# ---- reports of one study ----------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return rich_folder(tmp_path)


def give_arms(data: Path, name: str, total: str, *sizes: tuple[str, str]) -> None:
    """Give a report these arms and this total, whatever it says of its participants."""
    text = read(data, name)
    start = text.index("participants:")
    end = text.index("age_and_sex:")
    arms = "".join(
        f"  - id: {id}\n    name: The {id}\n    participants: {size}\n" for id, size in sizes
    )
    write(data, name, f"{text[:start]}participants: {total}\narms:\n{arms}{text[end:]}")


def questions(data: Path) -> dict[str, tuple[str, list[str]]]:
    """How the reports of one study stand on their participants, with what each says."""
    relations = Relations(load(data).site)
    [group] = [group for group in relations.groups if len(group) > 1]
    return {
        question.field: (
            question.standing.value,
            [one.text.replace("\u00a0", " ") for one in question.positions],
        )
        for question in agreement.of_studies(relations, group)
        if question.field.startswith("participants")
    }


def test_arms_are_compared_with_arms_and_totals_with_totals(data: Path) -> None:
    give_arms(data, LEAFLET, "not reported", ("drug", "30 people"))
    give_arms(data, PAPER, "not extracted", ("drug", "30 people"), ("control", "80 people"))

    assert questions(data) == {
        "participants": ("only one source", ["110 people (30 people + 80 people)"]),
        "participants, The drug": ("agree", ["30 people", "30 people"]),
        "participants, The control": ("only one source", ["80 people"]),
    }


def test_arms_of_different_sizes_are_in_conflict(data: Path) -> None:
    give_arms(data, LEAFLET, "not reported", ("drug", "30 people"))
    give_arms(data, PAPER, "not extracted", ("drug", "31 people"))

    assert questions(data) == {"participants, The drug": ("conflict", ["30 people", "31 people"])}


# ---- what the check says -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "sizes", "says"),
    [
        ("40 people", ["10 people", "30 people"], None),
        ("40 people", ["10 people", "20 people"], "10 people + 20 people = 30 people"),
        ("40 people", ["20 people", "30 people"], "20 people + 30 people = 50 people"),
        ("40 people", ["10 people", "not reported"], None),
        ("40 people", ["50 people", "not reported"], "50 people = 50 people"),
        ("40 people", ["10 people"], None),
        ("not reported", ["10 people", "50 people"], None),
        ("unclear", ["10 people", "50 people"], None),
        ('"> 30 people"', ["10 people", "30 people"], None),
        ('"> 30 people"', ["10 people", "10 people"], "10 people + 10 people = 20 people"),
    ],
)
def test_arms_add_up_to_the_participants(
    data: Path, total: str, sizes: list[str], says: str | None
) -> None:
    arms = [(f"arm-{number}", size) for number, size in enumerate(sizes)]
    give_arms(data, LEAFLET, total, *arms)

    found = [problem for problem in problems(data) if "but the arms are" in problem]

    assert len(found) == (1 if says else 0), found
    assert all(says and says in problem for problem in found)
    assert all(problem.startswith(f"data/{LEAFLET}:") for problem in found)


@pytest.mark.parametrize(
    ("design", "line"),
    [
        ("Parallel groups", "80 people (40 + 40)"),
        ("not reported", "80 people (40 + 40)"),
        ("A crossover trial", "40 people in the arm “The a”, 40 people in the arm “The b”"),
        ("Cross-over", "40 people in the arm “The a”, 40 people in the arm “The b”"),
        ("Crossed over", "40 people in the arm “The a”, 40 people in the arm “The b”"),
    ],
)
def test_the_arms_of_a_crossover_are_not_added_up(design: str, line: str) -> None:
    arms = [arm("a", "40 people"), arm("b", "40 people")]
    given = study(design=design, participants="not reported", arms=arms)

    assert participants_phrase(given).replace("\u00a0", " ") == line


@pytest.mark.parametrize(
    ("sizes", "is_sound"),
    [
        (["40 people", "40 people"], True),
        (["40 people", "30 people"], True),
        (["10 people", "20 people"], True),
        (["50 people", "40 people"], False),
        (["50 people", "not reported"], False),
    ],
)
def test_a_note_says_why_arms_do_not_add_up(data: Path, sizes: list[str], is_sound: bool) -> None:
    arms = [(f"arm-{number}", size) for number, size in enumerate(sizes)]
    give_arms(data, LEAFLET, "40 people", *arms)
    written = read(data, LEAFLET)
    assert any("say in a note on participants why" in problem for problem in problems(data))

    note = "{value: 40 people, note: Each had both treatments.}"
    write(data, LEAFLET, written.replace("participants: 40 people", f"participants: {note}", 1))
    found = [problem for problem in problems(data) if "but the arms are" in problem]
    assert bool(found) is not is_sound
    given = load(data).site.studies["hiccups"]
    assert participants_phrase(given).replace("\u00a0", " ") == "40 people"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: control", "id: drug", "must give each arm an id of its own ('drug' stands twice)"),
        ("30 people", "30 animals", "must count the participants of its arms in people"),
        ("30 people", "30 mg", "participants must be an amount such as '30 people'"),
        ("    name: The drug\n", "", "name is missing: it must be given (see CURATING.md)"),
    ],
)
def test_a_mistake_in_an_arm_is_a_problem(data: Path, old: str, new: str, says: str) -> None:
    give_arms(data, LEAFLET, "not reported", ("drug", "30 people"), ("control", "80 people"))
    replace(data, LEAFLET, old, new)

    assert any(says in problem for problem in problems(data)), problems(data)


def test_a_total_that_no_arm_has_is_impossible() -> None:
    given = study()

    assert isinstance(participants_of(given), Impossible)
    assert sized_arms(given) == ()


@pytest.mark.parametrize(
    ("participants", "sizes", "shown"),
    [
        ("110 people", [], quantity("110 people")),
        ("110 people", ["30 people"], quantity("110 people")),
        ("not reported", [], Absence.NOT_REPORTED),
        ("not reported", ["30 people"], None),
        ("not reported", ["30 people", "not reported"], None),
    ],
)
def test_the_sizes_of_some_arms_stand_for_a_number_that_is_not_known(
    participants: str, sizes: list[str], shown: object
) -> None:
    arms = [arm(f"arm-{place}", size) for place, size in enumerate(sizes)]

    assert shown_participants(study(participants=participants, arms=arms)) == shown


def test_a_sum_of_arms_is_shown_with_its_formula() -> None:
    given = study(participants="unclear", arms=[arm("a", "30 people"), arm("b", "80 people")])

    assert isinstance(shown_participants(given), Computed)
