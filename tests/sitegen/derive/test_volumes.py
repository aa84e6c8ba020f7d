"""Volumes: what a dose comes to in millilitres, drops and bottles, and on which size each rests."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from sound import read, replace, rich_folder, sound_folder, write

from sitegen.derive.course import Computed, Impossible, Stated, Total
from sitegen.derive.volumes import (
    Volume,
    VolumeColumns,
    content,
    counts_for,
    volume_columns,
    volumes,
)
from sitegen.model import Site
from sitegen.read.load import load
from sitegen.statements.amounts import why_none
from sitegen.statements.volumes import flag_line

PRODUCT = """\
name: Drops
substance: examplin
at: leaflet use.1.1
form: Drops
strength: {} mg/mL
strength_label: not reported
content: 3 mL
composition: not reported
maker: not reported
supply: not reported
storage: not reported
shelf_life: not reported
"""
PARAMETER = "name: A size\nrole: {}\nvalue: {}\nat: leaflet use.1.1\n"
REGIMEN = """\
name: A dose
conditions: [hiccups]
people: not reported
at: leaflet dosage.1.1
route: {route}
each: {each}
volume: not reported
times: {times}
daily: not reported
length: {length}
strength: not reported
"""
READINGS = """\
readings:
  - {means: a day, times: 2-3 times, per: day}
  - {means: in all, times: 2-3 times, per: course}
"""
DROP, BOTTLE, USUAL = "parameters/drop.yml", "parameters/bottle.yml", "parameters/usual.yml"
WEAK, STRONG = "weak", "strong"
TOO_MUCH = (
    "more than a whole bottle (3 mL) in one dose: implausible in the judgement of this site, not of"
    " a source"
)
MANY_DROPS = (
    "more in one nostril at a time, if both get the same and a drop is 0.05 mL,"
    " than the 2–3 drops that “Examplin: the leaflet” gives"
)
THREE_DROPS = MANY_DROPS.replace("2–3", "3")
EVENLY = ", if both get the same"


def regimen(dose: str, times: str = "not reported", length: str = "not reported") -> str:
    return REGIMEN.format(route="intranasal", each=dose, times=times, length=length)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The sound folder with two strengths, three sizes, and doses to put into them."""
    folder = sound_folder(tmp_path)
    for name, text in {
        f"products/{STRONG}.yml": PRODUCT.format(10),
        f"products/{WEAK}.yml": PRODUCT.format(1),
        DROP: PARAMETER.format("volume of a drop", "0.05 mL"),
        BOTTLE: PARAMETER.format("volume of a container", "3 mL"),
        USUAL: PARAMETER.format("drops in one nostril at a time", "2-3 drops"),
        "regimens/six.yml": regimen("6 mg"),
        "regimens/nine.yml": regimen("9 mg", "2 per day", "1 week"),
        "regimens/range.yml": regimen("2-4 mg", "2 per day", "5-10 days"),
        "regimens/bound.yml": regimen("≤ 6 mg", "2 per day", "1 week"),
        "regimens/unknown.yml": regimen("not reported", "2 per day", "1 week"),
        "regimens/mouth.yml": regimen("6 mg").replace("intranasal", "oral"),
        "regimens/readings.yml": regimen("9 mg", "unclear", "1 week") + READINGS,
    }.items():
        write(folder, name, text)
    return folder


def found(data: Path, regimen: str, product: str) -> Volume:
    """The one volume of a clear regimen in one strength."""
    site = load(data).site
    [volume] = [
        volume for volume in volumes(site, site.regimens[regimen]) if volume.product.id == product
    ]
    return volume


def plain(value: object) -> str:
    """A figure in one line: an amount with its formula, or why there is none; plain spaces."""
    if isinstance(value, Computed):
        return f"{value.amount} = {value.formula}".replace("\u00a0", " ")
    if isinstance(value, Stated):
        return str(value.amount)
    return why_none(value) if isinstance(value, Impossible) else str(value)


