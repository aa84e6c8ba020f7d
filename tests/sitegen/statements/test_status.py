"""Legal status in words: marked, dated and ordered, and never more than the events say."""

from __future__ import annotations

from typing import get_args

import pytest

from sitegen.model import Event
from sitegen.statements.status import (
    claim,
    dated,
    full_claim,
    jurisdictions,
    listing_remark,
    state_title,
)

CERTAINTIES = list(get_args(get_args(Event.model_fields["certainty"].annotation)[0]))
STATES = [*get_args(get_args(Event.model_fields["state"].annotation)[0]), None]
SEEN = ("primary document", "wording seen, application open", "nothing found")


def event(**fields: object) -> Event:
    """A regulatory event of which nothing is known but what is given."""
    frame: dict[str, object] = {
        "id": "a",
        "name": "A",
        "kind": "regulatory",
        "when": "not reported",
        "at": "leaflet use.1.2",
        "says": "Something was decided.",
        "jurisdiction": "Yawnland",
        "status": "Registered",
        "certainty": "primary document",
    }
    return Event.model_validate({**frame, **fields})


def present(*events: Event) -> str:
    """What is said of the present state of the one jurisdiction, with plain spaces."""
    [found] = jurisdictions(events)
    return found.present.replace("\u00a0", " ")


@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_a_claim_that_was_not_seen_is_marked_before_it(certainty: str) -> None:
    said = claim(event(certainty=certainty))

    if certainty in SEEN:
        assert said == "Registered"
    else:
        mark, _, rest = said.partition(": ")
        assert mark
        assert rest == "registered"


def test_every_certainty_has_its_mark() -> None:
    assert (
        len({claim(event(certainty=certainty)) for certainty in CERTAINTIES})
        == len(CERTAINTIES) - 2
    )


@pytest.mark.parametrize("state", STATES)
def test_only_a_listing_says_that_it_is_no_approval(state: str | None) -> None:
    listing = event(state=state)

    assert ("a listing is no approval" in claim(listing)) is (state == "entry")
    assert (listing_remark(listing) is not None) is (state == "entry")


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_title(state: str | None) -> None:
    title = state_title(event(state=state))

    assert (title is None) is (state is None)
    assert state is None or state in str(title)


@pytest.mark.parametrize(
    ("states", "line"),
    [
        (["present"], "no further reports"),
        (["present", "former"], "1 further report"),
        (["former", "step", "present"], "2 further reports"),
    ],
)
def test_reports_besides_the_present_state_are_counted(states: list[str], line: str) -> None:
    [found] = jurisdictions([event(state=state) for state in states])

    assert found.others_line == line


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"when": "unclear"}, ""),
        ({"when": "1999-05-03"}, "3 May 1999"),
        ({"when": "1999", "dates": "an order"}, "1999 (an order)"),
        (
            {"when": {"value": "1999", "note": "From a group."}, "date_is": "inferred"},
            "1999 (date inferred)",
        ),
        (
            {
                "when": {"value": "1999", "note": "From a group."},
                "date_is": "inferred",
                "dates": "a list",
            },
            "1999 (a list; date inferred)",
        ),
    ],
)
def test_a_date_says_what_it_dates_and_whether_it_is_inferred(
    fields: dict[str, object], expected: str
) -> None:
    assert dated(event(**fields)).replace("\u00a0", " ") == expected


def test_an_inferred_date_must_say_from_what() -> None:
    with pytest.raises(ValueError, match="what the date is inferred from"):
        event(when="1999", date_is="inferred")


@pytest.mark.parametrize("certainty", CERTAINTIES)
@pytest.mark.parametrize("state", STATES)
def test_a_present_state_is_only_what_is_marked_as_such(state: str | None, certainty: str) -> None:
    only = event(state=state, certainty=certainty, when="1999", dates="an order")

    said = present(only)

    if state == "present":
        assert said == full_claim(only)
    elif state == "former" and certainty in ("primary document", "one source only"):
        assert said.startswith("Present status not confirmed. Earlier: ")
        assert said.endswith("1999 (an order)")
    else:
        assert said == "Present status not confirmed."


def test_the_present_state_is_first_and_the_newest_before_the_older() -> None:
    given = [
        event(id="old", when="1990", state="step"),
        event(id="listed", when="2005", state="entry"),
        event(id="new", when="2001", state="step"),
        event(id="now", state="present"),
        event(id="there", jurisdiction="Abroad"),
    ]

    found = jurisdictions(given)

    assert [
        (jurisdiction.name, [one.id for one in jurisdiction.events], jurisdiction.others)
        for jurisdiction in found
    ] == [
        ("Abroad", ["there"], 1),
        ("Yawnland", ["now", "new", "old", "listed"], 3),
    ]


def test_what_is_no_regulatory_event_has_no_jurisdiction() -> None:
    frame = {"kind": "research", "jurisdiction": None, "status": None, "certainty": None}

    assert jurisdictions([event(**frame)]) == ()
