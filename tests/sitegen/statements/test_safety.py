"""What sources report and deny on safety: grouped by subject, counted, and said as it is."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from sound import FILES, MORE, read, replace, rich_folder, write

from sitegen.derive import safety
from sitegen.derive.agreement import of_cautions
from sitegen.derive.completeness import with_harms
from sitegen.derive.relations import Relations
from sitegen.derive.safety import harms_not_cautioned
from sitegen.derive.support import tensions
from sitegen.model import BANDS, CAUTION_KINDS, TOPIC_OF
from sitegen.read.load import load
from sitegen.statements.conditions import condition_line, linked_studies
from sitegen.statements.coverage import Facets, coverage, facets
from sitegen.statements.safety import (
    TITLES,
    cell_line,
    contradiction_line,
    counts_line,
    denial_line,
    denial_remark,
    denial_subject,
    frequency_line,
    harms_line,
    listing_line,
    meeting_line,
    reports_on_harms,
)
from sitegen.statements.unreported import kinds_shown, silence_line, unrecorded_line

SLEEP, SLEEP_PAPER, PAPER = "cautions/sleep.yml", "cautions/sleep-paper.yml", "sources/paper.yml"
NONE = "says: none observed\ndetail: Nothing was seen."
TEXT = "says: It happened"
PARTS = "effect: not reported, management: not reported, severity: not reported"
STANDING_ALONE = ("contraindication", "adverse effects", "interaction", "dependence", "overdose")
"""The kinds of which no statement is filed under another kind."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The rich folder, without its cautions."""
    folder = rich_folder(tmp_path)
    for name in (SLEEP, SLEEP_PAPER):
        (folder / name).unlink()
    return folder


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def caution(data: Path, id: str, kind: str, *lines: str, at: str = "leaflet safety.1.1") -> None:
    """Write a caution; the lines are those below its kind."""
    text = "\n".join([f"name: Name of {id}", f"kind: {kind}", f"at: {at}", *lines, ""])
    write(data, f"cautions/{id}.yml", text)


def in_paper(data: Path, id: str, kind: str, *lines: str) -> None:
    caution(data, id, kind, *lines, at="paper abstract.1.4")


def groups(known: Relations) -> list[tuple[str, list[str]]]:
    return [
        (group.name, [caution.id for caution in group.cautions])
        for group in safety.caution_groups(known)
    ]


def denied(known: Relations) -> list[tuple[str, str | None, list[str]]]:
    return [
        (denial.kind, denial.subject, [caution.id for caution in denial.cautions])
        for denial in safety.denials(known)
    ]


# ---- what is reported, denied, or neither -------------------------------------------------------


@pytest.mark.parametrize("kind", CAUTION_KINDS)
@pytest.mark.parametrize(
    ("says", "stance", "reported", "denies"),
    [
        (TEXT, "reported", True, False),
        (TEXT, "denied", False, True),
        (NONE, "reported", False, True),
        (NONE, "denied", False, True),
        *product(
            [f"says: {word}" for word in ("not reported", "not extracted", "not applicable")],
            ["reported", "denied"],
            [False],
            [False],
        ),
    ],
)
def test_a_caution_is_reported_denied_or_neither(
    data: Path, kind: str, says: str, stance: str, reported: bool, denies: bool
) -> None:
    caution(data, "a", kind, f"stance: {stance}", says)

    known = relations(data)

    assert bool(groups(known)) is reported
    assert bool(denied(known)) is denies


@pytest.mark.parametrize("kind", CAUTION_KINDS)
def test_denials_of_different_kinds_are_never_merged(data: Path, kind: str) -> None:
    for number, other in enumerate(CAUTION_KINDS):
        caution(data, f"a{number}", other, NONE)
    in_paper(data, "b", kind, NONE)

    assert sorted(ids for _, _, ids in denied(relations(data))) == sorted(
        [f"a{number}", "b"] if other == kind else [f"a{number}"]
        for number, other in enumerate(CAUTION_KINDS)
    )


def test_denials_of_different_subjects_are_never_merged(data: Path) -> None:
    caution(data, "a", "adverse effects", NONE)
    in_paper(data, "b", "adverse effects", "subject: rash", NONE)

    assert denied(relations(data)) == [
        ("adverse effects", None, ["a"]),
        ("adverse effects", "rash", ["b"]),
    ]


