"""Pages: a text of the data shows as it is and never as markup; links work from any folder."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import exported
import jinja2
import markdown
import pytest
import yaml
from folders import ROOT, TEMPLATES
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sound import FILES, read, replace, rich_folder, write

import sitegen
from sitegen import SiteOutput, build, read_site
from sitegen.addresses import page_of, relative
from sitegen.derive.relations import Relations
from sitegen.model import KINDS, Site, Term
from sitegen.model.problems import DataError
from sitegen.model.quantity import quantity
from sitegen.pages import escape, jinja
from sitegen.pages.context import Glossary
from sitegen.pages.escape import inert
from sitegen.pages.jinja import environment
from sitegen.pages.render import Renderer

MARK = "QQQ"

# Where a text of the data may stand on a page.
CONTEXTS = {
    "a paragraph": "{}",
    "a paragraph between words": "word {} word",
    "the second line of a paragraph": "word\n{}",
    "a table cell": "| a | b |\n| --- | --- |\n| {} | x |",
    "a table's head": "| {} | b |\n| --- | --- |\n| a | x |",
    "a heading": "## {}",
    "a heading with an anchor": "## {} {{#there}}",
    "a list": "- {}\n- x",
    "a numbered list": "1. {}\n2. x",
    "a definition": "term\n:   {}",
    "a term": "{}\n:   definition",
    "a quotation": "> {}",
    "an admonition": "!!! note\n\n    {}",
    "bold": "**{}**",
    "the text of a link": "[{}](x.md)",
    "an element": "<p><span>{}</span></p>",
    "an element in a paragraph": "word <span>{}</span> word",
    "a cell of an HTML table": "<table>\n<tr><td>{}</td><td>x</td></tr>\n</table>",
    "Markdown in an element": '<div markdown="1">\n{}\n</div>',
    "an attribute": '<p><abbr title="{}">x</abbr></p>',
}

HOSTILE = [
    "<script>alert(1)</script>",
    "</td></tr></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "<!-- comment -->",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "</span></p>",
    "[x](javascript:alert(1))",
    "[x][y]",
    "[x]: http://example.org",
    "![x](http://example.org/x.png)",
    "<http://example.org>",
    "<a@example.org>",
    "[^1]",
    "[TOC]",
    "*[HTML]: a word",
    "| a | b |",
    "a | b",
    "\\| a",
    "# heading",
    "### heading ###",
    "heading\n=======",
    "heading\n-------",
    "- list",
    "* list",
    "+ list",
    "1. list",
    "1) list",
    ": definition",
    "> quotation",
    "    code",
    "\tcode",
    "`code`",
    "``` code",
    "~~~ code",
    "***",
    "---",
    "___",
    "*a* **b** _c_ __d__",
    "a_b_c",
    "~~a~~ ^b^ ==c==",
    "{: #id .class onclick=alert(1) }",
    "{.class}",
    "{# anchor #}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "!!! note",
    "??? note",
    '=== "tab"',
    ":smile: (c) -- ...",
    "&lt;b&gt; &amp; &#60;b&#62; &nbsp;",
    "&copy &para",
    "\\*a\\*",
    "\\",
    "$x^2$",
    "a  \nb",
    "a\n\nb",
    "\x02wzxhzdk:0\x03",
    "klzzwxh:0002",
    "\x02amp\x03",
    "2.5–5 mg × 2 ≤ 10 µg",
    "ё 中文 עברית 🧪",
    "e\u0301\u200d\u00ad",
    "</div>",
    "<div markdown=1>*a*</div>",
]


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose own tags do not matter here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def _converter() -> Callable[[str], str]:
    """Markdown to HTML with the extensions of mkdocs.yml and those MkDocs always has."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = yaml.load(settings, Loader=_Loader)["markdown_extensions"]
    configs: dict[str, dict[str, Any]] = {}
    for extension in [listed] if isinstance(listed, dict) else listed:
        configs |= extension if isinstance(extension, dict) else {extension: {}}
    names = sorted({"toc", "tables", "fenced_code", *configs})
    converter = markdown.Markdown(
        extensions=names, extension_configs={name: config or {} for name, config in configs.items()}
    )

    def convert(text: str) -> str:
        converter.reset()
        return converter.convert(text)

    return convert


convert = _converter()


