"""The Content Security Policy of a page: its own scripts by their digest, and nothing else.

What a policy means: Content Security Policy Level 3 (W3C). A script in the page is allowed by the
digest of its text; a script of a file by that of its content, which its element repeats as
`integrity`. Scripts that only hold data are never run and need no permission.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import unescape
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

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SRC = re.compile(r"""\bsrc=(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_TYPE = re.compile(r"""\btype=["']?([^"'\s>]+)""", re.IGNORECASE)
_RUN = frozenset({"", "module", "text/javascript", "application/javascript"})
_INTEGRITY = re.compile(r"""\bintegrity=["']?([^"'\s>]+)""", re.IGNORECASE)
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL | re.IGNORECASE)
_STATED = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_FIRST = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


class Unguarded(ValueError):
    """A page has no place for a policy, or a script that no policy may allow."""


@lru_cache
def digest(script: bytes) -> str:
    """The SHA-256 of a script as a policy and `integrity` write it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}"


def guarded(html: str, content: Callable[[str], bytes | None]) -> str:
    """The page with its policy in it, and with the digest of each file that it runs.

    `content` gives what stands at the address of a script, None where nothing does.
    Raises Unguarded for such a script, for one that stands in the text of the page, where a file
    is the way, and for a page that does not name its encoding.
    """
    article = _ARTICLE.search(html)
    start, end = article.span() if article else (0, 0)

    def with_digest(script: re.Match[str]) -> str:
        address = _address(script[1])
        if address is None:
            if script.start() < end and script.end() > start and _runs(script[1]):
                raise Unguarded("a script stands in the text of the page: put it into a file")
            return script[0]
        found = content(address)
        if found is None:
            raise Unguarded(f"the script {address} is not there")
        return f'<script{script[1]} integrity="{digest(found)}"></script>'

    html = _SCRIPT.sub(with_digest, html)
    first = _FIRST.search(html)
    if first is None:
        raise Unguarded("the page does not name its encoding")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{written(scripts(html))}">'
    return f"{html[: first.end()]}{meta}{html[first.end() :]}"


def scripts(html: str) -> frozenset[str]:
    """The digest of every script that a page runs, as a policy writes it.

    Raises Unguarded for a script of a file without its digest.
    """
    digests = set()
    for attributes, text in _SCRIPT.findall(html):
        if not _runs(attributes):
            continue
        if _address(attributes) is None:
            digests.add(digest(text.encode()))
        elif named := _INTEGRITY.search(attributes):
            digests.add(named[1])
        else:
            raise Unguarded(f"the script {_address(attributes)} has no digest")
    return frozenset(digests)


def written(digests: Iterable[str], more: Mapping[str, str] = MappingProxyType({})) -> str:
    """The policy that allows the scripts of these digests and no others."""
    allowed = " ".join(f"'{each}'" for each in sorted(digests)) or NONE
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


def _runs(attributes: str) -> bool:
    kind = _TYPE.search(attributes)
    return (kind[1].lower() if kind else "") in _RUN


def _address(attributes: str) -> str | None:
    """The address of a script's file, None for a script that stands in the page."""
    named = _SRC.search(attributes)
    return unescape(next(each for each in named.groups() if each is not None)) if named else None