@pytest.mark.parametrize(
    ("denial", "report", "counts"),
    [
        pytest.param("", "", False, id="a whole kind, and a report of it"),
        pytest.param("", "subject: rash", False, id="a whole kind, and one effect of it"),
        pytest.param("subject: rash", "subject: Rash", False, id="the same subject"),
        pytest.param("subject: rash", "subject: fever", True, id="another subject"),
        pytest.param("subject: rash", "", True, id="a subject, and a report of no known one"),
    ],
)
def test_a_source_that_reports_what_it_denies_is_no_claim_of_none(
    data: Path, denial: str, report: str, counts: bool
) -> None:
    caution(data, "a", "adverse effects", *filter(None, [denial]), NONE)
    caution(data, "b", "adverse effects", *filter(None, [report]), TEXT)
    known = relations(data)

    assert bool(denied(known)) is counts
    assert bool(contradiction_line(known, known.site.cautions["a"])) is not counts
    assert contradiction_line(known, known.site.cautions["b"]) is None


def test_a_report_of_another_source_or_kind_leaves_a_claim_of_none(data: Path) -> None:
    caution(data, "a", "overdose", NONE)
    caution(data, "b", "adverse effects", TEXT)
    in_paper(data, "c", "overdose", TEXT)

    assert denied(relations(data)) == [("overdose", None, ["a"])]


def test_the_method_is_said_to_be_missing_only_where_nothing_was_seen(data: Path) -> None:
    caution(data, "a", "overdose", NONE)
    caution(data, "b", "dependence", "stance: denied", TEXT)

    lines = {denial.kind: denial_line(denial) for denial in safety.denials(relations(data))}

    assert lines == {
        "overdose": "none reported (method not recorded)",
        "dependence": "claimed not to occur",
    }


# ---- grouped and counted by subject ------------------------------------------------------------


def test_one_name_is_not_one_subject(data: Path) -> None:
    caution(data, "a", "adverse effects", TEXT)
    in_paper(data, "b", "adverse effects", TEXT)
    replace(data, "cautions/b.yml", "Name of b", "Name of a")

    assert groups(relations(data)) == [("Name of a", ["a"]), ("Name of a", ["b"])]


def test_one_subject_is_counted_once(data: Path) -> None:
    caution(data, "a", "adverse effects", "subject: rash", TEXT)
    in_paper(data, "b", "adverse effects", "subject: Rash", TEXT)

    known = relations(data)

    assert groups(known) == [("Rash", ["a", "b"])]
    assert counts_line(known) == "1 adverse effect reported"


def test_a_record_that_names_two_conditions_is_listed_under_each(data: Path) -> None:
    caution(data, "a", "contraindication", "conditions: [hiccups, yawning]", TEXT)
    in_paper(data, "b", "contraindication", "conditions: [yawning]", TEXT)

    assert groups(relations(data)) == [("Hiccups", ["a"]), ("Yawning", ["a", "b"])]


def test_whom_an_adverse_effect_concerns_is_not_its_subject(data: Path) -> None:
    caution(data, "a", "adverse effects", "conditions: [hiccups]", TEXT)
    in_paper(data, "b", "adverse effects", "conditions: [hiccups]", TEXT)

    assert [ids for _, ids in groups(relations(data))] == [["a"], ["b"]]


def test_everything_is_counted_as_what_it_is(data: Path) -> None:
    assert counts_line(relations(data)) == (
        "no contraindication, adverse effect or interaction is in the records"
    )

    caution(data, "a", "contraindication", "conditions: [hiccups]", TEXT)
    in_paper(data, "b", "contraindication", "conditions: [hiccups, yawning]", TEXT)
    caution(data, "c", "interaction", TEXT)
    caution(data, "d", "dependence", NONE)
    in_paper(data, "e", "overdose", TEXT)
    caution(data, "f", "overdose", "says: not extracted")

    assert counts_line(relations(data)) == (
        "2 contraindications, 1 interaction, 1 report of overdose, 1 claim of none"
    )


# ---- which source lists what --------------------------------------------------------------------


BROADER = (
    "related: [{condition: yawning, how: broader, why: It names all that is done with the mouth.}]"
)


def read_for(data: Path, *topics: str) -> None:
    replace(data, PAPER, "read: abstract\n", f"read: abstract\nread_for: [{', '.join(topics)}]\n")


def listing(known: Relations) -> dict[str, tuple[dict[str, str], str]]:
    return {
        row.name: (
            {entry.source.id: entry.listing.value for entry in row.by_source},
            listing_line(row),
        )
        for row in safety.contraindications(known)
    }


