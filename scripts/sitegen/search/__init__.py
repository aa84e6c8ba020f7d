"""Every row as an entry whose title and first line are the answer, for search and the A–Z.

records --answers, words--> Entry --------------------> templates/glossary/a-z.md.jinja
pages  ---front matter----> Entry --spelling--> documents --> the index of the theme's search
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

from sitegen.addresses import page_of
from sitegen.derive.relations import Relations
from sitegen.model import Caution, Claim, Experiment, Record, Regimen, Source, absence
from sitegen.pages.render import Page
from sitegen.search import words
from sitegen.search.spelling import other_spellings
from sitegen.statements.answers import answer

MAX_ANSWER = 240


@dataclass(frozen=True)
class Kind:
    """What rows of one kind are called, how readers ask for one, and how much a match weighs."""

    name: str
    query_words: str
    weight: float


_LATIN = re.compile(r"LATIN (?:CAPITAL|SMALL) (?:LETTER|LIGATURE) ([A-Z])[A-Z]?(?: WITH .*)?$")
_PAGE = Kind("Page", "", 1.5)
_WORD_OF_ABSENCE = Kind("Word of absence", "missing blank", 1)
_KINDS = {
    "regimens": Kind("Dose", "dose dosage dosing regimen how much amount course", 1.6),
    "conditions": Kind("Condition", "condition illness disease", 1.9),
    "studies": Kind("Study in people", "study trial clinical human evidence", 1.3),
    "experiments": Kind("Experiment", "experiment study", 0.9),
    "cautions": Kind("Caution", "caution warning safety safe risk", 1.4),
    "substances": Kind("Substance", "what is name structure identifier", 1.7),
    "products": Kind(
        "Presentation", "product presentation brand pack composition ingredients", 1.4
    ),
    "events": Kind("Event", "history legal status approval approved legal", 1.4),
    "claims": Kind("Statement", "statement claim", 1.2),
    "terms": Kind("Term", "meaning definition glossary", 1.4),
    "checks": Kind("Check", "check arithmetic", 1.1),
    "comparisons": Kind("Comparison", "compare sources differ agree conflict", 1.1),
    "sources": Kind("Source", "source paper article publication citation reference", 1.2),
    "organisations": Kind("Organisation", "institute organisation", 1.4),
    "people": Kind("Person", "author researcher", 1.5),
    "parameters": Kind("Size", "size volume", 1),
    "codes": Kind("Codes", "code terminology", 0.8),
    "ties": Kind("Tie between reports", "same study reports", 0.7),
    "changes": Kind("Changes", "version changelog news", 0.7),
}


@dataclass(frozen=True)
class Entry:
    """A row: where it stands, what it is called, and the answer that it is."""

    kind: str
    title: str
    answer: str
    uri: str
    """Its page and anchor, from the site's root."""
    names: tuple[str, ...]
    """Its other names."""
    query_words: str
    """Words that readers ask for its kind with."""
    about: tuple[str, ...]
    """The words of what it is about."""
    more: tuple[str, ...]
    """All that it says."""
    weight: float

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Entry:
        """Return the same from what JSON makes of it, to which a tuple is a list."""
        parts = ((name, tuple(x) if isinstance(x, list) else x) for name, x in stored.items())
        return cls(**dict[str, Any](parts))

    @property
    def initial(self) -> str:
        """The letter it is filed under; a digit and any other sign is filed under #."""
        title = unicodedata.normalize("NFC", self.title)
        first = next((mark for mark in title if mark.isalnum()), "#")
        is_sign = unicodedata.name(first, "").endswith(" SIGN")  # such as the micro sign, a letter
        return _letter(first) if first.isalpha() and not is_sign else "#"


@lru_cache(maxsize=1 << 12)
def _letter(mark: str) -> str:
    """Return the capital a letter is filed under: the plain one of a Latin letter, else its own.

    A Latin letter is plain without its accent, as in Ż, and without its stroke or hook, as in Ł,
    which only its name in Unicode tells: LATIN CAPITAL LETTER L WITH STROKE.
    """
    mark = unicodedata.normalize("NFKC", mark)[:1]
    plain = _LATIN.match(unicodedata.name(mark, ""))
    return plain[1] if plain else mark.upper()[:1]


def entries(relations: Relations) -> tuple[Entry, ...]:
    """Return an entry for every record of a site and for each word of absence."""
    found = [entry_of_record(record, relations) for record in relations.site.all()]
    return (*found, *entries_of_absences())


def entries_of_absences() -> tuple[Entry, ...]:
    """Return an entry for each word of absence."""
    return tuple(map(_of_absence, absence.Absence))


def entries_of_pages(pages: Iterable[Page]) -> tuple[Entry, ...]:
    """Return an entry for every page that shows no single record, from its front matter."""
    return tuple(_of_page(page) for page in pages if page.record is None)


