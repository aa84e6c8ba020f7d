"""What to do about an id that names no file, or is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from sitegen.model import KINDS, Slug, Source
from sitegen.model.fields import leaves, places_cited
from sitegen.model.problems import Problem, near, nearest, with_hyphens
from sitegen.model.values import hyphenated
from sitegen.read.load import Loaded
from sitegen.read.messages import with_remedy

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
        what = alike or _of_another_kind(loaded, folder, id, first)
        what = what or f": make the file, or mend the id{_but_for_digits(loaded, folder, id)}"
        return replace(first, message=first.message + what)
    files = len({problem.path for problem in places})
    several = f"{len(places)} places in {files} file{'s' * (files > 1)} name '{id}', this the first"
    no_file = f", and data/{folder}/ has no such file: "
    candidates = _possible_names(loaded, folder, id)
    renamed = candidates if len(candidates) == 1 else near(id, candidates)
    if renamed:
        what = (
            f"{no_file}if it is now '{renamed[0]}', which nothing names, give that file the old"
            " name, or write the new id in each"
        )
    else:
        hint = alike or _but_for_digits(loaded, folder, id)
        what = f"{_others(places)}{no_file}make the file, or mend each of them{hint}"
    return replace(first, message=several + what)


def _others(places: list[Problem]) -> str:
    """Return where else an id is named: the first place of each other file, of five at most."""
    by_file = {problem.path: problem for problem in reversed(places)}
    del by_file[places[0].path]
    named = [f"{problem.path}:{problem.line}" for problem in reversed(by_file.values())]
    if not named:
        return ""
    more = f" and {len(named) - _MOST} more" if len(named) > _MOST else ""
    return f" (also {', '.join(named[:_MOST])}{more})"


_MOST = 5


def _of_another_kind(loaded: Loaded, folder: str, id: str, problem: Problem) -> str:
    """Return what to do with an id that files of other kinds have; nothing where none has.

    A record has the id of its source or its study, so its own id says nothing.
    """
    records = loaded.site.records
    others = [other for other, of in records.items() if id in of and other != folder]
    _, of, *name = problem.path.split("/")
    if not others or name in ([], [f"{id}.yml"]):
        return ""
    there = " and ".join(f"data/{other}/" for other in others)
    field = next((one for other in others if (one := _field_for(of, other))), None)
    listed = f" ({', '.join(records[folder])})" if 0 < len(records[folder]) <= _MOST else ""
    instead = f"write it under '{field}:', or " if field else ""
    return f": '{id}' is a file in {there}: {instead}name a file in data/{folder}/{listed}"


def _field_for(folder: str, other: str) -> str | None:
    """Return the field of a kind of record that names records of another; None where none does."""
    kind = next(kind for kind in KINDS if kind.folder == folder)
    fields = kind.model_fields.items()
    return next((name for name, field in fields if _names(field.annotation, other)), None)


def _names(annotation: Any, folder: str) -> bool:
    """Return whether what a field holds are ids of a folder."""
    if isinstance(annotation, type) and issubclass(annotation, Slug):
        return annotation.folder == folder
    return any(_names(part, folder) for part in get_args(annotation))


def _but_for_digits(loaded: Loaded, folder: str, id: str) -> str:
    """Return the ids of a kind that differ in digits alone; nothing where none does."""
    near = [one for one in loaded.site.records[folder] if _DIGIT.sub("", one) == _DIGIT.sub("", id)]
    listed = ", ".join(f"'{one}'" for one in near[:_MOST])
    return f"; nearest there: {listed}" if near and _DIGIT.search(id) else ""


_DIGIT = re.compile(r"[0-9]")


def with_ids_meant(loaded: Loaded) -> Iterator[Problem]:
    """Yield the problems of shape; of what is no id or no place, with the file that it means."""
    for problem in loaded.problems:
        meant = None
        if match := _NO_ID.search(problem.message):
            meant = _file_meant(loaded, match[1], match[2])
        elif match := _NO_PLACE.search(problem.message):
            source = _file_meant(loaded, Source.folder, match[1].rpartition("/")[2])
            known = loaded.site.sources.get(Slug(source or ""))
            if known and known.sentence(match[2]):
                meant = f"{source} {match[2]}"
        if match and meant:
            problem = replace(problem, message=with_remedy(problem.message, meant))
        yield problem


_NO_ID = re.compile(r" must be an id of [^(]+ in data/([a-z]+)/ \(got '([^']+)'\)$")
_NO_PLACE = re.compile(
    r"^at must be a source and a place such as 'leaflet dosage\.5\.1'"
    r" \(got '([^']+?) ([a-z0-9-]+\.[0-9]+\.[0-9]+)'\)$"
)


def _file_meant(loaded: Loaded, folder: str, got: str) -> str | None:
    """Return the id of the one file of a kind that a text names in another way; None for none.

    It may have the folder before it and `.yml` behind, capitals, spaces and dashes, or be the name.
    """
    before, _, last = got.rpartition("/")
    if before.removeprefix("data/") not in ("", folder):
        return None
    plain = hyphenated(with_hyphens(_SUFFIX.sub("", last)))
    records = loaded.site.records[folder]
    if plain in records or loaded.is_unread(folder, plain):
        return plain
    named = [
        id
        for id, record in records.items()
        if str(getattr(record, "name", "")).casefold() == got.casefold()
    ]
    return named[0] if len(named) == 1 else None


_SUFFIX = re.compile(r"\.ya?ml$")


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