@pytest.mark.parametrize(
    ("leaflet", "paper", "topics", "places", "line"),
    [
        pytest.param(
            "conditions: [yawning]",
            "conditions: [yawning]",
            ["contraindications"],
            ("listed", "listed"),
            "2 of 2 sources read for contraindications list it",
            id="both list it",
        ),
        pytest.param(
            "conditions: [yawning]",
            "conditions: [hiccups]",
            ["contraindications"],
            ("listed", "not listed"),
            "1 of 2 sources read for contraindications lists it",
            id="one read for it does not list it",
        ),
        pytest.param(
            "conditions: [yawning]",
            "conditions: [hiccups]",
            ["dosage"],
            ("listed", "not read for this"),
            "The one source read for contraindications lists it",
            id="one read for something else says nothing",
        ),
        pytest.param(
            "conditions: [hiccups]",
            "conditions: [yawning]",
            ["dosage"],
            ("not listed", "listed"),
            "Listed by 1 source not read to the end for contraindications; the one that was does"
            " not list it",
            id="only one that was not read for it lists it",
        ),
        pytest.param(
            "conditions: [yawning]",
            BROADER,
            ["contraindications"],
            ("listed", "broader"),
            "1 of 2 sources read for contraindications lists it;"
            " 1 source names something broader: Name of b",
            id="one names something broader",
        ),
        *(
            pytest.param(
                "conditions: [yawning]",
                BROADER.replace("broader", how),
                ["contraindications"],
                ("listed", how),
                "1 of 2 sources read for contraindications lists it;"
                f" 1 source names something {how}: Name of b",
                id=f"one names something {how}",
            )
            for how in ("narrower", "overlapping")
        ),
        pytest.param(
            "conditions: [yawning]",
            "conditions: [yawning]\ntexts: part",
            ["contraindications"],
            ("listed", "listed in part of the texts"),
            "1 of 2 sources read for contraindications lists it;"
            " 1 source lists it in part of the texts",
            id="one lists it in part of its texts",
        ),
        pytest.param(
            "conditions: [hiccups]",
            "conditions: [yawning]\ntexts: part",
            ["contraindications"],
            ("not listed", "listed in part of the texts"),
            "1 of 2 sources read for contraindications lists it, in part of the texts",
            id="the only one lists it in part of its texts",
        ),
        pytest.param(
            "conditions: [yawning]\ntexts: part",
            "conditions: [yawning]",
            ["dosage"],
            ("listed in part of the texts", "listed"),
            "The one source read for contraindications lists it, in part of the texts;"
            " 1 source not read for contraindications lists it",
            id="one lists it in part of its texts, and one was not read for it",
        ),
        pytest.param(
            BROADER,
            "conditions: [hiccups]",
            ["contraindications"],
            ("broader", "not listed"),
            "None of 2 sources read for contraindications lists it;"
            " 1 source names something broader: Name of a",
            id="nothing but something broader",
        ),
    ],
)
def test_a_source_lists_a_contraindication_leaves_it_out_or_was_not_read_for_it(
    data: Path, leaflet: str, paper: str, topics: list[str], places: tuple[str, str], line: str
) -> None:
    caution(data, "a", "contraindication", leaflet, TEXT)
    in_paper(data, "b", "contraindication", paper, TEXT)
    read_for(data, *topics)

    found, said = listing(relations(data))["Yawning"]

    assert (found["leaflet"], found["paper"], said) == (*places, line)


def test_without_a_source_read_for_it_no_denominator_is_given(data: Path) -> None:
    in_paper(data, "b", "contraindication", "conditions: [yawning]", TEXT)
    replace(data, "sources/leaflet.yml", "read: full text", "read: abstract")

    assert listing(relations(data))["Yawning"][1] == (
        "1 source not read for contraindications lists it"
    )


def test_a_cell_says_that_a_source_that_lists_something_was_not_read_to_the_end(
    data: Path,
) -> None:
    in_paper(data, "b", "contraindication", "conditions: [yawning]", TEXT)
    known = relations(data)
    [row] = safety.contraindications(known)

    assert {entry.source.id: cell_line(entry.listing, entry.source) for entry in row.by_source} == {
        "paper": "listed (source not read to the end for this)",
        "leaflet": "not listed",
    }


def test_every_kind_has_a_title_a_count_and_a_topic(data: Path) -> None:
    for kind in CAUTION_KINDS:
        caution(data, kind.replace(" ", "-"), kind, TEXT)
    known = relations(data)

    assert list(TITLES) == list(TOPIC_OF) == list(CAUTION_KINDS)
    assert counts_line(known).count("1 ") == len(CAUTION_KINDS)
    assert counts_line(known).startswith("1 boxed warning, 1 contraindication")
    assert [found.kind for found in known.cautions] == list(CAUTION_KINDS)
    assert kinds_shown(known) == CAUTION_KINDS
    assert unrecorded_line(known) is None


def test_kinds_that_may_be_under_another_heading_are_named_together(data: Path) -> None:
    known = relations(data)

    assert kinds_shown(known) == STANDING_ALONE
    assert unrecorded_line(known) == (
        "Nothing is recorded as a boxed warning, as a warning, as a precaution, on pregnancy, on"
        " breast-feeding or on driving."
    )


