"""The look at built HTML: what is dead, missing, foreign or empty is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publish.check_links import _content_hash, problems
from publish.csp import prepare_for_server
from sitegen.incremental.cache import Cache
from sitegen.incremental.workers import Executor

SOUND = """\
<!doctype html>
<html><head>
<link rel="stylesheet" href="assets/site.css">
<script src="assets/access.js"></script>
</head><body id="top">
<h1 id="a b">Title</h1>
<a href="#top">up</a> <a href="#a%20b">title</a> <a name="nothing">x</a>
<a href="other/index.html">other</a> <a href="other/">other</a>
<a href="other/index.html#there">there</a>
<a href="assets/site.css">style</a> <a href="all.json?x=1#y">data</a>
<a href="https://example.org/x.html#y">elsewhere</a> <a href="mailto:a@example.org">write</a>
<img src="assets/logo.svg" alt=""><svg><use href="#top"></use></svg>
<table><tr><th>a</th><td><b>b</b></td><td><img src="assets/logo.svg" alt=""></td>
<td><svg></svg></td></tr></table>
</body></html>
"""
OTHER = '<p id="there"><a href="../index.html#top">back</a> <a href="../">home</a></p>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small built site without a fault."""
    built = tmp_path / "site"
    for name, text in {
        "index.html": SOUND,
        "other/index.html": OTHER,
        "assets/site.css": "a {}",
        "assets/access.js": "",
        "assets/logo.svg": "<svg/>",
        "all.json": "{}",
    }.items():
        write(built, name, text)
    write(tmp_path, "outside.html", "<p id='x'>x</p>")
    return built


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_sound_folder_has_no_fault(folder: Path) -> None:
    assert list(problems(folder)) == []


