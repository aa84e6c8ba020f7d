"""The Content Security Policy of a page: it allows the scripts of the site and no others.

The format is Content Security Policy Level 3 (W3C). Every script file of the site is allowed by
its origin, so a host may compress or minify it. An inline script is allowed by the SHA-256 of its
text. A script element that only holds data is never run and needs no permission. SECURITY.md
gives the reasons.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

SELF, NONE = "'self'", "'none'"
# Everything that a page may do besides running scripts. `data:` images are the icons in style
# sheets. The page that verifies a copy of the site opens the other pages in a hidden frame.
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
# Browsers accept these in a header and ignore them in a `meta` element.
SERVER_RULES: Mapping[str, str] = MappingProxyType({"frame-ancestors": SELF})

# The form for records runs an editor that writes styles into its page and shows chosen pictures.
# It compiles the description of its settings to a script, which only this page allows.
FORM_RULES: Mapping[str, str] = MappingProxyType(
    {
        "script-src": f"{SELF} 'unsafe-eval'",
        "style-src": f"{SELF} 'unsafe-inline'",
        "img-src": f"{SELF} data: blob:",
        "worker-src": NONE,
        "frame-src": NONE,
    }
)

# The end of the link to the styles of served pages; the link is disabled in every other copy.
SERVED_STYLES = 'assets/served.css" crossorigin'
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SRC = re.compile(r"(?<![\w-])src\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\btype=["']?([^"'\s>]+)""", re.IGNORECASE)
_EXECUTED_TYPES = frozenset({"", "module", "text/javascript", "application/javascript"})
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL | re.IGNORECASE)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


class PolicyError(ValueError):
    """A page has no place for a policy, has none, or has a script that no policy may allow."""


@lru_cache
def hash_source(script: bytes) -> str:
    """Return the SHA-256 of a script in the notation of a policy: `sha256-` and base64."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}"


def add_policy(html: str) -> str:
    """Return the page with its policy directly after the declaration of its encoding.

    Raise PolicyError for an inline script in the article, which belongs in a file, and for a page
    that does not declare its encoding.
    """
    article = _ARTICLE.search(html)
    if article and any(_is_inline(attributes) for attributes, _ in _SCRIPT.findall(article[0])):
        raise PolicyError("a script stands in the text of the page: put it into a file")
    return _with_policy(html, format_policy(inline_scripts(html)))


def _with_policy(html: str, policy: str) -> str:
    charset = _CHARSET.search(html)
    if charset is None:
        raise PolicyError("the page does not name its encoding")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"{html[: charset.end()]}{meta}{html[charset.end() :]}"


def add_form_policy(html: str, saves_to: str) -> str:
    """Return the page of the form with its policy, which allows requests to one other origin.

    Raise PolicyError for a page that does not declare its encoding.
    """
    rules = {**RULES, **FORM_RULES, "connect-src": f"{SELF} blob: {saves_to}"}
    return _with_policy(html, "; ".join(f"{name} {value}" for name, value in rules.items()))


def prepare_for_server(html: str) -> str:
    """Return the page as the website has it: with its policy, and the styles of served pages.

    Raise PolicyError as `add_policy` does.
    """
    return add_policy(html.replace(f"{SERVED_STYLES} disabled>", f"{SERVED_STYLES}>"))


def inline_scripts(html: str) -> frozenset[str]:
    """Return the digest of every inline script that a browser would run."""
    scripts = _SCRIPT.findall(html)
    texts = (text for attributes, text in scripts if _is_inline(attributes))
    return frozenset(hash_source(text.encode()) for text in texts)


def format_policy(
    digests: Iterable[str], more_rules: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return the policy that allows the files of the site, and inline scripts by their digests."""
    allowed = " ".join([SELF, *(f"'{value}'" for value in sorted(digests))])
    rules = {"default-src": RULES["default-src"], "script-src": allowed, **RULES, **more_rules}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def server_policy(pages: Iterable[str]) -> str:
    """Return the policy that a server sends with every page: it allows what any of them runs."""
    return format_policy(frozenset().union(*map(inline_scripts, pages)), SERVER_RULES)


def read_policy(html: str) -> str:
    """Return the policy in a page. Raise PolicyError for a page without one."""
    found = _POLICY.search(html)
    if found is None:
        raise PolicyError("the page carries no policy")
    return found[1]


def single_file_policy(style: str) -> str:
    """Return the policy of a page in one file: its own style and pictures, and no script."""
    return f"default-src {NONE}; style-src '{hash_source(style.encode())}'; img-src data:"


def _is_inline(attributes: str) -> bool:
    """Return whether the attributes are those of a script that is in the page and is run."""
    kind = _TYPE.search(attributes)
    runs = (kind[1].lower() if kind else "") in _EXECUTED_TYPES
    return runs and not _SRC.search(attributes)
