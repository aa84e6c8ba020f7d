"""A small, sound data folder about an invented drug, and ways to change one thing in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sitegen import read_site
from sitegen.model import Source, Study
from sitegen.model.problems import DataError
from sitegen.model.reporting_items import ITEMS

# The invented source: the place of each sentence, the sentence, the figures written in it.
SENTENCES = {
    "use.1.1": ("Examplin is a syrup for hiccups and yawning, made by the Institute of Yawns.", ()),
    "use.1.2": (
        "Examplin was given to 40 patients with hiccups for 10 days (a very good result).",
        ("40 patients", "10 days"),
    ),
    "use.1.3": ("Hiccups eased in more than 80% of them.", ("more than 80%",)),
    "use.1.4": ("The effect lasts no longer than 12 hours.", ("no longer than 12 hours",)),
    "dosage.1.1": (
        "For hiccups take 2–4 mg twice a day for 5–10 days.",
        ("2–4 mg", "twice a day", "5–10 days"),
    ),
    "dosage.1.2": (
        "For yawning take 3 mg (0.5 ml) 2-3 times, a week.",
        ("3 mg", "0.5 ml", "2-3 times", "a week"),
    ),
    "safety.1.1": ("Do not take Examplin while asleep.", ()),
    "safety.1.2": (
        "Dr. Nod approved it on May 3, 1999 by order No. 12.",
        ("May 3, 1999", "No. 12"),
    ),
    "safety.1.3": ("The makers thank their readers.", ()),
}
_GISTS = {
    "use.1.1": "A syrup of the Institute of Yawns against hiccups and yawning.",
    "use.1.2": "40 patients with hiccups had it for 10 days, with a result called very good.",
    "use.1.3": "Hiccups eased in more than 80 % of the patients.",
    "use.1.4": "It works for up to 12 hours.",
    "dosage.1.1": "Hiccups are treated with 2-4 mg, twice a day, for 5-10 days.",
    "dosage.1.2": "Yawning is treated with 3 mg in 0.5 mL, 2-3 times, a week.",
    "safety.1.1": "Nobody asleep should take it.",
    "safety.1.2": "It was approved by Dr. Nod on May 3, 1999, order No. 12.",
    "safety.1.3": "Thanks to readers.",
}

FILES = {
    "site.yml": """\
name: examplin-reference
title: Examplin reference
substance: examplin
source: leaflet
description: What a leaflet says about an invented drug.
lead: Everything that one leaflet says.
version: 1.2.3
released: 2020-02-29
repository: not set
""",
    "substances/examplin.yml": """\
name: Examplin
kind: drug
at: leaflet use.1.1
names:
  - text: Examplin
    language: English
    at: leaflet use.1.1
summary: A syrup for hiccups and yawning
origin: not reported
sequence: not reported
formula: not reported
mass: not reported
organisations: [institute-of-yawns]
""",
    "conditions/hiccups.yml": """\
name: Hiccups
kind: illness
at: leaflet use.1.1
wording: [hiccups]
also: [singultus]
gloss: Sudden breaths that the vocal cords cut short.
""",
    "conditions/yawning.yml": """\
name: Yawning
kind: state
at: [leaflet use.1.1, leaflet dosage.1.2]
wording: [yawning]
gloss: A long breath with the mouth wide open.
""",
    "studies/hiccups.yml": """\
name: Patients with hiccups
conditions: [hiccups]
at: [leaflet use.1.2, leaflet use.1.3]
design: not reported
eligibility:
  value: Patients with hiccups
  at: leaflet use.1.2
participants:
  value: 40 people
  at: leaflet use.1.2
age_and_sex: not reported
setting: not reported
dates: not reported
comparator: not reported
allocation: not applicable
blinding: not applicable
dose: not reported
frequency: not reported
length:
  value: 10 days
  at: leaflet use.1.2
route: not reported
form_and_strength: not reported
other_treatment: not reported
outcomes:
  value: unclear
  note: Easing is named; how it was measured is not said.
