"""What a figure of a register proves in the values and texts of records."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import problems, replace, sound_folder, write

from sitegen.check.evidence import Evidence, Printed, unproved, unproved_in_text, why_not
from sitegen.model import Verbatim
from sitegen.model.quantity import quantity

TABLET = """\
name: Tablet
substance: examplin
at: leaflet dosage.1.1
form: Tablet
strength: not applicable
strength_label: not reported
content: not applicable
composition: not reported
maker: not reported
supply: not reported
storage: not reported
shelf_life: not reported
unit: {unit}
ingredients: [{{substance: examplin, amount: 9 mg}}]
"""


def is_said(text: str, *printed: str) -> bool:
    return not [*unproved_in_text(text, Evidence(tuple(Printed(text, ".") for text in printed)))]


@pytest.mark.parametrize(
    ("printed", "amount", "proved"),
    [
        ("0,125 mg", "0.125 mg", True),
        ("0,125 mg", "125 mg", False),
        ("once weekly", "1 per week", True),
        ("once weekly", "1 time", False),
        ("twice-daily", "2 times", False),
        ("4 mg kg−1", "4 mg/kg", True),
        ("4 mg kg−1", "4 mg", False),
        ("50 ng", "50 mg", False),
        ("5 L", "5 mL", False),
        ("two hundred patients", "200 people", True),
        ("two hundred patients", "2 people", False),
        ("65-year-old patients", "65 people", False),
        ("4mg+", "≥ 4 mg", True),
        ("4mg+", "4 mg", False),
        ("approx. 4 mg", "4 mg", False),
        ("20 ± 4 mg", "20 mg", True),
        ("20 ± 4 mg", "4 mg", False),
        ("750ug-1mg", "0.75-1 mg", True),
        ("6 mg or 9 mg", "6 mg", False),
    ],
)
def test_a_printed_figure_proves_one_amount(printed: str, amount: str, proved: bool) -> None:
    assert (not [*unproved(quantity(amount), Evidence((Printed(printed),)))]) == proved


def is_proved(amount: str, where: str, *printed: str) -> bool:
    evidence = Evidence(tuple(Printed(text, ".") for text in printed))
    return not [*unproved(quantity(amount), evidence, (where,))]


@pytest.mark.parametrize(
    ("printed", "amount", "where", "proved"),
    [
        # an amount in a period, with other words between the two
        (("4-48 mg", "day"), "4-48 mg per day", "daily", True),
        (("15 mg to 30 mg", "daily"), "15-30 mg per day", "daily", True),
        (("100 to 200 micrograms", "daily dose"), "100-200 micrograms per day", "daily", True),
        (("30 mg/m2", "weekly"), "30 mg/m2 per week", "weekly", True),
        (("30 mg/m2", "weekly"), "30 mg/m2 per day", "daily", False),
        (("4 mg",), "4 mg per day", "daily", False),
        (("4 mg", "twice daily"), "4 mg per day", "daily", False),
        (("4 mg", "daily"), "4 mg per day", "rate", False),
        # a strength, by what holds the amount
        (("2 mg", "1 ml"), "2 mg/mL", "strength", True),
        (("1.34 mg", "One ml"), "1.34 mg/mL", "strength", True),
        (("2 mg", "1.5 ml"), "2 mg/mL", "strength", False),
        (("2 mg", "1 ml"), "2 mg/mL", "each", False),
        (("25 mcg",), "25 micrograms/tablet", "strength", True),
        (("25 mcg",), "25 mg/tablet", "strength", False),
        (("10 mg", "10 mL", "1 mL"), "10 mg/mL", "strength", False),
        (("5 mg", "10 mg", "1 mL"), "10 mg/mL", "strength", False),
        (("5 mg", "5-10 mg", "1 mL"), "5 mg/mL", "strength", False),
        (("5 mg", "6 mg or 9 mg", "1 mL"), "5 mg/mL", "strength", False),
        (("0.5 mg (500 micrograms)", "1 mL"), "0.5 mg/mL", "strength", True),
        (("5 mg", "for 5 days", "1 mL"), "5 mg/mL", "strength", True),
        # doses that come once in a period are one in it, as many times as there are doses
        (("3 doses", "once weekly"), "3 per week", "times", False),
        (("3 doses", "once weekly"), "1 per week", "times", True),
        (("once weekly for 3 doses",), "3 per week", "times", False),
        (("3 doses", "every 12 hours", "once weekly"), "3 per week", "times", False),
        (("3 doses", "12 hours", "once weekly"), "3 per week", "times", True),
        (("3 doses", "12 days", "once weekly"), "3 per week", "times", False),
        (("15 mg", "daily", "5-day", "3 times"), "15 mg per day", "daily", True),
        (("15 mg", "daily", "3 times", "5-day"), "15 mg per day", "daily", False),
        (("3 doses", "twice weekly"), "3 per week", "times", False),
        (("3 doses",), "3 per week", "times", False),
        (("up to 3 doses", "once weekly"), "3 per week", "times", False),
        # two periods beside one amount: of which it is, is open
        (("4 mg", "weekly", "daily"), "4 mg per day", "daily", False),
        (("4 mg", "weekly", "daily"), "4 mg per week", "weekly", False),
        (("1-2 million IU",), "1-2000000 IU", "each", False),
        (("5 mg/kg (max. 300 mg)",), "300 mg", "each", False),
        (("5 mg/kg (max. 300 mg)",), "≤ 300 mg", "max", True),
        (("not take more than four tablets a day",), "≤ 4 tablets per day", "max", True),
        (("not take more than four tablets a day",), "> 4 tablets per day", "max", False),
        (("not take more than four tablets a day",), "4 tablets per day", "daily", False),
        (("should not last longer than 6 months",), "≤ 6 months", "length", True),
        (("should not last longer than 6 months",), "6 months", "length", False),
        (("should not last longer than 6 months",), "> 6 months", "length", False),
        (("10 mg in 2 divided doses",), "10 mg", "each", False),
        (("0.5 mg (500 micrograms)",), "0.5 mg", "each", True),
        # the days on which doses are given
        (("day 1, 8",), "2 times", "times", True),
        (("days 1, 8 and 15",), "3 times", "times", True),
        (("days 1, 8 and 15",), "3 per week", "times", False),
        (("days 1-14",), "2 times", "times", False),
        (("days 1, 8 mg",), "2 times", "times", False),
        # `over` before years is an age to a field of ages, and no length
        (("over 60 years",), "> 60 years", "age", True),
        (("over 60 years",), "60 years", "age", False),
        (("over 60 years",), "> 60 years", "length", False),
        (("over 5-10 years",), "> 5 years", "age", False),
        # an amount, `daily`, and how often: it may be one of several doses a day
        (("4 mg", "daily", "twice a day"), "4 mg per day", "daily", False),
        (("4 mg", "daily", "once daily"), "4 mg per day", "daily", True),
        (("2 doses", "once daily"), "2 per day", "times", False),
        # the same with another frequency, a count or what is not understood
        (("15 mg", "once a week", "daily"), "15 mg per day", "daily", False),
        (("5 mg", "3 times", "daily"), "5 mg per day", "daily", False),
        (("5 mg", "two doses", "daily"), "5 mg per day", "daily", False),
        (("5 mg", "2 tablets", "daily"), "5 mg per day", "daily", False),
        (("5 mg", "1 tablet", "daily"), "5 mg per day", "daily", True),
        (("5 mg", "up to 1 dose", "daily"), "5 mg per day", "max", False),
        (("5 mg", "every other day", "day"), "5 mg per day", "daily", False),
        (("5 mg", "at 8-hour intervals", "daily"), "5 mg per day", "daily", False),
        (("5 mg", "in two divided portions", "daily"), "5 mg per day", "daily", False),
        (("5 mg", "one dose", "every 24 hours", "daily"), "5 mg per day", "daily", True),
        (("5 mg", "40 patients", "ABC-10", "daily"), "5 mg per day", "daily", True),
        (("5 mg", "once a week", "weekly"), "5 mg per week", "weekly", True),
    ],
)
def test_figures_that_stand_apart_prove_what_they_say_together(
    printed: tuple[str, ...], amount: str, where: str, proved: bool
) -> None:
    assert is_proved(amount, where, *printed) == proved


@pytest.mark.parametrize(
    "text",
    [
        *("Given 4 mg/kg", "4 mg per kg", "4 mg a day", "4 mg daily", "4 mg weekly", "4 mg kg-1"),
        *("more than 4 mg", "4 mg or more", "4 mg+", "max. 4 mg", "approx. 4 mg", "about 4"),
        *("4 µg", "4 mL", "4 g", "4 IU", "4 months", "4 people", "4 times", "4%", "-4 mg"),
        *("14 mg", "4.5 mg", "0.4 mg", ".4 mg", "4,000 mg", "4-6 mg", "1/4 mg", "2 x 4 mg"),
        *("4 mg x 2", "half of 4 mg", "4 mg ± 1", "4 mg of it per kg", "4 mg in 24 hours"),
    ],
)
def test_a_text_that_says_another_figure_is_not_proved(text: str) -> None:
    assert not is_said(text, "4 mg")


@pytest.mark.parametrize(
    ("text", "printed", "said"),
    [
        ("24 months", "24 hours", False),
        ("24 months", "24 months", True),
        ("5 IU", "5 mL", False),
        ("5 IU", "5 IU", True),
        ("12 genes", "12 genes", True),
        ("12 proteins", "12 genes", False),
        ("12 of them", "12 genes", True),
        ("12 genes", "12", True),
        ("30 patients", "more than 30 patients", False),
        ("more than 30 people", "over 30 patients", True),
        ("20 ± 4 mg", "20 ± 4 mg", True),
        ("20 ± 5 mg", "20 ± 4 mg", False),
        ("20 mg", "20 ± 4 mg", True),
        ("4 mg", "20 ± 4 mg", False),
        ("half of the 40 patients", "40 patients", True),
        ("half of the 40 mg", "40 mg", False),
        ("ABC-10", "ABC-11", False),
        ("ABC-10", "the ABC-10 cells", True),
        ("ABC(4-10)", "ABC (4-10)", True),
        ("in 1994", "May 4, 1994", True),
        ("4 May 1994", "May 4, 1994", True),
        ("5 May 1994", "May 4, 1994", False),
        ("65-year-old patients", "65-year-old patients", True),
        ("4 mg/zork", "4 mg/zork", True),
        ("4 mg", "4 mg/zork", False),
        ("3 drops in each nostril", "3 drops", True),
        ("4 mg in each nostril", "4 mg", False),
        ("５ mg", "5 mg", False),
        ("⅝ tablet", "5 tablets", False),
        # the case of a unit is another unit; that of any other word is none
        ("5 nM", "5 nm", False),
        ("5 mM", "5 mm", False),
        ("5 µM", "5 µm", False),
        ("5 MBq", "5 mBq", False),
        ("5 Mg", "5 mg", False),
        ("5nM", "5nm", False),
        ("5 MHz", "5 mHz", False),
        ("5 MG", "5 mg", True),
        ("5 nM", "5 nM", True),
        ("5 µM", "5 μM", True),
        ("Zorks of Grade 5", "zorks of grade 5", True),
        ("phase 2 zork 3b", "Phase 2 zork 3b", True),
    ],
)
def test_a_text_says_what_is_printed_or_quotes_it(text: str, printed: str, said: bool) -> None:
    """What is not understood proves itself, letter by letter, and nothing else."""
    assert is_said(text, printed) == said


@pytest.mark.parametrize(
    ("printed", "amount", "where", "proved"),
    [
        ("Week 1", "1 week", "length", True),
        ("weeks 1 through 4", "4 weeks", "length", True),
        ("days 8-14", "7 days", "length", True),
        ("week 4", "4 weeks", "length", False),
        ("months 6", "1 month", "length", False),
        ("weeks 12", "1 week", "length", False),
        ("days 10", "1 day", "length", False),
        ("Week 1", "1 week", "interval", False),
        ("Two", "2 tablets", "each", True),
        ("Two", "2 mg", "each", False),
        ("2 mg", "2 tablets", "each", False),
        # a number that names a day, an order or a reference, or is a p value, counts nothing
        ("day 2", "2 tablets", "each", False),
        ("week 2", "2 people", "events", False),
        ("No. 2", "2 tablets", "each", False),
        ("p = 2", "2 people", "of", False),
        ("[2]", "2 tablets", "each", False),
        ("n = 2", "2 tablets", "each", False),
        ("2 of 30 patients", "2 tablets", "each", False),
        ("2 (12 %)", "2 tablets", "each", False),
        ("days 1, 8 and 30", "30 people", "events", False),
        ("weeks 4 and 30", "30 people", "events", False),
        ("weeks 4, 8, or thirty", "30 people", "of", False),
        ("weeks 1-4 and 30", "30 people", "events", False),
        ("visits 2 and 30", "30 people", "events", False),
        ("4 and 30", "30 people", "events", True),
        ("1994", "1994 people", "participants", False),
        ("in 1994", "1994 people", "events", False),
        ("1994 patients", "1994 people", "participants", True),
        ("category 2", "2 people", "events", False),
        ("dose 2", "2 people", "events", False),
        ("(n = 2)", "2 people", "of", True),
        ("40", "40 people", "participants", True),
        ("40", "41 people", "participants", False),
        ("40 mg", "40 people", "participants", False),
        ("day 40", "40 people", "participants", False),
        ("40 %", "40 people", "participants", False),
        ("40", "40 mg", "each", False),
    ],
)
def test_numbered_weeks_and_bare_numbers_prove_what_they_count(
    printed: str, amount: str, where: str, proved: bool
) -> None:
    there = Evidence((Printed(printed, "."),))

    assert (not [*unproved(quantity(amount), there, (where,))]) == proved


@pytest.mark.parametrize(
    ("printed", "number", "is_proved"),
    [
        ("NCT00000017", "NCT00000017", True),
        ("NCT00000017", "NCT00000018", False),
        ("NCT00000017", "NCT0000001", False),
        ("(2S)-2-amino-3-phenylpropanoyl", "(2S)-2-amino-3-phenylpropanoyl", True),
        ("a registry", "a registry", True),
        ("94/294/10", "94/294", False),
        ("94/294/10", "294/10", False),
        ("EU/1/20/1528", "EU/1/20", False),
        ("FDA-2025-N-6895", "6895", False),
        ("12.345.6", "12.345", False),
        ("under No. 94/294.", "No. 94/294", True),
        ("EU/1/20, EU/1/20/1528", "EU/1/20", True),
        ("(FDA-2025-N-6895)", "FDA-2025-N-6895", True),
    ],
)
def test_the_number_of_a_registry_stands_in_print_letter_for_letter(
    printed: str, number: str, is_proved: bool
) -> None:
    there = Evidence((Printed(printed, "."),))
    where = ("identifiers", 0, "value")

    assert (not list(unproved(Verbatim(number), there, where))) == is_proved
    assert not list(unproved(Verbatim(number), Evidence(()), ("codes", 0, "code")))


@pytest.mark.parametrize(
    ("printed", "is_proved"),
    [
        ("only 1 more tablet", True),
        ("one further dose", True),
        ("one extra time", True),
        ("1 more week", False),
        ("one more patient", False),
        ("1 tablet", False),
        ("1", False),
        ("2 more tablets", False),
        ("30 minutes", False),
    ],
)
def test_a_number_of_repeats_is_proved_by_so_many_more(printed: str, is_proved: bool) -> None:
    there = Evidence((Printed(printed, "."),))

    assert (not list(unproved(quantity("1 time"), there, ("repeats", "value")))) == is_proved


@pytest.mark.parametrize(
    ("printed", "days", "is_proved"),
    [
        ("day 1, 8", ["1", "8"], True),
        ("Days 1 and 8", ["1", "8"], True),
        ("on days 1, 8, and 15", ["1", "8", "15"], True),
        ("days 1 through 14", ["1-14"], True),
        ("days 1-3 and 8", ["1-3", "8"], True),
        ("days 1 through 14", ["1", "14"], False),
        ("day 1, 8", ["1-8"], False),
        ("8 mg", ["8"], False),
        ("14 days", ["14"], False),
    ],
)
def test_days_of_a_course_are_proved_by_days(
    printed: str, days: list[str], is_proved: bool
) -> None:
    there = Evidence((Printed(printed, "."),))
    missing = [left for day in days for left in unproved(day, there, ("days", 0))]

    assert (missing == []) == is_proved


@pytest.mark.parametrize(
    ("printed", "is_proved"),
    [
        ("1.5 to 2 times normal", True),
        ("1.5 to 2 times the control", True),
        ("1.5 to 2 times", True),
        ("1.5 to 2 times a day", False),
        ("1.5 to 2", False),
        ("2 times normal", False),
    ],
)
def test_a_target_is_proved_by_a_multiple_of_normal(printed: str, is_proved: bool) -> None:
    there = Evidence((Printed(printed, "."),))

    found = [*unproved(quantity("1.5-2 times"), there, ("target", 0, "value", "value"))]
    assert (found == []) == is_proved


@pytest.mark.parametrize(
    ("printed", "text", "is_proved"),
    [
        ("85 %", "85 % of patients", True),
        ("85 %", "85 of patients", False),
        ("85 %", "85 patients", False),
        ("5 minutes", "after 5 and 20 minutes", True),
        ("15 animals", "15 on saline", True),
        ("23-24 July 2026", "on 23-24 July 2026", True),
        ("23-24 July 2026", "on 23-28 July 2026", False),
        ("23-24 July 2026", "on 23 July 2026", False),
        ("23-24 July 2026", "in July 2026", True),
        ("July 2026", "on 23-24 July 2026", False),
    ],
)
def test_a_figure_of_a_text_is_proved_by_the_same_kind(
    printed: str, text: str, is_proved: bool
) -> None:
    there = Evidence((Printed(printed, "."), Printed("20 minutes", ".")))

    assert (not list(unproved_in_text(text, there))) == is_proved


@pytest.mark.parametrize(
    ("printed", "unit", "is_proved"),
    [
        ("50 mg in each tablet", "tablet", True),
        ("50 mg per tablet", "tablet", True),
        ("50 mg/tablet", "tablet", True),
        ("50 mg", "tablet", True),
        ("50 mg in each capsule", "tablet", False),
        ("50 mg per 2 tablets", "tablet", False),
        ("up to 50 mg in each tablet", "tablet", False),
        ("50 micrograms in each tablet", "tablet", False),
        ("50 mg/kg", "tablet", False),
        ("50 mg in each tablet", "", False),
        ("50 mg in 2 tablets", "tablet", False),
        ("50 mg in half a tablet", "tablet", False),
        ("50 mg in 1 tablet", "tablet", True),
    ],
)
def test_the_amount_of_an_ingredient_is_that_in_one_unit(
    printed: str, unit: str, is_proved: bool
) -> None:
    there = Evidence((Printed(printed, "."),))

    assert (not [*unproved(quantity("50 mg"), there, held_by=unit)]) == is_proved


@pytest.mark.parametrize(("unit", "missing"), [("tablet", 0), ("puff", 1)])
def test_a_product_says_in_which_unit_its_ingredients_are(
    tmp_path: Path, unit: str, missing: int
) -> None:
    data = sound_folder(tmp_path)
    replace(data, "sources/leaflet.yml", '"2–4 mg",', '"9 mg in each tablet", "2–4 mg",')
    write(data, "products/tablet.yml", TABLET.format(unit=unit))

    assert len([line for line in problems(data) if "figure '9 mg'" in line]) == missing


AGE = "the age ≥ 18 years"
SO = ": write it so, or cite another sentence"


@pytest.mark.parametrize(
    ("figure", "printed", "said"),
    [
        ("18 to 65 years", "aged 18 to 65 years", "write it as an age, 'aged 18 to 65 years'"),
        ("18-65 years", "aged 18 to 65 years", "write it as an age, 'aged 18 to 65 years'"),
        (
            "18 years",
            "18 years and older",
            f"printed there: '18 years and older' (the age ≥ 18 years){SO}",
        ),
        ("6 months", "up to 6 months", f"printed there: 'up to 6 months' (≤ 6 months){SO}"),
        ("4.2 points", "\u22124.2 points", f"printed there: '\u22124.2 points' (-4.2 points){SO}"),
        ("-4.2", "4.2 points", f"printed there: '4.2 points' (4.2 points){SO}"),
        ("20 mg", "20 mg/kg a day", f"printed there: '20 mg/kg a day' (20 mg/kg per day){SO}"),
        (
            "4 tablets",
            "four tablets a day",
            f"printed there: 'four tablets a day' (4 tablets per day){SO}",
        ),
        ("24 months", "24 hours", f"printed there: '24 hours' (24 hours){SO}"),
        ("5 mg", "about 5 mg", f"printed there: 'about 5 mg' (no exact amount){SO}"),
    ],
)
def test_what_is_printed_with_the_same_numbers_is_named_first(
    figure: str, printed: str, said: str
) -> None:
    there = Evidence(tuple(Printed(text, ".") for text in ("9 mg", printed, "5 mg per os")))

    assert next(why_not(figure, there)) == said


def test_figures_of_the_same_unit_are_named_before_others() -> None:
    there = Evidence(tuple(Printed(text) for text in ("6 mg", "over 6 months", "at most 6 months")))

    assert list(why_not("6 months", there)) == [
        "printed there: 'over 6 months' (6 months as the time of one administration), 'at most 6"
        f" months' (≤ 6 months){SO}"
    ]


def test_an_age_is_written_with_the_words_that_make_it_one() -> None:
    assert is_said("Adults aged 18-65 years", "aged 18 to 65 years")
    assert is_said("Adults aged 18-65 years", "18 to 65 years")
    assert not is_said("Adults of 18-65 years", "aged 18 to 65 years")
    assert not is_said("Adults aged 18-65 years", "aged at least 18 years")
    assert not is_said("Adults at least aged 18 years", "aged 18 years")


@pytest.mark.parametrize(
    ("text", "is_proved"),
    [
        ("5 mg", True),
        ("5 mg%", False),
        ("√5 mg", False),
        ("2 500 mg", False),
        ("more than 5 mg", True),
        ("It isn't more than 5 mg", False),
        ("It wasn’t given more than 5 mg", False),
    ],
)
def test_what_stands_beside_a_figure_is_no_quotation_of_it(text: str, is_proved: bool) -> None:
    printed = ("5 mg", "more than 5 mg", "2", "500 mg")
    there = Evidence(tuple(Printed(one, ".") for one in printed))

    assert (not list(unproved_in_text(text, there))) == is_proved
