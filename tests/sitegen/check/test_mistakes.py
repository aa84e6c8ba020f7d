"""Fifty mistakes of curators: what each is told, whole: file, line, what was read, what to do.

Each breaks one thing in a sound folder that is read once; whatever else a mistake breaks is told
too. A mistake that `build.py mend` can mend names that command, and is mended in `test_mend.py`.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sound import lines, read, replace, rich_folder, write

import sitegen
from curate import new_record

Change = Callable[[Path], object]

HICCUPS = "regimens/hiccups.yml"
TRIAL = "studies/trial.yml"
PAPER = "sources/paper.yml"
EVENT = "events/approval.yml"
DOSE = "data/regimens/hiccups.yml:6: each must be an amount such as '6 mg' or '2.5-5 mg'"
ABSENCES = "not reported, unclear, not applicable, none observed, not extracted"
MENDS = "; build.py mend does it"
_SENTENCE = "Do not take Examplin while asleep."
AN_ID = "must be an id of lower-case letters, digits and single hyphens"
NUMBER = "must be a number such as '{}' or a word of absence"
ALIASES = "'&' anchors and '*' aliases are not used: write the value out"
TODAY = datetime.date.today()
ARMS = """\
arms:
  - {id: drug, name: Drug, role: drug, participants: 30 people}
  - {id: other, name: Other, role: placebo, participants: 30 people}
"""
RESULT = """\
results:
  - outcome: Hiccups
    at: paper abstract.1.1
    by_arm: [{arm: drug, percentage: {value: 140 %}}]
