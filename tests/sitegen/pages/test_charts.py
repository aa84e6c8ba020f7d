"""Charts: marks stand where their values are, readings apart, and the same in every run."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound import FILES, replace, sound_folder, write

from sitegen.derive.relations import Relations
from sitegen.model import Regimen, Site
from sitegen.model.reporting_items import ITEMS
from sitegen.pages import charts
from sitegen.pages.charts import LEFT, RIGHT, ROW, TOP, WIDTH, Chart, Mark
from sitegen.read.load import load

REGIMEN = FILES["regimens/hiccups.yml"]
CLAIM = FILES["claims/duration.yml"]
EVENT = FILES["events/approval.yml"]
FLOOR = TOP + ROW // 2


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def ends(mark: Mark) -> tuple[float, float]:
    """Where a mark begins and ends."""
    assert mark.x is not None
    return float(mark.x), float(mark.x) + float(mark.width)


def dosed(site: Site, *amounts: str) -> Chart:
    """The chart of regimens that state these amounts a day, in this order."""
    unknown = ("people", "route", "each", "volume", "times", "length", "strength")
    frame = {"conditions": ["hiccups"], "at": "leaflet dosage.1.1"}
    frame |= dict.fromkeys(unknown, "not reported")
    given = {}
    for number, amount in enumerate(amounts):
        id = f"a{number}"
        given[id] = Regimen.model_validate({**frame, "id": id, "name": id, "daily": amount})
    return charts.daily_doses(Relations(Site(site.identity, {**site.records, "regimens": given})))


# ---- amounts a day ----------------------------------------------------------------------------


def test_a_larger_amount_is_drawn_further_right(site: Site) -> None:
    amounts = ["0.3 mg per day", "1 mg per day", "2 mg per day", "18 mg per day", "0.1 mg per day"]

    marks = dosed(site, *amounts).marks

    assert [mark.text.replace("\u00a0", " ") for mark in marks] == [
        "0.3 mg a day",
        "1 mg a day",
        "2 mg a day",
        "18 mg a day",
        "0.1 mg a day",
    ]
    places = [ends(mark)[0] for mark in marks]
    assert sorted(range(5), key=places.__getitem__) == [4, 0, 1, 2, 3]


@given(st.lists(st.integers(1, 99_999), min_size=1, max_size=6))
def test_marks_are_in_the_order_of_their_values(site: Site, drawn: list[int]) -> None:
    numbers = [3, *drawn, 77_777]  # so that the axis is longer than one tick
    chart = dosed(site, *(f"{number} micrograms per day" for number in numbers))

    shown = sorted(zip(numbers, (ends(mark)[0] for mark in chart.marks), strict=True))
    for (one, here), (other, there) in itertools.pairwise(shown):
        assert here <= there
        assert one != other or here == there
    assert all(LEFT <= here <= WIDTH - RIGHT for _, here in shown)


@given(st.integers(1, 999), st.integers(1, 999), st.integers(1, 999))
def test_a_bar_runs_from_the_low_end_to_the_high_end(
    site: Site, low: int, more: int, number: int
) -> None:
    amounts = [f"{low}-{low + more} mg per day", f"{low} mg per day", f"{low + more} mg per day"]

    bar, first, last = dosed(site, *amounts, f"{number} mg per day").marks[:3]

    assert ends(bar) == pytest.approx((ends(first)[0], ends(last)[0]), abs=0.11)
    assert (first.width, last.width) == ("0", "0")


def test_equal_ratios_are_equal_steps(site: Site) -> None:
    places = [
        ends(mark)[0]
        for mark in dosed(site, "1 mg per day", "10 mg per day", "100 mg per day").marks
    ]

    assert places[2] - places[1] == pytest.approx(places[1] - places[0], abs=0.2)


def test_one_amount_in_two_units_is_drawn_in_one_place(site: Site) -> None:
    one, other, _ = dosed(site, "2 mg per day", "2000 micrograms per day", "9 mg per day").marks

    assert one.x == other.x
    assert one.text == other.text


def test_ticks_rise_and_hold_every_mark_between_them(site: Site) -> None:
    chart = dosed(site, "0.3 mg per day", "7 mg per day")
    ticks = [float(tick.x) for tick in chart.ticks]

    assert [tick.text for tick in chart.ticks] == ["0.2", "0.5", "1", "2", "5", "10"]
    assert ticks == sorted(set(ticks))
    assert (ticks[0], ticks[-1]) == (LEFT, WIDTH - RIGHT)
    assert all(ticks[0] <= ends(mark)[0] <= ticks[-1] for mark in chart.marks)


def test_each_row_is_below_the_one_before(site: Site) -> None:
    chart = dosed(site, "1 mg per day", "2 mg per day", "3 mg per day")

    assert [mark.y for mark in chart.marks] == [FLOOR, FLOOR + ROW, FLOOR + 2 * ROW]
    assert chart.marks[-1].y < chart.floor < chart.height


def test_the_text_of_a_mark_is_beside_its_end(site: Site) -> None:
    for mark in dosed(site, "1-2 mg per day", "5 mg per day").marks:
        assert float(mark.text_x) == pytest.approx(ends(mark)[1] + 12, abs=0.11)


def test_readings_are_marks_of_their_own(data: Path) -> None:
    chart = charts.daily_doses(relations(data))

    assert [(mark.name, mark.is_reading, mark.leads_to.id) for mark in chart.marks] == [
        ("Hiccups", False, "hiccups"),
        ("Yawning: if a day", True, "yawning"),
        ("Yawning: if a week", True, "yawning"),
        ("Yawning: if in all", True, "yawning"),
    ]
    assert len({mark.y for mark in chart.marks}) == 4


def test_a_reading_without_an_amount_a_day_has_no_bar(data: Path) -> None:
    marks = {mark.name: mark for mark in charts.daily_doses(relations(data)).marks}

    assert ends(marks["Yawning: if a day"])[0] < ends(marks["Yawning: if a day"])[1]
    for name, why in {
        "Yawning: if a week": "this reading counts doses over a week",
        "Yawning: if in all": "this reading counts doses over the whole course",
    }.items():
        mark = marks[name]
        assert (mark.x, mark.width) == (None, "0")
        assert mark.text == f"cannot be computed: {why}"
        assert float(mark.text_x) == LEFT + 4


def test_an_amount_with_one_bound_has_no_bar(site: Site) -> None:
    bound, _ = dosed(site, "≤ 5 mg per day", "3 mg per day").marks

    assert (bound.x, bound.width) == (None, "0")
    assert bound.text.replace("\u00a0", " ") == "up to 5 mg a day"


@pytest.mark.parametrize("amounts", [(), ("not reported",), ("≤ 4 mg per day",)])
def test_without_a_number_there_is_no_axis(site: Site, amounts: tuple[str, ...]) -> None:
    chart = dosed(site, *amounts)

    assert all(mark.x is None for mark in chart.marks)


def test_the_chart_of_one_amount_can_be_drawn(site: Site) -> None:
    [mark] = dosed(site, "3 mg per day").marks

    assert LEFT < ends(mark)[0] < WIDTH - RIGHT


@pytest.mark.parametrize(
    "amounts", [("2 mg per day",), ("10 mg per day", "10 mg per day"), ("≤ 5 mg per day",)]
)
def test_amounts_that_are_all_on_one_tick_can_be_drawn(
    site: Site, amounts: tuple[str, ...]
) -> None:
    assert len(dosed(site, *amounts).marks) == len(amounts)


def test_a_duration_alone_on_a_tick_can_be_drawn(data: Path) -> None:
    replace(data, "claims/duration.yml", "≤ 12 hours", "≤ 5 hours")

    assert len(charts.durations(relations(data)).marks) == 1


# ---- durations --------------------------------------------------------------------------------


def test_only_claims_of_duration_that_state_a_time_are_drawn(data: Path) -> None:
    for id, (kind, value) in {
        "a": ("duration", "90 minutes"),
        "b": ("duration", "≥ 1 day"),
        "c": ("duration", "5-7 days"),
        "d": ("onset", "3 hours"),
        "e": ("duration", "60 times"),
        "f": ("duration", "not reported"),
    }.items():
        text = CLAIM.replace("kind: duration", f"kind: {kind}").replace("≤ 12 hours", f'"{value}"')
        write(data, f"claims/{id}.yml", text.replace("name: Duration of the effect", f"name: {id}"))

    marks = {mark.name: mark for mark in charts.durations(relations(data)).marks}

    assert {name: mark.text.replace("\u00a0", " ") for name, mark in marks.items()} == {
        "a": "90 minutes",
        "b": "at least 1 day",
        "c": "5–7 days",
        "Duration of the effect": "up to 12 hours",
    }
    places = [ends(marks[name])[0] for name in ("a", "Duration of the effect", "b", "c")]
    assert places == sorted(set(places))
    assert {name: mark.width == "0" for name, mark in marks.items()} == {
        "a": True,
        "b": True,
        "c": False,  # a range is drawn from its lower to its upper end
        "Duration of the effect": True,
    }
    assert ends(marks["b"])[0] < ends(marks["c"])[0] < ends(marks["c"])[1]


# ---- the years --------------------------------------------------------------------------------


def timed(data: Path, **whens: str) -> Chart:
    """The timeline of events at these times, and no other."""
    (data / "events/approval.yml").unlink()
    for id, when in whens.items():
        text = EVENT.replace("when: 1999-05-03", f"when: {when}").replace("Approval", id)
        write(data, f"events/{id}.yml", text)
    return charts.timeline(relations(data))


def test_events_are_in_the_order_of_their_years(data: Path) -> None:
    chart = timed(data, a="1999-05-03", b="1963", c="1960s", d="mid-1980s", e="1994-12")

    assert [mark.name for mark in chart.marks] == ["b", "c", "d", "e", "a"]
    places = {mark.name: ends(mark) for mark in chart.marks}
    assert places["c"][0] < places["b"][0] == places["b"][1] < places["c"][1]
    assert places["c"][1] < places["d"][0] < places["d"][1] < places["e"][0] < places["a"][0]
    assert [tick.text for tick in chart.ticks] == ["1960", "1970", "1980", "1990", "2000"]


def test_a_year_is_as_wide_as_another(data: Path) -> None:
    a, b, c = timed(data, a="1960", b="1970", c="1980").marks

    assert ends(b)[0] - ends(a)[0] == pytest.approx(ends(c)[0] - ends(b)[0], abs=0.2)


def test_an_event_without_a_date_has_no_mark(data: Path) -> None:
    assert [mark.name for mark in timed(data, a="1999", b="not reported").marks] == ["a"]


def test_without_a_dated_event_there_is_no_axis(data: Path) -> None:
    chart = timed(data, a="not reported")

    assert (chart.about, chart.ticks, chart.marks) == ("No event is dated.", (), ())


# ---- completeness -----------------------------------------------------------------------------


def test_reports_that_an_item_does_not_apply_to_are_counted_beside_its_bar(data: Path) -> None:
    write(data, "studies/b.yml", FILES["studies/hiccups.yml"])
    replace(data, "studies/b.yml", "blinding: not applicable", "blinding: not reported")

    drawn = {mark.name: mark for mark in charts.completeness(relations(data)).marks}

    assert drawn["Blinding"].text == "1 not reported, 1 not applicable"
    assert [part.state for part in drawn["Blinding"].parts] == ["not reported"]


def test_each_item_has_a_bar_with_a_part_for_each_state(data: Path) -> None:
    for id in ("b", "c"):
        write(data, f"studies/{id}.yml", FILES["studies/hiccups.yml"])
    replace(data, "studies/b.yml", "dose: not reported", "dose: 2 mg")

    chart = charts.completeness(relations(data))

    assert [mark.name for mark in chart.marks] == [item.title for item in ITEMS]
    drawn = {mark.name: mark for mark in chart.marks}
    third = (WIDTH - RIGHT - LEFT) / 3
    sizes = {
        name: [(part.state, round(float(part.width) / third)) for part in mark.parts]
        for name, mark in drawn.items()
    }
    assert sizes["Participants"] == [("reported", 3)]
    assert sizes["Dose"] == [("reported", 1), ("not reported", 2)]
    assert sizes["Setting"] == [("not reported", 3)]
    assert sizes["Outcomes"] == [("unclear", 3)]
    assert sizes["Harms"] == [("not extracted", 3)]
    assert sizes["Blinding"] == []  # it does not apply to any of them
    assert drawn["Dose"].text == "1 reported, 2 not reported"
    assert drawn["Dose"].lines == ("1 reported",)
    assert drawn["Blinding"].text == "not applicable"
    assert [tick.text for tick in chart.ticks] == ["0", "1", "2", "3"]
    assert [part.state for part in chart.legend] == [
        "reported",
        "unclear",
        "not reported",
        "not extracted",
    ]


@given(st.lists(st.sampled_from(["reported", "unclear", "not reported"]), max_size=300))
def test_the_parts_of_a_bar_follow_each_other_and_fill_it(states: list[str]) -> None:
    sizes = tuple((state, states.count(state)) for state in dict.fromkeys(states))
    place = charts._placing(((Fraction(0), "0"), (Fraction(300), "300")), float)

    parts = list(charts._parts(sizes, place))

    assert all(float(part.width) > 0 for part in parts)
    for one, other in itertools.pairwise(parts):
        assert float(one.x) + float(one.width) == pytest.approx(float(other.x), abs=0.11)
    if parts:
        end = float(parts[-1].x) + float(parts[-1].width)
        assert end == pytest.approx(place(Fraction(len(states))), abs=0.11)


# ---- ticks and texts stand clear of each other ------------------------------------------------


def clear(chart: Chart) -> bool:
    """Whether no tick's text touches the next one's."""
    boxes = [
        (float(tick.x) - width / 2, float(tick.x) + width / 2)
        for tick in chart.ticks
        for width in [charts._text_width(tick.text)]
    ]
    return all(one[1] < other[0] for one, other in itertools.pairwise(boxes))


@settings(max_examples=25)
@given(st.integers(1, 100_000))
def test_ticks_of_counts_are_few_round_and_clear(most: int) -> None:
    chart = charts._linear(Chart("", "", "", "", ""), [], 0, most, charts._round_steps())
    numbers = [int(tick.text) for tick in chart.ticks]

    assert clear(chart)
    assert numbers[0] == 0
    assert numbers[-1] >= most
    assert len({b - a for a, b in itertools.pairwise(numbers)}) == 1


@given(st.lists(st.integers(-12, 12), min_size=1, max_size=5))
def test_ticks_of_powers_are_clear_and_hold_every_mark(powers: list[int]) -> None:
    rows = [
        charts._Row("a", "b", ITEMS[0], Fraction(10) ** power * 3, Fraction(10) ** power * 3)
        for power in powers
    ]
    chart = charts._logarithmic(Chart("", "", "", "", ""), rows)

    assert clear(chart) or len(chart.ticks) == 2
    assert all(LEFT <= ends(mark)[0] <= WIDTH - RIGHT for mark in chart.marks)
    assert not any("e" in tick.text for tick in chart.ticks)


def test_ticks_of_many_decades_are_clear(data: Path) -> None:
    chart = timed(data, a="1700", b="2026")

    assert clear(chart)
    assert [tick.text for tick in chart.ticks] == [
        "1700",
        "1750",
        *"1800 1850 1900".split(),
        *"1950 2000 2050".split(),
    ]


@given(
    st.lists(st.text("abW mil", min_size=1, max_size=90), min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(1, 99), st.integers(0, 99)), min_size=6, max_size=6),
)
def test_rows_and_texts_keep_to_their_room(names: list[str], sizes: list[tuple[int, int]]) -> None:
    rows = [
        charts._Row(f"x{name}x", f"y {name}", ITEMS[0], Fraction(low), Fraction(low + more))
        for name, (low, more) in zip(names, sizes, strict=False)
    ]
    chart = charts._linear(Chart("", "", "", "", ""), rows, 0, 200, charts._round_steps())

    for one, other in itertools.pairwise(chart.marks):
        lines = max(len(one.label), len(one.lines)), max(len(other.label), len(other.lines))
        assert other.y - one.y >= charts.LINE * sum(lines) / 2
    for mark in chart.marks:
        widest = max(charts._text_width(line) for line in mark.lines)
        x = float(mark.text_x) if mark.anchor == "start" else float(mark.text_x) - widest
        assert LEFT - 0.1 <= x
        assert x + widest <= WIDTH + 0.1
        assert all(charts._text_width(line) <= charts.LABEL_WIDTH for line in mark.label)


def test_without_a_report_nothing_is_drawn(data: Path) -> None:
    (data / "studies/hiccups.yml").unlink()
    replace(
        data,
        "regimens/hiccups.yml",
        "studies:\n  - study: hiccups\n    link: inferred\n    why: Same condition.\n",
        "",
    )

    chart = charts.completeness(relations(data))

    assert (chart.about, chart.ticks, chart.marks) == ("There is no report.", (), ())


# ---- the same in every run --------------------------------------------------------------------


@pytest.mark.parametrize(
    "draw",
    [charts.daily_doses, charts.durations, charts.timeline, charts.completeness],
    ids=lambda draw: draw.__name__,
)
def test_coordinates_are_the_same_in_two_runs(tmp_path: Path, draw: object) -> None:
    one, other = (
        draw(relations(sound_folder(tmp_path / name)))  # type: ignore[operator]
        for name in ("one", "other")
    )

    assert one == other
    for mark in one.marks:
        assert all(text == charts._points(float(text)) for text in (mark.width, mark.text_x))
