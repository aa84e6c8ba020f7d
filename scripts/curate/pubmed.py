"""Reads the XML of PubMed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from curate.csl import plain
from curate.reference import Entry, Name, Reference, Unclear, date, language, pages, person
from curate.reference import publication as known
from sitegen.model.author import MORE

# The first that is among the types of a publication says what kind it is.
_KINDS = {
    "Meta-Analysis": "meta-analysis",
    "Systematic Review": "review",
    "Review": "review",
    "Editorial": "commentary",
    "Comment": "commentary",
    "Journal Article": "journal article",
}
_STATES = {
    "RetractionIn": "retracted",
    "ExpressionOfConcernIn": "expression of concern",
    "ErratumIn": "corrected",
}


def entries(text: str) -> Iterator[Entry]:
    """Yield the articles of a file. Raise Unclear where it is not the XML of PubMed."""
    if "<!ENTITY" in text:
        raise Unclear("declares entities, which are not read: take the file as PubMed gives it")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Unclear(f"is not well-formed XML: {error.msg}") from None
    found = list(root.iter("PubmedArticle"))
    if not found:
        raise Unclear("holds no PubmedArticle: save the records of PubMed as XML")
    yield from (Entry(article.sourceline, article) for article in found)


def reference(entry: Entry) -> Reference:
    """Return what an article's record says. Raise Unclear for what is not understood."""
    record: etree._Element = entry.raw
    article = record.find("MedlineCitation/Article")
    if article is None:
        raise Unclear("the article has no Article: take the record again")
    types = [_words(one) for one in article.iterfind("PublicationTypeList/PublicationType")]
    found = Reference(title="", types=types)
    found.kind = next((kind for name, kind in _KINDS.items() if name in types), None)
    _titles(found, article)
    spoken = [_words(one) for one in article.iterfind("Language")]
    found.language = language(found, spoken[0]) if len(spoken) == 1 else None
    found.authors = list(_authors(article))
    found.published = _date(found, article.find("Journal/JournalIssue/PubDate"))
    found.publication = _publication(record, article)
    found.states = list(_states(record))
    return found


def _words(element: etree._Element | None) -> str:
    """Return the text of an element without marks. Raise Unclear for a formula in it."""
    if element is None:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    inside = "".join(etree.tostring(part, encoding="unicode") for part in element)
    text = plain(html.escape(element.text or "", quote=False) + inside)
    if "<" in text:
        raise Unclear(f"{element.tag} holds marks that are not understood: {text}")
    return text


def _of(record: etree._Element, *paths: str) -> str:
    """Return the text of the first of some elements that is there."""
    return next(filter(None, (_words(record.find(path)) for path in paths)), "")


def _titles(found: Reference, article: etree._Element) -> None:
    """Set the title, without PubMed's full stop; one in brackets is a translation."""
    title = _of(article, "ArticleTitle")
    bracketed = re.fullmatch(r"\[(.*?)\.?\]\.?", title)
    found.title = bracketed[1] if bracketed else re.sub(r"(?<!\.)\.$", "", title)
    if bracketed:
        found.title_is = "translated"
        found.original_title = re.sub(r"(?<!\.)\.$", "", _of(article, "VernacularTitle")) or None


def _authors(article: etree._Element) -> Iterator[Name]:
    """Yield the authors; PubMed says where its list is not complete."""
    listed = article.find("AuthorList")
    if listed is None:
        return
    for one in listed.iterfind("Author"):
        if body := _of(one, "CollectiveName"):
            yield {"literal": body}
        elif family := _of(one, "LastName"):
            yield person(family, _of(one, "ForeName", "Initials"), _of(one, "Suffix"))
        else:
            raise Unclear("an Author has neither LastName nor CollectiveName: mend the file")
    if listed.get("CompleteYN") == "N":
        yield MORE


def _date(found: Reference, given: etree._Element | None) -> str | None:
    """Return the date of the issue; of words such as `1998 Mar-Apr`, the year."""
    if given is None:
        return None
    words = _of(given, "MedlineDate")
    if words:
        found.remarks.append(f"of the date '{words}' the year was taken")
        return date(found, words[:4])
    return date(found, _of(given, "Year"), _of(given, "Month", "Season"), _of(given, "Day"))


def _publication(record: etree._Element, article: etree._Element) -> dict[str, str]:
    """Return where it stands, with its numbers."""
    number = "PubmedData/ArticleIdList/ArticleId[@IdType='{}']"
    return known(
        journal=_of(record, "MedlineCitation/MedlineJournalInfo/MedlineTA")
        or _of(article, "Journal/ISOAbbreviation", "Journal/Title"),
        volume=_of(article, "Journal/JournalIssue/Volume"),
        issue=_of(article, "Journal/JournalIssue/Issue"),
        pages=pages(_of(article, "Pagination/MedlinePgn", "ELocationID[@EIdType='pii']")),
        pmid=_of(record, "MedlineCitation/PMID"),
        pmcid=_of(record, number.format("pmc")),
        doi=_of(record, number.format("doi")) or _of(article, "ELocationID[@EIdType='doi']"),
    )


def _states(record: etree._Element) -> Iterator[dict[str, str]]:
    """Yield what became of it, as notices that PubMed lists say."""
    for notice in record.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections"):
        word = _STATES.get(notice.get("RefType", ""))
        if word:
            where = _of(notice, "RefSource") or "not extracted"
            yield {"word": word, "on": "not extracted", "notice": where}
