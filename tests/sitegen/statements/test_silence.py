"""No statement says that sources are silent of which none was read for it.

Each way a source can have been read, each topic it can have been read for, one source and several,
and each word of absence: what is said of sources is held against how they were read.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from made_records import regimen
from sound import FILES, MORE, replace, rich_folder, sound_folder, write

from sitegen.derive.relations import Relations
from sitegen.derive.safety import Listing, contraindications, groups_of_kind
from sitegen.model import CAUTION_KINDS, TOPIC_OF, CautionKind, EventCount, Source, Topic
from sitegen.model.absence import Absence
from sitegen.model.caution import Relatedness
from sitegen.read.load import load
from sitegen.statements import agreement, counts, silence
from sitegen.statements.conditions import condition_line
from sitegen.statements.coverage import coverage
from sitegen.statements.safety import (
    contraindicated_line,
    counts_line,
    denials_by_source,
    events_line,
    group_remark,
    harms_line,
    is_read_for_cautions,
    listing_line,
    not_cautioned_line,
    related_line,
    tensions_line,
)
from sitegen.statements.sources import register_line
from sitegen.statements.unreported import silence_line

READS = get_args(Source.model_fields["read"].annotation)
TOPICS: tuple[tuple[str, ...], ...] = (
    (),
    ("contraindications",),
    ("adverse effects",),
    ("dosage", "study methods"),
    ("contraindications", "interactions"),
)
WAYS = [(read, topics) for read in READS for topics in (TOPICS if read != "full text" else [()])]
EVERY_TOPIC = get_args(Topic)
PAIRS = list(
    product(
        WAYS,
        [("single facts", ()), ("abstract", ("contraindications",)), ("abstract", EVERY_TOPIC)],
    )
)
ALONE = ("contraindication", "adverse effects", "interaction", "dependence", "overdose")
"""Kinds of which no statement is filed under another kind."""
SILENT = re.compile(
    r"\b(?:does not list|reports? none|lists? it|none listed|silent on)\b", re.IGNORECASE
)


def read_as(data: Path, name: str, way: tuple[str, tuple[str, ...]]) -> None:
    read, topics = way
    path = data / f"sources/{name}.yml"
    line = f"read: {read}" + (f"\nread_for: [{', '.join(topics)}]" if topics else "")
    path.write_text(re.sub("(?m)^read: .*$", line, path.read_text("utf-8")), "utf-8")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The rich folder without cautions."""
    data = rich_folder(tmp_path)
    for name in ("sleep", "sleep-paper"):
        (data / f"cautions/{name}.yml").unlink()
    return data


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def read_for(known: Relations, topic: Topic) -> int:
    return sum(source.was_read_for(topic) for source in known.site.sources.values())


# ---- every way that sources can have been read --------------------------------------------------


@pytest.mark.parametrize(("leaflet", "paper"), PAIRS)
def test_silence_is_that_of_the_sources_read(
    bare: Path, leaflet: tuple[str, tuple[str, ...]], paper: tuple[str, tuple[str, ...]]
) -> None:
    read_as(bare, "leaflet", leaflet)
    read_as(bare, "paper", paper)
    known = relations(bare)
    count = read_for(known, "contraindications")
    any_read = any(read_for(known, topic) for topic in TOPIC_OF.values())

    line = contraindicated_line(known, None)
    assert (
        line
        == {
            0: "No source was read to the end for contraindications",
            1: "The one source read for contraindications does not list it",
            2: "None of 2 sources read for contraindications lists it",
        }[count]
    )
    assert line in condition_line(known.site.conditions["yawning"], known)
    assert is_read_for_cautions(known) is any_read
    assert not_cautioned_line(known) == ("none listed" if any_read else "not read for this")
    assert {row.cautioned for row in coverage(known)} == {"no" if any_read else "not read for this"}
    for kind in ALONE:
        said, read = silence_line(known, kind), read_for(known, TOPIC_OF[kind])
        assert said is not None
        assert bool(SILENT.search(said)) is bool(read), (kind, said)
        assert (str(read) in said) is (read > 1), (kind, said)
    unread = [
        topic
        for topic in ("contraindications", "adverse effects", "interactions")
        if not read_for(known, topic)  # type: ignore[arg-type]
    ]
    assert ("no source was read to the end" in counts_line(known)) is bool(unread)
    assert all(topic in counts_line(known).rpartition(";")[2] for topic in unread)


