"""Entries: one a row, with an answer; and the documents that the search is filled with."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import exported
import pytest
from folders import OTHER, REAL

from sitegen import SiteOutput, read_site, search
from sitegen.derive.relations import Relations
from sitegen.model import Record, Site, typography
from sitegen.model.absence import Absence
from sitegen.model.fields import leaves
from sitegen.model.languages import language_name
from sitegen.model.quantity import Quantity
from sitegen.search import Entry, words
from sitegen.search.spelling import other_spellings
from sitegen.statements.answers import answer
from sitegen.statements.attribution import who_says


@pytest.fixture(scope="module")
def book() -> SiteOutput:
    """The book of the project's own data."""
    return exported.book("real")


@pytest.fixture(scope="module")
def real(book: SiteOutput) -> Site:
    return book.site


def entry(title: str, uri: str = "x.html", weight: float = 1) -> Entry:
    return Entry("Term", title, "It means this.", uri, (), "", (), (), weight)


def test_no_word_of_absence_is_among_the_names_of_a_record(real: Site) -> None:
    absences = {str(word) for word in Absence}

    found = search.entries(Relations(real))

    assert [entry.title for entry in found if absences & set(entry.names)] == []


def test_every_record_has_an_entry_at_an_address_of_its_own(real: Site) -> None:
    found = search.entries(Relations(real))

    assert len(found) == len(list(real.all())) + 5  # and the words of absence
    assert len({entry.uri for entry in found}) == len(found)
    assert [entry.uri for entry in found if not (entry.title and entry.answer)] == []


def test_every_list_page_has_an_entry_and_no_record_page_has_two(book: SiteOutput) -> None:
    uris = [document["location"] for document in book.documents]

    assert sorted(set(uris)) == sorted(uris)
    assert {page.uri.replace(".md", ".html") for page in book.pages} <= set(uris)


def test_an_answer_is_a_line(real: Site) -> None:
    long = [entry.uri for entry in search.entries(Relations(real)) if len(entry.answer) > 242]

    assert long == []


def test_an_unclear_regimen_answers_with_all_its_readings(real: Site) -> None:
    unclear = [regimen for regimen in real.regimens.values() if regimen.readings]
    answers = {entry.uri: entry.answer for entry in search.entries(Relations(real))}

    assert unclear
    for regimen in unclear:
        answer = answers[f"dosage/{regimen.id}.html"]
        assert [reading.means for reading in regimen.readings if reading.means not in answer] == []
        assert "unclear" in answer


def test_a_claim_that_nothing_was_seen_is_called_a_claim(real: Site) -> None:
    claimed = [caution for caution in real.cautions.values() if caution.says.absence]
    answers = {entry.uri: entry.answer for entry in search.entries(Relations(real))}

    assert claimed
    for caution in claimed:
        assert " claims: " in answers[f"safety/index.html#caution-{caution.id}"]


# Kinds of rows from the one that readers want first; those on a line weigh the same.
BY_WEIGHT = (
    ("conditions",),
    ("substances",),
    ("regimens",),
    ("people",),
    ("cautions", "products", "events", "terms", "organisations"),
    ("studies",),
    ("claims", "sources"),
    ("checks", "comparisons"),
    ("parameters",),
    ("experiments",),
    ("codes",),
    ("ties", "changes"),
)


def test_a_match_weighs_by_the_kind_of_its_row() -> None:
    site = read_site(OTHER)
    weights: dict[str, set[float]] = {}
    for record in site.all():
        found = search.entry_of_record(record, Relations(site))
        (document,) = search.documents([found])
        weights.setdefault(record.folder, set()).add(document["boost"])
    ordered = [{weight for kind in kinds for weight in weights[kind]} for kinds in BY_WEIGHT]

    assert sorted(kind for kinds in BY_WEIGHT for kind in kinds) == sorted(weights)
    assert [len(weights) for weights in ordered] == [1] * len(BY_WEIGHT)
    falling = [weight for weights in ordered for weight in weights]
    assert falling == sorted(set(falling), reverse=True)


def test_a_page_weighs_less_than_a_dose_and_more_than_a_term(book: SiteOutput) -> None:
    (page,) = (
        document for document in book.documents if document["location"] == "dosage/index.html"
    )
    word = search.entries_of_absences()[0]

    assert (page["boost"], word.weight) == (1.5, 1)


@pytest.mark.parametrize("data", [REAL, OTHER])
def test_every_text_of_a_record_is_searched(data: Path) -> None:
    site = read_site(data)
    for record in site.all():
        (document,) = search.documents([search.entry_of_record(record, Relations(site))])
        fields = ("title", "text", "names", "about", "more")
        searched = " ".join(html.unescape(document.get(name, "")) for name in fields)
        assert words.distinct(texts(record), searched) == "", record.path


