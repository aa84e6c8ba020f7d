"""How sources stand to each other in words, and disagreements that count once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from made_records import regimen
from sound import FILES, read, replace, rich_folder_of_one_route, write

from sitegen.check.rules import standings_follow_their_definitions
from sitegen.derive.agreement import SINGLE_TOTAL, Agreement, compared, everything
from sitegen.derive.disagreements import Disagreement, disagreements
from sitegen.derive.positions import Position
from sitegen.derive.relations import Relations
from sitegen.derive.standing import Alarm, Standing
from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.agreement import (
    SEVERAL_PHASES,
    about_line,
    alarm_line,
    amounts_line,
    compared_line,
    count_disagreements,
    count_questions,
    definition,
    disagreement_line,
    matters_line,
    no_answer,
    order_line,
    other_doses,
    sections,
    single_answers,
    sources_disagree,
    standing_is,
    whose_line,
)
from sitegen.statements.answers import answer
from sitegen.statements.copied_text import plain_lines

HICCUPS, TRIAL, DROPS = "regimens/hiccups.yml", "regimens/trial.yml", "regimens/drops.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The rich folder, with one route for all regimens, so that all can be compared."""
    return rich_folder_of_one_route(tmp_path)


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def found(data: Path) -> tuple[Disagreement, ...]:
    return disagreements(relations(data))


def about(disagreement: Disagreement) -> tuple[str, tuple[str, ...]]:
    first, *others = (f"{about_line(part)}: {part.field}" for part in disagreement.parts)
    assert disagreement.others == disagreement.parts[1:]
    return first, tuple(others)


@pytest.mark.parametrize(
    ("is_by_tie", "line"),
    [(False, "Patients"), (True, "Patients, if its reports are of one study")],
)
def test_about_line_has_an_if_where_an_inferred_tie_makes_one_question(
    is_by_tie: bool, line: str
) -> None:
    question = Agreement(
        "Patients", "dose", (), Standing.CONFLICT, None, "evidence", is_by_tie=is_by_tie
    )

    assert about_line(question) == line


# ---- definitions -------------------------------------------------------------------------------


def test_every_standing_has_a_definition_of_its_own() -> None:
    assert len({definition(standing) for standing in Standing}) == len(Standing)


# ---- disagreements -----------------------------------------------------------------------------


def test_severities_and_amounts_that_follow_are_one_disagreement(data: Path) -> None:
    dosing = [
        about(disagreement) for disagreement in found(data) if disagreement.first.weight == "dose"
    ]

    assert dosing == [
        (
            "Hiccups, severe: duration",
            ("Hiccups, severe: total course dose",),
        ),
        (
            "Hiccups, severe: amount of each dose",
            ("Hiccups, severe: daily dose", "Hiccups, moderate: frequency"),
        ),
    ]


def test_the_total_of_a_course_does_not_count_beside_the_dose(data: Path) -> None:
    (data / DROPS).unlink()
    replace(data, TRIAL, "severity: severe\n", "")
    replace(data, TRIAL, "length: 2 weeks", "length: 5-10 days")

    [(question, others)] = [
        about(disagreement) for disagreement in found(data) if disagreement.first.weight == "dose"
    ]

    assert question == "Hiccups: amount of each dose"
    assert "Hiccups: total course dose" in others


def test_the_same_records_under_two_conditions_disagree_once(data: Path) -> None:
    for name in (HICCUPS, TRIAL, DROPS):
        replace(data, name, "conditions: [hiccups]", "conditions: [hiccups, yawning]")
    (data / "regimens/yawning.yml").unlink()

    dosing = [disagreement for disagreement in found(data) if disagreement.first.weight == "dose"]

    assert len(dosing) == 2
    assert {
        part.about.partition(",")[0] for disagreement in dosing for part in disagreement.parts
    } == {
        "Hiccups",
        "Yawning",
    }


def test_a_source_is_listed_once_with_each_of_its_answers(data: Path) -> None:
    write(data, "regimens/again.yml", read(data, HICCUPS).replace("name: ", "name: Again, "))

    [dose] = [
        disagreement
        for disagreement in found(data)
        if disagreement.first.field == "amount of each dose"
    ]

    assert [(source.id, [one.text for one in said]) for source, said in dose.by_source] == [
        ("leaflet", ["2–4\u00a0mg"]),
        ("paper", ["12\u00a0mg"]),
    ]