numeric_result:
  value: Hiccups eased in more than 80 % of patients
  at: leaflet use.1.3
effect: not reported
losses: not reported
harms: not extracted
funding: not reported
findings:
  - says: Hiccups eased
    at: leaflet use.1.3
  - says: A result called very good
    at: leaflet use.1.2
    emphasis: [very good result]
""",
    "regimens/hiccups.yml": """\
name: Hiccups
conditions: [hiccups]
people: not reported
at: leaflet dosage.1.1
route: oral
each: 2-4 mg
volume: not reported
times: 2 per day
daily: not reported
length: 5-10 days
strength: not reported
studies:
  - study: hiccups
    link: inferred
    why: Same condition.
""",
    "regimens/yawning.yml": """\
name: Yawning
conditions: [yawning]
people: not reported
at: leaflet dosage.1.2
route: oral
each: 3 mg
volume: 0.5 mL
times:
  value: unclear
  note: The comma leaves open what the doses are counted over.
daily: not reported
length: 1 week
strength: not reported
readings:
  - means: a day
    times: 2-3 times
    per: day
  - means: a week
    times: 2-3 times
    per: week
  - means: in all
    times: 2-3 times
    per: course
""",
    "cautions/sleep.yml": """\
name: Sleep
kind: contraindication
at: leaflet safety.1.1
says: Not to be taken while asleep
subject: sleep
""",
    "claims/duration.yml": """\
name: Duration of the effect
substance: examplin
kind: duration
lane: not stated
at: leaflet use.1.4
says: The effect lasts up to 12 hours.
value: ≤ 12 hours
""",
    "events/approval.yml": """\
name: Approval
kind: regulatory
when: 1999-05-03
at: leaflet safety.1.2
says: Approved by order No. 12.
jurisdiction: Exampland
status: Approved
certainty: primary document
identifiers:
  - scheme: Order
    value: No. 12
""",
    "organisations/institute-of-yawns.yml": """\
name: Institute of Yawns
kind: industry
at: leaflet use.1.1
""",
    "people/nod.yml": """\
name: Nod
role: Dr.
at: leaflet safety.1.2
organisations: [institute-of-yawns]
""",
    "terms/syrup.yml": """\
name: syrup
kind: pharmaceutical
means: A thick, sweet solution.
at: leaflet use.1.1
tooltip: shown
""",
    "changes/first.yml": """\
version: 1.2.3
released: 2020-02-29
entries:
  - kind: source
    says: First edition, from 1 leaflet.
""",
}

# A second source of which only facts were noted, and a record of each kind that compares sources
# or stands beside studies in people: added to the sound folder by `rich_folder`.
MORE = {
    "sources/paper.yml": """\
