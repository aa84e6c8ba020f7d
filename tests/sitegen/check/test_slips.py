"""Slips that a tester made in the invented example: each with all that the check says of it.

Those of general interest stand in docs/messages.md, and are tried in tests/project/test_docs.py.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sound import lines, replace

import sitegen

EXAMPLE = Path(__file__).parents[3] / "examples" / "examplin" / "data"
DOSE = "regimens/paper.yml"
CLEAR = "regimens/example-clear.yml"
ARTICLE = "studies/winter-fatigue.yml"
PAPER = "studies/winter-fatigue-paper.yml"
TRIAL = "studies/winter-fatigue-trial.yml"
SOURCE = "sources/sample-1998.yml"
CHECK = "checks/length-winter-fatigue.yml"

CASES = {
    "the tag of Norwegian": (
        SOURCE,
        "language: ru",
        "language: no",
        [
            "data/sources/sample-1998.yml:9: 'no' can be read as something else: put it in"
            " quotation marks if it is meant",
        ],
    ),
    "a tilde": (
        PAPER,
        "dose: 4 mg",
        "dose: ~",
        [
            "data/studies/winter-fatigue-paper.yml:14: '~' is no value: write what the"
            " source says, or a word of absence (not reported, unclear, not applicable, none"
            " observed, not extracted)",
        ],
    ),
    "a Cyrillic letter in a part of a name": (
        SOURCE,
        "[Sample AB,",
        "[{family: Sаmple, given: Anna},",
        [
            "data/sources/sample-1998.yml:23: family must not mix alphabets in a word (got"
            " 'Sаmple'); 'а' in it is U+0430 CYRILLIC SMALL LETTER A, not 'a': type it again",
        ],
    ),
    "a dash and its field closed up to the value": (
        TRIAL,
        "- arm: dummy\n        events",
        "- arm:dummy\n        events",
        [
            "data/studies/winter-fatigue-trial.yml:107: a field and its value need a colon"
            " and a space between them (got '- arm:dummy')",
        ],
    ),
    "the space of a value left out in a line alone": (
        ARTICLE,
        "setting:\n  value: Exampleton General Hospital\n  at: example studies.1.1",
        "setting:\n  value:Exampleton General Hospital",
        [
            "data/studies/winter-fatigue.yml:18: setting must have a space behind the colon"
            " of 'value:' (got 'value:Exampleton General Hospital')",
        ],
    ),
    "a field twice in neighbouring lines": (
        PAPER,
        "dose: 4 mg",
        "dose: 4 mg\ndose: 4 mg",
        [
            "data/studies/winter-fatigue-paper.yml:15: 'dose' stands twice, in lines 14 and"
            " 15: keep one of them",
        ],
    ),
    "a remark behind a word of absence of an amount": (
        PAPER,
        "participants: 300 people",
        "participants: Not reported, abstract only",
        [
            "data/studies/winter-fatigue-paper.yml:7: participants must be 'not reported'"
            " alone: what follows it is a remark, and belongs to 'note:' (got 'Not reported,"
            " abstract only')",
        ],
    ),
    "tbc for a value": (
        PAPER,
        "losses: not extracted",
        "losses: tbc",
        [
            "data/studies/winter-fatigue-paper.yml:23: losses must be what the source says,"
            " and this only keeps its place: write 'not extracted' until the source is read"
            " for it (got 'tbc')",
        ],
    ),
    "see the paper, for a reason": (
        DOSE,
        "why: The abstract gives the dose of its own study.",
        "why: see the paper",
        [
            "data/regimens/paper.yml:16: why must be given: this only keeps its place (got"
            " 'see the paper')",
        ],
    ),
    "a name without initials": (
        SOURCE,
        "[Sample AB, van der Berg C, others]",
        "[Sample AB, Berg, et al.]",
        [
            "data/sources/sample-1998.yml:23: author must list names such as 'Family AB', or"
            " be a word of absence (got 'Berg')",
        ],
    ),
    "et al. behind a name alone": (
        SOURCE,
        "[Sample AB, van der Berg C, others]",
        "Sample AB et al.",
        [
            "data/sources/sample-1998.yml:23: author must list names such as 'Family AB', or"
            " be a word of absence, and 'others' as the last entry for 'et al.' (got 'Sample"
            " AB et al.')",
        ],
    ),
    "the frequency of a study in the dosage of an arm": (
        TRIAL,
        "        times: 2 per day",
        "        frequency: 2 per day",
        [
            "data/studies/winter-fatigue-trial.yml:66: frequency is not a field: 'times' is"
            " its name here",
        ],
    ),
    "a field of another kind beside the one it is here": (
        PAPER,
        "dose: 4 mg",
        "dose: 4 mg\neach: 4 mg",
        [
            "data/studies/winter-fatigue-paper.yml:15: each is a field of regimens, not of"
            " studies: 'dose' is its name here",
        ],
    ),
    "duration for length": (
        DOSE,
        "length: 10 days",
        "duration: 10 days",
        [
            "data/regimens/paper.yml:11: duration is not a field: 'length' is its name here",
        ],
    ),
    "a range in two units with a hyphen": (
        CLEAR,
        "length: 1 week",
        "length: 10 days-2 weeks",
        [
            "data/regimens/example-clear.yml:21: length must be an amount such as '1 week'"
            " or '5-10 days': nothing is computed here: write one unit and the numbers"
            " that the source prints, or a word of absence and a note (got '10 days-2 weeks')",
        ],
    ),
    "a range of micrograms to milligrams": (
        CLEAR,
        "each: 2-3 mg",
        "each: 500 micrograms to 1 mg",
        [
            "data/regimens/example-clear.yml:15: each must be an amount such as '6 mg' or"
            " '2.5-5 mg': nothing is computed here: write one unit and the numbers that"
            " the source prints, or a word of absence and a note (got '500 micrograms to 1"
            " mg')",
        ],
    ),
    "a notice before its source was published": (
        SOURCE,
        "on: 1999-02",
        "on: 1989-02",
        [
            "data/sources/sample-1998.yml:28: on is 1989-02, but published is 1998-04: mend"
            " the one that is wrong",
        ],
    ),
    "an address with a space": (
        SOURCE,
        "address: https://example.org/sample-1998",
        "address: https://example.org/sample 1998",
        [
            "data/sources/sample-1998.yml:32: address must be an address that begins with"
            " 'https://' and a host, or words, without spaces or marks around it; a remark"
            " on it follows in brackets (got 'https://example.org/sample 1998')",
        ],
    ),
    "an address in angle brackets": (
        SOURCE,
        "address: https://example.org/sample-1998",
        'address: "<https://example.org/sample-1998>"',
        [
            "data/sources/sample-1998.yml:32: address must be an address that begins with"
            " 'https://' and a host, or words, without spaces or marks around it; a remark"
            " on it follows in brackets (got '<https://example.org/sample-1998>')",
        ],
    ),
    "a letter for a digit in the number of a registry": (
        "substances/examplin.yml",
        "EX-1",
        "EX-l",
        [
            "data/substances/examplin.yml:34: figure 'EX-l' is not in sample-1998"
            " abstract.3.1 (figures there: C9H8O4, 180.16 g/mol, EX-1); 'EX-1' there is"
            " nearly the same: mend the one that is misread",
        ],
    ),
    "another number of a registry": (
        "substances/examplin.yml",
        "EX-1",
        "EX-2",
        [
            "data/substances/examplin.yml:34: figure 'EX-2' is not in sample-1998"
            " abstract.3.1 (figures there: C9H8O4, 180.16 g/mol, EX-1); 'EX-1' there is"
            " nearly the same: mend the one that is misread",
        ],
    ),
    "a figure beside one that a curator reads": (
        "cautions/sample-tea.yml",
        "2 hours",
        "3 hours",
        [
            "data/cautions/sample-tea.yml:12: figure 'At least 3 hours' is not in"
            " sample-1998 abstract.3.5 (figures there: не ранее чем через 2 часа (read as ≥"
            " 2 hours)); mend it, or cite the sentence that has it; list it there only if that"
            " sentence prints it",
        ],
    ),
    "two lengths": (
        DOSE,
        "length: 10 days",
        "length: 5 or 10 days",
        [
            "data/regimens/paper.yml:11: length must be an amount such as '1 week' or '5-10"
            " days': it is two amounts: write 'unclear', and each of them in 'readings:'"
            " (got '5 or 10 days')",
        ],
    ),
    "a letter for the nought before the point": (
        DOSE,
        "each: 4 mg",
        "each: O.5 mg",
        [
            "data/regimens/paper.yml:7: each must be an amount such as '6 mg' or '2.5-5 mg':"
            " 'O' in it is a letter: write the digit 0 (got 'O.5 mg')",
        ],
    ),
    "every other day": (
        DOSE,
        "times: 2 per day",
        "times: every other day",
        [
            "data/regimens/paper.yml:9: times must be an amount such as '2 per day' or, for"
            " a single administration, '1 time': it is a time between doses: write"
            " 'interval: 2 days' and 'times: not applicable' in a regimen; in a study, which"
            " has no interval, how many a day, if the source says so (got 'every other day')",
        ],
    ),
    "at bedtime": (
        DOSE,
        "times: 2 per day",
        "times: at bedtime",
        [
            "data/regimens/paper.yml:9: times must be an amount such as '2 per day' or, for"
            " a single administration, '1 time': when in the day doses are given belongs to"
            " 'when:', or to 'parts_of_day:' where they differ; times is how many a day, if"
            " the source says so (got 'at bedtime')",
        ],
    ),
    "every six hours in digits": (
        DOSE,
        "times: 2 per day",
        "times: every 6 hours",
        [
            "data/regimens/paper.yml:9: times must be an amount such as '2 per day' or, for"
            " a single administration, '1 time': it is a time between doses: write"
            " 'interval: 6 hours' and 'times: not applicable' in a regimen; in a study,"
            " which has no interval, how many a day, if the source says so (got 'every 6"
            " hours')",
        ],
    ),
    "every six hours in words": (
        DOSE,
        "times: 2 per day",
        "times: every six hours",
        [
            "data/regimens/paper.yml:9: times must be an amount such as '2 per day' or, for"
            " a single administration, '1 time': it is a time between doses: write"
            " 'interval: …' and 'times: not applicable' in a regimen; in a study, which has"
            " no interval, how many a day, if the source says so (got 'every six hours')",
        ],
    ),
    "two fields on a line behind a comma": (
        DOSE,
        "times: 2 per day\ndaily: not extracted",
        "times: 2 per day, daily: not extracted",
        [
            "data/regimens/paper.yml:9: 'daily:' begins another field: put it on a line of"
            " its own, or the whole value in quotation marks if it is text",
        ],
    ),
    "a place without its first point": (
        DOSE,
        "at: sample-1998 abstract.1.1",
        "at: sample-1998 abstract 1.1",
        [
            "data/regimens/paper.yml:5: at must be a source and a place such as 'leaflet"
            " dosage.5.1': write 'sample-1998 abstract.1.1' (got 'sample-1998 abstract 1.1')",
        ],
    ),
    "a comma behind the source": (
        DOSE,
        "at: sample-1998 abstract.1.1",
        "at: sample-1998, abstract.1.1",
        [
            "data/regimens/paper.yml:5: at must be a source and a place such as 'leaflet"
            " dosage.5.1': write 'sample-1998 abstract.1.1' (got 'sample-1998, abstract.1.1')",
        ],
    ),
    "a list without brackets before a comment": (
        ARTICLE,
        "at: [example studies.1.1, example studies.1.2]",
        "at: example studies.1.1, example studies.1.2",
        [
            "data/studies/winter-fatigue.yml:4: ' #' ends the value 'example studies.1.1,"
            " example studies.1.2', and what follows is left out: put the value in quotes,"
            " or in square brackets if it is a list, or the comment on a line of its own",
        ],
    ),
    "ids without brackets before a comment": (
        ARTICLE,
        "conditions: [winter-fatigue]",
        "conditions: winter-fatigue, pregnancy",
        [
            "data/studies/winter-fatigue.yml:3: conditions must be a list, one '- value' a line,"
            " or '[winter-fatigue, pregnancy]' (got 'winter-fatigue, pregnancy')",
        ],
    ),
    "a reader’s word for a field in a check": (
        CHECK,
        "example-clear length",
        "example-clear duration",
        [
            "data/checks/length-winter-fatigue.yml:21: inputs must name values of records"
            " (got 'regimens/example-clear duration') (did you mean 'length'?)",
        ],
    ),
    "an arm twice": (
        TRIAL,
        "  - id: dummy",
        "  - id: drug",
        [
            "data/studies/winter-fatigue-trial.yml:69: the record must give each arm an id"
            " of its own ('drug' stands twice)",
        ],
    ),
    "an arm twice in a result": (
        TRIAL,
        "      - arm: dummy\n        events",
        "      - arm: drug\n        events",
        [
            "data/studies/winter-fatigue-trial.yml:107: the record must give each arm one"
            " line in a result ('drug' stands twice)",
        ],
    ),
    "a sentence twice": (
        SOURCE,
        "  - at: abstract.1.2",
        "  - at: abstract.1.1",
        [
            "data/sources/sample-1998.yml:56: the record must list each sentence once"
            " (abstract.1.1 more than once)",
        ],
    ),
    "a section misspelt": (
        SOURCE,
        "  - at: abstract.1.2",
        "  - at: abstrct.1.2",
        [
            "data/sources/sample-1998.yml:56: the record must list the section of every"
            " sentence (abstrct.1.2 has none) (did you mean 'abstract'?)",
        ],
    ),
    "how long in a dose": (
        CLEAR,
        "each: 2-3 mg",
        "each: 4 mg for 10 days",
        [
            "data/regimens/example-clear.yml:15: each must be an amount such as '6 mg' or"
            " '2.5-5 mg': how long ('10 days') belongs to 'length:' (got '4 mg for 10 days')",
        ],
    ),
    "an amount an hour": (
        CLEAR,
        "each: 2-3 mg",
        "each: 5 mg/hour",
        [
            "data/regimens/example-clear.yml:15: each must be an amount such as '6 mg' or"
            " '2.5-5 mg': an amount an hour belongs to 'rate:' (got '5 mg/hour')",
        ],
    ),
    "an l for a one": (
        CLEAR,
        "each: 2-3 mg",
        "each: l0 mg",
        [
            "data/regimens/example-clear.yml:15: each must be an amount such as '6 mg' or"
            " '2.5-5 mg': 'l' in it is a letter: write the digit 1 (got 'l0 mg')",
        ],
    ),
    "two letters for noughts": (
        PAPER,
        "participants: 300 people",
        "participants: 3OO people",
        [
            "data/studies/winter-fatigue-paper.yml:7: participants must be an amount such as"
            " '30 people', '> 300 people' or '24 animals': 'O' in it is a letter: write the"
            " digit 0 (got '3OO people')",
        ],
    ),
    "two frequencies": (
        CLEAR,
        "times: 2 per day",
        "times: 2 per day or 3 per day",
        [
            "data/regimens/example-clear.yml:18: times must be an amount such as '2 per day'"
            " or, for a single administration, '1 time': it is two amounts: write 'unclear',"
            " and each of them in 'readings:' (got '2 per day or 3 per day')",
        ],
    ),
    "every two weeks": (
        CLEAR,
        "times: 2 per day",
        "times: every 2 weeks",
        [
            "data/regimens/example-clear.yml:18: times must be an amount such as '2 per day'"
            " or, for a single administration, '1 time': it is a time between doses: write"
            " 'interval: 2 weeks' and 'times: not applicable' in a regimen; in a study,"
            " which has no interval, how many a day, if the source says so (got 'every 2"
            " weeks')",
        ],
    ),
    "q2w": (
        CLEAR,
        "times: 2 per day",
        "times: q2w",
        [
            "data/regimens/example-clear.yml:18: times must be an amount such as '2 per day'"
            " or, for a single administration, '1 time': it is a time between doses: write"
            " 'interval: 2 weeks' and 'times: not applicable' in a regimen; in a study,"
            " which has no interval, how many a day, if the source says so (got 'q2w')",
        ],
    ),
    "how often, and with meals": (
        CLEAR,
        "times: 2 per day",
        "times: twice a day with meals",
        [
            "data/regimens/example-clear.yml:18: times must be an amount such as '2 per day'"
            " or, for a single administration, '1 time': when in the day doses are given"
            " belongs to 'when:', or to 'parts_of_day:' where they differ; times is how many"
            " a day, if the source says so (got 'twice a day with meals')",
        ],
    ),
    "every third day": (
        CLEAR,
        "times: 2 per day",
        "times: every third day",
        [
            "data/regimens/example-clear.yml:18: times must be an amount such as '2 per day'"
            " or, for a single administration, '1 time': it is a time between doses: write"
            " 'interval: …' and 'times: not applicable' in a regimen; in a study, which has"
            " no interval, how many a day, if the source says so (got 'every third day')",
        ],
    ),
    "a dash and its field closed up in the first line of an entry": (
        CLEAR,
        "  - study: winter-fatigue",
        "  - study:winter-fatigue",
        [
            "data/regimens/example-clear.yml:26: a field and its value need a colon and a"
            " space between them (got '- study:winter-fatigue')",
        ],
    ),
    "the only dash of a list left out": (
        ARTICLE,
        "  - says: 62 %",
        "    says: 62 %",
        [
            "data/studies/winter-fatigue.yml:51: findings must be a list, one '- value' a"
            " line: '- ' begins each entry, before its first field",
        ],
    ),
    "the place of a value not indented": (
        ARTICLE,
        "  at: example studies.1.2\nroute:",
        "at: example studies.1.2\nroute:",
        [
            "data/studies/winter-fatigue.yml:32: 'at' stands twice, in lines 4 and 32: if"
            " the second belongs to 'length:' of line 30, indent it below that; else keep"
            " one of them",
        ],
    ),
    "none": (
        PAPER,
        "losses: not extracted",
        "losses: none",
        [
            "data/studies/winter-fatigue-paper.yml:23: losses must be a value or exactly one"
            " of: 'not extracted' if nobody read the source for it, 'not reported' if the"
            " source was read for it and does not say, 'unclear' if what it says can be read"
            " in several ways, 'not applicable' if the question does not arise, 'none"
            " observed' if the source says that nothing was seen (got 'none')",
        ],
    ),
    "a dash behind a word of absence": (
        PAPER,
        "losses: not extracted",
        "losses: unclear - see note",
        [
            "data/studies/winter-fatigue-paper.yml:23: losses must be 'unclear' alone: what"
            " follows it is a remark, and belongs to 'note:' (got 'unclear - see note')",
        ],
    ),
    "none observed, with a remark": (
        PAPER,
        "losses: not extracted",
        "losses: None observed, in either group",
        [
            "data/studies/winter-fatigue-paper.yml:23: losses must be 'none observed' alone:"
            " what follows it is a remark, and belongs to 'note:' (got 'None observed, in"
            " either group')",
        ],
    ),
    "a volume in Roman numerals with its name": (
        SOURCE,
        'volume: "12"',
        "volume: Volume XII",
        [
            "data/sources/sample-1998.yml:37: volume must be the number alone: write 'XII'"
            " (got 'Volume XII'); build.py mend does it",
        ],
    ),
    "two issues with their name": (
        SOURCE,
        'issue: "3"',
        "issue: No. 3-4",
        [
            "data/sources/sample-1998.yml:38: issue must be the number alone: write '3-4'"
            " (got 'No. 3-4'); build.py mend does it",
        ],
    ),
}

SOUND = {
    "a text that begins like a word of absence": (
        PAPER,
        "losses: not extracted",
        "losses: unclear whether anybody was lost",
    ),
    "an article that its journal numbers with a letter": (SOURCE, "pages: 101-109", "pages: p101"),
    "pages of a supplement": (SOURCE, "pages: 101-109", "pages: S101-S109"),
    "a supplement for an issue": (SOURCE, 'issue: "3"', "issue: Suppl 2"),
    "two figures that a date has": (
        SOURCE,
        "figures: [24 hours]",
        'figures: [24 hours, "May 4", "1994"]',
    ),
    "a remark in brackets behind an address": (
        SOURCE,
        "\naddress: https://example.org/sample-1998",
        "\naddress: https://example.org/sample-1998 (page 3)",
    ),
    "the address of the DOI in other letters": (
        SOURCE,
        "\naddress: https://example.org/sample-1998",
        "\naddress: https://doi.org/10.1000/Examplin.1998",
    ),
    "a contraindication whose whole kind is denied": (
        "cautions/headache.yml",
        "related:",
        "stance: denied\nrelated:",
    ),
    "a source seen in the year before its issue": (SOURCE, "on: 2026-01-30", "on: 1997-12"),
    "an address in words": (
        SOURCE,
        "\naddress: https://example.org/sample-1998",
        "\naddress: not linked, in the library",
    ),
}


def rename(old: str, new: str) -> Callable[[Path], object]:
    return lambda data: shutil.move(data / old, data / new)


def copy(old: str, new: str) -> Callable[[Path], object]:
    return lambda data: shutil.copy(data / old, data / new)


FILES = {
    "a source is renamed": (
        rename(SOURCE, "sources/sample-1998a.yml"),
        [
            "data/cautions/drowsiness.yml:8: 44 places in 23 files name 'sample-1998', this the"
            " first, and data/sources/ has no such file: if it is now 'sample-1998a', which nothing"
            " names, give that file the old name, or write the new id in each"
        ],
    ),
    "a source is copied": (
        copy(SOURCE, "sources/second.yml"),
        [
            "data/sources/second.yml:1: says what data/sources/sample-1998.yml says: delete one of"
            " the two, or mend it"
        ],
    ),
    "a source is copied to a name before its own": (
        copy(SOURCE, "sources/a-copy.yml"),
        [
            "data/sources/sample-1998.yml:1: says what data/sources/a-copy.yml says: delete one of"
            " the two, or mend it"
        ],
    ),
    "a study is moved to the regimens": (
        rename(ARTICLE, "regimens/winter-fatigue.yml"),
        [
            "data/regimens/winter-fatigue.yml:1: holds the fields of another kind: move it to"
            " data/studies/"
        ],
    ),
}


@pytest.fixture(scope="module")
def before() -> sitegen.SourceData:
    """What was read from the example."""
    return sitegen.read(EXAMPLE)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "data")


def said(data: Path, before: sitegen.SourceData) -> list[str]:
    """Return what the check says of a folder."""
    with pytest.raises(sitegen.DataError) as caught:
        sitegen.read(data, before=before, today=datetime.date.today())
    return lines(caught.value.problems)


@pytest.mark.parametrize("did", CASES)
def test_a_slip_is_told_with_its_line_and_its_remedy(
    did: str, data: Path, before: sitegen.SourceData
) -> None:
    name, old, new, expected = CASES[did]
    replace(data, name, old, new)

    assert said(data, before) == expected


@pytest.mark.parametrize("did", SOUND)
def test_what_only_looks_like_a_slip_is_sound(
    did: str, data: Path, before: sitegen.SourceData
) -> None:
    replace(data, *SOUND[did])

    sitegen.read(data, before=before, today=datetime.date.today())


@pytest.mark.parametrize("what", FILES)
def test_what_follows_from_a_file_in_the_wrong_place_is_not_told(
    what: str, data: Path, before: sitegen.SourceData
) -> None:
    change, expected = FILES[what]
    change(data)

    assert said(data, before) == expected


def test_reports_that_several_ties_make_one_study_are_not_kept_apart(
    data: Path, before: sitegen.SourceData
) -> None:
    tie = (data / "ties/winter-fatigue.yml").read_text("utf-8")
    other = tie.replace("[winter-fatigue, winter-fatigue-paper]", "[winter-fatigue, {}]")
    (data / "ties/second.yml").write_text(other.format("winter-fatigue-other"), "utf-8")

    [line] = said(data, before)

    assert line == (
        "data/ties/same-number.yml:3: reports keeps 'winter-fatigue-paper' and"
        " 'winter-fatigue-other' apart, but they are one study by data/ties/winter-fatigue.yml and"
        " data/ties/second.yml: mend or delete one of these ties"
    )
