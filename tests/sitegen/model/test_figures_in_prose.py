"""Figures as sources print them, read as exact amounts; what is not understood proves nothing."""

from __future__ import annotations

import re
import time
from itertools import combinations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sitegen.model.figures_in_prose import Figure, dates_in, mentioned, normalise, registered
from sitegen.model.quantity import quantity
from sitegen.model.units import BUILT_IN


def amounts(text: str, mark: str = "") -> list[str | None]:
    """Every figure of a text as the data files write it; None for one that proves no amount."""
    return [_amount(figure) for figure in registered(text, mark)]


def _amount(figure: Figure) -> str | None:
    return str(figure.quantities[0]) if figure.quantities else None


def doubts(text: str, mark: str = "") -> str:
    """What is not understood of the figures of a text."""
    return "; ".join(figure.unknown for figure in registered(text, mark) if figure.unknown)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        # amounts of a dose
        ("6 mg", "6 mg"),
        ("6mg", "6 mg"),
        ("6 MG", "6 mg"),
        ("0.50 mg", "0.5 mg"),
        ("1/2 ml", "0.5 mL"),
        ("10 to 20 mg", "10-20 mg"),
        ("2.5-5 mg", "2.5-5 mg"),
        ("2.5–5 mg", "2.5-5 mg"),
        ("2.5—5 mg", "2.5-5 mg"),
        ("2.5−5 mg", "2.5-5 mg"),
        ("2.5\u00a0mg", "2.5 mg"),
        ("1\u2009250 mg", "1250 mg"),
        ("1\u202f000\u202f000 IU", "1000000 IU"),
        ("2.5\n  mg", "2.5 mg"),
        ("250 µg", "250 micrograms"),
        ("250 μg", "250 micrograms"),
        ("250-500 micrograms", "250-500 micrograms"),
        ("0.2 ml", "0.2 mL"),
        ("0.2 mL", "0.2 mL"),
        ("1 mg/ml", "1 mg/mL"),
        ("1 g", "1 g"),
        ("2 drops", "2 drops"),
        ("one drop", "1 drop"),
        ("1 or 2 drops", "1-2 drops"),
        ("one or two tablets", "1-2 tablets"),
        ("only 1 more tablet", "1 tablet"),
        ("one pre-filled syringe", "1 syringe"),
        ("20 units/m 2 /24 hours", "20 units/m2 per day"),
        ("Initial Dose", "1 time"),
        ("a bolus", "1 time"),
        # a range without its upper end
        ("6 to < 12 years", "6-<12 years"),
        ("6 to less than 12 years", "6-<12 years"),
        ("10-<20 kg", "10-<20 kg"),
        ("three bottles", "3 bottles"),
        # how often
        ("once", "1 time"),
        ("once a day", "1 per day"),
        ("twice a day", "2 per day"),
        ("Twice a day", "2 per day"),
        ("three times a day", "3 per day"),
        ("2-3 times a day", "2-3 per day"),
        ("4 times per day", "4 per day"),
        ("3 times daily", "3 per day"),
        ("twice a week", "2 per week"),
        ("3 times per week", "3 per week"),
        ("2-3 times", "2-3 times"),
        ("one-time", "1 time"),
        ("250-500 micrograms a day", "250-500 micrograms per day"),
        ("5 mg per day", "5 mg per day"),
        ("5 mg/day", "5 mg per day"),
        # how long
        ("a week", "1 week"),
        ("A day", "1 day"),
        ("an hour", "1 hour"),
        ("10 days", "10 days"),
        ("5–7-day", "5-7 days"),
        ("10-day", "10 days"),
        ("5-10 days", "5-10 days"),
        ("six weeks", "6 weeks"),
        ("24 hours", "24 hours"),
        ("90 minutes", "90 minutes"),
        # bounds
        ("more than 85%", "> 85 %"),
        ("over 300 people", "> 300 people"),
        ("less than 5 mg", "< 5 mg"),
        ("up to 24 hours", "≤ 24 hours"),
        ("did not exceed 30 minutes", "≤ 30 minutes"),
        ("no longer than 12 hours", "≤ 12 hours"),
        ("at least 20 patients", "≥ 20 people"),
        ("> 5 mg", "> 5 mg"),
        (">5 mg", "> 5 mg"),
        ("≥ 5 mg", "≥ 5 mg"),
        # people and shares
        ("40 patients", "40 people"),
        ("30 healthy volunteers", "30 people"),
        ("24 rats", "24 animals"),
        ("more than 12 animals", "> 12 animals"),
        ("80%", "80 %"),
        ("80 %", "80 %"),
        ("80 percent", "80 %"),
    ],
)
def test_a_figure_is_read_as_the_amount_it_states(text: str, amount: str) -> None:
    assert amounts(text) == [amount]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6 mg twice a day for a week", ["6 mg", "2 per day", "1 week"]),
        ("3 mg (0.5 ml)", ["3 mg", "0.5 mL"]),
        ("4 mg b.i.d. for 10 days", ["4 mg", "2 per day", "10 days"]),
        ("a text without figures", []),
        ("", []),
    ],
)
def test_a_text_is_read_figure_by_figure(text: str, found: list[str]) -> None:
    assert amounts(text) == found


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("December 20, 1994", {"1994-12-20", "1994-12", "1994"}),
        ("May 3, 1999", {"1999-05-03", "1999-05", "1999"}),
        ("on may 3, 1999", {"1999-05-03", "1999-05", "1999"}),
        ("20 December 1994", {"1994-12-20", "1994-12", "1994"}),
        ("December 1994", {"1994-12", "1994"}),
        ("1994", {"1994"}),
        ("1994-12-20", {"1994-12-20"}),
        ("the 1960s", {"1960s"}),
        ("mid-1960s", {"mid-1960s"}),
        ("early 1960s", {"early-1960s"}),
        ("Jan. 4, 1994", {"1994-01-04", "1994-01", "1994"}),
        ("May 4th, 1994", {"1994-05-04", "1994-05", "1994"}),
        ("4th of May 1994", {"1994-05-04", "1994-05", "1994"}),
        ("Sept. 1994", {"1994-09", "1994"}),
        ("4. Mai 1994", {"1994-05-04", "1994-05", "1994"}),
        ("4 мая 1994", {"1994-05-04", "1994-05", "1994"}),
        ("1990-1994", {"1990", "1994"}),
        ("23-24 July 2026", {"2026-07-23/2026-07-24", "2026-07", "2026"}),
        ("July 23 to 24, 2026", {"2026-07-23/2026-07-24", "2026-07", "2026"}),
        ("28 July - 3 August 2026", {"2026-07-28/2026-08-03", "2026-07", "2026-08", "2026"}),
        ("33-24 July 2026", set()),
        ("24-23 July 2026", set()),
        ("20 December-5 January 1995", set()),
        ("July and September 2026", {"2026-07", "2026-09", "2026"}),
        ("Smarch 3, 1999", {"1999"}),
        ("February 31, 1994", set()),
        ("1994-13-01", set()),
        ("04.05.1994", set()),
        ("5/4/1994", set()),
        ("1994 mg", set()),
        ("1994 patients", set()),
        ("before May 1994", set()),
        ("2026-07361", set()),
        ("FDA-2025-N-6895", set()),
        ("1234", set()),
        ("No. 94/294/10", set()),
        ("", set()),
    ],
)
def test_a_date_in_words_is_read_at_each_precision_it_bears(text: str, dates: set[str]) -> None:
    assert dates_in(text) == dates


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("  2.5 – 5\n MG ", "2.5 - 5 MG"),
        ("2.5\u00a0mg", "2.5 mg"),
        ("e\u0301", "\u00e9"),
        ("5 \u03bcg", "5 \u00b5g"),
        ("4 mg kg\u22121", "4 mg kg-1"),
    ],
)
def test_a_text_has_one_spelling(text: str, spelling: str) -> None:
    assert normalise(text) == spelling