RULED_OUT = f"name: {{subject}}\nkind: contraindication\nat: leaflet safety.1.1\n{TEXT}\n"


@pytest.mark.parametrize(
    ("subjects", "also", "line"),
    [
        (
            ["Pregnancy"],
            [],
            "Nothing is recorded as a boxed warning, as a warning, as a precaution, on"
            " breast-feeding or on driving. Pregnancy: see Contraindications.",
        ),
        (
            ["Pregnancy", "Breast-feeding"],
            [],
            "Nothing is recorded as a boxed warning, as a warning, as a precaution or on driving."
            " Pregnancy and breast-feeding: see Contraindications.",
        ),
        (
            ["Breast-feeding"],
            ["boxed warning", "warning", "precaution", "pregnancy", "driving"],
            "Breast-feeding: see Contraindications.",
        ),
        (
            ["Breast-feeding"],
            ["breast-feeding", "pregnancy"],
            "Nothing is recorded as a boxed warning, as a warning, as a precaution or on driving.",
        ),
    ],
)
def test_a_kind_that_a_contraindication_is_about_is_not_said_to_be_missing(
    data: Path, subjects: list[str], also: list[str], line: str
) -> None:
    for subject in subjects:
        write(data, f"cautions/{subject.lower()}.yml", RULED_OUT.format(subject=subject))
    for kind in also:
        caution(data, kind.replace(" ", "-"), kind, TEXT)

    assert unrecorded_line(relations(data)) == line


@pytest.mark.parametrize("kind", sorted({*CAUTION_KINDS} - {*STANDING_ALONE}))
@pytest.mark.parametrize("full_text", [True, False])
def test_no_source_is_said_to_report_none_of_what_another_kind_may_hold(
    data: Path, kind: str, full_text: bool
) -> None:
    if not full_text:
        replace(data, "sources/leaflet.yml", "read: full text", "read: abstract")

    assert silence_line(relations(data), kind) == (  # type: ignore[arg-type]
        "No statement is recorded as reported under this heading."
    )

    caution(data, "a", kind, TEXT)
    assert silence_line(relations(data), kind) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", CAUTION_KINDS)
def test_a_denial_of_a_whole_kind_names_what_is_denied(data: Path, kind: str) -> None:
    caution(data, "a", kind, NONE)

    [denial] = safety.denials(relations(data))

    assert (
        denial_subject(denial)
        == {
            "boxed warning": "need of a boxed warning",
            "contraindication": "contraindications",
            "warning": "need of a warning",
            "precaution": "need of a precaution",
            "adverse effects": "adverse effects",
            "interaction": "interactions",
            "pregnancy": "harm in pregnancy",
            "breast-feeding": "harm in breast-feeding",
            "driving": "effects on driving",
            "dependence": "dependence",
            "overdose": "overdose",
        }[kind]
    )


# ---- frequencies --------------------------------------------------------------------------------


@pytest.mark.parametrize("band", ["", *BANDS])
@pytest.mark.parametrize(
    ("count", "says"),
    [
        ({}, ""),
        ({"events": "3", "of": "40 people"}, "3 of 40 people"),
        ({"events": "0", "of": "40 people"}, "0 of 40 people"),
        ({"events": "3", "of": "40 people", "percentage": "7.5 %"}, "3 of 40 people (7.5 %)"),
        ({"percentage": "7.5 %"}, "7.5 %"),
        ({"percentage": "7.5 %", "of": "40 people", "arm": "On it"}, "On it: 7.5 % of 40 people"),
    ],
)
def test_a_frequency_is_what_the_source_gives_and_nothing_computed(
    data: Path, band: str, count: dict[str, str], says: str
) -> None:
    more = {**({"frequency": band} if band else {}), **({"counts": [count]} if count else {})}
    caution(data, "a", "adverse effects", TEXT, *(f"{k}: {json.dumps(v)}" for k, v in more.items()))

    line = frequency_line(relations(data).site.cautions["a"])

    expected = "; ".join(filter(None, [band, says])) or None
    assert (line or "").replace("\u00a0", " ") == (expected or "")
    assert (line is None) is (expected is None)


@pytest.mark.parametrize("kind", CAUTION_KINDS)
@pytest.mark.parametrize(
    ("field", "of"),
    [
        ("frequency: rare", "adverse effects"),
        ('counts: [{percentage: "7.5 %"}]', "adverse effects"),
        (f"interaction: {{interactant: tea, {PARTS}}}", "interaction"),
    ],
)
def test_a_field_of_one_kind_is_refused_in_another(
    data: Path, kind: str, field: str, of: str
) -> None:
    caution(data, "a", kind, TEXT, field)

    refused = [problem.message for problem in load(data).problems]

    name = field.partition(":")[0]
    assert refused == (
        []
        if kind == of
        else [
            f"the record must have {name} only where its kind is '{of}': delete {name}, or mend "
            "the kind"
        ]
    )