class _Seen(HTMLParser):
    """The elements of a page in order, each with the names of its attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.text = ""
        self.attributes: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(" ".join([tag, *sorted(name for name, _ in attrs)]))
        self.attributes |= {name: value or "" for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.elements.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.elements.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.elements.append("instruction")

    def handle_data(self, data: str) -> None:
        self.text += data


def folded(text: str) -> str:
    """A text as `inert` may change it: control characters gone, white space folded."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text).split())


def trimmed(text: str) -> str:
    """A text without white space at its ends, as records hold it."""
    return re.sub(r"^[\s\x00-\x1f\x7f]+|[\s\x00-\x1f\x7f]+$", "", text)


def shown(context: str, text: str) -> tuple[list[str], str]:
    """Elements and folded text of a page on which a text stands in a context."""
    seen = _Seen(convert(CONTEXTS[context].format(inert(trimmed(text)))))
    words = seen.attributes["title"] if context == "an attribute" else seen.text
    return seen.elements, folded(words)


# ---- inert ------------------------------------------------------------------------------------


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_hostile_text_shows_its_characters(context: str) -> None:
    elements, words = shown(context, MARK)

    made = {text: shown(context, text) for text in HOSTILE}

    assert made == {text: (elements, words.replace(MARK, folded(text))) for text in HOSTILE}


_marks = st.lists(
    st.sampled_from(
        [*"\\`*_{}[]()#+-.!?|<>&~^=:\"'$@/%;,0129aAjx \n\t", "http://", "script", "    "]
    ),
    min_size=1,
    max_size=20,
).map("".join)


_texts = st.one_of(st.text(min_size=1), _marks).map(trimmed).filter(folded)


def shows_its_characters(context: str, text: str) -> bool:
    """Return whether a text in a context adds itself and no element to its page."""
    elements, words = shown(context, MARK)
    return shown(context, text) == (elements, folded(words.replace(MARK, text)))


@given(context=st.sampled_from(sorted(CONTEXTS)), text=_texts)
@settings(max_examples=300)
def test_any_text_shows_its_characters(context: str, text: str) -> None:
    assert shows_its_characters(context, text)


@pytest.mark.slow  # a hundred texts for each
@pytest.mark.parametrize("context", CONTEXTS)
@given(text=_texts)
@example(text="a\x85b")
@example(text="a\u2028b")
def test_any_text_shows_its_characters_in_each_context(context: str, text: str) -> None:
    assert shows_its_characters(context, text)


@given(st.text())
def test_an_inert_text_is_one_line_with_the_same_words(text: str) -> None:
    made = str(inert(text))

    assert not set(made) & set("\\`*_{}[]()+-.!?|<>~^=:\"'$@/\r\n\t")
    assert folded(html.unescape(made)) == folded(text)


# ---- relative ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uri", "address", "made"),
    [
        ("index.md", "[x](/studies/y.md)", "[x](studies/y.md)"),
        ("studies/y.md", "[x](/studies/y.md)", "[x](../studies/y.md)"),
        ("a/b/c.md", "[x](/studies/y.md)", "[x](../../studies/y.md)"),
        ("studies/y.md", "[x](/studies/y.md#here)", "[x](../studies/y.md#here)"),
        ("studies/y.md", "![x](/assets/y.svg)", "![x](../assets/y.svg)"),
        ("index.md", '<a href="/studies/y.md">', '<a href="studies/y.html">'),
        ("studies/y.md", '<a href="/studies/y.md">', '<a href="../studies/y.html">'),
        ("studies/y.md", '<a href="/studies/y.md#here">', '<a href="../studies/y.html#here">'),
        ("studies/y.md", '<a href="/data/v1/all.json">', '<a href="../data/v1/all.json">'),
        ("studies/y.md", '<img src="/assets/y.svg">', '<img src="../assets/y.svg">'),
        ("studies/y.md", '<a href="/a.mdx">', '<a href="../a.mdx">'),
        ("studies/y.md", "[x](y.md)", "[x](y.md)"),
        ("studies/y.md", "[x](#here)", "[x](#here)"),
        ("studies/y.md", "[x](https://example.org/a.md)", "[x](https://example.org/a.md)"),
        (
            "studies/y.md",
            '<a href="https://example.org/a.md">',
            '<a href="https://example.org/a.md">',
        ),
        ("studies/y.md", '<a href="y.html">', '<a href="y.html">'),
        ("studies/y.md", "a / b (/c)", "a / b (/c)"),
        (
            "studies/y.md",
            '[x](/a.md) and <a href="/b.md">b</a>\n[z](/c.md)',
            '[x](../a.md) and <a href="../b.html">b</a>\n[z](../c.md)',
        ),
    ],
)
def test_a_link_from_the_root_becomes_relative(uri: str, address: str, made: str) -> None:
    assert relative(address, uri) == made


