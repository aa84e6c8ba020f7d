"""Studies in people in words: counts that say what they count, and what was looked for."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from made_records import regimen
from sound import read, replace, rich_folder, source, study, write

from sitegen.check.rules import a_source_names_the_organisations_of_its_studies
from sitegen.derive.completeness import Count
from sitegen.derive.relations import Relations
from sitegen.model import TrialNumber
from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.coverage import coverage
from sitegen.statements.dosing import dosed
from sitegen.statements.sources import banner, short_label, source_label
from sitegen.statements.studies import (
    apart_line,
    comparator_line,
    daily_doses,
    dose_state,
    doses_given,
    experiment_line,
    human_studies,
    items_in_brief,
    items_reported,
    known_doses,
    no_test_line,
    registry_name,
    size_band,
    studies_counted,
    study_line,
)

TRIAL, REGIMEN = "studies/trial.yml", "regimens/trial.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return rich_folder(tmp_path)


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def apart(data: Path) -> None:
    """Part the reports that the rich folder ties as one study."""
    replace(data, "ties/hiccups.yml", "relation: one study", "relation: kept apart")


# ---- items -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (Count(5, 0, 20, 8), "5 of 12 items looked for are reported; 8 not looked for"),
        (Count(5, 2, 20, 8), "5 of 12 items looked for are reported, 2 unclear; 8 not looked for"),
        (Count(1, 0, 2, 1), "1 of 1 item looked for is reported; 1 not looked for"),
        (Count(5, 0, 20, 0), "5 of 20 items reported"),
        (Count(5, 3, 19, 0), "5 of 19 items reported, 3 unclear"),
        (Count(0, 0, 20, 20), "no item looked for"),
        (Count(0, 0, 0, 0), "no item looked for"),
    ],
)
def test_items_are_counted_of_those_that_were_looked_for(counted: Count, expected: str) -> None:
    assert items_reported(counted) == expected


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (Count(5, 2, 20, 8), "5 of 12, 2 unclear"),
        (Count(5, 0, 20, 0), "5 of 20"),
        (Count(0, 0, 20, 20), "none looked for"),
    ],
)
def test_a_cell_counts_items_of_those_that_were_looked_for(counted: Count, expected: str) -> None:
    assert items_in_brief(counted) == expected


# ---- the line of a study -----------------------------------------------------------------------


LINK = "studies:\n  - study: trial\n    link: {link}\n    why: The abstract gives it.\n"


@pytest.mark.parametrize(
    ("dose", "daily", "link", "expected"),
    [
        ("not extracted", "24 mg per day", "stated", "24 mg a day"),
        ("not extracted", "24 mg per day", "inferred", "amount of each dose not extracted"),
        ("not extracted", "not extracted", "stated", "amount of each dose not extracted"),
        ("12 mg", "24 mg per day", "stated", "12 mg"),
        *(
            (word.value, "not reported", "stated", f"amount of each dose {word}")
            for word in Absence
        ),
    ],
)
def test_the_line_of_a_study_gives_a_known_daily_dose(
    data: Path, dose: str, daily: str, link: str, expected: str
) -> None:
    replace(data, TRIAL, "dose: 12 mg", f"dose: {dose}")
    replace(data, REGIMEN, "daily: not extracted", f"daily: {daily}")
    write(data, REGIMEN, read(data, REGIMEN) + LINK.format(link=link))
    known = relations(data)
    trial = known.site.studies["trial"]

    assert study_line(trial, known).replace("\u00a0", " ").split("; ")[1] == expected
    assert bool(daily_doses(trial, known)) is expected.endswith("a day")


@pytest.mark.parametrize(
    ("daily", "expected"),
    [
        ("24 mg per day", "24 mg a day"),
        ("30 mg per day", "24 mg a day for 2 weeks (A)"),
        ("not extracted", "24 mg a day for 2 weeks (A)"),
    ],
)
def test_the_amount_of_a_day_says_it_all_only_where_no_arm_has_another(
    data: Path, daily: str, expected: str
) -> None:
    replace(data, TRIAL, "dose: 12 mg", "dose: not reported")
    replace(data, REGIMEN, "daily: not extracted", f"daily: {daily}")
    write(data, REGIMEN, read(data, REGIMEN) + LINK.format(link="stated"))
    phase = "{at: paper abstract.1.1, each: not reported, times: not reported,"
    arm = "{id: a, name: A, participants: not reported, dosage: ["
    with (data / TRIAL).open("a") as file:
        file.write(f"arms: [{arm}{phase} daily: 24 mg per day, length: 2 weeks}}]}}]\n")
    known = relations(data)
    trial = known.site.studies["trial"]

    assert [one.replace("\u00a0", " ") for one in doses_given(trial, known)] == [expected]
    assert f"; {expected}; " in study_line(trial, known).replace("\u00a0", " ")


# ---- how many studies --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "comparator", "published", "expected"),
    [
        *(
            (way, comparator, published, "1 known by a record or single facts only")
            for way, comparator, published in product(
                ("bibliographic record", "single facts"),
                ("Placebo", "not applicable"),
                (True, False),
            )
        ),
        ("abstract", "not applicable", True, "1 that does not test the drug"),
        ("abstract", "Placebo", True, "1 with a publication"),
        ("abstract", "not extracted", True, "1 with a publication"),
        ("summary by others", "Placebo", False, "2 accounts without a publication"),
    ],
)
def test_studies_are_counted_by_what_is_known_of_them(
    data: Path, read: str, comparator: str, published: bool, expected: str
) -> None:
    apart(data)
    replace(data, "sources/paper.yml", "read: abstract", f"read: {read}")
    replace(data, TRIAL, "comparator: not extracted", f"comparator: {comparator}")
    if not published:
        text = (data / "sources/paper.yml").read_text("utf-8")
        head, _, rest = text.partition("publication:\n")
        write(data, "sources/paper.yml", head + rest[rest.index("character:") :])

    said = human_studies(relations(data))

    assert expected in said
    assert said.startswith("2 human studies: ")
    assert studies_counted(relations(data)) == "2 human studies"


SEARCH = "search:\n  found: {found}\n  on: 2020-02-28\n"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("no publication found", "1 account with no publication found"),
        ("a publication that may be it", "1 with a possible publication"),
    ],
)
def test_what_came_of_the_search_for_a_publication_is_counted(
    data: Path, found: str, expected: str
) -> None:
    apart(data)
    study = "studies/hiccups.yml"
    write(data, study, read(data, study) + SEARCH.format(found=found))

    assert human_studies(relations(data)) == f"2 human studies: 1 with a publication, {expected}"


def test_that_all_are_published_or_that_there_is_none_is_not_said(data: Path) -> None:
    (data / "studies/hiccups.yml").unlink()
    (data / "ties/hiccups.yml").unlink()
    replace(data, "regimens/hiccups.yml", LINK_TO_HICCUPS, "")
    assert human_studies(relations(data)) == "1 human study"

    (data / "studies/trial.yml").unlink()
    assert human_studies(relations(data)) == "no human study is in the records"


LINK_TO_HICCUPS = "studies:\n  - study: hiccups\n    link: inferred\n    why: Same condition.\n"


def test_reports_of_one_study_count_once(data: Path) -> None:
    assert human_studies(relations(data)) == "1 human study in 2 reports"


# ---- doses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"each": "2 mg"}, "a dose reported"),
        ({"volume": "2 mL"}, "a dose reported"),
        ({"daily": "2 mg per day"}, "a dose reported"),
        ({"drops": "2 drops", "times": "2 per day"}, "a dose reported"),
        ({"drops": "not reported", "times": "2 per day"}, "only how often"),
        ({"times": "2 per day", "length": "5 days"}, "only how often and how long"),
        ({"length": "5 days"}, "only how long"),
        ({"each": "not reported"}, "dose not reported"),
        ({"each": "not applicable"}, "dose not reported"),
        ({"each": "none observed"}, "dose not reported"),
        ({"each": "unclear"}, "dose unclear"),
        ({"each": "not extracted"}, "dose not extracted"),
        ({"each": "unclear", "daily": "not extracted"}, "dose not extracted"),
        ({"each": "not applicable", "daily": "not applicable"}, "dose not applicable"),
    ],
)
def test_a_dose_is_reported_only_where_an_amount_is(
    fields: dict[str, object], expected: str
) -> None:
    assert dosed([regimen(**fields)]) == expected
    assert dosed([regimen(**fields), regimen(each="3 mg")]) == "a dose reported"
    assert dosed([]) == ""


def test_coverage_says_that_only_frequency_and_duration_are_reported(data: Path) -> None:
    replace(data, "regimens/yawning.yml", "each: 3 mg", "each: not reported")
    replace(data, "regimens/yawning.yml", "volume: 0.5 mL", "volume: not reported")

    [row] = [row for row in coverage(relations(data)) if row.condition.id == "yawning"]

    assert "only how often and how long" in row.dosed
    assert "only how often and how long" in row.means


# ---- sources -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"author": ["Nod AB", "Wake C"]}, "Nod 2001"),
        ({"author": ["van der Nod AB"]}, "van der Nod 2001"),
        ({"author": ["others"]}, "Hiccups in an invented town"),
        ({"author": ["Nod AB"], "published": "not reported"}, "Hiccups in an invented town"),
        ({}, "Hiccups in an invented town"),
    ],
)
def test_a_source_is_called_by_author_and_year_where_both_are_known(
    fields: dict[str, object], expected: str
) -> None:
    assert source_label(source(**fields)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Hiccups in a town", "Hiccups in a town"),
        ("Hiccups and yawning", "Hiccups and yawning"),
        ("Hiccups, and what ends them", "Hiccups, and what…"),
        ("Hiccups: some of the causes", "Hiccups: some…"),
        ("Hiccupsandyawninginaninventedtown", "Hiccupsandyawningina…"),
    ],
)
def test_a_long_title_ends_with_a_whole_word_where_room_is_short(title: str, expected: str) -> None:
    assert short_label(source(title=title), 20) == expected
    assert short_label(source(title=title, author=["Nod AB"]), 20) == "Nod 2001"


def test_the_banner_counts_the_sources_and_advises_nothing() -> None:
    one, other = source(), source(kind="label page")

    assert banner([one]) == "1 source: journal article; primary. Not medical advice."
    assert banner([one, one]) == "2 sources. Not medical advice."
    assert banner([one, other]) == "2 sources of varying quality. Not medical advice."


# ---- organisations -----------------------------------------------------------------------------


def organisations_of_trial(data: Path, lines: str) -> list[str]:
    """The problems with the organisations of the trial, whose source names none."""
    replace(data, TRIAL, "at: paper abstract.1.1\n", f"at: paper abstract.1.1\n{lines}")
    loaded = load(data)
    trial = loaded.site.studies["trial"]
    return [
        problem.message
        for problem in a_source_names_the_organisations_of_its_studies(loaded, trial)
    ]


def test_an_organisation_that_only_another_source_names_must_be_inferred(data: Path) -> None:
    [message] = organisations_of_trial(data, "organisations: [institute-of-yawns]\n")

    assert "paper does not name 'institute-of-yawns'" in message
    assert "organisations_inferred" in message


def test_an_inferred_organisation_is_no_organisation_that_the_source_names(data: Path) -> None:
    inferred = (
        "organisations_inferred:\n"
        "  - organisation: institute-of-yawns\n"
        "    named: An institute\n"
        "    why: The same town.\n"
    )

    assert organisations_of_trial(data, inferred) == []
    known = relations(data)
    institute = known.site.organisations["institute-of-yawns"]
    assert [study.id for study in known.studies_inferred_by(institute)] == ["trial"]
    assert "trial" not in [study.id for study in known.studies_by(institute)]


# ---- doses that are known otherwise ------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose", "others", "known"),
    [
        ("not extracted", [], ""),
        ("not extracted", ["24 mg per day"], "24 mg a day"),
        ("not reported", ["6 mg", "24 mg per day"], "6 mg or 24 mg a day"),
        ("not reported", ["not extracted"], ""),
        ("12 mg", ["24 mg"], ""),
    ],
)
def test_other_doses_of_a_report_are_known_doses(
    data: Path, dose: str, others: list[str], known: str
) -> None:
    replace(data, TRIAL, "dose: 12 mg", f"dose: {dose}\nother_doses: [{', '.join(others)}]")
    found = relations(data)
    trial = found.site.studies["trial"]
    line = study_line(trial, found).replace("\u00a0", " ").split("; ")[1]

    amounts = " or ".join(str(one).replace("per day", "a day") for one in known_doses(trial, found))
    assert amounts.replace("\u00a0", " ") == known
    given = [said.replace("\u00a0", " ") for said in doses_given(trial, found)]
    expected = ["12 mg", *others] if dose == "12 mg" else known.split(" or ")
    assert given == [*filter(None, expected)]
    is_known = bool(known) or dose == "12 mg"
    assert dose_state(trial, found) == ("reported" if is_known else dose)
    assert line == (known or ("12 mg" if dose == "12 mg" else f"amount of each dose {dose}"))


@pytest.mark.parametrize(
    ("dose", "given"),
    [
        ("12000 micrograms", ("12 mg (in the source 12,000 micrograms)",)),
        ("not extracted", ()),
    ],
)
def test_a_dose_in_another_unit_than_the_others_is_converted(
    data: Path, dose: str, given: tuple[str, ...]
) -> None:
    replace(data, TRIAL, "dose: 12 mg", f"dose: {dose}")
    known = relations(data)

    found = doses_given(known.site.studies["trial"], known)

    assert tuple(said.replace("\u00a0", " ") for said in found) == given


PHASE = {
    "each": "4 mg",
    "times": "2 per day",
    "daily": "not reported",
    "length": "10 days",
    "route": "intranasal",
    "at": "paper abstract.1.1",
}
ARM = {"id": "a", "name": "Examplin", "participants": "not reported", "dosage": [PHASE]}


@pytest.mark.parametrize(
    ("dose", "others", "given"),
    [
        ("not reported", [], ["4 mg twice a day for 10 days, intranasal (Examplin)"]),
        (
            "not reported",
            ["8 mg"],
            ["4 mg twice a day for 10 days, intranasal (Examplin), other dose: 8 mg"],
        ),
        ("not reported", ["4 mg"], ["4 mg"]),
        ("not reported", ["4 mg", "8 mg"], ["4 mg", "8 mg"]),
        (
            "not reported",
            ["not extracted"],
            ["4 mg twice a day for 10 days, intranasal (Examplin)"],
        ),
        ("2 mg", ["8 mg"], ["2 mg", "8 mg"]),
    ],
)
def test_what_an_arm_was_given_comes_before_other_doses(
    data: Path, dose: str, others: list[str], given: list[str]
) -> None:
    found = relations(data)
    trial = study(
        at=["paper abstract.1.1"], dose=dose, other_doses=others, arms=[ARM], design="not reported"
    )

    said = [one.replace("\u00a0", " ") for one in doses_given(trial, found)]
    assert said == given
    line = study_line(trial, found).replace("\u00a0", " ")
    assert (given[0] if dose == "2 mg" else " or ".join(given)) in line
    if dose != "2 mg":
        assert apart_line(trial, "dose").replace("\u00a0", " ") == ", ".join(given)


@pytest.mark.parametrize(
    ("control", "comparator", "line"),
    [
        ("no control", "not extracted", "no control group"),
        ("no control", "Before treatment", "no control group"),
        ("placebo", "not extracted", "comparator reported"),
        (None, "not extracted", "comparator not extracted"),
        (None, "A dummy", "comparator reported"),
    ],
)
def test_a_study_without_a_control_has_no_comparator(
    data: Path, control: str | None, comparator: str, line: str
) -> None:
    fields = {"control": control} if control else {}
    trial = study(at=["paper abstract.1.1"], comparator=comparator, **fields)

    assert comparator_line(trial) == line
    assert f"; {line}; " in study_line(trial, relations(data))


def test_an_experiment_is_shown_with_its_lane_model_doses_and_finding(data: Path) -> None:
    known = relations(data)

    assert experiment_line(known.site.experiments["rats"]).replace("\u00a0", " ") == (
        "In animals: Rats; 50 micrograms/kg. Rats did not hiccup."
    )
    assert experiment_line(known.site.experiments["cells"]) == (
        "In vitro: Cells; dose not extracted. Nothing happened."
    )


@pytest.mark.parametrize(("scheme", "name"), [("ISRCTN", "ISRCTN"), ("other", "Another registry")])
def test_a_registry_that_is_on_no_list_is_another(scheme: str, name: str) -> None:
    number = TrialNumber.model_validate({"scheme": scheme, "value": "1"})

    assert registry_name(number) == name


# ---- routes of studies and regimens ------------------------------------------------------------


@pytest.mark.parametrize("word", [word.value for word in Absence])
def test_a_route_is_another_only_where_every_dosed_route_is_known(data: Path, word: str) -> None:
    replace(data, TRIAL, "route: not extracted", "route: intravenous")
    line = next(
        row.same_route for row in coverage(relations(data)) if row.condition.id == "hiccups"
    )
    assert "1 report with another route (intravenous)" in line

    replace(data, REGIMEN, "route: oral", f"route: {word}")
    line = next(
        row.same_route for row in coverage(relations(data)) if row.condition.id == "hiccups"
    )
    assert "another route" not in line
    assert f"1 report with a route (intravenous) beside that of a regimen {word}" in line


@pytest.mark.parametrize(
    ("route", "line"),
    [
        ("oral", "1 report with the same route"),
        ("intravenous", "1 report with another route (intravenous)"),
        ("not reported", "1 report with route not extracted"),
    ],
)
def test_the_route_of_an_arm_is_that_of_its_report(data: Path, route: str, line: str) -> None:
    phase = "{at: paper abstract.1.1, each: 12 mg, times: 2 per day, daily: not reported,"
    arm = "{id: a, name: A, participants: not reported, dosage: ["
    with (data / TRIAL).open("a") as file:
        file.write(f"arms: [{arm}{phase} length: 2 weeks, route: {route}}}]}}]\n")
    found = next(row for row in coverage(relations(data)) if row.condition.id == "hiccups")

    assert line in found.same_route


@pytest.mark.parametrize("word", [word.value for word in Absence])
def test_a_report_that_compares_nothing_is_marked_as_no_test(data: Path, word: str) -> None:
    trial = relations(data).site.studies["trial"]
    comparator = trial.comparator.model_copy(update={"value": Absence(word)})
    alone = trial.model_copy(update={"comparator": comparator, "arms": (), "control": None})

    assert bool(no_test_line(alone)) is (word == "not applicable")
    assert no_test_line(trial) is None


@pytest.mark.parametrize(
    ("given", "band"),
    [
        ({"participants": "19 people"}, "1 to 19 people"),
        ({"participants": "20 people"}, "20 to 49 people"),
        ({"participants": "50-120 people"}, "50 to 99 people"),
        ({"participants": "110 people"}, "100 or more people"),
        ({"participants": "≤ 30 people"}, "up to 30 people"),
        ({"participants": "not reported"}, "not reported"),
        ({"participants": "unclear"}, "unclear"),
        ({"participants": "not extracted"}, "not extracted"),
    ],
)
def test_size_band_is_that_of_the_least_number(given: dict[str, object], band: str) -> None:
    found = size_band(study(at=["leaflet use.1.2"], **given))

    assert found.replace("\u00a0", " ") == band
