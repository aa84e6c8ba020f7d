"""Generates a data folder of any size about an invented drug; a seed gives the same bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

STUDIES_TO_A_SOURCE = 4
STUDIES_TO_A_REGIMEN = 10
STUDIES_TO_A_CONDITION = 50

_ILLNESSES = "cough hiccups vertigo insomnia lethargy tremor neuralgia fatigue rash colic".split()
_GROUPS = "adults children pilots nurses swimmers bakers singers drivers teachers divers".split()
_DESIGNS = ("Two groups, allotted at random", "One group", "Two groups", "A series of cases")
_ROUTES = ("intranasal", "oral", "intramuscular", "subcutaneous")
_JOURNALS = ("Annals of Invention", "Journal of Made-up Medicine", "Imaginary Therapeutics")
_FAMILIES = "Abel Brook Clay Dorn Ebner Falk Grau Holm Ibsen Jung Krell Lund Moor Nord".split()
_ITEMS = (
    "age_and_sex setting dates other_treatment losses harms funding effect form_and_strength"
).split()


def write(folder: Path, studies: int, seed: int = 1) -> None:
    """Write a data folder without problems, with a number of studies and their sources."""
    for name, text in files(studies, random.Random(seed)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def files(studies: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every file."""
    yield from _frame()
    conditions = max(2, studies // STUDIES_TO_A_CONDITION)
    registers: dict[int, list[str]] = {}
    for number in range(studies):
        register = registers.setdefault(number // STUDIES_TO_A_SOURCE, [])
        yield _study(number, number % conditions, len(register), register, chance)
        if number % STUDIES_TO_A_REGIMEN == 0:
            yield _regimen(number, number % conditions, register, chance)
    for number in range(conditions):
        registers[number % len(registers)].append(
            _sentence(f"named.1.{1 + number // len(registers)}", "It names the condition.", [])
        )
        yield _condition(number, f"report-{number % len(registers)}", 1 + number // len(registers))
    registers[0] += [
        _sentence("sizes.1.1", "A drop is 0.05 mL.", ["0.05 mL"]),
        _sentence(
            "sizes.1.2", "A bottle of nasal drops holds 5 mL of 1 mg/mL.", ["5 mL", "1 mg/mL"]
        ),
        _sentence("sizes.1.3", "It is not given to some.", []),
    ]
    for number, register in registers.items():
        yield _source(number, register, chance)


def _frame() -> Iterator[tuple[str, str]]:
    yield (
        "site.yml",
        """\
name: inventine-reference
title: Inventine reference
substance: inventine
source: report-0
description: Made by a generator, to measure how long a build takes.
lead: Everything here is invented.
version: 1.0.0
released: 2020-02-29
repository: not set
""",
    )
    yield (
        "substances/inventine.yml",
        """\
name: Inventine
kind: drug
at: report-0 named.1.1
names:
  - text: Inventine
    language: English
    at: report-0 named.1.1
summary: An invented drug
origin: not reported
sequence: not reported
formula: not reported
mass: not reported
""",
    )
    for name, role, size, place in (
        ("drop", "volume of a drop", "0.05 mL", "1.1"),
        ("bottle", "volume of a container", "5 mL", "1.2"),
    ):
        text = f"name: The {name}\nrole: {role}\nvalue: {size}\nat: report-0 sizes.{place}\n"
        yield f"parameters/{name}.yml", text
    yield (
        "cautions/first.yml",
        """\
name: One of the conditions
kind: contraindication
conditions: [condition-0]
at: report-0 sizes.1.3
says: It is not given in this condition
""",
    )
    yield (
        "products/drops.yml",
        """\
name: Nasal drops
substance: inventine
at: report-0 sizes.1.2
form: Nasal drops
strength: 1 mg/mL
strength_label: not reported
content: 5 mL
composition: not reported
maker: not reported
supply: not reported
storage: not reported
shelf_life: not reported
""",
    )
    for number, word in enumerate(_ILLNESSES):
        text = f"name: {word}\nkind: medical\nmeans: The invented kind of {word}.\n"
        yield f"terms/{number}-{word}.yml", f"{text}at: report-0 named.1.1\ntooltip: shown\n"


def _study(
    number: int, condition: int, place: int, register: list[str], chance: random.Random
) -> tuple[str, str]:
    """Return the file of a study, and add its four sentences to the register of its source."""
    source, section = f"report-{number // STUDIES_TO_A_SOURCE}", f"trial{number}"
    people, days, dose = chance.randint(8, 400), chance.randint(3, 30), chance.randint(1, 90)
    share, group = chance.randint(20, 95), chance.choice(_GROUPS)
    at = [f"{source} {section}.1.{sentence}" for sentence in (1, 2, 3, 4)]
    register.append(
        _sentence(
            f"{section}.1.1", f"{people} people took part, all {group}.", [f"{people} people"]
        )
    )
    figures = [f"{dose} mg", f"{days} days", "twice a day"]
    given = f"They had {dose} mg twice a day for {days} days."
    register.append(_sentence(f"{section}.1.2", given, figures))
    register.append(_sentence(f"{section}.1.3", "It was allotted as described.", []))
    register.append(_sentence(f"{section}.1.4", f"{share} % of them were better.", [f"{share} %"]))
    items = "".join(
        f"{name}: {chance.choice(('not reported', 'not extracted'))}\n" for name in _ITEMS
    )
    name = f"{group.capitalize()} with {_name(condition)}, report {_letters(number)}"
    return (
        f"studies/study-{number}.yml",
        f"""\
name: {name}
conditions: [condition-{condition}]
at: [{", ".join(at)}]
design:
  value: {chance.choice(_DESIGNS)}
  at: {at[2]}
eligibility:
  value: Invented {group}
  at: {at[0]}
participants:
  value: {people} people
  at: {at[0]}
comparator: not reported
allocation: not reported
blinding: not reported
dose:
  value: {dose} mg
  at: {at[1]}
frequency:
  value: 2 per day
  at: {at[1]}
length:
  value: {days} days
  at: {at[1]}
route:
  value: {chance.choice(_ROUTES)}
  at: {at[1]}
outcomes:
  value: How they felt
  at: {at[3]}
numeric_result:
  value: {share} % were better
  at: {at[3]}
{items}findings:
  - says: {share} % of the {group} were better
    at: {at[3]}
    emphasis: [{chance.choice(("very good", "striking", "excellent"))} result]
""",
    )


def _regimen(
    number: int, condition: int, register: list[str], chance: random.Random
) -> tuple[str, str]:
    """Return the file of a regimen of one sentence, linked to a study of the same source."""
    source, section = f"report-{number // STUDIES_TO_A_SOURCE}", f"dose{number}"
    low, days = chance.randint(1, 40), chance.randint(3, 28)
    figures = [f"{low}-{low + 5} mg", "twice a day", f"{days} days"]
    says = f"{low}-{low + 5} mg twice a day for {days} days is what was given."
    register.append(_sentence(f"{section}.1.1", says, figures))
    return (
        f"regimens/regimen-{number}.yml",
        f"""\
name: {_name(condition).capitalize()}, as report {_letters(number)} gives it
conditions: [condition-{condition}]
people: not reported
at: {source} {section}.1.1
route: {chance.choice(_ROUTES)}
each: {low}-{low + 5} mg
volume: not reported
times: 2 per day
daily: not reported
length: {days} days
strength: not reported
studies:
  - study: study-{number}
    link: inferred
    why: The condition is the same.
""",
    )


def _condition(number: int, source: str, place: int) -> tuple[str, str]:
    name = _name(number)
    return (
        f"conditions/condition-{number}.yml",
        f"""\
name: {name.capitalize()}
kind: illness
at: {source} named.1.{place}
wording: [{name}]
gloss: An invented illness.
""",
    )


def _name(condition: int) -> str:
    kind = _ILLNESSES[condition % len(_ILLNESSES)]
    return f"{kind} of kind {_letters(condition)}"


def _letters(number: int) -> str:
    """Return a number as letters: a digit in a name would have to be cited from a sentence."""
    return "".join("QRSTUVWXYZ"[int(digit)] for digit in str(number))


def _source(number: int, register: list[str], chance: random.Random) -> tuple[str, str]:
    """Return the file of a journal article, with its register of sentences by section."""
    sections = dict.fromkeys(entry.split("at: ")[1].split(".")[0] for entry in register)
    listed = "".join(f"  - id: {id}\n    heading: not extracted\n" for id in sections)
    authors = ", ".join(f"{chance.choice(_FAMILIES)} {chance.choice('ABCDEF')}" for _ in range(3))
    return (
        f"sources/report-{number}.yml",
        f"""\
title: Inventine in report {number}
kind: journal article
language: English
read: abstract
verified:
  level: citation
  on: 2026-11
  seen_at: [https://example.org/{number}]
author: [{authors}]
published: {chance.randint(1980, 2020)}
address: https://example.org/{number}
references: not extracted
publication:
  journal: {chance.choice(_JOURNALS)}
  volume: {chance.randint(1, 90)}
  issue: {chance.randint(1, 12)}
  pages: {100 + number % 800}-{108 + number % 800}
  pmid: not extracted
  pmcid: not extracted
  doi: not extracted
character:
  - word: primary
    why: It reports studies of its own; all are invented.
sections:
{listed}sentences:
{"".join(register)}""",
    )


def _sentence(place: str, gist: str, figures: list[str]) -> str:
    quoted = ", ".join(f'"{figure}"' for figure in figures)
    return f'  - at: {place}\n    gist: "{gist}"\n' + (
        f"    figures: [{quoted}]\n" if figures else ""
    )