@pytest.mark.parametrize(
    ("leaflet", "paper"),
    [pair for pair in PAIRS if pair[0][1] in ((), ("contraindications",))],
)
@pytest.mark.parametrize("lists", ["leaflet", "paper", "both"])
def test_denominators_are_the_sources_read(
    bare: Path, leaflet: tuple[str, tuple[str, ...]], paper: tuple[str, tuple[str, ...]], lists: str
) -> None:
    read_as(bare, "leaflet", leaflet)
    read_as(bare, "paper", paper)
    for name, text in (("sleep", FILES), ("sleep-paper", MORE)):
        if lists in ("both", "leaflet" if name == "sleep" else "paper"):
            content = text[f"cautions/{name}.yml"] + "conditions: [yawning]\n"
            write(bare, f"cautions/{name}.yml", content)
    known = relations(bare)

    [row] = contraindications(known)
    line = listing_line(row)
    read = read_for(known, "contraindications")
    only_unread = bool(read) and not any(
        entry.listing is Listing.LISTED and entry.source.was_read_for("contraindications")
        for entry in row.by_source
    )
    assert (f"of {read} sources read" in line) is (read > 1 and not only_unread)
    assert ("the one source read" in line.lower()) is (read == 1 and not only_unread)
    assert (f"none of the {read} that were" in line) is (read > 1 and only_unread)
    assert ("the one that was does not list it" in line) is (read == 1 and only_unread)
    for entry in row.by_source:
        was_read = entry.source.was_read_for("contraindications")
        assert entry.listing is not (Listing.NOT_READ if was_read else Listing.NOT_LISTED)
    outside = sum(
        entry.listing is Listing.LISTED and not entry.source.was_read_for("contraindications")
        for entry in row.by_source
    )
    assert ("not read " in line) is bool(outside)


# ---- words that leave a matter open -------------------------------------------------------------

CAUTION = "name: A\nkind: {kind}\nat: leaflet safety.1.1\nstance: {stance}\nsays: {says}\n"


@pytest.mark.parametrize(("kind", "word"), list(product(CAUTION_KINDS, Absence)))
def test_what_is_unclear_or_unread_is_not_said_to_be_left_out(
    bare: Path, kind: CautionKind, word: Absence
) -> None:
    text = CAUTION.format(kind=kind, stance="reported", says=word.value)
    write(bare, "cautions/a.yml", f"{text}detail: A detail.\n")

    line = silence_line(relations(bare), kind)

    assert line is not None
    is_open = word in (Absence.UNCLEAR, Absence.NOT_EXTRACTED)
    assert ("is unclear on" in line) is (word is Absence.UNCLEAR)
    assert ("has not been read on" in line) is (word is Absence.NOT_EXTRACTED)
    assert not (is_open and SILENT.search(line))


@pytest.mark.parametrize(
    ("stance", "says", "listing", "said"),
    [
        ("denied", "It may be used in it", Listing.DENIED, "1 source denies it"),
        ("reported", "none observed", Listing.DENIED, "1 source denies it"),
        ("reported", "unclear", Listing.UNCLEAR, "1 source is unclear on it"),
        ("reported", "not extracted", Listing.NOT_LISTED, ""),
        ("reported", "not reported", Listing.NOT_LISTED, ""),
    ],
)
@pytest.mark.parametrize("subject", ["conditions: [yawning]", "subject: Sleeping"])
def test_a_source_that_denies_a_contraindication_or_is_unclear_does_not_leave_it_out(
    bare: Path, stance: str, says: str, listing: Listing, said: str, subject: str
) -> None:
    paper = MORE["cautions/sleep-paper.yml"].replace("name: Sleep, in the paper", "name: Sleeping")
    paper = paper.replace("subject: sleep\n", "")
    write(bare, "cautions/b.yml", f"{paper}{subject}\n")
    text = CAUTION.format(kind="contraindication", stance=stance, says=says)
    write(bare, "cautions/a.yml", f"{text}detail: A detail.\n{subject}\n")
    known = relations(bare)

    [row] = contraindications(known)
    [entry] = [entry for entry in row.by_source if entry.source.id == "leaflet"]
    assert entry.listing is listing
    assert said in listing_line(row)
    conflicts = [(one.about, one.field) for one in agreement.sections(known)[0].found]
    assert ((row.name, "contraindication") in conflicts) is (listing is Listing.DENIED)


# ---- what the records have and have not ---------------------------------------------------------


