"""Whether a file is a plain drawing: SVG of shapes and text that neither runs nor fetches."""

from __future__ import annotations

import re

from lxml import etree

MAX_BYTES = 200_000
_SVG = "{http://www.w3.org/2000/svg}"
# What a drawing may hold. Where a browser opens its file, any other element could run something,
# and any other attribute, or any function in a value, could fetch something.
_SHAPES = frozenset(
    f"{_SVG}{name}"
    for name in (
        "svg g path rect circle ellipse line polyline polygon text tspan title desc".split()
    )
)
_ATTRIBUTES = frozenset(
    "id class style transform viewBox preserveAspectRatio version width height x y x1 y1 x2 y2 dx"
    " dy cx cy r rx ry d points pathLength fill fill-opacity fill-rule stroke stroke-width"
    " stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray"
    " stroke-dashoffset opacity color display visibility font-family font-size font-style"
    " font-weight letter-spacing text-anchor dominant-baseline baseline-shift role"
    " aria-label aria-hidden".split()
) | {"{http://www.w3.org/XML/1998/namespace}space", "{http://www.w3.org/XML/1998/namespace}lang"}
_PLAIN = re.compile(r"[^()\"'\\@<>&]*")
_TRANSFORM = re.compile(
    r"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([\d\s,.eE+-]*\)[\s,]*)*"
)
_DECLARATION = re.compile(r"<\?xml version=[\"']1\.0[\"'](?: encoding=[\"']utf-8[\"'])? ?\?>", re.I)
_NO_MORE = "must be a plain drawing: no script, link or entity"


class NoDrawing(ValueError):
    """Bytes are no plain drawing; the text says what they must be."""


def plain(content: bytes) -> bytes:
    """Return the same bytes, where they are a plain drawing. Raise NoDrawing for any others."""
    try:
        text = _DECLARATION.sub("", content.decode("utf-8"), 1)
    except UnicodeDecodeError:
        raise NoDrawing(_NO_MORE) from None
    if any(mark in text for mark in ("<!", "<?", "&", "\0")):
        raise NoDrawing(_NO_MORE)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise NoDrawing(f"must be well-formed SVG: {error.msg}") from None
    if root.tag != f"{_SVG}svg":
        raise NoDrawing("must be one 'svg' element of the namespace of SVG")
    if not all(map(_only_draws, root.iter())):
        raise NoDrawing(_NO_MORE)
    return content


def _only_draws(element: etree._Element) -> bool:
    """Return whether an element is a shape or a text, and each attribute a plain one."""
    return element.tag in _SHAPES and all(
        name in _ATTRIBUTES
        and (_TRANSFORM if name == "transform" else _PLAIN).fullmatch(value) is not None
        for name, value in element.attrib.items()
    )
