"""The whole of what the site knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar

from pydantic import PlainValidator, model_validator

from sitegen.model import published, written
from sitegen.model.caution import Caution
from sitegen.model.change import Change
from sitegen.model.check import Check, Comparison
from sitegen.model.context import Coding, Condition, Organisation, Person, Term
from sitegen.model.knowledge import (
    Claim,
    Event,
    Parameter,
    Product,
    Substance,
)
from sitegen.model.ledger import Ledger
from sitegen.model.locator import Locator
from sitegen.model.record import Record
from sitegen.model.regimen import Regimen
from sitegen.model.source import Sentence, Source
from sitegen.model.study import Experiment, ReportTie, Study
from sitegen.model.values import (
    Day,
    Frozen,
    Prose,
    Slug,
    SourceId,
    SubstanceId,
    Version,
)
from sitegen.model.vocabulary import BUILT_IN, Vocabulary

R = TypeVar("R", bound=Record)

KINDS: tuple[type[Record], ...] = (
    Source,
    Substance,
    Condition,
    Study,
    ReportTie,
    Experiment,
    Regimen,
    Product,
    Caution,
    Claim,
    Event,
    Organisation,
    Person,
    Term,
    Parameter,
    Check,
    Comparison,
    Coding,
    Change,
)


_REPOSITORY = r"https://[\w./-]+[\w-]"


def _read_repository(value: object) -> str | None:
    if value == "not set":
        return None
    if not isinstance(value, str) or not re.fullmatch(_REPOSITORY, value):
        raise ValueError("must be 'not set' or an address such as 'https://host/owner/name'")
    return value


Repository = Annotated[
    str | None,
    PlainValidator(_read_repository),
    written.Described(
        lambda: written.matching(rf"not set|{_REPOSITORY}", "an address", "'https://host/name'"),
        published.TEXT,
    ),
]

_ADDRESS = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?P<port>[0-9]{1,5}))?"
    r"(?:/(?!\.{1,2}(?:/|$))(?:[A-Za-z0-9._~@+-]|%[0-9A-Fa-f]{2})+)*"
)


def read_address(value: object) -> str | None:
    """Return where a site is published, without a slash at its end; None for `not set`.

    Raise ValueError for what is not an address of a host and, if need be, a port and a path.
    """
    if value == "not set":
        return None
    address = value.removesuffix("/") if isinstance(value, str) else ""
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found["port"] or 0) > _LAST_PORT:
        raise ValueError(
            "must be 'not set' or where the site is published, such as 'https://host/path'"
        )
    return address


def _read_folder(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(_FOLDER, value):
        raise ValueError("must be the path of the data folder in the repository, such as 'data'")
    return value


def _read_login(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(_LOGIN, value):
        raise ValueError("must be the address of a server, such as 'https://host/auth'")
    return value


_LAST_PORT = 65_535
_FOLDER = r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*"
_LOGIN = r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*"
Address = Annotated[
    str | None,
    PlainValidator(read_address),
    written.Described(
        lambda: written.matching(r"not set|https?://\S+", "an address", "'https://host/path'"),
        published.TEXT,
    ),
]


DataFolder = Annotated[
    str,
    PlainValidator(_read_folder),
    written.Described(
        lambda: written.matching(_FOLDER, "a path in the repository", "'examples/other/data'"),
        published.TEXT,
    ),
]
Login = Annotated[
    str,
    PlainValidator(_read_login),
    written.Described(
        lambda: written.matching(_LOGIN, "an address", "'https://host/auth'"), published.TEXT
    ),
]


class RecordForm(Frozen):
    """The form in which records can be written, below `admin/`: where it saves, and as whom."""

    backend: Literal["local", "github", "gitlab", "gitea"]
    """Where it saves: to files of your own machine, or to the forge at `repository`."""
    login: Login | None = None
    """For `github`: the address of the server that signs people in."""
    app_id: Prose | None = None
    """For `gitlab` and `gitea`: the id that the forge gave the form as an application."""
    branch: Prose = "main"
    """The branch it reads; `gitea` saves to it, `github` and `gitlab` propose changes to it."""
    folder: DataFolder = "data"
    """The path of the data folder in the repository."""

    @model_validator(mode="after")
    def _can_sign_in(self) -> RecordForm:
        if (self.backend == "github") != bool(self.login):
            raise ValueError("must have a 'login' for github, and none for another backend")
        if (self.backend in ("gitlab", "gitea")) != bool(self.app_id):
            raise ValueError("must have an 'app_id' for gitlab or gitea, and none for another")
        return self


class Identity(Frozen):
    """What this reference is: `data/site.yml`."""

    name: Slug
    """The name of the export's file."""
    title: Prose
    """The title of the site."""
    substance: SubstanceId
    """The substance it is about."""
    source: SourceId
    """The source it was first built from."""
    description: Prose
    """One sentence for search engines and feeds."""
    lead: Prose
    """What the site holds, in a sentence; the front page has it above its sources."""
    version: Version
    """The version of the data."""
    released: Day
    """The day of that version."""
    repository: Repository
    """The address of the project, or `not set`."""
    address: Address = None
    """The address at which the site is published, or `not set`."""
    form: RecordForm | None = None
    """The form in which records can be written; without it, the site has none."""

    @property
    def maintainers(self) -> str:
        """Whom to name as the author, as the licences do."""
        return f"The {self.title} maintainers"


