"""Whether a file is a plain drawing: SVG of shapes and text that neither runs nor fetches."""

from __future__ import annotations

import re

from lxml import etree

MAX_BYTES = 200_000
_SVG = "{http://www.w3.org/2000/svg}"
# What makes a drawing more than one, where a browser opens its file: any element but shapes and
# text, any attribute that runs or fetches something, any declaration, comment or entity.
_SHAPES = "svg|g|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|title|desc"
_ACTIVE = re.compile(
    rf"<(?!/?(?:{_SHAPES})[\s/>])|[&\\]|\bon\w+\s*=|href|\bsrc\b|@import|url\(|image\(".encode(),
    re.IGNORECASE,
)


class NoDrawing(ValueError):
    """Bytes are no plain drawing; the text says what they must be."""


def plain(content: bytes) -> bytes:
    """The same bytes, where they are a plain drawing. Raises NoDrawing for any others."""
    if _ACTIVE.search(content):
        raise NoDrawing("must be a plain drawing: no script, link or entity")
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise NoDrawing(f"must be well-formed SVG: {error.msg}") from None
    if root.tag != f"{_SVG}svg":
        raise NoDrawing("must be one 'svg' element of the namespace of SVG")
    return content
