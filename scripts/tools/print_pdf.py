"""Prints the one-page edition as a PDF, with a Chromium (a development tool).

`python scripts/tools/print_pdf.py IN.html OUT.pdf`; the environment's CHROMIUM names the browser.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pikepdf
from playwright.sync_api import PdfMargins, sync_playwright

_FOOTER = (
    '<div style="width:100%;font:7px sans-serif;text-align:center">'
    '<span class="title"></span>, page <span class="pageNumber"></span>'
    ' of <span class="totalPages"></span></div>'
)
_MARGIN = PdfMargins(top="16mm", bottom="18mm", left="14mm", right="14mm")
_FIXED = "D:19800101000000Z"


def print_pdf(source: Path, target: Path, chromium: str) -> None:
    """Write a PDF on A4 with bookmarks, tags and page numbers; no script runs in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(java_script_enabled=False)
        page.goto(source.resolve().as_uri())
        page.pdf(
            path=target,
            format="A4",
            outline=True,
            tagged=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=_FOOTER,
            margin=_MARGIN,
        )
        browser.close()


def make_small(source: Path, target: Path) -> None:
    """Write the same PDF with its objects compressed and a fixed date."""
    with pikepdf.open(source) as pdf:
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = _FIXED
        pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )


def main(source: Path, target: Path) -> None:
    """Print to a temporary folder, then move the PDF into place."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        printed, small = Path(folder, "printed.pdf"), Path(folder, "small.pdf")
        print_pdf(source, printed, os.environ["CHROMIUM"])
        make_small(printed, small)
        small.replace(target)
    print(f"PDF:          {target} ({target.stat().st_size / 1_000_000:.1f} MB)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