@dataclass(frozen=True, eq=False)
class Site:
    """Every record, by kind and id, in the order of ids."""

    identity: Identity
    records: Mapping[str, Mapping[str, Record]]
    drawings: Mapping[str, bytes] = field(default_factory=dict)
    """The drawing of a substance's structure, as SVG, by the substance's id."""
    vocabulary: Vocabulary = BUILT_IN
    """The units, routes, languages and terminologies that its records know."""
    ledger: Ledger | None = None
    """What was published at the last release, where the data folder keeps it."""

    def all(self) -> Iterator[Record]:
        """Yield every record of every kind."""
        for kind in self.records.values():
            yield from kind.values()

    def of(self, kind: type[R]) -> Mapping[str, R]:
        """Return the records of one kind by id."""
        return self.records[kind.folder]  # type: ignore[return-value]

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return self.of(Source)

    @property
    def substances(self) -> Mapping[str, Substance]:
        """Substances and classes by id."""
        return self.of(Substance)

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """Conditions by id."""
        return self.of(Condition)

    @property
    def studies(self) -> Mapping[str, Study]:
        """Study reports by id."""
        return self.of(Study)

    @property
    def ties(self) -> Mapping[str, ReportTie]:
        """Ties between reports by id."""
        return self.of(ReportTie)

    @property
    def experiments(self) -> Mapping[str, Experiment]:
        """Experiments in animals and in vitro by id."""
        return self.of(Experiment)

    @property
    def regimens(self) -> Mapping[str, Regimen]:
        """Regimens by id."""
        return self.of(Regimen)

    @property
    def products(self) -> Mapping[str, Product]:
        """Presentations by id."""
        return self.of(Product)

    @property
    def cautions(self) -> Mapping[str, Caution]:
        """Cautions by id."""
        return self.of(Caution)

    @property
    def claims(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return self.of(Claim)

    @property
    def events(self) -> Mapping[str, Event]:
        """Events by id."""
        return self.of(Event)

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return self.of(Organisation)

    @property
    def people(self) -> Mapping[str, Person]:
        """People by id."""
        return self.of(Person)

    @property
    def terms(self) -> Mapping[str, Term]:
        """Terms by id."""
        return self.of(Term)

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Parameters by id."""
        return self.of(Parameter)

    @property
    def checks(self) -> Mapping[str, Check]:
        """Checks by id."""
        return self.of(Check)

    @property
    def comparisons(self) -> Mapping[str, Comparison]:
        """Comparisons by id."""
        return self.of(Comparison)

    @property
    def codes(self) -> Mapping[str, Coding]:
        """Codes by subject."""
        return self.of(Coding)

    @property
    def changes(self) -> Mapping[str, Change]:
        """Changes by id."""
        return self.of(Change)

    def sentence(self, locator: Locator, place: str) -> Sentence | None:
        """Return the sentence at a place of the locator's source, or None where there is none."""
        source = self.sources.get(locator.source)
        return source.sentence(place) if source else None