def says(volume: Volume) -> list[str]:
    return [flag_line(flag).replace("\u00a0", " ") for flag in volume.flags]


def figures(volume: Volume) -> dict[str, str]:
    """Every figure of a volume by its name, as a line; the flags as one."""
    shown = {
        field.name: plain(getattr(volume, field.name))
        for field in dataclasses.fields(Volume)
        if field.name not in ("regimen", "product", "reading", "flags")
    }
    return {**shown, "flags": "; ".join(says(volume))}


# ---- exact figures ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regimen", "product", "expected"),
    [
        pytest.param(
            "six",
            WEAK,
            {
                "dose": "6 mL = 6 mg ÷ 1 mg/mL",
                "drops": "120 drops = 6 mL ÷ 0.05 mL",
                "drops_in_a_nostril": f"60 drops/nostril = 120 drops ÷ 2 nostrils{EVENLY}",
                "bottles_a_dose": "2 bottles = 6 mL ÷ 3 mL",
                "day": "number of doses a day not reported",
                "course": "number of doses a day not reported",
                "bottles_a_course": "number of doses a day not reported",
                "whole_bottles": "None",
                "flags": f"{TOO_MUCH}; {MANY_DROPS}",
            },
            id="6 mg at 1 mg/mL",
        ),
        pytest.param(
            "six",
            STRONG,
            {
                "dose": "0.6 mL = 6 mg ÷ 10 mg/mL",
                "drops": "12 drops = 0.6 mL ÷ 0.05 mL",
                "drops_in_a_nostril": f"6 drops/nostril = 12 drops ÷ 2 nostrils{EVENLY}",
                "bottles_a_dose": "0.2 bottles = 0.6 mL ÷ 3 mL",
                "flags": MANY_DROPS,
            },
            id="6 mg at 10 mg/mL",
        ),
        pytest.param(
            "nine",
            WEAK,
            {
                "dose": "9 mL = 9 mg ÷ 1 mg/mL",
                "drops": "180 drops = 9 mL ÷ 0.05 mL",
                "drops_in_a_nostril": f"90 drops/nostril = 180 drops ÷ 2 nostrils{EVENLY}",
                "bottles_a_dose": "3 bottles = 9 mL ÷ 3 mL",
                "day": "18 mL per day = 18 mg a day ÷ 1 mg/mL",
                "course": "126 mL = 126 mg ÷ 1 mg/mL",
                "bottles_a_course": "42 bottles = 126 mL ÷ 3 mL",
                "whole_bottles": "None",
                "flags": f"{TOO_MUCH}; {MANY_DROPS}",
            },
            id="a course of 126 mg at 1 mg/mL",
        ),
        pytest.param(
            "nine",
            STRONG,
            {
                "day": "1.8 mL per day = 18 mg a day ÷ 10 mg/mL",
                "course": "12.6 mL = 126 mg ÷ 10 mg/mL",
                "bottles_a_course": "4.2 bottles = 12.6 mL ÷ 3 mL",
                "whole_bottles": "5",
                "flags": MANY_DROPS,
            },
            id="a course of 126 mg at 10 mg/mL",
        ),
        pytest.param(
            "range",
            STRONG,
            {
                "dose": "0.2-0.4 mL = 2–4 mg ÷ 10 mg/mL",
                "drops": "4-8 drops = 0.2–0.4 mL ÷ 0.05 mL",
                "drops_in_a_nostril": f"2-4 drops/nostril = 4–8 drops ÷ 2 nostrils{EVENLY}",
                "bottles_a_dose": "0.0667-0.133 bottles = 0.2–0.4 mL ÷ 3 mL",
                "day": "0.4-0.8 mL per day = 4–8 mg a day ÷ 10 mg/mL",
                "course": "2-8 mL = 20–80 mg ÷ 10 mg/mL",
                "bottles_a_course": "0.667-2.67 bottles = 2–8 mL ÷ 3 mL",
                "whole_bottles": "1–3",
                "flags": MANY_DROPS,
            },
            id="ranges",
        ),
        pytest.param(
            "bound",
            WEAK,
            {
                "dose": "≤ 6 mL = up to 6 mg ÷ 1 mg/mL",
                "drops": "≤ 120 drops = up to 6 mL ÷ 0.05 mL",
                "bottles_a_dose": "≤ 2 bottles = up to 6 mL ÷ 3 mL",
                "bottles_a_course": "≤ 28 bottles = up to 84 mL ÷ 3 mL",
                "whole_bottles": "None",
                "flags": f"{TOO_MUCH}; {MANY_DROPS}",
            },
            id="a bound",
        ),
        pytest.param(
            "mouth",
            WEAK,
            {
                "drops": "120 drops = 6 mL ÷ 0.05 mL",
                "drops_in_a_nostril": "the route is not intranasal",
                "flags": TOO_MUCH,
            },
            id="by mouth",
        ),
    ],
)
def test_a_dose_has_exactly_these_volumes(
    data: Path, regimen: str, product: str, expected: Mapping[str, str]
) -> None:
    shown = figures(found(data, regimen, product))

    assert {name: shown[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("dose", "strength", "expected"),
    [
        ("6 mg", "2 mg/tablet", "3 tablets = 6 mg ÷ 2 mg/tablet"),
        ("6 mg/kg", "2 mg/mL", "3 mL/kg = 6 mg/kg ÷ 2 mg/mL"),
        (
            "6 mg/kg",
            "2 mg/tablet",
            "the dose is by body weight or surface, and nothing is divided so",
        ),
        ("2 tablets", "2 mg/tablet", "the source counts in tablets"),
        ("2 tablets", "2 mg/mL", "the source counts in tablets"),
    ],
)
def test_a_dose_is_in_a_strength_what_can_be_measured_or_counted(
    data: Path, dose: str, strength: str, expected: str
) -> None:
    write(data, f"products/{WEAK}.yml", PRODUCT.format(1).replace("1 mg/mL", strength))
    write(data, "regimens/six.yml", regimen(dose))

    assert plain(found(data, "six", WEAK).dose) == expected


@pytest.mark.parametrize(("route", "count"), [("oral", 0), ("intranasal", 1), ("not reported", 1)])
def test_a_product_for_one_route_is_counted_for_no_other(
    data: Path, route: str, count: int
) -> None:
    write(data, f"products/{WEAK}.yml", PRODUCT.format(1) + f"route: {route}\n")
    site = load(data).site

    shown = [one for one in volumes(site, site.regimens["six"]) if one.product.id == WEAK]

    assert len(shown) == count


@pytest.mark.parametrize("product", [WEAK, STRONG])
def test_no_volume_follows_where_no_dose_is_reported(data: Path, product: str) -> None:
    shown = figures(found(data, "unknown", product))

    why = "amount of each dose not reported"
    assert shown == {
        **dict.fromkeys(shown, why),
        "whole_bottles": "None",
        "all_courses": "None",
        "bottles_in_all": "None",
        "flags": "",
        "drop": "",
        "otherwise": "()",
        "phase": "",
        "drop_is_in_reading": "False",
    }


def test_there_is_a_volume_for_each_strength_and_each_reading(data: Path) -> None:
    site = load(data).site

    shown = [
        (
            volume.product.id,
            volume.reading,
            plain(volume.dose),
            plain(volume.course),
            volume.whole_bottles,
        )
        for volume in volumes(site, site.regimens["readings"])
    ]

    assert shown == [
        (
            STRONG,
            "a day",
            "0.9 mL = 9 mg ÷ 10 mg/mL",
            "12.6-18.9 mL = 126–189 mg ÷ 10 mg/mL",
            "5–7",
        ),
        (STRONG, "in all", "0.9 mL = 9 mg ÷ 10 mg/mL", "1.8-2.7 mL = 18–27 mg ÷ 10 mg/mL", "1"),
        (WEAK, "a day", "9 mL = 9 mg ÷ 1 mg/mL", "126-189 mL = 126–189 mg ÷ 1 mg/mL", None),
        (WEAK, "in all", "9 mL = 9 mg ÷ 1 mg/mL", "18-27 mL = 18–27 mg ÷ 1 mg/mL", None),
    ]


@pytest.mark.parametrize(
    ("strength", "volume", "products"),
    [
        ("not reported", "not reported", {WEAK, STRONG}),
        ("1 mg/mL", "not reported", {WEAK}),
        ("1 %", "not reported", {STRONG}),
        ("not reported", "6 mL", {WEAK}),
        ("not reported", "0.6 mL", {STRONG}),
        ("not reported", "2 mL", {WEAK, STRONG}),
        ("2 mg/mL", "not reported", {WEAK, STRONG}),
    ],
)
def test_only_presentations_of_a_known_strength_count_where_one_has_it(
    data: Path, strength: str, volume: str, products: set[str]
) -> None:
    """A dose of 6 mg, and drops of 1 mg/mL and of 10 mg/mL."""
    text = read(data, "regimens/six.yml")
    text = re.sub("(?m)^strength: .*$", f"strength: {strength}", text)
    write(data, "regimens/six.yml", re.sub("(?m)^volume: .*$", f"volume: {volume}", text))
    site = load(data).site

    assert {one.product.id for one in volumes(site, site.regimens["six"])} == products


def test_without_a_product_there_is_no_volume(data: Path) -> None:
    for id in (WEAK, STRONG):
        (data / f"products/{id}.yml").unlink()
    site = load(data).site

    assert volumes(site, site.regimens["six"]) == ()


def test_a_product_of_no_known_strength_has_no_volume(data: Path) -> None:
    replace(data, f"products/{WEAK}.yml", "strength: 1 mg/mL", "strength: not reported")
    site = load(data).site

    assert {volume.product.id for volume in volumes(site, site.regimens["nine"])} == {STRONG}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("content: 3 mL", "content: 3 mL", "3 mg = 1 mg/mL × 3 mL"),
        ("content: 3 mL", "content: 5 mL", "5 mg = 1 mg/mL × 5 mL"),
        ("strength: 1 mg/mL", "strength: 2 mg/mL", "6 mg = 2 mg/mL × 3 mL"),
        (
            "content: 3 mL",
            "content: not reported",
            "volume of the container not reported",
        ),
        (
            "strength: 1 mg/mL",
            "strength: not reported",
            "strength in a millilitre not reported",
        ),
    ],
)
def test_a_container_holds_strength_by_volume(
    data: Path, old: str, new: str, expected: str
) -> None:
    replace(data, f"products/{WEAK}.yml", old, new)
    site = load(data).site

    assert plain(content(site.products[WEAK])) == expected


