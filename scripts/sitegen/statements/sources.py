"""What sources are called in sentences, and how they are counted."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.model import Source, State, When
from sitegen.model.author import MORE, Author
from sitegen.model.typography import shown
from sitegen.statements.english import capital


def source_label(source: Source) -> str:
    """Return what readers know a source by: first author and year where both are known.

    Else its title.
    """
    return author_and_year(source) or source.title


def short_label(source: Source, most: int = 60) -> str:
    """Return what a source is called where room is short: first author and year, else its title.

    A title that is longer than `most` letters ends with a whole word and an ellipsis. What is cut
    off is on the page of the source, to which the name leads.
    """
    label = source_label(source)
    if len(label) <= most:
        return label
    words = label[: most + 1].split(" ")[:-1]
    while len(words) > 1 and len(words[-1]) < 4:
        words.pop()
    return f"{' '.join(words).rstrip(' ,;:.-') or label[:most]}…"


def author_and_year(source: Source) -> str | None:
    """Return the first author of a source and its year: `Doe 1997`; None where one is not known."""
    authors, published = source.author.value, source.published.value
    if isinstance(authors, tuple) and authors[0] != MORE and isinstance(published, When):
        return f"{_family(authors[0])} {published.first_year}"
    return None


def _family(author: str | Author) -> str:
    return author.last if isinstance(author, Author) else author.rpartition(" ")[0] or author


def state_mark(source: Source) -> str:
    """Return what became of a source, as a mark behind its name: ` [retracted]`; else nothing.

    Where no notice is recorded it says nothing, and never that there is none.
    """
    return f" [{'; '.join(source.states)}]" if source.states else ""


def titled(source: Source) -> str:
    """Return the title of a source, with what became of it where its record says so."""
    return source.title + state_mark(source)


def state_line(state: State) -> str:
    """Return what became of a source, with the date and the notice, as its record gives them.

    A date or a notice that is not known is said with its word of absence.
    """
    when, notice = shown(state.on.value), shown(state.notice.value)
    return f"{capital(state.word)} (date: {when}; notice: {notice})"


def kind_as_read(source: Source) -> str:
    """Return the kind of a source, and how it was read where that was not in full.

    `journal article, read in a summary by others`: figures of it need not be those of its own text.
    """
    words = _LESS_THAN_FULL.get(source.read)
    return f"{source.kind}, {words}" if words else source.kind


_LESS_THAN_FULL = {
    "abstract": "abstract read",
    "summary by others": "read in a summary by others",
    "bibliographic record": "bibliographic record read",
    "single facts": "single facts read",
}


def authors_line(authors: Sequence[str | Author]) -> str:
    """Return up to three authors of a source; of more, the first two and that there are others.

    `others` are those that the record does not name, or several that it names.
    """
    named = [str(author) for author in authors if author != MORE]
    if len(named) == len(authors) <= 3:
        return ", ".join(named)
    return f"{', '.join(named[:2])} and others"


def banner(sources: Sequence[Source]) -> str:
    """Return how many sources the site has, and that it is no medical advice.

    Of varying quality are sources that differ in kind or character. One source alone is named by
    its kind and character.
    """
    if len(sources) == 1:
        words = ", ".join(trait.word for trait in sources[0].character)
        return f"1 source: {sources[0].kind}; {words}. Not medical advice."
    qualities = {
        (source.kind, frozenset(trait.word for trait in source.character)) for source in sources
    }
    varying = " of varying quality" if len(qualities) > 1 else ""
    return f"{len(sources)} sources{varying}. Not medical advice."


def register_line(source: Source) -> str:
    """Return what a register holds: sentences proved by digests, facts in our words, or nothing."""
    if not source.sentences:
        return "No fact was noted from it; only that it exists."
    if not source.has_digests:
        return (
            "The gist is in our own words. Only these facts were noted, not the text around them; "
            "the names of the sections are ours."
        )
    return (
        "The gist is in our own words. The figures are as the source writes them. "
        "The sentence itself is not kept: its SHA-256 proves a copy of it."
    )