@pytest.mark.parametrize("what", ["regimen", "report of a study", "person"])
def test_that_the_records_have_none_says_nothing_of_sources(what: str) -> None:
    assert silence.none_recorded(what) == f"No {what} is in the records."


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("drawn", [True, False])
def test_parts_without_content_are_known_of_sources_read_in_full(
    tmp_path: Path, read: str, drawn: bool
) -> None:
    data = sound_folder(tmp_path)
    read_as(data, "leaflet", (read, ()))
    if not drawn:
        text = (data / "sources/leaflet.yml").read_text("utf-8")
        heading = "sections:\n  - id: shop\n    heading: Where to buy\n"
        write(data, "sources/leaflet.yml", text.replace("sections:\n", heading))
    known = relations(data)
    line, parts = silence.undrawn_parts_line(known), silence.undrawn_parts(known)

    assert ("No source was read in full" in line) is (read != "full text")
    assert bool(parts) is (read == "full text" and not drawn)
    assert ("that no record cites" in line) is bool(parts)
    for source, section in parts:
        assert silence.undrawn_part_line(known, source, section) == "no sentences"


@pytest.mark.parametrize("read", READS)
def test_a_section_has_no_sentence_only_where_the_source_was_read_in_full(
    tmp_path: Path, read: str
) -> None:
    data = sound_folder(tmp_path)
    read_as(data, "leaflet", (read, ()))
    source = load(data).site.sources["leaflet"]

    assert (silence.empty_section_line(source) == "It has no sentence.") is (read == "full text")


def test_a_register_says_what_it_holds(tmp_path: Path) -> None:
    sources = load(rich_folder(tmp_path)).site.sources

    assert "The figures are as the source writes them" in register_line(sources["leaflet"])
    assert "Only these facts were noted" in register_line(sources["paper"])
    empty = sources["paper"].model_copy(update={"sentences": ()})
    assert register_line(empty).startswith("No fact was noted from it")


# ---- studies: none, in the first source, in others ----------------------------------------------


def without(data: Path, *names: str) -> None:
    """Delete reports with the tie between them and the link to them."""
    (data / "ties/hiccups.yml").unlink()
    for name in names:
        (data / f"studies/{name}.yml").unlink()
    if "hiccups" in names:
        link = "studies:\n  - study: hiccups\n    link: inferred\n    why: Same condition.\n"
        replace(data, "regimens/hiccups.yml", link, "")


@pytest.mark.parametrize(
    ("gone", "completeness", "harms", "answers"),
    [
        (
            (),
            "1 report of a study in “Examplin: the leaflet”."
            " For each question, how many answer it.",
            "Reports in “Examplin: the leaflet” that say",
            "The table has the reports of one source, Examplin: the leaflet, read as full text."
            " The others come from 1 abstract.",
        ),
        (
            ("trial",),
            "1 report of a study. For each question, how many answer it.",
            "Reports that say",
            "The table has the reports of one source, Examplin: the leaflet, read as full text.",
        ),
        (
            ("hiccups",),
            "1 report of a study. For each question, how many answer it.",
            "Reports that say",
            "The table has every report. They come from 1 abstract.",
        ),
        (
            ("hiccups", "trial"),
            "No report of a study in people is in the records.",
            "No report of a study in people is in the records.",
            None,
        ),
    ],
)
def test_reports_are_counted_where_there_are_any(
    bare: Path, gone: tuple[str, ...], completeness: str, harms: str, answers: str | None
) -> None:
    if gone:
        without(bare, *gone)
    known = relations(bare)

    assert counts.completeness_line(known) == completeness
    assert harms_line(known).startswith(harms)
    assert answers is None or counts.answers_line(known) == answers


def test_evaluative_words_are_supported_only_where_there_are_any(bare: Path) -> None:
    assert silence.unsupported_line(relations(bare)) is None

    replace(bare, "studies/hiccups.yml", "    emphasis: [very good result]\n", "")
    assert silence.unsupported_line(relations(bare)) == (
        "No finding in evaluative words is in the records."
    )

    without(bare, "hiccups", "trial")
    assert silence.unsupported_line(relations(bare)) == (
        "No report of a study in people is in the records."
    )


def test_findings_whose_support_was_not_read_for_are_not_said_to_lack_it(bare: Path) -> None:
    text = (bare / "studies/hiccups.yml").read_text("utf-8")
    for field in ("comparator", "effect"):
        text = text.replace(f"{field}: not reported", f"{field}: not extracted")
    write(bare, "studies/hiccups.yml", text)

    assert silence.unsupported_line(relations(bare)) == (
        "No report of a finding in evaluative words lacks what it was read for."
    )