@given(st.text())
def test_a_spelling_is_spelt_so(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


# ---- kinds of figure that sources print --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        # separators
        ("0,125 mg", "0.125 mg"),
        ("0,5 mg", "0.5 mg"),
        ("1,5 mg", "1.5 mg"),
        ("12,25 mg", "12.25 mg"),
        (".5 mg", "0.5 mg"),
        ("1,234,567 people", "1234567 people"),
        ("1.234.567 people", "1234567 people"),
        ("1'500 mg", "1500 mg"),
        ("1’234’567 people", "1234567 people"),
        ("1,50,000 people", "150000 people"),
        ("1,234.5 mg", "1234.5 mg"),
        ("1.234,5 mg", "1234.5 mg"),
        # denominators, in every notation
        *(
            (f"4 mg{per_kilogram}", "4 mg/kg")
            for per_kilogram in (
                *("/kg", " / kg", " per kg", " per kilogram", " kg-1", " kg−1", " kg⁻¹", "·kg⁻¹"),
                *(" · kg⁻¹", ".kg-1", "*kg^-1", " kg^-1", " kg^(-1)", " (per kg)", "/(kg)"),
                *("/kg body weight", "/kg bw", " per kg of body weight", "/кг", " a kg"),
            )
        ),
        *(
            (f"4 mg{a_day}", "4 mg per day")
            for a_day in (
                *(" a day", " per day", "/day", "/d", " daily", " each day", " every day", " d-1"),
                *(" per 24 hours", "/24 h", "/24h", " in 24 hours", "/Tag", " pro Tag", " täglich"),
                *(" в сутки", "/сут"),
            )
        ),
        ("daily dose of 4 mg", "4 mg per day"),
        ("a total daily dose of 4 mg", "4 mg per day"),
        ("4 mg per ml", "4 mg/mL"),
        ("4 micrograms kg⁻¹", "4 micrograms/kg"),
        # periods
        ("once weekly", "1 per week"),
        ("once-weekly", "1 per week"),
        ("twice weekly", "2 per week"),
        ("three times weekly", "3 per week"),
        ("twice-daily", "2 per day"),
        ("twice-a-day", "2 per day"),
        ("thrice daily", "3 per day"),
        ("two times each day", "2 per day"),
        ("twice in 24 hours", "2 per day"),
        *((text, "2 per day") for text in ("2 per day", "2/day", "2 / d", "two per day")),
        ("1 time", "1 time"),
        ("3 times in 7 days", "3 per week"),
        *((text, "2 per day") for text in ("b.i.d.", "bid", "BID", "BD", "b.d.", "bds")),
        *((text, "3 per day") for text in ("t.i.d.", "tid", "TDS", "t.d.s.")),
        *((text, "4 per day") for text in ("q.i.d.", "qid", "QDS")),
        *((text, "1 per day") for text in ("daily", "every day", "each day", "q.d.", "once daily")),
        *((text, "1 per week") for text in ("weekly", "every week", "once a week", "qw")),
        *(
            (text, "2 per day")
            for text in (
                *("every 12 hours", "every 12 h", "every twelve hours", "q12h", "q 12 h"),
                *(
                    "12-hourly",
                    "once every 12 hours",
                    "2x daily",
                    "2 x daily",
                    "2×/day",
                    "2x a day",
                ),
                *("two injections a day", "2 doses per day", "2 mal täglich", "zweimal täglich"),
                *("2 раза в день", "дважды в сутки", "2 times/d"),
            )
        ),
        ("every 8 hours", "3 per day"),
        ("every 24 hours", "1 per day"),
        ("every 4-6 hours", "4-6 per day"),
        ("every 4 to 6 hours", "4-6 per day"),
        *((text, "1 time") for text in ("once", "once only", "single dose", "a single oral dose")),
        ("single daily dose", "1 per day"),
        # bounds before and behind
        *(
            (text, "≤ 4 mg")
            for text in (
                *("max. 4 mg", "max 4 mg", "maximum 4 mg", "a maximum of 4 mg", "at most 4 mg"),
                *("4 mg or less", "4 mg maximum", "4 mg (max)", "4 mg (max.)", "4 mg at most"),
                *("≤4 mg", "<= 4 mg", "⩽ 4 mg", "should not exceed 4 mg"),
                *("4 mg or below", "bis zu 4 mg", "до 4 мг", "upto 4 mg"),
            )
        ),
        *(
            (text, "≥ 4 mg")
            for text in (
                *("4mg+", "4 mg+", "4+ mg", "4 mg or more", "4 mg and above", "4 mg, or more"),
                *("min. 4 mg", "a minimum of 4 mg", "4 mg minimum", "4 mg or higher", ">= 4 mg"),
                *("at least 4 mg", "4 mg at least", "4 mg plus", "4 mg and over", "4 or more mg"),
            )
        ),
        ("exceeding 4 mg", "> 4 mg"),
        ("in excess of 4 mg", "> 4 mg"),
        ("fewer than 40 patients", "< 40 people"),
        ("within 24 hours", "≤ 24 hours"),
        ("at least a week", "≥ 1 week"),
        ("a week or longer", "≥ 1 week"),
        ("at most twice daily", "≤ 2 per day"),
        ("no more than three times a day", "≤ 3 per day"),
        ("a maximum daily dose of 4 mg", "≤ 4 mg per day"),
        # a mean has the unit, and what follows ± is none
        *((text, "20 mg") for text in ("20 ± 4 mg", "20±4 mg", "20 +/- 4 mg", "20 mg ± 4 mg")),
        ("20 (± 4) mg", "20 mg"),
        ("20 mg ± 10 %", "20 mg"),
        # number words
        ("Thirty patients", "30 people"),
        ("two hundred patients", "200 people"),
        ("two hundred and fifty patients", "250 people"),
        ("a hundred patients", "100 people"),
        ("one thousand two hundred patients", "1200 people"),
        ("twenty-one patients", "21 people"),
        ("fifty-two mg", "52 mg"),
        ("two dozen patients", "24 people"),
        ("2 hundred patients", "200 people"),
        ("1.5 thousand patients", "1500 people"),
        ("2 million people", "2000000 people"),
        ("half an hour", "0.5 hours"),
        ("one and a half hours", "1.5 hours"),
        ("two and a half days", "2.5 days"),
        ("2½ hours", "2.5 hours"),
        ("ten to twenty days", "10-20 days"),
        # kinds of people and animals
        *(
            (f"64 {people}", "64 people")
            for people in (
                *("participants", "adults", "children", "individuals", "women", "infants"),
                *(
                    "healthy adults",
                    "healthy male volunteers",
                    "stroke patients",
                    "hospitalised patients",
                    "elderly stroke patients",
                    "больных",
                ),
            )
        ),
        ("64 Wistar rats", "64 animals"),
        ("40 patients", "40 people"),
        # ranges and spellings
        ("50mg-100mg", "50-100 mg"),
        ("50 mg to 100 mg", "50-100 mg"),
        ("from 50 to 100 mg", "50-100 mg"),
        ("between 50 and 100 mg", "50-100 mg"),
        ("750ug-1mg", "0.75-1 mg"),
        ("25 ug", "25 micrograms"),
        ("25 mcg", "25 micrograms"),
        ("25 µg", "25 micrograms"),
        ("5 cc", "5 mL"),
        ("5 min", "5 minutes"),
        ("5 hrs", "5 hours"),
        ("5 d", "5 days"),
        ("5 gtt", "5 drops"),
        ("6 мг", "6 mg"),
        ("200-600 mcg/Tag", "200-600 micrograms per day"),
        ("2-3 Tropfen", "2-3 drops"),
        ("5 капель", "5 drops"),
        ("5 per cent", "5 %"),
        ("0.5%-1%", "0.5-1 %"),
        ("over 5-10 days", "5-10 days"),
    ],
)
def test_what_sources_print_is_read_in_each_notation(text: str, amount: str) -> None:
    assert amounts(text) == [amount]


