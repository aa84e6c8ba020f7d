"""What to do about an id that names no file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sitegen.model import Slug, Source
from sitegen.model.fields import leaves, places_cited
from sitegen.model.problems import Problem, near, nearest
from sitegen.read.load import Loaded

_A_SLIP = 1
"""Letters by which an id may be misspelt: `hypertension` and `hypotension` differ by two."""
_NO_FILE = re.compile(r" must be(gin with)? a file in data/([a-z]+)/ \(got '([^']+)'\)$")


def no_file(field: str, folder: str, id: str) -> str:
    """Return that an id of a field names no file."""
    return f"{field} must be a file in data/{folder}/ (got '{id}')"


def no_source(id: str) -> str:
    """Return that a locator begins with an id that names no source."""
    return f"at must begin with a file in data/{Source.folder}/ (got '{id}')"


def with_what_to_do(loaded: Loaded, found: list[Problem]) -> Iterator[Problem]:
    """Yield problems; an id that names no file once, with what may be meant.

    An id that several places name is no misspelling, unless it begins a locator: its file is gone.
    A file of its kind that nothing names may be the same under another name; a source only if its
    register has every sentence that is cited.
    """
    missing: dict[tuple[str, str], list[Problem]] = {}
    for problem in found:
        if match := _NO_FILE.search(problem.message):
            missing.setdefault((match[2], match[3]), []).append(problem)
        else:
            yield problem
    for (folder, id), places in missing.items():
        yield _of_missing(loaded, folder, id, sorted(set(places)))


def _of_missing(loaded: Loaded, folder: str, id: str, places: list[Problem]) -> Problem:
    """Return the problem of an id that names no file, of all the places that name it."""
    first = places[0]
    alike = nearest(id, loaded.site.records[folder], _A_SLIP)
    if len(places) == 1:
        return replace(first, message=first.message + (alike or ": make the file, or mend the id"))
    files = len({problem.path for problem in places})
    several = f"{len(places)} places in {files} file{'s' * (files > 1)} name '{id}', this the first"
    what = f"{several}, and data/{folder}/ has no such file: "
    candidates = _possible_names(loaded, folder, id)
    renamed = candidates if len(candidates) == 1 else near(id, candidates)
    if renamed:
        what += (
            f"if it is now '{renamed[0]}', which nothing names, give that file the old name, or"
            " write the new id in each"
        )
    else:
        what += f"make the file, or mend each of them{alike}"
    return replace(first, message=what)


def _possible_names(loaded: Loaded, folder: str, id: str) -> list[str]:
    """Return the ids of the files of a kind that nothing names, and that may be a missing one."""
    locators = {locator for record in loaded.site.all() for locator in places_cited(record)}
    values = (leaf.value for record in loaded.site.all() for leaf in leaves(record))
    named: set[str] = {
        value for value in values if isinstance(value, Slug) and value.folder == folder
    }
    records = loaded.site.records[folder]
    if folder != Source.folder:
        return [one for one in records if one not in named]
    named |= {locator.source for locator in locators}
    cited = {place for locator in locators if locator.source == id for place in locator.places}
    return [
        source.id
        for source in loaded.site.sources.values()
        if source.id not in named and cited <= {sentence.at for sentence in source.sentences}
    ]
