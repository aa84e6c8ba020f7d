"""The Content Security Policy: what it allows, and that every page of the website carries it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.markup import Element, page, parse
from built import Built, built_once, unzipped

from publish.csp import (
    PolicyError,
    add_form_policy,
    add_policy,
    format_policy,
    hash_source,
    inline_scripts,
    prepare_for_server,
    server_policy,
)

HEAD = '<!doctype html><head><meta charset="utf-8"><title>x</title>'
# From `printf "a()" | openssl dgst -sha256 -binary | base64`.
A = "sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4="
REST = (
    "style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self';"
    " frame-src 'self'; base-uri 'none'; form-action 'none'"
)


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory.getbasetemp(), "other")


def pages_in(site: Path) -> list[Path]:
    """The pages of a website, without the edition of one file that it offers."""
    return [path for path in site.rglob("*.html") if path.parent != site / "download"]


def policy_of(html: str) -> str:
    """The policy in a page."""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return found[1] if found else ""


# ---- the form for records ----------------------------------------------------------------------


def test_the_form_may_reach_one_other_origin_and_load_no_script_from_it() -> None:
    policy = policy_of(add_form_policy(HEAD, "https://forge.example"))

    assert policy == (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
        " connect-src 'self' blob: https://forge.example; worker-src 'none'; frame-src 'none';"
        " base-uri 'none'; form-action 'none'; script-src 'self' 'unsafe-eval'"
    )


# ---- one page ---------------------------------------------------------------------------------


def test_the_digest_is_that_of_other_tools() -> None:
    assert hash_source(b"a()") == A


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("", ""),
        ("<script>a()</script>", f" '{A}'"),
        ("<SCRIPT>a()</SCRIPT>", f" '{A}'"),
        ('<script type="module">a()</script>', f" '{A}'"),
        ('<script data-src="a.js">a()</script>', f" '{A}'"),
        ('<script type="application/json">a()</script>', ""),
        ('<script type="application/ld+json">a()</script>', ""),
        ('<script src="a.js"></script>', ""),
        ("<script src='a.js' defer></script>", ""),
        ("<script src=a.js></script>", ""),
        ('<article><script src="a.js"></script></article>', ""),
        ("<script>a()</script><script>a()</script>", f" '{A}'"),
        (
            "<script>a()</script><script>b()</script>",
            "".join(f" '{source}'" for source in sorted([A, hash_source(b"b()")])),
        ),
    ],
)
def test_a_policy_allows_the_files_of_the_site_and_the_scripts_in_the_page(
    body: str, allowed: str
) -> None:
    made = add_policy(HEAD + body)

    assert policy_of(made) == f"default-src 'none'; script-src 'self'{allowed}; {REST}"


def test_the_policy_comes_before_everything_it_governs() -> None:
    made = add_policy(f"{HEAD}<script>a()</script>")

    assert made.startswith('<!doctype html><head><meta charset="utf-8"><meta http-equiv="Content-')


def test_only_the_website_asks_for_the_styles_of_served_pages() -> None:
    link = '<link rel="stylesheet" href="../assets/served.css" crossorigin{}>'

    made = prepare_for_server(HEAD + link.format(" disabled"))

    assert made == add_policy(HEAD + link.format(""))


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (f"{HEAD}<article><script>a()</script></article>", "a script stands in the text"),
        (f"{HEAD}<!-- <script> --><article><script>a()</script></article>", "in the text"),
        ("<title>x</title>", "does not name its encoding"),
    ],
)
def test_a_page_that_cannot_have_a_policy_stops_the_build(html: str, why: str) -> None:
    with pytest.raises(PolicyError, match=why):
        add_policy(html)


def test_a_server_allows_what_any_page_runs_and_who_may_frame_it() -> None:
    pages = [add_policy(f"{HEAD}<script>{run}</script>") for run in ("a()", "b()", "a()")]

    both = " ".join(f"'{source}'" for source in sorted([A, hash_source(b"b()")]))
    expected = f"default-src 'none'; script-src 'self' {both}; {REST}; frame-ancestors 'self'"
    assert server_policy(pages) == expected


# ---- the site ---------------------------------------------------------------------------------


def test_every_page_of_the_website_has_the_policy_of_its_own_scripts(other: Built) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in pages_in(other.site)}

    assert len(pages) > 40
    assert {path: policy_of(html) for path, html in pages.items()} == {
        path: format_policy(inline_scripts(html)) for path, html in pages.items()
    }


def test_no_page_has_a_script_inside_it_but_that_for_wrong_addresses(other: Built) -> None:
    """A host that makes pages smaller changes what stands in them, and its digest no more."""
    found = {path.name for path in pages_in(other.site) if inline_scripts(path.read_text("utf-8"))}

    assert found == {"404.html"}


def test_no_script_is_held_to_its_bytes(other: Built) -> None:
    run = {
        script.attributes["src"].rpartition("/")[2]: script.attributes
        for path in pages_in(other.site)
        for script in page(other.site, path.relative_to(other.site).as_posix()).all("script")
        if "src" in script.attributes
    }

    assert {"access.js", "preferences.js", "search-query.js", "tables.js", "verify.js"} <= set(run)
    assert [name for name, attributes in run.items() if "integrity" in attributes] == []


def test_the_copy_for_disk_has_none_since_files_have_no_origin(
    other: Built, tmp_path: Path
) -> None:
    pages = list(unzipped(other, tmp_path).rglob("*.html"))

    assert len(pages) > 40
    assert not [page for page in pages if "Content-Security-Policy" in page.read_text("utf-8")]


def _active(root: Element) -> list[str]:
    """Whatever would run or style without a file: handlers, style attributes, such addresses."""
    return [
        f"{element.tag} {name}={value}"
        for element in root.all()
        for name, value in element.attributes.items()
        if name.startswith("on")
        or name in ("style", "srcdoc", "formaction", "ping")
        or re.match(r"\s*(?:javascript|vbscript|data\s*:\s*text)", value, re.IGNORECASE)
    ] + [element.tag for element in root.all("style", "base", "object", "embed", "iframe", "frame")]


@pytest.mark.parametrize(
    "planted",
    [
        '<p onclick="a()">x</p>',
        "<p onwheel>x</p>",
        '<p style="color:red">x</p>',
        '<a href=" JavaScript:a()">x</a>',
        "<a href='data:text/html,x'>x</a>",
        "<style>p{}</style>",
        "<base href='//x'>",
    ],
)
def test_something_active_is_seen(planted: str) -> None:
    assert len(_active(parse(f"<body>{planted}</body>"))) == 1


def test_no_page_has_handlers_styles_or_addresses_that_run(other: Built) -> None:
    uris = [path.relative_to(other.site).as_posix() for path in pages_in(other.site)]

    assert {uri: found for uri in uris if (found := _active(page(other.site, uri)))} == {}


def test_the_edition_of_one_file_runs_nothing_and_has_its_own_style(other: Built) -> None:
    (edition,) = (other.site / "download").glob("*.html")
    style = re.search("<style>(.*?)</style>", edition.read_text("utf-8"), re.DOTALL)
    assert style

    own = hash_source(style[1].encode())
    expected = f"default-src 'none'; style-src '{own}'; img-src data:"
    assert policy_of(edition.read_text("utf-8")) == expected
    assert _active(page(other.site, f"download/{edition.name}")) == ["style"]
