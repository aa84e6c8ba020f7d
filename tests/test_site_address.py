"""The address at which a site is published: how it is read, and what comes of it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browser.markup import Element, page
from browser.visits import pages_of
from built import built_once, published, run
from folders import OTHER, ROOT
from sound import sound_folder

import build as command_line
import sitegen
from commands import console
from sitegen.model import read_address

ADDRESSES = [
    "https://ref.example",
    "http://ref.example:8080",
    "https://owner.example/project",
    "https://ref.example:8443/a/b",
]


# ---- what an address is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("not set", None),
        ("https://ref.example", "https://ref.example"),
        ("https://ref.example/", "https://ref.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://127.0.0.1:65535/x", "https://127.0.0.1:65535/x"),
        ("https://docs.ref.example/en/latest/", "https://docs.ref.example/en/latest"),
        ("https://ref.example/~user/%C3%A9", "https://ref.example/~user/%C3%A9"),
        ("https://xn--e1aybc.example/..a/b.", "https://xn--e1aybc.example/..a/b."),
    ],
)
def test_an_address_is_read_without_its_last_slash(address: str, read: str | None) -> None:
    assert read_address(address) == read


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "ref.example",
        "ftp://ref.example",
        "https://",
        "https:///path",
        "https://ref.example:",
        "https://ref.example:65536",
        "https://ref.example:0x50",
        "https://user@ref.example",
        "https://user:word@ref.example",
        "https://ref.example/?x=1",
        "https://ref.example/#x",
        "https://ref.example//",
        "https://ref.example//a",
        "https://ref.example/a/../b",
        "https://ref.example/.",
        "https://ref.example/a b",
        "https://ref.example/%zz",
        'https://ref.example/"onclick=',
        "https://ref.example/<script>",
        "https://ref.example\n",
        "https://-ref.example",
        "https://ссылка.example",
        "javascript:alert(1)",
        None,
        8080,
        ["https://ref.example"],
    ],
)
def test_what_is_no_address_of_a_site_is_refused(address: object) -> None:
    with pytest.raises(ValueError, match="must be 'not set' or where the site is published"):
        read_address(address)


def test_the_command_line_says_what_is_wrong_with_an_address() -> None:
    done = run(ROOT, OTHER, "--site-address", "ref.example", "check")

    assert done.returncode == 2
    assert done.stderr.endswith(
        "argument --site-address: must be 'not set' or where the site is published,"
        " such as 'https://host/path' (got 'ref.example')\n"
    )


@pytest.mark.slow  # it builds a site for each
@pytest.mark.parametrize(
    ("settings", "variables", "options", "address"),
    [
        ("", {}, [], None),
        ("", {"SITE_ADDRESS": ""}, [], None),
        ("address: https://a.example/x", {}, [], "https://a.example/x"),
        ("address: https://a.example", {"SITE_ADDRESS": ""}, [], "https://a.example"),
        ("address: https://a.example", {"SITE_ADDRESS": "https://b.example/"}, [],
         "https://b.example"),
        ("", {"SITE_ADDRESS": "https://b.example"}, ["--site-address", "https://c.example"],
         "https://c.example"),
    ],
)  # fmt: skip
def test_an_option_counts_before_the_environment_and_that_before_the_data(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str,
    variables: dict[str, str],
    options: list[str],
    address: str,
) -> None:
    data = sound_folder(tmp_path)
    with (data / "site.yml").open("a", encoding="utf-8") as file:
        file.write(f"{settings}\n")
    monkeypatch.setattr(console, "CACHE", tmp_path / "cache")
    monkeypatch.delenv("SITE_ADDRESS", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert command_line.main(["--data", str(data), *options, "pages", str(tmp_path / "out")]) == 0
    robots = (tmp_path / "out" / "robots.txt").read_text(encoding="utf-8")
    assert re.findall("Sitemap: (.*)/sitemap.xml", robots) == ([address] if address else [])


# ---- a site with an address ---------------------------------------------------------------------


@pytest.fixture(
    scope="module",
    params=[  # a site is built for each
        ADDRESSES[-1],
        *(pytest.param(address, marks=pytest.mark.slow) for address in ADDRESSES[:-1]),
    ],
)
def addressed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """An address, and the other drug's website built for it by the command line."""
    out = tmp_path_factory.mktemp("addressed")
    data = shutil.copytree(OTHER, out / "data")
    with (data / "conditions" / "examplitis.yml").open("a", encoding="utf-8") as record:
        record.write("formerly: [exemplitis]\n")
    done = run(ROOT, data, "--site-address", request.param, "site", "--out", out)
    assert done.returncode == 0, done.stderr
    return request.param, out / "site"


def heads(site: Path) -> Iterator[tuple[str, Element]]:
    """Every page of a website, by its address from the root."""
    return ((uri, page(site, uri)) for uri in pages_of(site))


def linked(root: Element, rel: str) -> list[str]:
    return [x.attributes["href"] for x in root.all("link") if x.attributes.get("rel") == rel]


def named(root: Element, name: str) -> list[str]:
    metas = [element.attributes for element in root.all("meta")]
    return [meta["content"] for meta in metas if name in (meta.get("property"), meta.get("name"))]


