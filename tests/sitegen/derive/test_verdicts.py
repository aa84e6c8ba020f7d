"""Verdicts: what each rule of a check comes to, and that a change in the data changes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sound import replace, sound_folder, write

from sitegen.derive.relations import Relations
from sitegen.derive.verdict import Kind, Verdict
from sitegen.derive.verdict_rules import RULES
from sitegen.derive.verdicts import MissingValue, WrongInput, judge, value_at, verdicts
from sitegen.model import Check
from sitegen.model.quantity import QuantityError
from sitegen.read.load import load
from sitegen.statements.verdicts import because, formula_line, result_line

CLAIM = """\
name: A claim
substance: examplin
kind: duration
lane: not stated
at: leaflet use.1.4
says: It is claimed.
value: {}
"""
# What the checks below compare, beside the sound folder; none of it need be proved to be judged.
FILES = {
    "claims/longer.yml": CLAIM.format("12 hours"),
    "claims/shorter.yml": CLAIM.format("3 hours"),
    "claims/ratio.yml": CLAIM.format("4 times"),
    "claims/share.yml": CLAIM.format("80 %"),
    "products/syrup.yml": """\
name: Syrup
substance: examplin
at: leaflet use.1.1
form: Syrup
strength: 6 mg/mL
strength_label: not reported
content: 1 mL
composition: not reported
maker: not reported
supply: not reported
storage: not reported
shelf_life: not reported
""",
    "parameters/bottle.yml": """\
name: A bottle
role: volume of a container
value: 1 mL
at: leaflet use.1.1
""",
    "cautions/nothing.yml": """\
name: Nothing seen
kind: adverse effects
at: leaflet safety.1.1
says: none observed
detail: Nothing was seen.
""",
}
INPUTS = {
    "ratio": ["claims/longer value", "claims/shorter value", "claims/ratio value"],
    "sold strength": ["regimens/yawning each", "regimens/yawning volume"],
    "dose in a container": [
        "regimens/yawning each",
        "products/syrup strength",
        "parameters/bottle value",
    ],
    "containers for a course": [
        "regimens/hiccups each",
        "products/syrup strength",
        "parameters/bottle value",
    ],
    "length within": ["studies/hiccups length", "regimens/hiccups length"],
    "same route": ["studies/hiccups route", "regimens/hiccups route"],
    "share of a number": ["claims/share value", "studies/hiccups participants"],
    "nothing observed": ["cautions/nothing says"],
    "doses of the studies": ["claims/share says"],
    "length of use": ["cautions/nothing says"],
    "year and order in a number": [
        "events/approval when",
        "events/approval identifiers.0.value",
        "events/approval identifiers.1.value",
    ],
}
STUDY = "studies/hiccups.yml"
HICCUPS = "regimens/hiccups.yml"
LONGER = ("claims/longer.yml", "value: 12 hours")
SHORTER = ("claims/shorter.yml", "value: 3 hours")
SOLVED = ("products/syrup.yml", "strength: 6 mg/mL")
BOTTLE = ("parameters/bottle.yml", "value: 1 mL")
SHARE = ("claims/share.yml", "value: 80 %")
PEOPLE = (STUDY, "value: 40 people\n  at: leaflet use.1.2")
ROUTE = (STUDY, "route: not reported")
HARMS = (STUDY, "harms: not extracted")
DOSE = (STUDY, "dose: not reported")
NUMBER = ("events/approval.yml", "value: 99/12/7")
STATED_LENGTH = (STUDY, "value: 10 days\n  at: leaflet use.1.2")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The sound folder with what checks compare."""
    folder = sound_folder(tmp_path)
    for name, text in FILES.items():
        write(folder, name, text)
    replace(
        folder,
        "events/approval.yml",
        "    value: No. 12\n",
        "    value: No. 12\n  - scheme: Certificate\n    value: 99/12/7\n",
    )
    return folder


def check(rule: str, *inputs: str) -> Check:
    """A check of a rule on the values that this file gives it, or on others."""
    given_inputs = inputs or INPUTS[rule]
    return Check.model_validate(
        {"id": "a", "name": "A", "rule": rule, "inputs": given_inputs, "why": "It is asked."}
    )


