"""Whether something was seen in people, in animals or in cells, never together."""

from __future__ import annotations

from sitegen.model import IN_LANE


def experiments_title(lane: str) -> str:
    """Return the title of a table that has only experiments of a lane: `Experiments in animals`."""
    return f"Experiments {IN_LANE[lane]}"


def seen_line(lane: str) -> str:
    """Return whether a claim was seen in people, animals or cells, or that this is not stated."""
    return (
        f"seen {IN_LANE[lane]}"
        if lane in IN_LANE
        else "not stated whether in people, animals or cells"
    )


def lane_name(lane: str) -> str:
    """Return in what an experiment was done, as a noun: `animals`, or that it was in vitro."""
    return "animals" if lane == "animal" else lane
