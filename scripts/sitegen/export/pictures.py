"""Pictures as files: each as SVG that stands alone, and its numbers as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sitegen.addresses import chart_addresses
from sitegen.export.table import Row, csv_lines
from sitegen.model.typography import prose


class DrawnPicture(NamedTuple):
    """A picture that is drawn, with the head and the rows of its table."""

    name: str
    svg: str
    head: Row
    rows: tuple[Row, ...]


def files(pictures: Iterable[DrawnPicture]) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of the two files of each picture."""
    for picture in pictures:
        svg, csv = chart_addresses(picture.name)
        yield svg, picture.svg.encode()
        rows = (tuple(map(prose, row)) for row in (picture.head, *picture.rows))
        yield csv, csv_lines(rows).encode()