def test_a_row_is_found_by_its_own_names_and_by_what_it_is_about_first(book: SiteOutput) -> None:
    """Names and subjects weigh more than the rest of a text, so each has a field of its own."""
    relations = Relations(read_site(OTHER))
    site, found = relations.site, {}
    for record in site.all():
        (found[record.key],) = search.documents([search.entry_of_record(record, relations)])
    for event in site.events.values():
        expect(found[event.key], "names", [*event.also, *(one.value for one in event.identifiers)])
    for product in site.products.values():
        expect(found[product.key], "names", [*product.also, *(x.value for x in product.numbers)])
    for source in site.sources.values():
        authors = source.author.value if isinstance(source.author.value, tuple) else ()
        published = [str(source.published.value)[:4]] if not source.published.absence else []
        expect(found[source.key], "names", [*map(str, authors), *published])
    for regimen in site.regimens.values():
        for condition in relations.conditions_of(regimen):
            expect(found[regimen.key], "about", [condition.name, *condition.also])
        for source in relations.sources_of(regimen):
            if source.publication and isinstance(source.author.value, tuple):
                expect(found[regimen.key], "about", map(str, source.author.value))
    for event in site.events.values():
        expect(found[event.key], "about", [one.name for one in relations.organisations_of(event)])


def expect(document: Mapping[str, Any], field: str, names: Iterable[str]) -> None:
    """Every word of the names is in a field of a document, or in its title."""
    there = html.unescape(
        f"{document['title']} {document.get('names', '')} {document.get(field, '')}"
    )
    assert words.distinct(names, there) == "", (document["location"], field)


def test_a_list_page_is_found_by_title_description_and_other_words(book: SiteOutput) -> None:
    (page,) = (one for one in book.pages if one.uri == "dosage/index.md")
    (document,) = (one for one in book.documents if one["location"] == "dosage/index.html")
    front = dict(re.findall(r'^(title|description|also): "(.*)"$', page.markdown, re.MULTILINE))

    assert set(front) == {"title", "description", "also"}
    assert html.unescape(document["title"]) == html.unescape(front["title"])
    assert html.unescape(document["text"]) == html.unescape(front["description"])
    expect(document, "names", [html.unescape(front["also"])])


def texts(record: Record) -> list[str]:
    """Every text and amount of a record that readers may look for."""
    settings = {"seen_at", "tooltip", "title_is", "grade", "sentences"}
    return [
        typography.amount(leaf.value)
        if isinstance(leaf.value, Quantity)
        else language_name(leaf.value)
        if leaf.where[-1] == "language"
        else leaf.value
        for leaf in leaves(record)
        if not settings & set(leaf.where)
        and isinstance(leaf.value, str | Quantity)
        and "://" not in str(leaf.value)
    ]


def test_what_the_search_shows_is_text_and_not_markup() -> None:
    (document,) = search.documents([entry("<b>x</b> & y")])

    assert document["title"] == "&lt;b&gt;x&lt;/b&gt; &amp; y"
    assert html.unescape(document["title"]) == "<b>x</b> & y"


def test_every_document_leads_to_a_page_with_its_anchor(book: SiteOutput) -> None:
    pages = {page.uri.replace(".md", ".html"): page.markdown for page in book.pages}

    astray = [
        document["location"]
        for document in book.documents
        for uri, _, anchor in [document["location"].partition("#")]
        if not re.search(rf'id="{anchor}"|\{{#{anchor}\}}' if anchor else "", pages[uri])
    ]

    assert astray == []


@pytest.mark.parametrize(
    ("title", "initial"),
    [
        ("migraine", "M"),
        ("Élan", "E"),
        ("“Quoted”", "Q"),
        ("Łódź", "L"),
        ("Z\u0307ywiec", "Z"),
        ("øre", "O"),
        ("Œuvre", "O"),
        ("ﬁsh", "F"),
        ("Þor", "Þ"),
        ("семакс", "С"),
        ("Йод", "Й"),
        ("И\u0306од", "Й"),
        ("αβγ", "Α"),
        ("中文", "中"),
        ("503A", "#"),
        ("²H", "#"),
        ("µM", "#"),
        ("…", "#"),
    ],
)
def test_a_row_is_filed_under_the_first_letter_it_has(title: str, initial: str) -> None:
    assert entry(title).initial == initial


def test_the_a_to_z_has_every_entry_once_in_order() -> None:
    rows = [entry("beta", "b"), entry("Alpha", "a2"), entry("alpha", "a1"), entry("5-x", "five")]

    filed = [(initial, [entry.uri for entry in group]) for initial, group in search.alphabet(rows)]

    assert filed == [("#", ["five"]), ("A", ["a1", "a2"]), ("B", ["b"])]


