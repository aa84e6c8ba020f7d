"""The commands for a site: check its data, build it, show it, and copy it for a web server."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path

import sitegen
from commands.console import FORM, ROOT, TEMPLATES, CommandError, as_typed, executor_of, say, step
from curate import form as form_settings
from publish import (
    atomic,
    check_links,
    hosts,
    markdown_folder,
    mkdocs_build,
    on_demand,
    package,
    plain_pages,
    record_form,
    session,
    web_server,
)
from publish.session import PublishError
from sitegen.incremental.workers import Executor
from sitegen.model import Site


def check(options: argparse.Namespace) -> None:
    """Check the data."""
    executor = executor_of(options)
    site = _read(options, executor).loaded.site
    executor.cache.flush()  # not `save`, which drops what only a build of the site uses
    counts = ", ".join(f"{kind} {len(records)}" for kind, records in site.records.items())
    say(f"The data is sound. Records: {counts}.")


def pages(options: argparse.Namespace) -> None:
    """Write the Markdown and the data files to a folder; what else is in it stays."""
    markdown_folder.refuse_foreign(options.folder)
    executor = executor_of(options)
    output = sitegen.build(options.data, TEMPLATES, executor=executor, address=options.site_address)
    executor.cache.flush()
    files = _contents(output)
    number = len(files) - len(output.assets)
    markdown_folder.write(options.folder, files)
    say(f"Wrote {number} pages and {len(output.assets)} files to {options.folder}.")


def _contents(output: sitegen.SiteOutput) -> dict[str, bytes]:
    """Return the content of each page and each file, by its address."""
    contents = {page.uri: page.content for page in output.pages}
    return contents | {asset.uri: asset.content for asset in output.assets}


def serve(options: argparse.Namespace) -> None:
    """Show the site at a local address, each page as its records are now, until stopped."""
    from publish import preview_server  # its server takes long to import, and only this needs it

    executor = executor_of(options)
    say(f"Once the data is read: http://{options.address}/ (end with Ctrl-C)")
    if not hosts.is_loopback(hosts.split(options.address)[0]):
        say("Whoever reaches this machine over a network can read it there, too.")
    watched = [options.data, TEMPLATES, ROOT / "docs", ROOT / "mkdocs.yml"]
    if not options.data.is_dir():
        _read(options, executor)  # which says so: there is nothing to watch
    reader = Reader(options.data, executor, options.site_address)
    user_errors = preview_server.UserErrors(
        in_edits=(sitegen.DataError, PublishError), at_start=(sitegen.DataError,)
    )
    with tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True) as folder:
        with session.environment(reader.epoch, offline=False):
            open_site = partial(reader.open_site, Path(folder))
            try:
                preview_server.serve(open_site, options.address, watched, user_errors)
            except preview_server.AddressError as error:
                raise CommandError(f"{error}: name another with --address.") from None
    executor.cache.save()


class Reader:
    """Reads a data folder for a preview, and reads it again after each edit."""

    def __init__(self, data: Path, executor: Executor, address: str | None = None) -> None:
        """Read nothing yet; `address` is where the site is published."""
        self._data, self._executor, self._address = data, executor, address
        self._source_date_epoch = session.source_date_epoch()
        self._read: sitegen.SourceData | None = None

    @property
    def epoch(self) -> str:
        """The time at which the data was released, in seconds since 1970; 0 before it is read."""
        return sitegen.epoch(self._read.site) if self._read else "0"

    def open_site(self, folder: Path) -> on_demand.OnDemandSite:
        """Read the data again. Return the site, whose pages are made in a folder on request.

        Raise DataError with every problem, and PublishError where MkDocs stops.
        """
        start = time.monotonic()
        is_first = self._read is None
        read = self._read = sitegen.read(
            self._data, self._executor, self._read, self._address, date.today()
        )
        if is_first:
            self._executor.cache.save()
        os.environ["SOURCE_DATE_EPOCH"] = self._source_date_epoch or self.epoch
        output = sitegen.SiteOutput(read, TEMPLATES, self._executor)
        opened = on_demand.OnDemandSite(output, ROOT / "mkdocs.yml", folder)
        seconds = time.monotonic() - start
        say(f"Read {len(read.loaded.documents)} records in {seconds:.1f} s.")
        return opened


def _read(options: argparse.Namespace, executor: Executor) -> sitegen.SourceData:
    """Return the records of the data folder, checked today. Raise DataError with every problem."""
    address, today = options.site_address, date.today()
    return sitegen.read(options.data, executor, address=address, today=today)


def _read_for_a_site(options: argparse.Namespace, executor: Executor) -> sitegen.SourceData:
    """Return the records, as `_read` does. Raise PublishError where a form lacks its editor."""
    data = _read(options, executor)
    if data.loaded.site.identity.form:
        record_form.refuse_without(FORM)
    return data


def site(options: argparse.Namespace) -> None:
    """Build the website and the offline copy, check both, then put them into place."""
    executor = executor_of(options)
    in_background = _skip if options.website_only else executor.in_background
    with atomic.staging(options.out) as folder:
        package.refuse_to_replace(options.out)
        with step("Reading and checking the data"):
            data = _read_for_a_site(options, executor)
            records = data.loaded.site
        downloads = () if options.website_only else package.download_names(records)
        package.refuse_to_replace(options.out, downloads)
        with step("Rendering the pages"):
            output = sitegen.SiteOutput(data, TEMPLATES, executor).materialise()
            executor.cache.flush()
        if not options.website_only:
            output = _with_downloads(output, folder, records, executor)
        with step("Building the website"):
            reuse_from = (options.out / "site", folder / "offline")
            _publish_website(output, options.data, folder / "site", reuse_from)
            executor.cache.flush()
            output.release()  # the check of a large site needs the memory
        with step("Following every link"), in_background(lambda: package.write_checksums(folder)):
            _check_links(executor, records.identity.address, folder / "offline", folder / "site")
        with in_background(lambda: shutil.rmtree(folder / "offline", ignore_errors=True)):
            package.put_in_place(folder, options.out, downloads)
            executor.cache.save()
    _say_where(options.out, downloads, as_typed(options.data, "serve"))


def _with_downloads(
    output: sitegen.SiteOutput, folder: Path, site: Site, executor: Executor
) -> sitegen.SiteOutput:
    """Build the offline copy and its archives; return the output with links to them."""
    offline = folder / "offline"
    with step("Building the offline copy"):
        publish_into(output, offline, offline=True)
        return output.with_downloads(
            *package.write_downloads(offline, folder / "dist", site, executor)
        )


def _publish_website(
    output: sitegen.SiteOutput, data: Path, site: Path, reuse_from: Sequence[Path]
) -> None:
    """Publish the website, with the Markdown of its pages, and with the form if it has one."""
    identity = output.data.loaded.site.identity
    publish_into(output, site, offline=False, reuse_from=reuse_from)
    plain_pages.write(site, identity, output.executor)
    if identity.form:
        settings = form_settings.config(data, identity, identity.form)
        record_form.write(site, settings, form_settings.saves_to(identity, identity.form), FORM)


def _skip(work: Callable[[], object]) -> AbstractContextManager[None]:
    """Return a context that does nothing: a website alone needs no work in the background."""
    return nullcontext()


def _check_links(executor: Executor, address: str | None, *folders: Path) -> None:
    """Check the built pages. Raise CommandError with every problem."""
    if problems := list(check_links.problems(*folders, executor=executor, address=address)):
        raise CommandError("\n".join(["The built pages have problems:", *problems]))


def publish_into(
    output: sitegen.SiteOutput,
    folder: Path,
    offline: bool,
    reuse_from: Sequence[Path] = (),
) -> None:
    """Publish a site's output into a folder. Raise CommandError where MkDocs stops."""
    with session.environment(sitegen.epoch(output.data.loaded.site), offline):
        try:
            mkdocs_build.publish(output, ROOT / "mkdocs.yml", folder, reuse_from)
        except PublishError as error:
            raise CommandError(
                f"{error}\nMkDocs stopped; the last good site is untouched."
            ) from None


def _say_where(out: Path, downloads: Sequence[str], serve: str) -> None:
    """Print where the website and the offline copy are."""
    say(f"Website:      {out / 'site'}, for a web server; to look at it: {serve}")
    for archive in (out / "dist" / name for name in downloads if name.endswith("-offline.zip")):
        size = archive.stat().st_size / 1_000_000
        say(f"Offline copy: {archive} ({size:.1f} MB): unzip it, open its index.html")


def serving(options: argparse.Namespace) -> None:
    """Copy the built website for a web server: with compressed files and its policies."""
    names = web_server.built_files(options.site)
    with atomic.staging(options.out) as folder:
        target = options.out / "reference"
        atomic.refuse_to_replace(target)
        web_server.write_copy(options.site, names, folder / "reference")
        atomic.refuse_to_replace(target)
        atomic.swap_in(folder / "reference", target)
    say(f"For a web server: {target}. Settings: serving/nginx.conf.")