"""
MERGED = "<<<<<<< HEAD\neach: 2-4 mg\n=======\neach: 3 mg\n>>>>>>> other"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, sitegen.SourceData]:
    """The sound folder, and what was read from it."""
    data = rich_folder(tmp_path_factory.mktemp("sound"))
    return data, sitegen.read(data)


@pytest.fixture
def data(sound: tuple[Path, sitegen.SourceData], tmp_path: Path) -> Path:
    return shutil.copytree(sound[0], tmp_path / "data")


def put(name: str, old: str, new: str) -> Change:
    return lambda data: replace(data, name, old, new)


def dose(written: str) -> Change:
    return put(HICCUPS, "each: 2-4 mg", f"each: {written}")


def move(old: str, new: str) -> Change:
    return lambda data: shutil.move(data / old, data / new)


def copy(old: str, new: str, *changes: tuple[str, str]) -> Change:
    """Copy a file under another name, with what is changed in it."""

    def make(data: Path) -> None:
        text = read(data, old)
        for was, becomes in changes:
            assert was in text
            text = text.replace(was, becomes)
        write(data, new, text)

    return make


def second_paper(title: str, pmid: str, doi: str) -> Change:
    """A second source that no record draws on, with a reason for each sentence."""
    unused = ("    gist:", "    unused: Not drawn on.\n    gist:")
    changes = [("Examplin in hiccups", title), ("12345678", pmid), ("10.1000/hiccups", doi)]
    return copy(PAPER, "sources/second.yml", unused, ("PMC1234567", "not reported"), *changes)


def unfinished(data: Path) -> None:
    kind = new_record.kind_named("caution")
    new_record.write(data, kind, "unfinished", {"name": "Unfinished"})


MISTAKES: dict[str, tuple[Change, list[str]]] = {
    # ---- the thirty that were tried -----------------------------------------------------------
    "mcg": (dose("250 mcg"), [f"{DOSE}: write '250 micrograms' (got '250 mcg'){MENDS}"]),
    "µg": (dose("250 µg"), [f"{DOSE}: write '250 micrograms' (got '250 µg'){MENDS}"]),
    "ug": (dose("250 ug"), [f"{DOSE}: write '250 micrograms' (got '250 ug'){MENDS}"]),
    "no space before a unit": (
        dose("250micrograms"),
        [f"{DOSE}: write '250 micrograms' (got '250micrograms'){MENDS}"],
    ),
    "a no-break space in an amount": (
        dose("2-4\u00a0mg"),
        [f"{DOSE}: write '2-4 mg', with one plain space (got '2-4\\xa0mg'){MENDS}"],
    ),
    "a dash in a range": (
        dose("2–4 mg"),
        [f"{DOSE}: write '2-4 mg', with a plain hyphen (got '2–4 mg'){MENDS}"],
    ),
    "a line indented by three": (
        put(HICCUPS, "    link: inferred", "   link: inferred"),
        [
            "data/regimens/hiccups.yml:14: this line is indented by 3, its neighbours by 4: give it"
            " as many spaces as the lines that it belongs to"
        ],
    ),
    "the marks of a merge": (
        put(HICCUPS, "each: 2-4 mg", MERGED),
        [
            "data/regimens/hiccups.yml:6: a marker that git leaves where two versions differ: keep"
            " the lines of one of them, and delete the lines with <<<<<<<, ======= and >>>>>>>"
        ],
    ),
    "an empty value": (
        dose(""),
        [
            "data/regimens/hiccups.yml:6: each is blank: write its value or a word of absence"
            f" ({ABSENCES})"
        ],
    ),
    "a list where one value belongs": (
        dose("[2 mg, 4 mg]"),
        [f"{DOSE} (got a list, where one value belongs)"],
    ),
    "no as a value": (
        dose("no"),
        [
            "data/regimens/hiccups.yml:6: 'no' is read as yes or no, and each takes an amount:"
            f" write what the source says, or a word of absence ({ABSENCES})"
        ],
    ),
    "a locator to no sentence": (
        put(HICCUPS, "leaflet dosage.1.1", "leaflet dosage.1.9"),
        [
            "data/regimens/hiccups.yml:4: at: leaflet has no sentence 'dosage.1.9'; in dosage there"
            " are: dosage.1.1 'Hiccups are treated with 2-4 mg, twice a day, for 5-10 days.';"
            " dosage.1.2 'Yawning is treated with 3 mg in 0.5 mL, 2-3 times, a week.'",
            "data/sources/leaflet.yml:44: dosage.1.1 is cited by no record: cite it, or say why in"
            " 'unused:'",
        ],
    ),
    "a locator to no section": (
        put(HICCUPS, "leaflet dosage.1.1", "leaflet dose.1.1"),
        [
            "data/regimens/hiccups.yml:4: at: leaflet has no sentence 'dose.1.1'; its sections:"
            " use, dosage, safety",
            "data/sources/leaflet.yml:44: dosage.1.1 is cited by no record: cite it, or say why in"
            " 'unused:'",
        ],
    ),
    "a record that others name is deleted": (
        lambda data: (data / "organisations/institute-of-yawns.yml").unlink(),
        [
            "data/people/nod.yml:4: 2 places in 2 files name 'institute-of-yawns', this the first"
            " (also data/substances/examplin.yml:13), and data/organisations/ has no such file:"
            " make the file, or mend each of them"
        ],
    ),
    "a record of another meaning has a like name": (
        lambda data: (
            copy("conditions/yawning.yml", "conditions/hypotension.yml")(data),
            replace(data, "conditions/hypotension.yml", "name: Yawning", "name: Hypotension"),
            replace(data, HICCUPS, "[hiccups]", "[hypertension]"),
        ),
        [
            "data/regimens/hiccups.yml:2: conditions must be a file in data/conditions/ (got"
            " 'hypertension'): make the file, or mend the id"
        ],
    ),
    "a source with the title of another": (
        second_paper("Examplin in Hiccups", "12345679", "10.1000/other"),
        [
            "data/sources/second.yml:1: title is that of data/sources/paper.yml too: delete one of"
            " the two sources, or mend what is wrong"
        ],
    ),
    "a source with the DOI of another": (
        second_paper("Another title", "12345679", "10.1000/HICCUPS"),
        [
            "data/sources/second.yml:21: doi is that of data/sources/paper.yml too: delete one of"
            " the two sources, or mend what is wrong"
        ],
    ),
    "a source with the PMID of another": (
        second_paper("Another title", "12345678", "10.1000/other"),
        [
            "data/sources/second.yml:19: pmid is that of data/sources/paper.yml too: delete one of"
            " the two sources, or mend what is wrong"
        ],
    ),
    "a copy of a record under another name": (
        copy(TRIAL, "studies/try.yml", ("name: Trial in hiccups", "name: A trial")),
        [
            "data/studies/try.yml:1: says what data/studies/trial.yml says: delete one of the"
            " two, or mend it"
        ],
    ),
    "a comma in braces without quotation marks": (
        put(
            HICCUPS, "people: not reported", "people: {value: Adults, asleep, at: leaflet use.1.1}"
        ),
        [
            "data/regimens/hiccups.yml:3: 'asleep' in braces has no value: a value with a comma"
            " needs quotation marks, and a field a colon and a space"
        ],
    ),
    "a field in braces without the space behind its colon": (
        put(HICCUPS, "people: not reported", "people: {value:Adults, at: leaflet use.1.1}"),
        [
            "data/regimens/hiccups.yml:3: 'value:Adults' in braces has no value: a value with a"
            " comma needs quotation marks, and a field a colon and a space"
        ],
    ),
    "a colon in a value in braces": (
        put(HICCUPS, "people: not reported", "people: {value: Adults: all, at: leaflet use.1.1}"),
        [
            "data/regimens/hiccups.yml:3: a second colon follows 'value:' in braces: put a comma"
            " between two fields, and a value with ': ' in quotation marks"
        ],
    ),
    "a comma for thousands in a list": (
        put("sources/leaflet.yml", '["40 patients", "10 days"]', "[40 patients, 4,000 days]"),
        [
            "data/sources/leaflet.yml:31: the comma in '4,000 days' makes two entries of it: put it"
            " in quotation marks"
        ],
    ),
    "a backslash in double quotation marks": (
        put(HICCUPS, "name: Hiccups", 'name: "Hiccups \\d"'),
        [
            'data/regimens/hiccups.yml:1: a backslash in " " must be written twice, or the text'
            " stand in single quotation marks"
        ],
    ),
    "a place without the number of the sentence": (
        put(HICCUPS, "at: leaflet dosage.1.1", "at: leaflet dosage.1"),
        [
            "data/regimens/hiccups.yml:4: at must name a sentence too, as the last number of"
            " 'leaflet dosage.5.1' (got 'leaflet dosage.1')"
        ],
    ),
    "an address without https": (
        put("sources/leaflet.yml", "address: not reported", "address: example.org/leaflet"),
        [
            "data/sources/leaflet.yml:11: address must be an address that begins with 'https://'"
            " and a host, or words (got 'example.org/leaflet')"
        ],
    ),
    "a sentence copied into its gist": (
        put("sources/leaflet.yml", "Nobody asleep should take it.", _SENTENCE),
        [
            "data/sources/leaflet.yml:55: gist is the sentence itself: say in your own words what"
            " it says"
        ],
    ),
    "a report twice in a tie": (
        put("ties/hiccups.yml", "[hiccups, trial]", "[hiccups, hiccups]"),
        ["data/ties/hiccups.yml:2: reports must name each report once ('hiccups' stands twice)"],
    ),
    "a point without a zero before it": (
        put("studies/hiccups.yml", "name: Patients with hiccups", "name: Patients on .5 mg"),
        [
            "data/studies/hiccups.yml:1: name must have a zero before the point: write '0.5', not"
            " '.5' (got 'Patients on .5 mg'); build.py mend does it"
        ],
    ),
    "a Cyrillic letter in a name": (
        put(HICCUPS, "name: Hiccups", "name: Hi\u0441cups"),
        [
            "data/regimens/hiccups.yml:1: name must not mix alphabets in a word (got 'Hi\u0441cups'"
            "); '\u0441' in it is U+0441 CYRILLIC SMALL LETTER ES, not 'c': type it again"
        ],
    ),
    "a Cyrillic letter in a unit": (
        dose("2-4 \u043cg"),
        [
            f"{DOSE}: '\u043cg' is no unit known here (got '2-4 \u043cg'); '\u043c' in it is U+043C"
            " CYRILLIC SMALL LETTER EM: type it again"
        ],
    ),
    "a year to come": (
        put(PAPER, "published: 2001-06", "published: 2152"),
        [f"data/sources/paper.yml:11: published is 2152, and today is {TODAY}: mend the year"],
    ),
    "an address with a slip": (
        put(PAPER, "address: https:", "address: htps:"),
        [
            "data/sources/paper.yml:12: address must be an address that begins with 'https://' and"
            " a host, or words (got 'htps://example.org/paper')"
        ],
    ),
    "a comment that cuts a text": (
        put(HICCUPS, "why: Same condition.", "why: Same condition # of two"),
        [
            "data/regimens/hiccups.yml:15: ' #' ends the value 'Same condition', and what follows"
            " is left out: put the value in quotes, or the comment on a line of its own"
        ],
    ),
    "a soft hyphen": (
        put(HICCUPS, "name: Hiccups", "name: Hic\u00adcups"),
        [
            "data/regimens/hiccups.yml:1: name must hold no control or text-direction characters"
            " (got 'Hic\\xadcups'); U+00AD SOFT HYPHEN stands behind 'Hic': delete it"
        ],
    ),
    "a zero-width space in an id": (
        put(HICCUPS, "[hiccups]", "[hic\u200bcups]"),
        [
            f"data/regimens/hiccups.yml:2: conditions {AN_ID}, the name of a file in"
            " data/conditions/ (got 'hic\\u200bcups'); U+200B ZERO WIDTH SPACE stands"
            " behind 'hic': delete it"
        ],
    ),
    "a name that Windows reserves": (
        copy("terms/syrup.yml", "terms/con.yml"),
        [
            "data/terms/con.yml:1: the file's name must be another word: no file on Windows can"
            " have this name"
        ],
    ),
    "a name that is a page of the site": (
        lambda data: (move(TRIAL, "studies/index.yml")(data), replace(data, *_TIE)),
        [
            "data/studies/index.yml:1: the file's name 'index' is not free: studies/index.html is"
            " published"
        ],
    ),
    "a bound without quotes": (
        put("claims/duration.yml", "value: ≤ 12 hours", "value: > 12 hours"),
        ['data/claims/duration.yml:7: the value needs quotation marks: write value: "> 12 hours"'],
    ),
    "a colon in a text": (
        put(HICCUPS, "why: Same condition.", "why: Same: condition."),
        [
            "data/regimens/hiccups.yml:15: the value needs quotation marks: write why:"
            ' "Same: condition."'
        ],
    ),
    # ---- twenty more --------------------------------------------------------------------------
    "a tab": (
        put(HICCUPS, "    link: inferred", "\tlink: inferred"),
        ["data/regimens/hiccups.yml:14: a tab stands where spaces must: indent with two spaces"],
    ),
    "curly quotes round a value": (
        dose("“2-4 mg”"),
        [f"{DOSE}: write '2-4 mg' (got '“2-4 mg”'); leave the quotation marks out{MENDS}"],
    ),
    "one value where a list belongs": (
        put(HICCUPS, "[hiccups]", "hiccups"),
        [
            "data/regimens/hiccups.yml:2: conditions must be a list, one '- value' a line, or"
            " '[hiccups]' (got 'hiccups')"
        ],
    ),
    "a field twice": (
        put(HICCUPS, "route: oral", "route: oral\nroute: oral"),
        ["data/regimens/hiccups.yml:6: 'route' stands twice, in lines 5 and 6: keep one of them"],
    ),
    "an anchor": (
        put(HICCUPS, "route: oral", "route: &r oral"),
        [f"data/regimens/hiccups.yml:5: {ALIASES}"],
    ),
    "a DOI with its address": (
        put(PAPER, "doi: ", "doi: https://doi.org/"),
        [
            f"data/sources/paper.yml:21: doi {NUMBER.format('10.1000/182')}: write"
            f" '10.1000/hiccups' (got 'https://doi.org/10.1000/hiccups'){MENDS}"
        ],
    ),
    "a PMID with its name": (
        put(PAPER, '"12345678"', "PMID 12345678"),
        [
            f"data/sources/paper.yml:19: pmid {NUMBER.format('12345678')}: write '12345678' (got"
            f" 'PMID 12345678'){MENDS}"
        ],
    ),
    "31 February": (
        put(EVENT, "1999-05-03", "1999-02-31"),
        [
            "data/events/approval.yml:3: when must be a day or month that the calendar has (got"
            " '1999-02-31')"
        ],
    ),
    "pages that fall": (
        put(PAPER, "pages: 11-9", "pages: 119-11"),
        [
            "data/sources/paper.yml:18: publication must have pages that rise: '119-11' is 119 to"
            " 111; mend the one that the source does not say"
        ],
    ),
    "a file in the folder of another kind": (
        lambda data: (
            move(TRIAL, "regimens/study.yml")(data),
            (data / "ties/hiccups.yml").unlink(),
        ),
        ["data/regimens/study.yml:1: holds the fields of another kind: move it to data/studies/"],
    ),
    "a file that ends with .yaml": (
        move("terms/syrup.yml", "terms/syrup.yaml"),
        [
            "data/terms/syrup.yaml:1: must be a .yml file in the folder of its kind: rename it"
            " 'syrup.yml'"
        ],
    ),
    "a file's name with capitals and spaces": (
        move("terms/syrup.yml", "terms/My Syrup.yml"),
        [f"data/terms/My Syrup.yml:1: the file's name {AN_ID}: rename it 'my-syrup.yml'"],
    ),
    "a record that names itself": (
        put("conditions/hiccups.yml", "kind: illness", "kind: illness\nbroader: hiccups"),
        ["data/conditions/hiccups.yml:3: broader must name another record than its own"],
    ),
    "a range that falls": (
        dose("5-2 mg"),
        [f"{DOSE}, the smaller number first (got '5-2 mg')"],
    ),
    "a percentage over 100": (
        put(TRIAL, "findings: []", ARMS + RESULT + "findings: []"),
        [
            "data/studies/trial.yml:6: participants is 30 people, but the arms are 30 people + 30"
            " people = 60 people: mend the one that the source does not say, or say in a note on"
            " participants why they do not add up, such as that the same people were in each arm",
            "data/studies/trial.yml:31: figure '140 %' is not in paper abstract.1.1 (figures there:"
            " 30 patients, 12 mg, twice a day, 2 weeks); mend it, or cite the sentence that has it;"
            " list it there only if that sentence prints it",
            "data/studies/trial.yml:31: percentage is 140 %, but the whole is 100 %: mend the one"
            " that the source does not say, or say why in a note on percentage",
        ],
    ),
    "arms above the total": (
        put(TRIAL, "findings: []", ARMS + "findings: []"),
        [
            "data/studies/trial.yml:6: participants is 30 people, but the arms are 30 people + 30"
            " people = 60 people: mend the one that the source does not say, or say in a note on"
            " participants why they do not add up, such as that the same people were in each arm"
        ],
    ),
    "a unit that there is none": (
        dose("2-4 zork"),
        [f"{DOSE}: 'zork' is no unit known here (got '2-4 zork')"],
    ),
    "a word of absence misspelt": (
        put(HICCUPS, "daily: not reported", "daily: not repotred"),
        [
            f"data/regimens/hiccups.yml:9: daily must be a value or exactly one of: {ABSENCES} (did"
            " you mean 'not reported'?) (got 'not repotred')"
        ],
    ),
    "a field of another kind": (
        put("cautions/sleep.yml", "at: leaflet", "frequency: common\nat: leaflet"),
        [
            "data/cautions/sleep.yml:3: the record must have frequency only where its kind is"
            " 'adverse effects': delete frequency, or mend the kind"
        ],
    ),
    "a new file that is not finished": (
        unfinished,
        [
            "data/cautions/unfinished.yml:13: kind is blank: write one of boxed warning,"
            " contraindication, warning, precaution, adverse effects, interaction, pregnancy,"
            " breast-feeding, driving, dependence, overdose",
            "data/cautions/unfinished.yml:16: at is blank: write where the source says so, such as"
            " 'leaflet dosage.5.1'",
            "data/cautions/unfinished.yml:19: says is blank: write its value or a word of absence"
            f" ({ABSENCES})",
        ],
    ),
}
_TIE = ("ties/hiccups.yml", "[hiccups, trial]", "[hiccups, index]")


def test_there_are_sixty() -> None:
    assert len(MISTAKES) == 60


@pytest.mark.parametrize("did", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_its_remedy(
    did: str, data: Path, sound: tuple[Path, sitegen.SourceData]
) -> None:
    change, expected = MISTAKES[did]
    change(data)

    with pytest.raises(sitegen.DataError) as caught:
        sitegen.read(data, before=sound[1], today=TODAY)

    assert lines(caught.value.problems) == expected


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (PAPER, "on: 2020-02-28", "on: 2152-02-28"),
        (EVENT, "when: 1999-05-03", "when: 2152-05-03"),
    ],
)
def test_nothing_was_seen_after_today_or_happens_far_ahead(
    name: str, old: str, new: str, data: Path, sound: tuple[Path, sitegen.SourceData]
) -> None:
    replace(data, name, old, new)

    with pytest.raises(sitegen.DataError, match=f"and today is {TODAY}: mend the year"):
        sitegen.read(data, before=sound[1], today=TODAY)


def test_an_issue_may_be_dated_ahead_by_some_months(
    data: Path, sound: tuple[Path, sitegen.SourceData]
) -> None:
    ahead = (TODAY.replace(day=1) + datetime.timedelta(days=200)).strftime("%Y-%m")
    replace(data, PAPER, "published: 2001-06", f"published: {ahead}")
    replace(data, PAPER, "on: 2020-02-28", f"on: {TODAY}")

    assert (
        sitegen.read(data, before=sound[1], today=TODAY).site.sources["paper"].published.value.text
        == ahead
    )


@pytest.mark.parametrize(
    "text", ["TNFα rose", "ΔFosB", "a µg", "антитела IgG", "α-рецептор", "β-blockers"]
)
def test_a_symbol_beside_letters_mixes_no_alphabets(
    text: str, data: Path, sound: tuple[Path, sitegen.SourceData]
) -> None:
    replace(data, HICCUPS, "name: Hiccups", f"name: {text}")

    sitegen.read(data, before=sound[1], today=TODAY)
