"""The name of an author in its parts, as CSL has them, and as references print it."""

from __future__ import annotations

import re
from typing import Any

from sitegen.model.absence import read_absence
from sitegen.model.letters import deception, holds_unseen, is_of_two_alphabets
from sitegen.model.problems import LONGEST_NAME, shortened
from sitegen.model.values import Frozen, Prose

MORE = "others"
"""What stands in a list of authors for those who were not seen."""
_WORD = re.compile(r"[^\W\d_][^\s-]*")


class Author(Frozen):
    """An author whose name is given in parts, each exactly as it is known."""

    family: Prose | None = None
    """The family name."""
    given: Prose | None = None
    """The given names, or their initials."""
    particle: Prose | None = None
    """A particle that is part of the family name and is never left out, as in `van der Berg`."""
    dropping_particle: Prose | None = None
    """A particle that is left out where the family name stands alone, as in `Alexander von`."""
    suffix: Prose | None = None
    """What follows the name, such as `Jr`."""
    literal: Prose | None = None
    """The name of a body, whole; without any other part."""

    def __str__(self) -> str:
        """Return the name as `Family AB` is written: particle, family name, initials, the rest."""
        if self.literal:
            return self.literal
        parts = (self.last, initials(self.given or ""), self.dropping_particle, self.suffix)
        return " ".join(part for part in parts if part)

    @property
    def last(self) -> str:
        """The family name with the particle that belongs to it; of a body, its whole name."""
        if self.literal:
            return self.literal
        return " ".join(part for part in (self.particle, self.family) if part)


def initials(given: str) -> str:
    """Return given names as initials: `Anna Berta` as `AB`, `Jean-Pierre` as `J-P`.

    Names that are initials already, such as `AB`, stay as they are.
    """
    if re.fullmatch(r"(?:[^\W\d_a-z]-?){1,4}", given):
        return given
    names = [[word[0] for word in _WORD.findall(name)] for name in given.split()]
    return "".join("-".join(letters) for letters in names)


def read_author(parts: dict[Any, Any]) -> Author:
    """Return an author from the parts of the name. Raise ValueError where they are no name."""
    fields = tuple(Author.model_fields)
    if unknown := [part for part in parts if part not in fields]:
        raise ValueError(f"must give a name by its parts: {', '.join(fields)} (got {unknown[0]})")
    if not ("family" in parts or "literal" in parts):
        raise ValueError("must give a name its family, or a body its literal")
    if "literal" in parts and len(parts) > 1:
        raise ValueError("must give literal alone: it is the whole name of a body")
    if not all(isinstance(text, str) and _is_part(text) for text in parts.values()):
        raise ValueError("must give each part of a name as a short text")
    if "literal" not in parts and any("," in text or " and " in text for text in parts.values()):
        raise ValueError("must give each part of a name without a comma and without 'and'")
    author = Author.model_validate(parts)
    if author.literal is None:
        refuse_two_alphabets(" ".join(parts[part] for part in parts if part != "suffix"))
    return author


def refuse_two_alphabets(name: str) -> None:
    """Raise ValueError for a name with letters of two alphabets, as a Cyrillic initial has it."""
    if is_of_two_alphabets(name):
        must = "must have the letters of one alphabet in each name"
        raise ValueError(f"{must} (got '{shortened(name)}'){deception(name, is_name=True)}")


def _is_part(text: str) -> bool:
    """Return whether a text can be part of a name: short, with a letter, and no word of absence."""
    is_short = len(text) <= LONGEST_NAME and not holds_unseen(text)
    return is_short and re.search(r"[^\W\d_]", text) is not None and read_absence(text) is None
