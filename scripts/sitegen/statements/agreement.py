"""What the words for how sources stand to each other mean, and what other sources say."""

from __future__ import annotations

from sitegen.derive.standing import Standing


def definition(standing: Standing) -> str:
    """Return when a standing is true, as pages show it.

    Amounts and dates are judged by `derive.standing`, which follows these definitions; where a
    curator reads words, the curator follows them.
    """
    return _DEFINITIONS[standing]


_DEFINITIONS = {
    Standing.CONFLICT: "Sources answer the same question, and at least two of their answers share "
    "no value: they cannot both hold. Not to name a thing is not to deny it.",
    Standing.OVERLAP: "Sources answer the same question differently, and each two of them share "
    "at least one value.",
    Standing.AGREE: "All the sources that answer the question give the same.",
    Standing.DIFFERENT_QUESTION: "The statements are about different things: another quantity, "
    "product, population, outcome, target or event, or lists of which none denies the other. "
    "Neither supports nor contradicts the other.",
    Standing.NOT_COMPARABLE: "The statements are about the same thing, and cannot be put on one "
    "scale.",
    Standing.ONLY_ONE: "A single source answers the question. What it says is neither confirmed "
    "nor contradicted.",
}