# What is not understood: the text, and a part of what is said of it.
DOUBTFUL = [
    # separators: which mark is the decimal one is not known
    ("1,500 mg", "'1,500' is 1500 or 1.5"),
    ("1.500 mg", "'1.500' is 1500 or 1.5"),
    ("12,500 patients", "'12,500' is 12500 or 12.5"),
    ("10 000 mg", "two numbers side by side"),
    ("1 500 mg", "two numbers side by side"),
    ("1\u00a0500 mg", "two numbers side by side"),
    ("1\u200925 mg", "two numbers side by side"),
    ("12 1\u2009250 mg", "two numbers side by side"),
    ("12 345,6 mg", "two numbers side by side"),
    ("1,23,45 mg", "the separators of '1,23,45'"),
    ("1.2.3 mg", "the separators of '1.2.3'"),
    ("12,3456,789 mg", "the separators"),
    ("05 mg", "the zero before '05'"),
    ("4 .5 mg", "two numbers side by side"),
    ("4. 5 mg", "several numbers with one unit"),
    ("4, 5 mg", "several numbers with one unit"),
    ("1,8", "'1,8' is one number or two"),
    ("1,,5 mg", "several numbers with one unit"),
    ("12,00 people", "'12,00' is one number or two"),
    ("1.5 patients", "a part of one person or animal"),
    # denominators that are no unit
    ("4 mg per os", "the denominator 'per os'"),
    ("4 mg/zork", "the denominator '/zork'"),
    ("4 mg zork⁻¹", "the denominator 'zork⁻¹'"),
    ("4 mg m⁻³", "the denominator 'm⁻³'"),
    ("4 mg a zork", "the denominator 'a zork'"),
    ("4 mg⁻¹", "the exponent '⁻¹'"),
    ("4 mg of base per kg", "the words 'base per kg'"),
    ("4 mg, per kg", "the words 'per kg'"),
    ("4 mg each", "the words 'each'"),
    ("4 mg doses daily", "the words 'daily'"),
    ("4 mg, by mouth a day", "the words 'a day'"),
    ("4 mg/day/week", "the denominators of"),
    ("4 mg/kg/kg", "the denominators of"),
    ("500 mg/125 mg", "names two amounts"),
    # periods that are not known
    ("once per cycle", "the denominator 'per cycle'"),
    ("3 times per treatment", "the denominator 'per treatment'"),
    ("4 mg biweekly", "the words 'biweekly'"),
    ("4 mg o.d.", "the words 'o.d'"),
    ("at once", "the words 'at'"),
    ("3 times higher", "the word"),
    ("3 times the dose", "the words 'times the'"),
    ("4 times as much", "the words 'times as'"),
    ("once or three times daily", "several numbers with one unit"),
    ("once daily or every other day", "two figures of one kind"),
    ("4 mg daily or weekly", "a period or another"),
    ("two months a year", "the words 'a year'"),
    # people: ages, weights, places, verbs, time
    ("65-year-old patients", "the words 'patients'"),
    ("65 year old patients", "the words 'patients'"),
    ("70 kg patients", "the words 'patients'"),
    ("65-patients", "the words '65-patients'"),
    ("12 centres", "the word 'centres'"),
    ("12 centres with patients", "the word 'centres'"),
    ("12 centre patients", "the word 'centre'"),
    ("10 doctors examined patients", "the word 'doctors'"),
    ("12 enrolled patients", "the word 'enrolled'"),
    ("65 aged patients", "the word 'aged'"),
    ("65+ patients", "a plus sign before people"),
    ("40 patient-years", "the words 'patient-years'"),
    ("40 patients per group", "the denominator 'per group'"),
    ("1 in 10 patients", "a ratio of two numbers"),
    ("12/40 patients", "the fraction '12/40'"),
    ("patients aged 65", "the words 'patients aged'"),
    ("20 men and 10 women", "two figures of one kind"),
    # bounds that are in two minds
    ("over 24 hours", "'over' before a time"),
    ("max. 4 mg (2 ml)", "an amount with a bound and one without"),
    ("4 mg (2 ml) or more", "the words 'more'"),
    ("4 mg (2 ml) per kg", "the words 'per kg'"),
    ("4 mg (2 ml) daily", "the words 'daily'"),
    ("up to 4-6 mg", "a bound of a range"),
    ("more than 4 mg or less", "two bounds"),
    ("a limit of 4 mg", "the words 'limit'"),
    ("increase by 4 mg", "the words 'increase by'"),
    ("4 mg higher", "the words 'higher'"),
    ("a total of 4 mg", "the words 'total'"),
    ("5 mg max. 3 times a day", "'max.' between two figures"),
    ("10 mg plus 5 mL", "'plus' between two figures"),
    ("5 mg and over 10 days", "'over' between two figures"),
    ("10 µg/kg min", "'min' is a minimum or a minute"),
    ("5 mg => 10 mg", "the sign '=>', which may be an arrow"),
    ("over 2 doses", "'over' before a count"),
    ("20 mg orally a day or more", "the words 'a day or more'"),
    # what may be something else
    ("by 5 mg", "the words 'by'"),
    ("a second dose", "'a second', which may be another one"),
    ("1994 г.", "is a year or grams"),
    ("2000 h", "is a time of the day or how long"),
    ("60s", "is seconds or a plural"),
    ("two hundred-mg doses", "is one number or two"),
    ("5 мг в 8 часов", "the words 'в'"),
    ("5 мг через 6 часов", "the words 'через'"),
    ("1\u00ad5 mg", "the words '\u00ad'"),
    ("1 month and 2 weeks", "a time in two units"),
    ("5 days in 7", "a part of a time"),
    ("30 fewer patients", "the word 'fewer'"),
    ("except the first 8 weeks", "the words 'except'"),
    # what stands beside a figure
    ("daily 3 times", "a period and how often"),
    ("5 mg daily 3 times", "a period and how often"),
    ("every 4h or 6h", "a period or another"),
    ("mean daily 5 mg", "behind what is not understood"),
    ("5 cigarettes daily", "behind what is not understood"),
    ("maximum single dose of 5 mg", "behind what is not understood"),
    ("20 mg in 4 doses daily", "how many parts it is given in"),
    ("20 mg in 4 daily doses", "how many parts it is given in"),
    ("5 vs 10 mg", "behind what is not understood"),
    ("an hour or two", "an amount or a number"),
    ("1 tablet and a half", "an amount and a number"),
    ("1 hr 30", "two numbers side by side"),
    ("10 mg in 2 divided doses", "how many parts it is given in"),
    ("8 hourly doses", "the word 'hourly'"),
    # spreads
    ("12 ± 3 patients", "a mean of people or animals"),
    ("± 4 mg", "the sign '±'"),
    ("20 mg (SD 4 mg)", "the words 'SD'"),
    ("20 (4) mg", "the words 'mg'"),
    ("20 ± 4 - 30 ± 5 mg", "a range of means"),
    ("-4 mg", "the sign '-'"),
    ("+4 mg", "the sign '+'"),
    # what goes on behind a number
    ("2 x 50 mg", "the multiplication '2 x 50'"),
    ("50 mg x 2", "the multiplication '50 mg x 2'"),
    ("2×50 mg", "the multiplication"),
    ("1:1000", "the ratio or sum '1:1000'"),
    ("500+125 mg", "the ratio or sum '500+125'"),
    ("500/125 mg", "the fraction '500/125'"),
    ("5/7 days", "the fraction '5/7'"),
    ("1 1/2 ml", "two numbers side by side"),
    ("1e3 mg", "the exponent of '1e3'"),
    ("10³ mg", "the exponent of '10³'"),
    ("10^3.5 mg", "the exponent of '10^3.5'"),
    ("5 x 106 IU", "the multiplication '5 x 106'"),
    ("1.10-3 g", "a power of ten printed flat"),
    ("10-12 mol/L", "a power of ten printed flat"),
    ("5 х 10 мг", "the multiplication '5 х 10'"),  # the letter is Cyrillic
    ("two to three hundred patients", "a multiplier of one number or of two"),
    ("500-1 million units", "a multiplier of one number or of two"),
    ("5 ± 2 million units", "a multiplier of one number or of two"),
    ("two million and a half units", "what 'and a half' is a part of"),
    ("2M units", "'2M'"),
    ("20 k patients", "the word 'k'"),
    ("50% of 4 mg", "a part of an amount"),
    ("half of 4 mg", "a part of an amount"),
    ("half the dose of 4 mg", "a part of an amount"),
    ("two thirds of 30 mg", "a part of an amount"),
    ("half a dozen patients", "the words 'dozen patients'"),
    ("two 4-mg doses", "two numbers side by side"),
    ("twice 4 mg", "the words 'twice'"),
    ("initial dose of 4 mg", "the words 'initial'"),
    ("1 or 2 mg", "several numbers with one unit"),
    ("1 or 3 drops", "several numbers with one unit"),
    ("1 or 2 or 3 drops", "several numbers with one unit"),
    ("< 6 to 12 years", "a bound of a range"),
    ("6 to <= 12 years", "the words 'to'"),
    ("30 more patients", "the word 'more'"),
    ("6 mg or 9 mg", "two figures of one kind"),
    ("5-10-15 mg", "several dashes"),
    ("1-0-1", "several dashes"),
    ("10-5 mg", "a range that does not rise"),
    ("5 mg - 10 days", "a dash between two figures"),
    # units
    ("5 G", "the word 'G'"),
    ("5 Mg", "the word 'Mg'"),
    ("5 mBq", "the word 'mBq'"),
    ("5 Nm", "the word 'Nm'"),
    ("5 ie", "the word 'ie'"),
    ("0.O5 mg", "'0.O5'"),
    ("30'", "the mark ' behind a number"),
    ("1⅓ tablets", "the fraction '1⅓'"),
    ("５ mg", "the digit '５'"),
    ("5 m", "the word 'm'"),
    ("5 mgx", "the word 'mgx'"),
    ("2 mg²", "the word 'mg²'"),
    ("0.9% w/v", "the words 'w/v'"),
    ("50 mg capsules", "the words 'capsules'"),
    ("4 mg*", "the words '*'"),
    ("mg 4", "the words 'mg'"),
    ("4 mg m2", "an amount and a name"),
    ("2 (4 mg)", "a number and an amount"),
    ("4 (mg)", "the words 'mg'"),
    ("9" * 40 + " mg", "a number of too many digits"),
    # names and codes
    ("C9H8O4", "the name 'C9H8O4'"),
    ("94/294/10", "the fraction '294/10'"),
    ("5-ABCD", "'5-ABCD'"),
]


