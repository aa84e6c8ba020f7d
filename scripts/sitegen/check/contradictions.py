"""The rules on values of one record that cannot both be right, whatever its source says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from sitegen.model import (
    Caution,
    Claim,
    Estimate,
    Experiment,
    Finding,
    Phase,
    Record,
    Regimen,
    Source,
    Study,
)
from sitegen.model.absence import Absence
from sitegen.model.problems import Problem
from sitegen.model.quantity import Quantity
from sitegen.model.record import KeyPath
from sitegen.model.signed import Signed
from sitegen.read.load import Loaded

_DOI_IN_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/(\S+)", re.IGNORECASE)


def contraindications_name_what_they_rule_out(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A contraindication names a condition or a subject, unless it denies that there are any.

    Without one it stands on no page of a condition, and would be taken for silence there.
    """
    if not isinstance(record, Caution) or record.kind != "contraindication":
        return
    names_something = record.conditions or record.related or record.subject
    if not names_something and not record.is_denied and not record.says.absence:
        message = (
            "kind is contraindication, and nothing says of what: name the condition in conditions"
            " or related, or what else it is about in subject"
        )
        yield loaded.problem(record, ("kind",), message)


def drops_are_counted_once(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A dose in drops stands in `drops`, and not in `each` too."""
    for where, part in _phases(record):
        if part.drops is None or part.drops.absence:
            continue
        each = part.each.value
        if isinstance(each, Quantity) and each.unit.one == "drop":
            message = (
                f"each is {each}, and drops is {part.drops.value}: drops stand in drops alone; "
                "write the amount in each, or a word of absence"
            )
            yield loaded.problem(record, (*where, "each"), message)


def _phases(record: Record) -> Iterator[tuple[KeyPath, Regimen | Phase]]:
    """Yield each phase of a regimen or of an arm as the file has it."""
    if isinstance(record, Regimen):
        yield (), record
        yield from ((("then", number), phase) for number, phase in enumerate(record.then))
    if isinstance(record, Study | Experiment):
        for place, arm in enumerate(record.arms):
            for number, phase in enumerate(arm.dosage):
                yield ("arms", place, "dosage", number), phase


def harms_that_were_seen_are_not_denied(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Where a report says that no harm was observed, nobody is counted with one."""
    if not isinstance(record, Study) or record.harms.absence is not Absence.NONE_OBSERVED:
        return
    for number, harm in enumerate(record.harm_events):
        counted = [value for group in harm.by_arm for value in (group.events, group.percentage)]
        seen = [value.value for value in counted if value and isinstance(value.value, Quantity)]
        if some := next((one for one in seen if one.range.low), None):
            message = (
                f"harms is 'none observed', but a harm is counted in {some}: mend the one that the"
                " source does not say"
            )
            yield loaded.problem(record, ("harm_events", number), message)


def a_study_without_a_control_has_no_control_group(
    loaded: Loaded, record: Record
) -> Iterator[Problem]:
    """Where nothing was compared with the drug, every arm was given it."""
    if not isinstance(record, Study) or record.control is None:
        return
    if record.control.value != "no control":
        return
    for number, arm in enumerate(record.arms):
        if arm.role not in (None, "drug"):
            message = (
                f"role is {arm.role}, but control is 'no control': mend the one that the source"
                " does not say"
            )
            yield loaded.problem(record, ("arms", number, "role"), message)


def ratios_are_not_negative(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A ratio of risks, odds, hazards or rates has no minus sign; a difference may have one."""
    for number, result in enumerate(
        record.results if isinstance(record, Study | Experiment) else ()
    ):
        if not (result.estimate and result.measure and result.measure.endswith(" ratio")):
            continue
        for name, value in _numbers_of(result.estimate):
            if value.low < 0:
                message = (
                    f"{name} is {value}, but measure is {result.measure}, which is never below"
                    " zero: mend the one that the source does not say"
                )
                yield loaded.problem(record, ("results", number, "estimate", name), message)


def _numbers_of(estimate: Estimate) -> Iterator[tuple[str, Signed]]:
    for name, value in (("value", estimate.value), ("interval", estimate.interval)):
        if value is not None:
            yield name, value


def praise_stays_out_of_what_a_source_says(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Words that are quoted as the source's praise or blame are not said in our own voice too."""
    quoting: list[tuple[KeyPath, Claim | Finding]] = []
    if isinstance(record, Claim):
        quoting.append(((), record))
    elif isinstance(record, Study | Experiment):
        quoting += [(("findings", n), finding) for n, finding in enumerate(record.findings)]
    for where, part in quoting:
        for word in part.emphasis:
            if re.search(_in_own_voice(word), part.says, re.I):
                message = f"'{word}' is quoted in emphasis: take it out of says"
                yield loaded.problem(record, (*where, "says"), message)


def _in_own_voice(word: str) -> str:
    """Return a pattern of a word that is not in quotation marks, as the name of a category is."""
    return rf"(?<![\w'\"‘“]){re.escape(word)}(?![\w'\"’”])"


def the_address_is_that_of_the_doi(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """An address at doi.org leads to the DOI of the publication."""
    if not isinstance(record, Source) or record.publication is None:
        return
    doi = record.publication.doi
    address = _DOI_IN_ADDRESS.match(str(record.address.value))
    if address is None or isinstance(doi, Absence):
        return
    if unquote(address[1]).casefold() != doi.casefold():
        message = f"address leads to the DOI {address[1]}, but doi is {doi}: mend the wrong one"
        yield loaded.problem(record, ("address",), message)


def the_form_has_a_repository(loaded: Loaded) -> Iterator[Problem]:
    """A form that saves to a forge needs the address of the repository there."""
    identity = loaded.site.identity
    if identity.form and identity.form.backend != "local" and not identity.repository:
        saves = f"form saves to {identity.form.backend}"
        yield loaded.identity_problem(
            "form", f"{saves}: write the address of the repository behind 'repository'"
        )


def an_article_that_was_read_has_a_publication(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Where the text of a journal article was read, its journal is known."""
    if not isinstance(record, Source) or record.publication is not None:
        return
    if record.kind == "journal article" and record.read in ("full text", "abstract"):
        message = (
            "publication is missing, and kind is 'journal article': write where it was printed,"
            " and 'not extracted' for what was not seen"
        )
        yield loaded.problem(record, ("kind",), message)


def a_dose_and_its_study_are_of_one_condition(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A dose that a source ties to a study, of a sentence of that study, is for what it studied."""
    if not isinstance(record, Regimen) or not record.conditions:
        return
    for number, link in enumerate(record.studies):
        study = loaded.site.studies.get(link.study)
        if link.link != "stated" or study is None or not _from_one_sentence(record, study):
            continue
        if not loaded.site.conditions.keys() >= {*record.conditions, *study.conditions}:
            continue  # what is no condition is said of its file
        if not _akin(loaded, record.conditions) & _akin(loaded, study.conditions):
            message = (
                f"study is {study.id}, which is of {', '.join(study.conditions)}"
                f" ({study.path}:{loaded.documents[study.key].line(('conditions',))}), and this"
                f" dose of the same sentence is for {', '.join(record.conditions)}: read the"
                " sentence again, and mend the conditions in the file that is wrong"
            )
            yield loaded.problem(record, ("studies", number, "study"), message)


def _from_one_sentence(regimen: Regimen, study: Study) -> bool:
    """Return whether every sentence of a dose is one of a study."""
    mine, theirs = (
        {at for locator in record.at for at in locator.sentences} for record in (regimen, study)
    )
    return mine <= theirs


def _akin(loaded: Loaded, conditions: Iterable[str]) -> set[str]:
    """Return conditions with those that are wider, and those that overlap one of these."""
    found: set[str] = set()
    left = list(conditions)
    while left:
        id = left.pop()
        if id not in found and (condition := loaded.site.conditions.get(id)):
            left += [condition.broader] if condition.broader else []
            left += [overlap.condition for overlap in condition.overlaps]
        found.add(id)
    return found
