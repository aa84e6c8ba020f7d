"""Blocks put by whole make the HTML that Python-Markdown makes of them by itself."""

from __future__ import annotations

import exported
import pytest
import yaml
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from publish.html_blocks import NAME

_CHOSEN = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)[
    "markdown_extensions"
]
# MkDocs adds these by itself.
EXTENSIONS = [*dict.fromkeys([*_CHOSEN, "toc", "tables", "fenced_code"])]

PIECES = (
    *("<div>", "</div>", "<p>a</p>", "<p>", "</p>", "<b>", "</b>", "<hr>", "<br>", "<table>"),
    *("</table>", "<DIV>", "</div >", "<div class='a>b'>", "<divx>", "<div/>", "<pre>", "</pre>"),
    *("a", "*a*", "# a", "- a", "> a", "| a | b |", "    a", "   ", " ", "`<div>`", "```", "~~~"),
    *("<!-- a", "-->", "<?a", "?>", "&amp", "&lt;div>", "{: .a }", "*[a]: b", "[a]: /b", "a\n==="),
    *("\n", "\n\n", "\n\n\n"),
)


def converted(text: str, *more: str) -> str:
    return Markdown(extensions=[*EXTENSIONS, *more]).convert(text)


@pytest.mark.parametrize(
    "name",
    ["other", pytest.param("real", marks=pytest.mark.slow)],  # it converts each page twice
)
def test_every_page_is_the_same(name: str) -> None:
    pages = exported.book(name).pages

    differing = [
        page.uri
        for page in pages
        for text in [page.markdown.split("---\n", 2)[2]]
        if converted(text) != converted(text, NAME)
    ]

    assert differing == []


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_page_is_the_same(text: str) -> None:
    assert converted(text, NAME) == converted(text)


def test_python_markdown_is_left_no_block_to_read() -> None:
    md = Markdown(extensions=[NAME])
    lines = "<div>\n<div>a</div>\n\nb</div>\n\nc\n<p>d</p>".split("\n")

    left = md.preprocessors["plain_html_blocks"].run(lines)

    assert [line for line in left if "<" in line] == []
    assert md.htmlStash.rawHtmlBlocks == ["<div>\n<div>a</div>\n\nb</div>\n", "<p>d</p>"]
