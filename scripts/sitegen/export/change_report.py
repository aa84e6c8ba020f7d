"""What changed between two revisions, as text, as Markdown and as a page of HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sitegen.derive.differences import Difference
from sitegen.model.change import CHANGE_KINDS, ChangeKind
from sitegen.statements.differences import change_lines, event_line, record_line, summary_line
from sitegen.statements.english import capital

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~<>&@-])")
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "del{background:#fdd}ins{background:#dfd}dt{margin-top:.5rem}h3{margin-bottom:0}"
)


@dataclass(frozen=True)
class Report:
    """What changed, and the names of the two revisions."""

    before: str
    after: str
    found: tuple[Difference, ...]

    @property
    def title(self) -> str:
        """What is compared."""
        return f"What changed from {self.before} to {self.after}"

    @property
    def groups(self) -> Iterator[tuple[ChangeKind, list[tuple[str, list[Difference]]]]]:
        """The changes of each kind that has any, by record, in their order."""
        for kind in CHANGE_KINDS:
            of_kind = [one for one in self.found if one.kind == kind]
            if of_kind:
                yield kind, _by_record(of_kind)


def _by_record(found: Sequence[Difference]) -> list[tuple[str, list[Difference]]]:
    grouped = groupby(found, lambda one: one.key)
    members = [list(group) for _, group in grouped]
    return [(record_line(group[0]), group) for group in members]


def as_text(report: Report) -> str:
    """Return the report as lines of plain text."""
    lines = [report.title, summary_line(report.found)]
    for kind, records in report.groups:
        lines += ["", capital(kind)]
        for name, changes in records:
            lines += [f"  {name}", *(line for one in changes for line in _indented(one))]
    return "\n".join(lines)


def _indented(one: Difference) -> list[str]:
    first, *rest = change_lines(one)
    return [f"    {first}", *(f"      {line}" for line in rest)]


def as_markdown(report: Report) -> str:
    """Return the report as Markdown, in which what records say has no effect."""
    lines = [f"## {_inert(report.title)}", "", _inert(summary_line(report.found))]
    for kind, records in report.groups:
        lines += ["", f"### {capital(kind)}", ""]
        for name, changes in records:
            lines.append(f"- **{_inert(name)}**")
            lines += [f"  - {'<br>'.join(map(_inert, change_lines(one)))}" for one in changes]
    return "\n".join(lines)


def _inert(text: str) -> str:
    """Return a text in which nothing is Markdown, HTML or the name of a person to notify."""
    return _MARKDOWN.sub(lambda mark: f"&#{ord(mark[0])};", text)


def as_html(report: Report) -> str:
    """Return the report as a page of HTML that needs no other file."""
    title = html.escape(report.title)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    body = [f"<h1>{title}</h1>", f"<p>{html.escape(summary_line(report.found))}</p>"]
    for kind, records in report.groups:
        body.append(f"<h2>{capital(kind)}</h2>")
        for name, changes in records:
            body += [f"<h3>{html.escape(name)}</h3>", "<dl>", *map(_in_list, changes), "</dl>"]
    lines = ["<!doctype html>", f'<html lang="en-GB"><head>{head}</head><body>', *body]
    return "\n".join([*lines, "</body></html>"])


def _in_list(one: Difference) -> str:
    """Return a change as a term and what was and is."""
    values = [
        f"<dd>{word} <{tag}>{html.escape(text)}</{tag}></dd>"
        for word, tag, text in (("Was", "del", one.before), ("Is now", "ins", one.after))
        if text is not None
    ]
    return f"<dt>{html.escape(event_line(one))}</dt>{''.join(values)}"


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
}
"""How a report can be written, by the name of the format."""
