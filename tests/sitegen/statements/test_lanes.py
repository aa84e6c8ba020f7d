"""Lanes: people, animals or cells, in the same words wherever they are named."""

from __future__ import annotations

from typing import get_args

import pytest

from sitegen.model import EXPERIMENT_LANES, IN_LANE, Experiment
from sitegen.model.knowledge import Lane
from sitegen.statements.lanes import experiments_title, lane_name, seen_line


@pytest.mark.parametrize(
    ("lane", "line"),
    [
        ("human", "seen in people"),
        ("animal", "seen in animals"),
        ("in vitro", "seen in vitro"),
        ("not stated", "not stated whether in people, animals or cells"),
    ],
)
def test_a_claim_says_in_whom_or_what_it_was_seen(lane: str, line: str) -> None:
    assert seen_line(lane) == line


def test_experiments_are_titled_by_their_lane() -> None:
    assert [*map(experiments_title, EXPERIMENT_LANES)] == [
        "Experiments in animals",
        "Experiments in vitro",
    ]


def test_every_lane_has_its_words() -> None:
    assert set(get_args(Lane)) - set(IN_LANE) == {"not stated"}
    assert get_args(Experiment.model_fields["lane"].annotation) == EXPERIMENT_LANES


@pytest.mark.parametrize(("lane", "name"), [("animal", "animals"), ("in vitro", "in vitro")])
def test_an_experiment_is_done_in_animals_or_in_vitro(lane: str, name: str) -> None:
    assert lane_name(lane) == name