@pytest.mark.parametrize("kind", STANDING_ALONE)
def test_that_none_is_reported_is_said_only_of_sources_read_for_it(data: Path, kind: str) -> None:
    topic = TOPIC_OF[kind]  # type: ignore[index]
    pronoun = "it" if topic in ("dependence", "overdose") else "them"
    assert silence_line(relations(data), kind) == (  # type: ignore[arg-type]
        f"The one source read for {topic} is silent on {pronoun}."
    )

    read_for(data, topic)
    assert silence_line(relations(data), kind) == (  # type: ignore[arg-type]
        f"The 2 sources read for {topic} are silent on {pronoun}."
    )

    caution(data, "b", kind, "says: none observed", "detail: None was seen.")
    assert silence_line(relations(data), kind) == (  # type: ignore[arg-type]
        f"Of the 2 sources read for {topic}, 1 reports none and 1 is silent on {pronoun}."
    )

    in_paper(data, "c", kind, "says: none observed", "detail: None was seen.")
    assert silence_line(relations(data), kind) == (  # type: ignore[arg-type]
        f"The 2 sources read for {topic} report none."
    )

    caution(data, "a", kind, TEXT)
    assert silence_line(relations(data), kind) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "lines", "inside", "outside"),
    [
        ("overdose", [NONE], "reports none", "reports none"),
        ("overdose", ["stance: denied", TEXT], "reports none", "reports none"),
        (
            "overdose",
            ["stance: nearly denied", TEXT],
            "calls it practically absent",
            "calls it practically absent",
        ),
        ("adverse effects", ["subject: Rash", NONE], "only denies rash", "denies rash"),
        (
            "contraindication",
            ["conditions: [yawning]", "stance: denied", TEXT],
            "only says what does not rule the drug out: yawning",
            "says what does not rule the drug out: yawning",
        ),
        ("interaction", ["says: unclear"], "is unclear on them", "is unclear on them"),
        (
            "dependence",
            ["says: not extracted"],
            "has not been read on it yet",
            "",
        ),
    ],
)
def test_what_one_source_says_is_not_said_of_another(
    data: Path, kind: str, lines: list[str], inside: str, outside: str
) -> None:
    topic = TOPIC_OF[kind]  # type: ignore[index]
    pronoun = "it" if topic in ("dependence", "overdose") else "them"
    in_paper(data, "a", kind, *lines)

    assert silence_line(relations(data), kind) == (  # type: ignore[arg-type]
        f"The one source read for {topic} is silent on {pronoun}"
        + (f"; 1 source not read to the end for {pronoun} {outside}." if outside else ".")
    )

    read_for(data, topic)
    assert silence_line(relations(data), kind) == (  # type: ignore[arg-type]
        f"Of the 2 sources read for {topic}, 1 is silent on {pronoun} and 1 {inside}."
    )

    replace(data, "sources/leaflet.yml", "read: full text", "read: abstract")
    assert silence_line(relations(data), kind) == (  # type: ignore[arg-type]
        f"The one source read for {topic} {inside}."
    )


def test_a_kind_filed_elsewhere_names_the_source_that_is_unclear_and_where_to_look(
    data: Path,
) -> None:
    in_paper(data, "a", "pregnancy", "says: unclear")
    nothing = "No statement is recorded as reported under this heading. Nod 2001 is unclear on it."
    assert silence_line(relations(data), "pregnancy") == nothing

    write(data, "cautions/b.yml", RULED_OUT.format(subject="Pregnancy"))
    assert silence_line(relations(data), "pregnancy") == f"{nothing} See also Contraindications."


# ---- harms that studies count -------------------------------------------------------------------

DRUG = "{id: a, name: Examplin, role: drug, participants: 10 people}"
DUMMY = "{id: b, name: Dummy, role: placebo, participants: 10 people}"


def harm(data: Path, *groups: str, arms: str = f"{DRUG}, {DUMMY}", event: str = "Rash") -> None:
    """Let the trial of the paper list a harm."""
    by_arm = f"by_arm: [{', '.join(groups)}], " if groups else ""
    text = f"arms: [{arms}]\nharm_events: [{{event: {event}, {by_arm}at: paper abstract.1.1}}]\n"
    with (data / "studies/trial.yml").open("a") as file:
        file.write(text)


