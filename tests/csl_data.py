"""The variables of CSL-JSON 1.0.2 and their types, as its schema lists them (csl-data.json)."""

from __future__ import annotations

from typing import Any

_NAMES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            name: {"type": "string"}
            for name in (
                *("family", "given", "dropping-particle", "non-dropping-particle"),
                *("suffix", "literal"),
            )
        },
        "additionalProperties": False,
        "minProperties": 1,
    },
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        },
        "circa": {"type": "boolean"},
        "literal": {"type": "string"},
        "raw": {"type": "string"},
    },
    "additionalProperties": False,
}
_NAME_VARIABLES = """
    author chair collection-editor compiler composer container-author contributor curator director
    editor editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer
    series-creator translator
""".split()
_DATE_VARIABLES = "accessed available-date event-date issued original-date submitted".split()
_TEXT_VARIABLES = """
    id language journalAbbreviation shortTitle abstract annote archive archive_collection
    archive_location archive-place authority call-number chapter-number citation-number
    citation-label collection-number collection-title container-title container-title-short
    dimensions division DOI edition event event-title event-place first-reference-note-number genre
    ISBN ISSN issue jurisdiction keyword locator medium note number number-of-pages
    number-of-volumes original-publisher original-publisher-place original-title page page-first
    part part-title PMCID PMID printing publisher publisher-place references reviewed-genre
    reviewed-title scale section source status supplement title title-short URL version volume
    volume-title volume-title-short year-suffix
""".split()
_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
""".split()
CSL_DATA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **{name: {"type": "string"} for name in _TEXT_VARIABLES},
            **dict.fromkeys(_NAME_VARIABLES, _NAMES),
            **dict.fromkeys(_DATE_VARIABLES, _DATE),
            "type": {"enum": _TYPES},
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
