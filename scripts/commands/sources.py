"""The commands for the text of a source: its register, its figures, and the proof of both."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence

import sitegen
from commands.console import CommandError, name_of, say, text_of
from sitegen.check import register
from sitegen.check.evidence import proved_besides
from sitegen.model.figures_in_prose import Figure, registered
from sitegen.model.languages import decimal_mark
from sitegen.read.vocabulary import read_vocabulary
from sitegen.statements.english import number


def verify_source(options: argparse.Namespace) -> None:
    """Check the register of a source against a copy of its text."""
    known = sitegen.read_records(options.data)
    if options.id not in known.sources:
        raise CommandError(f"There is no {name_of(options.data)}/sources/{options.id}.yml.")
    source = known.sources[options.id]
    text = text_of(options.file)
    if faults := list(register.faults(known, source, text)):
        raise CommandError(
            "\n".join([*faults, f"{number(len(faults), 'fault')}: the text does not bear it out."])
        )
    figures = sum(len(sentence.figures) for sentence in source.sentences)
    proved = f"{number(len(source.sentences), 'sentence')} and {number(figures, 'figure')}"
    say(f"Proved: {proved} of {options.id}.")


def draft_register(options: argparse.Namespace) -> None:
    """Print a register for a text with one sentence a line, each after its place."""
    try:
        lines = list(register.draft(text_of(options.file)))
    except ValueError as error:
        raise CommandError(f"{options.file}: {error}.") from None
    say("\n".join(lines))


def figures(options: argparse.Namespace) -> None:
    """Print how the figures in texts are understood; of data, only its own units are needed."""
    with read_vocabulary(options.data).in_use():
        _say_figures(options)


def _say_figures(options: argparse.Namespace) -> None:
    texts = [text.encode("utf-8", "replace").decode("utf-8") for text in options.text]
    mark = decimal_mark(options.language)
    if options.json:
        found = (figure for text in texts for figure in registered(text, mark))
        say(json.dumps([figure.as_json() for figure in found], indent=2))
    else:
        lines = [line for text in texts for line in _readings(text, mark)]
        say("\n".join(lines) or "No figure.")


def _readings(text: str, mark: str) -> Iterator[str]:
    """Yield how each figure of a text is understood, and what all of it proves, a line each."""
    found, besides = registered(text, mark), proved_besides(text, mark)
    given = " ".join(text.split())
    if len(found) == 1:
        yield _reading(given, found[0], [*found[0].proves, *besides])
        return
    for figure in found:
        yield _reading(figure.text, figure, figure.proves)
    if besides:
        yield f"'{given}': proves {', '.join(besides)}"


def _reading(given: str, figure: Figure, proves: Sequence[str]) -> str:
    """Return how a figure is understood, on one line that begins with the words given."""
    listed = ", ".join(proves)
    if not figure.understood:
        but = f"; but proves {listed}" if proves else ""
        return f"'{given}': not understood: {figure.unknown}{but}"
    return f"'{given}': {figure.wording}; proves {listed or 'no amount'}"
