"""The whole: data in, a website and an offline copy out. Every site is built once."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import exported
import pytest
import yaml
from browser.markup import Element, body_rows, columns, page, parse, table_with
from built import TEXTS, Built, build, built_once, copy_project, digests, environment, unzipped
from folders import OTHER, REAL, ROOT, TEMPLATES
from mkdocs.config import load_config
from mkdocs.structure.files import Files

import build as command_line
import sitegen
from sitegen import Page

GOLDEN = OTHER.parent / "golden"

# What product.md promises, in the order of the sections. A page is due once it has a template.
SECTIONS = [
    "Overview",
    "Dosage",
    "Studies",
    "Conditions",
    "Safety",
    "Substance",
    "Evidence checks",
    "Data & sources",
]
PROMISED = (
    "index",
    "dosage/index",
    "dosage/strengths-and-volumes",
    "studies/index",
    "studies/experiments",
    "conditions/index",
    "safety/index",
    "substance/index",
    "substance/claims",
    "substance/history",
    "substance/products",
    "checks/index",
    "checks/agreement",
    "checks/gaps",
    "checks/quality",
    "sources/index",
    "glossary/a-z",
    "glossary/index",
    "data/index",
    "data/codes",
    "data/dictionary",
    "about/index",
    "changes/index",
    "verify",
)
# What the file of all records holds besides its kinds.
NO_KINDS = ("format", "identity", "computed")
PARTS = ("thead", "tbody", "tr", "th", "td")
PAGES_OF_RECORDS = {
    "dosage/": "regimens",
    "studies/": "studies",
    "studies/experiment-": "experiments",
    "conditions/": "conditions",
    "sources/": "sources",
}


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory.getbasetemp(), "real")


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory.getbasetemp(), "other")


@pytest.fixture(
    scope="module",
    params=[pytest.param("real", marks=pytest.mark.slow), "other"],  # see tests/conftest.py
)
def built(request: pytest.FixtureRequest) -> Built:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def trees(built: Built) -> dict[str, Element]:
    """Every page but the one that MkDocs writes for addresses that do not exist."""
    return {
        path.relative_to(built.site).as_posix(): parse(path.read_text(encoding="utf-8"))
        for path in sorted(built.site.rglob("*.html"))
        if path.name != "404.html" and path.parent.name != "download"
    }


@pytest.fixture(scope="module")
def whole(built: Built) -> dict[str, Any]:
    return read_json(built.site / "data/v1/all.json")


@pytest.fixture(scope="session")
def doses(real: Built) -> dict[str, dict[str, Element]]:
    """The dose table of the real site: each row by its regimen, each cell by its column."""
    table = table_with(
        page(real.site, "dosage/index.html"), "Dose", "Daily dose", "Total course dose"
    )
    under_heads = [cells for cells in body_rows(table) if len(cells) > 1]
    rows = [dict(zip(columns(table), cells, strict=True)) for cells in under_heads]
    links = [next(row["Reported use"].all("a")).attributes["href"] for row in rows]
    return {Path(link).stem: row for link, row in zip(links, rows, strict=True)}


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def values(node: object) -> Iterator[object]:
    """Every mapping and list of a JSON document, from the top."""
    yield node
    if isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from values(inner)


def text_of(node: object) -> str:
    """Every text of a data file in one."""
    if isinstance(node, dict):
        return " ".join(text_of(inner) for inner in node.values())
    if isinstance(node, list):
        return " ".join(map(text_of, node))
    return str(node)


# ---- it builds, and every promised page is there --------------------------------------------


@pytest.mark.slow  # it builds a whole site
@pytest.mark.parametrize("data", [None, OTHER], ids=["real", "other"])
def test_mkdocs_builds_in_strict_mode_without_a_word_of_warning(
    data: Path | None, real: Built, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    variables = {"NO_MKDOCS_2_WARNING": "true", **({"DATA_DIR": str(data)} if data else {})}
    done = subprocess.run(
        command,
        cwd=real.project,
        env=environment(variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    said = [line for line in (done.stdout + done.stderr).splitlines() if line]
    assert done.returncode == 0, done.stderr
    assert [line for line in said if not line.startswith("INFO")] == []


def test_the_build_says_where_its_two_results_are(built: Built) -> None:
    is_real = built.data == built.project / "data"
    serve = "make serve" if is_real else f"scripts/build.py --data {built.data} serve"
    assert re.search(rf"{built.site}, for a web server; to look at it: .*{serve}", built.said)
    assert str(built.archive) in built.said


def test_every_promised_page_is_built(built: Built, trees: dict[str, Element]) -> None:
    due = {f"{uri}.html" for uri in PROMISED}
    due |= {
        f"{start}{record.stem}.html"
        for start, kind in PAGES_OF_RECORDS.items()
        for record in (built.data / kind).glob("*.yml")
    }

    assert due - set(trees) == set()


def test_every_template_of_a_page_is_promised(real: Built) -> None:
    folder = real.project / "templates"
    found = {
        path.relative_to(folder).as_posix().removesuffix(".md.jinja")
        for path in folder.rglob("[!_]*.md.jinja")
    }

    assert found - set(PROMISED) == set()


def test_the_sections_are_in_their_order(built: Built, trees: dict[str, Element]) -> None:
    for uri, tree in trees.items():
        (tabs,) = (nav for nav in tree.all("nav") if "md-tabs" in nav.classes)
        assert [link.text for link in tabs.all("a")] == SECTIONS, uri


def test_every_page_says_that_it_is_no_advice_and_which_version_it_is(
    built: Built, trees: dict[str, Element], whole: dict[str, Any]
) -> None:
    version = f"Version {whole['identity']['version']}"

    without = [
        uri
        for uri, tree in trees.items()
        if "Not medical advice" not in tree.one("footer").text
        or version not in tree.one("footer").text
    ]

    assert without == []


# ---- nothing knows the drug -----------------------------------------------------------------

# Words in the names of the real records that a page about any drug may hold.
_COMMON_WORDS = frozenset(
    """
    about acute after brain class clinical course default disease diseases disorder disorders drug
    drugs effects first fragment fragments function functions health history indications industry
    institute loss medical medicine medicines memory mental method methods ministry molecular
    natural network package performance people product products reference regimen register research
    review safety sciences severe source state states studies study substance symptom symptoms table
    title traditional treatment units without
    """.split()
)
_NAMING_THE_SUBJECT = ("substances", "conditions", "organisations", "people")


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{5,}", text.lower()))


def names_in(folders: Iterable[Path]) -> str:
    records = [
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for folder in folders
        for path in sorted(folder.glob("*.yml"))
    ]
    return " ".join(
        text_of(record.get(field, ""))
        for record in records
        for field in ("name", "wording", "names")
    )


def words_of_the_first_drug(project: Path) -> set[str]:
    """Words that only the real data have: of its subjects in any case, of its other records' names
    where the site itself does not use them."""
    subjects = words_of(names_in(project / "data" / kind for kind in _NAMING_THE_SUBJECT))
    named = words_of(names_in(path for path in (project / "data").iterdir() if path.is_dir()))
    scripts = [path for kind in ("py", "toml") for path in (project / "scripts").rglob(f"*.{kind}")]
    code = [*scripts, *(project / "templates").rglob("*.*")]
    spoken = words_of(" ".join(path.read_text(encoding="utf-8") for path in code))
    invented = words_of(" ".join(path.read_text(encoding="utf-8") for path in OTHER.rglob("*.yml")))
    return (subjects | (named - spoken)) - invented - _COMMON_WORDS


def test_no_page_or_file_of_another_drug_holds_a_word_of_the_first(
    real: Built, other: Built
) -> None:
    words = words_of_the_first_drug(real.project)
    published = {
        path.relative_to(other.site).as_posix(): parse(path.read_text(encoding="utf-8")).text
        if path.suffix == ".html"
        else path.read_text(encoding="utf-8")
        for path in other.site.rglob("*")
        if path.suffix in (".html", ".json") and "lunr" not in path.parts
    }

    assert {"semax", "stroke", "migraine"} <= words
    found = sorted(
        (word, uri) for uri, text in published.items() for word in words & words_of(text)
    )
    assert found == []


def test_no_source_file_of_the_site_names_the_first_drug(real: Built) -> None:
    substance = yaml.safe_load((REAL / "site.yml").read_text(encoding="utf-8"))["substance"]
    code = [*(real.project / "scripts").rglob("*.py"), *(real.project / "templates").rglob("*.*")]

    naming = [path for path in code if substance in path.read_text(encoding="utf-8").lower()]

    assert naming == []


# What only holds of a reference built from one secondary article on studies in people.
_ONLY_OF_THE_FIRST = (
    r"rests? on one source",
    r"one secondary source",
    r"cites no publication",
    r"2 reports of studies in people",
    r"the source claims that nothing was seen, and does not say",
)


@pytest.mark.slow  # it builds a site
@pytest.mark.parametrize("words", _ONLY_OF_THE_FIRST)
def test_no_page_of_another_drug_says_what_holds_of_the_first_only(
    words: str, other: Built
) -> None:
    saying = [
        path.relative_to(other.site).as_posix()
        for path in sorted(other.site.rglob("*.html"))
        if re.search(words, parse(path.read_text(encoding="utf-8")).text)
    ]

    assert saying == []


def test_marks_in_the_data_show_as_the_characters_they_are(other: Built) -> None:
    glossary = page(other.site, "glossary/index.html").one("article")
    products = page(other.site, "substance/products.html").one("article")

    (term,) = (header for header in glossary.all("th") if "marks" in header.text)
    assert term.text == "<b>marks</b> | [x](y) *z*"
    assert list(term.all("b", "a", "em", "strong")) == []
    assert (
        "<b>bold</b>, [a link](https://example.org), | a bar |, *stars*, `ticks`" in products.text
    )


# ---- every page is sound HTML ---------------------------------------------------------------


def test_no_table_cell_is_empty(trees: dict[str, Element]) -> None:
    empty = [
        (uri, cell.tag)
        for uri, tree in trees.items()
        for cell in tree.all("td", "th")
        if not cell.text and not list(cell.all("svg", "img"))
    ]

    assert empty == []


def test_every_table_has_a_caption_and_headers_with_a_scope(trees: dict[str, Element]) -> None:
    faults = [
        (uri, caption)
        for uri, tree in trees.items()
        for table in tree.all("table")
        for caption in [[caption.text for caption in table.all("caption")]]
        if len(caption) != 1
        or not caption[0]
        or not columns(table)
        or any(
            header.attributes.get("scope") not in ("col", "row", "rowgroup")
            for header in table.all("th")
        )
    ]

    assert faults == []


def test_each_part_of_a_table_of_cards_has_a_role_and_no_other_table_needs_one(
    trees: dict[str, Element],
) -> None:
    without, tables = [], 0
    for name, tree in trees.items():
        for table in tree.all("table"):
            is_cards = "stack" in table.classes
            tables += is_cards
            parts = [table, *(part for tag in PARTS for part in table.all(tag))]
            without += [
                (name, part.tag) for part in parts if ("role" in part.attributes) != is_cards
            ]

    assert tables > 20
    assert without == []


def test_the_theme_s_sheet_of_palettes_is_on_no_page(trees: dict[str, Element]) -> None:
    sheets = {
        link.attributes.get("href", "")
        for tree in trees.values()
        for link in tree.all("link")
        if link.attributes.get("rel") == "stylesheet"
    }

    assert any("stylesheets/main." in sheet for sheet in sheets)
    assert not [sheet for sheet in sheets if "stylesheets/palette." in sheet]


def test_every_label_names_a_control_and_no_switch_has_an_attribute_of_a_text_box(
    trees: dict[str, Element],
) -> None:
    faults = []
    for uri, tree in trees.items():
        controls = {
            control.attributes.get("id") for control in tree.all("input", "select", "textarea")
        }
        named = [label.attributes.get("for") for label in tree.all("label")]
        faults += [(uri, control) for control in named if control and control not in controls]
        faults += [
            (uri, control.attributes)
            for control in tree.all("input")
            if control.attributes.get("type") == "checkbox" and "autocomplete" in control.attributes
        ]

    assert faults == []


def test_every_row_of_a_table_has_as_many_cells_as_there_are_columns(
    trees: dict[str, Element],
) -> None:
    faults = [
        (uri, columns(table), [cell.text for cell in row])
        for uri, tree in trees.items()
        for table in tree.all("table")
        if not any({"rowspan", "colspan"} & set(cell.attributes) for cell in table.all("td", "th"))
        for row in body_rows(table)
        if len(row) != len(columns(table))
    ]

    assert faults == []


def test_every_page_has_one_main_heading_and_skips_no_level(trees: dict[str, Element]) -> None:
    faults = []
    for uri, tree in trees.items():
        levels = [int(heading.tag[1]) for heading in tree.one("main").all(*"h1 h2 h3 h4".split())]
        if levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
            faults.append((uri, levels))

    assert faults == []


def test_no_section_and_no_list_is_empty(trees: dict[str, Element]) -> None:
    empty = [
        (uri, before)
        for uri, tree in trees.items()
        for (before, level), (_, after) in pairwise(flow(tree.one("article")))
        if level and after and after <= level
    ]
    empty += [
        (uri, f"<{part.tag}>")
        for uri, tree in trees.items()
        for part in tree.one("article").all("ul", "ol", "dl", "tbody", "p")
        if not part.text and not list(part.all("svg", "img"))
    ]

    assert empty == []


def flow(element: Element) -> Iterator[tuple[str, int]]:
    """The headings of a page with their levels, and with level 0 whatever stands between them."""
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                yield child, 0
        elif re.fullmatch("h[1-6]", child.tag):
            yield child.text, int(child.tag[1])
        elif "foot" in child.classes:
            yield "the foot of the page", 1
        elif child.tag in ("svg", "img"):
            yield child.tag, 0
        else:
            yield from flow(child)


def test_no_id_occurs_twice_on_a_page(trees: dict[str, Element]) -> None:
    twice = {}
    for uri, tree in trees.items():
        ids = [element.attributes["id"] for element in tree.all() if "id" in element.attributes]
        if repeated := sorted({id for id in ids if ids.count(id) > 1}):
            twice[uri] = repeated

    assert twice == {}


def test_no_two_pages_have_one_title(trees: dict[str, Element]) -> None:
    titles = [tree.one("head").one("title").text for tree in trees.values()]

    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_every_page_describes_itself(trees: dict[str, Element]) -> None:
    without = [
        uri
        for uri, tree in trees.items()
        if not any(
            meta.attributes.get("name") == "description" and meta.attributes.get("content")
            for meta in tree.all("meta")
        )
    ]

    assert without == []


def test_nothing_is_loaded_from_another_host(trees: dict[str, Element]) -> None:
    loading = [
        (uri, address)
        for uri, tree in trees.items()
        for element in tree.all("link", "script", "img", "iframe", "source", "use", "image")
        for name in ("src", "href", "srcset", "xlink:href")
        if urlsplit(address := element.attributes.get(name, "")).netloc
    ]

    assert loading == []


def test_no_style_or_script_file_names_another_host_to_load_from(built: Built) -> None:
    loading = [
        (path.name, address)
        for path in built.site.rglob("*.css")
        for address in re.findall(
            r"(?:url\(|@import\s*)[\"']?((?:https?:)?//[^\"')\s]+)", path.read_text("utf-8")
        )
    ]

    assert loading == []


def test_no_page_tells_a_reader_to_take_or_buy_anything(trees: dict[str, Element]) -> None:
    orders = re.compile(
        r"\b(you should (take|use|try|buy)|we recommend|try it|buy (it )?now)\b", re.I
    )

    telling = [uri for uri, tree in trees.items() if orders.search(tree.one("main").text)]

    assert telling == []


# ---- the doses ------------------------------------------------------------------------------


def conditions_of(regimen: str) -> list[str]:
    """The conditions of a regimen of the real data; an empty name where it has none."""
    content = yaml.safe_load((REAL / "regimens" / f"{regimen}.yml").read_text(encoding="utf-8"))
    return content.get("conditions") or [""]


def test_dosage_has_every_regimen_under_the_head_of_its_condition(
    real: Built, doses: dict[str, dict[str, Element]]
) -> None:
    table = table_with(page(real.site, "dosage/index.html"), "Dose", "Daily dose", "Strength")
    heads = [cells[0].text for cells in body_rows(table) if len(cells) == 1]

    assert set(doses) == {path.stem for path in (REAL / "regimens").glob("*.yml")}
    named = {condition for one in doses for condition in conditions_of(one)}
    assert heads[0] == "Acute ischaemic stroke"
    assert len(heads) == len(set(heads)) == len(named)


@pytest.mark.parametrize(
    ("regimen", "a_day", "a_course"),
    [
        ("stroke-severe", "18 mg a day", "126 mg"),
        ("stroke-moderate", "12 mg a day", "84 mg"),
        ("mental-performance", "0.2 mg a day", "cannot be computed: duration not reported"),
        ("asthenoneurotic-symptoms", "2.5–5 mg a day", "12.5–50 mg"),
    ],
)
def test_dosage_shows_each_total(
    regimen: str, a_day: str, a_course: str, doses: dict[str, dict[str, Element]]
) -> None:
    row = doses[regimen]

    assert total(row["Daily dose"]) == a_day
    assert total(row["Total course dose"]) == a_course


def total(cell: Element) -> str:
    """The amount in a cell without its formula, with ordinary spaces."""
    shown = [
        span.text for span in cell.all("span") if {"amount", "impossible", "absence"} & span.classes
    ]
    return shown[0].replace("\u00a0", " ")


def test_the_migraine_row_shows_readings_only(doses: dict[str, dict[str, Element]]) -> None:
    row = doses["migraine-trigeminal-neuropathy"]

    for column, amounts in (
        ("Daily dose", ["7.5–15 mg a day", "7.5–15 mg"]),
        ("Total course dose", ["52.5–210 mg", "7.5–15 mg", "7.5–30 mg"]),
    ):
        readings = list(row[column].one("ul").all("li"))
        outside = [
            child
            for child in row[column].children
            if isinstance(child, Element) and child.tag != "ul"
        ]
        assert [child.text for child in outside] == ["unclear"]
        assert [reading_of(reading) for reading in readings] == [
            "if a day:",
            "if in all:",
            "if a week:",
        ]
        assert [amount for reading in readings for amount in amounts_in(reading)] == amounts


def reading_of(item: Element) -> str:
    return next(span.text for span in item.all("span") if "reading" in span.classes)


def amounts_in(element: Element) -> list[str]:
    return [
        span.text.replace("\u00a0", " ") for span in element.all("span") if "amount" in span.classes
    ]


def test_safety_leads_to_the_sentence_of_each_caution(
    trees: dict[str, Element], whole: dict[str, Any]
) -> None:
    addresses = {
        link.attributes.get("href") for link in trees["safety/index.html"].one("article").all("a")
    }

    missing = [
        id
        for id, caution in whole["cautions"].items()
        for place in caution["at"]
        if sentence_address(place) not in addresses and sentence_before(place) not in caution["at"]
    ]

    assert missing == []


def sentence_before(place: str) -> str:
    """The place before `label dose.1.2`: sentences in a row are one link, to the first of them."""
    paragraph, _, sentences = place.rpartition(".")
    return f"{paragraph}.{int(sentences.split('-')[0]) - 1}"


def sentence_address(place: str) -> str:
    """The address of a sentence such as `label dose.1.1`, from a page in a folder."""
    source, _, at = place.partition(" ")
    return f"../sources/{source}.html#{at.split('-')[0].replace('.', '-')}"


def test_what_was_not_read_is_counted_nowhere_as_left_out(other: Built) -> None:
    front = page(other.site, "index.html")
    (harms,) = (item.text for item in front.one("article").all("p") if "Harms" in item.text)
    studies = page(other.site, "studies/index.html").one("article")

    assert any("Harms" in row.text and "3 not extracted" in row.text for row in studies.all("tr"))
    assert harms.startswith("Not counted, since not every report was read for it: ")
    assert not re.search(r"[0-9] of [1-9]", harms), "the front page counts it as left out"


def test_amounts_follow_the_rules_for_medicines(trees: dict[str, Element]) -> None:
    """No trailing zero, no naked decimal point, no hyphen in a range, no breaking space."""
    units = r"(?:mg|g|mL|micrograms?|µg|%|days?|weeks?|hours?|minutes?|people|drops?|bottles?)\b"
    wrong = (
        r"\d\.\d*0\b(?!\.\d)[\u00a0 ](?:mg|g|mL|microgram)",
        r"(?<![\d\w])\.\d+[\u00a0 ]?(?:mg|g|mL|microgram)",
        rf"\d {units}",
        rf"\d-\d+(?:\.\d+)?[\u00a0 ]{units}",
        r"\bmcg\b|\bug\b|µg",
    )

    found = [
        (uri, amount.text)
        for uri, tree in trees.items()
        for amount in tree.all("span")
        if "amount" in amount.classes
        for pattern in wrong
        if re.search(pattern, amount.text)
    ]

    assert found == []


# ---- the files ------------------------------------------------------------------------------


def test_each_record_is_published_alone_and_in_the_file_of_all(
    built: Built, whole: dict[str, Any]
) -> None:
    folder = built.site / "data/v1"
    kinds = [kind for kind in whole if kind not in NO_KINDS]
    alone = {
        kind: {path.stem: read_json(path) for path in sorted((folder / kind).glob("*.json"))}
        for kind in kinds
    }

    assert alone == {kind: whole[kind] for kind in kinds}
    assert {kind: set(records) for kind, records in alone.items()} == {
        kind: {path.stem for path in (built.data / kind).glob("*.yml")} for kind in kinds
    }


def test_each_record_has_the_fields_of_its_published_schema(
    built: Built, whole: dict[str, Any]
) -> None:
    for kind, records in whole.items():
        if kind in NO_KINDS:
            continue
        schema = read_json(built.site / f"data/v1/schema/{kind}.json")
        for id, record in records.items():
            given = set(record) - {"computed"}
            assert given <= set(schema["properties"]), (kind, id)
            assert set(schema["required"]) <= given, (kind, id)


def test_the_head_of_each_page_has_its_json_ld(built: Built) -> None:
    expected = exported.book("other" if built.data == OTHER else "real")

    for uri in expected.uris:
        text = expected.structured_data(uri)
        path = built.site / re.sub(r"\.md$", ".html", uri)
        head = path.read_text(encoding="utf-8").partition("</head>")[0]
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
        if uri != "data/index.md":  # it tells sizes, and the website has one file more
            assert found == [text], uri


def test_no_record_repeats_what_is_computed_as_if_it_were_reported(whole: dict[str, Any]) -> None:
    mixed = [
        (kind, id, sorted({"stated", "computed"} & set(node)))
        for kind, records in whole.items()
        if kind not in NO_KINDS
        for id, record in records.items()
        for node in values(record)
        if isinstance(node, dict) and {"stated", "computed"} <= set(node)
    ]

    assert mixed == []


def test_the_page_of_a_regimen_shows_the_totals_of_its_file(
    trees: dict[str, Element], whole: dict[str, Any]
) -> None:
    for id, regimen in whole["regimens"].items():
        text = spaced(trees[f"dosage/{id}.html"].one("main").text).replace("about ", "")
        for way in ways(regimen):
            for which in ("a_day", "a_course"):
                assert text_of_total(way[which]) in text, (id, which)


def ways(regimen: dict[str, Any]) -> list[dict[str, Any]]:
    """What each reading of a regimen comes to, wherever its file says so."""
    return [
        node for node in values(regimen["computed"]) if isinstance(node, dict) and "a_day" in node
    ]


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("–", "-")


def text_of_total(total: dict[str, Any]) -> str:
    """A total of a JSON file as a page writes it: plain spaces and hyphens, no "about".

    Numbers of four digits and more have a comma: `6,000`.
    """
    for word in ("cannot be computed", "not applicable"):
        if why := total.get(word.replace(" ", "_")):
            return f"{word}: {why}"
    amount = total.get("stated") or total["computed"]
    words = {"≤": "up to", "≥": "at least", "<": "less than", ">": "more than"}
    text = re.sub("[≤≥<>]", lambda sign: words[sign[0]], amount["text"])
    text = re.sub(r"(?<![.0-9])[0-9]{4,}", lambda digits: f"{int(digits[0]):,}", text)
    return text.replace("per day", "a day")


def test_no_file_gives_a_regimen_with_readings_a_single_daily_amount(
    built: Built, whole: dict[str, Any]
) -> None:
    several = {id: regimen for id, regimen in whole["regimens"].items() if regimen.get("readings")}
    assert several

    for id, regimen in several.items():
        assert regimen["daily"]["value"] == {"absent": "not reported"}
        assert {way["reading"] for way in ways(regimen)} == {
            reading["means"] for reading in regimen["readings"]
        }
        for path in (built.site / "data").rglob("*.json"):
            content = read_json(path)
            bare = [
                node
                for record in values(content)
                if isinstance(record, dict) and record.get("id") == id
                for node in values(record)
                if isinstance(node, dict) and "a_day" in node and not node.get("reading")
            ]
            assert bare == [], path.name


def test_no_search_result_gives_a_regimen_with_readings_a_daily_amount_without_its_reading(
    built: Built, whole: dict[str, Any]
) -> None:
    index = read_json(built.site / "search/search_index.json")
    for regimen in whole["regimens"].values():
        # With several lengths an amount a day is the same for each.
        for way in ways(regimen) if regimen.get("readings") else ():
            if way["reading"] and "computed" in way["a_day"]:
                amount = text_of_total(way["a_day"])
                for entry in index["docs"]:
                    text = spaced(re.sub(r"<[^>]*>", " ", entry["text"]))
                    if amount in text:
                        assert way["reading"] in text.lower(), entry["location"]


# ---- the same data give the same bytes ------------------------------------------------------


@pytest.mark.slow  # it builds a whole site
def test_two_builds_in_other_places_times_and_tongues_are_equal_byte_for_byte(
    real: Built, tmp_path: Path
) -> None:
    elsewhere = {
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "COLUMNS": "40",
    }
    project = copy_project(tmp_path / "elsewhere" / "deep" / "project", real.project)
    for path in project.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    again = build(
        project, project / "data", tmp_path / "out", folder=Path("/"), variables=elsewhere
    )

    assert digests(again.site) == digests(real.site)
    assert again.archive.name == real.archive.name
    assert again.archive.read_bytes() == real.archive.read_bytes()


# ---- the offline copy -----------------------------------------------------------------------


def test_the_offline_copy_is_one_folder_of_plain_files_with_one_date(built: Built) -> None:
    with zipfile.ZipFile(built.archive) as archive:
        entries = archive.infolist()

    assert {entry.filename.split("/")[0] for entry in entries} == {
        built.archive.name.removesuffix("-offline.zip")
    }
    assert {entry.date_time for entry in entries} == {(2000, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}
    assert [entry.filename for entry in entries if entry.filename.endswith(".map")] == []
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_the_offline_copy_has_every_page_and_no_link_that_leaves_it(
    built: Built, whole: dict[str, Any], tmp_path: Path
) -> None:
    top = unzipped(built, tmp_path)
    pages = {path.relative_to(top).as_posix() for path in top.rglob("*.html")}
    repository = whole["identity"].get("repository", "\0")

    leaving = [
        (uri, address)
        for uri in sorted(pages)
        for element in page(top, uri).all()
        for name in ("href", "src", "action", "content")
        if (address := element.attributes.get(name, ""))
        and re.match(r"/|[a-z]+://|file:", address)
        and not address.startswith(repository)
        and not is_address_in_data(address, whole)
    ]

    website = {path.relative_to(built.site).as_posix() for path in built.site.rglob("*.html")}
    edition = f"download/{built.archive.name.removesuffix('-offline.zip')}-whole.html"
    assert pages == website - {"404.html", edition}
    assert leaving == []


def is_address_in_data(address: str, whole: dict[str, Any]) -> bool:
    """Whether an address stands in the data, or is that of a number of a publication there."""
    number = re.sub(r"^https://(?:doi\.org|pubmed\.ncbi\.nlm\.nih\.gov)/", "", address)
    given = {address, unquote(number).removesuffix("/")}
    return any(node in given for node in values(whole) if isinstance(node, str))


def test_the_website_offers_the_offline_copy_with_its_size_and_checksum(built: Built) -> None:
    front = page(built.site, "index.html").one("main").text
    offered = next((built.site / "download").glob("*.zip"))
    (checksum,) = {value for name, value in digests(offered.parent).items() if name == offered.name}

    assert offered.read_bytes() == built.archive.read_bytes()
    assert checksum in front
    assert f"{offered.stat().st_size:,}" in front


# ---- the Markdown ---------------------------------------------------------------------------


@pytest.mark.slow  # it builds both sites again
@pytest.mark.parametrize("data", [REAL, OTHER], ids=["real", "other"])
def test_the_pages_command_writes_what_mkdocs_is_given(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = command_line.main(["--data", str(data), "pages", str(tmp_path / "pages")])
    assert status == 0

    published = {
        path.relative_to(tmp_path / "pages").as_posix(): path.read_bytes()
        for path in (tmp_path / "pages").rglob("*")
        if path.is_file() and path.name != ".generated"
    }

    book = sitegen.build(data, TEMPLATES)
    assert published == {page.uri: page.markdown.encode() for page in book.pages} | {
        asset.uri: asset.content for asset in book.assets
    }
    assert published == given_to_mkdocs(data, monkeypatch)


def given_to_mkdocs(data: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What the hook adds to the files of a build, in a MkDocs that stops there."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.delenv("ARCHIVE", raising=False)
    config = load_config(str(ROOT / "mkdocs.yml"))
    files = config.plugins.on_files(Files([]), config=config.plugins.on_config(config))
    return {file.src_uri: file.content_bytes for file in files if file.generated_by}


@pytest.mark.slow  # it builds a site
def test_every_page_is_cited_with_version_date_and_address(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(OTHER, data)
    with (data / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("address: https://reference.example/exemplin\n")

    cited = {
        made.uri: re.findall(r"<dt>Cite</dt><dd>(.*?)</dd>", html.unescape(made.markdown))
        for made in sitegen.build(data, TEMPLATES).pages
        if "moved" not in made.markdown.split("---")[1] and made.uri != "verify.md"
    }

    for uri, changes_shown in cited.items():
        address = f"https://reference.example/exemplin/{uri.removesuffix('md')}html"
        assert [line.partition(" Version ")[2] for line in changes_shown] == [
            f"2.1.0, 1\u00a0March\u00a02025. {address}"
        ], uri


def golden_pages() -> dict[str, str]:
    """The Markdown of one page of each kind: every list page, and of records the longest."""
    kinds: dict[str, Page] = {}
    for made in exported.book("other").pages:
        kind = made.record.rpartition("/")[0] if made.record else made.uri
        longest = kinds.setdefault(kind, made)
        if len(made.markdown) > len(longest.markdown):
            kinds[kind] = made
    return {made.uri: made.markdown for made in kinds.values()}


def test_each_kind_of_page_equals_its_golden_copy() -> None:
    """`UPDATE_GOLDEN=1 python -m pytest tests/sites/test_site.py -k golden_copy` writes them anew.

    Look at what changed with `git diff tests/other_drug/golden` before you commit it.
    """
    pages = golden_pages()
    if os.environ.get("UPDATE_GOLDEN"):
        write_golden(pages)

    agreed = {
        path.relative_to(GOLDEN).as_posix(): path.read_text(encoding="utf-8")
        for path in GOLDEN.rglob("*.md")
    }

    assert sorted(agreed) == sorted(pages)
    for uri, markdown in pages.items():
        assert markdown == agreed[uri], f"{uri} changed: see this test's docstring"


def write_golden(pages: dict[str, str]) -> None:
    for stale in GOLDEN.rglob("*.md"):
        stale.unlink()
    for uri, markdown in pages.items():
        path = GOLDEN / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown, encoding="utf-8", newline="\n")


# ---- the registers --------------------------------------------------------------------------

SOURCES = sorted(path.stem for path in TEXTS.glob("*.txt"))


@pytest.mark.parametrize("source", SOURCES)
def test_a_register_is_proved_by_the_text_it_was_made_from(
    source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = build_command("verify-source", source, TEXTS / f"{source}.txt")

    said = capsys.readouterr()
    assert (status, said.err) == (0, "")
    assert said.out.startswith("Proved:")


@pytest.mark.parametrize("source", SOURCES)
def test_a_register_is_refuted_by_a_text_with_one_other_digit(
    source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (TEXTS / f"{source}.txt").read_text(encoding="utf-8")
    changed = tmp_path / "changed.txt"
    changed.write_text(text.replace("100", "101", 1), encoding="utf-8")
    assert changed.read_text(encoding="utf-8") != text

    status = build_command("verify-source", source, changed)

    assert status == 1
    assert "no sentence of this text has its digest" in capsys.readouterr().err


def build_command(*arguments: str | Path) -> int:
    return command_line.main(["--data", str(OTHER), *map(str, arguments)])
