"""Which records belong together, in the order their sources give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sitegen.derive.grouping import grouped
from sitegen.incremental.queries import query, untracked_property
from sitegen.model import (
    CAUTION_KINDS,
    Caution,
    Change,
    Claim,
    Code,
    Coding,
    Condition,
    Event,
    Experiment,
    Locator,
    Organisation,
    Person,
    Record,
    Regimen,
    ReportTie,
    Section,
    Sentence,
    Site,
    Source,
    Study,
    StudyLink,
    Substance,
    Term,
    When,
)
from sitegen.model.fields import places_cited

R = TypeVar("R", bound=Record)


@lru_cache(maxsize=2)  # a preview reads the next site while it shows the last one
def relations_of(site: Site) -> Relations:
    """Return the relations between the records of a site: one for each site."""
    return Relations(site)


@dataclass(frozen=True)
class Named:
    """The key and the name of a record, for work that reads nothing else of it."""

    folder: str
    id: str
    name: str

    @classmethod
    def of(cls, record: Record) -> Named:
        """Return the key and the name of a record; of a source its title."""
        return cls(record.folder, record.id, getattr(record, "name", record.id))

    @property
    def key(self) -> tuple[str, str]:
        """Folder and id of the record."""
        return self.folder, self.id


@dataclass(frozen=True)
class Drawn:
    """A sentence of a source, with the records that draw on it."""

    sentence: Sentence
    records: tuple[Record, ...]


def _of_section(source: Source, section: str) -> list[Sentence]:
    return [sentence for sentence in source.sentences if sentence.at.partition(".")[0] == section]


@dataclass(frozen=True, eq=False)
class Relations:
    """Every tie between the records of a site."""

    site: Site

    @untracked_property
    def _rank(self) -> Mapping[str, int]:
        """The place of each sentence in the order of registers, the site's first source first."""
        first = self.site.identity.source
        sources = sorted(self.site.sources.values(), key=lambda source: source.id != first)
        places = (
            f"{source.id} {sentence.at}" for source in sources for sentence in source.sentences
        )
        return {place: rank for rank, place in enumerate(places)}

    @untracked_property
    def _drawing_on(self) -> Mapping[str, tuple[Record, ...]]:
        return grouped(
            (place, record)
            for record in self.site.all()
            for place in sorted(
                {at for locator in places_cited(record) for at in locator.sentences}
            )
        )

    def in_order(self, records: Iterable[R]) -> tuple[R, ...]:
        """Return records in the order in which their sources name them.

        Of two that are first named in one sentence, the next sentences decide, then the ids.
        """
        return tuple(sorted(records, key=lambda record: (self._places(record), record.id)))

    def _places(self, record: Record) -> tuple[int, ...]:
        """Return the ranks of the sentences that a record cites, the first one first."""
        cited = {self._rank[at] for locator in places_cited(record) for at in locator.sentences}
        return tuple(sorted(cited)) or (len(self._rank),)

    @property
    @query
    def regimens(self) -> tuple[Regimen, ...]:
        """Every regimen in source order."""
        return self.in_order(self.site.regimens.values())

    @property
    @query
    def studies(self) -> tuple[Study, ...]:
        """Every report of a study in people, in source order."""
        return tuple(study for study in self._all_studies if not study.pools)

    @property
    @query
    def analyses(self) -> tuple[Study, ...]:
        """The analyses that pool studies; none is a study of its own."""
        return tuple(study for study in self._all_studies if study.pools)

    @untracked_property
    def _all_studies(self) -> tuple[Study, ...]:
        return self.in_order(self.site.studies.values())

    @property
    @query
    def experiments(self) -> tuple[Experiment, ...]:
        """Every experiment, animals before cells, in source order."""
        ordered = self.in_order(self.site.experiments.values())
        return tuple(sorted(ordered, key=lambda experiment: experiment.lane))

    def of_first_source(self, records: Iterable[R]) -> tuple[R, ...]:
        """Return the records drawn from the source that the site was first built from."""
        return tuple(record for record in records if self.is_of_first_source(record))

    def of_other_sources(self, records: Iterable[R]) -> tuple[R, ...]:
        """Return the records drawn from any other source."""
        return tuple(record for record in records if not self.is_of_first_source(record))

    def is_of_first_source(self, record: Record) -> bool:
        """Return whether a record is drawn from the source that the site was first built from."""
        return self.site.identity.source in {locator.source for locator in places_cited(record)}

    def _on(self, kind: str) -> Mapping[str, tuple[Any, ...]]:
        """Return the records of one kind by each condition they are about, in their order."""
        if kind not in self._by_condition:
            records = getattr(self, kind)
            self._by_condition[kind] = grouped(
                (id, record) for record in records for id in dict.fromkeys(record.conditions)
            )
        return self._by_condition[kind]

    @untracked_property
    def _by_condition(self) -> dict[str, Mapping[str, tuple[Any, ...]]]:
        return {}

    def source_of(self, record: Record) -> Source:
        """Return the source of a record that draws on one."""
        return self.sources_of(record)[0]

    @property
    @query
    def groups(self) -> tuple[tuple[Study, ...], ...]:
        """The studies in people, each as the reports of it; most are one report alone."""
        group_of = {study.id: {study.id} for study in self.studies}
        for tie in self.site.ties.values():
            if tie.relation == "one study":
                joined = set().union(*(group_of.get(id, set()) for id in tie.reports))
                group_of.update(dict.fromkeys(joined, joined))
        reports_of: dict[str, tuple[Study, ...]] = {}
        for study in self.studies:
            members = group_of[study.id]
            reports_of[min(members)] = (*reports_of.get(min(members), ()), study)
        return tuple(reports_of.values())

    @query
    def group_of(self, study: Study) -> tuple[Study, ...]:
        """Return the reports of the study that a report is of, itself among them."""
        return self._group_of.get(study.id, (study,))

    @untracked_property
    def _group_of(self) -> Mapping[str, tuple[Study, ...]]:
        return {study.id: group for group in self.groups for study in group}

    def reports_of_one_study(self, study: Study) -> tuple[Study, ...]:
        """Return the reports of the study that a report is of; empty where it is the only one."""
        group = self.group_of(study)
        return group if len(group) > 1 else ()

    @query
    def ties_of(self, study: Study) -> tuple[ReportTie, ...]:
        """Return the ties that a report has a part in: of one study, or kept apart."""
        return self._ties_of.get(study.id, ())

    @untracked_property
    def _ties_of(self) -> Mapping[str, tuple[ReportTie, ...]]:
        return grouped((id, tie) for tie in self.site.ties.values() for id in tie.reports)

    @property
    @query
    def cautions(self) -> tuple[Caution, ...]:
        """Every caution, by kind in the order of `CAUTION_KINDS`: boxed warnings first."""
        ordered = self.in_order(self.site.cautions.values())
        return tuple(sorted(ordered, key=lambda caution: CAUTION_KINDS.index(caution.kind)))

    @property
    @query
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition in source order."""
        return self.in_order(self.site.conditions.values())

    @property
    @query
    def claims(self) -> tuple[Claim, ...]:
        """Every claim in source order."""
        return self.in_order(self.site.claims.values())

    @property
    @query
    def events(self) -> tuple[Event, ...]:
        """Every event: dated ones by date, then the undated in source order."""
        ordered = self.in_order(self.site.events.values())
        return tuple(sorted(ordered, key=_when))

    def sources_of(self, record: Record) -> tuple[Source, ...]:
        """Return every source a record draws on."""
        names = sorted({locator.source for locator in places_cited(record)})
        return tuple(self.site.sources[name] for name in names)

    @query
    def places_of(self, record: Record) -> tuple[Locator, ...]:
        """Return every place a record cites, in source order."""
        return tuple(
            sorted(
                places_cited(record),
                key=lambda locator: (self._rank[locator.sentences[0]], locator),
            )
        )

    def drawn(self, source: Source, section: Section) -> tuple[Drawn, ...]:
        """Return the sentences of a section, each with the records that draw on it."""
        sentences = _of_section(source, section.id)
        return tuple(map(Drawn, sentences, self._drawing(source, section.id)))

    @query
    def _drawing(self, source: Source, section: str) -> tuple[tuple[Record, ...], ...]:
        """Return the records that draw on each sentence of a section."""
        places = (f"{source.id} {sentence.at}" for sentence in _of_section(source, section))
        return tuple(self._drawing_on.get(place, ()) for place in places)

    @query
    def empty_sections(self, source: Source) -> tuple[Section, ...]:
        """Return the sections of a source that no record draws on."""
        return tuple(
            section
            for section in source.sections
            if not any(drawn.records for drawn in self.drawn(source, section))
        )

    @query
    def studies_on(self, condition: Condition) -> tuple[Study, ...]:
        """Return the study reports on a condition."""
        return self._on("studies").get(condition.id, ())

    @query
    def analyses_on(self, condition: Condition) -> tuple[Study, ...]:
        """Return the analyses that pool studies on a condition."""
        return self._on("analyses").get(condition.id, ())

    @query
    def experiments_on(self, condition: Condition) -> tuple[Experiment, ...]:
        """Return the experiments done for a condition."""
        return self._on("experiments").get(condition.id, ())

    @query
    def indications_for(self, condition: Condition) -> tuple[Claim, ...]:
        """Return the claims that name a condition as an indication."""
        return tuple(claim for claim in self._claims_on(condition) if claim.kind == "indication")

    @query
    def statements_on(self, condition: Condition) -> tuple[Claim, ...]:
        """Return the claims on a condition that name no indication."""
        return tuple(claim for claim in self._claims_on(condition) if claim.kind != "indication")

    def _claims_on(self, condition: Condition) -> tuple[Claim, ...]:
        return self._on("claims").get(condition.id, ())

    @query
    def codes_of(self, condition: Condition) -> tuple[Code, ...]:
        """Return the codes of a condition in terminologies."""
        return tuple(code for coding in self._codes.get(condition.id, ()) for code in coding.codes)

    @untracked_property
    def _codes(self) -> Mapping[str, tuple[Coding, ...]]:
        return grouped((coding.condition or "", coding) for coding in self.site.codes.values())

    @query
    def regimens_for(self, condition: Condition) -> tuple[Regimen, ...]:
        """Return the regimens reported for a condition."""
        return self._on("regimens").get(condition.id, ())

    @query
    def narrower_than(self, condition: Condition) -> tuple[Condition, ...]:
        """Return the conditions that are said to be part of a condition."""
        return tuple(one for one in self.conditions if one.broader == condition.id)

    @property
    @query
    def regimens_by_condition(self) -> tuple[tuple[Named | None, tuple[Regimen, ...]], ...]:
        """Return the regimens of each condition: those that most sources report first.

        Last are the regimens of which no source names a condition, under None.
        """
        found = [(Named.of(one), self.regimens_for(one)) for one in self.conditions]
        found.sort(key=lambda pair: -self._sources(pair[1]))
        without = tuple(regimen for regimen in self.regimens if not regimen.conditions)
        return tuple(pair for pair in (*found, (None, without)) if pair[1])

    def _sources(self, regimens: Iterable[Regimen]) -> int:
        """Return how many sources report some regimens."""
        return len({self.source_of(regimen).id for regimen in regimens})

    @query
    def cautions_about(self, condition: Condition) -> tuple[Caution, ...]:
        """Return the cautions that name a condition."""
        return self._on("cautions").get(condition.id, ())

    @query
    def related_cautions(self, condition: Condition) -> tuple[Caution, ...]:
        """Return the cautions that name something broader, narrower or overlapping."""
        return self._related_cautions.get(condition.id, ())

    @untracked_property
    def _related_cautions(self) -> Mapping[str, tuple[Caution, ...]]:
        return grouped(
            (part.condition, caution) for caution in self.cautions for part in caution.related
        )

    @query
    def claims_of_kind(self, kind: str) -> tuple[Claim, ...]:
        """Return the claims of one kind, in source order."""
        return tuple(claim for claim in self.claims if claim.kind == kind)

    @property
    @query
    def terms(self) -> tuple[Term, ...]:
        """Return the words of the glossary by name, capitals taken for small letters."""
        return tuple(sorted(self.site.terms.values(), key=lambda term: term.name.lower()))

    @property
    @query
    def regulatory(self) -> tuple[Event, ...]:
        """The regulatory events, by date."""
        return tuple(event for event in self.events if event.kind == "regulatory")

    @property
    @query
    def substances(self) -> tuple[Substance, ...]:
        """The substance of the site first, then the others in source order."""
        others = self.in_order(self.site.substances.values())
        first = self.site.identity.substance
        return tuple(sorted(others, key=lambda substance: substance.id != first))

    @property
    @query
    def organisations(self) -> tuple[Organisation, ...]:
        """Every organisation in source order."""
        return self.in_order(self.site.organisations.values())

    @property
    @query
    def changes(self) -> tuple[Change, ...]:
        """Every version of the data, newest first."""
        found = self.site.changes.values()
        return tuple(sorted(found, key=lambda change: change.order, reverse=True))

    @property
    @query
    def read_in_full(self) -> tuple[Source, ...]:
        """The sources whose full text was read, so that an omission is an omission of theirs."""
        return tuple(source for source in self.site.sources.values() if source.read == "full text")

    @query
    def claims_on(self, substance: Substance) -> tuple[Claim, ...]:
        """Return the claims about a substance."""
        return tuple(claim for claim in self.claims if claim.substance == substance.id)

    @query
    def studies_by(self, organisation: Organisation) -> tuple[Study, ...]:
        """Return the studies done at an organisation."""
        return self._studies_by.get(organisation.id, ())

    @untracked_property
    def _studies_by(self) -> Mapping[str, tuple[Study, ...]]:
        return grouped(
            (id, study) for study in self.studies for id in dict.fromkeys(study.organisations)
        )

    @query
    def studies_inferred_by(self, organisation: Organisation) -> tuple[Study, ...]:
        """Return the studies whose organisation a curator inferred to be this one."""
        return self._studies_inferred_by.get(organisation.id, ())

    @untracked_property
    def _studies_inferred_by(self) -> Mapping[str, tuple[Study, ...]]:
        return grouped(
            (one.organisation, study)
            for study in self.studies
            for one in study.organisations_inferred
        )

    def conditions_of(
        self, record: Study | Experiment | Regimen | Caution | Claim
    ) -> tuple[Condition, ...]:
        """Return the conditions a record is about."""
        return tuple(self.site.conditions[id] for id in record.conditions)

    @query
    def conditions_named(
        self, record: Study | Experiment | Regimen | Caution | Claim
    ) -> tuple[Named, ...]:
        """Return the names of the conditions that a record is about."""
        return tuple(map(Named.of, self.conditions_of(record)))

    def organisations_of(
        self, record: Study | Event | Substance | Person
    ) -> tuple[Organisation, ...]:
        """Return the organisations a record names."""
        return tuple(self.site.organisations[id] for id in record.organisations)

    def people_of(self, study: Study) -> tuple[Person, ...]:
        """Return the people a study names."""
        return tuple(self.site.people[id] for id in study.people)

    @query
    def neighbours(self, record: Record) -> tuple[Named | None, Named | None]:
        """Return what comes before and after a record in the list of its kind, None at its ends.

        Only records with a page of their own have neighbours.
        """
        return self._neighbours.get(record.key, (None, None))

    @untracked_property
    def _neighbours(self) -> Mapping[tuple[str, str], tuple[Named | None, Named | None]]:
        lists: tuple[Iterable[Record], ...] = (
            self.regimens,
            (*self.studies, *self.analyses),
            self.experiments,
            self.conditions,
            self.site.sources.values(),
        )
        found: dict[tuple[str, str], tuple[Named | None, Named | None]] = {}
        for listed in lists:
            names = tuple(map(Named.of, listed))
            around = zip((None, *names), names, (*names[1:], None), strict=False)
            found.update((here.key, (before, after)) for before, here, after in around)
        return found

    @query
    def links_to(self, study: Study) -> tuple[tuple[Regimen, StudyLink], ...]:
        """Return the regimens that a study may support, each with the link."""
        return self._links.get(study.id, ())

    @untracked_property
    def _links(self) -> Mapping[str, tuple[tuple[Regimen, StudyLink], ...]]:
        return grouped(
            (link.study, (regimen, link)) for regimen in self.regimens for link in regimen.studies
        )


def _when(event: Event) -> tuple[int, tuple[int, int, int]]:
    when = event.when.value
    return (0, when.order) if isinstance(when, When) else (1, (0, 0, 0))
