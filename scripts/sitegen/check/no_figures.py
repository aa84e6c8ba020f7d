"""Says once of a sentence that lists no figures what each value that cites it would say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from sitegen.model import Source
from sitegen.model.problems import Problem
from sitegen.read.load import Loaded

NONE = "(figures there: none)"
_OF_NONE = re.compile(
    rf"figure '(?P<figure>.+)' is not in (?:(?P<source>[a-z0-9-]+) )?(?P<at>\S+) {re.escape(NONE)}"
)
_FILES, _VALUES = 2, 3
"""The fewest files and figures from which the list of the sentence is what is wrong."""
_SHOWN = 3


def said_once(loaded: Loaded, found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems; many figures of one sentence that lists none as one, at that sentence."""
    of_none: dict[tuple[str, str], list[tuple[str, Problem]]] = {}
    for problem in found:
        if match := _OF_NONE.match(problem.message):
            source = match["source"] or PurePosixPath(problem.path).stem
            of_none.setdefault((source, match["at"]), []).append((match["figure"], problem))
        else:
            yield problem
    for (source, at), places in of_none.items():
        files = len({problem.path for _, problem in places})
        if files < _FILES or len(places) < _VALUES:
            yield from (problem for _, problem in places)
        else:
            figures = list(dict.fromkeys(figure for figure, _ in places))
            yield _of_all(loaded, loaded.site.sources[source], at, figures, files)


def _of_all(loaded: Loaded, source: Source, at: str, figures: list[str], files: int) -> Problem:
    """Return the problem of a sentence that lists none of the figures that are taken from it."""
    [number] = (n for n, sentence in enumerate(source.sentences) if sentence.at == at)
    shown = ", ".join(figures[:_SHOWN]) + (", …" if len(figures) > _SHOWN else "")
    message = (
        f"{at} lists no figures, and {files} files have figures of it ({shown}): list in 'figures:'"
        " what the sentence prints, or cite in each the sentence that has them"
    )
    return loaded.problem(source, ("sentences", number), message)
