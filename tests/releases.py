"""Sound folders with a release, and changes since then that are explained or not."""

from __future__ import annotations

from pathlib import Path

from sound import read, replace, rich_folder, write

from sitegen import read_records
from sitegen.derive.corrections import ledger_of

DOSE = ("regimens/hiccups.yml", "each: 2-4 mg", "each: 2-4 mg\nmax: [2-4 mg]")
"""A change of a dose that the rules on figures allow: the sentence has the amount."""
NEXT = """\
version: 1.3.0
released: not yet
entries:
"""
EXPLAINED = """\
  - kind: dose
    says: The limit of the dose was missing.
    on: 2020-03-01
    records: [regimens/hiccups]
    why: The sentence bounds the dose.
"""
GONE = """\
  - kind: wording
    says: A word was explained that nobody uses.
    on: 2020-03-02
    removed: [terms/syrup]
    why: No page has it.
"""


def released_once(folder: Path) -> Path:
    """A rich folder of records with a release."""
    data = rich_folder(folder)
    keep(data)
    return data


def keep(data: Path) -> None:
    """Keep what a folder publishes, as `build.py release` does."""
    write(data, "released.json", ledger_of(read_records(data)).dumped())


def corrected_folder(folder: Path) -> Path:
    """The same with a dose that changed and a word that went, both explained."""
    data = released_once(folder)
    replace(data, *DOSE)
    (data / "terms/syrup.yml").unlink()
    write(data, "changes/next.yml", NEXT + EXPLAINED + GONE)
    return data


def released_folder(folder: Path) -> Path:
    """The same after the release of the next version."""
    data = corrected_folder(folder)
    replace(data, "changes/next.yml", "released: not yet", "released: 2020-04-01")
    replace(data, "site.yml", "version: 1.2.3", "version: 1.3.0")
    replace(data, "site.yml", "released: 2020-02-29", "released: 2020-04-01")
    keep(data)
    return data


def renamed(data: Path, name: str, new: str) -> None:
    """Rename a record, with its old name in the new file."""
    folder, old = name.removesuffix(".yml").split("/")
    write(data, f"{folder}/{new}.yml", f"formerly: [{old}]\n{read(data, name)}")
    (data / name).unlink()