# ---- flags ------------------------------------------------------------------------------------


def test_a_flag_names_the_size_that_it_passes(data: Path) -> None:
    thresholds = [flag.threshold.id for flag in found(data, "six", WEAK).flags]

    assert thresholds == ["bottle", "usual"]


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        pytest.param(BOTTLE, "3 mL", "6 mL", [MANY_DROPS], id="a whole bottle is not more"),
        pytest.param(
            BOTTLE,
            "3 mL",
            "5.9 mL",
            [TOO_MUCH.replace("3", "5.9"), MANY_DROPS],
            id="more than a bottle",
        ),
        pytest.param(USUAL, "2-3 drops", "60 drops", [TOO_MUCH], id="as many drops are not more"),
        pytest.param(
            USUAL,
            "2-3 drops",
            "59 drops",
            [TOO_MUCH, MANY_DROPS.replace("2–3", "59")],
            id="a drop more",
        ),
        pytest.param(USUAL, "2-3 drops", "not extracted", [TOO_MUCH], id="no number of drops"),
        pytest.param(USUAL, "2-3 drops", "≥ 3 drops", [TOO_MUCH], id="no upper number of drops"),
    ],
)
def test_a_volume_is_flagged_only_past_its_threshold(
    data: Path, name: str, old: str, new: str, expected: list[str]
) -> None:
    replace(data, name, f"value: {old}", f"value: {new}")

    assert says(found(data, "six", WEAK)) == expected


