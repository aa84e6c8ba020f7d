"""The twenty reporting items: what a report of a study can be asked.

Chosen from CONSORT 2025 (items by number) and TIDieR (items by number), with the RoB 2 domain
each informs. Registration, protocol and a traceable citation stand outside the count: they are
later inventions than many of the studies. The list is a count of what is said, not a score.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One question, the field of a study that answers it, and where the question comes from."""

    field: str
    title: str
    question: str
    consort: str
    tidier: str
    domain: str


_CONDUCT = "deviations; measurement"

ITEMS = (
    Item(
        "eligibility",
        "Condition or eligibility",
        "the condition, or who was eligible",
        "12a",
        "",
        "",
    ),
    Item("participants", "Participants", "the number of participants", "22a", "", ""),
    Item("age_and_sex", "Age and sex", "age and sex", "25", "", ""),
    Item("setting", "Setting", "setting and place", "11", "7", ""),
    Item("dates", "Dates", "when the study took place", "23a", "", ""),
    Item("comparator", "Comparator", "what the drug was compared with", "9, 13", "", ""),
    Item(
        "allocation",
        "Allocation",
        "how people were allocated",
        "17a, 18",
        "",
        "randomisation process",
    ),
    Item("blinding", "Blinding", "who was blinded", "20a", "", _CONDUCT),
    Item("dose", "Dose", "the amount of each dose", "13", "8", ""),
    Item("frequency", "Frequency", "how often it was given", "13", "8", ""),
    Item("length", "Duration", "how long it was given", "13", "8", ""),
    Item("route", "Route", "the route", "13", "6", ""),
    Item("form_and_strength", "Form and strength", "form and strength", "13", "3", ""),
    Item("other_treatment", "Other treatment", "other treatment given", "24b", "", "deviations"),
    Item(
        "outcomes",
        "Outcomes",
        "the outcomes: measure and time point",
        "14",
        "",
        "measurement; selection",
    ),
    Item("numeric_result", "Numerical results", "numerical results per group", "26", "", ""),
    Item("effect", "Effect", "an effect size with precision, or a named test", "21a, 26", "", ""),
    Item("losses", "Losses", "losses and exclusions", "22b", "", "missing outcome data"),
    Item("harms", "Harms", "harms: how looked for, and result", "15, 27", "", ""),
    Item("funding", "Funding", "funding or interests", "5a, 5b", "", ""),
)