@pytest.mark.parametrize(("text", "said"), DOUBTFUL, ids=[text for text, _ in DOUBTFUL])
def test_what_is_not_understood_proves_nothing_and_is_named(text: str, said: str) -> None:
    assert set(amounts(text)) <= {None}
    assert said in doubts(text)


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("1,500 mg", ".", "1500 mg"),
        ("1.500 mg", ".", "1.5 mg"),
        ("10,000 people", ".", "10000 people"),
        ("1,500 mg", ",", "1.5 mg"),
        ("0,125 mg", ".", "0.125 mg"),
        ("1,5 mg", ".", "1.5 mg"),
        ("1.500 mg", ",", None),
        ("1,500 mg", "", None),
        ("5,10 mg", ".", None),
        ("5,10 mg", ",", "5.1 mg"),
        ("5,10 mg", "", "5.1 mg"),
        ("5,0 mg", ".", "5 mg"),
    ],
)
def test_the_decimal_mark_of_the_language_decides(
    text: str, language: str, amount: str | None
) -> None:
    assert amounts(text, language) == [amount]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 nM", "nM"),
        ("5 nm", "nm"),
    ],
)
def test_a_unit_that_records_do_not_have_is_understood_and_proves_no_amount(
    text: str, unit: str
) -> None:
    (figure,) = registered(text)

    assert (figure.understood, figure.unit, figure.quantities) == (True, unit, ())


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50 ng", "50 ng"),
        ("5 IU", "5 IU"),
        ("5 international units", "5 IU"),
        ("5000 IU/kg", "5000 IU/kg"),
        ("5 L", "5 L"),
        ("2 tablets", "2 tablets"),
        ("2 puffs", "2 puffs"),
        ("3 years", "3 years"),
        ("24 months", "24 months"),
        ("4 mg/kg/day", "4 mg/kg per day"),
        ("4 mg/day/kg", "4 mg/kg per day"),
        ("4 mg kg⁻¹ day⁻¹", "4 mg/kg per day"),
        ("4 mg/(kg·day)", "4 mg/kg per day"),
        ("4 mg/kg daily", "4 mg/kg per day"),
        ("4 mg a week", "4 mg per week"),
        ("5 mg/hour", "5 mg per hour"),
        ("once a month", "1 per month"),
        ("2 tablets a day", "2 tablets per day"),
        ("4 mg in each nostril", "4 mg/nostril"),
        ("4 mg a nostril", "4 mg/nostril"),
        ("10 mg/m2", "10 mg/m2"),
        ("25 micrograms/actuation", "25 micrograms/actuation"),
    ],
)
def test_a_unit_of_several_parts_proves_its_own_amount_alone(text: str, amount: str) -> None:
    (figure,) = registered(text)

    assert [str(found) for found in figure.quantities] == [amount]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("4 mg over 5 days", "5 days"),
        ("4 mg/5 mL", "5 mL"),
        ("4 mg per dose", "dose"),
        ("once every 6 months", "6 months"),
        ("every other day", "2 days"),
        ("on alternate days", "2 days"),
        ("every third day", "3 days"),
        ("every 72 hours", "72 hours"),
        ("every 20 minutes", "20 minutes"),
        ("3 times a fortnight", "fortnight"),
        ("3 times nightly", "night"),
        ("once every other week", "2 weeks"),
        ("3 times per course", "course"),
    ],
)
def test_a_denominator_or_period_that_records_do_not_have_proves_no_amount(
    text: str, per: str
) -> None:
    (figure,) = registered(text)

    assert (figure.understood, figure.per, figure.quantities) == (True, per, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the third day", "ordinal"),
        ("fifth day", "ordinal"),
        ("4th week", "ordinal"),
        ("65-year-old", "age"),
        ("18 years and older", "age"),
        ("day 10", "number"),
        ("10-fold", "ratio"),
        ("May 1994", "date"),
    ],
)
def test_what_counts_no_unit_proves_no_amount(text: str, kind: str) -> None:
    (figure,) = registered(text)

    assert (figure.kind, figure.quantities) == (kind, ())


