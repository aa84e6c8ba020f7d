"""The other words a record is looked for by: its names, what it is about, all that it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from sitegen.derive.relations import Relations
from sitegen.incremental.queries import query
from sitegen.model import (
    Caution,
    Claim,
    Coding,
    Condition,
    Event,
    Experiment,
    Organisation,
    Product,
    Record,
    Regimen,
    Source,
    Study,
    Substance,
    Term,
    When,
    typography,
)
from sitegen.model.absence import Absence
from sitegen.model.author import Author
from sitegen.model.fields import leaves
from sitegen.model.languages import language_name
from sitegen.model.quantity import Quantity

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
# Settings of the site, and what no reader types.
_NOT_SEARCHED = {"seen_at", "tooltip", "title_is", "grade"}


@singledispatch
def names(record: Record, relations: Relations) -> Iterable[str]:
    """Return the names and codes that data gives a record besides its title."""
    return ()


@names.register
def _(condition: Condition, relations: Relations) -> Iterable[str]:
    return (*condition.also, *condition.wording)


@names.register
def _(term: Term, relations: Relations) -> Iterable[str]:
    return term.also


@names.register
def _(substance: Substance, relations: Relations) -> Iterable[str]:
    numbers = [number.value for number in substance.numbers]
    reported = (substance.sequence, substance.formula)
    chemistry = [str(value.value) for value in reported if not value.absence]
    return (*(name.text for name in substance.names), *numbers, *chemistry)


@names.register
def _(study: Study, relations: Relations) -> Iterable[str]:
    return tuple(number.value for number in study.identifiers)


@names.register
def _(event: Event, relations: Relations) -> Iterable[str]:
    return (*event.also, *(number.value for number in event.identifiers))


@names.register
def _(product: Product, relations: Relations) -> Iterable[str]:
    return (*product.also, *(number.value for number in product.numbers))


@names.register
def _(caution: Caution, relations: Relations) -> Iterable[str]:
    return caution.also


@names.register
def _(claim: Claim, relations: Relations) -> Iterable[str]:
    return claim.also


@names.register
def _(coding: Coding, relations: Relations) -> Iterable[str]:
    return tuple(code.code for code in coding.codes)


@names.register
def _(source: Source, relations: Relations) -> Iterable[str]:
    authors = source.author.value if isinstance(source.author.value, tuple) else ()
    year = source.published.value
    years = (str(year.first_year),) if isinstance(year, When) else ()
    printed = source.publication
    numbers = (printed.pmid, printed.pmcid, printed.doi) if printed else ()
    return (
        *map(str, authors),
        *(author.given for author in authors if isinstance(author, Author) and author.given),
        *filter(None, [source.original_title]),
        *years,
        *(str(number) for number in numbers if not isinstance(number, Absence)),
    )


@singledispatch
def about(record: Record, relations: Relations) -> Iterable[str]:
    """Return what a record is about or comes from: the words of the records it is tied to."""
    return ()


@about.register(Regimen)
@about.register(Study)
@about.register(Experiment)
@about.register(Caution)
@about.register(Claim)
def _(
    record: Regimen | Study | Experiment | Caution | Claim, relations: Relations
) -> Iterable[str]:
    return (*_names_of_conditions(relations, record), *_of_sources(record, relations))


@about.register
def _(event: Event, relations: Relations) -> Iterable[str]:
    bodies = [body.name for body in relations.organisations_of(event)]
    return (*bodies, *_of_sources(event, relations))


@about.register
def _(product: Product, relations: Relations) -> Iterable[str]:
    substance = relations.site.substances[product.substance]
    return tuple(name.text for name in substance.names)


@about.register
def _(condition: Condition, relations: Relations) -> Iterable[str]:
    return tuple(code.code for code in relations.codes_of(condition))


@about.register
def _(organisation: Organisation, relations: Relations) -> Iterable[str]:
    return tuple(study.name for study in relations.studies_by(organisation))


@query
def _names_of_conditions(
    relations: Relations, record: Regimen | Study | Experiment | Caution | Claim
) -> tuple[str, ...]:
    conditions = relations.conditions_of(record)
    return tuple(
        name for condition in conditions for name in (condition.name, *names(condition, relations))
    )


def _of_sources(record: Record, relations: Relations) -> Iterator[str]:
    for source in relations.sources_of(record):
        if source.publication:
            yield from names(source, relations)


def everything(record: Record) -> Iterator[str]:
    """Yield every text and amount of a record, except the sentences of a source's register."""
    for leaf in leaves(record):
        if _NOT_SEARCHED & set(leaf.where) or leaf.where[0] == "sentences":
            continue
        if leaf.where[-1] == "language":
            yield language_name(str(leaf.value))
        elif isinstance(leaf.value, Quantity):
            yield typography.amount(leaf.value)
        elif isinstance(leaf.value, str) and "://" not in leaf.value:
            yield leaf.value


def distinct(texts: Iterable[str], known: str = "") -> str:
    """Return the words of the texts, each once, in order, but for those that stand in `known`."""
    seen = {word.lower() for word in _WORD.findall(known)}
    found = []
    for text in texts:
        for word in _WORD.findall(text.lower()):
            if word not in seen and len(word) > 1:
                seen.add(word)
                found.append(word)
    return " ".join(found)
