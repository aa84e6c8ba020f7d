"""What to do about an id that names no file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from sitegen.model import Locator, Slug, Source
from sitegen.model.fields import leaves, own_places, parts
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
    """Yield problems; of an id that names no file, with what may be meant.

    An id that several places name is no slip, unless it begins a locator: its file is gone. Where
    nothing names one of the files of its kind, that one may be the same under another name; a
    source only if its register has every sentence that is cited.
    """
    missing = [_NO_FILE.search(problem.message) for problem in found]
    named = Counter(match.groups()[1:] for match in missing if match)

    @cache
    def of_several(folder: str, id: str) -> str:
        several = f": {named[folder, id]} places name it; make the file, or mend each of them"
        idle = _that_nothing_names(loaded, folder)
        if folder == Source.folder:
            idle = [one for one in idle if _has_places_of(loaded, one, id)]
        renamed = idle if len(idle) == 1 else near(id, idle)
        if not renamed:
            return several
        what = "if it is the same, write it there, or give its file the old name"
        return f"{several}; nothing names '{renamed[0]}': {what}"

    for problem, match in zip(found, missing, strict=True):
        if match is None:
            yield problem
            continue
        is_locator, folder, id = match.groups()
        alike = nearest(id, loaded.site.records[folder], _A_SLIP)
        is_several = named[folder, id] > 1 and not (is_locator and alike)
        what = of_several(folder, id) if is_several else alike or ": make the file, or mend the id"
        yield replace(problem, message=problem.message + what)


def _that_nothing_names(loaded: Loaded, folder: str) -> list[str]:
    """Return the ids of the records of a kind that neither a value nor a locator names."""
    named = {place.source for place in _cited(loaded)} if folder == Source.folder else set()
    for record in loaded.site.all():
        slugs = (leaf.value for leaf in leaves(record) if isinstance(leaf.value, Slug))
        named.update(slug for slug in slugs if slug.folder == folder)
    return [id for id in loaded.site.records[folder] if id not in named]


def _has_places_of(loaded: Loaded, source: str, id: str) -> bool:
    """Return whether a source has every sentence that is cited of an id."""
    cited = {
        place for locator in _cited(loaded) if locator.source == id for place in locator.places
    }
    return cited <= {sentence.at for sentence in loaded.site.sources[source].sentences}


def _cited(loaded: Loaded) -> Iterator[Locator]:
    for record in loaded.site.all():
        for _, part in parts(record):
            yield from own_places(part)