def test_a_half_in_another_word_is_no_part_of_an_amount() -> None:
    assert amounts("half-life of 5 minutes") == [None, "5 minutes"]


def test_drops_are_counted_in_each_nostril_as_records_count_them() -> None:
    (figure,) = registered("2-3 drops in each nostril")

    assert list(map(str, figure.quantities)) == ["2-3 drops/nostril", "2-3 drops"]


# ---- running text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The dose was 4 mg, given into the nose.", ["4 mg"]),
        ("It rose by more than 80 % in 24 months.", ["more than 80 %", "24 months"]),
        ("Given every 20 minutes for 5-10 days.", ["every 20 minutes", "5-10 days"]),
        ("On 4 May 1994 and in December 1995", ["4 May 1994", "December 1995"]),
        ("Of the 12 genes, 24 changed at 3 hours.", ["12 genes", "24", "3 hours"]),
        ("ABC-10 and C9H8O4 (No. 94/294/10)", ["ABC-10", "C9H8O4", "94", "294/10"]),
        ("p = 0.04, at -5 °C", ["0.04", "-5 °C"]),
        ("4 mg/kg a day, 4 mg per zork", ["4 mg/kg a day", "4 mg per zork"]),
        ("At 20 ± 4 mg or more", ["20 ± 4 mg or more"]),
        ("not about 4 mg", ["not about 4 mg"]),
        ("4 mg of it per kg", ["4 mg of it per kg"]),
        ("half of the 4 mg", ["half of the 4 mg"]),
        ("Twice a day", []),
        ("On day 28 sleep lasted longer", ["28"]),
        ("At week 4 scores rose", ["4"]),
        ("They took 28 tablets on day 3 and slept", ["28 tablets", "3"]),
    ],
)
def test_running_text_is_read_figure_by_figure(text: str, found: list[str]) -> None:
    assert [figure.text for figure in mentioned(text)] == found


