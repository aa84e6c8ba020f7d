"""Sources side by side: what each says on a question, and how they stand to each other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from made_records import regimen as made
from sound import FILES, MORE, replace, rich_folder_of_one_route, write

from sitegen.derive import agreement
from sitegen.derive.agreement import Agreement
from sitegen.derive.dose_sites import routes_allowed
from sitegen.derive.population import people_beyond
from sitegen.derive.relations import Relations
from sitegen.derive.standing import Alarm, Standing
from sitegen.read.load import load
from sitegen.statements.agreement import about_line

HICCUPS, TRIAL, DROPS = "regimens/hiccups.yml", "regimens/trial.yml", "regimens/drops.yml"
COMPARISON = "comparisons/duration.yml"
SLEEP, SLEEP_PAPER = "cautions/sleep.yml", "cautions/sleep-paper.yml"
TENFOLD = Alarm.TENFOLD
THOUSANDFOLD = Alarm.THOUSANDFOLD

WORDS = """\
name: When it is ruled out
weight: safety
inputs: [cautions/sleep says, cautions/sleep-paper says]
rule: words
standing: agree
why: Both speak of sleep.
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The rich folder, with one route for all regimens, so that all can be compared."""
    return rich_folder_of_one_route(tmp_path)


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def row(found: Agreement) -> tuple[str, str, str]:
    """A question, how its answers stand, and the answers in the order of the table."""
    return (f"{about_line(found)}: {found.field}", found.standing.value, plain(found.because))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def on(data: Path, condition: str = "hiccups") -> list[tuple[str, str, str]]:
    """Every question on a condition."""
    known = relations(data)
    return [
        row(question)
        for question in agreement.of_condition(known, known.site.conditions[condition])
    ]


def one(data: Path, question: str) -> Agreement:
    """The one agreement on a question about hiccups, such as `Hiccups, severe: route`."""
    known = relations(data)
    [found] = [
        answered
        for answered in agreement.of_condition(known, known.site.conditions["hiccups"])
        if f"{answered.about}: {answered.field}" == question
    ]
    return found


def without_severity(data: Path) -> None:
    replace(data, TRIAL, "severity: severe\n", "")
    replace(data, DROPS, "severity: moderate\n", "")


# ---- regimens, field by field ------------------------------------------------------------------


def test_an_amount_by_weight_is_not_compared_with_a_plain_one(data: Path) -> None:
    without_severity(data)
    replace(data, TRIAL, "each: 12 mg", "each: 12 mg/kg")

    found = [question for question in on(data) if question[0].endswith("amount of each dose")]

    assert found == [
        ("Hiccups, in mg: amount of each dose", "overlap", "2–4 mg against 2–3 mg"),
        ("Hiccups, in mg/kg: amount of each dose", "only one source", "12 mg/kg"),
    ]


def test_what_no_other_regimen_answers_is_not_set_beside_others(data: Path) -> None:
    without_severity(data)
    replace(data, TRIAL, "each: 12 mg", "each: 12 mg/kg")
    known = Relations(load(data).site)
    found = agreement.of_condition(known, known.site.conditions["hiccups"])
    beside = agreement.in_columns(found)

    assert all(len(agreement.columns(rows)) > 1 for _, rows in beside)
    assert "Hiccups, in mg/kg" not in [about for about, _ in beside]
    assert "Hiccups, in mg" in [about for about, _ in beside]
    assert agreement.alone(found) == ()  # the trial is beside the others in how often
    alone = [question for question in found if question.about == "Hiccups, in mg/kg"]
    assert [record.id for record in agreement.alone(tuple(alone))] == ["trial"]


def test_each_field_is_compared_among_regimens_of_one_severity_and_of_none(data: Path) -> None:
    assert on(data) == [
        ("Hiccups, moderate: daily dose", "overlap", "4–8 mg a day against 6–9 mg a day"),
        ("Hiccups, moderate: amount of each dose", "overlap", "2–4 mg against 2–3 mg"),
        ("Hiccups, moderate: frequency", "conflict", "2 a day against 3 a day"),
        ("Hiccups, moderate: duration", "overlap", "5–10 days against 5 days or 10 days"),
        (
            "Hiccups, moderate: total course dose",
            "overlap",
            "20–80 mg against 30–45 mg or 60–90 mg",
        ),
        ("Hiccups, moderate: strength", "only one source", "10 mg/mL"),
        ("Hiccups, moderate: route", "agree", "intranasal"),
        ("Hiccups, severe: daily dose", "conflict", "4–8 mg a day against 24 mg a day"),
        ("Hiccups, severe: amount of each dose", "conflict", "2–4 mg against 12 mg"),
        ("Hiccups, severe: frequency", "agree", "2 a day"),
        ("Hiccups, severe: duration", "conflict", "5–10 days against 2 weeks"),
        ("Hiccups, severe: total course dose", "conflict", "20–80 mg against 336 mg"),
        ("Hiccups, severe: route", "agree", "intranasal"),
    ]


def test_without_severities_a_condition_is_one_group(data: Path) -> None:
    without_severity(data)

    assert on(data) == [
        (
            "Hiccups: daily dose",
            "overlap",
            "4–8 mg a day against 24 mg a day against 6–9 mg a day",
        ),
        ("Hiccups: amount of each dose", "overlap", "2–4 mg against 12 mg against 2–3 mg"),
        ("Hiccups: frequency", "overlap", "2 a day against 3 a day"),
        ("Hiccups: duration", "overlap", "5–10 days against 2 weeks against 5 days or 10 days"),
        (
            "Hiccups: total course dose",
            "overlap",
            "20–80 mg against 336 mg against 30–45 mg or 60–90 mg",
        ),
        ("Hiccups: strength", "only one source", "10 mg/mL"),
        ("Hiccups: route", "agree", "intranasal"),
    ]


def test_drops_are_compared_as_a_mass(data: Path) -> None:
    found = one(data, "Hiccups, moderate: amount of each dose")

    assert [
        (
            position.record.id,
            plain(position.says),
            position.is_computed,
            list(map(str, position.values)),
        )
        for position in found.positions
    ] == [
        ("hiccups", "2–4 mg", False, ["2-4 mg"]),
        ("drops", "2–3 mg", True, ["2-3 mg"]),
    ]


def test_drops_without_a_size_answer_no_question_of_mass(data: Path) -> None:
    (data / "parameters/drop.yml").unlink()

    found = one(data, "Hiccups, moderate: amount of each dose")

    assert row(found)[1:] == ("only one source", "2–4 mg")


def test_every_length_that_an_unclear_one_may_be_is_compared(data: Path) -> None:
    replace(data, HICCUPS, "length: 5-10 days", "length: 10 days")

    found = one(data, "Hiccups, moderate: duration")

    assert row(found)[1:] == ("overlap", "10 days against 5 days or 10 days")
    assert [list(map(str, position.values)) for position in found.positions] == [
        ["10 days"],
        ["5 days", "10 days"],
    ]


def test_readings_are_compared_each_and_none_is_chosen(data: Path) -> None:
    assert on(data, "yawning") == [
        ("Yawning: daily dose", "only one source", "6–9 mg a day"),
        ("Yawning: amount of each dose", "only one source", "3 mg"),
        ("Yawning: duration", "only one source", "1 week"),
        ("Yawning: total course dose", "only one source", "42–63 mg or 6–9 mg"),
        ("Yawning: route", "only one source", "oral"),
    ]


def test_a_count_over_the_whole_course_is_no_number_of_doses_a_day(data: Path) -> None:
    replace(data, TRIAL, "times: 2 per day", "times: 1 time")

    assert "Hiccups, severe: frequency" in [question for question, _, _ in on(data)]
    found = one(data, "Hiccups, severe: frequency")
    assert row(found)[1:] == ("only one source", "2 a day")


@pytest.mark.parametrize(
    ("dose", "times", "alarm"),
    [
        ("4 mg", None, None),
        ("39 mg", "9.75", None),
        ("40 mg", "10", TENFOLD),
        ("3999 mg", "999.75", TENFOLD),
        ("4 g", "1000", THOUSANDFOLD),
    ],
)
def test_a_dose_tenfold_or_thousandfold_another_raises_an_alarm(
    data: Path, dose: str, times: str | None, alarm: str | None
) -> None:
    replace(data, TRIAL, "each: 12 mg", f"each: {dose}")

    found = one(data, "Hiccups, severe: amount of each dose")

    assert (found.distance and f"{float(found.distance.times):g}", found.alarm) == (times, alarm)


def test_a_regimen_shows_only_the_questions_that_another_source_answers_too(data: Path) -> None:
    known = relations(data)

    found = agreement.of_regimen(known, known.site.regimens["drops"])

    assert [f"{about_line(question)}: {question.field}" for question in found] == [
        "Hiccups, moderate: daily dose",
        "Hiccups, moderate: amount of each dose",
        "Hiccups, moderate: frequency",
        "Hiccups, moderate: duration",
        "Hiccups, moderate: total course dose",
        "Hiccups, moderate: route",
    ]


def test_the_columns_are_the_records_that_answer(data: Path) -> None:
    known = relations(data)
    found = agreement.of_condition(known, known.site.conditions["hiccups"])

    columns = agreement.columns(found)

    assert [column.id for column in columns] == ["hiccups", "drops", "trial"]
    assert [len(question.of(columns[1])) for question in found] == [1] * 7 + [0] * 6


# ---- what asks the same question ---------------------------------------------------------------


def test_doses_by_different_routes_are_not_compared(data: Path) -> None:
    without_severity(data)
    for regimen in (HICCUPS, TRIAL):
        replace(data, regimen, "route: intranasal", "route: oral")

    found = on(data)

    by_nose = [answer for answer in found if answer[0].startswith("Hiccups, intranasal: ")]
    assert {standing for _, standing, _ in by_nose} == {"only one source"}
    assert ("Hiccups: route", "different question", "oral against intranasal") in found
    assert ("Hiccups, oral: amount of each dose", "conflict", "2–4 mg against 12 mg") in found


def test_a_regimen_without_a_route_is_compared_with_those_of_each_route(data: Path) -> None:
    without_severity(data)
    replace(data, TRIAL, "route: intranasal", "route: oral")
    replace(data, HICCUPS, "route: intranasal", "route: not extracted")

    duration = [answer for answer in on(data) if answer[0].endswith("duration")]

    assert [(question, says) for question, _, says in duration] == [
        ("Hiccups, oral: duration", "5–10 days against 2 weeks"),
        ("Hiccups, intranasal: duration", "5–10 days against 5 days or 10 days"),
    ]


def test_a_regimen_whose_words_imply_a_route_is_compared_with_those_of_that_route(
    data: Path,
) -> None:
    """Drops in each nostril, of no known route, beside an injection."""
    without_severity(data)
    replace(data, TRIAL, "route: intranasal", "route: intravenous")
    replace(data, DROPS, "route: intranasal", "route: not extracted")

    duration = [answer for answer in on(data) if answer[0].endswith("duration")]

    assert duration == [
        ("Hiccups, intranasal: duration", "overlap", "5–10 days against 5 days or 10 days"),
        ("Hiccups, intravenous: duration", "only one source", "2 weeks"),
    ]


def test_drops_of_no_known_route_are_not_compared_with_what_is_injected(data: Path) -> None:
    without_severity(data)
    for regimen in (HICCUPS, TRIAL):
        replace(data, regimen, "route: intranasal", "route: intravenous")
    replace(data, DROPS, "route: intranasal", "route: not extracted")
    replace(data, DROPS, "site: each nostril\n", "")

    duration = [answer for answer in on(data) if answer[0].endswith("duration")]

    assert duration == [
        ("Hiccups, intravenous: duration", "conflict", "5–10 days against 2 weeks"),
        ("Hiccups, route not known: duration", "only one source", "5 days or 10 days"),
    ]


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({"route": "oral", "drops": "2 drops"}, ("oral",)),
        ({"site": "each nostril"}, ("intranasal",)),
        ({"site": "the affected ear"}, ("otic",)),
        ({"site": "each eye"}, ("ophthalmic", "intravitreal")),
        ({"site": "near the heart"}, ()),
        ({"route": {"value": "unclear", "readings": ["oral", "rectal"]}}, ("oral", "rectal")),
        ({}, ()),
    ],
)
def test_a_regimen_may_be_by_the_routes_that_its_words_allow(
    data: Path, fields: dict[str, object], allowed: tuple[str, ...]
) -> None:
    one = made(**{"route": "not extracted", **fields})

    assert routes_allowed(load(data).site, one) == allowed


def test_drops_are_by_a_route_of_drops_and_a_product_by_its_own(data: Path) -> None:
    drops = routes_allowed(load(data).site, made(route="not extracted", drops="2 drops"))
    replace(data, "products/drops.yml", "form: ", "route: rectal\nform: ")
    named = routes_allowed(load(data).site, made(route="not extracted", product="drops"))

    assert "intranasal" in drops
    assert "intravenous" not in drops
    assert named == ("rectal",)


# ---- the people, in words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("not reported", ""),
        ("Adults", "adults"),
        ("Children with severe hiccups", "children"),
        ("Patients with severe hiccups", ""),
        ("Patients in a severe condition", ""),
        ("Patients without hiccups", "without"),
        ("Patients on dialysis", "on dialysis"),
    ],
)
def test_words_for_people_say_more_than_the_condition_and_how_severe_it_is(
    data: Path, people: str, words: str
) -> None:
    condition = load(data).site.conditions["hiccups"]

    assert people_beyond(condition, made(people=people, severity="severe")) == words


def of_people(data: Path, leaflet: str, paper: str) -> list[tuple[str, str, str]]:
    without_severity(data)
    (data / DROPS).unlink()
    replace(data, TRIAL, "each: 12 mg", "each: 0.1 mg")
    replace(data, HICCUPS, "people: not reported", f"people: {leaflet}")
    replace(data, TRIAL, "people: not extracted", f"people: {paper}")
    return [answer for answer in on(data) if answer[0].endswith("amount of each dose")]


def test_doses_for_people_in_other_words_are_not_compared(data: Path) -> None:
    assert of_people(data, "Adults", "Children") == [
        ("Hiccups, adults: amount of each dose", "only one source", "2–4 mg"),
        ("Hiccups, children: amount of each dose", "only one source", "0.1 mg"),
    ]
    known = relations(data)
    assert not any(found.alarm for found in agreement.everything(known))


def test_a_dose_for_nobody_named_is_compared_with_those_of_each(data: Path) -> None:
    replace(data, HICCUPS, "people: not reported", "people: Adults")
    replace(data, TRIAL, "people: not extracted", "people: Children")
    without_severity(data)

    duration = [answer for answer in on(data) if answer[0].endswith("duration")]

    assert duration == [
        (
            "Hiccups, adults, or people not named: duration",
            "overlap",
            "5–10 days against 5 days or 10 days",
        ),
        (
            "Hiccups, children, or people not named: duration",
            "only one source",
            "2 weeks against 5 days or 10 days",
        ),
    ]


@pytest.mark.parametrize(
    ("leaflet", "paper"),
    [
        ("Adults", "adults"),
        ("Adults", "Adults with hiccups"),
        ("Adults", "not extracted"),
        ("Patients with hiccups", "Children"),
        ("not reported", "not extracted"),
    ],
)
def test_doses_for_the_same_people_or_for_nobody_named_are_compared(
    data: Path, leaflet: str, paper: str
) -> None:
    assert of_people(data, leaflet, paper) == [
        ("Hiccups: amount of each dose", "conflict", "2–4 mg against 0.1 mg")
    ]


# ---- how often -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leaflet", "paper", "found"),
    [
        (
            "times: 1 per week",
            "times: 1 per day",
            ("Hiccups: frequency", "conflict", "1 a week against 1 a day"),
        ),
        (
            "times: 2 per day",
            "times: not applicable\ninterval: 12 hours",
            ("Hiccups: frequency", "agree", "2 a day against every 12 hours"),
        ),
        (
            "times: 2 per day",
            "times: not applicable\ninterval: 6 hours",
            ("Hiccups: frequency", "conflict", "2 a day against every 6 hours"),
        ),
        (
            "times: 4 per day",
            "times: not applicable\ninterval: 5 hours",
            ("Hiccups: frequency", "overlap", "4 a day against every 5 hours"),
        ),
        (
            "times: 3 per week",
            "times: not applicable\ninterval: 2 days",
            ("Hiccups: frequency", "overlap", "3 a week against every 2 days"),
        ),
        (
            "times: 3 per week",
            "times: not applicable\ninterval: ≥ 4 hours",
            ("Hiccups: frequency", "overlap", "3 a week against at least 4 hours apart"),
        ),
        (
            "times: 1 per month",
            "times: 6 per year",
            (
                "Hiccups: frequency",
                "conflict",
                "1 a month against 6 a year",
            ),
        ),
        (
            "times: 2 per day",
            "times: 3 times",
            ("Hiccups: frequency", "only one source", "2 a day"),
        ),
    ],
)
def test_how_often_is_compared_whatever_it_is_counted_over(
    data: Path, leaflet: str, paper: str, found: tuple[str, str, str]
) -> None:
    without_severity(data)
    (data / DROPS).unlink()
    replace(data, HICCUPS, "times: 2 per day", leaflet)
    replace(data, TRIAL, "times: 2 per day", paper)

    assert [answer for answer in on(data) if "frequency" in answer[0]] == [found]


def test_doses_a_month_are_not_compared_with_doses_a_day(data: Path) -> None:
    without_severity(data)
    replace(data, TRIAL, "times: 2 per day", "times: 1 per month")

    assert [answer for answer in on(data) if "frequency" in answer[0]] == [
        ("Hiccups: frequency", "conflict", "2 a day against 3 a day"),
        ("Hiccups, in doses a month or a year: frequency", "only one source", "1 a month"),
    ]


# ---- a dose that changes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("each", "direction", "found"),
    [
        ("1 mg", "up", ("overlap", "2–4 mg against 1 mg, up by 1 mg")),
        ("12 mg", "up", ("conflict", "2–4 mg against 12 mg, up by 1 mg")),
        ("12 mg", "down", ("overlap", "2–4 mg against 12 mg, down by 1 mg")),
        ("12 mg", "up or down", ("only one source", "2–4 mg")),
    ],
)
def test_a_dose_that_changes_is_compared_as_a_bound(
    data: Path, each: str, direction: str, found: tuple[str, str]
) -> None:
    without_severity(data)
    (data / DROPS).unlink()
    step = f"step: {{by: 1 mg, direction: {direction}}}"
    replace(data, TRIAL, "each: 12 mg", f"each: {each}\n{step}")

    assert row(one(data, "Hiccups: amount of each dose"))[1:] == found


def test_a_regimen_for_one_situation_is_compared_with_none_for_another(data: Path) -> None:
    without_severity(data)
    replace(data, DROPS, "product: drops\n", "product: drops\nsituation: on a ship\n")

    found = on(data)

    on_a_ship = [answer for answer in found if answer[0].startswith("Hiccups, on a ship: ")]
    assert {standing for _, standing, _ in on_a_ship} == {"only one source"}
    assert ("Hiccups: duration", "conflict", "5–10 days against 2 weeks") in found


def test_different_strengths_do_not_conflict(data: Path) -> None:
    replace(data, HICCUPS, "strength: not reported", "strength: 1 mg/mL")

    found = one(data, "Hiccups, moderate: strength")

    assert row(found)[1:] == ("different question", "1 mg/mL against 10 mg/mL")


@pytest.mark.parametrize(
    ("field", "value", "standing"),
    [
        ("kind: duration", "kind: duration", "conflict"),
        ("kind: duration", "kind: pharmacokinetics", "different question"),
        ("substance: examplin", "substance: yawnin", "different question"),
    ],
)
def test_amounts_of_claims_of_another_kind_or_substance_answer_different_questions(
    data: Path, field: str, value: str, standing: str
) -> None:
    replace(data, "claims/duration-paper.yml", field, value)

    assert compared(data).standing.value == standing


# ---- reports of one study ----------------------------------------------------------------------


ARM_OF_24_MG = (
    "{id: a, name: A, participants: not reported, dosage: [{at: paper abstract.1.1,"
    " each: 24 mg, times: not reported, daily: 48 mg per day, length: not reported}]}"
)


def of_studies(data: Path) -> list[tuple[str, str, str]]:
    known = relations(data)
    return [
        row(question) for group in known.groups for question in agreement.of_studies(known, group)
    ]


def test_reports_of_one_study_are_compared(data: Path) -> None:
    about = "Patients with hiccups, if its reports are of one study"
    assert of_studies(data) == [
        (f"{about}: participants", "conflict", "40 people against 30 people"),
        (f"{about}: dose", "only one source", "12 mg"),
        (f"{about}: length", "conflict", "10 days against 2 weeks"),
    ]


@pytest.mark.parametrize(
    ("more", "other", "standing", "because"),
    [
        ("", "24 mg", "conflict", "24 mg against 12 mg"),
        ("other_doses: [24 mg]", "24 mg", "overlap", "24 mg against 12 mg, 24 mg"),
        ("other_doses: [24 mg per day]", "24 mg", "conflict", "24 mg against 12 mg"),
        ("other_doses: [not extracted]", "24 mg", "conflict", "24 mg against 12 mg"),
        ("other_doses: [24 mg]", "30 mg", "conflict", "30 mg against 12 mg, 24 mg"),
        (f"arms: [{ARM_OF_24_MG}]", "24 mg", "overlap", "24 mg against 12 mg, 24 mg"),
    ],
)
def test_each_dose_of_a_report_is_an_answer(
    data: Path, more: str, other: str, standing: str, because: str
) -> None:
    replace(data, "studies/hiccups.yml", "dose: not reported", f"dose: {other}")
    replace(data, "studies/trial.yml", "dose: 12 mg", f"dose: 12 mg\n{more}")

    about = "Patients with hiccups, if its reports are of one study: dose"
    assert (about, standing, because) in of_studies(data)


def test_a_stated_tie_makes_no_condition_of_what_its_reports_say(data: Path) -> None:
    replace(data, "ties/hiccups.yml", "tie: inferred", "tie: stated")

    assert {about.partition(":")[0] for about, _, _ in of_studies(data)} == {
        "Patients with hiccups"
    }


def test_reports_that_are_kept_apart_are_not_compared(data: Path) -> None:
    replace(data, "ties/hiccups.yml", "relation: one study", "relation: kept apart")

    assert of_studies(data) == []


# ---- contraindications -------------------------------------------------------------------------


def of_cautions(data: Path) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (
            question.about,
            question.standing.value,
            [(one.source.id, one.says) for one in question.positions],
        )
        for question in agreement.of_cautions(relations(data))
    ]


def same_condition(data: Path, *cautions: str) -> None:
    for name in cautions:
        replace(
            data,
            name,
            "kind: contraindication\n",
            "kind: contraindication\nconditions: [yawning]\n",
        )


def test_a_contraindication_that_every_source_lists_is_agreed(data: Path) -> None:
    same_condition(data, SLEEP, SLEEP_PAPER)

    assert of_cautions(data) == [("Yawning", "agree", [("leaflet", "listed"), ("paper", "listed")])]


def read_for_contraindications(data: Path, source: str) -> None:
    replace(data, source, "read: abstract\n", "read: abstract\nread_for: [contraindications]\n")


def test_a_contraindication_is_not_listed_only_by_a_source_that_was_read_for_them(
    data: Path,
) -> None:
    same_condition(data, SLEEP)

    assert of_cautions(data)[0] == (
        "Yawning",
        "only one source",
        [("leaflet", "listed"), ("paper", "not read for this")],
    )


def test_a_contraindication_that_one_source_lists_is_missing_from_those_that_list_others(
    data: Path,
) -> None:
    same_condition(data, SLEEP)
    read_for_contraindications(data, "sources/paper.yml")

    assert of_cautions(data) == [
        ("Yawning", "only one source", [("leaflet", "listed"), ("paper", "not listed")]),
        (
            "Sleep, in the paper",
            "only one source",
            [("paper", "listed"), ("leaflet", "not listed")],
        ),
    ]


def test_a_contraindication_that_two_of_three_sources_list_is_agreed_by_those_two(
    data: Path,
) -> None:
    same_condition(data, SLEEP, SLEEP_PAPER)
    write(data, "sources/third.yml", MORE["sources/paper.yml"])
    third = MORE[SLEEP_PAPER].replace("paper abstract", "third abstract")
    write(data, "cautions/other.yml", third)
    read_for_contraindications(data, "sources/third.yml")

    assert of_cautions(data)[0] == (
        "Yawning",
        "agree",
        [("leaflet", "listed"), ("paper", "listed"), ("third", "not listed")],
    )


def test_a_source_that_lists_no_contraindication_is_not_said_to_leave_one_out(data: Path) -> None:
    (data / SLEEP_PAPER).unlink()

    assert of_cautions(data) == [("Sleep", "only one source", [("leaflet", "listed")])]


def test_an_adverse_effect_is_no_contraindication(data: Path) -> None:
    replace(data, SLEEP_PAPER, "kind: contraindication", "kind: adverse effects")

    assert [about for about, _, _ in of_cautions(data)] == ["Sleep"]


# ---- what curators compare ---------------------------------------------------------------------


def compared(data: Path, id: str = "duration") -> Agreement:
    known = relations(data)
    return agreement.compared(known, known.site.comparisons[id])


def test_a_comparison_of_amounts_has_its_standing_computed(data: Path) -> None:
    found = compared(data)

    assert row(found) == ("How long it works: ", "conflict", "up to 12 hours against 24 hours")
    assert found.distance
    assert found.distance.times == 2
    assert [(position.source.id, str(position.at[0])) for position in found.positions] == [
        ("leaflet", "leaflet use.1.4"),
        ("paper", "paper abstract.1.5"),
    ]


def test_a_comparison_of_words_has_the_standing_that_a_curator_reads(data: Path) -> None:
    write(data, "comparisons/sleep.yml", WORDS)

    assert row(compared(data, "sleep")) == (
        "When it is ruled out: ",
        "agree",
        "Not to be taken while asleep",
    )
    assert compared(data, "sleep").distance is None


def test_dates_of_different_events_answer_different_questions(data: Path) -> None:
    event = FILES["events/approval.yml"]
    write(data, "events/again.yml", event.replace("1999-05-03", "2001") + "dates: a sale\n")
    write(data, "events/approval.yml", event + "dates: an order\n")
    inputs = "inputs: [events/approval when, events/again when]"
    replace(
        data, COMPARISON, "inputs: [claims/duration value, claims/duration-paper value]", inputs
    )

    assert compared(data).standing.value == "different question"


@pytest.mark.parametrize("standing", [standing.value for standing in Standing])
def test_every_standing_of_words_is_the_one_that_a_curator_gave(data: Path, standing: str) -> None:
    words = WORDS.replace("standing: agree", f"standing: {standing}")
    write(data, "comparisons/sleep.yml", words)

    assert compared(data, "sleep").standing.value == standing


@pytest.mark.parametrize(
    ("when", "other", "expected"),
    [
        ("1999-05-03", "1999-05-03", "agree"),
        ("1999-05-03", "1999", "overlap"),
        ("1999-05-03", "1990s", "overlap"),
        ("1999-05-03", "1999-05", "overlap"),
        ("1999-05-03", "1999-06", "conflict"),
        ("1999-05-03", "1999-05-04", "conflict"),
        ("1999-12", "2000-01", "conflict"),
        ("1999-12-31", "2000-01-01", "conflict"),
        ("1999", "2000", "conflict"),
        ("early-1990s", "late-1990s", "conflict"),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(
    data: Path, when: str, other: str, expected: str
) -> None:
    write(data, "events/again.yml", FILES["events/approval.yml"].replace("1999-05-03", other))
    replace(data, "events/approval.yml", "1999-05-03", when)
    inputs = "inputs: [events/approval when, events/again when]"
    replace(
        data, COMPARISON, "inputs: [claims/duration value, claims/duration-paper value]", inputs
    )

    assert compared(data).standing.value == expected


def test_a_comparison_is_listed_with_its_records_and_its_conditions(data: Path) -> None:
    known = relations(data)
    site = known.site
    shown = {
        record.key: [question.about for question in agreement.comparisons_about(known, record)]
        for record in (*site.claims.values(), *site.conditions.values())
    }

    assert shown == {
        ("claims", "duration"): ["How long it works"],
        ("claims", "duration-paper"): ["How long it works"],
        ("conditions", "hiccups"): ["How long it works"],
        ("conditions", "yawning"): [],
    }


# ---- the whole list ----------------------------------------------------------------------------


def test_conflicts_come_first_by_what_they_bear_on_then_by_how_far_apart_they_are(
    data: Path,
) -> None:
    found = agreement.everything(relations(data))

    assert [
        (
            f"{about_line(question)}: {question.field}",
            question.weight,
            question.distance and str(question.distance.times),
        )
        for question in found
        if question.standing.value == "conflict"
    ] == [
        ("Hiccups, severe: total course dose", "dose", "21/5"),
        ("Hiccups, severe: daily dose", "dose", "3"),
        ("Hiccups, severe: amount of each dose", "dose", "3"),
        ("Hiccups, moderate: frequency", "dose", "3/2"),
        ("Hiccups, severe: duration", "dose", "7/5"),
        ("Patients with hiccups, if its reports are of one study: length", "evidence", "7/5"),
        ("Patients with hiccups, if its reports are of one study: participants", "evidence", "4/3"),
        ("How long it works: ", "action", "2"),
    ]


def test_what_only_one_source_says_comes_last(data: Path) -> None:
    ranks = list(Standing)

    found = [ranks.index(question.standing) for question in agreement.everything(relations(data))]

    assert {ranks[rank].value for rank in found} == {
        "conflict",
        "overlap",
        "agree",
        "only one source",
    }
    assert all(before <= after for before, after in pairwise(found))


@pytest.mark.parametrize("weight", agreement.WEIGHTS)
def test_a_weight_places_a_conflict_among_the_others(data: Path, weight: str) -> None:
    replace(data, COMPARISON, "weight: action", f"weight: {weight}")

    found = [
        question.weight
        for question in agreement.everything(relations(data))
        if question.standing.value == "conflict"
    ]

    assert found == sorted(found, key=agreement.WEIGHTS.index)
    assert weight in found