def test_an_empty_folder_has_no_fault(tmp_path: Path) -> None:
    assert list(problems(tmp_path)) == []


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ('<a href="gone.html">x</a>', "the link gone.html leads nowhere"),
        ('<a href="other/gone.html">x</a>', "the link other/gone.html leads nowhere"),
        ('<a href="assets/">x</a>', "the link assets/ leads nowhere"),
        ('<a href="../outside.html">x</a>', "the link ../outside.html leads nowhere"),
        ('<a href="/index.html">x</a>', "the link /index.html leads nowhere"),
        ('<a href="other/index.md">x</a>', "the link other/index.md leads nowhere"),
        ('<a href="#gone">x</a>', "the link #gone names an anchor that is not there"),
        (
            '<a href="other/index.html#gone">x</a>',
            "the link other/index.html#gone names an anchor that is not there",
        ),
        ('<a href="other/#gone">x</a>', "the link other/#gone names an anchor that is not there"),
        (
            '<a href="javascript:alert(1)">x</a>',
            "the address javascript:alert(1) is of no kind used here",
        ),
        (
            '<a href="JavaScript:alert(1)">x</a>',
            "the address JavaScript:alert(1) is of no kind used here",
        ),
        (
            '<a href="data:text/html,x">x</a>',
            "the address data:text/html,x is of no kind used here",
        ),
        (
            '<a href="file:///etc/passwd">x</a>',
            "the address file:///etc/passwd is of no kind used here",
        ),
        (
            '<script src="https://example.org/x.js"></script>',
            "loads https://example.org/x.js from another host",
        ),
        (
            '<script src="//example.org/x.js"></script>',
            "loads //example.org/x.js from another host",
        ),
        (
            '<link href="http://example.org/x.css">',
            "loads http://example.org/x.css from another host",
        ),
        (
            '<img src="https://example.org/x.png">',
            "loads https://example.org/x.png from another host",
        ),
        (
            '<iframe src="https://example.org/"></iframe>',
            "loads https://example.org/ from another host",
        ),
        (
            '<svg><use href="https://example.org/#x"/></svg>',
            "loads https://example.org/#x from another host",
        ),
        (
            '<svg><use xlink:href="https://example.org/#x"/></svg>',
            "loads https://example.org/#x from another host",
        ),
        (
            '<svg><image href="https://example.org/x.png"/></svg>',
            "loads https://example.org/x.png from another host",
        ),
        (
            '<img srcset="https://example.org/x.png 2x">',
            "loads https://example.org/x.png from another host",
        ),
        (
            '<source src="https://example.org/x.mp4">',
            "loads https://example.org/x.mp4 from another host",
        ),
        (
            '<video src="https://example.org/x.mp4"></video>',
            "loads https://example.org/x.mp4 from another host",
        ),
        (
            '<video poster="https://example.org/x.png"></video>',
            "loads https://example.org/x.png from another host",
        ),
        (
            '<object data="https://example.org/x.svg"></object>',
            "loads https://example.org/x.svg from another host",
        ),
        (
            '<embed src="https://example.org/x.svg">',
            "loads https://example.org/x.svg from another host",
        ),
        (
            '<form action="https://example.org/"></form>',
            "loads https://example.org/ from another host",
        ),
        (
            '<button formaction="https://example.org/"></button>',
            "loads https://example.org/ from another host",
        ),
        ("<table><tr><td></td></tr></table>", "empty table cells: 1"),
        ("<table><tr><td> \n </td><th></th></tr></table>", "empty table cells: 2"),
        ("<table><tr><td><span></span></td></tr></table>", "empty table cells: 1"),
        ("<table><tr><td>&nbsp;</td></tr></table>", "empty table cells: 1"),
    ],
)
@pytest.mark.parametrize("name", ["index.html", "other/index.html"])
def test_a_fault_is_named_with_its_page(folder: Path, added: str, fault: str, name: str) -> None:
    page = (folder / name).read_text(encoding="utf-8")
    if name.startswith("other/"):  # one folder down, so that each address leads the same way
        for old, new in (
            ('="other/', '="'),
            ('="assets/', '="../assets/'),
            ('="../outside', '="../../outside'),
        ):
            added, fault = (
                added.replace(old, new),
                fault.replace(old.replace('="', " "), new.replace('="', " ")),
            )
    write(folder, name, page + added)

    assert list(problems(folder)) == [f"{name}: {fault}"]


def test_every_fault_of_every_page_is_named(folder: Path) -> None:
    write(folder, "a.html", '<a href="gone.html">x</a><table><tr><td></td></tr></table>')
    write(folder, "b.html", '<a href="a.html#gone">x</a><script src="//example.org"></script>')

    assert sorted(problems(folder)) == [
        "a.html: empty table cells: 1",
        "a.html: the link gone.html leads nowhere",
        "b.html: loads //example.org from another host",
        "b.html: the link a.html#gone names an anchor that is not there",
    ]


def test_an_element_with_several_names_is_reported_once(folder: Path) -> None:
    write(folder, "a.html", '<a id="x" href="gone.html">x</a><img id="y" src="gone.png">')

    assert sorted(problems(folder)) == [
        "a.html: loads gone.png, which is not there",
        "a.html: the link gone.html leads nowhere",
    ]


def test_white_space_around_an_address_is_none_of_it(folder: Path) -> None:
    links = '<a href=" #x ">x</a><a href="\n index.html">y</a><a href=" ">z</a>'
    write(folder, "a.html", f'<p id="x">{links}</p>')

    assert list(problems(folder)) == []


def test_of_two_copies_each_is_held_to_its_own_files(folder: Path, tmp_path: Path) -> None:
    other = shutil.copytree(folder, tmp_path / "other copy")
    for copy in (folder, other):
        write(copy, "a.html", '<a href="b.html">x</a>')
    write(folder, "b.html", "<p>only here</p>")

    expected = ["a.html: the link b.html leads nowhere"]
    assert list(problems(folder, other)) == list(problems(other, folder)) == expected