def verdict(data: Path, rule: str, *inputs: str) -> Verdict:
    return judge(Relations(load(data).site), check(rule, *inputs)).verdict


def row(found: Verdict) -> list[str]:
    """A verdict as a table shows it, with plain spaces."""
    shown = (found.kind.value, formula_line(found), result_line(found), because(found))
    return [text.replace("\u00a0", " ") for text in shown]


IN_LEAFLET = "the one report in “Examplin: the leaflet”"
NO_HARMS = f"{IN_LEAFLET} does not say who looked for harms, in how many people, or how"
NO_BOTTLES = "no number of bottles is in the records to compare it with"
WITHIN = "the length lies within the regimen’s; nothing else is compared"
OUTSIDE = "the length reaches outside the regimen’s"
LONGEST = "longest course in regimens and studies"
HOW_LONG = "how long it was is in no field of the record; the longest course recorded"
SHARE_OF = "share × number of participants"

# For each rule: what is changed in the data (nothing, or one value), and the verdict it gives.
VERDICTS: dict[str, list[tuple[tuple[str, str, str] | None, list[str]]]] = {
    "ratio": [
        (
            None,
            [
                "consistent",
                "12 hours ÷ 3 hours",
                "4 times, stated 4 times",
                "the ratio is the one stated",
            ],
        ),
        (
            (*SHORTER, "value: ≤ 4 hours"),
            [
                "consistent only if",
                "12 hours ÷ 4 hours",
                "3 times, stated 4 times",
                "the shorter lasts 3 hours (12 hours ÷ 4 times)",
            ],
        ),
        *(
            (
                (*LONGER, f"value: {printed}"),
                [
                    "inconsistent",
                    "15 hours ÷ 3 hours",
                    "5 times, stated 4 times",
                    f"it would hold if the shorter lasts {bound} 3.75 hours (15 hours ÷ 4 times)",
                ],
            )
            for printed, bound in (("≤ 15 hours", "at most"), ("≥ 15 hours", "at least"))
        ),
        (
            (*SHORTER, "value: ≤ 2 hours"),
            [
                "inconsistent",
                "12 hours ÷ 2 hours",
                "6 times, stated 4 times",
                "it would hold if the shorter lasts 3 hours (12 hours ÷ 4 times)",
            ],
        ),
        (
            (*SHORTER, "value: 4 hours"),
            [
                "inconsistent",
                "12 hours ÷ 4 hours",
                "3 times, stated 4 times",
                "it would hold if the shorter lasts 3 hours (12 hours ÷ 4 times)",
            ],
        ),
        (
            (*SHORTER, "value: 90 minutes"),
            [
                "inconsistent",
                "12 hours ÷ 90 minutes",
                "8 times, stated 4 times",
                "it would hold if the shorter lasts 180 minutes (12 hours ÷ 4 times)",
            ],
        ),
    ],
    "sold strength": [
        (
            None,
            ["consistent", "3 mg ÷ 0.5 mL", "6 mg/mL", "it is the strength of: Syrup"],
        ),
        *(
            (
                (*SOLVED, f"strength: {word}"),
                [
                    "cannot be checked",
                    "3 mg ÷ 0.5 mL",
                    "6 mg/mL",
                    "the strength is not known of: Syrup",
                ],
            )
            for word in ("not extracted", "not reported", "unclear")
        ),
        (
            (*SOLVED, "strength: 5 mg/mL"),
            [
                "inconsistent",
                "3 mg ÷ 0.5 mL",
                "6 mg/mL",
                "no product in the records has this strength",
            ],
        ),
        (
            ("regimens/yawning.yml", "volume: 0.5 mL", "volume: 0.51 mL"),
            [
                "inconsistent",
                "3 mg ÷ 0.51 mL",
                "about 5.88 mg/mL",
                "no product in the records has this strength",
            ],
        ),
        (
            (*SOLVED, "strength: 5.9 mg/mL"),
            [
                "inconsistent",
                "3 mg ÷ 0.5 mL",
                "6 mg/mL",
                "no product in the records has this strength",
            ],
        ),
        (
            ("regimens/yawning.yml", "volume: 0.5 mL", "volume: 0.6 mL"),
            [
                "inconsistent",
                "3 mg ÷ 0.6 mL",
                "5 mg/mL",
                "no product in the records has this strength",
            ],
        ),
    ],
    "dose in a container": [
        (
            None,
            [
                "consistent",
                "3 mg ÷ 6 mg/mL",
                "0.5 mL, of 1 mL in a bottle",
                "a dose is no more than a bottle",
            ],
        ),
        (
            (*BOTTLE, "value: 0.5 mL"),
            [
                "consistent",
                "3 mg ÷ 6 mg/mL",
                "0.5 mL, of 0.5 mL in a bottle",
                "a dose is no more than a bottle",
            ],
        ),
        (
            (*BOTTLE, "value: 0.4 mL"),
            [
                "consistent only if",
                "3 mg ÷ 6 mg/mL",
                "0.5 mL, of 0.4 mL in a bottle",
                "the solution has at least 7.5 mg/mL (3 mg ÷ 0.4 mL)",
            ],
        ),
        (
            (*SOLVED, "strength: 2 mg/mL"),
            [
                "consistent only if",
                "3 mg ÷ 2 mg/mL",
                "1.5 mL, of 1 mL in a bottle",
                "the solution has at least 3 mg/mL (3 mg ÷ 1 mL)",
            ],
        ),
    ],
    "containers for a course": [
        (
            None,
            [
                "cannot be checked",
                "20–80 mg ÷ 6 mg/mL ÷ 1 mL",
                "about 3.33–13.3 bottles a course",
                NO_BOTTLES,
            ],
        ),
        (
            (*SOLVED, "strength: 2 mg/mL"),
            [
                "cannot be checked",
                "20–80 mg ÷ 2 mg/mL ÷ 1 mL",
                "10–40 bottles a course",
                NO_BOTTLES,
            ],
        ),
        (
            (HICCUPS, "length: 5-10 days", "length: not reported"),
            ["cannot be checked", "–", "–", "the course comes to no single amount"],
        ),
    ],
    "length within": [
        (None, ["consistent", "10 days within 5–10 days", "within", WITHIN]),
        (
            (*STATED_LENGTH, "value: 11 days\n  at: leaflet use.1.2"),
            ["inconsistent", "11 days within 5–10 days", "not within", OUTSIDE],
        ),
        (
            (*STATED_LENGTH, "value: 1 week\n  at: leaflet use.1.2"),
            ["consistent", "1 week within 5–10 days", "within", WITHIN],
        ),
        (
            (*STATED_LENGTH, "value: ≤ 10 days\n  at: leaflet use.1.2"),
            [
                "consistent only if",
                "up to 10 days within 5–10 days",
                "within in part",
                "the study lasted at least 5 days",
            ],
        ),
        (
            (*STATED_LENGTH, "value: ≥ 5 days\n  at: leaflet use.1.2"),
            [
                "consistent only if",
                "at least 5 days within 5–10 days",
                "within in part",
                "the study lasted at most 10 days",
            ],
        ),
        (
            (*STATED_LENGTH, "value: ≥ 11 days\n  at: leaflet use.1.2"),
            ["inconsistent", "at least 11 days within 5–10 days", "not within", OUTSIDE],
        ),
        (
            (HICCUPS, "length: 5-10 days", "length: ≥ 5 days"),
            ["consistent", "10 days within at least 5 days", "within", WITHIN],
        ),
        (
            (HICCUPS, "length: 5-10 days", "length: unclear"),
            ["cannot be checked", "–", "–", "length of “Hiccups” is unclear"],
        ),
    ],
    "same route": [
        (None, ["cannot be checked", "–", "–", "route of “Patients with hiccups” is not reported"]),
        (
            (*ROUTE, "route: oral"),
            ["consistent", "oral against oral", "the same route", "both name the same route"],
        ),
        (
            (*ROUTE, "route: intranasal"),
            [
                "inconsistent",
                "intranasal against oral",
                "another route",
                "the study names another route than the regimen",
            ],
        ),
    ],
    "share of a number": [
        (None, ["consistent", SHARE_OF, "both reported", "share and number both stand"]),
        (
            (*PEOPLE, "value: not reported"),
            [
                "cannot be checked",
                SHARE_OF,
                "–",
                "the number of participants is not reported",
            ],
        ),
        (
            (*SHARE, "value: unclear"),
            ["cannot be checked", SHARE_OF, "–", "the share is unclear"],
        ),
    ],
    "nothing observed": [
        (
            (*HARMS, "harms: not reported"),
            [
                "cannot be checked",
                "reports that say how harms were looked for",
                "0 of 1",
                NO_HARMS,
            ],
        ),
        (
            (*HARMS, "harms: unclear"),
            [
                "cannot be checked",
                "reports that say how harms were looked for",
                "0 of 1",
                "what the reports say of harms is unclear",
            ],
        ),
        (
            (*HARMS, "harms: not applicable"),
            [
                "cannot be checked",
                "reports that say how harms were looked for",
                "–",
                "no report of a study from its source is in the records",
            ],
        ),
        (
            (*HARMS, "harms: Asked for daily"),
            [
                "consistent only if",
                "reports that say how harms were looked for",
                "1 of 1",
                "those reports bear it out",
            ],
        ),
    ],
    "doses of the studies": [
        (
            None,
            [
                "cannot be checked",
                "reports that state a dose",
                "0 of 1",
                f"{IN_LEAFLET} does not state a dose",
            ],
        ),
        (
            (*DOSE, "dose: 2 mg"),
            [
                "consistent",
                "reports that state a dose",
                "1 of 1",
                "every report in “Examplin: the leaflet” states a dose",
            ],
        ),
    ],
    "length of use": [
        (
            None,
            [
                "cannot be checked",
                LONGEST,
                "10 days",
                f"{HOW_LONG} is 10 days",
            ],
        ),
        (
            (HICCUPS, "length: 5-10 days", "length: 2 weeks"),
            [
                "cannot be checked",
                LONGEST,
                "14 days",
                f"{HOW_LONG} is 14 days",
            ],
        ),
    ],
    "year and order in a number": [
        (
            None,
            [
                "consistent",
                "99, 12 in 99/12/7",
                "both stand in it",
                "year and order stand in it; what its last part (7) means is not in the records",
            ],
        ),
        (
            (*NUMBER, "value: 99/13/7"),
            ["inconsistent", "99, 12 in 99/13/7", "they do not", "the numbers differ"],
        ),
        (
            ("events/approval.yml", "when: 1999-05-03", "when: 1998-05-03"),
            ["inconsistent", "98, 12 in 99/12/7", "they do not", "the numbers differ"],
        ),
        (
            ("events/approval.yml", "when: 1999-05-03", "when: not reported"),
            ["cannot be checked", "–", "–", "when of “Approval” is not reported"],
        ),
    ],
}
CASES = [
    pytest.param(rule, change, expected, id=f"{rule}: {change[2] if change else 'as it is'}")
    for rule, rows in VERDICTS.items()
    for change, expected in rows
]