def test_no_text_of_the_data_is_taken_for_a_link() -> None:
    text = str(inert('[x](/studies/y.md) <a href="/studies/y.md">'))

    assert relative(text, "studies/y.md") == text


# ---- templates --------------------------------------------------------------------------------


PAGES_OF_THEIR_OWN = ("sources", "studies", "regimens", "conditions")


def rendered(folder: Path, site: Site, template: str, **extra: object) -> str:
    """The page of one template, for a site with no record that has a page of its own."""
    (folder / "a.md.jinja").write_text(template, encoding="utf-8")
    bare = Site(site.identity, {**site.records, **{kind: {} for kind in PAGES_OF_THEIR_OWN}})
    renderer = Renderer(Relations(bare), folder)
    return renderer.page(next(iter(renderer.requests.values())), extra).markdown


def test_templates_call_functions_through_the_context_of_ours(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = []

    def call(self: object, function: Callable[..., object], *given: object, **named: object) -> str:
        called.append(function)
        return "answer"

    monkeypatch.setattr(jinja._ContextWithExtras, "call", call)

    assert "answer" in rendered(tmp_path, site, "{{ ask(1) }}", ask=len)
    assert called == [len]


def test_a_file_of_macros_is_made_once_for_all_pages(tmp_path: Path) -> None:
    made: list[str] = []
    (tmp_path / "_m.jinja").write_text(
        "{% set _ = made('m') %}{% macro m(x) %}{{ x }}{% endmacro %}"
    )
    (tmp_path / "a.jinja").write_text('{% import "_m.jinja" as m %}{{ m.m(x) }}')
    found = environment(tmp_path, {"made": made.append}, {}, {})

    assert [found.get_template("a.jinja").render(x=x) for x in "ab"] == ["a", "b"]
    assert made == ["m"]


def test_no_import_compares_the_names_of_the_environment(tmp_path: Path) -> None:
    given = environment(tmp_path, {"a": 1}, {}, {}), {}, None, {}, {"a": 1}

    assert jinja2.runtime.Context(*given).globals_keys == {"a"}
    assert given[0].context_class(*given).globals_keys == set()


def test_the_lines_of_a_paragraph_are_joined_by_spaces(tmp_path: Path, site: Site) -> None:
    lines = ("{% filter joined_lines %}", "a {{ value }}", "{% if value %}", "b", "{% endif %}")
    text = "\n".join([*lines, "{% endfilter %}"])

    assert rendered(tmp_path, site, text, value="*").strip() == "a &#42; b"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("a|b", "a&#124;b"),
        (7, "7"),
        (quantity("2.5-5 mg"), "2&#46;5–5\u00a0mg"),
        (quantity("> 3 mg"), "more than\u00a03\u00a0mg"),
    ],
)
def test_whatever_a_template_prints_is_inert(
    tmp_path: Path, site: Site, value: object, printed: str
) -> None:
    page = rendered(tmp_path, site, "{{ value }}", value=value)

    assert folded(page) == folded(printed)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("from `a` to `b_c`", "from <code>a</code> to <code>b_c</code>"),
        ("no mark", "no mark"),
        ("a ` alone", "a ` alone"),
        ("`<script>` is inert", "<code>&lt;script&gt;</code> is inert"),
    ],
)
def test_backticks_of_our_own_texts_become_code(text: str, shown: str) -> None:
    made = escape.with_code(text)

    assert html.unescape(made) == html.unescape(shown)
    assert "<script>" not in made