LABEL = """\
name: Drops of a label
conditions: [hiccups]
people: not reported
at: leaflet dosage.1.2
route: intranasal
each: not reported
volume: not reported
times: not reported
daily: not reported
length: not reported
strength: not reported
drops: {drops}
site: {site}
product: {product}
"""


@pytest.mark.parametrize(
    ("drops", "site", "product", "expected"),
    [
        pytest.param("3 drops", "each nostril", STRONG, [THREE_DROPS], id="more"),
        pytest.param("6 drops", "each nostril", STRONG, [], id="as many are not more"),
        pytest.param("3 drops", "not reported", STRONG, [], id="for one nostril is not stated"),
        pytest.param("3 drops", "each nostril", WEAK, [], id="stated of another presentation"),
        pytest.param("not reported", "each nostril", STRONG, [], id="no number"),
    ],
)
def test_drops_are_flagged_past_what_a_source_states_for_the_presentation(
    data: Path, drops: str, site: str, product: str, expected: list[str]
) -> None:
    (data / USUAL).unlink()
    write(data, "regimens/label.yml", LABEL.format(drops=drops, site=site, product=product))

    flags = found(data, "six", STRONG).flags

    assert says(found(data, "six", STRONG)) == expected
    assert [flag.threshold.id for flag in flags] == ["label" for _ in expected]


