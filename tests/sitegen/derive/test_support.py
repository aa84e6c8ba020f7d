"""What stands behind words and doses: what a claim lacks, tensions, coverage, gaps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from folders import REAL
from made_records import regimen
from sound import FILES, read, replace, rich_folder, sound_folder, write

from sitegen.derive.gaps import closings
from sitegen.derive.relations import Relations
from sitegen.derive.support import tensions, tensions_about, unsupported
from sitegen.model import Site
from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.coverage import coverage
from sitegen.statements.ties import evidence_line

STUDY = "studies/hiccups.yml"
OTHER = "studies/other.yml"
HICCUPS = "regimens/hiccups.yml"
CAUTION = "cautions/sleep.yml"
LINK = "  - study: hiccups\n    link: inferred\n    why: Same condition.\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


# ---- words without support --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ([], ("comparator not reported", "statistic not reported")),
        ([("comparator: not reported", "comparator: Placebo")], ("statistic not reported",)),
        ([("effect: not reported", "effect: A t-test")], ("comparator not reported",)),
        (
            [("value: 40 people\n  at: leaflet use.1.2", "value: unclear")],
            (
                "comparator not reported",
                "number of participants unclear",
                "statistic not reported",
            ),
        ),
        (
            [("value: Hiccups eased in more than 80 % of patients", "value: not extracted")],
            (
                "comparator not reported",
                "numerical results not extracted",
                "statistic not reported",
            ),
        ),
    ],
)
def test_a_finding_in_evaluative_words_is_named_with_what_it_lacks(
    data: Path, changes: list[tuple[str, str]], lacks: tuple[str, ...]
) -> None:
    for old, new in changes:
        replace(data, STUDY, old, new)

    [found] = unsupported(relations(data))

    assert (found.study.id, found.finding.says, found.lacks) == (
        "hiccups",
        "A result called very good",
        lacks,
    )


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([("    emphasis: [very good result]\n", "")], id="no evaluative word"),
        pytest.param(
            [
                ("comparator: not reported", "comparator: Placebo"),
                ("effect: not reported", "effect: A t-test"),
            ],
            id="nothing lacks",
        ),
        pytest.param(
            [
                ("comparator: not reported", "comparator: not extracted"),
                ("effect: not reported", "effect: not applicable"),
            ],
            id="what lacks was not read for or does not apply",
        ),
    ],
)
def test_no_other_finding_is_named(data: Path, changes: list[tuple[str, str]]) -> None:
    for change in changes:
        replace(data, STUDY, *change)

    assert list(unsupported(relations(data))) == []


# ---- tensions ---------------------------------------------------------------------------------

OVERLAPS = "overlaps:\n  - condition: yawning\n    at: leaflet use.1.1\n    why: Both may be.\n"


def cautioned(data: Path, condition: str) -> None:
    replace(
        data,
        CAUTION,
        "kind: contraindication\n",
        f"kind: contraindication\nconditions: [{condition}]\n",
    )


def tensions_in(data: Path) -> list[tuple[str, str, str, str | None]]:
    """Every tension: the caution, the study, the condition, and the condition it overlaps with."""
    return [
        (
            tension.caution.id,
            tension.study.id,
            tension.condition.id,
            tension.overlap.condition if tension.overlap else None,
        )
        for tension in tensions(relations(data))
    ]


def test_a_caution_about_nobody_is_in_tension_with_no_study(data: Path) -> None:
    assert tensions_in(data) == []


def test_a_caution_about_those_who_were_studied_is_a_tension(data: Path) -> None:
    cautioned(data, "hiccups")

    assert tensions_in(data) == [("sleep", "hiccups", "hiccups", None)]


def test_a_caution_about_some_of_those_who_were_studied_is_a_tension(data: Path) -> None:
    cautioned(data, "yawning")
    assert tensions_in(data) == []

    write(data, "conditions/hiccups.yml", FILES["conditions/hiccups.yml"] + OVERLAPS)

    assert tensions_in(data) == [("sleep", "hiccups", "hiccups", "yawning")]


@pytest.mark.parametrize("kind", ["adverse effects", "dependence", "interaction"])
def test_only_a_contraindication_is_a_tension(data: Path, kind: str) -> None:
    cautioned(data, "hiccups")
    replace(data, CAUTION, "kind: contraindication", f"kind: {kind}")

    assert tensions_in(data) == []


def test_a_tension_is_listed_for_its_study_and_for_both_conditions(data: Path) -> None:
    cautioned(data, "yawning")
    write(data, "conditions/hiccups.yml", FILES["conditions/hiccups.yml"] + OVERLAPS)
    write(data, OTHER, FILES[STUDY].replace("[hiccups]", "[third]"))
    write(data, "conditions/third.yml", FILES["conditions/yawning.yml"])
    known = relations(data)
    [tension] = tensions(known)

    site = known.site
    concerned = [site.studies["hiccups"], site.conditions["hiccups"], site.conditions["yawning"]]
    assert [tensions_about(known, record) for record in concerned] == [(tension,)] * 3
    for record in (site.studies["other"], site.conditions["third"]):
        assert tensions_about(known, record) == ()


# ---- the evidence behind a regimen ------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ([], "40 people, comparator not reported, dose not reported, route not reported"),
        (
            [("route: not reported", "route: oral")],
            "40 people, comparator not reported, dose not reported, same route",
        ),
        (
            [("route: not reported", "route: intranasal")],
            "40 people, comparator not reported, dose not reported, another route",
        ),
        (
            [
                ("comparator: not reported", "comparator: Placebo"),
                ("dose: not reported", "dose: 2 mg"),
            ],
            "40 people, comparator reported, dose reported, route not reported",
        ),
        (
            [("value: 40 people\n  at: leaflet use.1.2", "value: unclear")],
            "number of participants unclear, comparator not reported, dose not reported,"
            " route not reported",
        ),
    ],
)
def test_one_report_tied_to_a_regimen_is_described_by_what_it_reports(
    data: Path, changes: list[tuple[str, str]], line: str
) -> None:
    for change in changes:
        replace(data, STUDY, *change)
    known = relations(data)

    text = evidence_line(known, known.site.regimens["hiccups"])

    assert text.replace("\u00a0", " ") == f"one report, {line}"


def test_several_reports_behind_a_regimen_are_counted(data: Path) -> None:
    replace(data, HICCUPS, LINK, LINK + LINK.replace("hiccups", "other"))
    write(
        data,
        OTHER,
        FILES[STUDY]
        .replace("dose: not reported", "dose: 2 mg")
        .replace("route: not reported", "route: oral")
        .replace("value: 40 people\n  at: leaflet use.1.2", "value: not reported"),
    )
    known = relations(data)

    assert evidence_line(known, known.site.regimens["hiccups"]) == (
        "2 reports: participants reported in 1 of 2, comparator reported in 0 of 2,"
        " dose reported in 1 of 2, route not reported in 1 of 2, same route in 1 of 2"
    )


def test_a_regimen_without_a_report_says_so(data: Path) -> None:
    known = relations(data)

    line = evidence_line(known, known.site.regimens["yawning"])

    assert line == "no study report is linked to it"


# ---- coverage ---------------------------------------------------------------------------------


def rows(data: Path) -> dict[str, list[str]]:
    """The row of each condition, without the condition."""
    return {
        row.condition.id: [row.studied, row.dosed, row.same_route, row.cautioned, row.means]
        for row in coverage(relations(data))
    }


def test_each_condition_is_answered_in_source_order(data: Path) -> None:
    assert list(rows(data).items()) == [
        (
            "hiccups",
            [
                "1 report",
                "1 regimen",
                "1 report with route not reported",
                "no",
                "studied and dosed",
            ],
        ),
        (
            "yawning",
            [
                "no report",
                "1 regimen",
                "not applicable",
                "no",
                "a dose reported, no study under that name",
            ],
        ),
    ]


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        (
            ["regimens/hiccups.yml"],
            ["1 report", "no regimen", "not applicable", "no", "studied, no regimen"],
        ),
        (
            ["regimens/hiccups.yml", STUDY],
            ["no report", "no regimen", "not applicable", "no", "only named"],
        ),
    ],
)
def test_a_condition_is_what_its_records_make_it(
    data: Path, gone: list[str], expected: list[str]
) -> None:
    for name in gone:
        (data / name).unlink()

    assert rows(data)["hiccups"] == expected


def test_a_condition_may_be_only_cautioned_against(data: Path) -> None:
    cautioned(data, "third")
    write(data, "conditions/third.yml", FILES["conditions/yawning.yml"])

    assert rows(data)["third"] == [
        *(
            "no report",
            "no regimen",
            "not applicable",
            "yes: contraindication",
            "only cautioned against",
        )
    ]


def test_a_condition_that_is_dosed_and_cautioned_against_keeps_both(data: Path) -> None:
    cautioned(data, "hiccups")

    assert rows(data)["hiccups"][3:] == ["yes: contraindication", "studied and dosed"]


def test_reports_are_counted_by_the_route_that_is_dosed(data: Path) -> None:
    for id, route in {"a": "oral", "b": "oral", "c": "intranasal", "d": "intravenous"}.items():
        text = FILES[STUDY].replace("route: not reported", f"route: {route}")
        write(data, f"studies/{id}.yml", text)

    assert rows(data)["hiccups"][:3] == [
        "5 reports",
        "1 regimen",
        "2 reports with the same route; 2 reports with another route (intranasal, intravenous);"
        " 1 report with route not reported",
    ]


def test_a_route_that_was_not_read_is_counted_apart_from_one_not_reported(data: Path) -> None:
    for id, route in {"a": "not extracted", "b": "not extracted", "c": "unclear"}.items():
        text = FILES[STUDY].replace("route: not reported", f"route: {route}")
        write(data, f"studies/{id}.yml", text)

    assert rows(data)["hiccups"][2] == (
        "1 report with route not reported; 1 report with route unclear;"
        " 2 reports with route not extracted"
    )


# ---- gaps -------------------------------------------------------------------------------------


def gaps(data: Path) -> dict[str, dict[str, list[str]]]:
    """What would close gaps, with the titles of the gaps of each record."""
    return {
        closing.by: {
            f"{record.record.folder}/{record.record.id}": [gap.title for gap in record.gaps]
            for record in closing.records
        }
        for closing in closings(relations(data))
    }


def test_every_absent_value_is_listed_under_what_would_close_it(data: Path) -> None:
    assert gaps(data) == {
        "The publication of the study": {
            "studies/hiccups": [
                *("design", "age and sex", "setting", "dates", "comparator"),
                *("dose", "frequency", "route"),
                *("form and strength", "other treatment", "outcomes", "effect size or test"),
                *("losses", "harms", "funding"),
            ]
        },
        "A label or publication that states the regimen": {
            "regimens/hiccups": ["population", "strength"],
            "regimens/yawning": ["population", "frequency", "strength"],
        },
        "A chemical registry, or the developers' own description": {
            "substances/examplin": ["origin", "sequence", "formula", "mass"]
        },
        "The publisher of the text": {"sources/leaflet": ["author", "address", "references"]},
    }


def test_a_gap_keeps_its_word_and_leads_to_its_field(data: Path) -> None:
    [studies] = [
        closing for closing in closings(relations(data)) if closing.by.endswith("of the study")
    ]
    [listed] = studies.records
    found = {gap.field: gap.word for gap in listed.gaps}

    assert studies.number == len(listed.gaps) == 15
    assert found["outcomes"] == Absence.UNCLEAR
    assert found["harms"] == Absence.NOT_EXTRACTED
    assert listed.has_anchors


@pytest.mark.parametrize(
    ("doses", "titles"),
    [
        ("[not extracted]", ["dose"]),
        ("[not extracted, 5 mg/kg, unclear]", ["dose 1 of 3", "dose 3 of 3"]),
    ],
)
def test_one_value_of_a_list_is_named_by_its_field_and_position(
    tmp_path: Path, doses: str, titles: list[str]
) -> None:
    data = rich_folder(tmp_path)
    replace(data, "experiments/rats.yml", "doses: [50 micrograms/kg]", f"doses: {doses}")

    listed = gaps(data)["The publication of the experiment"]["experiments/rats"]

    assert listed == titles


def test_every_gap_of_the_published_records_is_named_in_words() -> None:
    everything = relations(REAL)

    titles = {
        gap.title for closing in closings(everything) for r in closing.records for gap in r.gaps
    }

    assert [title for title in titles if not re.match("[a-z]{2}", title)] == []


def test_what_does_not_apply_is_no_gap(data: Path) -> None:
    before = gaps(data)["The publication of the study"]["studies/hiccups"]
    replace(data, STUDY, "setting: not reported", "setting: not applicable")

    after = gaps(data)["The publication of the study"]["studies/hiccups"]

    assert [title for title in before if title not in after] == ["setting"]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"each": "2-3 mg"}, []),
        ({"daily": "4 mg per day"}, []),
        ({"drops": "2 drops"}, []),
        ({}, ["amount of each dose", "volume", "daily dose"]),
    ],
)
def test_an_amount_is_a_gap_only_where_no_amount_of_any_form_is_given(
    data: Path, fields: dict[str, object], missing: list[str]
) -> None:
    site = relations(data).site
    amounts = {"a": regimen(**fields)}
    changed = Relations(Site(site.identity, {**site.records, "regimens": amounts}))

    found = [gap.title for one in closings(changed) for r in one.records for gap in r.gaps]

    titles = ("amount of each dose", "daily dose", "volume", "drops")
    assert [title for title in found if title in titles] == missing


def test_a_filled_folder_has_no_closing(data: Path) -> None:
    replace(data, "sources/leaflet.yml", "author: not reported", "author: Nod AB")
    replace(data, "sources/leaflet.yml", "address: not reported", "address: A shelf")
    replace(data, "sources/leaflet.yml", "references: not reported", "references: None given")

    assert "The publisher of the text" not in gaps(data)


def test_what_nobody_looked_for_in_a_source_is_closed_by_reading_it(data: Path) -> None:
    replace(data, "sources/leaflet.yml", "author: not reported", "author: not extracted")

    found = gaps(data)

    assert found["A fuller reading of the source"] == {"sources/leaflet": ["author"]}
    assert found["The publisher of the text"] == {"sources/leaflet": ["address", "references"]}


def test_a_route_that_was_not_extracted_is_not_one_that_is_not_reported(data: Path) -> None:
    for id, route in {"a": "not extracted", "b": "not reported", "c": "unclear"}.items():
        text = FILES[STUDY].replace("route: not reported", f"route: {route}")
        if route == "unclear":
            text = text.replace("route: unclear", "route: {value: unclear, note: It is not clear.}")
        write(data, f"studies/{id}.yml", text)

    assert rows(data)["hiccups"][2] == (
        "2 reports with route not reported; 1 report with route unclear;"
        " 1 report with route not extracted"
    )


def test_a_gap_of_a_phase_or_an_arm_is_named_with_it(data: Path) -> None:
    two = (
        "then:\n"
        "  - {each: 2 mg, times: 1 per day, daily: not reported, length: unclear}\n"
        "  - {each: 2 mg, times: not extracted, daily: not reported, length: 1 week}\n"
    )
    write(data, "regimens/hiccups.yml", read(data, "regimens/hiccups.yml") + two)
    arm = "arms:\n  - {id: drug, name: The drug, participants: not extracted}\n"
    write(data, STUDY, read(data, STUDY) + arm)

    found = gaps(data)

    phases = found["A label or publication that states the regimen"]["regimens/hiccups"]
    assert phases[-2:] == ["duration, phase 2 of 3", "frequency, phase 3 of 3"]
    assert found["The publication of the study"]["studies/hiccups"][-1] == "participants, arm"


def test_what_an_interaction_leaves_open_is_closed_by_a_label(data: Path) -> None:
    interaction = (
        "name: Tea\nkind: interaction\nsubject: tea\nat: leaflet use.1.3\nsays: It acts longer\n"
        "interaction: {interactant: tea, effect: It acts longer, management: not extracted,"
        " severity: not extracted}\n"
    )
    write(data, "cautions/tea.yml", interaction)

    found = gaps(data)

    assert "A report that says how harms were looked for" not in found
    assert found["A label or publication that states the caution"] == {
        "cautions/tea": ["management", "severity"]
    }
