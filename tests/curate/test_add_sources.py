"""Sources from files of references: every part of a name, nothing invented, no source twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filling import fill, open_lines
from sound import problems, rich_folder

import build
from curate.mend import mend
from curate.schemas import FOLDER
from sitegen.read.yamlfile import parsed

# Invented references, each in its format.
RIS = """\
TY  - JOUR
TI  - Examplin in winter fatigue: a trial
AU  - van der Berg, Clara, Jr
AU  - Müller, Jean-Pierre
AU  - Institute of Invented Medicines
PY  - 1998
DA  - 1998/04/12/
JO  - J Invent Med
VL  - 12
IS  - 3
SP  - 101
EP  - 109
DO  - https://doi.org/10.1000/examplin.1998
UR  - https://example.org/sample-1998
LA  - eng
ER  -
"""
BIBTEX = r"""
@article{berg, author={van der Berg, Jr, Clara and {Institute of Invented Medicines}
    and M{\"u}ller, J{\'e}r{\^o}me and others},
  title={On {E}xamplin and \emph{fatigue}}, journal={J Invent Med}, month=apr, year=1998,
  pages={101--109}, volume=12, doi={10.1000/a\_b}, langid={english}}
"""
CSL = """\
[{"type": "article-journal", "title": "Examplin at 10<sup>6</sup> <i>in vitro</i> &amp; more",
  "author": [
    {"family": "Berg", "given": "Clara", "non-dropping-particle": "van der", "suffix": "Jr"},
    {"literal": "Institute of Invented Medicines"},
    {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}],
  "issued": {"date-parts": [[1998, "4"]]}, "container-title": "Journal of Invented Medicine",
  "container-title-short": "J Invent Med", "volume": 12, "page": "101–109", "DOI": "10.1000/X",
  "language": "en", "note": "PMID: 87654321\\nPMCID: PMC7654321"}]
"""
PUBMED = """\
<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://example.org/p.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">87654321</PMID><Article>
<Journal><JournalIssue><Volume>12</Volume><PubDate><MedlineDate>1998 Mar-Apr</MedlineDate>
</PubDate></JournalIssue><Title>Journal of Invented Medicine</Title></Journal>
<ArticleTitle>[Examplin at 10<sup>6</sup> <i>in vitro</i>.]</ArticleTitle>
<Pagination><MedlinePgn>101-9</MedlinePgn></Pagination>
<AuthorList CompleteYN="N"><Author><LastName>van der Berg</LastName>
<ForeName>Clara Anna</ForeName><Initials>CA</Initials><Suffix>Jr</Suffix></Author>
<Author><CollectiveName>Institute of Invented Medicines</CollectiveName></Author></AuthorList>
<Language>rus</Language><PublicationTypeList><PublicationType>Journal Article</PublicationType>
<PublicationType>Review</PublicationType></PublicationTypeList>
<VernacularTitle>Экземплин.</VernacularTitle></Article>
<MedlineJournalInfo><MedlineTA>J Invent Med</MedlineTA></MedlineJournalInfo>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">
<RefSource>J Invent Med. 1999;13(1):1</RefSource></CommentsCorrections></CommentsCorrectionsList>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/y</ArticleId>
<ArticleId IdType="pmc">PMC7654321</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>
"""
BERG = {"particle": "van der", "family": "Berg", "given": "Clara", "suffix": "Jr"}
BODY = {"literal": "Institute of Invented Medicines"}
MISSING = "not extracted"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (folder := rich_folder(tmp_path)).joinpath(FOLDER).mkdir()  # the schemas are tried elsewhere
    return folder


def add(data: Path, text: str, name: str = "refs.txt") -> int:
    """The status of the command for a file with a text."""
    file = data.parent / name
    file.write_text(text, encoding="utf-8")
    return build.main(["--data", str(data), "add", str(file)])


def added(data: Path, text: str) -> dict[str, Any]:
    """The content of the one source that a file adds."""
    before = set((data / "sources").iterdir())
    assert add(data, text) == 0
    (path,) = set((data / "sources").iterdir()) - before
    return parsed(path.read_text(encoding="utf-8"), path.name)


def test_ris_is_read(data: Path) -> None:
    found = added(data, RIS)

    assert found["title"] == "Examplin in winter fatigue: a trial"
    assert found["author"] == [BERG, {"family": "Müller", "given": "Jean-Pierre"}, BODY]
    assert (found["kind"], found["language"]) == ("journal article", "en")
    assert (found["published"], found["address"]) == (
        "1998-04-12",
        "https://example.org/sample-1998",
    )
    assert found["publication"] == {
        "journal": "J Invent Med",
        "volume": "12",
        "issue": "3",
        "pages": "101-109",
        "pmid": MISSING,
        "pmcid": MISSING,
        "doi": "10.1000/examplin.1998",
    }


def test_bibtex_is_read(data: Path) -> None:
    found = added(data, BIBTEX)

    assert found["title"] == "On Examplin and fatigue"
    assert found["author"] == [BERG, BODY, {"family": "Müller", "given": "Jérôme"}, "others"]
    assert (found["published"], found["language"]) == ("1998-04", "en")
    assert found["publication"]["doi"] == "10.1000/a_b"
    assert found["publication"]["pages"] == "101-109"
    assert (found["publication"]["issue"], found["address"]) == (MISSING, MISSING)


def test_csl_json_is_read(data: Path) -> None:
    found = added(data, CSL)

    assert found["title"] == "Examplin at 10⁶ in vitro & more"
    humboldt = {"family": "Humboldt", "given": "Alexander", "dropping_particle": "von"}
    assert found["author"] == [BERG, BODY, humboldt]
    assert found["published"] == "1998-04"
    assert found["publication"]["journal"] == "J Invent Med"
    assert found["publication"]["pmid"] == "87654321"
    assert found["publication"]["pmcid"] == "PMC7654321"


def test_the_xml_of_pubmed_is_read(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = added(data, PUBMED)

    assert (found["title"], found["title_is"]) == ("Examplin at 10⁶ in vitro", "translated")
    assert (found["original_title"], found["language"]) == ("Экземплин", "ru")
    assert found["author"] == [{**BERG, "given": "Clara Anna"}, BODY, "others"]
    assert (found["kind"], found["published"]) == ("review", "1998")
    assert found["publication"]["types"] == ["Journal Article", "Review"]
    assert found["publication"]["doi"] == "10.1000/y"
    notice = "J Invent Med. 1999;13(1):1"
    assert found["state"] == [{"word": "retracted", "on": MISSING, "notice": notice}]
    assert "of the date '1998 Mar-Apr' the year was taken" in capsys.readouterr().out


@pytest.mark.parametrize("text", [RIS, BIBTEX, CSL, PUBMED], ids=["ris", "bib", "csl", "xml"])
def test_what_is_started_is_open_where_the_check_says_and_sound_once_filled(
    data: Path, text: str
) -> None:
    assert add(data, text) == 0
    path = data / "sources" / "berg-1998.yml"
    lines = open_lines(path.read_text(encoding="utf-8"))

    assert [int(one.split(":")[1]) for one in problems(data)] == lines
    fill(path, lines)
    assert problems(data) == []


@pytest.mark.parametrize("text", [RIS, BIBTEX, CSL, PUBMED], ids=["ris", "bib", "csl", "xml"])
def test_what_is_started_has_its_fields_in_the_order_that_mend_wants(data: Path, text: str) -> None:
    assert add(data, text) == 0
    [file] = mend(data, [data / "sources" / "berg-1998.yml"])

    assert file.after == file.before


def test_all_references_of_a_file_are_added_and_the_same_again_are_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = RIS.replace("winter fatigue: a trial", "spring").replace("examplin.1998", "spring")
    assert add(data, f"{RIS}\n{other}") == 0
    assert {path.stem for path in (data / "sources").iterdir()} >= {"berg-1998", "berg-1998-2"}
    capsys.readouterr()

    assert add(data, f"{RIS}\n{other}") == 1
    said = capsys.readouterr().err
    there = f"{data.as_posix()}/sources/berg-1998.yml:"
    assert f"refs.txt:1: entry 1: is there already, by its DOI: {there}" in said
    assert "; to start it anew, delete that file\n" in said
    assert "refs.txt:18: entry 2: is there already, by its DOI: " in said
    assert "2 not added." in said


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (RIS.replace("examplin.1998", "HICCUPS"), "DOI: {}/sources/paper.yml:21; to start"),
        (CSL.replace("87654321", "12345678"), "PMID: {}/sources/paper.yml:19; to start"),
        (
            RIS.replace("winter fatigue: a trial", "Hiccups."),
            "title: {}/sources/paper.yml:1; to start",
        ),
        (RIS + RIS.replace("1998", "1999"), "title: entry 1 of this file\n"),
    ],
)
def test_a_duplicate_is_refused_with_its_record_and_line(
    data: Path, capsys: pytest.CaptureFixture[str], text: str, what: str
) -> None:
    assert add(data, text) == 1
    said = what.format(data.as_posix())
    assert f"is there already, by its {said}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Berg C. Examplin. 1998.", ":1: holds no references that are known here: CSL-JSON, "),
        ("", ":1: holds no references that are known here"),
        (RIS.replace("ER  -", ""), ":1: has 1 entries that begin ('TY  -') and 0 that end"),
        (RIS.replace("TI  -", "N1  -"), ":1: entry 1: has no title: a source needs one"),
        (RIS.replace("Müller, Jean-Pierre", "Smith J"), "the author 'Smith J' can be a person or"),
        (RIS.replace("1998/04/12/", "spring"), ":1: entry 1: the year 'spring' is not understood"),
        (
            RIS.replace("10.1000/", "see "),
            ":1: entry 1: doi must be a number such as '10.1000/182'",
        ),
        ("@article{a, title={A", ":1: is not BibTeX: "),
        (
            BIBTEX.replace("fatigue}", "fatigue} \\oops{x}"),
            "title holds LaTeX that is not understood",
        ),
        ('[{"title": "A"', ":1: line 1: is not JSON: "),
        ('["A"]', ":1: line 1: an entry must be an object in braces"),
        (CSL.replace('[[1998, "4"]]', '[], "raw": "one day"'), "issued must be a date such as"),
        (CSL.replace('"family": "Berg", ', ""), "author must have a family name, or the literal"),
        ("<html/>", ":1: holds no PubmedArticle: save the records of PubMed as XML"),
        ("<a><b></a>", ":1: is not well-formed XML: "),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ":1: declares entities, which are not read"),
    ],
)
def test_what_is_not_understood_is_refused_and_nothing_is_written(
    data: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    before = sorted(data.rglob("*.yml"))

    assert add(data, text) == 1
    assert says in capsys.readouterr().err
    assert sorted(data.rglob("*.yml")) == before


def test_what_a_file_lacks_is_not_extracted_or_left_open(data: Path) -> None:
    found = added(data, "TY  - RPRT\nTI  - A report\nER  - \n")

    assert (found["title"], found["kind"], found["language"]) == ("A report", "", "")
    assert {found[name] for name in ("author", "published", "address", "references")} == {MISSING}
    assert "publication" not in found


def test_a_journal_that_is_not_named_is_left_open(data: Path) -> None:
    found = added(data, "TY  - JOUR\nTI  - A paper\nDO  - 10.1000/paper\nER  - \n")

    assert (found["publication"]["journal"], found["publication"]["doi"]) == ("", "10.1000/paper")


def test_a_file_that_is_missing_or_no_text_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data.parent / "latin.ris").write_bytes("TY  - JOUR\nTI  - Über\nER  - \n".encode("latin-1"))

    for name, says in (("none.ris", "the file is missing"), ("latin.ris", "is not UTF-8 text")):
        assert build.main(["--data", str(data), "add", str(data.parent / name)]) == 1
        assert f"{name}:1: {says}" in capsys.readouterr().err


# ---- what was read of it -------------------------------------------------------------------------

ABSTRACT = "We gave 40 adults 4 mg twice a day.\n\nAt day 30 they slept better (p = 0.01).\n"


def add_read(data: Path, text: str, *more: str, references: str = RIS) -> int:
    """The status of the command for a source of which a text was read."""
    file, read = data.parent / "refs.ris", data.parent / "read.txt"
    file.write_text(references, encoding="utf-8")
    read.write_text(text, encoding="utf-8")
    return build.main(["--data", str(data), "add", str(file), "--text", str(read), *more])


def test_what_was_read_fills_the_register_and_leaves_the_gists(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add_read(data, ABSTRACT) == 0
    said = capsys.readouterr().out
    found = parsed((data / "sources/berg-1998.yml").read_text("utf-8"), "x")

    assert (found["read"], found["verified"]["level"]) == ("abstract", "record")
    assert found["verified"]["on"] == str(date.today())
    assert found["verified"]["seen_at"] == "", "nobody has said that an address was opened"
    assert found["sections"] == [{"id": "abstract", "heading": "Abstract"}]
    assert [entry["at"] for entry in found["sentences"]] == ["abstract.1.1", "abstract.1.2"]
    assert [entry["figures"] for entry in found["sentences"]] == [
        ["40 adults", "4 mg", "twice a day"],
        ["day 30", "p = 0.01"],
    ]
    assert said.count("gist (line") == 2
    assert "seen_at (line" in said
    assert f"Its 'on' is today, {date.today()}: if you looked at it on another day," in said


def test_where_it_was_seen_is_what_is_said(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Addresses may stand behind one flag, as `make` gives them; words stay together."""
    addresses = "https://example.org/a https://example.org/b"
    words = "a database whose pages have no address"
    assert add_read(data, ABSTRACT, "--seen", addresses, "--seen", words) == 0
    found = parsed((data / "sources/berg-1998.yml").read_text("utf-8"), "x")
    assert found["verified"]["seen_at"] == [*addresses.split(), words]

    (data / "sources/berg-1998.yml").unlink()
    assert add_read(data, ABSTRACT, "--seen", "htps://example.org") == 1
    said = capsys.readouterr().err
    assert "seen_at must be an address that begins with 'https://' and a host, or words" in said
    assert "(got 'htps://example.org'); Nothing was written." in said


def test_what_was_seen_can_be_said_of_a_source_that_is_still_to_be_read(data: Path) -> None:
    """What was seen there, its text or its record, is left to the curator."""
    file = data.parent / "refs.ris"
    file.write_text(RIS, encoding="utf-8")
    add = ["--data", str(data), "add", str(file), "--seen", "https://example.org/a"]

    assert build.main(add) == 0
    found = parsed((data / "sources/berg-1998.yml").read_text("utf-8"), "x")
    seen = {"level": "", "on": str(date.today()), "seen_at": ["https://example.org/a"]}
    assert found["verified"] == seen
    assert found["read"] == ""


def test_the_title_and_the_abstract_are_sections_of_their_own(data: Path) -> None:
    """A line may begin with its place; those without one are numbered on."""
    text = (
        "title.1.1 Examplin nasal drops in fatigue\nWe gave 4 mg.\nabstract.1.3 They slept.\nOK.\n"
    )
    assert add_read(data, text) == 0
    found = parsed((data / "sources/berg-1998.yml").read_text("utf-8"), "x")

    assert found["sections"] == [
        {"id": "title", "heading": "Title"},
        {"id": "abstract", "heading": "Abstract"},
    ]
    places = ["title.1.1", "abstract.1.1", "abstract.1.3", "abstract.1.4"]
    assert [entry["at"] for entry in found["sentences"]] == places


@pytest.mark.parametrize("meant", ["Title.1.1", "title.1", "title.1.1:"])
def test_a_place_that_is_written_otherwise_is_no_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], meant: str
) -> None:
    assert add_read(data, f"We gave 4 mg.\n\n{meant} Examplin drops\n") == 1
    said = capsys.readouterr().err
    assert f"line 3 begins with '{meant}': write a place in small letters, with a para" in said
    assert not (data / "sources/berg-1998.yml").exists()