def test_a_template_cannot_print_nothing_where_a_value_must_stand(
    tmp_path: Path, site: Site
) -> None:
    with pytest.raises(
        jinja2.TemplateRuntimeError, match="printed nothing where a value must stand"
    ):
        rendered(tmp_path, site, "{{ value }}", value=None)


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ nothing }}", jinja2.TemplateRuntimeError),
        ("{{ site.nothing }}", jinja2.TemplateRuntimeError),
        ("{{ site['nothing'] }}", jinja2.TemplateRuntimeError),
        ("{{ 'a' if false }}", jinja2.TemplateRuntimeError),
        ("{{ nothing | capital }}", jinja2.UndefinedError),
        ("{{ site.nothing.more }}", jinja2.UndefinedError),
        ("{% if nothing %}{% endif %}", jinja2.UndefinedError),
        ("{% for each in nothing %}{% endfor %}", jinja2.UndefinedError),
    ],
)
def test_a_template_cannot_print_what_is_not_there(
    tmp_path: Path, site: Site, template: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        rendered(tmp_path, site, template)


def test_an_undefined_value_is_named(tmp_path: Path, site: Site) -> None:
    with pytest.raises(jinja2.TemplateRuntimeError, match="'nothing' is undefined"):
        rendered(tmp_path, site, "{{ nothing }}")


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn"]), min_size=1),
        st.sampled_from(HOSTILE).map(folded),
    ).filter(lambda text: folded(text) and "\\" not in text)
)
def test_front_matter_loads_as_yaml_and_holds_no_markup(
    tmp_path_factory: pytest.TempPathFactory, site: Site, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "front"
    folder.mkdir(exist_ok=True)

    page = rendered(folder, site, "---\ntitle: {{ text | one_line }}\n---\n", text=text)

    _, front, rest = page.split("---\n")
    title = yaml.safe_load(front)["title"]
    assert (html.unescape(title), rest) == (folded(text), "")
    assert not set(title) & set("<>\"'")


def test_a_backslash_in_the_front_matter_reads_as_one(tmp_path: Path, site: Site) -> None:
    page = rendered(tmp_path, site, "---\ntitle: {{ text | one_line }}\n---\n", text="a\\b")

    assert html.unescape(yaml.safe_load(page.split("---\n")[1])["title"]) == "a\\b"


@pytest.mark.parametrize(
    "mark",
    ["\x80", "\x85", "\x9f", "\u200b", "\u2028", "\ufeff", "\ufffe", "\uffff"],
    ids="U+{0!a}".format,
)
def test_a_character_that_yaml_refuses_never_reaches_the_front_matter(
    tmp_path: Path, data: Path, site: Site, mark: str
) -> None:
    name = f"{ord(mark):08x}"
    write(
        data,
        "terms/syrup.yml",
        FILES["terms/syrup.yml"].replace("syrup\n", f'"syrup \\U{name}"\n', 1),
    )
    try:
        text = read_site(data).terms["syrup"].name
    except DataError:
        return  # refused at the door

    page = rendered(tmp_path, site, "---\ntitle: {{ text | one_line }}\n---\n", text=text)

    assert yaml.safe_load(page.split("---\n")[1])


# ---- the glossary -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a syrup", "a [syrup]"),
        ("Syrup, then syrup again", "[Syrup], then syrup again"),
        ("syrupy", "syrupy"),
        ("a sugar-syrup", "a sugar-syrup"),
        ("nothing of it", "nothing of it"),
        ("", ""),
    ],
)
def test_the_first_use_of_a_term_in_a_text_is_marked(
    tmp_path: Path, site: Site, text: str, marked: str
) -> None:
    piece = "{% if piece.term %}[{{ piece.text }}]{% else %}{{ piece.text }}{% endif %}"
    template = f"x{{% for piece in text | glossed %}}{piece}{{% endfor %}}"

    page = rendered(tmp_path, site, template, text=text)

    assert html.unescape(page) == f"x{marked}\n"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("\u03bcg", "\u00b5g"),
        ("\u00b5g", "\u03bcg"),
        ("\u039cG", "\u00b5g"),
        ("dose", "do\u017fe"),
        ("kelvin", "\u212aelvin"),
        ("igg", "\u0130gg"),
        ("stra\u00dfe", "Stra\u1e9ee"),
        ("\ufb01bre", "FIBRE"),
    ],
)
def test_a_term_is_looked_up_however_its_letters_are_encoded(
    site: Site, name: str, word: str
) -> None:
    term = next(iter(site.terms.values())).model_copy(update={"name": name, "tooltip": "shown"})
    glossary = Glossary(Site(site.identity, {**site.records, Term.folder: {"x": term}}))

    pieces = glossary.segments(f"some {word} here")
    assert "".join(piece.text for piece in pieces) == f"some {word} here"
    if word[1:] == "g" and name[1:].lower() == "g":
        assert [piece.term for piece in pieces] == [None, term, None]


