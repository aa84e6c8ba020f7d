"""Names of terminologies."""

from __future__ import annotations

import pytest
from folders import REAL

from sitegen.model.terminologies import terminology
from sitegen.read.load import load


@pytest.mark.parametrize(
    ("system", "name"),
    [
        ("http://snomed.info/sct", "SNOMED CT"),
        ("https://www.nlm.nih.gov/mesh", "MeSH"),
        ("https://spor.ema.europa.eu/v1/lists/1234", "EMA SPOR, list 1234"),
        ("http://snomed.info/sct/900000000000207008", "http://snomed.info/sct/900000000000207008"),
        ("urn:invented:illnesses", "urn:invented:illnesses"),
    ],
)
def test_a_system_is_called_by_its_name_where_it_has_one(system: str, name: str) -> None:
    assert terminology(system) == name


def test_every_system_of_the_published_codes_has_a_name() -> None:
    codings = load(REAL).site.codes.values()

    systems = {code.system for coding in codings for code in coding.codes}

    assert [system for system in systems if terminology(system) == system] == []
