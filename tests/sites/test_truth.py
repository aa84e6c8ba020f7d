"""No false sentence: what the pages of both data folders may say, checked page by page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

import exported
import pytest
from browser.markup import Element, parse
from folders import TEMPLATES

from sitegen.derive import safety
from sitegen.derive.completeness import answers, count_by_item
from sitegen.derive.references import linked
from sitegen.derive.relations import Relations
from sitegen.model import Claim, Regimen, Site, Source, Study, typography
from sitegen.model.fields import parts
from sitegen.statements.counts import count_line
from sitegen.statements.quoting import is_printed

DOSE_COLUMNS = {"Dose", "Daily dose", "Total course dose"}
# What the fields are called in which a curator speaks, as remarks or as reasons.
REMARKS = ("note", "why", "unused")


@pytest.fixture(params=list(exported.DATA))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def pages(name: str) -> dict[str, Element]:
    """Every page as a tree; the marks of Markdown stay in its text."""
    return {page.uri: parse(page.markdown) for page in exported.book(name).pages}


@cache
def texts(name: str) -> dict[str, str]:
    return {uri: folded(tree.text) for uri, tree in pages(name).items()}


def folded(text: str) -> str:
    """A text without white space, which pages break and join in their own ways."""
    return re.sub(r"\s", "", html.unescape(text))


def site_of(name: str) -> Site:
    return exported.of(name).site


def relations_of(name: str) -> Relations:
    return Relations(site_of(name))


def links(tree: Element) -> Iterator[str]:
    return (link.attributes["href"] for link in tree.all("a") if "href" in link.attributes)


def below(tree: Element, heading: str) -> str:
    """The text below a heading of Markdown, up to the next."""
    _, _, rest = tree.text.partition(heading)
    return rest.partition("## ")[0]


# ---- quotation marks ----------------------------------------------------------------------------


def quotable(site: Site) -> Iterator[str]:
    """What sources print: words and figures of sentences that are proved by a digest."""
    for source in site.sources.values():
        for sentence in source.sentences:
            yield from sentence.figures if sentence.sha256 else ()
    for record in site.all():
        for _, part in () if isinstance(record, Source) else parts(record):
            at = getattr(part, "at", ()) or getattr(record, "at", ())
            if at and is_printed(site, at):
                yield from getattr(part, "emphasis", ())
                yield from getattr(part, "wording", ())


def test_quotation_marks_hold_only_what_a_source_prints(name: str) -> None:
    allowed = {folded(typography.prose(quotation)) for quotation in quotable(site_of(name))}
    quoted = {
        folded(quotation.text): uri
        for uri, tree in pages(name).items()
        for quotation in tree.all("q")
    }

    assert quoted, "nothing is quoted"
    assert {text: uri for text, uri in quoted.items() if text not in allowed} == {}


def test_figures_are_called_written_only_where_each_sentence_is_proved(name: str) -> None:
    for source in site_of(name).sources.values():
        heads = {header.text for header in pages(name)[f"sources/{source.id}.md"].all("th")}
        assert source.has_digests or "Figures as written" not in heads, source.id

    for regimen in site_of(name).of(Regimen).values():
        heads = {header.text for header in pages(name)[f"dosage/{regimen.id}.md"].all("th")}
        printed = is_printed(site_of(name), regimen.at)
        assert ("As the source writes it" in heads) is printed, regimen.id
        assert ("Figure noted" in heads) is not printed, regimen.id


# ---- commercial pages ---------------------------------------------------------------------------


def test_no_commercial_page_is_linked_or_named(name: str) -> None:
    commercial = [
        source
        for source in site_of(name).sources.values()
        if any(trait.word == "commercial" for trait in source.character)
    ]

    assert [source.id for source in commercial if linked(source)] == []
    for source in commercial:
        outside = [link for link in links(pages(name)[f"sources/{source.id}.md"]) if "//" in link]
        assert outside == [], source.id
        whole = exported.of(name).files[f"data/v1/sources/{source.id}.json"].decode()
        assert "://" not in whole, source.id


# ---- cautions -----------------------------------------------------------------------------------


def test_cautions_come_before_the_first_dose_of_every_page(name: str) -> None:
    seen = 0
    for uri, tree in pages(name).items():
        box = dose = None
        for place, element in enumerate(tree.all("th", "aside")):
            if element.tag == "aside" and "cautions" in element.classes:
                box = place if box is None else box
            elif element.text in DOSE_COLUMNS and element.attributes.get("scope") == "col":
                dose = place if dose is None else dose
        if dose is not None:
            seen += 1
            assert box is not None, f"{uri} shows a dose and no cautions"
            assert box < dose, f"{uri} shows a dose before the cautions"
    assert seen > 2

    for regimen in site_of(name).of(Regimen):
        boxes = pages(name)[f"dosage/{regimen}.md"].all("aside")
        assert any("cautions" in box.classes for box in boxes), regimen


def test_the_box_shows_each_report_once_and_no_denial(name: str) -> None:
    known = relations_of(name)
    box = next(pages(name)["dosage/index.md"].all("aside"))
    linked_to = list(links(box))

    for group in safety.caution_groups(known):
        address = f"../safety/index.html#caution-{group.cautions[0].id}"
        assert address in linked_to, group.name
    for denial in safety.denials(known):
        assert f"../safety/index.html#caution-{denial.cautions[0].id}" not in linked_to


def test_each_denial_is_listed_on_safety_with_its_source(name: str) -> None:
    known = relations_of(name)
    listed = [list(links(item)) for item in pages(name)["safety/index.md"].all("li")]
    for denial in safety.denials(known):
        address = f"index.html#caution-{denial.cautions[0].id}"
        items = [found for found in listed if any(to.endswith(address) for to in found)]
        sources = {
            f"../sources/{source.id}.html"
            for caution in denial.cautions
            for source in known.sources_of(caution)
        }
        assert any(sources <= {*found} for found in items), denial


def test_only_a_source_read_for_contraindications_is_said_not_to_list_one(name: str) -> None:
    site = site_of(name)
    table = next(
        table
        for table in pages(name)["safety/index.md"].all("table")
        if table.one("caption").text == "Contraindications by source"
    )
    head, *rows = table.all("tr")
    sources = [next(links(cell)) for cell in list(head.all("th"))[2:]]
    ids = [address.removesuffix(".html").rpartition("/")[2] for address in sources]

    for row in rows:
        for id, cell in zip(ids, list(row.all("td"))[1:], strict=True):
            state = cell.attributes["data-listing"]
            if site.sources[id].was_read_for("contraindications"):
                assert state != "not-read-for-this", id
            else:
                assert state != "not-listed", id


def test_pages_and_files_agree_on_statements_on_something_else(name: str) -> None:
    made, known = exported.of(name), relations_of(name)
    uses = {
        (entry["resource"]["identifier"][0]["value"]): entry["resource"]
        for entry in made.json("fhir/bundle.json")["entry"]
        if entry["resource"].get("type") == "contraindication"
    }
    rows = {(row["record"], row["condition"]) for row in made.table("cautions-related")}
    others = [caution for caution in known.cautions if caution.is_only_related]

    assert others, "no such statement to look at"
    for caution in others:
        concept = uses[f"cautions/{caution.id}"]["contraindication"]["diseaseSymptomProcedure"]
        assert concept == {"concept": {"text": caution.name}}
        for part in caution.related:
            assert (caution.id, part.condition) in rows
            text = below(pages(name)[f"conditions/{part.condition}.md"], "## Cautions about it")
            assert folded(f"{part.how}: {caution.name}") in folded(text)
            assert folded(typography.prose(part.why)) in folded(text)


# ---- claims, counts, and who says what ----------------------------------------------------------


def test_only_indications_are_listed_under_named_as_an_indication(name: str) -> None:
    site = site_of(name)
    for id in site.conditions:
        tree = pages(name)[f"conditions/{id}.md"]
        on = [claim for claim in site.of(Claim).values() if id in claim.conditions]
        for heading, claims in (
            ("## Named as an indication", [claim for claim in on if claim.kind == "indication"]),
            ("## Other statements", [claim for claim in on if claim.kind != "indication"]),
        ):
            assert (heading in tree.text) is bool(claims), (id, heading)
            text = folded(below(tree, heading))
            for claim in on:
                shown = folded(typography.prose(claim.name)) in text
                assert not shown or claim in claims, (claim.id, heading)


def test_the_overview_counts_no_two_states_as_one(name: str) -> None:
    known = relations_of(name)
    first = known.of_first_source(known.studies) or known.studies
    strip = next(
        listing for listing in pages(name)["index.md"].all("ol") if "strip" in listing.classes
    )
    shown = [item.text for item in strip.all("strong")]
    text = pages(name)["index.md"].text

    counted = count_by_item(first)
    assert shown == [count_line(row.count) for row in counted if not row.count.unread]
    unread = [row.item.title for row in counted if row.count.unread]
    assert ("since not every report was read for it" in text) is bool(unread)
    assert ", ".join(unread) in " ".join(text.split())


def test_what_the_drug_is_is_said_in_the_voice_of_its_source(name: str) -> None:
    site = site_of(name)
    [lead] = [
        paragraph
        for paragraph in pages(name)["index.md"].all("p")
        if paragraph.attributes.get("class") == "lead"
    ]
    substance = site.substances[site.identity.substance]

    assert not substance.summary.absence
    assert lead.text.startswith("According to ")
    lede = next(paragraph for paragraph in pages(name)["substance/index.md"].all("p"))
    assert ", according to " in lede.text


def test_every_event_of_the_history_names_its_source(name: str) -> None:
    history = pages(name)["substance/history.md"]
    for event in site_of(name).events.values():
        [item] = [
            item for item in history.all("li") if item.attributes.get("id") == f"event-{event.id}"
        ]
        for source in dict.fromkeys(locator.source for locator in event.at):
            assert f"../sources/{source}.html" in list(links(item)), event.id


def test_a_study_page_says_nothing_is_missing_that_was_not_looked_for(name: str) -> None:
    for study in site_of(name).of(Study).values():
        text = pages(name)[f"studies/{study.id}.md"].text
        assert "stands without" not in text.lower()
        missing = [answer for answer in answers(study) if answer.state == "not extracted"]
        rows = re.findall(r"(?<!\d )not looked for", text)  # a number is before it in a count
        assert len(rows) == len(missing), study.id


# ---- neutrality ---------------------------------------------------------------------------------

PRAISE = re.compile(
    r"\b(?:amazing|astonishing|best|breakthrough|excellent|harmless|ideal|impressive|miracle|"
    r"outstanding|perfect|powerful|promising|proven|remarkabl[ey]|revolutionary|superior|unique|"
    r"safe and effective|well[- ]tolerated|highly effective|dangerous|ineffective|worthless)\b",
    re.IGNORECASE,
)
OTHER_VOICES = {"reported", "note", "emphasis", "noted", "claimed", "citation", "term"}
"""The classes of what a source says, what a curator remarks, and what is quoted or cited."""
PUBLIC = ("https://pubmed.ncbi.nlm.nih.gov/", "https://doi.org/", "https://creativecommons.org/")


def own_voice(tree: Element) -> Iterator[str]:
    """The pieces of a page that the site itself says: no source, no remark, no name of a record."""
    for child in tree.children:
        if isinstance(child, str):
            yield child
        elif not OTHER_VOICES & child.classes and child.tag not in ("q", "a", "code", "title"):
            yield from own_voice(child)


def names_of(site: Site) -> set[str]:
    """What records and sources are called: a name is no sentence of the site."""
    records = [record for record in site.all() if not isinstance(record, Source)]
    named = {str(getattr(record, "name", "")) for record in records}
    return named | {source.title for source in site.sources.values()} - {""}


@cache
def said_by_the_site(name: str) -> dict[str, str]:
    """The text that each page says in the voice of the site, without the names of records."""
    names = sorted(map(typography.prose, names_of(site_of(name))), key=len, reverse=True)
    found = {}
    for uri, tree in pages(name).items():
        if uri.startswith("sources/") and uri != "sources/index.md":
            continue  # a register says in our words what its sentences say
        text = " ".join(" ".join(own_voice(tree)).split())
        for known in names:
            text = text.replace(known, "")
        found[uri] = text
    return found


def test_no_word_of_praise_or_blame_is_in_the_voice_of_the_site(name: str) -> None:
    found = {uri: PRAISE.findall(text) for uri, text in said_by_the_site(name).items()}

    assert {uri: words for uri, words in found.items() if words} == {}


def test_no_evaluative_word_of_a_source_is_in_the_voice_of_the_site(name: str) -> None:
    words = {
        word
        for record in site_of(name).all()
        for _, part in parts(record)
        for word in getattr(part, "emphasis", ())
        if " " in word
    }
    assert words

    found = {
        (uri, word)
        for uri, text in said_by_the_site(name).items()
        for word in words
        if word.lower() in text.lower()
    }
    assert found == set()


def test_every_link_to_the_outside_is_to_a_source_or_a_public_register(name: str) -> None:
    site = site_of(name)
    allowed = {linked(source) for source in site.sources.values()}
    own = tuple(
        str(address) for address in (site.identity.repository, site.identity.address) if address
    )
    for uri, tree in pages(name).items():
        outside = [address for address in links(tree) if "//" in address]
        strange = [
            address
            for address in outside
            if address not in allowed and not address.startswith((*PUBLIC, *own))
        ]
        assert strange == [], uri


# ---- templates ----------------------------------------------------------------------------------

TRUE_OF_ANY_DATA = {
    "No seller is named or linked on this site.": "the check refuses a link to a seller",
    "No other jurisdiction is in the records.": "the table has every one",
    "Not medical advice.": "a rule of the site",
    "None of it is counted with studies in people.": "experiments are another kind of record",
    "Nothing computed is stored: totals and counts are worked out at each build and shown with "
    "their formula.": "a rule of the site",
    "No certainty rating and no risk-of-bias judgement is given: both are judgements by people, "
    "per outcome, and need more than these reports hold.": "no record has one",
    "No cell is empty: where there is no value, one of these words says why.": "a rule of tables",
    "Nothing is fetched from a network.": "a rule of the offline copy",
    "No check has run yet.": "replaced by a script",
}
_JINJA = re.compile(r"\{##.*?##\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_DENIES = re.compile(r"(?:^|\s)(?:No|None|Nothing|Nobody|Neither)\b[^.]*\.")


def test_no_template_says_of_data_that_there_is_none() -> None:
    found: dict[str, list[str]] = {}
    for path in sorted(TEMPLATES.rglob("*.jinja")):
        text = re.sub(r"<[^>]+>", "\n", _JINJA.sub("\n", path.read_text("utf-8")))
        flat = [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text)]
        sentences = [said[0].strip() for piece in flat for said in _DENIES.finditer(piece)]
        if strange := [said for said in sentences if said not in TRUE_OF_ANY_DATA]:
            found[path.name] = strange

    assert found == {}