def test_the_largest_number_stated_for_a_presentation_is_the_threshold(data: Path) -> None:
    for name, drops in (("label", "3 drops"), ("other", "5 drops")):
        text = LABEL.format(drops=drops, site="each nostril", product=STRONG)
        write(data, f"regimens/{name}.yml", text)

    assert says(found(data, "six", STRONG)) == [MANY_DROPS.replace("2–3", "5")]


def test_drops_for_each_nostril_are_split_without_an_if(data: Path) -> None:
    write(
        data,
        "regimens/label.yml",
        LABEL.format(drops="3 drops", site="each nostril", product=STRONG),
    )

    assert plain(found(data, "label", STRONG).drops_in_a_nostril) == (
        "3 drops/nostril = 6 drops ÷ 2 nostrils"
    )


@pytest.mark.parametrize(
    ("route", "drops", "apiece"),
    [
        ("oral", "120 drops = 6 mL ÷ 0.05 mL", "the route is not intranasal"),
        ("not extracted", "route not extracted", "route not extracted"),
        ("not reported", "route not reported", "route not reported"),
        (
            "intramuscular",
            "the route is intramuscular, not by drops",
            "the route is not intranasal",
        ),
    ],
)
def test_drops_follow_from_a_route_by_which_drops_are_given(
    data: Path, route: str, drops: str, apiece: str
) -> None:
    replace(data, "regimens/six.yml", "route: intranasal", f"route: {route}")

    volume = found(data, "six", WEAK)

    assert (plain(volume.drops), plain(volume.drops_in_a_nostril)) == (drops, apiece)


def test_several_courses_have_a_volume_each_and_one_together(data: Path) -> None:
    text = regimen("9 mg", "2 per day", "1 week")
    courses = "courses: {count: 2 courses, gap: 2 weeks}\n"
    write(data, "regimens/nine.yml", text + courses)

    volume = found(data, "nine", STRONG)

    assert plain(volume.course) == "12.6 mL = 126 mg ÷ 10 mg/mL"
    assert volume.all_courses
    assert plain(volume.all_courses) == "25.2 mL = 252 mg ÷ 10 mg/mL"
    assert volume.bottles_in_all
    assert plain(volume.bottles_in_all) == "8.4 bottles = 25.2 mL ÷ 3 mL"