WITH_DRUG = "{arm: a, events: 3 people, of: 10 people}"
SEEN = [
    ([], f"{DRUG}, {DUMMY}", True, True),
    ([WITH_DRUG], f"{DRUG}, {DUMMY}", True, True),
    (["{arm: a, percentage: 30 %}"], f"{DRUG}, {DUMMY}", True, True),
    (["{arm: a, events: not reported}"], f"{DRUG}, {DUMMY}", True, True),
    (["{arm: a, events: 0 people}"], f"{DRUG}, {DUMMY}", False, False),
    (["{arm: b, events: 3 people}"], f"{DRUG}, {DUMMY}", False, False),
    (["{events: 3 people}"], f"{DRUG}, {DUMMY}", True, False),
    (["{events: 3 people}"], DRUG, True, True),
    (["{arm: a, events: 3 people}"], DRUG.replace(", role: drug", ""), True, False),
]
"""Groups of a harm and arms, whether it is listed as a harm, and whether it denies a claim."""


@pytest.mark.parametrize(("groups", "arms", "is_listed", "is_seen"), SEEN)
def test_a_harm_that_was_seen_is_listed_and_leaves_no_claim_of_none(
    data: Path, groups: list[str], arms: str, is_listed: bool, is_seen: bool
) -> None:
    in_paper(data, "a", "adverse effects", "subject: rash", NONE)
    in_paper(data, "b", "adverse effects", "subject: fever", NONE)
    harm(data, *groups, arms=arms)
    known = relations(data)

    assert ("harms listed in 1 report of a study" in counts_line(known)) is is_listed
    assert [one.harm.event for one in harms_not_cautioned(known)] == ["Rash"] * is_listed
    assert [subject for _, subject, _ in denied(known)] == ["rash", "fever"][is_seen:]
    assert contradiction_line(known, known.site.cautions["a"]) == (
        "The same source lists “Rash” among the harms of a study, so it is not counted as a claim"
        " of none."
        if is_seen
        else None
    )


def test_a_harm_of_another_source_leaves_a_claim_of_none(data: Path) -> None:
    caution(data, "a", "adverse effects", NONE)
    harm(data, WITH_DRUG)
    assert len(denied(relations(data))) == 1

    in_paper(data, "b", "adverse effects", NONE)
    assert denied(relations(data)) == [("adverse effects", None, ["a"])]


def test_a_source_whose_study_lists_harms_is_not_called_silent(data: Path) -> None:
    harm(data, WITH_DRUG)
    see = " See Harms in the studies."
    assert counts_line(relations(data)) == (
        "no caution is in the records; harms listed in 1 report of a study"
    )
    assert silence_line(relations(data), "adverse effects") == (
        "The one source read for adverse effects is silent on them; 1 source not read to the end"
        f" for them speaks of harms in a study.{see}"
    )

    read_for(data, "adverse effects")
    assert silence_line(relations(data), "adverse effects") == (
        "Of the 2 sources read for adverse effects, 1 is silent on them and 1 speaks of harms in a"
        f" study.{see}"
    )

    in_paper(data, "a", "adverse effects", NONE)
    assert "1 speaks of harms in a study" in str(silence_line(relations(data), "adverse effects"))


def test_a_harm_with_the_name_of_an_adverse_effect_is_listed_once(data: Path) -> None:
    harm(data, WITH_DRUG)
    caution(data, "a", "adverse effects", "subject: rash", TEXT)
    replace(data, "cautions/a.yml", "Name of a", "Rash")

    assert harms_not_cautioned(relations(data)) == ()


def test_a_report_that_none_was_seen_says_something_on_harms(data: Path) -> None:
    replace(data, "studies/trial.yml", "harms: not extracted", "harms: none observed")
    known = relations(data)

    assert [study.id for study in with_harms(known.studies)] == ["trial"]
    assert "only says" not in harms_line(known)

    replace(data, "studies/hiccups.yml", "harms: not extracted", "harms: none observed")
    assert harms_line(relations(data)).endswith(" 1 other only says that none was seen.")


# ---- contraindications that are denied ----------------------------------------------------------


@pytest.mark.parametrize("about", ["subject: old age", "conditions: [yawning]"])
def test_a_contraindication_is_denied_by_its_subject_and_not_by_its_name(
    data: Path, about: str
) -> None:
    caution(data, "a", "contraindication", about, TEXT)
    in_paper(data, "b", "contraindication", about, "stance: denied", TEXT)
    known = relations(data)

    [row] = safety.contraindications(known)
    assert {one.source.id: one.listing.value for one in row.by_source} == {
        "leaflet": "listed",
        "paper": "denied",
    }
    assert [one.standing.value for one in of_cautions(known)] == ["conflict"]