def test_that_no_caution_meets_a_study_says_why(bare: Path) -> None:
    assert tensions_line(relations(bare)) == "No contraindication is in the records."

    sleep = FILES["cautions/sleep.yml"]
    write(bare, "cautions/sleep.yml", f"{sleep}conditions: [yawning]\n")
    assert "is of a condition that was studied" in str(tensions_line(relations(bare)))

    write(bare, "cautions/sleep.yml", f"{sleep}conditions: [hiccups]\n")
    assert tensions_line(relations(bare)) is None

    without(bare, "hiccups", "trial")
    assert tensions_line(relations(bare)) == "No study in people is in the records."


# ---- sources and regimens -----------------------------------------------------------------------


def test_sources_are_counted(tmp_path: Path) -> None:
    one = relations(sound_folder(tmp_path / "one"))
    two = relations(rich_folder(tmp_path / "two"))

    assert counts.sources_line(one).startswith("1 source: ")
    assert counts.sources_line(two).startswith("2 sources: ")


def test_denials_of_the_same_sources_are_together_with_how_they_are_said(bare: Path) -> None:
    for number, says in enumerate(("none observed", "It does not occur", "none observed")):
        text = CAUTION.format(kind="overdose", stance="denied", says=says)
        write(bare, f"cautions/a{number}.yml", f"{text}subject: S{number}\ndetail: A detail.\n")

    found = [
        ([source.id for source in sources], line, len(several))
        for sources, line, several in denials_by_source(relations(bare))
    ]
    assert found == [
        (["leaflet"], "none reported (method not recorded)", 2),
        (["leaflet"], "claimed not to occur", 1),
    ]


ABOUT_NOTHING = FILES["cautions/sleep.yml"].replace("subject: sleep\n", "")


@pytest.mark.parametrize("how", get_args(Relatedness))
def test_contraindications_that_name_something_else_are_counted(bare: Path, how: str) -> None:
    assert related_line(relations(bare)) is None

    write(bare, "cautions/sleep.yml", FILES["cautions/sleep.yml"])
    [group] = groups_of_kind(relations(bare), "contraindication")
    assert group_remark(relations(bare), group) is None

    other = f"related: [{{condition: yawning, how: {how}, why: It names something else.}}]\n"
    write(bare, "cautions/sleep.yml", ABOUT_NOTHING + other)
    one = f"1 of the 1 contraindication names something {how}, not the linked condition"
    assert related_line(relations(bare)) == one
    [group] = groups_of_kind(relations(bare), "contraindication")
    words = {"broader": "broader than", "narrower": "narrower than", "overlapping": "overlaps"}
    assert group_remark(relations(bare), group) == f"{words[how]} Yawning"

    write(bare, "cautions/sleep-2.yml", ABOUT_NOTHING + other)
    two = f"2 of the 2 contraindications name something {how}, not the linked conditions"
    assert related_line(relations(bare)) == two


def test_an_event_is_counted_as_its_source_counts_it() -> None:
    given = {"of": "40 people", "events": "3", "at": "leaflet safety.1.1"}
    assert events_line(EventCount.model_validate(given)) == "3 of 40\u00a0people"


@pytest.mark.parametrize("word", ["unclear", "not reported", "not extracted"])
def test_values_without_an_answer_are_counted_by_their_word(bare: Path, word: str) -> None:
    def counted(text: str) -> int:
        found = re.search(rf"([0-9]+) {word}", text)
        return int(found[1]) if found else 0

    before = silence.gaps_line(relations(bare))
    replace(
        bare,
        "studies/trial.yml",
        "eligibility: Patients with severe hiccups",
        f"eligibility: {word}",
    )

    assert before.startswith("Values without an answer: ")
    assert counted(silence.gaps_line(relations(bare))) == counted(before) + 1


@pytest.mark.parametrize("word", Absence)
def test_a_legend_explains_the_words_of_absence_in_records_and_no_other(word: Absence) -> None:
    absent = dict.fromkeys(("people", "each", "volume", "daily", "length"), word.value)
    one = regimen(**absent, times="2 per day", strength="1 %", route="oral")

    legend = silence.absence_legend([one])

    assert legend.startswith(f"{str(word).capitalize()}: ")
    assert [other for other in Absence if f"{str(other).capitalize()}: " in legend] == [word]


def test_records_without_a_word_of_absence_need_no_legend() -> None:
    assert silence.absence_legend([]) == ""
