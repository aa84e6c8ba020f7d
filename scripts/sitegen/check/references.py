"""The rules that ids lead to records, and that what a record names is named by its source."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.missing import no_file
from sitegen.model import Record, Slug, Study
from sitegen.model.fields import field_of, leaves, places_cited
from sitegen.model.problems import Problem
from sitegen.read.load import Loaded


def references_lead_to_records(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Every id in a record is the name of a file of that kind."""
    for leaf in leaves(record):
        if isinstance(leaf.value, Slug) and leaf.value.folder:
            if message := _no_record(loaded, field_of(leaf.where), leaf.value):
                yield loaded.problem(record, leaf.where, message)


def the_site_names_records(loaded: Loaded) -> Iterator[Problem]:
    """The substance and the source of site.yml exist."""
    identity = loaded.site.identity
    for field, id in (("substance", identity.substance), ("source", identity.source)):
        if message := _no_record(loaded, field, id):
            yield loaded.identity_problem(field, message)


def _no_record(loaded: Loaded, field: str, id: Slug) -> str | None:
    """Return what is wrong with an id that names no file of its kind; None where it names one."""
    known = loaded.site.records[id.folder]
    if id in known or loaded.is_unread(id.folder, id):
        return None
    return no_file(field, id.folder, id)


def records_are_not_tied_to_themselves(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No record names itself."""
    for leaf in leaves(record):
        if isinstance(leaf.value, Slug) and (leaf.value.folder, leaf.value) == record.key:
            message = f"{field_of(leaf.where)} must name another record than its own"
            yield loaded.problem(record, leaf.where, message)


def a_source_names_the_organisations_of_its_studies(
    loaded: Loaded, record: Record
) -> Iterator[Problem]:
    """An organisation of a study is named by the source of the study, else it is inferred."""
    if not isinstance(record, Study):
        return
    sources = {locator.source for locator in places_cited(record)}
    for number, id in enumerate(record.organisations):
        organisation = loaded.site.organisations.get(id)
        if organisation and not sources & {locator.source for locator in organisation.at}:
            message = (
                f"organisations: {', '.join(sorted(sources))} does not name '{id}' by its 'at:': "
                "cite a sentence there, or list it under organisations_inferred"
            )
            yield loaded.problem(record, ("organisations", number), message)