@pytest.mark.parametrize(
    ("about", "subject"), [("subject: old age", "old age"), ("conditions: [yawning]", "Yawning")]
)
@pytest.mark.parametrize(
    ("stance", "said"),
    [
        ("denied", "said not to rule the drug out"),
        ("nearly denied", "said practically not to rule the drug out"),
    ],
)
def test_a_denied_contraindication_is_said_not_to_rule_the_drug_out(
    data: Path, about: str, subject: str, stance: str, said: str
) -> None:
    caution(data, "a", "contraindication", about, f"stance: {stance}", TEXT)
    known = relations(data)

    [denial] = safety.denials(known)
    assert (denial_subject(denial), denial_line(denial)) == (subject, said)
    assert denial_remark(known.site.cautions["a"]) == said


def test_a_source_that_lists_another_contraindication_still_denies_this_one(data: Path) -> None:
    caution(data, "a", "contraindication", "conditions: [yawning]", "stance: denied", TEXT)
    caution(data, "b", "contraindication", "conditions: [hiccups]", TEXT)
    known = relations(data)

    assert denied(known) == [("contraindication", "Yawning", ["a"])]
    assert contradiction_line(known, known.site.cautions["a"]) is None


def test_where_no_source_was_read_for_it_nothing_is_said_to_be_left_out(data: Path) -> None:
    replace(data, "sources/leaflet.yml", "read: full text", "read: abstract")

    assert silence_line(relations(data), "interaction") == (
        "No source was read to the end for interactions."
    )


def test_reports_on_harms_are_of_others_only_where_the_first_source_has_one(data: Path) -> None:
    assert (
        reports_on_harms(relations(data)) == "Reports of other sources that say something on harms"
    )
    for study in data.glob("studies/*.yml"):
        study.unlink()
    assert reports_on_harms(relations(data)) == "Reports that say something on harms"


# ---- broader statements -------------------------------------------------------------------------


def test_a_broader_statement_is_a_contraindication_of_its_own_and_of_no_condition(
    data: Path,
) -> None:
    caution(data, "a", "contraindication", BROADER, TEXT)
    known = relations(data)
    yawning = known.site.conditions["yawning"]

    assert groups(known) == [("Name of a", ["a"])]
    assert known.cautions_about(yawning) == ()
    assert [caution.id for caution in known.related_cautions(yawning)] == ["a"]
    assert {row.condition.id: row.cautioned for row in coverage(known)}["yawning"] == (
        "in a statement that is broader"
    )


def test_a_broader_statement_meets_a_study_with_its_reason(data: Path) -> None:
    caution(data, "a", "contraindication", BROADER.replace("yawning", "hiccups"), TEXT)

    found = tensions(relations(data))

    assert {meeting.caution.id for meeting in found} == {"a"}
    assert {meeting_line(meeting) for meeting in found} == {
        "The caution is broader: It names all that is done with the mouth."
    }


# ---- the line of a condition --------------------------------------------------------------------


def line_of(data: Path, condition: str = "yawning") -> str:
    known = relations(data)
    return condition_line(known.site.conditions[condition], known)


def test_a_condition_says_that_the_records_have_no_study_and_who_lists_it(data: Path) -> None:
    (data / "regimens/yawning.yml").unlink()
    caution(data, "a", "contraindication", "conditions: [yawning]", TEXT, at="leaflet dosage.1.2")
    assert line_of(data) == (
        "No study in people is in the records. No regimens."
        " The one source read for contraindications lists it."
    )

    replace(data, "conditions/yawning.yml", "gloss:", "people: people who yawn\ngloss:")
    assert line_of(data).startswith("No study in people who yawn is in the records. ")


def test_a_study_or_an_analysis_in_people_is_a_study(data: Path) -> None:
    assert line_of(data, "hiccups").startswith("In people, ")

    text = FILES["studies/hiccups.yml"].replace("[hiccups]", "[yawning]")
    write(data, "studies/yawning.yml", text.replace("design:", "pools: 2 studies\ndesign:"))
    assert line_of(data).startswith("In people, no reports and 1 analysis of several studies; ")


def test_an_experiment_is_named_where_the_records_have_no_study(data: Path) -> None:
    rats = MORE["experiments/rats.yml"].replace("[hiccups]", "[yawning]")
    write(data, "experiments/rats.yml", rats)

    assert line_of(data).startswith(
        "No study in people is in the records; in animals, 1 experiment; in vitro, no experiments. "
    )


def test_cautions_other_than_contraindications_are_counted_apart(data: Path) -> None:
    caution(data, "a", "adverse effects", "conditions: [yawning]", TEXT)
    assert line_of(data).endswith(" 1 caution on people with it.")

    caution(data, "b", "contraindication", "conditions: [yawning]", TEXT)
    assert line_of(data).endswith(
        " The one source read for contraindications lists it; 1 other caution on people with it."
    )


