"""Pictures as SVG: in a page, coloured by style sheets, and alone, with colours of their own."""

from __future__ import annotations

import html
from collections.abc import Callable

from markupsafe import Markup

from sitegen.pages.charts.drawing import (
    FONT,
    LINE,
    Form,
    Panel,
    Picture,
    Piece,
    points,
)
from sitegen.pages.escape import finalize

# The colours of a drawing that stands alone: the light palette of the site.
_PAPER, _INK, _SOFT, _RULE, _EDGE = "#faf8f3", "#1b292d", "#48575b", "#ddd7ca", "#8a8577"
_PETROL, _PALE, _AMBER, _BRIGHT, _SUNKEN = "#0b5763", "#dcebea", "#7d4a00", "#c47b0c", "#f1ede4"
# The edge of letters, so that no line of the grid runs through a text.
_HALO = {"stroke": _PAPER, "stroke-width": "4", "paint-order": "stroke"}
_LOOKS = {
    "grid": {"stroke": _RULE},
    "axis": {"stroke": _SOFT},
    "rule": {"stroke": _EDGE},
    "tick": {"fill": _SOFT},
    "label": {"fill": _INK, **_HALO},
    "soft": {"fill": _SOFT, **_HALO},
    "strong": {"fill": _INK, "font-weight": "600"},
    "value": {"fill": _SOFT, **_HALO},
    "conflict": {"fill": _AMBER, "font-weight": "700"},
    "bar": {"fill": _PETROL},
    "span": {"stroke": _PETROL, "stroke-width": "3"},
    "point": {"fill": _PAPER, "stroke": _PETROL, "stroke-width": "2"},
    "filled": {"fill": _PETROL, "stroke": _PETROL, "stroke-width": "2"},
    "area": {"fill": _PETROL},
    "part": {"fill": _PAPER, "stroke": _EDGE},
}
_STATES = {
    "reported": {"fill": _PETROL, "stroke": _PETROL},
    "none observed": {"fill": _PALE, "stroke": _PETROL},
    "unclear": {"fill": _BRIGHT, "stroke": _AMBER},
    "not extracted": {"fill": _SUNKEN, "stroke": _EDGE, "stroke-dasharray": "3 2"},
    "full text": {"fill": _PETROL, "stroke": _PETROL},
    "abstract": {"fill": _PALE, "stroke": _PETROL},
    "summary by others": {"fill": _BRIGHT, "stroke": _AMBER},
    "single facts": {"fill": _SUNKEN, "stroke": _EDGE, "stroke-dasharray": "3 2"},
}
_FONTS = "'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Helvetica, Arial, sans-serif"
_NAMESPACE = "http://www.w3.org/2000/svg"


def in_page(picture: Picture, panel: Panel, number: int) -> Markup:
    """Return a panel of a picture for a page, on one line, with a class for each look."""
    name = f"{picture.name}-{number}"
    box = f"0 {points(panel.top)} {points(picture.width)} {points(panel.height)}"
    return Markup(
        f'<svg class="chart-svg" viewBox="{box}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc" font-size="{FONT}">'
        f'<title id="{name}-title">{finalize(panel.title)}</title>'
        f'<desc id="{name}-desc">{finalize(panel.about)}</desc>'
        f"{''.join(_element(piece, _classes(piece), _inert) for piece in panel.pieces)}</svg>"
    )


def alone(picture: Picture) -> str:
    """Return a picture as a file of SVG: no script, no style sheet, nothing that is fetched."""
    pieces = (piece for panel in picture.panels for piece in panel.pieces)
    drawn = "\n".join(_element(piece, _looks(piece), _plain) for piece in pieces)
    height, width = points(picture.height + 24), points(picture.width + 24)
    return (
        f'<svg xmlns="{_NAMESPACE}" viewBox="-12 -12 {width} {height}" '
        f'width="{width}" height="{height}" role="img" '
        f'aria-labelledby="title desc" font-size="{FONT}" font-family="{_FONTS}">\n'
        f'<title id="title">{_plain(picture.title)}</title>\n'
        f'<desc id="desc">{_plain(described(picture))}</desc>\n'
        f'<rect x="-12" y="-12" width="{width}" height="{height}" fill="{_PAPER}"/>\n'
        f"{drawn}\n</svg>\n"
    )


def described(picture: Picture) -> str:
    """Return what a picture shows, in words."""
    return " ".join([picture.about, *(panel.about for panel in picture.panels if panel.about)])


def _element(piece: Piece, looks: str, written: Callable[[str], str]) -> str:
    if isinstance(piece, Form):
        where = " ".join(f'{name}="{value}"' for name, value in piece.where)
        return f"<{piece.tag} {looks} {where}/>"
    lines = "".join(
        f'<tspan x="{points(piece.x)}" dy="{LINE if number else 0}">{written(line)}</tspan>'
        for number, line in enumerate(piece.lines)
    )
    return f'<text {looks} y="{points(piece.y)}" text-anchor="{piece.anchor}">{lines}</text>'


def _classes(piece: Piece) -> str:
    state = piece.state.replace(" ", "-") if isinstance(piece, Form) else ""
    return f'class="{piece.kind}"' + (f' data-state="{state}"' if state else "")


def _looks(piece: Piece) -> str:
    state = _STATES.get(piece.state, {}) if isinstance(piece, Form) else {}
    looks = {**_LOOKS[piece.kind], **state}
    if isinstance(piece, Form) and "fill" not in looks:
        looks["fill"] = "none"
    return " ".join(f'{name}="{value}"' for name, value in looks.items())


def _inert(text: str) -> str:
    return str(finalize(text))


def _plain(text: str) -> str:
    """Return a text for a file of XML, with its marks as they are."""
    return html.escape(html.unescape(_inert(text)))
