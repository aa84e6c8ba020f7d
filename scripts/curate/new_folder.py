"""Starts the data folder of another drug: what the check needs, each value marked as to replace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from curate import schemas
from curate.annotated import Annotated, annotated, comment
from curate.new_record import Refused, slug
from sitegen.model import Change, Identity, Slug, Source, Substance
from sitegen.model.absence import Absence
from sitegen.model.change import NOT_YET
from sitegen.read.load import IDENTITY

SOURCE, SECTION = "first", "name"
EDITION, VERSION = "first-edition", "0.1.0"
LONGEST = 40  # letters of the id of a drug
_PLACE = f"{SECTION}.1.1"
_UNREAD = str(Absence.NOT_EXTRACTED)
_STEPS = (
    "Start a source that you have read, such as a label: {build} new source ID; or from a file of"
    " references: {build} add FILE.",
    "Write its id in site.yml behind 'source', and its places in substances/ in place of 'first"
    " name.1.1'; then delete sources/first.yml.",
    "Fill in what it says of the substance, and start records of every kind: {build} new KIND ID.",
    "Say in site.yml what the site is called and what it holds, then check: {build} check.",
)


def steps(folder: str = "FOLDER") -> list[str]:
    """Return what is to be done in a new folder, with the commands for it."""
    build = f".venv/bin/python scripts/build.py --data {folder}"
    return [step.format(build=build) for step in _STEPS]


def start(folder: Path, drug: str) -> list[str]:
    """Write a sound data folder about a drug, and return the names of its files.

    Raise Refused for a folder that holds something, and for a name of which no id can be made.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refused(f"{folder} is no folder: name one that is empty or not there yet.")
    if folder.is_dir() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty: name a folder that is empty or not there yet.")
    files = dict(_files(drug, _id_of(drug)))
    for name, file in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8", newline="\n")
    schemas.write(folder)
    return list(files)


def _id_of(drug: str) -> str:
    """Return the id of a drug of that name. Raise Refused where none can be made."""
    try:
        return Slug.read(slug(drug, LONGEST))
    except ValueError:
        raise Refused(
            f"No id can be made of '{drug}': write the drug's name in Latin letters."
        ) from None


def _files(drug: str, id: str) -> Iterator[tuple[str, Annotated]]:
    """Yield the path and the content of each file."""
    site = annotated(Identity, Path(IDENTITY).stem, _identity(drug, id))
    to_do = (line for n, step in enumerate(steps(), 1) for line in comment(f"{n}. {step}"))
    yield IDENTITY, Annotated((site.lines[0], *to_do, *site.lines[1:]))
    yield f"{Source.folder}/{SOURCE}.yml", annotated(Source, Source.folder, _source())
    substance = annotated(Substance, Substance.folder, _substance(drug))
    yield f"{Substance.folder}/{id}.yml", substance
    yield f"{Change.folder}/{EDITION}.yml", annotated(Change, Change.folder, _change())


def _identity(drug: str, id: str) -> dict[str, Any]:
    return {
        "name": f"{id}-reference",
        "title": f"{drug} reference",
        "substance": id,
        "source": SOURCE,
        "description": f"What has been reported about {drug}.",
        "lead": "Doses and studies that sources report, each with its sentence.",
        "version": VERSION,
        "released": datetime.now(UTC).date().isoformat(),
        "repository": "not set",
    }


def _source() -> dict[str, Any]:
    """Return a source of which nothing is known: it says so wherever it is shown."""
    return {
        "title": "A source that is still to be named",
        "title_is": "our description",
        "kind": "search of our own",
        "language": "en",
        "read": "single facts",
        "verified": {"level": "own search", "on": _UNREAD, "seen_at": []},
        **dict.fromkeys(("author", "published", "address", "references"), _UNREAD),
        "character": [
            {"word": "unreferenced", "why": "It is a placeholder: nobody has read a source yet."}
        ],
        "sections": [{"id": SECTION, "heading": _UNREAD}],
        "sentences": [{"at": _PLACE, "gist": "The name of the drug."}],
    }


def _substance(drug: str) -> dict[str, Any]:
    place = f"{SOURCE} {_PLACE}"
    return {
        "name": drug,
        "kind": "drug",
        "at": place,
        "names": [{"text": drug, "language": "en", "at": place}],
        **dict.fromkeys(("summary", "origin", "sequence", "formula", "mass"), _UNREAD),
    }


def _change() -> dict[str, Any]:
    """Return the changes of the first version, without which no later one can be noted."""
    return {
        "version": VERSION,
        "released": NOT_YET,
        "entries": [{"kind": "source", "says": "The first edition."}],
    }
