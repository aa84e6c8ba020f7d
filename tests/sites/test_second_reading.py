"""What pages of the real data say now where a second reader found a sentence that was wrong."""

from __future__ import annotations

from functools import cache

from folders import REAL

from sitegen import read_site
from sitegen.derive.relations import Relations
from sitegen.statements.evidence import level_of_study


@cache
def relations() -> Relations:
    return Relations(read_site(REAL))


def test_no_level_follows_from_the_silence_of_an_abstract_or_of_a_retelling() -> None:
    levels = {study.id: level_of_study(study, relations()) for study in relations().studies}

    assert [id for id, found in levels.items() if found.level] == ["stroke-rehabilitation-2001"]
    assert str(levels["asthenoneurotic-syndrome"]) == (
        "not determined: comparator and allocation not reported in the retelling read"
    )
    for group in relations().groups:
        assert len({levels[study.id] for study in group}) == 1, group