def test_letters_of_other_alphabets_come_in_their_order_after_the_latin_ones() -> None:
    rows = [
        entry(title) for title in ("Яна", "Йод", "Иод", "Ёлка", "Ель", "Łódź", "Lyon", "Zoe", "1")
    ]

    found = [(letter, [entry.title for entry in group]) for letter, group in search.alphabet(rows)]

    assert found == [
        ("#", ["1"]),
        ("L", ["Łódź", "Lyon"]),
        ("Z", ["Zoe"]),
        ("Е", ["Ель"]),
        ("Ё", ["Ёлка"]),
        ("И", ["Иод"]),
        ("Й", ["Йод"]),
        ("Я", ["Яна"]),
    ]


@pytest.mark.parametrize("data", [REAL, OTHER])
def test_the_other_names_of_a_row_are_names(data: Path) -> None:
    absences = {word.value for word in Absence}
    for row in search.entries(Relations(read_site(data))):
        known = [name.casefold() for name in row.names]
        assert row.title.casefold() not in known, row
        assert len(set(known)) == len(known), row
        assert not absences & set(known), row


def test_the_answer_of_a_presentation_leaves_out_what_does_not_apply() -> None:
    site = read_site(OTHER)
    rows = {entry.uri: entry.answer for entry in search.entries(Relations(site))}

    assert rows["substance/products.html#product-blue-tablet"].startswith("200 µg: Tablet, blue; ")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Acute ischaemic stroke", ["ischemic"]),
        ("ischemic", ["ischaemic"]),
        ("Anaesthesia; oedema", ["anesthesia", "edema"]),
        ("randomised, behavioural", ["randomized", "behavioral"]),
        ("safety of the molecule themselves", []),
        ("", []),
    ],
)
def test_a_word_is_found_in_both_spellings(text: str, others: list[str]) -> None:
    assert list(other_spellings(text)) == others


@pytest.mark.parametrize(
    ("texts", "known", "left"),
    [
        (["a dose of 0.2 mg", "the dose"], "", "dose of 0.2 mg the"),
        (["Dose and course"], "The dose", "and course"),
        (["Family’s 10.1000/x1"], "", "family’s 10.1000 x1"),
        ([], "x", ""),
    ],
)
def test_words_are_indexed_once_and_decimals_are_not_split(
    texts: list[str], known: str, left: str
) -> None:
    assert words.distinct(texts, known) == left


def test_what_a_source_says_sentence_by_sentence_is_left_to_the_records(real: Site) -> None:
    source = real.sources[real.identity.source]
    texts = set(words.everything(source))

    assert source.sentences
    assert not texts & {sentence.gist for sentence in source.sentences}
    assert source.title in texts


def test_a_regimen_taken_away_says_what_it_is_and_where_it_is_from(book: SiteOutput) -> None:
    copied = {
        page.uri: html.unescape(text[1]).split("\n")
        for page in book.pages
        if page.record and page.record.startswith("data/regimens/")
        for text in [re.search(r'data-copy="([^"]*)"', page.markdown)]
        if text
    }

    assert len(copied) == len(book.site.regimens)
    for uri, lines in copied.items():
        assert "Reported by the source named below; not advice." in lines
        assert lines[-1].endswith(uri.replace(".md", ".html"))
        assert [line for line in lines if line.startswith("Source: ")]


def test_a_regimen_taken_away_keeps_every_reading(book: SiteOutput) -> None:
    site = book.site
    unclear = [regimen for regimen in site.regimens.values() if regimen.readings]
    pages = {page.record: page.markdown for page in book.pages}

    for regimen in unclear:
        found = re.search(r'data-copy="([^"]*)"', pages[regimen.path])
        assert found
        days = [
            line for line in html.unescape(found[1]).split("\n") if line.startswith("Daily dose")
        ]
        assert [line.partition(":")[0] for line in days] == [
            f"Daily dose, if {reading.means}" for reading in regimen.readings
        ]


def test_a_study_is_found_by_its_trial_number() -> None:
    site = read_site(OTHER)
    study = site.studies["dizziness-trial"]
    found = search.entry_of_record(study, Relations(site))
    assert "NCT09999999" in found.names


@pytest.mark.parametrize("data", [OTHER, REAL])
def test_a_caution_and_a_statement_are_shown_with_who_says_them(data: Path) -> None:
    known = Relations(read_site(data))

    for record in (*known.site.cautions.values(), *known.site.claims.values()):
        assert who_says(known, record) in answer(record, known), record.id
