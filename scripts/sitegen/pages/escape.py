"""Makes values inert: what a template prints is text, never markup."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import jinja2
from markupsafe import Markup

from sitegen.model import When, typography
from sitegen.model.quantity import Quantity

# Every ASCII mark that Markdown, HTML or an extension could read as more than itself.
_INERT = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()#+-.!?|<>&~^=:\"'$@/"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


@lru_cache(1 << 16)
def inert(text: str) -> Markup:
    """Return a text as characters that mean only themselves, in Markdown and in HTML.

    Every mark becomes a numeric entity; white space is folded; control characters go.
    """
    text = _SPACES.sub(" ", _CONTROLS.sub("", text))
    return Markup(text.translate(_INERT))


def finalize(value: object) -> Markup:
    """Return whatever a template prints, made inert; only what is marked as markup stays as it is.

    Raises TemplateRuntimeError for nothing, and UndefinedError for a name that is not there.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, Quantity):
        return inert(typography.amount(value))
    if isinstance(value, When):
        return inert(typography.date(value))
    if isinstance(value, jinja2.StrictUndefined):
        str(value)  # raises, and names what is not there
    if value is None or isinstance(value, jinja2.Undefined):
        raise jinja2.TemplateRuntimeError("a template printed nothing where a value must stand")
    return _text(str(value))


@lru_cache(maxsize=50_000)
def _text(text: str) -> Markup:
    """Return a text of a record, made inert; many are shown more than once."""
    return inert(typography.prose(text))


def with_code(text: str) -> Markup:
    """Return a text of our own in which what stands between two backticks is code."""
    pieces = re.split("`([^`]*)`", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(inert(piece)) if number % 2 else _text(piece)
        for number, piece in enumerate(pieces)
    )


def joined_lines(text: Markup) -> Markup:
    """Return the lines of a paragraph in a template as one, with a space between two lines."""
    return Markup(" ").join(line for line in text.strip("\n").split("\n"))


def coordinate(number: str) -> Markup:
    """Return a number for an attribute of a drawing, plain: attributes of SVG are no text."""
    return Markup(f"{float(number):g}")


def json_in_html(value: object) -> Markup:
    """Return a value as JSON for a script element, with nothing in it that could close it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))


def sort_key(value: object) -> Markup:
    """Return what an amount sorts by: its lower end in the first unit of its kind, else nothing."""
    if not isinstance(value, Quantity):
        return Markup("")
    end = next(end for end in (value.range.low, value.range.high) if end is not None)
    return Markup(f"{float(end * value.unit.factor):g}")


def front_matter(text: object) -> Markup:
    """Return a text for the front matter: a quoted YAML line whose content is safe as raw HTML.

    A bracket is an entity as well, so that no part of the text is taken for a link.
    """
    plain = str(jinja2.filters.do_striptags(text)) if isinstance(text, Markup) else str(text)
    escaped = str(Markup.escape(" ".join(plain.split())))
    return Markup('"{}"').format(Markup(escaped.replace("\\", "&#92;").replace("]", "&#93;")))