# ---- claims on a condition ----------------------------------------------------------------------


def test_only_an_indication_is_named_as_one(data: Path) -> None:
    kinds = ["effect", "safety", "use", "indication", "evidence"]
    for kind in kinds:
        claim = FILES["claims/duration.yml"].replace("kind: duration", f"kind: {kind}")
        write(data, f"claims/{kind}.yml", f"{claim}conditions: [yawning]\n")
    known = relations(data)
    yawning = known.site.conditions["yawning"]

    assert [claim.kind for claim in known.indications_for(yawning)] == ["indication"]
    assert {claim.kind for claim in known.statements_on(yawning)} == {*kinds} - {"indication"}


@pytest.mark.parametrize(
    ("says", "stance", "remark"),
    [
        (TEXT, "reported", None),
        (TEXT, "denied", "claimed not to occur"),
        (TEXT, "nearly denied", "called practically absent"),
        (NONE, "denied", None),
        (NONE, "reported", None),
    ],
)
def test_only_a_text_that_denies_says_so(
    data: Path, says: str, stance: str, remark: str | None
) -> None:
    caution(data, "a", "adverse effects", f"stance: {stance}", says)

    assert denial_remark(relations(data).site.cautions["a"]) == remark


def test_what_is_practically_denied_is_a_denial_of_its_own(data: Path) -> None:
    for id, stance in (("a", "denied"), ("b", "nearly denied"), ("c", "nearly denied")):
        caution(data, id, "adverse effects", f"subject: yawning\nstance: {stance}", TEXT)

    found = safety.denials(relations(data))

    assert [(denial_line(one), len(one.cautions)) for one in found] == [
        ("claimed not to occur", 1),
        ("called practically absent", 2),
    ]


def test_a_condition_is_filtered_by_what_exists_on_it(tmp_path: Path) -> None:
    known = relations(rich_folder(tmp_path))
    conditions = known.site.conditions

    assert facets(known, conditions["hiccups"]) == Facets("studied", "dosed", "in no caution")
    assert facets(known, conditions["yawning"]) == Facets("no study", "dosed", "in no caution")


@pytest.mark.parametrize(
    "lines",
    [["conditions: [hiccups]"], ["related:", "  - {condition: hiccups, how: broader, why: Part.}"]],
)
def test_a_condition_that_a_broader_caution_holds_is_named_in_one(
    data: Path, lines: list[str]
) -> None:
    caution(data, "a", "contraindication", TEXT, *lines)
    known = relations(data)

    assert facets(known, known.site.conditions["hiccups"]).cautioned == "named in a caution"


def test_a_purpose_is_no_contraindication_unless_a_caution_names_it(data: Path) -> None:
    replace(data, "conditions/yawning.yml", "kind: state", "kind: purpose")
    assert "contraindications" not in line_of(data)

    caution(data, "a", "contraindication", "conditions: [yawning]", TEXT, at="leaflet dosage.1.2")
    assert line_of(data).endswith("The one source read for contraindications lists it.")


def test_a_condition_without_a_study_names_those_linked_to_its_regimens(data: Path) -> None:
    known = Relations(load(data).site)
    yawning = known.site.conditions["yawning"]
    assert not linked_studies(yawning, known)
    assert line_of(data).startswith("No study in people is in the records.")

    links = "studies:\n  - {study: trial, link: inferred, why: Alike.}\n"
    write(data, "regimens/yawning.yml", read(data, "regimens/yawning.yml") + links)
    known = Relations(load(data).site)

    assert [study.id for study in linked_studies(yawning, known)] == ["trial"]
    name = known.site.studies["trial"].name
    assert line_of(data).startswith(
        f"No study under this name; studies linked to its regimens: {name}."
    )


@pytest.mark.parametrize(
    ("stances", "line"),
    [
        (("denied",), "1 claim of none"),
        (("nearly denied",), "1 claim of practically none"),
        (("denied", "nearly denied"), "1 claim of none, 1 claim of practically none"),
    ],
)
def test_what_is_called_practically_absent_is_no_claim_of_none(
    data: Path, stances: tuple[str, ...], line: str
) -> None:
    for file in (data / "cautions").iterdir():
        file.unlink()
    for stance in stances:
        name = stance.replace(" ", "-")
        write(
            data,
            f"cautions/{name}.yml",
            f"name: A\nkind: adverse effects\nat: leaflet safety.1.1\nsays: Nothing\n"
            f"stance: {stance}\nsubject: {name}\n",
        )

    assert counts_line(relations(data)) == line
