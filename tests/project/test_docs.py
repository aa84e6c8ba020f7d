"""The guides are true: records load, messages come, commands, paths, links and trees exist."""

from __future__ import annotations

import datetime
import os
import posixpath
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from folders import EXAMPLE, ROOT, TEMPLATES
from mkdocs.config import load_config
from sound import replace, write

import build
import sitegen
from sitegen.check import register
from sitegen.incremental.cache import Cache
from sitegen.model import KINDS, Record, Regimen, Study
from sitegen.model.absence import Absence
from sitegen.model.figures_in_prose import registered
from sitegen.model.languages import decimal_mark
from sitegen.model.problems import DataError
from sitegen.model.routes import BUILT_IN
from sitegen.pipeline.stages import Executor

CURATING = (ROOT / "CURATING.md").read_text(encoding="utf-8")
REGISTERING = (ROOT / "docs" / "registering.md").read_text(encoding="utf-8")
REVIEWING = (ROOT / "docs" / "reviewing.md").read_text(encoding="utf-8")
MESSAGES = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEVELOPMENT = ROOT / "docs" / "development"
GUIDES = (
    "README.md",
    "CONTRIBUTING.md",
    "CURATING.md",
    "SECURITY.md",
    "docs/messages.md",
    "docs/performance.md",
    "docs/registering.md",
    "docs/reviewing.md",
    *(path.relative_to(ROOT).as_posix() for path in sorted(DEVELOPMENT.glob("*.md"))),
)