def test_disagreements_are_counted_with_the_questions_that_show_them(data: Path) -> None:
    every = found(data)
    shown = sum(len(disagreement.parts) for disagreement in every)

    assert count_disagreements(()) == "no disagreements"
    assert count_disagreements(every[-1:]) == "1 disagreement"
    assert count_disagreements(every) == f"{len(every)} disagreements, shown by {shown} questions"


# ---- other doses -------------------------------------------------------------------------------


def test_a_regimen_that_another_source_contradicts_says_so_everywhere(data: Path) -> None:
    known = relations(data)
    regimen = known.site.regimens["trial"]

    [other] = other_doses(known, regimen)
    said = sources_disagree(known, regimen)

    assert (other.regimen.id, other.source.id) == ("hiccups", "leaflet")
    assert other.is_on_dose
    assert said.startswith("Sources disagree on the dose and the duration. ")
    assert "2–4\u00a0mg" in said
    assert other.source.title in said
    assert said in plain_lines(known, regimen, "/dosage/trial.html")
    assert said in answer(regimen, known)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param(TRIAL, "route: intranasal", "route: intravenous", id="another route"),
        pytest.param(
            TRIAL, "severity: severe", "severity: severe\nsituation: at sea", id="a situation"
        ),
        pytest.param(HICCUPS, "conditions: [hiccups]", "conditions: [yawning]", id="a condition"),
    ],
)
def test_what_is_for_others_is_no_disagreement(data: Path, name: str, old: str, new: str) -> None:
    replace(data, name, old, new)
    known = relations(data)
    regimen = known.site.regimens["trial"]

    assert [dose.regimen.id for dose in other_doses(known, regimen)] == []
    assert sources_disagree(known, regimen) == ""
    assert not any("disagree" in line for line in plain_lines(known, regimen, "/x.html"))


@pytest.mark.parametrize(
    ("each", "length", "line"),
    [
        ("12 mg", "10 days", "Sources disagree on the dose"),
        ("3 mg", "20 days", "Sources disagree on the duration"),
        ("12 mg", "20 days", "Sources disagree on the dose and the duration"),
        ("3 mg", "10 days", ""),
    ],
)
def test_a_regimen_says_on_what_sources_disagree(
    data: Path, each: str, length: str, line: str
) -> None:
    """The leaflet gives 2-4 mg twice a day for 5-10 days."""
    text = read(data, TRIAL).replace("each: 12 mg", f"each: {each}")
    write(data, TRIAL, re.sub("(?m)^length: .*$", f"length: {length}", text))
    known = relations(data)
    regimen = known.site.regimens["trial"]

    assert matters_line(known, regimen) == line
    assert [other.is_on_dose for other in other_doses(known, regimen)] == (
        ["the dose" in line] if line else []
    )


def for_two_conditions(data: Path) -> Relations:
    """The trial is for hiccups, and with another dose for yawning; the leaflet has both."""
    for name in (HICCUPS, TRIAL):
        replace(data, name, "conditions: [hiccups]", "conditions: [hiccups, yawning]")
    replace(data, HICCUPS, "conditions: [hiccups, yawning]", "conditions: [hiccups]")
    yawning = read(data, HICCUPS).replace("conditions: [hiccups]", "conditions: [yawning]")
    yawning = yawning.replace("5-10 days", "2 weeks").replace("name: Hiccups", "name: Yawning")
    write(data, "regimens/yawning.yml", yawning)
    return relations(data)


@pytest.mark.parametrize(
    ("condition", "line", "others"),
    [
        ("hiccups", "Sources disagree on the dose and the duration", ["hiccups"]),
        ("yawning", "Sources disagree on the dose", ["yawning"]),
        ("", "Sources disagree on the dose and the duration", ["hiccups", "yawning"]),
    ],
)
def test_a_disagreement_is_of_the_condition_under_which_it_is_shown(
    data: Path, condition: str, line: str, others: list[str]
) -> None:
    known = for_two_conditions(data)
    trial = known.site.regimens["trial"]

    assert matters_line(known, trial, condition) == line
    assert [other.regimen.id for other in other_doses(known, trial, condition)] == others