WRONG = '<link href="{0}/assets/site.css"><a href="{0}/index.html#top">home</a>'
ADDRESSES = [
    (None, ""),
    ("https://ref.example", ""),
    ("http://ref.example:8080", ""),
    ("https://ref.example/project", "/project"),
    ("https://ref.example:8443/a/b", "/a/b"),
]


@pytest.mark.parametrize(("address", "root"), ADDRESSES)
def test_the_page_for_wrong_addresses_names_all_from_the_root_of_the_server(
    folder: Path, address: str | None, root: str
) -> None:
    write(folder, "404.html", WRONG.format(root))

    assert list(problems(folder, address=address)) == []


@pytest.mark.parametrize(("address", "root"), ADDRESSES)
def test_what_the_page_for_wrong_addresses_names_and_is_not_there_is_named(
    folder: Path, address: str | None, root: str
) -> None:
    gone = f'<script src="{root}/gone.js"></script><a href="{root}/gone.html">x</a>'
    write(folder, "404.html", f'{gone}<a href="/elsewhere/index.html">x</a>')

    assert list(problems(folder, address=address)) == [
        "404.html: loads gone.js, which is not there",
        "404.html: the link gone.html leads nowhere",
        "404.html: the link /elsewhere/index.html leads nowhere"
        if root
        else "404.html: the link elsewhere/index.html leads nowhere",
    ]


@pytest.mark.parametrize(
    ("stated", "faulty"),
    [
        ("https://ref.example/project/a.html", False),
        ("https://ref.example/project/b.html", True),
        ("https://ref.example/a.html", True),
        ("https://other.example/project/a.html", True),
        ("a.html", True),
    ],
)
def test_a_page_names_its_own_address(folder: Path, stated: str, faulty: bool) -> None:
    write(folder, "a.html", f'<link rel="canonical" href="{stated}">')

    found = list(problems(folder, address="https://ref.example/project"))
    assert found == [f"a.html: says that its address is {stated}"] * faulty


def test_a_page_of_a_site_without_an_address_names_none(folder: Path) -> None:
    write(folder, "a.html", '<link rel="canonical" href="https://ref.example/a.html">')

    assert list(problems(folder)) == [
        "a.html: says that its address is https://ref.example/a.html",
    ]


@pytest.mark.xfail(reason="LIMIT: styles and scripts in a page are not looked into")
@pytest.mark.parametrize(
    "added",
    [
        "<style>@import url(https://example.org/x.css);</style>",
        '<p style="background: url(https://example.org/x.png)">x</p>',
        '<script>fetch("https://example.org/")</script>',
    ],
)
def test_what_styles_and_scripts_in_a_page_load_from_outside_is_named(
    folder: Path, added: str
) -> None:
    write(folder, "a.html", added)

    assert len(list(problems(folder))) == 1


@pytest.mark.parametrize(
    ("added", "address"),
    [
        ('<img src="gone.png">', "gone.png"),
        ('<img srcset="gone.png 2x">', "gone.png"),
        ('<script src="gone.js"></script>', "gone.js"),
        ('<link rel="stylesheet" href="gone.css">', "gone.css"),
        ('<svg><use href="gone.svg#x"/></svg>', "gone.svg#x"),
    ],
)
def test_what_a_page_loads_and_is_not_there_is_named(
    folder: Path, added: str, address: str
) -> None:
    write(folder, "a.html", added)

    assert list(problems(folder)) == [f"a.html: loads {address}, which is not there"]


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("@import 'https://example.org/x.css';", "@import 'https://example.org/x.css"),
        ("a { src: url(//example.org/x.woff2) }", "url(//example.org/x.woff2"),
    ],
)
def test_what_a_style_sheet_loads_from_another_host_is_named(
    folder: Path, style: str, found: str
) -> None:
    write(folder, "assets/site.css", style)

    assert list(problems(folder)) == [f"assets/site.css: loads from another host: {found}"]