def alphabet(found: Iterable[Entry]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Yield the entries by their initials, each with the entries in order; # comes first."""
    ordered = sorted(found, key=_alphabetically)
    for initial, group in groupby(ordered, key=lambda entry: entry.initial):
        yield initial, tuple(group)


def documents(found: Iterable[Entry]) -> list[Mapping[str, Any]]:
    """Return the entries as the documents of a search index; what is shown is safe as HTML."""
    return [_document(entry) for entry in found]


def entry_of_record(record: Record, relations: Relations) -> Entry:
    """Return the entry of a record: its row, with its answer."""
    kind = _KINDS[record.folder]
    title = getattr(record, "name", None) or f"Version {getattr(record, 'version', record.id)}"
    return Entry(
        kind=_kind_of(record, relations, kind),
        title=title,
        answer=_short(_marked(record, relations)),
        uri=_as_html(page_of(record)),
        names=_others(title, words.names(record, relations)),
        query_words=kind.query_words,
        about=tuple(words.about(record, relations)),
        more=tuple(words.everything(record)),
        weight=kind.weight,
    )


def _marked(record: Record, relations: Relations) -> str:
    """Return the answer of a record, behind what became of the sources that it is from."""
    sources = (record,) if isinstance(record, Source) else relations.sources_of(record)
    words = dict.fromkeys(word for source in sources for word in source.states)
    mark = f"[source: {'; '.join(words)}] " if words else ""
    return mark + answer(record, relations)


def _others(title: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return each name once, without the title."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(name.casefold(), name)
    known.pop(title.casefold(), None)
    return tuple(known.values())


def _kind_of(record: Record, relations: Relations, kind: Kind) -> str:
    """Return what the row is, as precisely as its record says."""
    if isinstance(record, Regimen):
        return f"{kind.name}, {relations.source_of(record).kind}"
    if isinstance(record, Caution):
        return record.kind.capitalize()
    if isinstance(record, Claim):
        return f"{kind.name}, {record.kind}"
    if isinstance(record, Experiment):
        return f"{kind.name}, {record.lane}"
    if isinstance(record, Source):
        return f"{kind.name}, {record.kind}"
    return kind.name


def _of_absence(word: absence.Absence) -> Entry:
    kind = _WORD_OF_ABSENCE
    means, uri = absence.MEANINGS[word], f"glossary/index.html#{word.slug}"
    return Entry(kind.name, word.value, means, uri, (), kind.query_words, (), (), kind.weight)


def _of_page(page: Page) -> Entry:
    front = page.markdown.partition("\n---\n")[0]
    fields = dict(re.findall(r'^(title|description|also): "(.*)"$', front, re.MULTILINE))
    title, line, also = (html.unescape(fields.get(name, "")) for name in _FRONT)
    return Entry(
        _PAGE.name,
        title,
        line,
        _as_html(page.uri),
        (also,),
        _PAGE.query_words,
        (),
        (),
        _PAGE.weight,
    )


_FRONT = ("title", "description", "also")


def _as_html(uri: str) -> str:
    return re.sub(r"\.md(?=#|$)", ".html", uri)


def _short(text: str) -> str:
    """Return a line that ends at a word, with an ellipsis where something was left out."""
    if len(text) <= MAX_ANSWER:
        return text
    return text[:MAX_ANSWER].rpartition(" ")[0].rstrip(" ,;:") + " …"


def _alphabetically(entry: Entry) -> tuple[bool, str, str, str]:
    initial, title = entry.initial, unicodedata.normalize("NFC", entry.title)
    marks = "".join(mark for mark in title if mark.isalnum() or mark == " ").strip()
    letters = "".join(_letter(mark) if mark.isalpha() else mark for mark in marks)
    return (initial != "#", _in_order(initial), _in_order(letters), entry.uri)


def _in_order(text: str) -> str:
    """Return a text by which Й sorts after И, and not after Я."""
    return unicodedata.normalize("NFD", text).casefold()


def _document(entry: Entry) -> Mapping[str, Any]:
    shown = f"{entry.title} {entry.answer}"
    names = [*entry.names, *other_spellings(" ".join([shown, *entry.names]))]
    about = [*entry.about, *other_spellings(" ".join(entry.about))]
    known = " ".join([shown, *names, *about])
    more = words.distinct([*entry.more, *other_spellings(" ".join(entry.more))], known)
    fields = {
        "names": words.distinct(names, entry.title),
        "queries": entry.query_words,
        "about": words.distinct(about, " ".join([entry.title, *names])),
        "more": more,
    }
    shown_escaped = partial(html.escape, quote=False)
    return {
        "location": entry.uri,
        "title": shown_escaped(entry.title),
        "text": shown_escaped(entry.answer),
        "kind": shown_escaped(entry.kind),
        "boost": entry.weight,
        **{name: text for name, text in fields.items() if text},
    }
