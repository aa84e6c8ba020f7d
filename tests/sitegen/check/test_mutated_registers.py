"""Each digit, letter and sign of the registers, changed in turn: the check notices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from folders import REAL

import sitegen
from sitegen.check.evidence import printed_by, unproved, unproved_in_text
from sitegen.model import Change, Search, Site, Source
from sitegen.model.fields import leaves
from sitegen.model.figures_in_prose import registered

_OTHER = {
    **{str(digit): str((digit + 3) % 10) for digit in range(10)},
    **dict.fromkeys("abcdefghijklmnoprstuvwxyz", "q"),
    **{"-": "/", "–": "/", "%": "µ", "µ": "k", "/": " ", " ": "x"},
}


def mutants(figure: str, of: str) -> Iterator[str]:
    """A figure with each of some characters changed to another one."""
    for place, letter in enumerate(figure):
        if letter in of and letter.lower() in _OTHER:
            yield figure[:place] + _OTHER[letter.lower()] + figure[place + 1 :]


@pytest.fixture(scope="module")
def site() -> Site:
    return sitegen.read_records(REAL)


def test_a_changed_character_of_a_figure_no_longer_proves_its_amount(site: Site) -> None:
    """Figures of up to three words: longer ones have words that only say which people."""
    figures = {
        figure
        for source in site.sources.values()
        for sentence in source.sentences
        for figure in sentence.figures
        if len(figure.split()) <= 3
    }
    still, changed = [], 0
    for figure in sorted(figures):
        proved = {amount for understood in registered(figure) for amount in understood.quantities}
        for mutant in mutants(figure, "".join(_OTHER)) if proved else ():
            changed += 1
            now = {amount for understood in registered(mutant) for amount in understood.quantities}
            if proved <= now:
                still.append((figure, mutant))

    assert changed > 900
    assert still == []


def test_the_check_notices_nearly_every_changed_digit(site: Site) -> None:
    """What it does not notice is held by no record. Digits of long chemical names are left out."""
    values: dict[tuple[str, str], list[object]] = {}
    for record in site.all():
        if not isinstance(record, Source | Change):
            for leaf in leaves(record):
                places = [(at.source, place) for at in leaf.at for place in at.places]
                if len(places) == 1 and not isinstance(leaf.model, Search):
                    values.setdefault(places[0], []).append(leaf.value)
    noticed = changed = 0
    for source in site.sources.values():
        for sentence in source.sentences:
            held = values.get((source.id, sentence.at), [])
            for number, figure in enumerate(sentence.figures if held else ()):
                before, after = sentence.figures[:number], sentence.figures[number + 1 :]
                for mutant in mutants(figure, "0123456789") if len(figure) < 100 else ():
                    there = printed_by(source, (*before, mutant, *after))
                    missing = [*unproved_in_text(sentence.gist, there)]
                    missing += [figure for value in held for figure in unproved(value, there)]
                    noticed += bool(missing)
                    changed += 1

    print(f"{noticed} of {changed} changed digits are noticed")
    assert changed > 600
    assert noticed / changed > 0.95