def test_what_a_sentence_that_is_not_cited_needs_is_said_once(data: Path) -> None:
    assert add_read(data, ABSTRACT) == 0
    text = (data / "sources/berg-1998.yml").read_text("utf-8")

    says = (
        "sentences:\n  # A sentence that no record cites gets 'unused:' and the reason.\n  - at: "
    )
    assert says in text


def test_the_sentences_of_a_full_text_say_where_they_stand(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add_read(data, ABSTRACT, "--read", "full text") == 1
    assert "line 1 must be a place, a space and a sentence" in capsys.readouterr().err
    assert not (data / "sources/berg-1998.yml").exists()

    text = "methods.1.1 We gave 40 adults 4 mg.\nresults.2.1 They slept.\n"
    assert add_read(data, text, "--read", "full text") == 0
    found = parsed((data / "sources/berg-1998.yml").read_text("utf-8"), "x")
    assert (found["read"], found["verified"]["level"]) == ("full text", "text")
    assert found["sections"] == [
        {"id": "methods", "heading": "not extracted"},
        {"id": "results", "heading": "not extracted"},
    ]


def test_a_text_is_of_one_reference(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add_read(data, ABSTRACT, references=RIS + RIS.replace("1998", "1999")) == 1
    assert "has 2 references, and what was read or seen is of one" in capsys.readouterr().err


@pytest.mark.parametrize("mark", [".", ")"])
def test_the_numbers_of_a_list_are_no_part_of_its_sentences(data: Path, mark: str) -> None:
    text = f"1{mark} We gave 40 adults 4 mg.\n\n2{mark} They slept better.\n"
    assert add_read(data, text) == 0
    found = parsed((data / "sources/berg-1998.yml").read_text("utf-8"), "x")

    assert found["sentences"][0]["figures"] == ["40 adults", "4 mg"]
    assert "figures" not in found["sentences"][1]
    assert found["sentences"][1]["characters"] == str(len("They slept better."))


def test_a_sentence_that_begins_with_a_number_keeps_it_where_not_all_are_numbered(
    data: Path,
) -> None:
    assert add_read(data, "1. January was cold.\nThey slept better.\n") == 0
    found = parsed((data / "sources/berg-1998.yml").read_text("utf-8"), "x")

    assert found["sentences"][0]["characters"] == str(len("1. January was cold."))


def test_the_topics_that_a_text_was_read_for_are_said(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add_read(data, ABSTRACT, "--read-for", "dosage,  study results") == 0
    found = parsed((data / "sources/berg-1998.yml").read_text("utf-8"), "x")
    assert found["read_for"] == ["dosage", "study results"]

    (data / "sources/berg-1998.yml").unlink()
    with pytest.raises(SystemExit):
        add_read(data, ABSTRACT, "--read-for", "doses")
    assert "'doses' is no topic; the topics: indications, dosage," in capsys.readouterr().err


@pytest.mark.parametrize("without_text", [True, False])
def test_topics_are_of_a_text_that_is_no_full_text(
    data: Path, capsys: pytest.CaptureFixture[str], without_text: bool
) -> None:
    if without_text:
        file = data.parent / "refs.ris"
        file.write_text(RIS, encoding="utf-8")
        status = build.main(["add", "--data", str(data), str(file), "--read-for", "dosage"])
    else:
        text = "methods.1.1 We gave 40 adults 4 mg.\n"
        status = add_read(data, text, "--read", "full text", "--read-for", "dosage")

    assert status == 1
    assert "--read-for is of what --text holds" in capsys.readouterr().err
    assert not (data / "sources/berg-1998.yml").exists()