def test_bottles_have_no_upper_number_where_a_dose_may_be_repeated(data: Path) -> None:
    text = regimen("9 mg", "2 per day", "1 week")
    write(data, "regimens/nine.yml", f"{text}repeat: 10 minutes\n")

    volume = found(data, "nine", STRONG)

    assert plain(volume.bottles_a_course) == "≥ 4.2 bottles = at least 12.6 mL ÷ 3 mL"
    assert volume.whole_bottles == "at least 5"


def test_a_number_of_drops_given_for_one_product_flags_no_other(data: Path) -> None:
    write(data, USUAL, (data / USUAL).read_text(encoding="utf-8") + f"products: [{STRONG}]\n")

    assert says(found(data, "six", WEAK)) == [TOO_MUCH]
    assert says(found(data, "six", STRONG)) == [MANY_DROPS]


# ---- each figure rests on its own sizes --------------------------------------------------------

ON_DROPS = {"drops", "drops_in_a_nostril"}
ON_BOTTLES = {"bottles_a_dose", "bottles_a_course"}


def everything(site: Site) -> dict[tuple[str, str, str | None], dict[str, str]]:
    """The figures of every regimen in every strength and reading."""
    return {
        (volume.regimen.id, volume.product.id, volume.reading): figures(volume)
        for regimen in site.regimens.values()
        for volume in volumes(site, regimen)
    }


def changed(
    data: Path, name: str, old: str, new: str
) -> dict[tuple[str, str, str | None], dict[str, tuple[str, str]]]:
    """For every volume, the figures that differ after a change, before and after."""
    before = everything(load(data).site)
    replace(data, name, f"value: {old}", f"value: {new}")
    after = everything(load(data).site)
    assert list(before) == list(after)
    return {
        key: {
            figure: (before[key][figure], after[key][figure])
            for figure in before[key]
            if before[key][figure] != after[key][figure]
        }
        for key in before
    }


def test_the_size_of_a_drop_changes_only_amounts_in_drops(data: Path) -> None:
    differences = changed(data, DROP, "0.05 mL", "0.1 mL")

    assert differences["six", WEAK, None] == {
        "drops": ("120 drops = 6 mL ÷ 0.05 mL", "60 drops = 6 mL ÷ 0.1 mL"),
        "drops_in_a_nostril": (
            f"60 drops/nostril = 120 drops ÷ 2 nostrils{EVENLY}",
            f"30 drops/nostril = 60 drops ÷ 2 nostrils{EVENLY}",
        ),
        "drop": ("if a drop is 0.05\u00a0mL", "if a drop is 0.1\u00a0mL"),
        "flags": tuple(
            f"{TOO_MUCH}; {MANY_DROPS.replace('0.05', drop)}" for drop in ("0.05", "0.1")
        ),
    }
    assert differences["range", STRONG, None]["flags"] == (MANY_DROPS, "")
    assert set(differences["mouth", WEAK, None]) == {"drops", "drop"}
    assert not differences["unknown", WEAK, None]
    assert set().union(*differences.values()) == ON_DROPS | {"flags", "drop"}


def test_the_size_of_a_bottle_changes_only_amounts_in_bottles(data: Path) -> None:
    differences = changed(data, BOTTLE, "3 mL", "10 mL")

    assert differences["nine", STRONG, None] == {
        "bottles_a_dose": ("0.3 bottles = 0.9 mL ÷ 3 mL", "0.09 bottles = 0.9 mL ÷ 10 mL"),
        "bottles_a_course": ("4.2 bottles = 12.6 mL ÷ 3 mL", "1.26 bottles = 12.6 mL ÷ 10 mL"),
        "whole_bottles": ("5", "2"),
    }
    assert differences["nine", WEAK, None]["flags"] == (f"{TOO_MUCH}; {MANY_DROPS}", MANY_DROPS)
    assert set().union(*differences.values()) == ON_BOTTLES | {"whole_bottles", "flags"}


def test_the_number_of_drops_in_a_nostril_changes_flags_and_nothing_else(data: Path) -> None:
    differences = changed(data, USUAL, "2-3 drops", "6 drops")

    assert differences["six", STRONG, None] == {"flags": (MANY_DROPS, "")}
    assert set().union(*differences.values()) == {"flags"}


