"""In whom or what something was seen: people, animals or neither, never together."""

from __future__ import annotations

from sitegen.model import IN_LANE


def experiments_title(lane: str) -> str:
    """Return the title of the experiments of a lane: `Experiments in animals`."""
    return f"Experiments {IN_LANE[lane]}"


def seen_line(lane: str) -> str:
    """Return in whom or what a claim was seen; that its source does not say so where it is so."""
    return f"seen {IN_LANE[lane]}" if lane in IN_LANE else "not said in whom or what"


def lane_name(lane: str) -> str:
    """Return in what an experiment was done, as a noun: `animals`, or that it was in vitro."""
    return "animals" if lane == "animal" else lane