_BLOCK = re.compile(r"^```yaml\n# data/(\S+\.yml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)

VOCABULARY = "vocabulary.yml"
STUDY = "studies/winter-fatigue.yml"
TRIAL = "studies/winter-fatigue-trial.yml"
CLEAR = "regimens/example-clear.yml"
UNCLEAR = "regimens/example-unclear.yml"
BY_WEIGHT = "regimens/paper-by-weight.yml"
SOURCE = "sources/example.yml"
CHECK = "checks/length-winter-fatigue.yml"
EVENT = "events/registration.yml"
CONDITION = "conditions/winter-fatigue.yml"
DROP = "parameters/drop.yml"
EDITION = "changes/first-edition.yml"

PAPER = "sources/sample-1998.yml"
COMPARISON = "comparisons/duration.yml"
RATS = "experiments/rats.yml"
ITCHING = "cautions/itching.yml"
_LANES = "name: Rats\nlane: animal\n"
_SHAPES = "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"

_COPY_OF = "a copy of "
_DROP = "name: A drop\nrole: volume of a drop\nvalue: 0.05 mL\nat: example supply.1.2\n"

_PUBLICATION = """\
  # as databases shorten it
  journal: J Invent Med
  volume: "12"
  issue: "3"
  # or the number of the article
  pages: 101-109
  pmid: "12345678"
  pmcid: not applicable
  doi: 10.1000/examplin.1998
  types: [Journal Article, Clinical Trial] # as PubMed files it; leave out where not seen
"""
_ONE_SOURCE = """\
name: What the patients felt
weight: evidence
rule: words
standing: conflict
inputs: [studies/winter-fatigue findings.0.says, studies/winter-fatigue findings.0.emphasis.0]
why: One article says both.
"""

# The kinds under whose headings parts of another kind are shown: phases, results.
_SHOWN_UNDER: dict[str, tuple[type[Record], ...]] = {
    "studies": (Regimen,),
    "experiments": (Regimen, Study),
}

FIRST = "A first record in fifteen minutes"
_PRACTICE = "/tmp/practice"
_EXECUTOR = Executor(1, Cache(None, "the mistakes of docs/messages.md"))
"""Reads what did not change between two mistakes once."""

# What a curator did, as docs/messages.md says it: the file, the text that stood in it (None for a
# file that was not there), and the text that stands there now (None for a file deleted).
MISTAKES: dict[str, tuple[str, str | None, str | None]] = {
    "misspelt a field": (STUDY, "emphasis:", "emphasys:"),
    "left a field out": (STUDY, "funding: not reported\n", ""),
    "left a value blank": (STUDY, "comparator: not reported", "comparator:"),
    "left an entry of a list blank": (CLEAR, "studies: #", "studies:\n  -\n  #"),
    "left a list blank": (CLEAR, "[winter-fatigue] # files in data/conditions/", ""),
    "misspelt a word of absence": (
        STUDY,
        "setting:\n  value: Exampleton General Hospital\n  at: example studies.1.1",
        "setting: Not reported",
    ),
    "wrote `unclear` and did not say what is": (
        STUDY,
        "  note: Feeling better is named; what was asked, and when, is not said.\n",
        "",
    ),
    "wrote `not reported` by a source that was not read for it": (
        SOURCE,
        "read: full text",
        "read: single facts",
    ),
    "wrote in a note that something is not said, by a source of single facts": (
        SOURCE,
        "read: full text",
        "read: single facts",
    ),
    "wrote two words of absence for one dose": (
        "regimens/paper.yml",
        "route: not extracted",
        "route: not reported",
    ),
    "wrote two words of absence in one value": (
        STUDY,
        "losses: not reported",
        "losses: not extracted / not reported",
    ),
    "wrote yes or no, or a word that YAML readers take for it": (
        STUDY,
        "dates: not reported",
        "dates: no",
    ),
    "wrote no where an amount belongs": (CLEAR, "each: 2-3 mg", "each: no"),
    "wrote yes or no as a text": (STUDY, "blinding: not reported", 'blinding: "no"'),
    "wrote a remark behind a word of absence": (
        STUDY,
        "losses: not reported",
        "losses: not reported (abstract only)",
    ),
    "left what only keeps a place": (STUDY, "losses: not reported", "losses: TODO"),
    "wrote a dash or a question mark for a value": (STUDY, "losses: not reported", "losses: -"),
    "wrote a field of another kind of record": (
        CLEAR,
        "volume: not reported",
        "volume: not reported\nblinding: not reported",
    ),
    "wrote a field of a part beside the part": (
        TRIAL,
        "    direction: favours drug\n",
        "    direction: favours drug\n    level: 95 %\n",
    ),
    "called a field as another kind of record does": (CLEAR, "each: 2-3 mg", "dose: 2-3 mg"),
    "wrote the lines of a value without indenting them": (
        STUDY,
        "length:\n  value: 10 days\n  at: example studies.1.2",
        "length:\nvalue: 10 days\nat: example studies.1.2",
    ),
    "lost the field between two values": (
        STUDY,
        "route:\n  value: intranasal",
        "  value: intranasal",
    ),
    "wrote the lines of an estimate without indenting them": (
        TRIAL,
        '      value: "-1.7"\n      # from the lower end to the upper, each with its sign\n'
        '      interval: "-2.9 to -0.5"\n      level: 95 %\n'
        "      # with its sign\n      p: = 0.006",
        '    value: "-1.7"\n    level: 95 %',
    ),
    "lost the dash before an entry of a list": (TRIAL, "  - id: dummy", "    id: dummy"),
    "lost the field above entries that follow another list": (
        TRIAL,
        "results: # one entry for each outcome and time\n",
        "",
    ),
    "left it out in a line below a field": (STUDY, "  value: 10 days", "  value:10 days"),
    "wrote two fields on one line": (
        CLEAR,
        "times: 2 per day\n",
        "times: 2 per day daily: not reported\n",
    ),
    "left out the braces around the fields of a value": (
        CLEAR,
        "length: 1 week",
        "length: value: 1 week, note: In both.",
    ),
    "wrote a value in braces without its field": (
        CLEAR,
        "length: 1 week",
        "length: {1 week, note: In both.}",
    ),
    "wrote fields in braces as a text": (
        CLEAR,
        "length: 1 week",
        'length: "{value: 1 week, note: In both.}"',
    ),
    "wrote a dash before a text": (CLEAR, "people: not reported", "people: - adults"),
    "listed a date with its comma as a figure": (
        PAPER,
        "figures: [24 hours]",
        "figures: [24 hours, May 4, 1994]",
    ),
    "wrote several words to search by as one text": (
        CONDITION,
        "also: [tiredness, winter blues]",
        "also: tiredness, winter blues\n#",
    ),
    "gave a range in two units": (CLEAR, "length: 1 week", "length: 4 days to 1 week"),
    "wrote two amounts": (CLEAR, "each: 2-3 mg", "each: 2 mg or 3 mg"),
    "wrote how often into a dose": (CLEAR, "each: 2-3 mg", "each: 2-3 mg twice a day"),
    "wrote how often into the dose of a study": (
        STUDY,
        "dose: not reported",
        "dose: 4 mg twice daily",
    ),
    "wrote an amount a day into a dose": (CLEAR, "each: 2-3 mg", "each: 6 mg/day"),
    "wrote an amount that is not exact": (CLEAR, "each: 2-3 mg", "each: about 2 mg"),
    "typed a letter for a digit": (CLEAR, "each: 2-3 mg", "each: 2O mg"),
    "wrote a time between doses as a frequency": (CLEAR, "times: 2 per day", "times: q12h"),
    "wrote as a frequency for what it is given": (CLEAR, "times: 2 per day", "times: as needed"),
    "wrote as a frequency when it is given": (CLEAR, "times: 2 per day", "times: in the morning"),
    "wrote a source in capitals": (CLEAR, "at: example doses.1.1", "at: Example doses.1.1"),
    "left the brackets of several sentences out": (
        CLEAR,
        "at: example doses.1.1",
        "at: example doses.1.1, example doses.2.1",
    ),
    "left the comma between two sentences out": (
        CLEAR,
        "at: example doses.1.1\nroute" if False else "at: example doses.1.1",
        "at: [example doses.1.1 example doses.2.1]",
    ),
    "listed a second sentence and did not say which value is of which": (
        CLEAR,
        "at: example doses.1.1",
        "at: [example doses.1.1, example doses.2.1]",
    ),
    "misread the number of a registry": (TRIAL, "value: NCT00000000", "value: NCT0000000"),
    "gave a dose in drops twice": (
        "regimens/paper-drops.yml",
        "each: not extracted",
        "each: 2 drops",
    ),
    "said that no harm was seen, and counted one": (
        TRIAL,
        "harms: not extracted",
        "harms: none observed",
    ),
    "said that nothing was compared, and gave a control group": (
        TRIAL,
        "  value: placebo\n",
        "  value: no control\n",
    ),
    "gave a ratio a minus sign": (TRIAL, "measure: mean difference", "measure: risk ratio"),
    "looked at more people than are in all arms": (
        TRIAL,
        "      - arm: drug\n        events: 3 people\n        of: 40 people",
        "      - events: 3 people\n        of: 90 people",
    ),
    "said what is quoted as praise": (STUDY, "emphasis: [much better]", "emphasis: [felt]"),
    "said words that are quoted as praise": (
        STUDY,
        "emphasis: [much better]",
        "emphasis: [felt better]",
    ),
    "kept two reports apart that another tie calls one study": (
        "ties/same-number.yml",
        "winter-fatigue-other]",
        "winter-fatigue]",
    ),
    "left out what a contraindication is about": (
        "cautions/pregnancy.yml",
        "conditions: [pregnancy] ",
        "",
    ),
    "named the values of a check in another order": (
        CHECK,
        "  - studies/winter-fatigue length\n  - regimens/example-clear length",
        "  - regimens/example-clear length\n  - studies/winter-fatigue length",
    ),
    "gave a rule a value of another kind": (
        CHECK,
        "  - studies/winter-fatigue length",
        "  - studies/winter-fatigue name",
    ),
    "wrote a part of a citation with its name": (PAPER, 'volume: "12"', "volume: Vol. 12"),
    "wrote the issue behind the volume": (PAPER, 'volume: "12"', "volume: 12(3)"),
    "wrote pages with two hyphens": (PAPER, "pages: 101-109", "pages: 101--109"),
    "wrote an address with something around it": (
        PAPER,
        "\naddress: https://example.org/sample-1998",
        "\naddress: https://example.org/a https://example.org/b",
    ),
    "copied an address with a mark behind it": (
        PAPER,
        "\naddress: https://example.org/sample-1998",
        "\naddress: https://example.org/sample-1998).",
    ),
    "gave the address of another DOI": (
        PAPER,
        "\naddress: https://example.org/sample-1998",
        "\naddress: https://doi.org/10.1000/other",
    ),
    "saw a source before it was published": (PAPER, "on: 2026-01-30", "on: 1990-01-30"),
    "wrote `et al.` among the authors": (PAPER, "van der Berg C, others]", "et al.]"),
    "typed a letter of another alphabet in an author": (
        PAPER,
        "author: [Sample AB",
        "author: [S\u0430mple AB",
    ),
    "left the findings out": ("studies/winter-fatigue-paper.yml", "findings: []\n", ""),
    "named a record of another kind": (
        STUDY,
        "organisations: [institute-of-invented-medicines]",
        "organisations: [sample]",
    ),
    "wrote the name of a record, or its file, where its id belongs": (
        CLEAR,
        "[winter-fatigue]",
        "[Winter fatigue]",
    ),
    "named a source that has no file, and another in digits alone": (
        "regimens/paper.yml",
        "at: sample-1998 abstract.1.1",
        "at: sample-1989 abstract.1.1",
    ),
    "wrote a source with a space or with its folder": (
        "regimens/paper.yml",
        "at: sample-1998 abstract.1.1",
        "at: sample 1998 abstract.1.1",
    ),
    "named an arm by its name": (
        TRIAL,
        "      - arm: dummy\n",
        "      - arm: A dummy spray\n",
    ),
    "named in a direction an arm by its name": (
        TRIAL,
        "direction: favours drug",
        "direction: favours The spray",
    ),
    "wrote an arm's id with a capital or a space": (TRIAL, "- id: dummy", "- id: Dummy spray"),
    "dated a search ahead": (STUDY, "on: 2026-01-30", "on: 2096-01-30"),
    "dated a release ahead": (EDITION, "released: 2026-01-31", "released: 2068-01-31"),
    "cited another source for one value": (
        TRIAL,
        "control:\n  value: placebo\n  at: sample-1998 abstract.4.1",
        "control:\n  value: placebo\n  at: example studies.1.1",
    ),
    "said in a record what its sentence says, word for word": (
        "claims/duration.yml",
        "says: The effect lasts for up to 6 hours.",
        "says: Its remarkable effect lasts for up to 6 hours",
    ),
    "tied a dose to a study of the same sentence, of another condition": (
        "studies/winter-fatigue-paper.yml",
        "[winter-fatigue]",
        "[pregnancy]",
    ),
    "wrote a subject in other words than another caution of its kind": (
        ITCHING,
        "subject: itching of the nose",
        "subject: The drowsiness",
    ),
    "left out where an article was printed": (
        PAPER,
        f"publication:\n{_PUBLICATION}",
        "",
    ),
    "typed initials of another alphabet": (PAPER, "[Sample AB", "[Sample \u0410\u0412"),
    "wrote points behind initials": (PAPER, "[Sample AB", "[Sample A.B."),
    "wrote a title before an author": (PAPER, "[Sample AB", "[Dr Sample AB"),
    "put a comma between family name and initials": (PAPER, "[Sample AB", "[Sample, AB"),
    "wrote several authors as one text": (
        PAPER,
        "[Sample AB, van der Berg C, others]",
        "Sample AB, van der Berg C",
    ),
    "dated a change ahead": (
        EDITION,
        "  - kind: source\n",
        "  - kind: source\n    on: 2069-01-01\n",
    ),
    "gave two conditions one name": (
        CONDITION,
        "name: Winter fatigue",
        "name: Seasonal Headache",
    ),
    "made a condition broader than itself": (
        CONDITION,
        "gloss:",
        "broader: seasonal-headache\ngloss:",
    ),
    "wrote an amount in another way": (CLEAR, "each: 2-3 mg", "each: 2-3mg"),
    "wrote an amount of zero": (CLEAR, "each: 2-3 mg", "each: 0 mg"),
    "used a unit of the wrong kind": (STUDY, "value: 10 days", "value: 10 mg"),
    "wrote a frequency in words": (CLEAR, "2 per day", "twice a day"),
    "put a bound without quotation marks": (STUDY, '"> 300 people"', "> 300 people"),
    "wrote ` #` in a text without quotation marks": (STUDY, "Patients with", "Patients # with"),
    "wrote a colon and a space in a text": (STUDY, "Patients with", "Patients: with"),
    "put a control character into a text": (
        CLEAR,
        "name: Winter fatigue",
        "name: Winter\u200bfatigue",
    ),
    "indented with a tab": (STUDY, "  value: 10 days", "\tvalue: 10 days"),
    "indented a line otherwise than its neighbours": (
        CLEAR,
        "    link: inferred",
        "   link: inferred",
    ),
    "indented a field of the record": (CLEAR, "studies: #", "  studies: #"),
    "did not indent the first field of a value": (
        TRIAL,
        '      value: "-1.7"',
        '    value: "-1.7"',
    ),
    "indented the dash of an entry otherwise than that of the entry above": (
        TRIAL,
        "  - id: dummy",
        " - id: dummy",
    ),
    "indented a remark below a value that is on the line of its field": (
        CLEAR,
        "length: 1 week\n",
        "length: 1 week\n  note: In both.\n",
    ),
    "lost the dash before the only entry of a list": (
        BY_WEIGHT,
        "  - each: 5 mg/kg",
        "  each: 5 mg/kg",
    ),
    "lost the dash before an entry that is one value": (
        CHECK,
        "  - regimens/example-clear length",
        "  regimens/example-clear length",
    ),
    "lost the dash before an entry and not its depth": (TRIAL, "  - id: dummy", "  id: dummy"),
    "lost the field above a list": (CLEAR, "studies: # studies that may stand behind it\n", ""),
    "lost the field above a value": (STUDY, "length:\n  value: 10 days", "  value: 10 days"),
    "left the brackets behind a field that has entries": (STUDY, "findings: #", "findings: [] #"),
    "put a dash before a field of the record": (CLEAR, "length: 1 week", "- length: 1 week"),
    "put a dash before a field of a value": (STUDY, "  value: 10 days", "  - value: 10 days"),
    "went on with a text and did not indent it": (
        CLEAR,
        "the source ties no dose",
        "the source\nprints no dose",
    ),
    "left the colon of the first field out": (CLEAR, "name: Winter", "name Winter"),
    "left the marks of a merge": (
        CLEAR,
        "each: 2-3 mg",
        "<<<<<<< HEAD\neach: 2-3 mg\n=======\neach: 3 mg\n>>>>>>> other",
    ),
    "left the space behind a colon out": (STUDY, "dates: not reported", "dates:not reported"),
    "left a quotation mark open": (STUDY, "dates: not reported", 'dates: "not reported'),
    "saved a text in another encoding": (CONDITION, "name: Winter", "name: \u00d0\x97inter"),
    "typed a letter of another alphabet": (CLEAR, "name: Winter", "name: Wint\u0435r"),
    "typed a sign that looks like another": (CLEAR, "[winter-fatigue]", "[winter\u2011fatigue]"),
    "copied a text in a wrong encoding": (
        CLEAR,
        "why: Same condition;",
        "why: Same condition \u00e2\u20ac\u201c;",
    ),
    "lost letters to a wrong encoding": (
        CLEAR,
        "why: Same condition;",
        "why: Same cond\ufffdtion;",
    ),
    "copied a text with an entity of HTML": (
        CLEAR,
        "why: Same condition;",
        "why: Same &amp; condition;",
    ),
    "copied two letters that a PDF joins to one sign": (
        CLEAR,
        "why: Same condition;",
        "why: \ufb01rst condition;",
    ),
    "put curly quotation marks around a value with a comment": (
        STUDY,
        '"> 300 people" #',
        "\u201c> 300 people\u201d #",
    ),
    "wrote one value with a comment where a list belongs": (
        CLEAR,
        "[winter-fatigue] #",
        "winter-fatigue #",
    ),
    "wrote a finding as a text": (
        "studies/winter-fatigue-paper.yml",
        "findings: []",
        "findings: Fatigue fell",
    ),
    "listed ids with a semicolon": (
        CLEAR,
        "[winter-fatigue]",
        "[winter-fatigue; pregnancy]",
    ),
    "wrote a list where one value belongs": (CLEAR, "each: 2-3 mg", "each: [2 mg, 3 mg]"),
    "wrote a value alone where fields belong": (
        TRIAL,
        "  - scheme: ClinicalTrials.gov\n    value: NCT00000000\n    at: sample-1998 abstract.4.1",
        "  - NCT00000000",
    ),
    "gave a place to a value that has none of its own": (
        CLEAR,
        "each: 2-3 mg",
        "each: 2-3 mg\nwhen: {value: with food, at: example doses.1.1}",
    ),
    "wrote the greater number first": (CLEAR, "each: 2-3 mg", "each: 3-2 mg"),
    "wrote an unknown unit": (CLEAR, "each: 2-3 mg", "each: 2-3 zork"),
    "misspelt a unit": (CLEAR, "each: 2-3 mg", "each: 2-3 milligrms"),
    "wrote a mark behind an amount": (CLEAR, "length: 1 week", "length: 1 week;"),
    "wrote a remark behind an amount": (CLEAR, "each: 2-3 mg", "each: 2-3 mg (nasal)"),
    "multiplied a dose": (CLEAR, "each: 2-3 mg", "each: 2-3 mg x 2"),
    "parted the thousands of a number by a comma": (
        CLEAR,
        "each: 2-3 mg",
        "each: 6,000 micrograms",
    ),
    "parted the thousands of a number by a space": (
        CLEAR,
        "each: 2-3 mg",
        "each: 6 000 micrograms",
    ),
    "wrote a number of people without a unit": (STUDY, '"> 300 people"', '"n=300"'),
    "wrote an interval of an effect as a time between doses": (
        CLEAR,
        "volume: not reported",
        "volume: not reported\ninterval: -5.0 to -1.2",
    ),
    "wrote a field twice": (STUDY, "dates: not reported", "length: 10 days"),
    "pasted a record behind itself": (
        DROP,
        "value:\n",
        "name: Drop\nrole: volume of a drop\nvalue:\n",
    ),
    "wrote a kind that is not in the list": (CONDITION, "kind: illness", "kind: ilness"),
    "wrote a route in other words": (CLEAR, "route: intranasal", "route: by mouth"),
    "wrote a date in another order": (EVENT, "1994-05-04", "4 May 1994"),
    "named a record that has no file": (CLEAR, "[winter-fatigue]", "[winter-fatige]"),
    "had a form save to a forge, and named no repository": (
        "site.yml",
        "repository: not set\n",
        "repository: not set\nform: {backend: gitea, app_id: records}\n",
    ),
    "wrote a locator without its source": (CLEAR, "at: example doses.1.1", "at: doses.1.1"),
    "wrote a full stop behind a locator": (
        CLEAR,
        "at: example doses.1.1",
        "at: example doses.1.1.",
    ),
    "wrote a letter for a digit of a locator": (
        CLEAR,
        "at: example doses.1.1",
        "at: example doses.l.1",
    ),
    "deleted a record that others name": ("substances/placebin-fragment.yml", "", None),
    "named a source that has no file": (CLEAR, "example doses.1.1", "exmple doses.1.1"),
    "named a sentence that is not registered": (
        CLEAR,
        "example doses.1.1",
        "example doses.9.1",
    ),
    "changed a digit": (UNCLEAR, "each: 4 mg", "each: 9 mg"),
    "lost the figures of a sentence": (PAPER, "    figures: [24 hours]\n", ""),
    "left out a bound, a sign or what an amount is divided by, or changed the unit": (
        "claims/duration.yml",
        'value: "≤ 6 hours"',
        'value: "6 hours"',
    ),
    "wrote an age as a time": (
        SOURCE,
        "gist: The effect lasts for some hours.\n    figures: [up to 6 hours]",
        "gist: Children of 6 years had it.\n    figures: [aged 6 years]",
    ),
    "registered a figure with a word that is not known": (
        SOURCE,
        "[4 mg, 3–5 times",
        "[4 mg per os, 3–5 times",
    ),
    "stated a reading of a figure that is understood": (
        PAPER,
        "[50 µg/kg]",
        "[{printed: 50 µg/kg, reads_as: 50 micrograms/kg, why: It is so.}]",
    ),
    "stated a reading of a figure that is understood as another": (
        PAPER,
        "[50 µg/kg]",
        "[{printed: 50 µg/kg, reads_as: 5 micrograms/kg, why: It is so.}]",
    ),
    "left out why a figure reads so": (PAPER, "[50 µg/kg]", "[{printed: 50 µg/kg}]"),
    "wrote a reading that is no amount": (
        PAPER,
        "[50 µg/kg]",
        "[{printed: 50 µg/kg, reads_as: some, why: It is so.}]",
    ),
    "left the `at` of a value out": (
        STUDY,
        "Exampleton General Hospital\n  at: example studies.1.1",
        "Exampleton General Hospital",
    ),
    "cited for a value a sentence that the record does not list": (
        STUDY,
        "10 days\n  at: example studies.1.2",
        "10 days\n  at: example doses.1.1",
    ),
    "drew on two sources in one record": (
        CLEAR,
        "at: example doses.1.1",
        "at: [example doses.1.1, second doses.1.1]",
    ),
    "put into a gist a figure that the sentence lacks": (SOURCE, "for some hours", "for 7 hours"),
    "deleted the only record that cites a sentence": ("cautions/adverse-effects.yml", "", None),
    "cited a sentence that has a reason not to be": (
        CLEAR,
        "at: example doses.1.1",
        "at: [example doses.1.1, example supply.1.3]",
    ),
    "gave readings of a value that is clear": (
        CLEAR,
        "each: 2-3 mg",
        "each: {value: 2-3 mg, readings: [2 mg, 3 mg]}",
    ),
    "gave one reading": (CLEAR, "each: 2-3 mg", "each: {value: unclear, readings: [2-3 mg]}"),
    "gave more readings than can be read": (
        CLEAR,
        "each: 2-3 mg",
        "each: {value: unclear, readings: [1 mg, 2 mg, 3 mg, 4 mg, 5 mg, 6 mg, 7 mg, 8 mg]}",
    ),
    "gave the lengths of an unclear length twice": (
        CLEAR,
        "length: 1 week",
        "length: {value: unclear, readings: [1 week, 2 weeks]}\nlengths: [1 week, 2 weeks]",
    ),
    "gave the readings of an unclear frequency twice": (
        UNCLEAR,
        "  value: unclear\n",
        "  value: unclear\n  readings: [3 per day, 5 per day]\n",
    ),
    "wrote `unclear` without readings": (CLEAR, "times: 2 per day", "times: unclear"),
    "kept readings of a clear frequency": (UNCLEAR, "value: unclear", "value: 2 per day"),
    "stated an amount a day beside readings": (
        UNCLEAR,
        "daily: not reported",
        "daily: 4 mg per day",
    ),
    "named in a check a value that no record holds": (
        CHECK,
        "winter-fatigue length\n",
        "winter-fatigue lenght\n",
    ),
    "gave a check too few values": (CHECK, "  - regimens/example-clear length\n", ""),
    "named in a comparison a value that no record holds": (
        COMPARISON,
        "claims/duration value,",
        "claims/duration valu,",
    ),
    "compared what cannot be computed": (
        COMPARISON,
        "claims/duration value,",
        "claims/duration says,",
    ),
    "compared words without saying how they stand": (
        "comparisons/patients.yml",
        "standing: different question",
        "#",
    ),
    "called what a single source says a conflict": (
        "comparisons/again.yml",
        None,
        _ONE_SOURCE,
    ),
    "gave one value to a comparison": (
        COMPARISON,
        "[claims/duration value, claims/duration-paper value]",
        "[claims/duration value]",
    ),
    "wrote the lengths of a clear length": (
        "regimens/example-drops.yml",
        "value: unclear",
        "value: 5 days",
    ),
    "gave an interval and no answer to how often": (
        "regimens/paper-drops.yml",
        "times: not applicable",
        "times: not reported",
    ),
    "called a length that is not stated that of a first part": (
        "regimens/paper-drops.yml",
        "length: 10 days",
        "length: not extracted",
    ),
    "named a nostril beside another route": (
        "regimens/example-drops.yml",
        "route: intranasal",
        "route: oral",
    ),
    "named a nostril and not how many get the dose": (
        "regimens/example-drops.yml",
        "site: each nostril",
        "site: per nostril",
    ),
    "stated an amount a day that differs from dose × frequency": (
        CLEAR,
        "daily: not reported",
        "daily: 9 mg per day",
    ),
    "stated an amount a week that differs from dose × frequency": (
        CLEAR,
        "daily: not reported",
        "daily: not reported\nweekly: 9 mg per week",
    ),
    "gave a limit that the doses are above": (
        CLEAR,
        "daily: not reported",
        "daily: not reported\nmax: [1 mg]",
    ),
    "gave more doses a day than fit into it": (
        "regimens/example-drops.yml",
        "times: 3 per day",
        "times: 3 per day\ninterval: 24 hours",
    ),
    "gave days that the course does not have": (
        "regimens/paper-cycle.yml",
        "times: not applicable\n# the days",
        "times: 3 times\n# the days",
    ),
    "wrote several days as one": (
        "regimens/paper-cycle.yml",
        'days: ["1", "8"]',
        "days: 1, 8",
    ),
    "numbered weeks that begin before those of the phase before": (
        BY_WEIGHT,
        "weeks: from 5",
        "weeks: from 3",
    ),
    "numbered weeks that are not as many as the length": (
        BY_WEIGHT,
        "length: not extracted\n# in",
        "length: 3 weeks\n# in",
    ),
    "gave a weight beside a dose that is not by weight": (
        BY_WEIGHT,
        "each: 10 mg/kg",
        "each: 10 mg",
    ),
    "gave an amount that does not match the dose × the weight": (
        BY_WEIGHT,
        "each: 680 mg",
        "each: 690 mg",
    ),
    "chose another word of a closed list than the source says": (
        TRIAL,
        "value: double-blind",
        "value: open",
    ),
    "chose a word of a closed list against the words of the source": (
        TRIAL,
        "blinding:\n  value: Double-blind\n  at: sample-1998 abstract.4.1\n",
        "blinding: not reported\n",
    ),
    "gave two arms one id": ("studies/winter-fatigue-other.yml", "id: dummy", "id: drug"),
    "gave arms that do not add up to the participants": (
        "studies/winter-fatigue-other.yml",
        "100 people",
        "90 people",
    ),
    "named in a result an arm that is not there": (
        TRIAL,
        "- arm: drug\n        # how many",
        "- arm: drugg\n        # how many",
    ),
    "gave one arm two lines in a result": (
        TRIAL,
        "      - arm: dummy\n",
        "      - arm: drug\n",
    ),
    "counted more people with an outcome than were looked at": (
        TRIAL,
        "events: 12 people",
        "events: 52 people",
    ),
    "looked at more people than are in the arm": (
        TRIAL,
        "# of how many\n        of: 40 people",
        "of: 90 people",
    ),
    "counted more people with an outcome than are in the arm": (
        TRIAL,
        "events: 12 people\n        # of how many\n        of: 40 people\n",
        "events: 90 people\n",
    ),
    "wrote a share above the whole": (TRIAL, "level: 95 %", "level: 950 %"),
    "wrote a percentage that its numbers do not give": (
        TRIAL,
        "percentage: 30 %",
        "percentage: 35 %",
    ),
    "left out the sign of an effect": (
        TRIAL,
        'value: "-1.7"\n      # from the lower end to the upper, each with its sign\n'
        '      interval: "-2.9 to -0.5"',
        'value: "1.7"',
    ),
    "called the number that compares two groups by the measure of one": (
        TRIAL,
        "measure: mean difference",
        "measure: proportion",
    ),
    "wrote the sign of an interval as a dash": (TRIAL, "-2.9 to -0.5", "-2.9 - -0.5"),
    "wrote a p value without its sign": (TRIAL, "p: = 0.006", "p: 0.006"),
    "wrote a p value in another way": (TRIAL, "p: = 0.006", "p: p<.006"),
    "wrote a p value above 1": (TRIAL, "p: = 0.006", "p: = 6"),
    "wrote a word as a p value": (TRIAL, "p: = 0.006", "p: n.s."),
    "wrote a p value with another sign than is printed": (TRIAL, "p: = 0.006", 'p: "> 0.006"'),
    "gave an estimate that lies outside its interval": (TRIAL, 'value: "-1.7"', 'value: "1.7"'),
    "left out both signs of an interval": (TRIAL, '"-2.9 to -0.5"', '"2.9 to 0.5"'),
    "wrote a comma in an interval": (TRIAL, '"-2.9 to -0.5"', '"-2.9, -0.5"'),
    "wrote the interval behind the estimate": (
        TRIAL,
        'value: "-1.7"',
        'value: "-1.7 (-2.9 to -0.5)"',
    ),
    "wrote a decimal comma in an estimate": (TRIAL, 'value: "-1.7"', 'value: "-1,7"'),
    "wrote the level of an interval as a part of one": (TRIAL, "level: 95 %", "level: 0.95"),
    "wrote a percentage as a number of people": (TRIAL, "events: 3 people", "events: 20 %"),
    "wrote how many of how many as one number": (TRIAL, "events: 3 people", "events: 3/40"),
    "counted more people with an effect than were asked": (ITCHING, '"3"', '"50"'),
    "wrote a percentage that is not that of its numbers": (ITCHING, "7.5 %", "9.5 %"),
    "gave events and no number of people": (ITCHING, "    of: 40 people\n", ""),
    "gave a caution a field of another kind": (
        ITCHING,
        "kind: adverse effects",
        "kind: overdose",
    ),
    "wrote the address of the site without `https://`": (
        "site.yml",
        "address: not set",
        "address: ref.example",
    ),
    "wrote an author in another form": (
        PAPER,
        "[Sample AB, van der Berg C, others]",
        "Dr. A. Sample",
    ),
    "wrote an unknown part of an author's name": (
        PAPER,
        "[Sample AB, van der Berg C, others]",
        "[{family: Sample, first: Ann}]",
    ),
    "gave a body's name other parts": (
        PAPER,
        "[Sample AB, van der Berg C, others]",
        "[{literal: Sample Works, family: Sample}]",
    ),
    "left the family name out": (PAPER, "[Sample AB, van der Berg C, others]", "[{given: Ann}]"),
    "registered a source twice": ("sources/example-second.yml", None, f"a copy of {SOURCE}"),
    "registered a source twice, in other words": (
        "sources/article.yml",
        None,
        f"a copy of {SOURCE}\nOne copy was seen.\nThe copy of a reader was seen.",
    ),
    "gave a person two files, by another spelling of the name": (
        "people/a-sample.yml",
        None,
        "a copy of people/sample.yml\nname: A. Sample\nname: A Sample",
    ),
    "pasted a result, a harm or a finding twice": (
        STUDY,
        "  - says: 62 % of the patients felt better\n    at: example studies.1.2\n",
        "  - says: 62 % of the patients felt better\n    at: example studies.1.2\n"
        "    emphasis: [much better]\n"
        "  - says: 62 % of the patients felt better\n    at: example studies.1.2\n",
    ),
    "copied a study for another condition": (
        "studies/headache-trial.yml",
        None,
        f"a copy of {TRIAL}\n[winter-fatigue]\n[seasonal-headache]",
    ),
    "tied two reports twice": (
        "ties/again.yml",
        None,
        "a copy of ties/winter-fatigue.yml\nname: Winter fatigue, in\nname: Tired in winter, in",
    ),
    "gave a contraindication two files": (
        "cautions/no-use-in-pregnancy.yml",
        None,
        "a copy of cautions/pregnancy.yml\nname: Pregnancy\nname: Pregnant women",
    ),
    "copied a record": ("studies/winter-fatigue-second.yml", None, f"a copy of {STUDY}"),
    "wrote a date that is still to come": (PAPER, "published: 1998-04", "published: 2098-04"),
    "wrote an address with a slip": (
        PAPER,
        "address: https://example.org/sample-1998",
        "address: htps://example.org/sample-1998",
    ),
    "wrote pages that fall": (PAPER, "pages: 101-109", "pages: 109-101"),
    "misspelt a language": (PAPER, "language: ru", "language: Russain"),
    "wrote the code of three letters of a language": (PAPER, "language: ru", "language: rus"),
    "wrote a tag of no known language": (PAPER, "language: ru", "language: qx"),
    "redefined a unit of the program": (VOCABULARY, "one: tonne", "one: mg"),
    "spelt a unit as the program spells another": (
        VOCABULARY,
        "lozenges, troche",
        "lozenges, tabs",
    ),
    "spelt two units alike": (VOCABULARY, "[tonne, tonnes]", "[tonne, troche]"),
    "spelt a unit with a word that has another meaning": (VOCABULARY, "[tonne, tonnes]", "[may]"),
    "spelt a unit in two words": (VOCABULARY, "lozenges, troche", "lozenges, small lozenge"),
    "wrote a UCUM code that is none": (VOCABULARY, '"{lozenge}"', '"{lozenge"'),
    "gave a unit the code of another": (VOCABULARY, "ucum: t\n", "ucum: mg\n"),
    "wrote an unknown dimension": (VOCABULARY, "measures: mass", "measures: heaviness"),
    "gave a size that is not exact": (VOCABULARY, "factor: 1000000000", 'factor: "0.333"'),
    "gave a size to the first unit of a dimension": (
        VOCABULARY,
        "measures: lozenge\n",
        "measures: lozenge\n    factor: 2\n",
    ),
    "redefined a route of the program": (VOCABULARY, "name: percutaneous", "name: oral"),
    "named a route by a word that has another meaning": (
        VOCABULARY,
        "name: percutaneous",
        "name: daily",
    ),
    "redefined a language of the program": (VOCABULARY, "tag: hy", "tag: ru"),
    "wrote a tag that is none": (VOCABULARY, "tag: hy", "tag: Armenian"),
    "gave a printed title twice": (PAPER, "title_is: translated", "title_is: as printed"),
    "put `others` before the last author": (
        PAPER,
        "[Sample AB, van der Berg C, others]",
        "[Sample AB, others, van der Berg C]",
    ),
    "wrote a PMID with its name": (PAPER, '"12345678"', "PMID 12345678"),
    "wrote a DOI with its address": (
        PAPER,
        "10.1000/examplin.1998",
        "https://doi.org/10.1000/examplin.1998",
    ),
    "typed letters of another alphabet in a DOI": (
        PAPER,
        "10.1000/examplin.1998",
        "10.1000/\u0435xamplin.1998",
    ),
    "wrote a PMCID as a PMID": (PAPER, 'pmid: "12345678"', "pmid: PMC1234567"),
    "named as an organisation what only another source names": (
        "studies/winter-fatigue-other.yml",
        "design: not extracted",
        "organisations: [institute-of-invented-medicines]\ndesign: not extracted",
    ),
    "left out what an inferred date is inferred from": (
        EVENT,
        "date_is: stated",
        "date_is: inferred",
    ),
    "left out how sure a regulatory event is": (EVENT, "certainty: one source only", "#"),
    "drew on two sources in one experiment": (
        RATS,
        "at: sample-1998 abstract.1.2\n#",
        "at: [sample-1998 abstract.1.2, example doses.1.1]\n#",
    ),
    "wrote an experiment into the studies": ("studies/rats.yml", None, _LANES),
    "tied a report to nothing": (
        "ties/winter-fatigue.yml",
        "[winter-fatigue, winter-fatigue-paper]",
        "[winter-fatigue]",
    ),
    "wrote a strength where the amount of a dose is asked for": (
        "studies/winter-fatigue-paper.yml",
        "dose: 4 mg",
        "dose: 50 mg/mL",
    ),
    "gave the address of a seller's page": (
        SOURCE,
        "  - word: unreferenced\n",
        "  - word: commercial\n    why: It is a shop.\n  - word: unreferenced\n",
    ),
    "listed the topics of a source that was read in full": (
        SOURCE,
        "read: full text",
        "read: full text\nread_for: [dosage]",
    ),
    "named a condition twice in a caution": (
        "cautions/pregnancy.yml",
        "conditions: [pregnancy]",
        "conditions: [pregnancy]\n"
        "related: [{condition: pregnancy, how: broader, why: It is wider.}]",
    ),
    "left out what was seen of a source": (
        PAPER,
        "verified:\n  level: record\n  on: 2026-01-30\n  seen_at: [https://example.org/sample-1998]\n",
        "",
    ),
    "gave a drawing the name of no substance": ("structures/xyzzy.svg", None, _SHAPES),
    "put more than shapes into a drawing": (
        "structures/examplin.svg",
        None,
        _SHAPES.replace("path d", "path onload"),
    ),
    "gave a record a former name that another one has": (
        "studies/winter-fatigue-paper.yml",
        "conditions:",
        "formerly: [winter-fatigue]\nconditions:",
    ),
    "gave a file the name of a page of the site": ("studies/index.yml", None, _COPY_OF + STUDY),
    "gave a record a former name that is a page of the site": (
        "studies/winter-fatigue-paper.yml",
        "conditions:",
        "formerly: [index]\nconditions:",
    ),
    "gave a file a name that Windows reserves": ("regimens/prn.yml", None, "name: As needed\n"),
    "gave a version two days": ("site.yml", "released: 2026-01-31", "released: 2026-02-01"),
    "named in the changes a record that is not there": (
        EDITION,
        "records: [sources/example]",
        "records: [sources/exampel]",
    ),
    "named a record in the changes without its folder": (
        EDITION,
        "records: [sources/example]",
        "records: example",
    ),
    "removed a record in the changes and left its file": (
        EDITION,
        "records: [sources/example]",
        "removed: [sources/example]",
    ),
    "gave a parameter the unit of another role": (DROP, "value: 0.05 mL", "value: 0.05 drops"),
    "listed a size of a parameter twice": (
        DROP,
        "value: 1/16 mL",
        "value: 0.05 mL",
    ),
    "filled the role of a parameter twice": ("parameters/dropper.yml", None, _DROP),
    "wrote the id into the file": (CLEAR, "name:", "id: example-clear\nname:"),
    "gave a file a name with capitals or spaces": ("regimens/Two Doses.yml", None, "name: Two\n"),
    "left a copy that a file manager made": (
        "regimens/example-clear (copy).yml",
        None,
        "a copy of regimens/example-clear.yml",
    ),
    "ended a file's name with `.yaml`": ("terms/old.yaml", None, "name: Old\n"),
    "saved a file with `.txt` behind its name": ("terms/old.yml.txt", None, "name: Old\n"),
    "put a file into the folder of another kind": (
        "regimens/study.yml",
        None,
        "a copy of studies/winter-fatigue-paper.yml",
    ),
    "put a file beside the folders": ("drop.yml", None, _DROP),
    "made a folder that is no kind of record": ("studdies/two.yml", None, "name: Two\n"),
    "left a copy or a note beside the records": ("studies/notes.txt", None, "Read again.\n"),
    "made an empty file": ("studies/empty.yml", None, ""),
}


def blocks(text: str = CURATING) -> dict[str, str]:
    """Every record in the guide, or in a part of it, by the path that its first line names."""
    return dict(_BLOCK.findall(text))


def fragments() -> dict[str, str]:
    """What is written by hand for the first record: the fields to fill in, by file."""
    return blocks(section(CURATING, FIRST))


def table(heading: str) -> Iterator[list[str]]:
    """The cells of each row of the first table under a heading of CURATING.md."""
    return rows_of(section(CURATING, heading))


def rows_of(part: str) -> Iterator[list[str]]:
    """The cells of each row of the only table in a part of a document."""
    rows = re.findall(r"^\|(.+)\|$", part, re.MULTILINE)
    for row in rows[2:]:
        yield [cell.strip() for cell in row.split("|")]


def mistakes_shown() -> Iterator[list[str]]:
    """What was done, what the check says and what to do: each row of docs/messages.md."""
    for heading in re.findall(r"^## (.+)$", MESSAGES, re.MULTILINE):
        yield from rows_of(section(MESSAGES, heading))


def section(text: str, heading: str) -> str:
    """The text under a heading, up to the next heading of level two or three."""
    starts = {match[1]: match.end() for match in _HEADING.finditer(text)}
    if heading not in starts:
        return ""
    end = _HEADING.search(text, starts[heading])
    return text[starts[heading] : end.start() if end else len(text)]


def article() -> str:
    """The invented article that most records of the example are made from."""
    return (EXAMPLE / "article.txt").read_text(encoding="utf-8")


def code(text: str, language: str) -> str:
    """The first fenced block of a language, without the indentation of a list around it."""
    found = codes(text, language)
    if not found:
        raise LookupError(f"no {language} block")
    return found[0]


def codes(text: str, language: str) -> list[str]:
    """The fenced blocks of a language, without the indentation of a list around them."""
    blocks = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in blocks]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the data folder that the guide is about."""
    return shutil.copytree(EXAMPLE / "data", tmp_path / "data")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the same folder for tests that undo what they change."""
    return shutil.copytree(EXAMPLE / "data", tmp_path_factory.mktemp("shared") / "data")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example after the guide was followed: its commands run, its records written."""
    data = tmp_path_factory.mktemp("followed") / "data"
    shutil.copytree(EXAMPLE / "data", data)
    start, more, rest = commands_of_the_first_record()
    run_made(start, data)
    for name, text in fragments().items():
        fill_in(data / name, text)
    run_made(more, data)
    run_made(rest, data)
    return data


def records_shown() -> dict[str, str]:
    """The whole records in the guide; those of the first record are fields to fill in."""
    return {name: text for name, text in blocks().items() if name not in fragments()}


def commands_of_the_first_record() -> list[str]:
    """The commands after those that show the site and before those that commit."""
    shown, *middle, committed = codes(section(CURATING, FIRST), "sh")
    assert shown.startswith(f"cp -r examples/examplin/data {_PRACTICE}\n")
    assert committed.startswith("git add data\n")
    return middle


def run_made(lines: str, data: Path) -> None:
    """Run commands of make on a folder: what make would run, but in this process."""
    for line in lines.splitlines():
        words = shlex.split(line.replace(_PRACTICE, str(data)))
        planned = subprocess.run(
            ["make", "-n", "-o", ".venv/.site", *words[1:]],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.replace("\\\n", " ")
        _, script, *arguments = shlex.split(planned.splitlines()[-1])
        assert (words[0], script) == ("make", "scripts/build.py")
        assert build.main(arguments) == 0, line


def fill_in(path: Path, fragment: str) -> None:
    """Write fields into a started file, in the place where each stands or is commented out."""
    text = path.read_text(encoding="utf-8")
    for field in re.findall(r"^\w+:.*\n(?:[ -].*\n)*", fragment, re.MULTILINE):
        name = field.partition(":")[0]
        if name == "sentences":
            text = with_gists(text, field)
            continue
        text, times = re.subn(
            rf"^(?:# )?{name}:.*\n(?:(?:# )?  .*\n)*",
            lambda _, field=field: field,
            text,
            flags=re.MULTILINE,
        )
        assert times == 1, f"{path.name}: {name}"
    path.write_text(text, encoding="utf-8")


def with_gists(text: str, sentences: str) -> str:
    """A source with the gists that the guide gives, each behind the place of its sentence."""
    gists = re.findall(r"(?m)^(  - at: .*\n    gist:)( .*)$", sentences)
    assert sentences == "sentences:\n" + "".join(f"{at}{gist}\n" for at, gist in gists)
    for at, gist in gists:
        assert text.count(f"{at}\n") == 1
        text = text.replace(f"{at}\n", f"{at}{gist}\n")
    return text


@pytest.mark.slow  # it builds every page; that the records are sound, `followed` checks
def test_the_first_record_is_sound_and_its_pages_build(followed: Path, tmp_path: Path) -> None:
    """Every command is run and every line is written as CURATING.md prints them, and no other.

    Then each record of the guide takes the place of that in the example.
    """
    assert len(list(sitegen.read_site(followed).all())) == len(example_files()) - 2 + 5
    data = shutil.copytree(followed, tmp_path / "data")
    release_with_a_study_that_goes(data)
    for name, text in records_shown().items():
        write(data, name, text)
    book = sitegen.build(data, TEMPLATES)
    assert len(list(book.site.all())) == len(example_files()) - 2 + 6
    assert book.pages


def release_with_a_study_that_goes(data: Path) -> None:
    """Release a version with the study that the changes shown in the guide remove."""
    gone = data / "studies" / "winter-fatigue-second.yml"
    text = (data / "studies" / "winter-fatigue-paper.yml").read_text(encoding="utf-8")
    other = text.replace("name: Winter fatigue", "name: Plan").replace(
        "dose: 4 mg", "dose: not extracted"
    )
    gone.write_text(other, encoding="utf-8")
    assert build.main(["--data", str(data), "release"]) == 0
    gone.unlink()


def test_the_first_record_needs_few_lines() -> None:
    """What is written by hand is less than 60 lines, and no line repeats what the file had."""
    written = [line for text in fragments().values() for line in text.splitlines()]
    assert len(written) < 60
    assert [line for line in written if line.endswith(": not extracted")] == []


def test_nothing_of_the_first_record_keeps_its_comments(followed: Path) -> None:
    """All comments of a file but its first line are those of the command that started it."""
    started = {path.name for path in followed.rglob("*muster-2024.yml")}
    assert len(started) == 3
    for path in followed.rglob("*muster-2024.yml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines[1:] if line.lstrip().startswith("#")] == [], path


def test_every_block_is_a_record_of_the_example_or_of_the_first_record(followed: Path) -> None:
    assert CURATING.count("```yaml\n") == len(_BLOCK.findall(CURATING)), "a block names no file"
    assert len(blocks()) == len(_BLOCK.findall(CURATING)), "two blocks name one file"
    shown = records_shown()
    assert shown.pop("changes/second-edition.yml")  # of a version that the example does not have
    for name, text in shown.items():
        assert yaml.safe_load(text) == yaml.safe_load((followed / name).read_text("utf-8")), name


def test_the_example_is_sound_and_names_its_schemas() -> None:
    files = example_files()
    assert len(list(sitegen.read_site(EXAMPLE / "data").all())) == len(files) - 2
    for path in files:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        kind = path.parent.name if path.parent.name != "data" else path.stem
        assert (path.parent / named).resolve() == ROOT / f"data/.schemas/{kind}.json", path


def example_files() -> list[Path]:
    """The files of the example; `site.yml` and `vocabulary.yml` are no records."""
    return sorted((EXAMPLE / "data").rglob("*.yml"))


def test_the_article_of_the_example_bears_its_register_out(example: Path) -> None:
    site = sitegen.read_site(example)
    assert list(register.faults(site, site.sources["example"], article())) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_curating_or_its_example_shows_every_field_and_choice_of(kind: type[Record]) -> None:
    """Where this fails, add what it names to a record of the kind in examples/examplin/data."""
    shown = section(CURATING, kind.folder.capitalize())
    part = blocks(shown) or {
        name: text for name, text in fragments().items() if name.startswith(f"{kind.folder}/")
    }
    assert part, f"CURATING.md has no record of the kind {kind.folder}"
    record = "\n".join([*part.values(), written_of(kind)])
    described = without_parts_of(kind.model_json_schema(), _SHOWN_UNDER.get(kind.folder, ()))
    fields = sorted(field for field in field_names(described) if f"{field}:" not in record)
    choices = sorted(choice for choice in choices_of(described) if choice not in record)
    assert (fields, choices) == ([], []), f"{kind.folder}: not shown"


def written_of(kind: type[Record]) -> str:
    """The records of a kind in the example, with comments of several lines on one."""
    files = sorted((EXAMPLE / "data" / kind.folder).glob("*.yml"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return re.sub(r"(?<=\S)\n *# +", " ", text)


def without_parts_of(schema: Any, others: Iterable[type[Record]]) -> Any:
    """A JSON Schema without the parts that stand under the headings of other kinds."""
    shown = {name for kind in others for name in kind.model_json_schema()["$defs"]}
    definitions = {
        name: part for name, part in schema.get("$defs", {}).items() if name not in shown
    }
    return {**schema, "$defs": definitions}


def test_the_example_names_every_route() -> None:
    regimens = set(re.findall(r"[a-z-]+", written_of(Regimen)))

    assert [route for route in BUILT_IN.by_name if route not in regimens] == []


@pytest.mark.parametrize(
    ("printed", "proves"), list(table("How a source's figures are read")), ids=str
)
def test_a_figure_proves_what_curating_says(printed: str, proves: str) -> None:
    texts, _, language = printed.partition(" in `")
    mark = decimal_mark(language.rstrip("`")) if language else ""
    read = [registered(text, mark) for text in re.findall(r"`([^`]+)`", texts)]
    assert all(read), "a text without a figure"
    proved = [str(amount) for figures in read for figure in figures for amount in figure.quantities]
    if proves.startswith("nothing: "):
        assert proved == []
    else:
        assert proved == re.findall(r"`([^`]+)`", proves)


def field_names(schema: Any) -> set[str]:
    """Every field in a JSON Schema and in the parts it is made of, but for those of every record.

    A reported value can stand alone; its own three fields are shown where they are needed.
    """
    definitions = schema.get("$defs", {})
    named = [part for name, part in definitions.items() if not name.startswith("Reported")]
    parts = [schema, *(part for part in named if "properties" in part)]
    names = {name for part in parts for name in part["properties"]}
    return names - set(Record.model_fields)


def choices_of(schema: Any) -> set[str]:
    """Every word of a closed list in a JSON Schema; absences and routes have lists of their own."""
    if isinstance(schema, list):
        return set().union(*map(choices_of, schema))
    if not isinstance(schema, dict):
        return set()
    own = {*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])}
    own -= {*map(str, Absence), *BUILT_IN.by_name}
    return own.union(*map(choices_of, schema.values()))


def test_a_mistake_is_undone(shared: Path) -> None:
    for mistake in MISTAKES.values():
        with made(shared, *mistake):
            pass
    assert contents(shared) == contents(EXAMPLE / "data")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file and folder within a folder, with what the files hold."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def test_every_mistake_of_the_table_is_tried() -> None:
    assert sorted(did for did, _, _ in mistakes_shown()) == sorted(MISTAKES)


@pytest.mark.parametrize(
    ("did", "message"),
    [(did, says.strip("`")) for did, says, _ in mistakes_shown()],
)
def test_the_check_says_what_its_messages_are_documented_to_be(
    shared: Path, did: str, message: str
) -> None:
    with made(shared, *MISTAKES[did]), pytest.raises(DataError) as caught:
        sitegen.read(shared, _EXECUTOR, today=datetime.date.today())
    found = [str(problem).partition(": ")[2] for problem in caught.value.problems]
    if message.endswith("…"):
        assert [problem for problem in found if problem.startswith(message[:-1])], found
    else:
        assert message in found


@contextmanager
def made(folder: Path, name: str, old: str | None, new: str | None) -> Iterator[None]:
    """Make a mistake in a data folder, and undo it at the end."""
    path = folder / name
    before = path.read_bytes() if path.exists() else None
    new_folder = not path.parent.exists()
    make(folder, name, old, new)
    try:
        yield
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        if new_folder:
            path.parent.rmdir()


def make(folder: Path, name: str, old: str | None, new: str | None) -> None:
    """Make a mistake in a data folder."""
    if new is None:
        (folder / name).unlink()
    elif old is None:
        is_copy = new.startswith(_COPY_OF)
        copied, *edited = new.removeprefix(_COPY_OF).split("\n") if is_copy else ("",)
        write(folder, name, (folder / copied).read_text("utf-8") if is_copy else new)
        for printed, another in zip(edited[::2], edited[1::2], strict=True):
            replace(folder, name, printed, another)
    else:
        replace(folder, name, old, new)


def test_the_whole_line_shown_comes_from_the_file_it_names(example: Path) -> None:
    line = code(section(CURATING, "What the check says, and what to do"), "text").strip()
    replace(example, STUDY, "10 days", "10 dys")
    with pytest.raises(DataError) as caught:
        sitegen.read_site(example)
    assert str(caught.value) == line


def test_the_words_of_absence_are_those_of_the_code() -> None:
    documented = [word.strip("`") for _, word, _ in table("The five words of absence")]
    assert sorted(documented) == sorted(map(str, Absence))


def test_the_kinds_of_change_are_those_of_the_code() -> None:
    kinds = [
        kind.strip("`")
        for kind, _ in rows_of(section(REVIEWING, "Correcting, withdrawing, releasing"))
    ]
    change = next(kind for kind in KINDS if kind.folder == "changes")
    assert sorted(kinds) == sorted(choices_of(change.model_json_schema()))


def test_the_command_that_measures_sentences_gives_the_lines_of_the_register(
    tmp_path: Path,
) -> None:
    """The command is run as it stands, but with this Python and on the lines shown above it."""
    documented = section(REGISTERING, "Registering a new source")
    sentences = tmp_path / "sentences.txt"
    sentences.write_text(code(documented, "text"), encoding="utf-8")
    command = code(documented, "sh").replace(".venv/bin/python", sys.executable)
    command = command.replace("/tmp/example-sentences.txt", str(sentences))
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    source = (EXAMPLE / "data" / SOURCE).read_text(encoding="utf-8").replace('"', "")
    listed = source[source.index("  - at: safety.1.1\n") :]
    without_gists = re.sub(r"gist: .*", "gist: ", listed)
    printed = re.sub(r"(?m)^ *#.*\n", "", done.stdout)
    assert printed.replace('"', "") == f"sentences:\n{without_gists}"


@pytest.mark.slow  # it runs a command for each
@pytest.mark.parametrize("broken", [False, True], ids=["sound", "with broken rules"])
def test_the_proof_says_what_curating_says_it_says(
    example: Path, tmp_path: Path, broken: bool
) -> None:
    if broken:
        (example / "cautions/adverse-effects.yml").unlink()
        replace(example, CLEAR, "example doses.1.1", "example doses.9.1")
    text = tmp_path / "example.txt"
    text.write_text(article(), encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "scripts/build.py", "--data", str(example)),
            *("verify-source", "example", str(text)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"`{done.stdout.strip()}`" in section(REGISTERING, "Registering a new source")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_make_command_named_is_a_target(guide: str) -> None:
    assert commands_named(read(guide)) - targets() == set()


def test_the_readme_names_every_target() -> None:
    assert targets() - commands_named(README) == {"help"}


def targets() -> set[str]:
    """The targets of the Makefile that `make help` lists."""
    return set(re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.MULTILINE))


def commands_named(text: str) -> set[str]:
    """The targets that a text has after `make`, in a block or in backquotes."""
    return set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))


def read(name: str) -> str:
    """The text of a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_ci_runs_the_commands_of_the_readme_then_the_example_and_every_test() -> None:
    run = re.findall(r"^make .*$", read(".ci/run"), re.MULTILINE)
    assert run[:2] == code(README, "sh").splitlines()
    assert run[2:] == ["make example", "make test-all"]


