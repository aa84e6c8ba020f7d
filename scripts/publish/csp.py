"""The Content Security Policy of a page: the scripts of the site, and nothing else.

What a policy means: Content Security Policy Level 3 (W3C). A file of the site may run, whatever a
host made of its bytes on the way; a script inside the page is allowed by the digest of its text.
Scripts that only hold data are never run and need no permission. SECURITY.md gives the reasons.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

SELF, NONE = "'self'", "'none'"
# All that a page may do besides running its scripts. `data:` images are the icons that style
# sheets hold; a hidden frame of the site itself is how the page that verifies a copy opens others.
RULES: Mapping[str, str] = MappingProxyType(
    {
        "default-src": NONE,
        "style-src": SELF,
        "img-src": f"{SELF} data:",
        "connect-src": SELF,
        "worker-src": SELF,
        "frame-src": SELF,
        "base-uri": NONE,
        "form-action": NONE,
    }
)
# What a policy in the page itself cannot say, and a server's can.
OF_A_SERVER: Mapping[str, str] = MappingProxyType({"frame-ancestors": SELF})

# How the link to the styles of served pages ends; it is disabled in every other copy.
OF_SERVED_PAGES = 'assets/served.css" crossorigin'
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SRC = re.compile(r"(?<![\w-])src\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\btype=["']?([^"'\s>]+)""", re.IGNORECASE)
_RUN = frozenset({"", "module", "text/javascript", "application/javascript"})
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL | re.IGNORECASE)
_STATED = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_FIRST = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


class Unguarded(ValueError):
    """A page has no place for a policy, or a script that no policy may allow."""


@lru_cache
def digest(script: bytes) -> str:
    """The SHA-256 of a script as a policy writes it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}"


def guarded(html: str) -> str:
    """Return the page with its policy in it.

    Raise Unguarded for a script inside the text of the page, where a file is the way, and for a
    page that does not name its encoding.
    """
    article = _ARTICLE.search(html)
    if article and any(_is_inline(attributes) for attributes, _ in _SCRIPT.findall(article[0])):
        raise Unguarded("a script stands in the text of the page: put it into a file")
    first = _FIRST.search(html)
    if first is None:
        raise Unguarded("the page does not name its encoding")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{written(scripts(html))}">'
    return f"{html[: first.end()]}{meta}{html[first.end() :]}"


def for_a_server(html: str) -> str:
    """Return the page as the website has it: with its policy, and the styles of served pages.

    Raise Unguarded as `guarded` does.
    """
    return guarded(html.replace(f"{OF_SERVED_PAGES} disabled>", f"{OF_SERVED_PAGES}>"))


def scripts(html: str) -> frozenset[str]:
    """Return the digest of every script inside a page that the page runs."""
    found = _SCRIPT.findall(html)
    inline = (text for attributes, text in found if _is_inline(attributes))
    return frozenset(digest(text.encode()) for text in inline)


def written(digests: Iterable[str], more: Mapping[str, str] = MappingProxyType({})) -> str:
    """The policy that allows the files of the site, and the scripts in pages of these digests."""
    allowed = " ".join([SELF, *(f"'{each}'" for each in sorted(digests))])
    rules = {"default-src": RULES["default-src"], "script-src": allowed, **RULES, **more}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def of_a_server(pages: Iterable[str]) -> str:
    """The policy that a server sends with every page: it allows what any of them runs."""
    return written(frozenset().union(*map(scripts, pages)), OF_A_SERVER)


def stated(html: str) -> str:
    """The policy that a page carries. Raises Unguarded for a page without one."""
    found = _STATED.search(html)
    if found is None:
        raise Unguarded("the page carries no policy")
    return found[1]


def of_one_file(style: str) -> str:
    """The policy of a page that is one file: its own style, pictures inside it, and no script."""
    return f"default-src {NONE}; style-src '{digest(style.encode())}'; img-src data:"


def _is_inline(attributes: str) -> bool:
    """Whether a script stands in the page itself and is run."""
    kind = _TYPE.search(attributes)
    runs = (kind[1].lower() if kind else "") in _RUN
    return runs and not _SRC.search(attributes)