def test_of_several_conditions_another_dose_says_for_which_it_is(data: Path) -> None:
    known = for_two_conditions(data)
    trial, yawning = known.site.regimens["trial"], known.site.regimens["yawning"]

    starts = [other.sentence.partition(",")[0] for other in other_doses(known, trial)]
    assert starts == ["For Hiccups", "For Yawning"]
    assert disagreement_line(known, trial).startswith("For the condition named, ")
    assert [other.conditions for other in other_doses(known, yawning)] == [()]
    assert disagreement_line(known, yawning).startswith("For the same condition, ")


@pytest.mark.parametrize(("people", "line"), [("Adults", ", for adults"), ("not reported", "")])
def test_another_dose_says_for_whom_it_is(data: Path, people: str, line: str) -> None:
    replace(data, HICCUPS, "people: not reported", f"people: {people}")
    known = relations(data)

    [other] = other_doses(known, known.site.regimens["trial"])
    whose = {
        whose_line(one)
        for question in everything(known)
        for one in question.positions
        if one.record == other.regimen
    }

    assert (", for adults" in other.sentence) is bool(line)
    assert "adults" not in other.sentence_for_search
    assert other.sentence_for_search == other.sentence.replace(", for adults", "")
    assert whose == {line}
    assert whose_line(Position(known.site.sources["paper"], other.source, "", (), ())) == ""


def test_a_mass_made_from_drops_that_disagrees_says_the_size_of_a_drop(data: Path) -> None:
    replace(data, DROPS, "severity: moderate\n", "")
    replace(data, TRIAL, "severity: severe\n", "")
    replace(data, HICCUPS, "2-4 mg", "9 mg")
    known = relations(data)

    others = other_doses(known, known.site.regimens["hiccups"])

    [drops] = [dose for dose in others if dose.regimen.id == "drops"]
    assert "if a drop is 0.05\u00a0mL" in drops.says


@pytest.mark.parametrize(
    ("times", "is_dose"),
    [("2 per day", True), ("3 times", True), ("1 time", False), ("not extracted", False)],
)
def test_a_single_dose_and_one_of_a_course_do_not_contradict_each_other(
    data: Path, times: str, is_dose: bool
) -> None:
    """The leaflet gives 2-4 mg twice a day for 5-10 days."""
    text = re.sub("(?m)^times: .*$", f"times: {times}", read(data, TRIAL))
    length = "10 days" if is_dose else "not extracted"
    write(data, TRIAL, re.sub("(?m)^length: .*$", f"length: {length}", text))
    known = relations(data)

    [question] = [
        found
        for found in everything(known)
        if found.field == "amount of each dose" and "severe" in found.about
    ]

    stands = Standing.CONFLICT if is_dose else Standing.DIFFERENT_QUESTION
    assert question.standing is stands
    assert any(other.is_on_dose for other in other_doses(known, known.site.regimens["trial"])) is (
        is_dose
    )
    of_singles = [found for found in everything(known) if found.field == SINGLE_TOTAL]
    assert bool(of_singles) is (times == "1 time")


# ---- standings that a curator gives ------------------------------------------------------------

WORDS = """\
name: When it is ruled out
weight: safety
inputs: [{inputs}]
rule: words
standing: {standing}
why: Both speak of sleep.
"""
SEVERAL = "cautions/sleep says, cautions/sleep-paper says"
ONE_SOURCE = "cautions/sleep says, events/approval says"
TWO_QUESTIONS = "claims/duration says, claims/other says"
NEED_TWO = ("agree", "overlap", "conflict")


