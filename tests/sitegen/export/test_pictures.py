"""Files of pictures: each has two, which the index and the Data Package list."""

from __future__ import annotations

import csv
import io
import json

import exported
import pytest
from exported import Exported

from sitegen.export.pictures import DrawnPicture, files


@pytest.fixture(scope="module", params=exported.DATA)
def made(request: pytest.FixtureRequest) -> Exported:
    return exported.of(request.param)


def test_a_picture_is_two_files() -> None:
    picture = DrawnPicture("a", "<svg/>", ("One", "Two"), (("=1", "2-3 mg"),))

    found = dict(files([picture]))

    assert found["data/v1/charts/a.svg"] == b"<svg/>"
    cells = list(csv.reader(io.StringIO(found["data/v1/charts/a.csv"].decode(), newline="")))
    assert cells == [["One", "Two"], ["'=1", "2\u20133\u00a0mg"]]


def test_the_data_package_and_the_index_list_the_files(made: Exported) -> None:
    named = {uri for uri in made.files if uri.startswith("data/v1/charts/")}
    package = json.loads(made.files["data/v1/datapackage.json"])["resources"]
    index = json.loads(made.files["data/v1/index.json"])["files"]

    assert named
    for listed in (package, index):
        assert named <= {f"data/v1/{one['path']}" for one in listed}
