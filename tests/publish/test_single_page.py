"""The one-page edition: what becomes of a page in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.single_page import STYLES, single_page

FRAME = '<nav class="footer__nav"><a href="x/index.html">X</a></nav>'
PAGE = '<article><h1 id="top">X &amp; Y</h1>{}</article>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages in a folder, without their text."""
    for name in STYLES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "x").mkdir()
    (tmp_path / "index.html").write_text(FRAME + PAGE.format(""), "utf-8")
    (tmp_path / "x" / "b.html").write_text(PAGE.format('<p id="b">b</p>'), "utf-8")
    return tmp_path


def section(site: Path, text: str) -> str:
    """What the edition holds of the page `x/index.html` with a text, after its heading."""
    (site / "x" / "index.html").write_text(PAGE.format(text), "utf-8")
    edition = b"".join(single_page(site, "T", "about")).decode()
    found = edition.partition('<section class="page" id="x-index">')[2].partition("</section>")[0]
    return found.partition("</h2>")[2]


@pytest.mark.parametrize(
    ("to", "led"),
    [
        ("#top", "#x-index--top"),
        ("#", "#x-index"),
        ("", "#x-index"),
        ("b.html", "#x-b"),
        ("b.html#b", "#x-b--b"),
        ("../x/b.html#b", "#x-b--b"),
        ("../index.html", "#index"),
        ("../data/all.json", "#x-index"),  # no page: it is not inside
        ("https://example.org/#a", "https://example.org/#a"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_inside_or_to_another_host(site: Path, to: str, led: str) -> None:
    assert section(site, f'<a href="{to}">x</a>') == f'<a href="{led}">x</a>'


def test_headings_sink_by_one_and_anchors_carry_their_page(site: Path) -> None:
    assert section(site, '<h2 id="a">A</h2><h6>B</h6>') == '<h3 id="x-index--a">A</h3><h6>B</h6>'


@pytest.mark.parametrize("tag", ["script", "noscript", "style", "form", "button", "iframe"])
def test_what_works_only_in_a_browser_goes_and_the_text_after_it_stays(
    site: Path, tag: str
) -> None:
    assert section(site, f"<div>a<{tag}>gone</{tag}>b</div>") == "<div>ab</div>"


def test_the_links_to_headings_go(site: Path) -> None:
    link = '<a class="headerlink" href="#a">¶</a>'

    assert section(site, f'<h2 id="a">A{link}</h2>') == '<h3 id="x-index--a">A</h3>'


def test_the_contents_name_each_page_by_its_heading(site: Path) -> None:
    section(site, "")
    edition = b"".join(single_page(site, "T", "about")).decode()

    contents = edition.partition('<ol class="contents">')[2].partition("</ol>")[0]
    assert contents.count("<li>") == 3
    assert '<li><a href="#x-index">X &amp; Y</a></li>' in contents