@pytest.mark.parametrize(
    "text",
    ["5 mg%", "5 mg ‰", "given 5 mg* daily", "≠ 5 mg", "√5 mg", "2 500 mg", "10 000 people", "#5"],
)
def test_a_figure_of_running_text_is_doubted_for_what_stands_beside_it(text: str) -> None:
    assert not any(figure.understood for figure in mentioned(text))


@pytest.mark.parametrize(
    "text", ["in 2007 500 people", "a 2 5000 mg", "5 mg → 10 mg", "1.2 500 mg"]
)
def test_two_figures_side_by_side_in_running_text_are_two(text: str) -> None:
    assert [figure.understood for figure in mentioned(text)] == [True, True]


# ---- properties --------------------------------------------------------------------------------

_PIECES = [
    *(
        "0",
        "1",
        "4",
        "10",
        "250",
        "0.5",
        ".5",
        "1,5",
        "1,500",
        "1.500",
        "1/2",
        "½",
        "two",
        "hundred",
    ),
    *("twenty", "a", "half", "once", "twice", "mg", "µg", "mcg", "g", "ml", "kg", "IU", "hours"),
    *("days", "week", "months", "times", "%", "patients", "rats", "drops", "year-old", "people"),
    *("/", "per", "⁻¹", "-1", "^-1", "·", "(", ")", "a day", "daily", "/d", "every", "weekly"),
    *("b.i.d.", "x", "×", "±", "+", "-", "–", "to", "or", "and", "of", "in", ",", ".", ";", ":"),
    *("<", "≤", ">=", "~", "not", "more than", "up to", "max.", "or more", "about", "zork", "May"),
    *("1994", "No.", "the", "each", "nostril", "dose"),
]
_texts = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(_PIECES), max_size=8).map(" ".join),
    st.lists(st.sampled_from(_PIECES), max_size=8).map("".join),
)