@pytest.mark.parametrize(("rule", "change", "expected"), CASES)
def test_a_rule_gives_the_verdict_that_the_data_calls_for(
    data: Path, rule: str, change: tuple[str, str, str] | None, expected: list[str]
) -> None:
    if change:
        replace(data, *change)

    assert row(verdict(data, rule)) == expected


def test_every_rule_is_tried_and_gives_two_answers_at_least() -> None:
    answers = {rule: [expected for _, expected in rows] for rule, rows in VERDICTS.items()}

    assert list(answers) == list(RULES)
    assert [
        rule for rule, given in answers.items() if len({tuple(values) for values in given}) < 2
    ] == []


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        ("ratio", {Kind.CONSISTENT, Kind.ONLY_IF, Kind.INCONSISTENT}),
        ("sold strength", {Kind.CONSISTENT, Kind.INCONSISTENT, Kind.UNCHECKABLE}),
        ("dose in a container", {Kind.CONSISTENT, Kind.ONLY_IF}),
        ("containers for a course", {Kind.UNCHECKABLE}),
        ("length within", set(Kind)),
        ("same route", {Kind.CONSISTENT, Kind.INCONSISTENT, Kind.UNCHECKABLE}),
        ("share of a number", {Kind.CONSISTENT, Kind.UNCHECKABLE}),
        ("nothing observed", {Kind.ONLY_IF, Kind.UNCHECKABLE}),
        ("doses of the studies", {Kind.CONSISTENT, Kind.UNCHECKABLE}),
        ("length of use", {Kind.UNCHECKABLE}),
        ("year and order in a number", {Kind.CONSISTENT, Kind.INCONSISTENT, Kind.UNCHECKABLE}),
    ],
)
def test_the_table_has_every_verdict_that_a_rule_gives(rule: str, kinds: set[Kind]) -> None:
    assert {Kind(expected[0]) for _, expected in VERDICTS[rule]} == kinds


