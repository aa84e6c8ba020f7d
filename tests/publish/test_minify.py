"""Pages without indentation show what they showed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.minify import _strip_lines, minify


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>\n\n   a  b\n  </p>\n", "<p>\na  b\n</p>\n"),
        ("<i>a</i> <b>b</b>", "<i>a</i> <b>b</b>"),
        ("a \t\n b", "a\nb"),
        (
            "<div>\n  <pre><code>a\n\n  b </code></pre>\n\n  <p>",
            "<div>\n<pre><code>a\n\n  b </code></pre>\n<p>",
        ),
        (
            "\n <textarea>\n  a\n</textarea>\n <pre>\n  b\n</pre>\n <p>",
            "\n<textarea>\n  a\n</textarea>\n<pre>\n  b\n</pre>\n<p>",
        ),
        ("<preface>\n  a", "<preface>\na"),
    ],
)
def test_white_space_goes_where_it_does_not_show(html: str, expected: str) -> None:
    assert minify(html) == expected


@given(st.text(st.sampled_from("a<> \t\n\r\f\u00a0\u2028\x1c"), max_size=40))
def test_lines_are_stripped_as_by_one_expression(text: str) -> None:
    assert _strip_lines(text) == re.sub(r"[ \t]*\n\s*", "\n", text)
