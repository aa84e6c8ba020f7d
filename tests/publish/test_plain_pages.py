"""The Markdown beside each page, and the list of it: what a page says, as plain text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.markup import page
from browser.visits import pages_of
from built import Built, built_once
from lxml import etree

from publish.plain_pages import plain

LINE = "> A line."


def made(inner: str, uri: str = "x/index.html") -> str:
    """The Markdown of an article with a title, without both."""
    html = f"<article><h1>T</h1>{inner}</article>"
    shown = etree.fromstring(html, etree.HTMLParser()).find("body/article")
    head, text = f"# T\n\n{LINE}\n", plain(shown, uri, LINE)
    assert text.startswith(head)
    return text.removeprefix(head).strip("\n")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a\n  b</p>c<p>d</p>", "a b\n\nc\n\nd"),
        ("<h2>A <code>b</code></h2>", "## A b"),
        ("<ul><li>a</li><li><p>b</p><p>c</p></li></ul>", "- a\n- b; c"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a; b"),
        ("<dl><div><dt>A</dt><dd>b</dd><dd>c</dd></div><dt>D</dt><dd>e</dd></dl>",
         "- A: b; c\n- D: e"),
        ("<table><caption>C</caption><tr><th>a</th><th>b</th></tr><tr><td>1|2</td></tr></table>",
         "Table: C\n\n| a | b |\n| --- | --- |\n| 1\\|2 |  |"),
        ("<details><summary>S</summary><p>a</p></details>", "S\n\na"),
        ("<p>a<br>b</p>", "a; b"),
        ("<dl><dt>A</dt><dd>b<br><ul><li>c</li></ul></dd></dl>", "- A: b; c"),
        ("<p hidden>a</p><svg><text>b</text></svg><p class='voices'>c</p>", ""),
        ("<p>a<!-- b -->c</p>", "ac"),
    ],
)  # fmt: skip
def test_blocks_are_plain_markdown(html: str, markdown: str) -> None:
    assert made(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<span class="reported amount">2 mg</span>', "**2 mg**"),
        ('<span class="computed amount">4 mg</span> <span class="formula">2 mg × 2</span>',
         "4 mg [computed] (2 mg × 2)"),
        ('a <span class="note">b</span>', "a b [remark]"),
        ('<span class="absence">not reported</span>', "not reported"),
    ],
)  # fmt: skip
def test_what_is_reported_computed_and_remarked_is_distinguished(html: str, markdown: str) -> None:
    assert made(f"<p>{html}</p>") == markdown


@pytest.mark.parametrize(
    ("to", "address"),
    [
        ("b.html#c", "b.md"),
        ("../y/b.html", "../y/b.md"),
        ("../index.html", "../index.md"),
        ("../data/v1/all.json", "../data/v1/all.json"),
        ("https://example.org/a.html", "https://example.org/a.html"),
    ],
)
def test_a_link_to_a_page_leads_to_its_markdown(to: str, address: str) -> None:
    assert made(f'<p><a href="{to}">a</a></p>') == f"[a]({address})"


def test_links_within_a_page_to_sentences_and_to_words_are_text() -> None:
    html = (
        '<a href="#b">a</a> <a class="locator" href="c.html">d</a> <a class="term" href="e">f</a>'
    )

    assert made(f"<p>{html}</p>") == "a d f"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*a* `b` [c] &lt;d&gt; e\\f", r"\*a\* \`b\` \[c\] \<d> e\\f"),
        ("# a", r"\# a"),
        ("1. a", r"\1. a"),
        ("- a", r"\- a"),
    ],
)
def test_marks_of_a_text_are_escaped(text: str, written: str) -> None:
    assert made(f"<p>{text}</p>") == written


# ---- of a whole site -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory.getbasetemp(), "other")


def pages_that_stay(site: Path) -> list[str]:
    return [
        uri
        for uri in pages_of(site)
        if "noindex" not in {meta.attributes.get("content") for meta in page(site, uri).all("meta")}
    ]


def test_each_page_has_its_markdown_in_the_website_alone(site: Built) -> None:
    found = {path.relative_to(site.site).as_posix() for path in site.site.rglob("*.md")}

    expected = {f"{uri.removesuffix('.html')}.md" for uri in pages_that_stay(site.site)}
    assert found == expected - {"404.md", "verify.md"}


def test_every_value_of_a_page_is_in_its_markdown_with_its_voice(site: Built) -> None:
    for path in site.site.rglob("*.md"):
        text = flat(path.read_text(encoding="utf-8").replace("\\", ""))
        root = page(site.site, path.relative_to(site.site).with_suffix(".html").as_posix())
        for element in root.all("span"):
            classes = (element.attributes.get("class") or "").split()
            if "computed" in classes and "amount" in classes:
                assert f"{flat(element.text)} [computed]" in text, path
            if "reported" in classes and "amount" in classes:
                assert f"**{flat(element.text)}**" in text, path


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_link_of_the_markdown_leads_to_a_file(site: Built) -> None:
    for path in [*site.site.rglob("*.md"), site.site / "llms.txt"]:
        text = path.read_text(encoding="utf-8")
        for to in re.findall(r"(?<!\\)\]\(([^)\s]*)\)", text):
            if not re.match("[a-z]+:", to):
                assert (path.parent / to.partition("#")[0]).is_file(), (path, to)


def test_the_list_has_every_page_once_and_says_what_the_site_is(site: Built) -> None:
    text = (site.site / "llms.txt").read_text(encoding="utf-8")
    listed = re.findall(r"^- \[.*\]\((.*\.md)\)", text, re.MULTILINE)

    assert text.startswith("# Exemplin reference (invented)\n\n> ")
    assert sorted(listed) == sorted(
        path.relative_to(site.site).as_posix() for path in site.site.rglob("*.md")
    )
    assert text.rpartition("\n## ")[2].startswith("Optional\n")
