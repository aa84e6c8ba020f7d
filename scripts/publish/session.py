"""One run of MkDocs over what is to be published, with its settings and its messages."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.nav import Navigation

from publish.csp import PolicyError
from publish.mkdocs_internals import list_fewer_templates
from sitegen import SiteOutput
from sitegen.incremental.workers import Executor

MKDOCS_LOG = logging.getLogger("mkdocs")
_LAST_SECOND = 2**32 - 1  # gzip stores the time of a file in four bytes


class PublishError(Exception):
    """The site cannot be published; the text gives the reason: often what MkDocs logged."""


@dataclass
class Session:
    """One run of MkDocs over a site's output."""

    output: SiteOutput
    all_at_once: bool = True
    """Whether all pages are made at once, or each page when it is requested."""
    nav: Navigation | None = None
    converted: dict[str, bytes] = field(default_factory=dict)
    """What MkDocs makes of each page of Markdown, by the page's address."""
    rendered: dict[str, bytes] = field(default_factory=dict)
    """The page with the theme around it, by its address."""

    @property
    def executor(self) -> Executor:
        """What runs the work."""
        return self.output.executor


_current: Session | None = None


def current_session() -> Session | None:
    """Return the run under way in this process; None where MkDocs runs by itself."""
    return _current


@contextmanager
def running(output: SiteOutput, all_at_once: bool = True) -> Iterator[Session]:
    """Run a block in which MkDocs in this process publishes the output given."""
    global _current
    _current = Session(output, all_at_once)
    try:
        yield _current
    finally:
        _current = None


@contextmanager
def environment(released: str, offline: bool) -> Iterator[None]:
    """Run a block with the environment variables that MkDocs reads.

    They are the time of the build, which is `released` in seconds since 1970 unless
    SOURCE_DATE_EPOCH is set, and whether the build is the offline copy. Raise PublishError as
    `source_date_epoch` does.
    """
    before = dict(os.environ)
    os.environ["SOURCE_DATE_EPOCH"] = source_date_epoch() or released
    os.environ.update(OFFLINE=str(offline).lower(), NO_MKDOCS_2_WARNING="true")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def source_date_epoch() -> str | None:
    """Return the value of SOURCE_DATE_EPOCH, None where it is not set or empty.

    Raise PublishError where it is no number of seconds.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if text and not (re.fullmatch("[0-9]{1,12}", text) and int(text) <= _LAST_SECOND):
        raise PublishError(
            f"SOURCE_DATE_EPOCH must be a number of seconds since 1970 (got '{text[:60]}')."
        )
    return text or None


def mkdocs_config(settings: Path, folder: Path) -> MkDocsConfig:
    """Return the settings of MkDocs for a site in a folder."""
    config = load_config(str(settings), site_dir=str(folder.absolute()), strict=True)
    list_fewer_templates(config.theme)
    return config


@contextmanager
def stopping_is_an_error() -> Iterator[list[str]]:
    """Run a block, and yield its warnings of MkDocs. Raise PublishError where MkDocs stops."""
    with _warnings() as messages:
        try:
            yield messages
        except (MkDocsException, jinja2.TemplateError, PolicyError) as error:
            text = "\n".join([*messages, f"{type(error).__name__}: {error}"])
            raise PublishError(text) from error


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Run a block, and yield its warnings and errors of MkDocs, one line each."""
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(f"{record.levelname}: {record.getMessage()}")

    collector = Collector(logging.WARNING)
    MKDOCS_LOG.addHandler(collector)
    try:
        yield messages
    finally:
        MKDOCS_LOG.removeHandler(collector)