@pytest.mark.parametrize("standing", [standing.value for standing in Standing])
@pytest.mark.parametrize("inputs", [SEVERAL, ONE_SOURCE, TWO_QUESTIONS])
def test_a_standing_that_the_definitions_do_not_allow_is_a_problem(
    data: Path, standing: str, inputs: str
) -> None:
    other = FILES["claims/duration.yml"].replace("kind: duration", "kind: onset")
    write(data, "claims/other.yml", other)
    write(data, "comparisons/words.yml", WORDS.format(inputs=inputs, standing=standing))

    loaded = load(data)
    problems = list(standings_follow_their_definitions(loaded, Relations(loaded.site)))

    allowed = standing not in NEED_TWO
    if inputs == SEVERAL:
        allowed = standing != "only one source"
    assert [problem.message.partition(":")[0] for problem in problems] == (
        [] if allowed else [f"standing must not be '{standing}'"]
    )


def test_a_standing_is_computed_unless_words_are_compared(data: Path) -> None:
    amounts = everything(relations(data))
    assert {standing_is(question) for question in amounts} == {"computed"}

    replace(data, "comparisons/duration.yml", "rule: amounts", "rule: words\nstanding: conflict")
    [words] = [question for question in everything(relations(data)) if question.comparison]
    assert standing_is(words) == "editorial judgement"


def test_each_question_of_several_sources_is_in_the_section_of_its_standing(data: Path) -> None:
    known = relations(data)
    found = sections(known)

    assert [section.title for section in found] == [
        "Conflicts",
        "Overlaps",
        "Agreement",
        "Different questions",
    ]
    questions = [
        *(question for section in found for question in section.found),
        *single_answers(known),
    ]
    assert len(questions) == len(everything(known))
    assert [section.of_conflicts for section in found] == [True, False, False, False]
    assert found[0].count == count_disagreements(disagreements(known))
    assert [section.count for section in found[1:]] == [
        count_questions(section.found) for section in found[1:]
    ]


def test_nothing_not_comparable_needs_no_section(data: Path) -> None:
    replace(
        data, "comparisons/duration.yml", "rule: amounts", "rule: words\nstanding: not comparable"
    )

    assert sections(relations(data))[-1].title == "Not comparable"


@pytest.mark.parametrize(
    ("count", "line"), [(0, "0 questions"), (1, "1 question"), (2, "2 questions")]
)
def test_questions_are_counted(data: Path, count: int, line: str) -> None:
    assert count_questions(everything(relations(data))[:count]) == line


# ---- for whom another dose is, and in which order conflicts are ---------------------------------


@pytest.mark.parametrize("severity", ["severity: severe\n", ""])
def test_another_dose_is_for_the_same_severity_or_for_none(data: Path, severity: str) -> None:
    if not severity:
        replace(data, TRIAL, "severity: severe\n", "")
    known = relations(data)

    line = disagreement_line(known, known.site.regimens["trial"])

    assert line.startswith("For the same condition, ")
    assert ("and the same severity or none, " in line) is bool(severity)
    assert line.endswith("another source gives:")
    for other in other_doses(known, known.site.regimens["trial"]):
        assert other.sentence.startswith("Examplin: the leaflet (")


def test_several_conflicts_are_said_to_be_in_an_order(data: Path) -> None:
    for section in sections(relations(data)):
        line = order_line(section)
        assert (line is not None) is (section.of_conflicts and len(section.found) > 1)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("rule: amounts", "Conflict: up to 12\u00a0hours against 24\u00a0hours"),
        (
            "rule: words\nstanding: overlap",
            "Overlap, editorial judgement: The paper gives twice the time.",
        ),
    ],
)
def test_a_comparison_of_words_gives_the_reason_of_its_curator(
    data: Path, rule: str, line: str
) -> None:
    replace(data, "comparisons/duration.yml", "rule: amounts", rule)
    known = relations(data)

    found = compared(known, known.site.comparisons["duration"])
    assert compared_line(found).replace("\u00a0", " ") == line.replace("\u00a0", " ")


UNEQUAL = {
    "each": "not applicable",
    "times": "not applicable",
    "parts_of_day": [
        {"when": "morning", "each": "10 mg"},
        {"when": "evening", "each": "20 mg"},
    ],
}
PHASES = {
    "each": "2 mg",
    "then": [{"each": "1 mg", "times": "1 per day", "daily": "not reported", "length": "1 week"}],
}