def test_nothing_is_published_before_each_command_of_ci_has_passed() -> None:
    jobs = yaml.safe_load(read(".github/workflows/site.yml"))["jobs"]
    passed = {step.get("run") for name in jobs["publish"]["needs"] for step in jobs[name]["steps"]}
    assert set(re.findall(r"^make .*$", read(".ci/run"), re.MULTILINE)) <= passed


TREES = {"README.md": "Layout", "docs/development/architecture.md": "The tree"}


@pytest.mark.parametrize("guide", TREES)
def test_every_path_of_a_tree_exists(guide: str) -> None:
    assert [path for path in tree(guide) if not list(ROOT.glob(path))] == []


def test_the_readmes_tree_leaves_no_folder_out() -> None:
    named = set(tree("README.md"))
    made = re.findall(r"^/(.+)/$", read(".gitignore"), re.MULTILINE)
    top = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."}
    packages = {path.parent for path in (ROOT / "scripts").rglob("__init__.py")}
    folders = top - set(made) | {path.relative_to(ROOT).as_posix() for path in packages}
    assert folders - named == set()


def test_the_tree_of_the_architecture_leaves_no_module_or_folder_out() -> None:
    named = set(tree("docs/development/architecture.md"))
    modules = {
        path.relative_to(ROOT).as_posix().removesuffix("/__init__.py")
        for path in (ROOT / "scripts").rglob("*.py")
    }
    folders = {
        f"{parent}/{path.name}"
        for parent in ("templates", "data", "docs")
        for path in (ROOT / parent).iterdir()
        if path.is_dir()
    }
    assert (modules | folders) - named == set()