def test_an_unclear_course_gives_no_number_of_containers(data: Path) -> None:
    dosed = ["regimens/yawning each", "products/syrup strength", "parameters/bottle value"]

    assert row(verdict(data, "containers for a course", *dosed)) == [
        *("cannot be checked", "–", "–", "the course comes to no single amount")
    ]


def _absent_inputs() -> Iterator[tuple[str, int]]:
    """Every input that a rule cannot judge where it is absent, by its number."""
    for rule, inputs in INPUTS.items():
        if not RULES[rule].takes_absence and rule != "doses of the studies":  # `says` of a claim
            for number in range(len(inputs)):
                yield rule, number


@pytest.mark.parametrize(("rule", "number"), list(_absent_inputs()))
def test_an_absent_value_cannot_be_checked(data: Path, rule: str, number: int) -> None:
    replace(data, *ROUTE, "route: oral")
    inputs = list(INPUTS[rule])
    of_a_regimen = inputs[number].startswith("regimens/")
    inputs[number] = "regimens/hiccups people" if of_a_regimen else "studies/hiccups age_and_sex"
    item = "people of “Hiccups”" if of_a_regimen else "age and sex of “Patients with hiccups”"

    assert row(verdict(data, rule, *inputs)) == [
        *("cannot be checked", "–", "–"),
        f"{item} is not reported",
    ]


