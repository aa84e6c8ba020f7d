"""Jinja, led in one place: what templates can name, how they are compiled and what they print.

Uses these names of Jinja 3.1 that are not in its documentation, or overrides documented ones:
`runtime.Context.resolve_or_missing`, `.call` and `.globals_keys`, and
`compiler.CodeGenerator._output_child_pre` and `_output_child_post`.
`tests/sitegen/pages/test_render.py` fails when one of them moves.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import jinja2.bccache
import jinja2.compiler
from markupsafe import Markup

from sitegen.incremental.cache import Cache
from sitegen.incremental.tracking import Dependencies, record_dependencies, tracking
from sitegen.pages.escape import finalize

EXTRAS = "extras"
"""The name under which a template finds what it can show besides the records."""


def environment(
    templates: Path,
    names: Mapping[str, Any],
    filters: Mapping[str, Any],
    tests: Mapping[str, Any],
) -> jinja2.Environment:
    """Return the environment of the page templates in a folder."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=finalize,
        comment_start_string="{##",  # `{#` begins an anchor in Markdown
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.context_class = _ContextWithExtras
    made.code_generator_class = _MarkupCodeGenerator
    made.globals.update(names)
    made.globals["once"] = _shared_output()
    made.filters.update(filters)
    made.tests.update(tests)
    return made


class _ContextWithExtras(jinja2.runtime.Context):
    """A context that looks names up among the extras last, so that each read is recorded."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what Jinja gives. Every name is the environment's own, for all templates alike.

        Jinja would compare them all for each file that a page imports, a tenth of the time.
        """
        super().__init__(*given, **named)
        self.globals_keys = set()

    def resolve_or_missing(self, key: str) -> Any:
        """Return the value of a name, or Jinja's mark for a name that is not there."""
        value = super().resolve_or_missing(key)
        if value is jinja2.utils.missing and (extras := self.parent.get(EXTRAS)) is not None:
            return extras.get(key, value)
        return value

    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        """Call a function. Jinja looks whether it takes the context, which none here does."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*given, **named)


class _MarkupCodeGenerator(jinja2.compiler.CodeGenerator):
    """Has what is printed pass `finalize` alone: it returns markup, which Jinja would escape again.

    Half a million times for five hundred studies, which is a tenth of the time.
    """

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(")")


_of_process: dict[str, bytes] = {}
"""The compiled templates of this process by key: each site has an environment of its own."""


class CachedBytecode(jinja2.BytecodeCache):
    """Compiled templates, cached by their text and the version of the code."""

    def __init__(self, cache: Cache) -> None:
        """Store compiled templates in a cache."""
        self._cache = cache

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill the bucket of a template that is in the cache, or was compiled in this process."""
        key = self._key(bucket)
        code = self._cache.get([key]).get(key)
        if code is None and (code := _of_process.get(key)):
            self._cache.put(key, code)
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Store a template that was compiled."""
        key, code = self._key(bucket), bucket.bytecode_to_string()
        self._cache.put(key, code)
        _of_process[key] = code

    def _key(self, bucket: jinja2.bccache.Bucket) -> str:
        return self._cache.key("template", bucket.key, bucket.checksum)


RunEach = Callable[[Callable[[str], bytes], Sequence[str]], Iterable[bytes]]
"""What calls a function for each item, in order, perhaps in other processes."""


def load_templates(made: jinja2.Environment, cached: CachedBytecode, run_each: RunEach) -> None:
    """Load every page template. Those that are not cached are compiled by `run_each`, and cached.

    Where several processes render pages, each would else compile them, and cache none.
    """
    names = made.list_templates(["jinja"])

    def bucket(name: str) -> jinja2.bccache.Bucket:
        source, file, _ = made.loader.get_source(made, name)  # type: ignore[union-attr]
        return cached.get_bucket(made, name, file, source)

    def compiled(name: str) -> bytes:
        source, file, _ = made.loader.get_source(made, name)  # type: ignore[union-attr]
        return marshal.dumps(made.compile(source, name, file))

    new = [name for name in names if bucket(name).code is None]
    for name, code in zip(new, run_each(compiled, new), strict=True):
        filled = bucket(name)
        filled.code = marshal.loads(code)
        cached.set_bucket(filled)
    for name in names:
        made.get_template(name)


def _shared_output() -> Callable[[Any, Hashable], Markup]:
    """Return what calls a macro once for each value: its output is the same on every page."""
    outputs: dict[tuple[str, Hashable], tuple[Markup, Dependencies]] = {}

    def once(macro: Any, value: Hashable) -> Markup:
        key = (macro.name, value)
        if key not in outputs:
            with tracking() as dependencies:
                outputs[key] = macro(value), dependencies
        markup, dependencies = outputs[key]
        record_dependencies(dependencies)
        return markup

    return once
