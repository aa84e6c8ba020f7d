"""Buttons: each can be read in both palettes and in every state (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest
from built import Built
from playwright.sync_api import Browser, Locator
from visits import one_of_each_kind

# The colours of an element and of what lies behind it, the first one that is not transparent.
COLOURS = """element => {
  const behind = from => {
    for (let at = from; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (!/, 0\\)$/.test(colour)) return colour
    }
    return "rgb(255, 255, 255)"
  }
  const style = getComputedStyle(element)
  return [style.color, behind(element), style.borderTopColor, behind(element.parentElement)]
}"""
STILL = "*, ::before, ::after { transition: none !important }"


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as `rgb(250, 248, 243)`, as WCAG defines it."""
    channels = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def contrasts(button: Locator) -> tuple[float, float]:
    """The contrast of a button's text with its ground, and of its border with the page."""
    text, ground, border, page = button.evaluate(COLOURS)
    return contrast(text, ground), contrast(border, page)


def set_state(button: Locator, state: str) -> None:
    """Bring a button into a state."""
    if state == "hover":
        button.hover()
    elif state == "focus":
        button.focus()
    elif state == "disabled":
        button.evaluate("button => { button.disabled = true }")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["rest", "hover", "focus", "disabled"])
def test_a_button_of_the_theme_stands_out_in_every_state(
    state: str, scheme: str, on_disk: str, browser: Browser
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{on_disk}/verify.html")
    page.add_style_tag(content=STILL)
    kinds = "md-button", "md-button md-button--primary"
    page.evaluate(
        """kinds => document.querySelector("#verify-start").after(...kinds.map(className =>
          Object.assign(document.createElement("button"), { className, textContent: "Go" })))""",
        kinds,
    )

    measured = []
    for number in range(1 + len(kinds)):
        button = page.locator("main .md-button").nth(number)
        set_state(button, state)
        measured.append(contrasts(button))
    context.close()

    assert [(text >= 4.5, border >= 3) for text, border in measured] == [(True, True)] * 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_button_on_a_page_can_be_read(
    scheme: str, served: str, real: Built, browser: Browser
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    faint = []

    for uri in one_of_each_kind(real.site):
        page.goto(f"{served}/{uri}")
        for button in page.locator("main button:visible").all():
            text, _ = contrasts(button)
            if text < 4.5:
                faint.append((uri, button.inner_text(), round(text, 2)))
    context.close()

    assert faint == []