@pytest.mark.parametrize(
    "added",
    [
        pytest.param('<img src="data:image/png;base64,AAAA">', id="data in the address"),
        pytest.param('<img src="a,b.png">', id="a comma in the name"),
    ],
)
def test_a_comma_in_an_address_is_part_of_it(folder: Path, added: str) -> None:
    write(folder, "a.html", added)
    write(folder, "a,b.png", "")

    assert list(problems(folder)) == []


@pytest.mark.parametrize("address", ["/", "../../"])
def test_what_a_page_loads_is_a_file_of_the_site(folder: Path, address: str) -> None:
    write(folder, "a.html", f'<script src="{address}"></script>')

    assert list(problems(folder)) == [f"a.html: loads {address}, which is not there"]


@pytest.mark.xfail(reason="LIMIT: a link to nowhere at all is not named")
def test_a_link_without_an_address_is_named(folder: Path) -> None:
    write(folder, "a.html", '<a href="">x</a>')

    assert len(list(problems(folder))) == 1


# ---- the site in one file ---------------------------------------------------------------------

EDITION = "download/examplin-1.0.0-whole.html"


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ('<a href="#gone">x</a>', "the link #gone names an anchor that is not there"),
        ('<img alt="a > b" src="a.png"/>', "loads a.png, which is not inside it"),
        ('<p>Text with id="gone" in it.</p><a href="#gone">x</a>', "the link #gone names"),
        ("<b title='x' id=\"odd\">x</b>", None),
        ('<p id="here">x</p><a class="c" href="#here">x</a>', None),
        ('<a href="https://example.org/#x">x</a><img src="data:image/png;base64,AA=="/>', None),
        ('<p>&lt;img src="a.png"&gt; and &lt;a href="#gone"&gt; as text.</p>', None),
    ],
)
def test_the_site_in_one_file_leads_nowhere_outside(
    folder: Path, added: str, fault: str | None
) -> None:
    write(folder, EDITION, f'<main id="top">{added}<a href="#top">up</a></main>')
    write(folder, "other/index.html", f'{OTHER}<a href="../{EDITION}#anywhere">all</a>')

    found = list(problems(folder))

    assert len(found) == (1 if fault else 0), found
    assert all(problem.startswith(f"{EDITION}: {fault}") for problem in found)


def test_a_page_of_a_like_name_is_looked_at_as_a_page(folder: Path) -> None:
    write(folder, "studies/blood-whole.html", '<p id="a"><a href="gone.html">x</a></p>')
    write(folder, "other/index.html", f'{OTHER}<a href="../studies/blood-whole.html#b">b</a>')

    assert sorted(problems(folder)) == [
        "other/index.html: the link ../studies/blood-whole.html#b"
        " names an anchor that is not there",
        "studies/blood-whole.html: the link gone.html leads nowhere",
    ]


def test_a_cached_page_is_checked_again_when_a_target_of_its_links_is_gone(folder: Path) -> None:
    executor = Executor(1, Cache(None))
    assert list(problems(folder, executor=executor)) == []
    (folder / "other" / "index.html").write_text("<p id='elsewhere'>x</p>", encoding="utf-8")

    found = list(problems(folder, executor=executor))

    assert found == list(problems(folder))
    assert "index.html: the link other/index.html#there names an anchor" in found[0]


def test_a_policy_does_not_have_a_page_looked_at_twice(folder: Path) -> None:
    def content_hash(text: str) -> str:
        write(folder, "page.html", text)
        return _content_hash(folder / "page.html")

    link = '<link rel="stylesheet" href="assets/served.css" crossorigin disabled>'
    plain = f'<meta charset="utf-8">{link}<script src="a.js"></script><p>text</p>'
    website = prepare_for_server(plain)

    assert content_hash(plain) == content_hash(website)
    assert content_hash(plain) != content_hash(website.replace("text", "other"))
    assert content_hash(plain) != content_hash(website.replace("a.js", "b.js"))