title: Examplin in hiccups
title_is: translated
kind: journal article
language: Russian
read: abstract
verified:
  level: record
  on: 2020-02-28
  seen_at: [https://example.org/paper]
author: [Nod AB, Wake C, others]
published: 2001-06
address: https://example.org/paper
references: not extracted
publication:
  journal: J Invent Med
  volume: "7"
  issue: "2"
  pages: 11-9
  pmid: "12345678"
  pmcid: PMC1234567
  doi: 10.1000/hiccups
  types: [Journal Article]
character:
  - word: primary
    why: It reports its own trial.
sections:
  - id: abstract
    heading: not extracted
sentences:
  - at: abstract.1.1
    gist: 30 patients with severe hiccups had 12 mg twice a day for two weeks.
    figures: [30 patients, 12 mg, twice a day, 2 weeks]
  - at: abstract.1.2
    gist: Rats had 50 µg/kg, and in cells nothing happened.
    figures: [50 µg/kg]
  - at: abstract.1.3
    gist: The drops hold 10 mg/mL; 2-3 drops in each nostril three times a day for 5 or 10 days.
    figures: [10 mg/ml, 2-3 drops, three times a day, 5 days, 10 days, 0.05 ml]
  - at: abstract.1.4
    gist: Sleep rules it out, and so does yawning.
  - at: abstract.1.5
    gist: The effect lasts for 24 hours.
    figures: [24 hours]
""",
    "studies/trial.yml": """\
name: Trial in hiccups
conditions: [hiccups]
at: paper abstract.1.1
design: not extracted
eligibility: Patients with severe hiccups
participants: 30 people
age_and_sex: not extracted
setting: not extracted
dates: not extracted
comparator: not extracted
allocation: not extracted
blinding: not extracted
dose: 12 mg
frequency: 2 per day
length: 2 weeks
route: not extracted
form_and_strength: not extracted
other_treatment: not extracted
outcomes: not extracted
numeric_result: not extracted
effect: not extracted
losses: not extracted
harms: not extracted
funding: not extracted
findings: []
""",
    "experiments/rats.yml": """\
name: Rats
lane: animal
conditions: [hiccups]
at: paper abstract.1.2
model: Rats
route: intraperitoneal
doses: [50 micrograms/kg]
findings:
  - says: Rats did not hiccup
    at: paper abstract.1.2
""",
    "experiments/cells.yml": """\
name: Cells
lane: in vitro
conditions: [hiccups]
at: paper abstract.1.2
model: Cells
route: not applicable
doses: [not extracted]
findings:
  - says: Nothing happened
    at: paper abstract.1.2
""",
    "ties/hiccups.yml": """\
name: Hiccups, told twice
reports: [hiccups, trial]
relation: one study
tie: inferred
at: [leaflet use.1.2, paper abstract.1.1]
why: The same condition; the numbers differ.
""",
    "regimens/trial.yml": """\
name: Hiccups, severe
conditions: [hiccups]
people: not extracted
at: paper abstract.1.1
route: oral
each: 12 mg
volume: not extracted
times: 2 per day
daily: not extracted
length: 2 weeks
strength: not extracted
severity: severe
""",
    "regimens/drops.yml": """\
name: Hiccups, drops
conditions: [hiccups]
people: not extracted
at: paper abstract.1.3
route: intranasal
each: not reported
volume: not reported
times: 3 per day
daily: not reported
length:
  value: unclear
  note: Both lengths stand side by side.
strength: not reported
drops: 2-3 drops
product: drops
severity: moderate
lengths: [5 days, 10 days]
site: each nostril
""",
    "products/drops.yml": """\
name: Drops
substance: examplin
at: paper abstract.1.3
form: Drops
strength: 10 mg/mL
strength_label: not reported
content: not reported
composition: not reported
maker: not reported
supply: not reported
storage: not reported
shelf_life: not reported
""",
    "parameters/drop.yml": """\
name: A drop
role: volume of a drop
value: 0.05 mL
at: paper abstract.1.3
""",
    "cautions/sleep-paper.yml": """\
name: Sleep, in the paper
kind: contraindication
at: paper abstract.1.4
says: Not to be taken while asleep
subject: sleep
""",
    "claims/duration-paper.yml": """\
name: Duration in the paper
substance: examplin
kind: duration
lane: human
at: paper abstract.1.5
says: The effect lasts 24 hours.
value: 24 hours
""",
    "comparisons/duration.yml": """\
name: How long it works
weight: action
inputs: [claims/duration value, claims/duration-paper value]
rule: amounts
conditions: [hiccups]
why: The paper gives twice the time.
""",
    "codes/hiccups.yml": """\
name: Hiccups
condition: hiccups
codes:
  - system: urn:example:codes
    code: H01
    display: Hiccups
    match: exact
    grade: A
    version: "2020"
    seen_at: https://example.org/codes
""",
}

_SOURCE_HEAD = """\
title: "Examplin: the leaflet"
kind: web article
language: English
read: full text
verified:
  level: text
  on: 2020-02-28
  seen_at: [https://example.org/leaflet]
author: not reported
published: 1999-05
address: not reported
references: not reported
character:
  - word: primary
    why: Its maker wrote it.
sections:
  - id: use
    heading: What it is for
  - id: dosage
    heading: How to take it
  - id: safety
    heading: When not to take it
sentences:
"""


def sound_folder(folder: Path) -> Path:
    """Write a sound `data` folder into a folder; its path. Its one source is `TEXT`."""
    data = folder / "data"
    for name, text in FILES.items():
        write(data, name, text)
    write(data, "sources/leaflet.yml", _SOURCE_HEAD + "".join(map(entry, SENTENCES)))
    write(
        data,
        "sources/leaflet.yml",
        read(data, "sources/leaflet.yml") + "    unused: A thank-you.\n",
    )
    return data


def rich_folder(folder: Path) -> Path:
    """Write the sound folder with what `MORE` adds: two sources, and every kind of record."""
    data = sound_folder(folder)
    for name, text in MORE.items():
        write(data, name, text)
    return data


def rich_folder_of_one_route(folder: Path) -> Path:
    """Write the rich folder with one route for all regimens, so that all can be compared."""
    data = rich_folder(folder)
    for regimen in ("regimens/hiccups.yml", "regimens/trial.yml"):
        replace(data, regimen, "route: oral", "route: intranasal")
    return data


def entry(place: str) -> str:
    """One sentence of the invented source as its register lists it, in five lines."""
    sentence, figures = SENTENCES[place]
    listed = ", ".join(f'"{figure}"' for figure in figures)
    return (
        f"  - at: {place}\n"
        f'    gist: "{_GISTS[place]}"\n'
        f"    figures: [{listed}]\n"
        f"    characters: {len(sentence)}\n"
        f"    sha256: {hashlib.sha256(sentence.encode()).hexdigest()}\n"
    )


TEXT = "# Examplin\n\n" + "\n".join(sentence for sentence, _ in SENTENCES.values()) + "\n"


def read(data: Path, name: str) -> str:
    """The text of a data file."""
    return (data / name).read_text(encoding="utf-8")


def write(data: Path, name: str, content: str | bytes) -> None:
    """Write a data file, with the folders around it."""
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def replace(data: Path, name: str, old: str, new: str) -> None:
    """Change one thing in a data file: `old`, which must stand there once, becomes `new`."""
    text = read(data, name)
    if text.count(old) != 1:
        raise LookupError(f"{old!r} stands {text.count(old)} times in {name}")
    write(data, name, text.replace(old, new))


def problems(data: Path) -> list[str]:
    """Every problem of a data folder as the lines a curator sees; none for a sound one."""
    try:
        read_site(data)
    except DataError as error:
        return lines(error.problems)
    return []


def lines(found: Iterable[object]) -> list[str]:
    """Things as the lines of text they print."""
    return [str(problem) for problem in found]


def study(**fields: object) -> Study:
    """A study in people in which nothing is reported but what is given."""
    frame: dict[str, object] = {
        "id": "a",
        "name": "A",
        "conditions": ["b"],
        "at": "leaflet use.1.2",
        "design": "not reported",
        "findings": [],
    }
    return Study.model_validate(
        {**frame, **dict.fromkeys((item.field for item in ITEMS), "not reported"), **fields}
    )


def source(**fields: object) -> Source:
    """A journal article of which nothing is known but its title, its date and what is given."""
    frame: dict[str, object] = {
        "id": "a",
        "title": "Hiccups in an invented town",
        "kind": "journal article",
        "language": "English",
        "read": "abstract",
        "verified": {"level": "record", "on": "2020-02-28", "seen_at": ["https://example.org/a"]},
        "published": "2001-06",
        **dict.fromkeys(("author", "address", "references"), "not reported"),
        "character": [{"word": "primary", "why": "It reports its own study."}],
        **dict.fromkeys(("sections", "sentences"), ()),
    }
    return Source.model_validate({**frame, **fields})


def publication(**fields: object) -> dict[str, object]:
    """Where an invented article stands, with what is given instead."""
    return {
        "journal": "J Invent Med",
        "volume": "7",
        "issue": "2",
        "pages": "11-19",
        "pmid": "12345678",
        "pmcid": "not reported",
        "doi": "10.1000/hiccups",
        **fields,
    }