@pytest.mark.slow  # it builds a website
def test_each_page_names_its_address_and_its_card(addressed: tuple[str, Path]) -> None:
    address, site = addressed

    for uri, root in heads(site):
        assert linked(root, "canonical") == named(root, "og:url") == [f"{address}/{uri}"]
        (card,) = named(root, "og:image")
        assert (site / card.removeprefix(f"{address}/")).is_file()


def test_the_sitemap_lists_every_page_that_did_not_move(addressed: tuple[str, Path]) -> None:
    address, site = addressed
    content = (site / "sitemap.xml").read_bytes()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = [location.text for location in ElementTree.fromstring(content).iter(f"{space}loc")]

    stay = [uri for uri, root in heads(site) if "noindex" not in named(root, "robots")]
    assert sorted(listed) == sorted(f"{address}/{uri}" for uri in stay)
    assert set(pages_of(site)) - set(stay) == {"conditions/exemplitis.html"}
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == content


def ids(node: Any) -> Iterator[str]:
    """Every address in JSON-LD that stands for something of the site."""
    if isinstance(node, dict):
        yield from (node[name] for name in ("@id", "contentUrl") if name in node)
    for member in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from ids(member)


def test_every_address_in_json_ld_leads_to_a_page_of_the_site(addressed: tuple[str, Path]) -> None:
    address, site = addressed
    found = [
        id
        for file in site.glob("data/v1/jsonld/*.jsonld")
        for id in ids(json.loads(file.read_text(encoding="utf-8")))
    ]
    for _, root in heads(site):
        for script in root.all("script"):
            if script.attributes.get("type") == "application/ld+json":
                node = json.loads(script.text)
                steps = node["breadcrumb"]["itemListElement"]
                assert all(step["item"]["@id"].startswith(f"{address}/") for step in steps)
                found += [node["url"], *ids(node)]

    assert len(found) > 200
    for id in found:
        assert id.startswith(f"{address}/"), id
        assert (site / id.removeprefix(f"{address}/").partition("#")[0]).is_file(), id


def test_the_page_for_wrong_addresses_names_all_from_the_root_of_its_host(
    addressed: tuple[str, Path],
) -> None:
    address, site = addressed
    root = re.sub("^https?://[^/]+", "", address)

    for element in page(site, "404.html").all():
        for name in ("src", "href"):
            to = element.attributes.get(name, "")
            if to.startswith("/"):
                assert (site / to.removeprefix(f"{root}/").partition("#")[0]).is_file()


def test_the_package_of_data_names_the_site(addressed: tuple[str, Path]) -> None:
    address, site = addressed
    package = json.loads((site / "data/v1/datapackage.json").read_text(encoding="utf-8"))

    assert package["homepage"] == f"{address}/"
    assert package["id"] == f"{address}/data/v1/datapackage.json"


def test_each_page_leads_to_the_feed_of_changes(addressed: tuple[str, Path]) -> None:
    address, site = addressed
    feed = ElementTree.fromstring((site / "changes.atom").read_bytes())
    atom = "{http://www.w3.org/2005/Atom}"

    for uri, root in heads(site):
        (to,) = (
            link.attributes["href"]
            for link in root.all("link")
            if link.attributes.get("type") == "application/atom+xml"
        )
        shown = to.removeprefix(re.sub("^https?://[^/]+", "", address))
        assert uri == "404.html" or (site / uri).parent.joinpath(shown).is_file(), (uri, to)
    for entry in feed.findall(f"{atom}entry"):
        page_of_entry, _, anchor = (entry.findtext(f"{atom}id") or "").partition("#")
        changes = page(site, page_of_entry.removeprefix(f"{address}/"))
        assert anchor in {element.attributes.get("id") for element in changes.all()}


@pytest.mark.slow  # it builds a site twice
def test_mkdocs_alone_builds_the_same_pages(tmp_path: Path) -> None:
    address = ADDRESSES[-1]
    options = ("--site-address", address, "site", "--website-only", "--out", tmp_path)
    done = run(ROOT, OTHER, *options)
    clock = sitegen.epoch(sitegen.read_site(OTHER))
    variables = {"SITE_ADDRESS": f"{address}/", "SOURCE_DATE_EPOCH": clock}
    alone = published(OTHER, tmp_path / "alone", changes=variables)

    assert done.returncode == 0, done.stderr
    assert pages_of(alone) == pages_of(tmp_path / "site")
    for uri in [*pages_of(alone), "404.html", "sitemap.xml"]:
        assert (alone / uri).read_bytes() == (tmp_path / "site" / uri).read_bytes(), uri


# ---- a site without one -------------------------------------------------------------------------


@pytest.mark.slow  # it builds a website
def test_a_site_without_an_address_has_no_map_and_names_no_address(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = built_once(tmp_path_factory.getbasetemp(), "other").site

    assert list(site.glob("sitemap*")) == list(site.glob("*.atom")) == []
    assert (site / "404.html").is_file()
    assert "Sitemap" not in (site / "robots.txt").read_text(encoding="utf-8")
    for _, root in heads(site):
        assert linked(root, "canonical") == named(root, "og:url") == named(root, "og:image") == []


def test_the_data_are_checked_at_their_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(OTHER, data)
    with (data / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("address: ref.example\n")

    with pytest.raises(sitegen.DataError) as refused:
        sitegen.read_site(data)

    assert str(refused.value) == (
        "data/site.yml:10: address must be 'not set' or where the site is published,"
        " such as 'https://host/path' (got 'ref.example')"
    )