def test_a_term_that_is_left_out_is_not_marked(tmp_path: Path, site: Site) -> None:
    terms = {id: term.model_copy(update={"tooltip": "left out"}) for id, term in site.terms.items()}
    quiet = Site(site.identity, {**site.records, Term.folder: terms})
    template = "{% for piece in 'a syrup' | glossed %}{{ piece.term is none }} {% endfor %}"

    assert rendered(tmp_path, quiet, template) == "True\n"


# ---- whole pages ------------------------------------------------------------------------------


def test_every_record_of_every_kind_has_an_address_of_its_own(tmp_path: Path) -> None:
    records = list(read_site(rich_folder(tmp_path)).all())
    addresses = {page_of(record) for record in records}

    assert all(
        re.fullmatch(r"[a-z-]+/[a-z0-9-]+\.md(#[a-z0-9-]+)?", address) for address in addresses
    )
    assert len(addresses) == len(records)
    assert {record.folder for record in records} == {kind.folder for kind in KINDS} - {"checks"}


@pytest.mark.slow  # it makes all pages with other texts
def test_hostile_texts_in_every_field_of_every_record_make_no_element(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    harmless = build(data, TEMPLATES)
    for path in sorted(data.rglob("*.yml")):
        _poison(data, path.relative_to(data).as_posix())
    replace(data, "sources/paper.yml", "10.1000/hiccups", '10.1000/">[x](y)<img/src=x>')

    poisoned = build(data, TEMPLATES)

    assert [page.uri for page in poisoned.pages] == [page.uri for page in harmless.pages]
    for before, after in zip(harmless.pages, poisoned.pages, strict=True):
        assert _made_by(after.markdown) <= _made_by(before.markdown), after.uri
        assert after.record is None or "&#60;script&#62;" in after.markdown


_FREE = (
    "name|title|gist|why|says|means|gloss|note|heading|detail|summary|lead|description|status"
    "|unused|language|jurisdiction|journal|model|maker|form|eligibility"
)
# Free only in records of these kinds; elsewhere they are amounts or numbers.
_FREE_IN = {
    "sources": "|volume|issue|pages",
    "codes": "|system|code|display|version|seen_at",
}
_POISON = "<script>x</script><img src=x onerror=x> | [x](javascript:x) **x** `x` {{ x }} &ltb&gt"


def _poison(data: Path, name: str) -> None:
    """Put markup at the end of every free text of a record; the site's name is an id."""
    free = _FREE.removeprefix("name|") if name == "site.yml" else _FREE
    free += _FREE_IN.get(name.partition("/")[0], "")
    spoilt = re.sub(
        rf'^([ -]*(?:{free}): )("?)(?!not |unclear)(.*?)\2$',
        lambda line: f"{line[1]}'{line[3].replace(chr(39), chr(39) * 2)} {_POISON}'",
        read(data, name),
        flags=re.MULTILINE,
    )
    write(data, name, spoilt)


def _made_by(text: str) -> set[str]:
    """The kinds of element a page is made of, each with its attributes."""
    _, _, body = text.removeprefix("---\n").partition("---\n")
    return set(_Seen(convert(body)).elements)


def test_an_experiment_has_a_page_and_its_row_keeps_its_anchors(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    rats = read(data, "experiments/rats.yml")
    write(data, "experiments/rats.yml", f"formerly: [mice]\n{rats}")
    output = SiteOutput(sitegen.read(data), TEMPLATES)

    table = output.page("studies/experiments.md").markdown
    assert 'id="experiment-rats"' in table
    assert 'id="experiment-mice"' in table
    assert 'href="../studies/experiment-rats.html"' in table
    assert "Rats did not hiccup" in output.page("studies/experiment-rats.md").markdown
    assert "experiment-rats.html" in output.page("studies/experiment-mice.md").markdown


@pytest.mark.parametrize("uri", ["studies/index.md", "dosage/index.md", "index.md"])
def test_the_front_matter_alone_is_how_the_page_begins(uri: str) -> None:
    book = exported.book("other")
    (page,) = (page for page in book.pages if page.uri == uri)

    assert page.markdown.startswith(book.renderer.front(uri))