OF_ANOTHER_KIND = [
    ("ratio", 0, "claims/ratio value"),
    ("ratio", 2, "claims/longer value"),
    ("ratio", 0, "studies/hiccups name"),
    ("sold strength", 0, "regimens/yawning volume"),
    ("sold strength", 1, "regimens/yawning each"),
    ("dose in a container", 0, "regimens/hiccups length"),
    ("dose in a container", 0, "regimens/hiccups times"),
    ("dose in a container", 0, "studies/hiccups participants"),
    ("dose in a container", 1, "regimens/yawning each"),
    ("containers for a course", 2, "products/syrup strength"),
    ("containers for a course", 0, "parameters/bottle value"),
    ("length within", 0, "studies/hiccups participants"),
    ("length within", 1, "regimens/hiccups times"),
    ("length within", 0, "regimens/hiccups length"),
    ("length within", 1, "studies/hiccups length"),
    ("same route", 0, "studies/hiccups name"),
    ("same route", 0, "regimens/hiccups route"),
    ("same route", 1, "regimens/hiccups length"),
    ("share of a number", 0, "studies/hiccups participants"),
    ("share of a number", 0, "regimens/hiccups length"),
    ("share of a number", 1, "claims/share value"),
    ("share of a number", 1, "studies/hiccups name"),
    ("nothing observed", 0, "studies/hiccups length"),
    ("doses of the studies", 0, "studies/hiccups participants"),
    ("length of use", 0, "regimens/hiccups length"),
    ("year and order in a number", 0, "events/approval identifiers.0.value"),
    ("year and order in a number", 1, "events/approval when"),
    ("year and order in a number", 2, "events/approval name"),
]


@pytest.mark.parametrize(("rule", "number", "reference"), OF_ANOTHER_KIND)
def test_a_rule_takes_no_value_of_another_kind(
    data: Path, rule: str, number: int, reference: str
) -> None:
    inputs = list(INPUTS[rule])
    inputs[number] = reference

    with pytest.raises(WrongInput) as refused:
        verdict(data, rule, *inputs)

    assert refused.value.number == number
    assert refused.value.wanted == RULES[rule].takes[number].name


