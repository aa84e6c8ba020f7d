"""The answer that a record is, in a line: what stands under its title in the search."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from sitegen.derive import agreement
from sitegen.derive.relations import Relations
from sitegen.derive.verdicts import judge
from sitegen.model import (
    IN_LANE,
    Caution,
    Change,
    Check,
    Claim,
    Coding,
    Comparison,
    Condition,
    Event,
    Experiment,
    Organisation,
    Parameter,
    Person,
    Product,
    Record,
    Regimen,
    Reported,
    ReportTie,
    Source,
    Study,
    Substance,
    Term,
    When,
    typography,
)
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.statements import regimens, status
from sitegen.statements.agreement import compared_line, sources_disagree
from sitegen.statements.attribution import according_to, who_says
from sitegen.statements.conditions import condition_line
from sitegen.statements.english import capital
from sitegen.statements.missed import missed_lines
from sitegen.statements.safety import frequency_line
from sitegen.statements.studies import experiment_line, study_line
from sitegen.statements.verdicts import NO_RESULT, because, result_line
from sitegen.statements.volumes import size_line


@singledispatch
def answer(record: Record, relations: Relations) -> str:
    """Return what a record says, in a line that is made of its values only.

    Raise TypeError for an unknown kind.
    """
    raise TypeError(f"{type(record).__name__} has no answer")


@answer.register
def _regimen(regimen: Regimen, relations: Relations) -> str:
    """Return a dose as reported, what is computed of it, missed doses, and who says otherwise.

    The words for its people are left out: in them a search would find one dose before the others.
    """
    disagree = sources_disagree(relations, regimen, for_search=True)
    missed = [f"Missed dose: {line}." for line in missed_lines(regimen)]
    computed = regimens.computed_line(relations.site, regimen)
    line = regimens.regimen_line(regimen, in_words=False)
    return " ".join(filter(None, [line, computed, *missed, disagree]))


@answer.register
def _study(study: Study, relations: Relations) -> str:
    """Return what is known of a study; numerical results only where the source gives them."""
    result = study.numeric_result
    numbers = "" if result.absence else f" Numerical results: {as_text(result)}."
    return study_line(study, relations) + numbers


@answer.register
def _experiment(experiment: Experiment, relations: Relations) -> str:
    """Return what is known of an experiment."""
    return experiment_line(experiment)


@answer.register
def _caution(caution: Caution, relations: Relations) -> str:
    """Return what a caution says, and who says it.

    What a source denies, or says was not observed, is its claim; what it reports has its frequency
    where one is given.
    """
    who = who_says(relations, caution)
    if caution.says.absence is Absence.NONE_OBSERVED:
        return f"None observed, as {who} claims: {caution.detail}"
    if caution.is_denied:
        return f"As {who} claims: {as_text(caution.says)}"
    often = frequency_line(caution)
    says = as_text(caution.says) + (f". Frequency: {often}" if often else "")
    return f"According to {who}: {says}"


@answer.register
def _check(check: Check, relations: Relations) -> str:
    """Return the verdict of a check, what it came to where that can be said, and why."""
    verdict = judge(relations, check).verdict
    found = result_line(verdict)
    result = "" if found == NO_RESULT else f"{found}; "
    return f"{capital(verdict.kind.value)}: {result}{because(verdict)}"


@answer.register
def _comparison(comparison: Comparison, relations: Relations) -> str:
    """Return how the answers to a question stand, and why."""
    return compared_line(agreement.compared(relations, comparison))


@answer.register
def _claim(claim: Claim, relations: Relations) -> str:
    """Return a claim with its source, and its lane where the source states one."""
    where = f"{capital(IN_LANE[claim.lane])}, according" if claim.lane in IN_LANE else "According"
    return f"{where} to {who_says(relations, claim)}: {claim.says}"


@answer.register
def _term(term: Term, relations: Relations) -> str:
    """Return what a word of the glossary means."""
    return term.means


@answer.register
def _condition(condition: Condition, relations: Relations) -> str:
    """Return what was studied, dosed and cautioned against."""
    return condition_line(condition, relations)


@answer.register
def _source(source: Source, relations: Relations) -> str:
    """Return who wrote a source, where and when it was published, and how it was read.

    `and others` stands only where the record names more than three authors.
    """
    names = source.author.value
    authors = names[:3] if isinstance(names, tuple) else ()
    others = " and others" if isinstance(names, tuple) and len(names) > len(authors) else ""
    known = [f"{', '.join(map(str, authors))}{others}"]
    if source.publication:
        known.append(source.publication.journal)
    if not source.published.absence:
        known.append(as_text(source.published))
    if source.publication and not isinstance(source.publication.pmid, Absence):
        known.append(f"PubMed {source.publication.pmid}")
    return ". ".join([*filter(None, known), f"Read: {source.read}"])


@answer.register
def _product(product: Product, relations: Relations) -> str:
    """Return the strength, form and storage of a presentation, each as reported or absent."""
    amounts = (product.strength_label, product.strength, product.content)
    applicable = [amount for amount in amounts if amount.absence is not Absence.NOT_APPLICABLE]
    strength = ", ".join(map(as_text, applicable)) or "No strength"
    storage = f"storage {_noted(product.storage)}; shelf life {_noted(product.shelf_life)}"
    return f"{strength}: {as_text(product.form)}; {storage}"


@answer.register
def _event(event: Event, relations: Relations) -> str:
    """Return what happened, with its jurisdiction and how sure that is, or when it was."""
    if event.jurisdiction:
        return f"{event.jurisdiction}. {status.full_claim(event)}. {event.says}"
    when = status.dated(event)
    return f"{when}. {event.says}" if when else event.says


@answer.register
def _substance(substance: Substance, relations: Relations) -> str:
    """Return what a substance is, by whom that is said, and its chemistry where it is known."""
    chemistry = (("sequence", substance.sequence), ("formula", substance.formula))
    known = [f"{title} {as_text(value)}" for title, value in chemistry if not value.absence]
    summary = as_text(substance.summary)
    if not substance.summary.absence:
        at = substance.summary.at or substance.at
        summary += f" ({according_to(relations, at)})"
    return "; ".join([summary, *known])


@answer.register
def _organisation(organisation: Organisation, relations: Relations) -> str:
    """Return what a body is, and how many reports of studies name it."""
    number = len(relations.studies_by(organisation))
    return f"{capital(organisation.kind)}; reports of studies that name it: {number}"


@answer.register
def _person(person: Person, relations: Relations) -> str:
    """Return the title of a person and the bodies that the records tie to them."""
    places = [body.name for body in relations.organisations_of(person)]
    return "; ".join([f"Title {as_text(person.role)}", *places])


@answer.register
def _parameter(parameter: Parameter, relations: Relations) -> str:
    """Return a size; where sources give others, that it is assumed."""
    return size_line(parameter)


@answer.register
def _coding(coding: Coding, relations: Relations) -> str:
    """Return the codes of a condition, each with how near it comes."""
    return "; ".join(f"{code.version}: {code.code} ({code.match})" for code in coding.codes)


@answer.register
def _tie(tie: ReportTie, relations: Relations) -> str:
    """Return that reports are of one study or kept apart, by whose judgement, and why."""
    taken = "Reports of one study" if tie.relation == "one study" else "Kept apart"
    return f"{taken}, {tie.tie}: {tie.why}"


@answer.register
def _change(change: Change, relations: Relations) -> str:
    """Return when a version was released, and the first of its changes."""
    return f"{typography.shown(change.released)}: {change.entries[0].says}"


def _noted(field: Reported[Any]) -> str:
    """Return a reported value with its remark, such as that an older text gives it."""
    note = f" ({field.note.rstrip('.')})" if field.note else ""
    return as_text(field) + note


def as_text(field: Reported[Any]) -> str:
    """Return a reported value as a page writes it, or its word of absence."""
    value = field.value
    text = typography.shown(value)
    return text if isinstance(value, Quantity | When) else typography.prose(text)