@pytest.mark.parametrize(
    ("name", "size", "role", "resting"),
    [
        (DROP, "0.05 mL", "volume of a drop", ON_DROPS),
        (BOTTLE, "3 mL", "volume of a container", ON_BOTTLES),
    ],
)
def test_a_size_that_is_not_extracted_makes_only_amounts_that_need_it_impossible(
    data: Path, name: str, size: str, role: str, resting: set[str]
) -> None:
    differences = changed(data, name, size, "not extracted")

    after = {figure: new for figure, (_, new) in differences["nine", STRONG, None].items()}
    assert {figure: after[figure] for figure in resting} == dict.fromkeys(
        resting, f"{role} not extracted"
    )
    assert set().union(*differences.values()) <= resting | {"whole_bottles", "flags", "drop"}


@pytest.mark.parametrize(
    ("name", "role", "resting"),
    [(DROP, "volume of a drop", ON_DROPS), (BOTTLE, "volume of a container", ON_BOTTLES)],
)
def test_a_size_without_a_record_is_one_that_is_not_extracted(
    data: Path, name: str, role: str, resting: set[str]
) -> None:
    (data / name).unlink()

    shown = figures(found(data, "nine", STRONG))

    assert {figure for figure, text in shown.items() if text == f"{role} not extracted"} == resting


# ---- what is wrong today ----------------------------------------------------------------------


def test_the_flag_on_bottles_does_not_rest_on_the_size_of_a_drop(data: Path) -> None:
    differences = changed(data, DROP, "0.05 mL", "not extracted")

    assert differences["six", WEAK, None]["flags"][1] == TOO_MUCH


@pytest.mark.parametrize(("name", "figure"), [(DROP, "drops"), (BOTTLE, "bottles_a_dose")])
def test_a_size_given_for_one_product_is_used_for_no_other(
    data: Path, name: str, figure: str
) -> None:
    write(data, name, (data / name).read_text(encoding="utf-8") + f"products: [{STRONG}]\n")

    value: Total = getattr(found(data, "six", WEAK), figure)

    assert isinstance(value, Impossible)


def of_other_label(tmp_path: Path, kind: str) -> Site:
    """A site with a regimen of a second source, which describes no presentation."""
    data = rich_folder(tmp_path)
    replace(data, "sources/leaflet.yml", "kind: web article", f"kind: {kind}")
    return load(data).site


@pytest.mark.parametrize(
    ("kind", "counted"), [("label page", False), ("web article", True), ("review", True)]
)
def test_a_presentation_counts_for_no_label_of_another_product(
    tmp_path: Path, kind: str, counted: bool
) -> None:
    site = of_other_label(tmp_path, kind)

    assert counts_for(site, site.regimens["hiccups"], site.products["drops"]) is counted
    assert bool(volumes(site, site.regimens["hiccups"])) is counted
    assert counts_for(site, site.regimens["drops"], site.products["drops"])
    assert counts_for(site, site.regimens["trial"], site.products["drops"])


def test_a_source_that_describes_presentations_means_one_of_them(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    write(data, "products/other.yml", PRODUCT.format(5))
    site = load(data).site

    assert [volume.product.id for volume in volumes(site, site.regimens["trial"])] == ["drops"]
    assert [volume.product.id for volume in volumes(site, site.regimens["hiccups"])] == ["other"]


def test_a_table_has_the_columns_that_its_presentations_need(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    everything = load(data).site
    (data / "parameters/drop.yml").unlink()
    (data / "regimens/drops.yml").unlink()
    pens = load(data).site

    assert volume_columns(everything, [*everything.regimens.values()]) == VolumeColumns(True, False)
    assert volume_columns(pens, [*pens.regimens.values()]) == VolumeColumns(False, False)
    assert volume_columns(pens, []) == VolumeColumns(False, False)
