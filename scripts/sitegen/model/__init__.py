"""The records: what the site knows, each kind in the module of its field."""

from sitegen.model.change import Change, Entry
from sitegen.model.check import Check, Comparison, FieldReference
from sitegen.model.context import Code, Coding, Condition, Organisation, Overlap, Person, Term
from sitegen.model.knowledge import (
    CAUTION_KINDS,
    EXPERIMENT_LANES,
    IN_LANE,
    TOPIC_OF,
    BroaderThan,
    Caution,
    CautionKind,
    Claim,
    Event,
    Identifier,
    Name,
    Parameter,
    Product,
    RegistryNumber,
    Substance,
    Tie,
)
from sitegen.model.locator import Locator, merged
from sitegen.model.record import Record
from sitegen.model.regimen import Courses, Reading, Regimen, StudyLink
from sitegen.model.site import KINDS, Identity, Site, read_address
from sitegen.model.source import Publication, Section, Sentence, Source, Topic, Trait
from sitegen.model.study import Arm, Experiment, Finding, ReportTie, Search, Study
from sitegen.model.values import Frozen, Reported, Slug, Verbatim
from sitegen.model.when import When

__all__ = [
    "CAUTION_KINDS",
    "EXPERIMENT_LANES",
    "IN_LANE",
    "KINDS",
    "TOPIC_OF",
    "Arm",
    "BroaderThan",
    "Caution",
    "CautionKind",
    "Change",
    "Check",
    "Claim",
    "Code",
    "Coding",
    "Comparison",
    "Condition",
    "Courses",
    "Entry",
    "Event",
    "Experiment",
    "FieldReference",
    "Finding",
    "Frozen",
    "Identifier",
    "Identity",
    "Locator",
    "Name",
    "Organisation",
    "Overlap",
    "Parameter",
    "Person",
    "Product",
    "Publication",
    "Reading",
    "Record",
    "Regimen",
    "RegistryNumber",
    "ReportTie",
    "Reported",
    "Search",
    "Section",
    "Sentence",
    "Site",
    "Slug",
    "Source",
    "Study",
    "StudyLink",
    "Substance",
    "Term",
    "Tie",
    "Topic",
    "Trait",
    "Verbatim",
    "When",
    "merged",
    "read_address",
]
