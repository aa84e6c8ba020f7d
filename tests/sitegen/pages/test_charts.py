"""Pictures: marks stand where their values are, no two texts touch, the same in every run."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from folders import OTHER, REAL
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sound import FILES, replace, rich_folder, sound_folder, write

from sitegen.derive.relations import Relations
from sitegen.derive.safety import Listing, contraindications
from sitegen.model import Regimen, Site, Source
from sitegen.model.reporting_items import ITEMS
from sitegen.pages.charts import PICTURES, Picture, alone, axis, drawing, in_page, pictures, rows
from sitegen.pages.charts.contraindications import contraindications_by_source
from sitegen.pages.charts.doses import doses, entries_of, shape_of
from sitegen.pages.charts.drawing import NARROW, Box, Form, Text
from sitegen.pages.charts.gap_map import gap_map
from sitegen.pages.charts.jurisdictions import jurisdictions, levels_of
from sitegen.pages.charts.reading import reading
from sitegen.pages.charts.rows import SPAN, Row
from sitegen.read.load import load

CLAIM = FILES["claims/duration.yml"]
EVENT = FILES["events/approval.yml"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def drawn(found: Picture | None) -> Picture:
    assert found is not None
    return found


def forms(picture: Picture, *kinds: str) -> list[dict[str, Any]]:
    """The marks of some kinds in a picture, from top to bottom, with their numbers."""
    found = (piece for panel in picture.panels for piece in panel.pieces)
    return [
        {**{name: number(value) for name, value in piece.where}, "state": piece.state}
        for piece in found
        if isinstance(piece, Form) and piece.kind in kinds
    ]


def number(value: str) -> float | str:
    return value if value.startswith("M") else float(value)


def texts(picture: Picture, kind: str) -> list[str]:
    """What texts of one kind say, each in one line."""
    return [
        " ".join(text.lines).replace("\u00a0", " ")
        for panel in picture.panels
        for text in panel.texts
        if text.kind == kind
    ]


def table(picture: Picture) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in row] for row in picture.rows]


# ---- every picture ----------------------------------------------------------------------------


def touching(boxes: list[Box]) -> list[tuple[Box, Box]]:
    return [
        (one, other)
        for one, other in itertools.combinations(boxes, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.1
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.1
    ]


def boxes(picture: Picture) -> list[Box]:
    return [box for panel in picture.panels for text in panel.texts for box in text.boxes]


def assert_texts_have_their_room(picture: Picture) -> None:
    """No two texts touch, none leaves the drawing, and each is in the panel that it is of."""
    assert touching(boxes(picture)) == []
    for panel in picture.panels:
        for box in (box for text in panel.texts for box in text.boxes):
            assert box[0] >= -0.1, (picture.name, panel.title, box)
            assert box[2] <= picture.width + 0.1, (picture.name, panel.title, box)
            assert panel.top <= box[1], (picture.name, panel.title, box)
            assert box[3] <= panel.top + panel.height, (picture.name, panel.title, box)
    for one, other in itertools.pairwise(picture.panels):
        assert one.top + one.height == pytest.approx(other.top)


def every_picture(folder: Path) -> Iterator[Picture]:
    site = load(folder).site
    with site.vocabulary.in_use():
        yield from pictures(Relations(site))


@pytest.mark.parametrize("folder", [REAL, OTHER], ids=lambda folder: folder.name)
def test_no_two_texts_of_a_picture_touch(folder: Path) -> None:
    found = list(every_picture(folder))

    assert len(found) >= 4
    for picture in found:
        assert_texts_have_their_room(picture)


def test_every_picture_of_the_records_has_a_table_without_an_empty_cell() -> None:
    for picture in every_picture(REAL):
        assert picture.rows
        for row in picture.rows:
            assert len(row) == len(picture.head)
            assert all(cell.text for cell in row)


def test_a_picture_alone_is_a_drawing_that_fetches_and_runs_nothing() -> None:
    for picture in every_picture(REAL):
        root = etree.fromstring(alone(picture).encode())
        names = {etree.QName(element).localname for element in root.iter()}

        assert names <= {"svg", "title", "desc", *"rect line circle path text tspan".split()}
        assert not root.xpath("//@class | //@href | //@onload | //@style")
        title, desc = root[0].text, root[1].text
        assert (title, bool(desc)) == (picture.title, True)
        labels = root.get("aria-labelledby", "").split()
        assert [element.get("id") for element in root[:2]] == labels


def test_a_panel_in_a_page_has_a_name_and_a_description() -> None:
    for picture in every_picture(REAL):
        for at, panel in enumerate(picture.panels, start=1):
            root = etree.fromstring(in_page(picture, panel, at).encode())
            assert root.get("role") == "img"
            ids = root.get("aria-labelledby", "").split()
            assert [(part.get("id"), bool(part.text)) for part in root[:2]] == [
                (id, True) for id in ids
            ]


def test_markup_in_a_text_is_a_text(data: Path) -> None:
    replace(data, "claims/duration.yml", "name: Duration of the effect", "name: <b>& *x*")
    picture = drawn(rows.durations(relations(data)))

    for text in (alone(picture), str(in_page(picture, picture.panels[0], 1))):
        assert "<b>" not in text
        assert "*x*" in "".join(etree.fromstring(text.encode()).itertext())


def test_without_records_there_is_no_picture(data: Path) -> None:
    site = load(data).site
    empty = Relations(Site(site.identity, {kind: {} for kind in site.records}))

    assert list(pictures(empty)) == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_same_in_two_runs(tmp_path: Path, name: str) -> None:
    one, other = (
        PICTURES[name](relations(rich_folder(tmp_path / run))) for run in ("one", "other")
    )

    assert one is None or other is None or alone(one) == alone(other)
    assert (one is None) == (other is None)


# ---- doses ------------------------------------------------------------------------------------


def dosed(site: Site, *amounts: str) -> Picture | None:
    """The picture of regimens that state these amounts a day, in this order."""
    unknown = ("people", "route", "each", "volume", "times", "length", "strength")
    frame = {"conditions": ["hiccups"], "at": "leaflet dosage.1.1"}
    frame |= dict.fromkeys(unknown, "not reported")
    given = {}
    for at, amount in enumerate(amounts):
        id = f"a{at}"
        given[id] = Regimen.model_validate({**frame, "id": id, "name": id, "daily": amount})
    return doses(Relations(Site(site.identity, {**site.records, "regimens": given})))


def places(picture: Picture, kind: str) -> list[float]:
    """Where the marks of a kind stand, without those of the key; all are triangles here."""
    paths = [str(form["d"]) for form in forms(picture, kind) if "d" in form]
    return [float(path[1:].partition(",")[0]) for path in paths][kind == "point" :]


def test_a_larger_amount_is_drawn_further_right(site: Site) -> None:
    amounts = ["0.3 mg per day", "1 mg per day", "2000 micrograms per day", "18 mg per day"]
    picture = drawn(dosed(site, *amounts))

    found = places(picture, "filled")

    assert found == sorted(set(found))
    assert texts(picture, "value") == ["0.3 mg a day", "1 mg a day", "2 mg a day", "18 mg a day"]
    assert texts(picture, "strong") == ["Hiccups"]


def test_marks_are_in_the_order_of_their_values(site: Site) -> None:
    for sizes in ([3, 77_777], [500, 500, 20], [999, 1000, 1001, 5], [12, 7, 99_999, 1, 4321]):
        picture = drawn(dosed(site, *(f"{size} micrograms per day" for size in sizes)))

        shown = sorted(zip(sizes, places(picture, "filled"), strict=True))
        for (one, here), (other, there) in itertools.pairwise(shown):
            assert here <= there
            assert one != other or here == there
        assert_texts_have_their_room(picture)


def test_a_range_is_a_line_between_two_marks(site: Site) -> None:
    picture = drawn(dosed(site, "2-9 mg per day", "2 mg per day", "9 mg per day"))
    low, high, one, other = places(picture, "filled")
    [span] = forms(picture, "span")

    assert (low, high) == (one, other)
    assert span["x2"] - span["x1"] == pytest.approx(high - low, abs=0.2)


def test_a_bound_is_a_line_with_one_mark(site: Site) -> None:
    picture = drawn(dosed(site, "≤ 5 mg per day", "3 mg per day"))

    assert len(places(picture, "filled")) == 2
    assert len(forms(picture, "span")) == 1
    assert texts(picture, "value")[0] == "up to 5 mg a day"


def test_each_dose_is_hollow_and_the_amount_a_day_filled(data: Path) -> None:
    picture = drawn(doses(relations(data)))

    assert texts(picture, "strong") == ["Hiccups", "Yawning"]
    assert texts(picture, "value") == [
        *("2–4 mg each", "4–8 mg a day"),
        *("3 mg each", "6–9 mg a day"),
        "3 mg each",
    ]
    assert texts(picture, "soft") == ["if a day", "if a week; if in all"]
    assert len(places(picture, "point")) == 2 + 1 + 1
    assert len(places(picture, "filled")) == 2 + 2


def test_the_table_has_what_cannot_be_drawn(data: Path) -> None:
    picture = drawn(doses(relations(data)))

    assert picture.head[:4] == ("Condition", "Source", "Kind", "Regimen")
    assert [row[3:6] for row in table(picture)] == [
        ["Hiccups", "2–4 mg", "4–8 mg a day"],
        ["Yawning: if a day", "3 mg", "6–9 mg a day"],
        ["Yawning: if a week", "3 mg", "cannot be computed: this reading counts doses over a week"],
        [
            "Yawning: if in all",
            "3 mg",
            "cannot be computed: this reading counts doses over the whole course",
        ],
    ]


@pytest.mark.parametrize("amounts", [(), ("not reported",)])
def test_without_an_amount_there_is_no_picture_of_doses(
    site: Site, amounts: tuple[str, ...]
) -> None:
    assert dosed(site, *amounts) is None


@pytest.mark.parametrize("amounts", [("2 mg per day",), ("10 mg per day", "10 mg per day")])
def test_amounts_that_are_all_on_one_tick_can_be_drawn(
    site: Site, amounts: tuple[str, ...]
) -> None:
    assert len(places(drawn(dosed(site, *amounts)), "filled")) == len(amounts)


def test_conflicts_are_marked_and_name_the_other_source() -> None:
    [picture] = (one for one in every_picture(REAL) if one.name == "doses")

    conflicts = [row for row in table(picture) if row[-1] != "none found"]
    assert any("Semax 1% (seller's English leaflet)" in row[-1] for row in conflicts)
    assert "in conflict with" in " ".join(panel.about for panel in picture.panels)
    assert texts(picture, "conflict").count("≠") > 2


def test_every_kind_of_source_has_a_shape_and_a_place_in_the_key() -> None:
    kinds = get_args(Source.model_fields["kind"].annotation)
    entries = [(shape_of(kind), "point", " or ".join(kinds)) for kind in kinds]

    pieces, _ = entries_of(entries, 12)

    texts_drawn = [piece for piece in pieces if isinstance(piece, Text)]
    assert len(texts_drawn) == len(kinds) > 10
    assert touching([box for text in texts_drawn for box in text.boxes]) == []
    assert all(box[2] <= NARROW for text in texts_drawn for box in text.boxes)


# ---- the evidence gap map ---------------------------------------------------------------------


def test_the_map_has_a_circle_whose_area_is_the_number_of_people(data: Path) -> None:
    study = FILES["studies/hiccups.yml"]
    write(data, "studies/b.yml", study.replace("conditions: [hiccups]", "conditions: [yawning]"))
    replace(data, "studies/b.yml", "value: 40 people", "value: 10 people")

    picture = drawn(gap_map(relations(data)))

    one, other = (form["r"] for form in forms(picture, "area"))
    assert (one / other) ** 2 == pytest.approx(4, rel=0.02)
    cells = table(picture)
    assert [row[0] for row in cells] == ["Hiccups", "Yawning"]
    assert [sum("1 report" in cell for cell in row) for row in cells] == [1, 1]
    assert {cell for row in cells for cell in row[1:] if "report" not in cell} == {
        "none in the records"
    }
    assert_texts_have_their_room(picture)


def test_experiments_for_no_condition_are_the_last_row(tmp_path: Path) -> None:
    [picture] = (one for one in every_picture(REAL) if one.name == "evidence-gap-map")

    last = table(picture)[-1]
    assert last[0] == "no condition named"
    assert last[-2:] == ["17 experiments", "10 experiments"]
    assert not any(form["r"] > 22 for form in forms(picture, "area"))


# ---- legal status -----------------------------------------------------------------------------


def stated(data: Path, *whens: str) -> Picture:
    """The legal status by events at these times, in one jurisdiction."""
    (data / "events/approval.yml").unlink()
    for at, when in enumerate(whens):
        text = EVENT.replace("when: 1999-05-03", f"when: {when}").replace("Approval", f"e{at}")
        text = text.replace("status: Approved", f"status: Status {at}\nstate: step")
        write(data, f"events/e{at}.yml", text)
    return drawn(jurisdictions(relations(data)))


def test_each_listing_has_a_mark_of_its_own_and_none_where_nobody_looked() -> None:
    found = drawn(contraindications_by_source(relations(REAL)))
    rows = contraindications(relations(REAL))
    listings = [entry.listing for row in rows for entry in row.by_source]

    assert len(forms(found, "filled")) == listings.count(Listing.LISTED) + 1  # one in the key
    panels = dict(zip([row.name for row in rows], found.panels[1:], strict=False))
    for row in rows:
        marks = [one for one in panels[row.name].pieces if getattr(one, "kind", "") != "grid"]
        looked = [one for one in row.by_source if one.listing is not Listing.NOT_READ]
        assert len(marks) == len(looked) + 1  # and the name of the row
    assert found.rows[0][1].text == rows[0].by_source[0].listing.value


def test_only_marks_that_are_drawn_are_explained() -> None:
    found = drawn(contraindications_by_source(relations(REAL)))
    known = {entry.listing for row in contraindications(relations(REAL)) for entry in row.by_source}
    key = [text.lines[0] for text in found.panels[-2].texts if text.kind == "tick"]

    assert "listed" in key
    assert ("denied" in key) == (Listing.DENIED in known)
    assert not any("not read" in line for line in key)
    assert len(key) == len(known - {Listing.NOT_READ})


def test_the_present_state_is_in_words_before_the_line(data: Path) -> None:
    picture = stated(data, "1999-05-03", "2004")

    assert texts(picture, "strong") == ["Exampland"]
    assert texts(picture, "label")[0] == "Present status not confirmed."
    assert texts(picture, "label")[1:] == ["Status 0, 3 May 1999", "Status 1, 2004"]
    first, last = (form["cx"] for form in forms(picture, "point"))
    assert first < last


def test_what_is_not_dated_stands_below_the_line(data: Path) -> None:
    picture = stated(data, "1999", "not reported")

    assert texts(picture, "label")[-1] == "Status 1"
    assert len(forms(picture, "point")) == 1
    assert texts(picture, "soft") == ["1", "–"]


def test_a_jurisdiction_without_a_date_says_so(data: Path) -> None:
    picture = stated(data, "not reported")

    assert texts(picture, "soft")[0] == "No dated event is in the records"
    assert forms(picture, "axis") == []


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=14))
def test_numbers_of_events_that_are_close_do_not_touch(days: list[int]) -> None:
    at = [float(day) for day in sorted(days)]
    found = [
        box
        for place, level in zip(at, levels_of(at), strict=True)
        for box in Text("value", place, -16.0 * level, ("00",), "middle").boxes
    ]

    assert touching(found) == []


def test_a_decade_is_a_bar(data: Path) -> None:
    [bar] = forms(stated(data, "1960s", "1990"), "bar")

    assert bar["width"] > 50


# ---- how much was read ------------------------------------------------------------------------


def test_the_parts_of_the_bar_are_the_sources_by_how_they_were_read() -> None:
    [picture] = (one for one in every_picture(REAL) if one.name == "reading")

    counts = {row[0].lower(): int(row[1]) for row in table(picture)}
    bars = [form for form in forms(picture, "part") if form["height"] == 30]
    total = sum(counts.values())
    assert total == len(load(REAL).site.sources)
    for bar in bars:
        assert bar["width"] == pytest.approx(NARROW * counts[bar["state"]] / total, abs=0.1)
    assert sum(bar["width"] for bar in bars) == pytest.approx(NARROW, abs=0.3)
    assert texts(picture, "tick")[0] == "Full text: 1"
    assert reading(Relations(load(OTHER).site)) is not None


# ---- durations and years ----------------------------------------------------------------------


def ends(picture: Picture) -> list[tuple[float, float]]:
    """Where each mark of rows begins and ends, from top to bottom."""
    return [
        (form["x"], form["x"] + form["width"]) if "x" in form else (form["cx"], form["cx"])
        for form in forms(picture, "bar", "point")
    ]


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

    picture = drawn(rows.durations(relations(data)))

    assert dict(table(picture)) == {
        "a": "90 minutes",
        "b": "at least 1 day",
        "c": "5–7 days",
        "Duration of the effect": "up to 12 hours",
    }
    places = dict(zip(dict(table(picture)), ends(picture), strict=True))
    found = [places[name][0] for name in ("a", "Duration of the effect", "b", "c")]
    assert found == sorted(set(found))
    assert [name for name, (low, high) in places.items() if low < high] == ["c"]


def test_a_duration_alone_on_a_tick_can_be_drawn(data: Path) -> None:
    replace(data, "claims/duration.yml", "≤ 12 hours", "≤ 5 hours")

    assert len(ends(drawn(rows.durations(relations(data))))) == 1


def timed(data: Path, **whens: str) -> Picture | None:
    """The timeline of events at these times, and no other."""
    (data / "events/approval.yml").unlink()
    for id, when in whens.items():
        text = EVENT.replace("when: 1999-05-03", f"when: {when}").replace("Approval", id)
        write(data, f"events/{id}.yml", text)
    return rows.timeline(relations(data))


def ticks(picture: Picture) -> list[str]:
    """The ticks of the axis, without what it measures."""
    return texts(picture, "tick")[:-1]


def test_events_are_in_the_order_of_their_years(data: Path) -> None:
    picture = drawn(timed(data, a="1999-05-03", b="1963", c="1960s", d="mid-1980s", e="1994-12"))

    names = [row[0] for row in table(picture)]
    assert names == ["b", "c", "d", "e", "a"]
    places = dict(zip(names, ends(picture), strict=True))
    assert places["c"][0] < places["b"][0] == places["b"][1] < places["c"][1]
    assert places["c"][1] < places["d"][0] < places["d"][1] < places["e"][0] < places["a"][0]
    assert ticks(picture) == ["1960", "1970", "1980", "1990", "2000"]


def test_a_year_is_as_wide_as_another(data: Path) -> None:
    a, b, c = ends(drawn(timed(data, a="1960", b="1970", c="1980")))

    assert b[0] - a[0] == pytest.approx(c[0] - b[0], abs=0.2)


def test_an_event_without_a_date_has_no_mark(data: Path) -> None:
    assert table(drawn(timed(data, a="1999", b="not reported"))) == [["a", "1999"]]


def test_ticks_of_many_decades_are_clear(data: Path) -> None:
    picture = drawn(timed(data, a="1700", b="2026"))

    assert ticks(picture) == "1700 1750 1800 1850 1900 1950 2000 2050".split()
    assert_texts_have_their_room(picture)


# ---- completeness -----------------------------------------------------------------------------


def test_reports_that_an_item_does_not_apply_to_are_counted_beside_its_bar(data: Path) -> None:
    write(data, "studies/b.yml", FILES["studies/hiccups.yml"])
    replace(data, "studies/b.yml", "blinding: not applicable", "blinding: not reported")

    picture = drawn(rows.completeness(relations(data)))

    assert dict(table(picture))["Blinding"] == "1 not reported, 1 not applicable"


def test_each_item_has_a_bar_with_a_part_for_each_state(data: Path) -> None:
    for id in ("b", "c"):
        write(data, f"studies/{id}.yml", FILES["studies/hiccups.yml"])
    replace(data, "studies/b.yml", "dose: not reported", "dose: 2 mg")

    picture = drawn(rows.completeness(relations(data)))

    shown = dict(table(picture))
    assert list(shown) == [item.title for item in ITEMS]
    assert shown["Participants"] == "3 reported"
    assert shown["Dose"] == "1 reported, 2 not reported"
    assert shown["Harms"] == "3 not extracted"
    assert shown["Blinding"] == "not applicable"  # it does not apply to any of them
    third = (SPAN.right - SPAN.left) / 3
    parts = forms(picture, "part")
    *bars, _, _, _, _ = parts
    assert {round(bar["width"] / third, 1) for bar in bars} == {1, 2, 3}
    assert sum(bar["width"] for bar in bars) == pytest.approx(
        third
        * sum(
            int(part.split()[0])
            for says in shown.values()
            for part in says.split(", ")
            if part[0].isdigit()
        ),
        abs=2,
    )
    assert [part["state"] for part in parts[-4:]] == [
        "reported",
        "unclear",
        "not reported",
        "not extracted",
    ]
    assert ticks(picture)[:4] == ["0", "1", "2", "3"]


# ---- axes and rows keep to their room ---------------------------------------------------------


def clear(found: axis.Axis) -> bool:
    """Whether no tick's text touches the next one's."""
    boxes = [
        (x - width / 2, x + width / 2)
        for x, text in found.ticks
        for width in [drawing.text_width(text)]
    ]
    return all(one[1] < other[0] for one, other in itertools.pairwise(boxes))


@settings(max_examples=25)
@given(st.integers(1, 100_000))
def test_ticks_of_counts_are_few_round_and_clear(most: int) -> None:
    found = axis.linear(0, most, axis.round_steps(), SPAN)
    numbers = [int(text) for _, text in found.ticks]

    assert clear(found)
    assert numbers[0] == 0
    assert numbers[-1] >= most
    assert len({b - a for a, b in itertools.pairwise(numbers)}) == 1


@given(st.lists(st.integers(-12, 12), min_size=1, max_size=5))
def test_ticks_of_powers_are_clear_and_hold_every_mark(powers: list[int]) -> None:
    values = [Fraction(10) ** power * 3 for power in powers]
    found = axis.logarithmic(values, SPAN)

    assert clear(found) or len(found.ticks) == 2
    assert all(SPAN.left <= found.place(value) <= SPAN.right for value in values)
    assert not any("e" in text for _, text in found.ticks)


def test_equal_ratios_are_equal_steps() -> None:
    found = axis.logarithmic([Fraction(1), Fraction(100)], SPAN)
    one, ten, hundred = (found.place(Fraction(value)) for value in (1, 10, 100))

    assert hundred - ten == pytest.approx(ten - one)


@given(
    st.lists(st.text("abW mil", min_size=1, max_size=90), min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(1, 99), st.integers(0, 99)), min_size=6, max_size=6),
)
def test_rows_and_texts_keep_to_their_room(names: list[str], sizes: list[tuple[int, int]]) -> None:
    found = [
        Row(f"x{name}x", f"y {name}", ITEMS[0], Fraction(low), Fraction(low + more))
        for name, (low, more) in zip(names, sizes, strict=False)
    ]
    words = rows._Words("a", "a", "a", "a", ("a", "a"))

    assert_texts_have_their_room(
        rows.picture(words, found, axis.linear(0, 200, axis.round_steps(), SPAN))
    )


@given(st.lists(st.integers(1, 99), min_size=1, max_size=5))
def test_the_parts_of_a_bar_follow_each_other_and_fill_it(sizes: list[int]) -> None:
    found = axis.linear(0, 500, axis.round_steps(), SPAN)
    parts = [
        part.where
        for part in rows._parts(tuple((str(n), n) for n in sizes), found, 9)
        if isinstance(part, Form)
    ]

    bars = [{name: float(value) for name, value in where} for where in parts]
    for one, other in itertools.pairwise(bars):
        assert one["x"] + one["width"] == pytest.approx(other["x"], abs=0.11)
    end = bars[-1]["x"] + bars[-1]["width"]
    assert end == pytest.approx(found.place(Fraction(sum(sizes))), abs=0.11)
