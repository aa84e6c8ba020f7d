"""Makes one page or file of a site at a time, when it is requested.

The steps are those of MkDocs, so a page is the same as in a build, which takes each step for all
pages before the next. Of the other pages only the front matter is read, for the navigation.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs import utils
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from publish.mkdocs_internals import build_page, build_theme_template, populate_page
from publish.session import PublishError, mkdocs_config, running, stopping_is_an_error
from sitegen import SiteOutput
from sitegen.pages.jinja import CachedBytecode

SEARCH = "search/"
"""The folder that the search plugin writes after a build."""


class OnDemandSite:
    """A site whose pages and files are made in a folder when they are requested."""

    def __init__(self, output: SiteOutput, settings: Path, folder: Path) -> None:
        """Make a folder for the site in the one given.

        Raise PublishError where MkDocs stops or warns of something.
        """
        self._output, self._folder = output, Path(tempfile.mkdtemp(dir=folder))
        self._made: set[str] = set()
        with running(output, all_at_once=False), _warnings_are_errors():
            self._config = mkdocs_config(settings, self._folder)
            self._config.plugins.on_startup(command="serve", dirty=False)
            self._open()

    def _open(self) -> None:
        """Take the steps of MkDocs that come before any page is read."""
        config = self._config = self._config.plugins.on_config(self._config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        env.bytecode_cache = CachedBytecode(self._output.executor.cache)
        files.add_files_from_theme(env, config)
        self._files = config.plugins.on_files(files, config=config)
        set_exclusions(self._files, config)
        nav = get_navigation(self._files, config)
        self._nav: Navigation = config.plugins.on_nav(nav, config=config, files=self._files)
        self._listed = [*self._files.documentation_pages()]
        for file in self._listed:
            file.page = file.page or Page(None, file, config)
        for page in self._nav.pages:
            self._title(page)
        self._env = config.plugins.on_env(env, config=config, files=self._files)
        self._at = {file.dest_uri: file for file in self._files}

    def _title(self, page: Page) -> None:
        """Set the front matter of a page, from which the navigation takes its title."""
        if page.file.src_uri in self._output.uris:
            page.markdown, page.meta = get_data(self._output.front(page.file.src_uri))
        else:
            page.read_source(self._config)

    def content(self, address: str) -> bytes | None:
        """Return what is published at an address, None where nothing is.

        Raise PublishError where MkDocs stops or warns of something.
        """
        if address not in self._made:
            with _warnings_are_errors():
                self._make(address)
            self._made.add(address)
        path = self._folder / address
        return path.read_bytes() if os.path.isfile(path) else None

    def close(self) -> None:
        """Remove what was made."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make(self, address: str) -> None:
        file, config = self._at.get(address), self._config
        if file is not None and file.page is not None:
            populate_page(file.page, config, self._files)
            build_page(file.page, config, self._listed, self._nav, self._env)
        elif file is not None:
            file.copy_file()
        elif address in config.theme.static_templates:
            build_theme_template(address, self._env, self._files, config, self._nav)
        elif address.startswith(SEARCH):
            config.plugins.on_post_build(config=config)
        else:
            self._write_asset(address)

    def _write_asset(self, address: str) -> None:
        for asset in self._output.assets:
            if asset.uri == address:
                utils.write_file(asset.content, str(self._folder / address))


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    """Raise PublishError where MkDocs stops within it, or has logged a warning by its end."""
    with stopping_is_an_error() as messages:
        yield
        if messages:
            raise PublishError("\n".join(messages))