def test_every_rule_refuses_some_value() -> None:
    assert {rule for rule, *_ in OF_ANOTHER_KIND} == set(RULES)


def test_amounts_of_the_right_kinds_that_make_no_ratio_are_refused(data: Path) -> None:
    replace(data, *SHORTER, "value: 3 months")

    with pytest.raises(QuantityError):
        verdict(data, "ratio")


@pytest.mark.parametrize(
    "reference",
    [
        "xyzzy/hiccups length",
        "studies/xyzzy length",
        "studies/hiccups xyzzy",
        "studies/hiccups length.xyzzy",
        "studies/hiccups note",
        "studies/hiccups _length",
        "events/approval identifiers.2.value",
        "events/approval identifiers.x.value",
    ],
)
def test_a_value_that_no_record_holds_is_named(data: Path, reference: str) -> None:
    with pytest.raises(MissingValue, match=reference.replace(".", r"\.")):
        verdict(data, "nothing observed", reference)


def test_an_input_has_the_record_it_is_from(data: Path) -> None:
    site = load(data).site
    [reference] = check("nothing observed", "studies/hiccups findings.1.says").inputs

    found = value_at(Relations(site), reference)

    assert found.record is site.studies["hiccups"]
    assert (found.field, found.value) == ("findings.1.says", "A result called very good")


def test_what_disagrees_comes_first(data: Path) -> None:
    rules = {"a": "ratio", "b": "length of use", "c": "dose in a container", "d": "length within"}
    replace(data, *STATED_LENGTH, "value: 11 days\n  at: leaflet use.1.2")
    replace(data, *BOTTLE, "value: 0.4 mL")
    for id, rule in rules.items():
        inputs = "".join(f"  - {reference}\n" for reference in INPUTS[rule])
        write(
            data, f"checks/{id}.yml", f"name: A\nrule: {rule}\ninputs:\n{inputs}why: It is asked.\n"
        )

    judged = verdicts(Relations(load(data).site))

    assert [(result.check.id, result.verdict.kind) for result in judged] == [
        ("d", Kind.INCONSISTENT),
        ("c", Kind.ONLY_IF),
        ("b", Kind.UNCHECKABLE),
        ("a", Kind.CONSISTENT),
    ]


# ---- what is wrong today ----------------------------------------------------------------------


def test_what_was_not_read_is_not_said_to_be_missing(data: Path) -> None:
    assert because(verdict(data, "nothing observed")) != NO_HARMS


def test_no_report_is_not_every_report(data: Path) -> None:
    replace(data, *DOSE, "dose: not applicable")

    assert verdict(data, "doses of the studies").kind is Kind.UNCHECKABLE


def test_more_than_two_weeks_is_longer_than_ten_days(data: Path) -> None:
    replace(data, HICCUPS, "length: 5-10 days", 'length: "> 2 weeks"')

    assert "14" in result_line(verdict(data, "length of use"))


def test_a_number_of_two_parts_has_no_last_part_to_explain(data: Path) -> None:
    replace(data, *NUMBER, "value: 99/12")

    assert "()" not in because(verdict(data, "year and order in a number"))


def test_without_a_product_no_strength_contradicts_one(data: Path) -> None:
    (data / "products/syrup.yml").unlink()

    found = verdict(data, "sold strength")
    assert (found.kind, because(found)) == (Kind.UNCHECKABLE, "no product is in the records")


def test_the_longest_course_may_be_one_of_several_readings(data: Path) -> None:
    replace(
        data,
        HICCUPS,
        "length: 5-10 days",
        "length:\n  value: unclear\n  note: Both.\nlengths: [5 days, 3 weeks]",
    )
    assert (
        because(verdict(data, "length of use")).replace("\u00a0", " ") == f"{HOW_LONG} is 21 days"
    )


def test_lengths_in_months_are_named_as_left_out(data: Path) -> None:
    replace(data, HICCUPS, "length: 5-10 days", "length: 3 months")
    line = because(verdict(data, "length of use")).replace("\u00a0", " ")

    assert line.endswith("10 days, apart from those in months or years")