# ---- no answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        ({}, "duration", Absence.NOT_REPORTED),
        ({"length": "not extracted"}, "duration", Absence.NOT_EXTRACTED),
        ({"strength": "not extracted"}, "strength", Absence.NOT_EXTRACTED),
        ({"route": "not extracted"}, "route", Absence.NOT_EXTRACTED),
        ({"daily": "not extracted"}, "daily dose", Absence.NOT_EXTRACTED),
        ({"each": "not extracted"}, "amount of each dose", Absence.NOT_EXTRACTED),
        (
            {"each": "not extracted", "drops": "not reported", "product": "drops"},
            "amount of each dose",
            Absence.NOT_REPORTED,
        ),
        ({"times": "not extracted"}, "frequency", Absence.NOT_EXTRACTED),
        ({"times": "3 times"}, "frequency", "counted otherwise"),
        ({"times": "1 time"}, "frequency", Absence.NOT_APPLICABLE),
        ({"times": "1 time"}, "daily dose", Absence.NOT_APPLICABLE),
        ({"times": "1 time"}, "total course dose", Absence.NOT_APPLICABLE),
        ({"times": "1 per day"}, SINGLE_TOTAL, Absence.NOT_APPLICABLE),
        ({"times": "not extracted"}, SINGLE_TOTAL, Absence.NOT_EXTRACTED),
        ({"length": "1 week"}, "total course dose", "cannot be computed"),
        ({"each": "2 mg", "times": "2 per day"}, "total course dose", "cannot be computed"),
        ({}, "total dose of all courses", Absence.NOT_APPLICABLE),
        (
            {"courses": {"count": "2 courses", "gap": "2 weeks"}},
            "total dose of all courses",
            "cannot be computed",
        ),
        ({"each": "2 mg"}, "amount of each dose", "counted otherwise"),
        (
            {"each": "2 mg", "times": "1 per week", "daily": "not extracted"},
            "daily dose",
            "counted otherwise",
        ),
        (
            {"each": "2 mg", "times": "not applicable", "interval": "2 days"},
            "daily dose",
            "counted otherwise",
        ),
        (
            {"each": "2 mg", "times": "not applicable", "days": ["1", "8"]},
            "daily dose",
            "counted otherwise",
        ),
        ({"times": "not applicable", "interval": "20 minutes"}, "frequency", "counted otherwise"),
        (
            {"times": "not applicable", "interval": "not extracted"},
            "frequency",
            Absence.NOT_APPLICABLE,
        ),
        ({"times": "not applicable", "days": ["1", "8"]}, "frequency", "counted otherwise"),
        ({**UNEQUAL}, "frequency", "counted otherwise"),
        ({**UNEQUAL}, "amount of each dose", "counted otherwise"),
        ({"length": "not applicable", "until": "lifelong"}, "duration", "counted otherwise"),
        ({"length": "not extracted", "weeks": "1-4"}, "duration", "counted otherwise"),
        ({**PHASES}, "daily dose", SEVERAL_PHASES),
        ({**PHASES}, "duration", SEVERAL_PHASES),
        ({**PHASES}, "strength", Absence.NOT_REPORTED),
    ],
)
def test_a_regimen_without_an_answer_has_the_word_of_its_own_field(
    data: Path, fields: dict[str, object], field: str, expected: object
) -> None:
    assert no_answer(relations(data), regimen(**fields), field) == expected


@pytest.mark.parametrize(
    ("alarm", "line"),
    [
        (None, None),
        (Alarm.TENFOLD, "tenfold apart or more: a unit or a decimal point may be wrong"),
        (Alarm.THOUSANDFOLD, "a thousandfold apart or more: one of the units may be wrong"),
    ],
)
def test_an_alarm_says_how_far_apart_amounts_are(alarm: Alarm | None, line: str | None) -> None:
    assert alarm_line(alarm) == line


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"each": "2 mg"}, "Amounts are compared exactly."),
        ({"drops": "2 drops"}, "Amounts are compared exactly, and drops as a mass."),
    ],
)
def test_drops_are_named_only_where_a_regimen_has_them(
    fields: dict[str, object], line: str
) -> None:
    assert amounts_line([regimen(each="1 g"), regimen(**fields)]) == line