@pytest.mark.parametrize(
    "piece", ["(", "1 ", "up to ", "a ", "more than ", "1x", "4 mg/", "healthy ", "1 to ", "."]
)
def test_a_long_text_is_read_in_no_time(piece: str) -> None:
    start = time.process_time()
    registered(piece * (2000 // len(piece)))
    mentioned(piece * (2000 // len(piece)))

    assert time.process_time() - start < 1


@given(_texts)
@example("1/0")
@example("one " * 200)
@example("1x" * 3000)
@example("two hundred million " * 300)
@example("9" * 5000 + " mg")
def test_any_text_can_be_read(text: str) -> None:
    for mark in ("", ".", ","):
        for figure in registered(text, mark):
            assert figure.as_json()["understood"] is figure.understood
            assert figure.wording is not None
    assert all(figure.text for figure in mentioned(text))
    dates_in(text)


@given(_texts)
def test_a_registered_figure_proves_at_most_one_value_of_each_kind_of_unit(text: str) -> None:
    proved = {amount for figure in registered(text) for amount in figure.quantities}

    assert not [
        (str(one), str(other))
        for one, other in combinations(proved, 2)
        if one.unit.dimension == other.unit.dimension
    ]


_numbers = st.sampled_from(["1", "4", "10", "250", "0.5", "2.5", "12.25", "1500"])
_bounds = st.sampled_from(["", "> ", "≥ ", "< ", "≤ "])


@st.composite
def _data_amounts(draw: st.DrawFn) -> str:
    """An amount as the data files write it."""
    unit = draw(st.sampled_from([unit.many for unit in BUILT_IN.all]))
    # `1500 hours` may be a time of the day
    number = "40" if unit in ("people", "animals", "hours") else draw(_numbers)
    return str(quantity(f"{draw(_bounds)}{number} {unit}"))


@given(_data_amounts())
def test_what_the_data_files_write_is_read_as_itself(amount: str) -> None:
    assert amounts(amount) == [amount]


def _spelling(text: str) -> str:
    return re.sub(r"[\s-]", "", text.replace(",", "."))


@given(_data_amounts(), st.data())
def test_a_changed_character_changes_what_is_proved_or_proves_nothing(
    amount: str, data: st.DataObject
) -> None:
    """But for what is no change: a plural, a decimal comma, a last nought, a hyphen for a space."""
    place = data.draw(st.integers(0, len(amount) - 2))
    letter = data.draw(st.sampled_from("0123456789.,/-+<>≤≥~±×%^xkmgdzµ⁻¹"))
    changed = amount[:place] + letter + amount[place + 1 :]
    assume(amount[place] + letter != " 0")

    if _spelling(changed) != _spelling(amount):
        assert amount not in amounts(changed)
