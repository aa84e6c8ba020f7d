"""The error messages: change one thing in a sound data folder, and the exact lines that follow."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound import SENTENCES, entry, problems, read, replace, rich_folder, write

from sitegen import model

Change = Callable[[Path], object]


def swap(name: str, old: str, new: str) -> Change:
    return lambda data: replace(data, name, old, new)


def put(name: str, content: str | bytes) -> Change:
    return lambda data: write(data, name, content)


def drop(name: str) -> Change:
    return lambda data: (data / name).unlink()


def rename(old: str, new: str) -> Change:
    return lambda data: shutil.move(data / old, data / new)


def both(*changes: Change) -> Change:
    def change(data: Path) -> None:
        for change in changes:
            change(data)

    return change


def folder(name: str) -> Change:
    return lambda data: (data / name).mkdir(parents=True)


def link(name: str, to: str) -> Change:
    return lambda data: (data / name).symlink_to(data / to)


HICCUPS = "regimens/hiccups.yml"
YAWNING = "regimens/yawning.yml"
STUDY = "studies/hiccups.yml"
LEAFLET = "sources/leaflet.yml"
MENDS = "; build.py mend does it"
WRITE_SO = ": write it so, or cite another sentence"
CITE = "; mend it, or cite the sentence that has it; list it there only if that sentence prints it"
OF_GIST = "; mend it; list it in 'figures:' only if the sentence prints it"
ABSENCES = "not reported, unclear, not applicable, none observed, not extracted"
CAN_BE_READ = (
    "can be read as something else: put it in quotes if text is meant,"
    " or write the number without leading zeros, colons or underscores"
)
DOSES = "2–4 mg, twice a day, 5–10 days"

# A second source with one sentence, for records that wrongly cite two.
LETTER = """\
title: A letter
kind: web article
language: English
read: full text
verified:
  level: text
  on: 2020-02-28
  seen_at: [https://example.org/letter]
author: not reported
published: not reported
address: not reported
references: not reported
character:
  - word: secondary
    why: It retells the leaflet.
sections:
  - id: a
    heading: not reported
sentences:
""" + entry("use.1.1").replace("use.1.1", "a.1.1")


def case(name: str, change: Change, *expected: str) -> object:
    """One row: what is changed, and the lines expected.

    `<fields of Regimen>` and `<kinds>` stand for the lists that the model gives at the time, so
    that a new field or a new kind of record changes no row.
    """
    return pytest.param(change, [_with_lists(line) for line in expected], id=name)


def _with_lists(line: str) -> str:
    kinds = ", ".join(sorted([*(kind.folder for kind in model.KINDS), "structures"]))
    line = line.replace("<kinds>", kinds)
    return re.sub(r"<fields of (\w+)>", lambda match: _fields(getattr(model, match[1])), line)


def _fields(kind: type[model.Frozen]) -> str:
    names = set(kind.model_fields) - ({"id"} if issubclass(kind, model.Record) else set())
    return ", ".join(sorted(names))


FIELDS = [
    case(
        "a misspelt field",
        swap(HICCUPS, "length:", "lenght:"),
        "data/regimens/hiccups.yml:10: lenght is not a field (did you mean 'length'?)",
    ),
    case(
        "an unknown field",
        swap(HICCUPS, "route: oral", "route: oral\nxyzzy: 1"),
        "data/regimens/hiccups.yml:6: xyzzy is not a field; the fields: <fields of Regimen>",
    ),
    case(
        "a misspelt field of a part",
        swap(STUDY, "emphasis:", "emphasys:"),
        "data/studies/hiccups.yml:40: emphasys is not a field (did you mean 'emphasis'?)",
    ),
    case(
        "a misspelt field of a reported value",
        swap(YAWNING, "  note: The comma", "  nota: The comma"),
        "data/regimens/yawning.yml:10: nota is not a field (did you mean 'note'?)",
    ),
    case(
        "a missing field",
        swap(HICCUPS, "route: oral\n", ""),
        "data/regimens/hiccups.yml:1: route is missing: write its value or a word of absence"
        f" ({ABSENCES})",
    ),
    case(
        "a missing field of a part",
        swap(HICCUPS, "    why: Same condition.\n", ""),
        "data/regimens/hiccups.yml:13: why is missing: it must be given (see CURATING.md)",
    ),
    case(
        "the id written in a file",
        swap(HICCUPS, "name: Hiccups", "id: hiccups\nname: Hiccups"),
        "data/regimens/hiccups.yml:1: id is the file's name: leave the line out",
    ),
    case(
        "a field twice",
        swap(HICCUPS, "route: oral", "route: oral\nname: Again"),
        "data/regimens/hiccups.yml:6: 'name' stands twice, in lines 1 and 6: keep one of them",
    ),
    case(
        "a text where fields must stand",
        swap(
            "substances/examplin.yml",
            "  - text: Examplin\n    language: English\n    at: leaflet use.1.1",
            "  - Examplin",
        ),
        "data/substances/examplin.yml:5: names must hold 'field: value' lines: text, language, at"
        " (got 'Examplin')",
    ),
    case(
        "a text where a list must stand",
        swap(HICCUPS, "conditions: [hiccups]", "conditions: hiccups"),
        "data/regimens/hiccups.yml:2: conditions must be a list, one '- value' a line, or"
        " '[hiccups]' (got 'hiccups')",
    ),
    *(
        case(
            f"a value with a place in {field}, which has none of its own",
            swap(HICCUPS, "route: oral\n", f"route: oral\n{field}: {value}\n"),
            f"data/regimens/hiccups.yml:6: {field} takes no 'value', 'at' or 'note': {remedy}",
        )
        for field, value, remedy in (
            ("until", "{value: lifelong, at: leaflet use.1.1}", "write the value alone"),
            ("severity", "{value: mild}", "write the value alone"),
            (
                "when",
                "[{value: with food, at: leaflet use.1.1}]",
                "write the value alone, or a list, one '- value' a line",
            ),
            ("lengths", "{value: 1 week}", "write a list, one '- value' a line"),
        )
    ),
    case(
        "a value with a place in a list whose entries may have one",
        swap(HICCUPS, "route: oral\n", "route: oral\nmax: {value: 4 mg}\n"),
        "data/regimens/hiccups.yml:6: max must be a list, one '- value' a line: '- ' begins each"
        " entry, before its first field",
    ),
    case(
        "a value twice within its fields",
        swap(HICCUPS, "each: 2-4 mg", "each: {value: {value: 2-4 mg}}"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg'",
    ),
    case(
        "fields where a text must stand",
        swap(HICCUPS, "name: Hiccups", "name:\n  first: Hiccups"),
        "data/regimens/hiccups.yml:1: name must be one text, not a list or fields",
    ),
]

VALUES = [
    case(
        "a unit that is none",
        swap(HICCUPS, "each: 2-4 mg", "each: 9mgz"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg' (got"
        " '9mgz')",
    ),
    case(
        "a unit of another dimension",
        swap(HICCUPS, "each: 2-4 mg", "each: 2-4 mL"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg':"
        " 'mL' is no unit of this field (got '2-4 mL')",
    ),
    case(
        "megagrams",
        swap(HICCUPS, "each: 2-4 mg", "each: 2-4 Mg"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg':"
        " 'Mg' is no unit known here (got '2-4 Mg')",
    ),
    case(
        "a falling range",
        swap(HICCUPS, "each: 2-4 mg", "each: 4-2 mg"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg',"
        " the smaller number first (got '4-2 mg')",
    ),
    case(
        "a frequency without a unit",
        swap(HICCUPS, "times: 2 per day", "times: twice"),
        "data/regimens/hiccups.yml:8: times must be an amount such as '2 per day' or, for a single"
        " administration, '1 time' (got 'twice')",
    ),
    case(
        "a share as a frequency",
        swap(HICCUPS, "times: 2 per day", "times: 50 %"),
        "data/regimens/hiccups.yml:8: times must be an amount such as '2 per day' or, for a single"
        " administration, '1 time': '%' is no unit of this field (got '50 %')",
    ),
    case(
        "a blank value",
        swap(HICCUPS, "name: Hiccups", "name:"),
        "data/regimens/hiccups.yml:1: name is blank: it must be given (see CURATING.md)",
    ),
    case(
        "a blank text in quotes",
        swap(HICCUPS, "name: Hiccups", 'name: "  "'),
        "data/regimens/hiccups.yml:1: name is blank: it must be given (see CURATING.md)",
    ),
    case(
        "a blank reported value",
        swap(HICCUPS, "each: 2-4 mg", "each:"),
        "data/regimens/hiccups.yml:6: each is blank: write its value or a word of absence (not"
        " reported, unclear, not applicable, none observed, not extracted)",
    ),
    case(
        "a word of absence that is none",
        swap(HICCUPS, "daily: not reported", "daily: none"),
        "data/regimens/hiccups.yml:9: daily must be a value or exactly one of: 'not extracted' if"
        " nobody read the source for it, 'not reported' if the source was read for it and does not"
        " say, 'unclear' if what it says can be read in several ways, 'not applicable' if the"
        " question does not arise, 'none observed' if the source says that nothing was seen (got"
        " 'none')",
    ),
    case(
        "a word of absence that another form has",
        swap(STUDY, "setting: not reported", "setting: Not stated"),
        "data/studies/hiccups.yml:12: setting must be a value or exactly one of: 'not extracted' if"
        " nobody read the source for it, 'not reported' if the source was read for it and does not"
        " say, 'unclear' if what it says can be read in several ways, 'not applicable' if the"
        " question does not arise, 'none observed' if the source says that nothing was seen (got"
        " 'Not stated')",
    ),
    case(
        "a word of absence in other words",
        swap(STUDY, "setting: not reported", "setting: Not Reported"),
        f"data/studies/hiccups.yml:12: setting must be a value or exactly one of: {ABSENCES}: write"
        f" 'not reported' (got 'Not Reported'){MENDS}",
    ),
    case(
        "a word of absence where the site needs a text",
        swap(HICCUPS, "name: Hiccups", "name: not reported"),
        "data/regimens/hiccups.yml:1: name must be given: a word of absence cannot stand here"
        " (got 'not reported')",
    ),
    case(
        "a range with a dash",
        swap(HICCUPS, "each: 2-4 mg", "each: 2–4 mg"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg': write"
        " '2-4 mg', with a plain hyphen (got '2–4 mg')" + MENDS,
    ),
    case(
        "a decimal comma",
        swap(HICCUPS, "each: 2-4 mg", "each: 2,5 mg"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg': write"
        " '2.5 mg' (got '2,5 mg')" + MENDS,
    ),
    case(
        "a comma that is a decimal mark or parts thousands",
        swap(HICCUPS, "each: 2-4 mg", "each: 2,500 mg"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg':"
        " write '2500 mg' if the comma parts thousands, or '2.5 mg' if it is the decimal mark (got"
        " '2,500 mg')",
    ),
    *(
        case(
            f"an amount in another spelling: {spelling!r}",
            swap(HICCUPS, "each: 2-4 mg", f"each: {spelling}"),
            "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg':"
            f" write '250 micrograms'{unseen} (got '{shown}'){MENDS}",
        )
        for spelling, unseen, shown in (
            ("250 mcg", "", "250 mcg"),
            ("250 µg", "", "250 µg"),
            ("250ug", "", "250ug"),
            ("250micrograms", "", "250micrograms"),
            ("250\u00a0micrograms", ", with one plain space", "250\\xa0micrograms"),
        )
    ),
    case(
        "a zero at the end",
        swap(HICCUPS, "each: 2-4 mg", "each: 2.50 mg"),
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg': write"
        " '2.5 mg' (got '2.50 mg')" + MENDS,
    ),
    case(
        "no value in a list whose entries are wrong",
        swap(HICCUPS, "conditions: [hiccups]", "conditions: [Hiccups, two words]"),
        "data/regimens/hiccups.yml:2: conditions must be an id of lower-case letters, digits and"
        " single hyphens, the name of a file in data/conditions/ (got 'two words')",
        "data/regimens/hiccups.yml:2: conditions must be an id of lower-case letters, digits and"
        " single hyphens, the name of a file in data/conditions/: write 'hiccups' (got 'Hiccups')",
    ),
    case(
        "a word outside a short list",
        swap("conditions/hiccups.yml", "kind: illness", "kind: ilness"),
        "data/conditions/hiccups.yml:2: kind must be one of illness, state or purpose (got"
        " 'ilness')"
        " (did you mean 'illness'?)",
    ),
    case(
        "a word far from any of a short list",
        swap("conditions/hiccups.yml", "kind: illness", "kind: xyzzy"),
        "data/conditions/hiccups.yml:2: kind must be one of illness, state or purpose (got"
        " 'xyzzy')",
    ),
    case(
        "a text of 3,000 characters",
        swap(HICCUPS, "name: Hiccups", f"name: {'x' * 3000}"),
        f"data/regimens/hiccups.yml:1: name must be at most 2000 characters (got '{'x' * 57}...')",
    ),
    case(
        "a character that turns the direction of text",
        swap(HICCUPS, "name: Hiccups", 'name: "Hiccups\\u202e"'),
        "data/regimens/hiccups.yml:1: name must hold no control or text-direction characters"
        r" (got 'Hiccups\u202e'); U+202E RIGHT-TO-LEFT OVERRIDE stands behind 'Hiccups': delete"
        " it",
    ),
    case(
        "a line break in a value is shown in one line",
        swap("conditions/hiccups.yml", "kind: illness", 'kind: "ill\\nness"'),
        "data/conditions/hiccups.yml:2: kind must be one of illness, state or purpose"
        r" (got 'ill\nness')"
        " (did you mean 'illness'?)",
    ),
    case(
        "a date with letters",
        swap("events/approval.yml", "when: 1999-05-03", "when: May 1999"),
        "data/events/approval.yml:3: when must be a date such as '1994-12-20', '1994-12', '1994',"
        " '1960s' or 'mid-1960s' (got 'May 1999')",
    ),
    case(
        "a month that is none",
        swap("events/approval.yml", "when: 1999-05-03", "when: 1999-13-03"),
        "data/events/approval.yml:3: when must be a day or month that the calendar has (got"
        " '1999-13-03')",
    ),
    case(
        "a day that is none",
        swap("events/approval.yml", "when: 1999-05-03", "when: 1999-02-30"),
        "data/events/approval.yml:3: when must be a day or month that the calendar has (got"
        " '1999-02-30')",
    ),
    case(
        "unclear times without readings",
        swap(HICCUPS, "times: 2 per day", "times: unclear"),
        "data/regimens/hiccups.yml:8: the record must give two or more readings, since times is"
        " unclear",
    ),
    case(
        "readings without unclear times",
        swap(YAWNING, "  value: unclear\n", "  value: 2-3 per day\n"),
        "data/regimens/yawning.yml:14: the record must not give readings, since times is not"
        " unclear",
    ),
    case(
        "an amount a day beside readings",
        swap(YAWNING, "daily: not reported", "daily: 6 mg per day"),
        "data/regimens/yawning.yml:11: the record must not state daily beside readings: which of"
        " them it means is open",
    ),
    *(
        case(
            f"{amount} of {field}",
            swap(HICCUPS, f"{field}: {old}", f"{field}: {amount}"),
            f"data/regimens/hiccups.yml:{line}: {field} must be more than zero: where the"
            f" source states no amount, write a word of absence (got '{amount}')",
        )
        for line, field, old, amount in (
            (6, "each", "2-4 mg", "0 mg"),
            (6, "each", "2-4 mg", "0-4 mg"),
            (7, "volume", "not reported", "0 mL"),
            (8, "times", "2 per day", "0 per day"),
            (9, "daily", "not reported", "≤ 0 mg per day"),
            (10, "length", "5-10 days", "≥ 0 days"),
        )
    ),
    *(
        case(
            f"the character {spelling}",
            swap(HICCUPS, "name: Hiccups", f'name: "Hic\\{spelling}cups"'),
            "data/regimens/hiccups.yml:1: name must hold no control or text-direction characters"
            f" (got 'Hic\\{shown}cups'); {named} stands behind 'Hic': delete it",
        )
        for spelling, shown, named in (
            ("0", "x00", "U+0000 CONTROL CHARACTER"),
            ("e", "x1b", "U+001B CONTROL CHARACTER"),
            ("x7f", "x7f", "U+007F CONTROL CHARACTER"),
            ("x80", "x80", "U+0080 CONTROL CHARACTER"),
            ("x9f", "x9f", "U+009F CONTROL CHARACTER"),
            ("xad", "xad", "U+00AD SOFT HYPHEN"),
            ("u061c", "u061c", "U+061C ARABIC LETTER MARK"),
            ("u200b", "u200b", "U+200B ZERO WIDTH SPACE"),
            ("u2066", "u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
            ("ufeff", "ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
            ("ufffe", "ufffe", "U+FFFE CONTROL CHARACTER"),
        )
    ),
    case(
        "a size in the unit of another role",
        put(
            "parameters/drop.yml",
            "name: A drop\nrole: volume of a drop\nvalue: 2 drops\nat: leaflet use.1.1\n",
        ),
        "data/parameters/drop.yml:3: the record must have a value in mL, since its role is 'volume"
        " of a drop'",
    ),
    case(
        "a claim of nothing that is not told",
        swap("cautions/sleep.yml", "says: Not to be taken while asleep", "says: none observed"),
        "data/cautions/sleep.yml:1: the record must have a detail that tells what the source"
        " claims",
    ),
    case(
        "a regulatory event without its status",
        swap("events/approval.yml", "status: Approved\n", ""),
        "data/events/approval.yml:6: the record must have jurisdiction, status and certainty,"
        " since its kind is regulatory",
    ),
    case(
        "a section listed twice",
        swap(LEAFLET, "  - id: safety\n", "  - id: use\n    heading: Again\n  - id: safety\n"),
        "data/sources/leaflet.yml:1: the record must list each section once",
    ),
    case(
        "a digest of the wrong length",
        lambda data: write(
            data, LEAFLET, re.sub(r"sha256: .", "sha256: ", read(data, LEAFLET), count=1)
        ),
        f"data/sources/leaflet.yml:28: sha256 must be a SHA-256 of 64 lower-case hexadecimal digits"
        f" (got '{re.search('sha256: .(.{57})', entry('use.1.1'))[1]}...')",
    ),
    case(
        "a sentence without characters",
        swap(LEAFLET, "    characters: 34\n", "    characters: none\n"),
        "data/sources/leaflet.yml:57: characters must be the number of characters of the"
        " sentence (got 'none')",
    ),
    case(
        "a sentence registered twice",
        swap(LEAFLET, "at: use.1.2", "at: use.1.1"),
        "data/sources/leaflet.yml:29: the record must list each sentence once"
        " (use.1.1 more than once)",
    ),
]

REFERENCES = [
    case(
        "a misspelt reference",
        swap(HICCUPS, "conditions: [hiccups]", "conditions: [hickups]"),
        "data/regimens/hiccups.yml:2: conditions must be a file in data/conditions/ (got 'hickups')"
        " (did you mean 'hiccups'?)",
    ),
    case(
        "a reference to nothing like it",
        swap(HICCUPS, "conditions: [hiccups]", "conditions: [hiccups, xyzzy]"),
        "data/regimens/hiccups.yml:2: conditions must be a file in data/conditions/ (got 'xyzzy'):"
        " make the file, or mend the id",
    ),
    case(
        "a reference to nothing in a list of its own lines",
        swap(HICCUPS, "conditions: [hiccups]", "conditions:\n  - hiccups\n  - xyzzy"),
        "data/regimens/hiccups.yml:4: conditions must be a file in data/conditions/ (got 'xyzzy'):"
        " make the file, or mend the id",
    ),
    case(
        "a study that is not there",
        swap(HICCUPS, "study: hiccups", "study: hiccup"),
        "data/regimens/hiccups.yml:13: study must be a file in data/studies/ (got 'hiccup')"
        " (did you mean 'hiccups'?)",
    ),
    case(
        "a record that others name is gone",
        drop("organisations/institute-of-yawns.yml"),
        "data/people/nod.yml:4: 2 places in 2 files name 'institute-of-yawns', this the first"
        " (also data/substances/examplin.yml:13), and data/organisations/ has no such file:"
        " make the file, or mend each of them",
    ),
    case(
        "an id in capitals",
        swap(HICCUPS, "conditions: [hiccups]", "conditions: [Hiccups]"),
        "data/regimens/hiccups.yml:2: conditions must be an id of lower-case letters, digits and"
        " single hyphens, the name of a file in data/conditions/: write 'hiccups' (got 'Hiccups')",
    ),
    case(
        "a substance of the site that is not there",
        swap("site.yml", "substance: examplin", "substance: examplan"),
        "data/site.yml:3: substance must be a file in data/substances/ (got 'examplan')"
        " (did you mean 'examplin'?)",
    ),
]

TIES = [
    case(
        "a record that names itself",
        swap(
            "conditions/hiccups.yml", "wording: [hiccups]", "wording: [hiccups]\nbroader: hiccups"
        ),
        "data/conditions/hiccups.yml:5: broader must name another record than its own",
    ),
    case(
        "an unclear value without a word on what is unclear",
        swap(STUDY, "  note: Easing is named; how it was measured is not said.\n", ""),
        "data/studies/hiccups.yml:25: outcomes is unclear: say in 'note:' what can be read how",
    ),
    case(
        "a version without its changes",
        swap("site.yml", "version: 1.2.3", "version: 1.2.4"),
        "data/site.yml:7: version 1.2.4 has no file in data/changes/",
    ),
    case(
        "a version in two files",
        lambda data: write(data, "changes/second.yml", read(data, "changes/first.yml")),
        "data/changes/second.yml:1: version 1.2.3 is in data/changes/first.yml already",
        "data/changes/second.yml:1: says what data/changes/first.yml says: delete one of the two,"
        " or mend it",
    ),
]

PLACES = [
    case(
        "a place without a source",
        swap("cautions/sleep.yml", "at: leaflet safety.1.1", "at: safety.1.1"),
        "data/cautions/sleep.yml:3: at must be a source and a place such as 'leaflet dosage.5.1'"
        " (got 'safety.1.1')",
    ),
    case(
        "sentences in falling order",
        swap("cautions/sleep.yml", "at: leaflet safety.1.1", "at: leaflet safety.1.2-1"),
        "data/cautions/sleep.yml:3: at must name sentences in rising order, at most 50 of them"
        " (got 'leaflet safety.1.2-1')",
    ),
    *(
        case(
            f"a place {place}",
            swap("cautions/sleep.yml", "at: leaflet safety.1.1", f"at: leaflet {place}"),
            "data/cautions/sleep.yml:3: at must be a source and a place such as 'leaflet"
            f" dosage.5.1' (got 'leaflet {place}')",
        )
        for place in ("safety.01.1", "safety.1.01", "safety.0.1", "safety.1.10000", "safety.1.1-01")
    ),
    case(
        "a sentence registered with a leading zero",
        swap(LEAFLET, "at: safety.1.3", "at: safety.1.03"),
        "data/sources/leaflet.yml:64: at must be a place such as 'dosage.5.1' (got 'safety.1.03')",
    ),
    case(
        "a sentence of 10,000 characters",
        swap(LEAFLET, "    characters: 34\n", "    characters: 10000\n"),
        "data/sources/leaflet.yml:57: characters must be the number of characters of the"
        " sentence (got '10000')",
    ),
    case(
        "a place with no sentence",
        swap(HICCUPS, "at: leaflet dosage.1.1", "at: leaflet dosage.1.9"),
        "data/regimens/hiccups.yml:4: at: leaflet has no sentence 'dosage.1.9'; in dosage there"
        " are: dosage.1.1 'Hiccups are treated with 2-4 mg, twice a day, for 5-10 days.';"
        " dosage.1.2 'Yawning is treated with 3 mg in 0.5 mL, 2-3 times, a week.'",
        "data/sources/leaflet.yml:44: dosage.1.1 is cited by no record: cite it, or say why in"
        " 'unused:'",
    ),
    case(
        "a place in no source",
        swap(
            "cautions/sleep.yml",
            "at: leaflet safety.1.1",
            "at: [leaflet safety.1.1, leeflet safety.1.1]",
        ),
        "data/cautions/sleep.yml:3: at must begin with a file in data/sources/ (got 'leeflet')"
        " (did you mean 'leaflet'?)",
        "data/cautions/sleep.yml:3: at must cite one source, one record for each (got leaflet,"
        " leeflet)",
        "data/cautions/sleep.yml:4: says must name its sentence with 'value:' and 'at:'",
    ),
    case(
        "a record that cites two sources",
        both(
            put("sources/letter.yml", LETTER),
            swap(
                "cautions/sleep.yml",
                "at: leaflet safety.1.1",
                "at: [leaflet safety.1.1, letter a.1.1]",
            ),
        ),
        "data/cautions/sleep.yml:3: at must cite one source, one record for each (got leaflet,"
        " letter)",
        "data/cautions/sleep.yml:4: says must name its sentence with 'value:' and 'at:'",
    ),
    case(
        "a record that cites nothing",
        swap("cautions/sleep.yml", "at: leaflet safety.1.1", "at: []"),
        "data/cautions/sleep.yml:3: at must cite one source, one record for each (got none)",
        "data/sources/leaflet.yml:54: safety.1.1 is cited by no record: cite it, or say why in"
        " 'unused:'",
    ),
    case(
        "a value without its sentence, in a record that draws on two",
        swap(STUDY, "age_and_sex: not reported", "age_and_sex: Men and women"),
        "data/studies/hiccups.yml:11: age_and_sex must name its sentence with 'value:' and 'at:'",
    ),
    case(
        "a value from a sentence that the record does not list",
        swap(
            STUDY,
            "  value: Patients with hiccups\n  at: leaflet use.1.2",
            "  value: Patients\n  at: leaflet use.1.1",
        ),
        "data/studies/hiccups.yml:3: at must list leaflet use.1.1 too, since a value cites it",
    ),
    case(
        "a sentence neither used nor reasoned",
        swap(LEAFLET, "    unused: A thank-you.\n", ""),
        "data/sources/leaflet.yml:64: safety.1.3 is cited by no record: cite it, or say why in"
        " 'unused:'",
    ),
    case(
        "a sentence both used and reasoned",
        swap(LEAFLET, "  - at: safety.1.1\n", "  - at: safety.1.1\n    unused: Nothing in it.\n"),
        "data/sources/leaflet.yml:55: unused is not needed: records draw on safety.1.1",
    ),
]


def registered_as(printed: str, value: str) -> Change:
    """The dose of a record, and what the register prints for it."""

    def change(data: Path) -> None:
        replace(data, LEAFLET, '"2–4 mg"', f'"{printed}"')
        replace(data, LEAFLET, "treated with 2-4 mg, twice", "treated twice")
        replace(data, HICCUPS, "each: 2-4 mg", f"each: {value}")

    return change


FIGURES = [
    *(
        case(
            f"{value} where the register has {printed}",
            registered_as(printed, value),
            f"data/regimens/hiccups.yml:6: figure '{value}' is not in leaflet dosage.1.1 (figures"
            f" there: {printed}, twice a day, 5–10 days){doubt or CITE}",
        )
        for printed, value, doubt in (
            ("0,125 mg", "125 mg", ""),
            ("4 mg kg⁻¹", "4 mg", f"; printed there: '4 mg kg⁻¹' (4 mg/kg){WRITE_SO}"),
            ("about 4 mg", "4 mg", f"; printed there: 'about 4 mg' (no exact amount){WRITE_SO}"),
            ("aged 4 years", "4 mg", ""),
            (
                *("up to 4 mg or 4 mL", "4 mg"),
                "; 'up to 4 mg or 4 mL' there was not understood: 'up to 4 mg or 4 mL' is an amount"
                " with a bound and one without",
            ),
            (
                *("4 mg zork⁻¹", "4 mg"),
                "; '4 mg zork⁻¹' there was not understood: the denominator 'zork⁻¹'",
            ),
            ("4 mg or more", "4 mg", f"; printed there: '4 mg or more' (≥ 4 mg){WRITE_SO}"),
            ("20 ± 4 mg", "4 mg", ""),
            (
                *("about 4 mg a zork", "4 mg"),
                "; 'about 4 mg a zork' there was not understood: the denominator 'a zork'",
            ),
            (
                *("6 mg or 9 mg", "9 mg"),
                "; '6 mg or 9 mg' there was not understood: two figures of one kind: list each as"
                " a figure of its own",
            ),
        )
    ),
    case("a decimal comma in the register", registered_as("0,125 mg", "0.125 mg")),
    case("a thousand of an English register", registered_as("1,500 mg", "1500 mg")),
    case("a Russian unit in the register", registered_as("6 мг", "6 mg")),
    case(
        "an English thousand that a decimal comma elsewhere makes doubtful",
        lambda data: (
            registered_as("1,500 mg", "1500 mg")(data),
            replace(data, LEAFLET, '"no longer than 12 hours"', '"no longer than 12 hours", "0,5"'),
        ),
        "data/regimens/hiccups.yml:6: figure '1500 mg' is not in leaflet dosage.1.1 (figures"
        " there: 1,500 mg, twice a day, 5–10 days); '1,500 mg' there was not understood: '1,500'"
        " is 1500 or 1.5",
    ),
    case(
        "another unit of time in a text",
        swap(STUDY, "Hiccups eased in more than 80 % of", "After 10 months, more than 80 % of"),
        "data/studies/hiccups.yml:29: figure '10 months' is not in leaflet use.1.3 (figures there:"
        " more than 80%)" + CITE,
    ),
    case(
        "a changed digit in a dose",
        swap(HICCUPS, "each: 2-4 mg", "each: 2-5 mg"),
        "data/regimens/hiccups.yml:6: figure '2-5 mg' is not in leaflet dosage.1.1 (figures"
        f" there: {DOSES})" + CITE,
    ),
    case(
        "one end of a range",
        swap(HICCUPS, "each: 2-4 mg", "each: 4 mg"),
        "data/regimens/hiccups.yml:6: figure '4 mg' is not in leaflet dosage.1.1 (figures there:"
        f" {DOSES})" + CITE,
    ),
    case(
        "the same digits in another unit",
        swap(HICCUPS, "each: 2-4 mg", "each: 2-4 micrograms"),
        "data/regimens/hiccups.yml:6: figure '2-4 micrograms' is not in leaflet dosage.1.1"
        f" (figures there: {DOSES}); printed there: '2–4 mg' (2-4 mg){WRITE_SO}",
    ),
    case(
        "an equal amount in another unit",
        swap("regimens/yawning.yml", "length: 1 week", "length: 7 days"),
        "data/regimens/yawning.yml:12: figure '7 days' is not in leaflet dosage.1.2"
        " (figures there: 3 mg, 0.5 ml, 2-3 times, a week)" + CITE,
    ),
    case(
        "a changed digit in a reading",
        swap(
            YAWNING,
            "  - means: a day\n    times: 2-3 times",
            "  - means: a day\n    times: 2-4 times",
        ),
        "data/regimens/yawning.yml:16: figure '2-4 times' is not in leaflet dosage.1.2"
        " (figures there: 3 mg, 0.5 ml, 2-3 times, a week)" + CITE,
    ),
    case(
        "a bound left out",
        swap("claims/duration.yml", "value: ≤ 12 hours", "value: 12 hours"),
        "data/claims/duration.yml:7: figure '12 hours' is not in leaflet use.1.4"
        " (figures there: no longer than 12 hours); printed there: 'no longer than 12 hours'"
        f" (≤ 12 hours){WRITE_SO}",
    ),
    case(
        "a bound turned round",
        swap("claims/duration.yml", "value: ≤ 12 hours", "value: ≥ 12 hours"),
        "data/claims/duration.yml:7: figure '≥ 12 hours' is not in leaflet use.1.4"
        " (figures there: no longer than 12 hours); printed there: 'no longer than 12 hours'"
        f" (≤ 12 hours){WRITE_SO}",
    ),
    case(
        "a changed digit in a text",
        swap(STUDY, "more than 80 %", "more than 85 %"),
        "data/studies/hiccups.yml:29: figure 'more than 85 %' is not in leaflet use.1.3"
        " (figures there: more than 80%)" + CITE,
    ),
    case(
        "a changed digit in a number of people",
        swap(STUDY, "value: 40 people", "value: 400 people"),
        "data/studies/hiccups.yml:9: figure '400 people' is not in leaflet use.1.2"
        " (figures there: 40 patients, 10 days)" + CITE,
    ),
    case(
        "a figure from another sentence of the record",
        swap(
            STUDY,
            "value: 40 people\n  at: leaflet use.1.2",
            "value: 40 people\n  at: leaflet use.1.3",
        ),
        "data/studies/hiccups.yml:9: figure '40 people' is not in leaflet use.1.3 (figures"
        " there: more than 80%)" + CITE,
    ),
    case(
        "a changed digit in a remark",
        swap(YAWNING, "note: The comma", "note: All 7 doses. The comma"),
        "data/regimens/yawning.yml:10: figure '7 doses' is not in leaflet dosage.1.2"
        " (figures there: 3 mg, 0.5 ml, 2-3 times, a week)" + CITE,
    ),
    case(
        "a changed digit in a date",
        swap("events/approval.yml", "when: 1999-05-03", "when: 1999-05-04"),
        "data/events/approval.yml:3: figure '1999-05-04' is not in leaflet safety.1.2"
        " (figures there: May 3, 1999, No. 12)" + CITE,
    ),
    case(
        "a changed digit in a number that an authority gave",
        swap("events/approval.yml", "value: No. 12", "value: No. 13"),
        "data/events/approval.yml:11: figure '13' is not in leaflet safety.1.2"
        " (figures there: May 3, 1999, No. 12)" + CITE,
    ),
    case(
        "a changed digit in a gist",
        swap(
            LEAFLET,
            'gist: "Hiccups eased in more than 80 %',
            'gist: "Hiccups eased in more than 81 %',
        ),
        "data/sources/leaflet.yml:35: figure 'more than 81 %' is not in use.1.3"
        " (figures there: more than 80%)" + OF_GIST,
    ),
    case(
        "a changed digit in the register",
        swap(LEAFLET, '"2–4 mg"', '"2–5 mg"'),
        "data/regimens/hiccups.yml:6: figure '2-4 mg' is not in leaflet dosage.1.1"
        " (figures there: 2–5 mg, twice a day, 5–10 days)" + CITE,
        "data/sources/leaflet.yml:45: figure '2-4 mg' is not in dosage.1.1"
        " (figures there: 2–5 mg, twice a day, 5–10 days)" + OF_GIST,
    ),
    case(
        "a figure in a record that cites no sentence",
        swap(
            "terms/syrup.yml",
            "means: A thick, sweet solution.\nat: leaflet use.1.1",
            "means: A solution of 60 % sugar.",
        ),
        "data/terms/syrup.yml:3: figure '60 %' is not in any sentence: cite one with 'at:'"
        " (figures there: none)",
    ),
]

STRAY = ": if it is no record, delete it or move it out of data/"
UNREADABLE = [
    case(
        "010",
        swap(HICCUPS, "route: oral", "route: 010"),
        f"data/regimens/hiccups.yml:5: '010' {CAN_BE_READ}",
    ),
    case(
        "no",
        swap(HICCUPS, "route: oral", "route: no"),
        "data/regimens/hiccups.yml:5: 'no' is read as yes or no, and route takes a route by its"
        f" name: write what the source says, or a word of absence ({ABSENCES})",
    ),
    case(
        "a tab",
        swap(HICCUPS, "    link: inferred", "\tlink: inferred"),
        "data/regimens/hiccups.yml:14: a tab stands where spaces must: indent with two spaces",
    ),
    case(
        "a colon in plain text",
        swap(HICCUPS, "why: Same condition.", "why: Same: condition."),
        "data/regimens/hiccups.yml:15: the value needs quotation marks: write why:"
        ' "Same: condition."',
    ),
    case(
        "an anchor",
        swap(HICCUPS, "route: oral", "route: &oral oral"),
        "data/regimens/hiccups.yml:5: '&' anchors and '*' aliases are not used: write the value"
        " out",
    ),
    case(
        "two records in one file",
        swap(HICCUPS, "route: oral", "---\nroute: oral"),
        "data/regimens/hiccups.yml:5: a file holds one record: give the second its own file",
    ),
    case(
        "a file of 5 MB",
        put(HICCUPS, b"#" * 5_000_000),
        "data/regimens/hiccups.yml:1: the file is too large: 5,000,000 bytes, at most 1,000,000",
    ),
    case(
        "Latin-1",
        put(HICCUPS, b"name: Hiccups\nnote: Caf\xe9\n"),
        "data/regimens/hiccups.yml:2: is not UTF-8 text: save the file with the encoding UTF-8",
    ),
    case(
        "an empty file",
        put(HICCUPS, b""),
        "data/regimens/hiccups.yml:1: the file is empty: write one 'field: value' a line"
        " (CURATING.md)",
    ),
    case(
        "a list at the top",
        put(HICCUPS, "- name: Hiccups\n"),
        "data/regimens/hiccups.yml:1: the file holds no 'field: value' lines:"
        " write one 'field: value' a line (CURATING.md)",
    ),
    case(
        "every record in one file that no program wrote",
        put(HICCUPS, bytes(range(256))),
        "data/regimens/hiccups.yml:2: is not UTF-8 text: save the file with the encoding UTF-8",
    ),
]

PLACEMENT = [
    case(
        "a file's name in capitals",
        put("terms/Syrup.yml", "name: Syrup\n"),
        "data/terms/Syrup.yml:1: the file's name must be an id of lower-case letters, digits and"
        " single hyphens: rename it 'syrup.yml'",
    ),
    case(
        "a file's name with a space",
        put("terms/my syrup.yml", "name: Syrup\n"),
        "data/terms/my syrup.yml:1: the file's name must be an id of lower-case letters, digits"
        " and single hyphens: rename it 'my-syrup.yml'",
    ),
    case(
        "a file's name that a terminal would act on",
        put("terms/a\x1b[2J\nb.txt", "A note."),
        rf"data/terms/a\x1b[2J\nb.txt:1: must be a .yml file in the folder of its kind{STRAY}",
    ),
    case(
        "a file of another kind",
        put("terms/notes.txt", "A note."),
        f"data/terms/notes.txt:1: must be a .yml file in the folder of its kind{STRAY}",
    ),
    case(
        "the other ending of YAML",
        rename("terms/syrup.yml", "terms/syrup.yaml"),
        "data/terms/syrup.yaml:1: must be a .yml file in the folder of its kind: rename it"
        " 'syrup.yml'",
    ),
    case(
        "a record outside the folder of its kind",
        rename("terms/syrup.yml", "syrup.yml"),
        "data/syrup.yml:1: holds the fields of terms: move it to data/terms/",
    ),
    case(
        "a misspelt folder",
        folder("regimes"),
        "data/regimes:1: is no kind of record (did you mean 'regimens'?); the kinds: <kinds>",
    ),
    case(
        "a folder of no kind",
        put("xyzzy/a.yml", "name: A\n"),
        "data/xyzzy:1: is no kind of record; the kinds: <kinds>",
    ),
    case(
        "a folder in a folder",
        put("terms/old/syrup.yml", "name: Syrup\n"),
        "data/terms/old:1: must be no folder: move the files in it up, beside the others",
    ),
    case(
        "a link",
        link("terms/juice.yml", "terms/syrup.yml"),
        "data/terms/juice.yml:1: must be a plain file, not a link or a folder",
    ),
    case(
        "no site.yml",
        drop("site.yml"),
        "data/site.yml:1: the file is missing (see CURATING.md)",
    ),
    case(
        "no data folder",
        shutil.rmtree,
        "data/site.yml:1: the file is missing (see CURATING.md)",
    ),
    case(
        "a version with a leading zero",
        swap("site.yml", "version: 1.2.3", "version: 1.02.3"),
        "data/site.yml:7: version must be a version such as '0.1.0' (got '1.02.3')",
    ),
    case(
        "a version with two parts",
        swap("site.yml", "version: 1.2.3", "version: 1.2"),
        "data/site.yml:7: version must be a version such as '0.1.0' (got '1.2')",
    ),
    case(
        "a release without its day",
        swap("site.yml", "released: 2020-02-29", "released: 2020-02"),
        "data/site.yml:8: released must be a day such as '2026-01-31' (got '2020-02')",
    ),
    case(
        "an address of the site that is none",
        swap("site.yml", "repository: not set", "repository: not set\naddress: ref.example"),
        "data/site.yml:10: address must be 'not set' or where the site is published,"
        " such as 'https://host/path' (got 'ref.example')",
    ),
    case(
        "an address that is none",
        swap("site.yml", "repository: not set", "repository: javascript:alert(1)"),
        "data/site.yml:9: repository must be 'not set' or an address such as"
        " 'https://host/owner/name'"
        " (got 'javascript:alert(1)')",
    ),
]


COMPARISON = "comparisons/duration.yml"
PAPER = "sources/paper.yml"
MEANT = {
    "PMID 12345678": "12345678",
    "https://doi.org/10.1000/hiccups": "10.1000/hiccups",
    "doi:10.1000/hiccups": "10.1000/hiccups",
    "10.1000/hiccups.": "10.1000/hiccups",
}


def _meant(spelling: str) -> str:
    meant = MEANT.get(spelling)
    return f": write '{meant}' (got '{spelling}'){MENDS}" if meant else f" (got '{spelling}')"


RATS = "experiments/rats.yml"
DROPS = "regimens/drops.yml"
TIE = "ties/hiccups.yml"
AUTHORS = "[Nod AB, Wake C, others]"
INPUTS = "[claims/duration value, claims/duration-paper value]"
COMPARABLE = "inputs must be amounts or dates that can be compared"
STANDING = "the record must have a standing for words, and none where it is computed"
LENGTHS = "the record must give two or more lengths, and only where length is unclear"

# What is wrong in the folder with two sources.
SECOND_SOURCES = [
    case(
        "a comparison with a value that is none",
        swap(COMPARISON, INPUTS, "[claims/duration value, claims/duration-paper valu]"),
        "data/comparisons/duration.yml:3: inputs must name values of records"
        " (got 'claims/duration-paper valu') (did you mean 'value'?)",
    ),
    case(
        "a comparison with a record that is none",
        swap(COMPARISON, INPUTS, "[claims/duration value, claims/xyzzy value]"),
        "data/comparisons/duration.yml:3: inputs must name values of records"
        " (got 'claims/xyzzy value')",
    ),
    case(
        "a comparison with a value written out",
        swap(COMPARISON, INPUTS, "[claims/duration value, 12 hours]"),
        "data/comparisons/duration.yml:3: inputs must name a value of a record such as"
        " 'claims/duration value' (got '12 hours')",
    ),
    case(
        "a comparison of one value",
        swap(COMPARISON, INPUTS, "[claims/duration value]"),
        "data/comparisons/duration.yml:3: inputs must list at least two",
    ),
    case(
        "a comparison of two dimensions",
        swap(COMPARISON, INPUTS, "[claims/duration value, regimens/hiccups each]"),
        f"data/comparisons/duration.yml:3: {COMPARABLE}: 2-4 mg and ≤ 12 hours cannot be compared",
    ),
    case(
        "a comparison of an amount with a text",
        swap(COMPARISON, INPUTS, "[claims/duration value, regimens/hiccups route]"),
        f"data/comparisons/duration.yml:3: {COMPARABLE}: 'oral' is no amount and no date",
    ),
    case(
        "a comparison with what is not reported",
        swap(COMPARISON, INPUTS, "[claims/duration value, studies/hiccups dose]"),
        f"data/comparisons/duration.yml:3: {COMPARABLE}: 'not reported' is no amount and no date",
    ),
    case(
        "a comparison of words without standing",
        swap(COMPARISON, "rule: amounts", "rule: words"),
        f"data/comparisons/duration.yml:1: {STANDING}",
    ),
    case(
        "a comparison of amounts with the standing written down",
        swap(COMPARISON, "rule: amounts", "rule: amounts\nstanding: conflict"),
        f"data/comparisons/duration.yml:5: {STANDING}",
    ),
    case(
        "a figure in a comparison that no sentence has",
        swap(COMPARISON, "twice the time", "25 hours"),
        "data/comparisons/duration.yml:6: figure '25 hours' is not in any sentence: cite one with"
        " 'at:' (figures there: none)",
    ),
    case(
        "lengths of a clear length",
        swap(
            DROPS, "  value: unclear\n  note: Both lengths stand side by side.", "  value: 5 days"
        ),
        f"data/regimens/drops.yml:16: {LENGTHS}",
    ),
    case(
        "one length that an unclear one may be",
        swap(DROPS, "[5 days, 10 days]", "[5 days]"),
        f"data/regimens/drops.yml:17: {LENGTHS}",
    ),
    case(
        "lengths beside readings",
        swap(
            DROPS,
            "times: 3 per day",
            "times: {value: unclear, note: How often is open.}\nreadings:"
            "\n  - {means: a day, times: 3 times, per: day}"
            "\n  - {means: in all, times: 3 times, per: course}",
        ),
        "data/regimens/drops.yml:9: the record must not give both readings and lengths",
    ),
    case(
        "a changed digit in a length that an unclear one may be",
        swap(DROPS, "[5 days, 10 days]", "[5 days, 11 days]"),
        "data/regimens/drops.yml:17: figure '11 days' is not in paper abstract.1.3 (figures there:"
        " 10 mg/ml, 2-3 drops, three times a day, 5 days, 10 days, 0.05 ml)" + CITE,
    ),
    case(
        "drops as a mass",
        swap(DROPS, "drops: 2-3 drops", "drops: 2-3 mg"),
        "data/regimens/drops.yml:14: drops must be an amount such as '2-3 drops': 'mg' is no unit"
        " of this field (got '2-3 mg')",
    ),
    case(
        "a presentation that has no file",
        swap(DROPS, "product: drops", "product: dropps"),
        "data/regimens/drops.yml:15: product must be a file in data/products/ (got 'dropps')"
        " (did you mean 'drops'?)",
    ),
    *(
        case(
            f"authors in a wrong form: {spelling}",
            swap(PAPER, AUTHORS, spelling),
            "data/sources/paper.yml:10: author must list names such as 'Family AB', or be a word"
            f" of absence{got}",
        )
        for spelling, got in (
            ("A. B. Nod", " (got 'A. B. Nod')"),
            ("Dr. Nod", " (got 'Dr. Nod')"),
            ("Nod AB and Wake C", " (got 'Nod AB and Wake C')"),
            (
                "Nod AB et al.",
                ", and 'others' as the last entry for 'et al.' (got 'Nod AB et al.')",
            ),
            ("[Nod, Wake C]", " (got 'Nod')"),
            ("[Nod A.B., Wake C]", f": write 'Nod AB' (got 'Nod A.B.'){MENDS}"),
            ("['Nod, AB', Wake C]", " (got 'Nod, AB')"),
            ("[[Nod AB]]", ""),
        )
    ),
    *(
        case(
            f"authors in a wrong order: {spelling}",
            swap(PAPER, AUTHORS, spelling),
            "data/sources/paper.yml:10: author must list at least one name, and 'others' only at"
            " the end",
        )
        for spelling in ("[others, Nod AB]", "[]")
    ),
    *(
        case(
            f"{field} in a wrong form: {spelling}",
            swap(PAPER, f"{field}: {right}", f'{field}: "{spelling}"'),
            f"data/sources/paper.yml:{line}: {field} must be a number such as '{example}' or a"
            f" word of absence{_meant(spelling)}",
        )
        for line, field, right, example, wrong in (
            (19, "pmid", '"12345678"', "12345678", ("PMID 12345678", "012345678", "123", "1e7")),
            (20, "pmcid", "PMC1234567", "PMC1234567", ("1234567", "pmc1234567", "PMC 1234567")),
            (
                *(21, "doi", "10.1000/hiccups", "10.1000/182"),
                (
                    "https://doi.org/10.1000/hiccups",
                    "doi:10.1000/hiccups",
                    "10.1000/hic cups",
                    "10.1000/hiccups.",
                ),
            ),
        )
        for spelling in wrong
    ),
    case(
        "a source of which nobody says when it was seen",
        swap(
            PAPER,
            "verified:\n  level: record\n  on: 2020-02-28\n  seen_at: [https://example.org/paper]\n",
            "",
        ),
        "data/sources/paper.yml:1: verified is missing: it must be given (see CURATING.md)",
    ),
    case(
        "a source without a word on what kind of witness it is",
        swap(
            PAPER,
            "character:\n  - word: primary\n    why: It reports its own trial.",
            "character: []",
        ),
        "data/sources/paper.yml:23: character must list at least one",
    ),
    case(
        "a text read in full of which only facts are noted",
        swap(PAPER, "read: abstract", "read: full text"),
        "data/sources/paper.yml:1: the record must give characters and sha256 for every sentence"
        " (abstract.1.1 has none)",
    ),
    case(
        "a regulatory event without certainty",
        swap("events/approval.yml", "certainty: primary document\n", ""),
        "data/events/approval.yml:6: the record must have jurisdiction, status and certainty,"
        " since its kind is regulatory",
    ),
    case(
        "an experiment that cites two sources",
        swap(
            RATS,
            "at: paper abstract.1.2\nmodel: Rats",
            "at: [paper abstract.1.2, leaflet use.1.1]\n"
            "model: {value: Rats, at: paper abstract.1.2}",
        ),
        "data/experiments/rats.yml:4: at lists several sentences, so these must name theirs with"
        " 'value:' and 'at:', or the one that they are not of is left out: route (line 6), doses"
        " (line 7)",
        "data/experiments/rats.yml:4: at must cite one source, one record for each"
        " (got leaflet, paper)",
    ),
    case(
        "an experiment in people",
        swap(RATS, "lane: animal", "lane: human"),
        "data/experiments/rats.yml:2: lane must be one of animal or in vitro (got 'human')",
    ),
    case(
        "a study in animals",
        swap("studies/trial.yml", "name: Trial", "lane: animal\nname: Trial"),
        "data/studies/trial.yml:1: lane is a field of experiments and claims, not of studies:"
        " delete it, or move the file if it is in the wrong folder",
    ),
    case(
        "a dose by body weight in words",
        swap(RATS, "[50 micrograms/kg]", "[50 micrograms per kg]"),
        "data/experiments/rats.yml:7: doses must be an amount such as '50 micrograms/kg',"
        " '60 nmol/kg' or '5 mg': write '50 micrograms/kg' (got '50 micrograms per kg')" + MENDS,
    ),
    case(
        "milligrams for micrograms by body weight",
        swap(RATS, "[50 micrograms/kg]", "[50 mg/kg]"),
        "data/experiments/rats.yml:7: figure '50 mg/kg' is not in paper abstract.1.2 (figures"
        f" there: 50 µg/kg); printed there: '50 µg/kg' (50 micrograms/kg){WRITE_SO}",
    ),
    case(
        "an unclear dose without a word on what is unclear",
        swap(RATS, "[50 micrograms/kg]", "[unclear]"),
        "data/experiments/rats.yml:7: doses is unclear: say in 'note:' what can be read how",
    ),
    case(
        "a tie of one report",
        swap(TIE, "[hiccups, trial]", "[hiccups]"),
        "data/ties/hiccups.yml:2: reports must list at least two",
    ),
    case(
        "a tie with a report that has no file",
        swap(TIE, "[hiccups, trial]", "[hiccups, trail]"),
        "data/ties/hiccups.yml:2: reports must be a file in data/studies/ (got 'trail')"
        " (did you mean 'trial'?)",
    ),
]

SVG = "<svg xmlns='http://www.w3.org/2000/svg'>{}<path d='M0 0' style='fill:none'/></svg>\n"
DRAWING = "structures/examplin.svg"
NOT_PLAIN = f"data/{DRAWING}:1: must be a plain drawing: no script, link or entity"

DRAWINGS = [
    case("a plain drawing", put(DRAWING, SVG.format("<g><text>H</text></g>"))),
    case("a drawing of 200,000 bytes", put(DRAWING, SVG.format("").ljust(200_000))),
    case(
        "a drawing of more",
        put(DRAWING, SVG.format("").ljust(200_001)),
        f"data/{DRAWING}:1: must be at most 200000 bytes",
    ),
    case(
        "a drawing of no substance",
        put("structures/exemplin.svg", SVG.format("")),
        "data/structures/exemplin.svg:1: must be named after a file in substances"
        " (did you mean 'examplin'?)",
    ),
    case(
        "a picture of another kind",
        put("structures/examplin.png", "x"),
        "data/structures/examplin.png:1: must be a .svg file in the folder of its kind",
    ),
    case(
        "a record among the drawings",
        put("structures/examplin.yml", "name: A\n"),
        "data/structures/examplin.yml:1: must be a .svg file in the folder of its kind",
    ),
    case(
        "a drawing among the records",
        put("terms/examplin.svg", SVG.format("")),
        "data/terms/examplin.svg:1: must be a .yml file in the folder of its kind",
    ),
    case(
        "a drawing that is a link",
        lambda data: (
            (data / "structures").mkdir(),
            (data / DRAWING).symlink_to(data / "terms/syrup.yml"),
        ),
        f"data/{DRAWING}:1: must be a plain file or folder, not a link",
    ),
    case(
        "a drawing that is a folder",
        folder(DRAWING),
        f"data/{DRAWING}:1: must be no folder: move the files in it up, beside the others",
    ),
    *(
        case(f"a drawing with {active}", put(DRAWING, SVG.format(active)), NOT_PLAIN)
        for active in (
            "<script>x</script>",
            "<SCRIPT/>",
            "<script\n>x</script>",
            "<svg:script xmlns:svg='http://www.w3.org/2000/svg'>x</svg:script>",
            "<path onload='x'/>",
            "<path ONLOAD\n= 'x'/>",
            "<a href='https://example.org'/>",
            "<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='#a'/>",
            "<image/>",
            "<style>x</style>",
            "<foreignObject/>",
            "<iframe/>",
            "<object/>",
            "<set/>",
            "<animate/>",
            "<animateMotion/>",
            "<audio src='https://example.org/a'/>",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
            "<!-- a comment -->",
            "<![CDATA[x]]>",
            "<?xml-stylesheet?>",
            "<text>&#60;</text>",
            "<path style='fill:url(https://example.org/a)'/>",
            "<path style='fill:u\\72l(https://example.org/a)'/>",
            "<path style='@import https://example.org/a'/>",
        )
    ),
    case(
        "a drawing in UTF-16",
        lambda data: write(data, DRAWING, SVG.format("<script/>").encode("utf-16")),
        NOT_PLAIN,
    ),
]


def test_the_folder_that_the_table_changes_is_sound(data: Path) -> None:
    assert problems(data) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [*FIELDS, *VALUES, *REFERENCES, *TIES, *PLACES, *FIGURES, *UNREADABLE, *PLACEMENT],
)
def test_one_change_gives_exactly_these_lines(
    data: Path, change: Change, expected: list[str]
) -> None:
    change(data)

    assert sorted(problems(data)) == sorted(expected)


def test_the_folder_with_two_sources_is_sound(tmp_path: Path) -> None:
    assert problems(rich_folder(tmp_path)) == []


@pytest.mark.parametrize(("change", "expected"), [*SECOND_SOURCES, *DRAWINGS])
def test_one_change_among_two_sources_gives_exactly_these_lines(
    tmp_path: Path, change: Change, expected: list[str]
) -> None:
    data = rich_folder(tmp_path)
    change(data)

    assert sorted(problems(data)) == sorted(expected)


def test_every_fault_of_shape_is_reported_at_once_in_order_of_file_and_line(data: Path) -> None:
    replace(data, "site.yml", "version: 1.2.3", "version: x")
    replace(data, HICCUPS, "each: 2-4 mg", "each: 9mgz")
    replace(data, HICCUPS, "name: Hiccups", "name:")
    replace(data, "conditions/hiccups.yml", "kind: illness", "kind: xyzzy")
    write(data, "terms/notes.txt", "A note.")
    write(data, "terms/empty.yml", "")

    assert problems(data) == [
        "data/conditions/hiccups.yml:2: kind must be one of illness, state or purpose (got"
        " 'xyzzy')",
        "data/regimens/hiccups.yml:1: name is blank: it must be given (see CURATING.md)",
        "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg' (got"
        " '9mgz')",
        "data/site.yml:7: version must be a version such as '0.1.0' (got 'x')",
        "data/terms/empty.yml:1: the file is empty: write one 'field: value' a line (CURATING.md)",
        f"data/terms/notes.txt:1: must be a .yml file in the folder of its kind{STRAY}",
    ]


def test_every_breach_of_a_rule_is_reported_at_once_in_order_of_file_and_line(data: Path) -> None:
    replace(data, HICCUPS, "each: 2-4 mg", "each: 2-5 mg")
    replace(data, HICCUPS, "length: 5-10 days", "length: 5-11 days")
    replace(data, HICCUPS, "study: hiccups", "study: xyzzy")
    replace(data, "claims/duration.yml", "value: ≤ 12 hours", "value: ≤ 13 hours")
    replace(data, LEAFLET, "    unused: A thank-you.\n", "")

    assert problems(data) == [
        "data/claims/duration.yml:7: figure '≤ 13 hours' is not in leaflet use.1.4"
        " (figures there: no longer than 12 hours)" + CITE,
        "data/regimens/hiccups.yml:6: figure '2-5 mg' is not in leaflet dosage.1.1 (figures"
        f" there: {DOSES})" + CITE,
        "data/regimens/hiccups.yml:10: figure '5-11 days' is not in leaflet dosage.1.1 (figures"
        f" there: {DOSES})" + CITE,
        "data/regimens/hiccups.yml:13: study must be a file in data/studies/ (got 'xyzzy'): make"
        " the file, or mend the id",
        "data/sources/leaflet.yml:64: safety.1.3 is cited by no record: cite it, or say why in"
        " 'unused:'",
    ]


def test_faults_of_shape_and_of_rule_are_reported_at_once(data: Path) -> None:
    replace(data, HICCUPS, "each: 2-4 mg", "each: 9mgz")
    replace(data, "claims/duration.yml", "value: ≤ 12 hours", "value: ≤ 13 hours")

    assert [line.partition(": ")[0] for line in problems(data)] == [
        "data/claims/duration.yml:7",
        "data/regimens/hiccups.yml:6",
    ]


_texts = [
    *(
        "''",
        "no",
        "not reported",
        "unclear",
        "[]",
        "{}",
        "[a, b]",
        "{a: b}",
        "{value: 1}",
        "{at: []}",
    ),
    *(
        "0 mg",
        "5 mg",
        "99 %",
        "1 week",
        "> 3 people",
        "leaflet use.1.1",
        "leaflet use.1.1-3",
        "x y.1.1",
    ),
    *(
        "{value: unclear, at: leaflet use.1.1}",
        "1999",
        "1960s",
        "0000-01-01",
        "hiccups",
        "oral",
        "12",
    ),
    *(
        "'9999999999999999999.9.9'",
        '"\\0"',
        "[[a]]",
        "[{value: a}]",
        "|\n  a\n  b",
        "not applicable",
        "1/2",
    ),
]


@given(st.data())
def test_any_change_of_a_line_is_accepted_or_named_one_line_each(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp() / "changed"
    shutil.rmtree(folder, ignore_errors=True)
    changed = rich_folder(folder)
    files = sorted(path.relative_to(changed).as_posix() for path in changed.rglob("*.yml"))
    name = data.draw(st.sampled_from(files))
    lines = read(changed, name).splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[number].partition(": ")
    if colon:
        lines[number] = f"{key}: {data.draw(st.sampled_from(_texts))}"
    else:
        del lines[number]
    write(changed, name, "\n".join(lines) + "\n")

    for line in problems(changed):
        assert re.match(r"data/[a-z/-]+\.yml:[1-9][0-9]*: \S", line)
        assert line.isprintable()


def test_the_table_names_every_sentence_of_the_invented_source(data: Path) -> None:
    assert all(f"at: {place}\n" in read(data, LEAFLET) for place in SENTENCES)
