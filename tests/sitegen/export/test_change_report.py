"""A report of changes is the same in text, in Markdown and in HTML, and hostile text is inert."""

from __future__ import annotations

import lxml.html
import markdown
import pytest

from sitegen.derive.differences import Difference
from sitegen.export.change_report import FORMATS, Report

_HOSTILE = "<script>alert(1)</script> [x](javascript:y) **b** @everyone `c` | # d"
REPORT = Report(
    "v1",
    "v2",
    (
        Difference("safety", "removed", "cautions", "c", _HOSTILE),
        Difference("dose", "changed", "regimens", "a", "A", "dose", "6 mg", "9 mg"),
        Difference("dose", "changed", "regimens", "a", "A", "frequency", None, _HOSTILE),
    ),
)


def test_the_text_groups_changes_by_kind_and_record() -> None:
    assert FORMATS["text"](REPORT).splitlines() == [
        "What changed from v1 to v2",
        "3 changes in 2 records: 2 dose and 1 safety.",
        "",
        "Dose",
        "  A (regimen)",
        "    Dose: was 6 mg, is now 9 mg",
        f"    Frequency (new): {_HOSTILE}",
        "",
        "Safety",
        f"  {_HOSTILE} (caution)",
        "    Removed record",
    ]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_what_records_say_is_shown_and_has_no_effect(form: str) -> None:
    made = FORMATS[form](REPORT)
    page = lxml.html.fromstring(markdown.markdown(made) if form == "markdown" else made)

    assert _HOSTILE in page.text_content()
    assert not page.xpath("//script | //a | //code")
    assert "everyone" in made
    assert form == "html" or "@everyone" not in made


@pytest.mark.parametrize("form", FORMATS)
def test_without_a_change_it_says_so(form: str) -> None:
    assert "Nothing changed that a reader can see" in FORMATS[form](Report("a", "b", ()))