def tree(guide: str) -> list[str]:
    """The paths that the tree of a guide names; several names on a line share their folder."""
    paths: list[str] = []
    folders: list[str] = []
    for line in code(section(read(guide), TREES[guide]), "text").splitlines():
        record = re.match(r"( *)(\S+(?: {1}\S+)*)", line)
        if not record:
            continue
        depth = len(record[1]) // 2
        names = record[2].split(" ")
        folders = [*folders[:depth], names[0].rstrip("/")]
        paths += ["/".join([*folders[:depth], name.rstrip("/")]) for name in names]
    return paths


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_a_guide_names_exists(guide: str) -> None:
    """A path in backquotes that begins with a folder of the project leads somewhere."""
    folders = r"data|docs|scripts|templates|tests|bench|serving|\.github|\.ci"
    named = re.findall(rf"`((?:{folders})/[^`\s]*)`", read(guide))
    built = {path.relative_to(EXAMPLE).as_posix() for path in example_files()}
    gone = [
        path
        for path in named
        if not re.search(r"[A-Z]{2}", path) and path not in built and not (ROOT / path).exists()
    ]
    assert gone == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_of_a_guide_leads_somewhere(guide: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", prose(guide)):
        path, _, anchor = target.partition("#")
        led = posixpath.normpath(posixpath.join(posixpath.dirname(guide), path)) if path else guide
        assert (ROOT / led).exists(), target
        assert not anchor or anchor in anchors(led), target


def prose(guide: str) -> str:
    """The text of a guide without its blocks of code."""
    return re.sub(r"^( *)```.*?^ *```$", "", read(guide), flags=re.MULTILINE | re.DOTALL)


def anchors(guide: str) -> set[str]:
    """The anchors of the headings of a guide."""
    return {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", prose(guide), re.MULTILINE)
    }


def test_the_example_of_the_incremental_build_prints_what_the_guide_says(tmp_path: Path) -> None:
    documented = section(read("docs/development/incremental.md"), "An example")
    done = subprocess.run(
        [sys.executable, "-c", code(documented, "python")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == code(documented, "text")


def test_the_index_of_the_guide_to_the_code_links_every_page() -> None:
    pages = {path.name for path in DEVELOPMENT.glob("*.md")} - {"README.md"}
    linked = set(re.findall(r"\]\((\w+\.md)\)", read("docs/development/README.md")))
    assert pages == linked


def test_nothing_of_the_guide_to_the_code_is_published() -> None:
    excluded = load_config(str(ROOT / "mkdocs.yml")).exclude_docs
    names = [f"development/{path.name}" for path in DEVELOPMENT.iterdir()]
    assert [
        name
        for name in ["messages.md", "performance.md", "registering.md", "reviewing.md", *names]
        if not excluded.match_file(name)
    ] == []
