"""The words that the reader of figures knows: units, periods, frequencies, people, bounds, months.

A word that is in none of these tables is not understood, and a figure beside it proves nothing.
Units and routes stand in tables of their own. To teach the reader another word, add it here
with its source or the reason; no code has to change.
"""

from __future__ import annotations

import re

from sitegen.model.routes import routes

# Spellings of which the case is wrong, so that they may be one of two units: milligrams or
# megagrams, a molar solution or a length.
NO_UNITS = frozenset("Mg mG Mmol Ml MEq mBq Mbq MBQ Mm MM Nm NM Um UM Pg Ie ie Iu".split())
# Two words for one unit.
UNIT_PAIRS = {
    ("per", "cent"): "%",
    ("international", "unit"): "IU",
    ("international", "units"): "IU",
    ("международных", "единиц"): "IU",
    ("internationale", "einheiten"): "IU",
    ("носовой", "ход"): "nostrils",
    ("guinea", "pig"): "animals",
    ("guinea", "pigs"): "animals",
    ("square", "metre"): "m2",
    ("square", "meter"): "m2",
    ("sq", "m"): "m2",
    ("mm", "hg"): "mmHg",
}
# Units that are printed with full stops between their letters too: `5 I.U.`
DOTTED_UNITS = frozenset("IU IE МЕ cc".split())
# What may follow a kilogram that is one of body weight, and a square metre of body surface.
OF_BODY = (
    r"(?: ?\(?(?:of )?(?:body[ -]?(?:weight|mass|wt)|bw|b\.w\.|körpergewicht|kg|массы тела)\)?)?"
)
OF_SURFACE = r"(?: ?\(?(?:of )?(?:body surface(?: area)?|bsa|kof)\b\)?)?"

# One spelling, and how often that is: a number, and the period it is counted by.
# Abbreviations: HL7 v3 GTSAbbreviation (BID, TID, QID, QD, QOD), and the Latin abbreviations of
# British prescriptions (bd, tds, qds). Left out on purpose: "o.d." (once a day or the right eye,
# ISMP), "b.i.w.", "bi-weekly", "bimonthly" (two in one or one in two), "h.s." (bedtime or half
# strength, ISMP).
FREQUENCIES = {
    "qd": (1, "day"),
    "bid": (2, "day"),
    "bd": (2, "day"),
    "bds": (2, "day"),
    "tid": (3, "day"),
    "tds": (3, "day"),
    "qid": (4, "day"),
    "qds": (4, "day"),
    "qod": (1, "2 days"),
    "eod": (1, "2 days"),
    "qw": (1, "week"),
    "qwk": (1, "week"),
}
# Adverbs of a period: after an amount they divide it (`5 mg daily`), after a count they say its
# period (`once weekly`), alone they are once in it.
ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "nightly": "night",
    "hourly": "hour",
    "fortnightly": "fortnight",
    "quarterly": "quarter",
    "täglich": "day",
    "tägl": "day",
    "tgl": "day",
    "wöchentlich": "week",
    "monatlich": "month",
    "ежедневно": "day",
    "еженедельно": "week",
}
# "Alternate days" and "every other day" are one in two.
ALTERNATE = r"(?:(?:on )?alternate|every (?:other|second)|each other|every alternate)"
# Letters behind `q` and a number (HL7 v3 GTSAbbreviation, oncology protocols); `m` may be minutes.
LETTERS_OF_Q = {"h": "hours", "d": "days", "w": "weeks"}
EVERY_ORDINAL = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
# Periods that are the same by definition, and how many hours a day has.
SAME_PERIODS = {"24 hours": "day", "7 days": "week", "12 months": "year"}
HOURS_OF_A_DAY = 24

COUNTS = {
    **{"once": 1, "twice": 2, "thrice": 3},
    **{"einmal": 1, "zweimal": 2, "dreimal": 3, "viermal": 4},
    **{"однократно": 1, "дважды": 2, "трижды": 3},
}
DIGITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
MULTIPLIERS = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "dozen": 12,
}
# Abbreviations of multipliers, which stand behind digits alone: Duden ("Mio.", "Tsd."), and the
# rules of Russian spelling of 1956 ("тыс.", "млн").
SHORT_MULTIPLIERS = {"mio": 1_000_000, "tsd": 1000, "млн": 1_000_000, "тыс": 1000}
ALL_NUMBERS = frozenset([*DIGITS, *TENS, *MULTIPLIERS])
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
}

# Bounds before a number. A tilde marks what the source gives as approximate or as a mean: it
# proves no exact amount. "No more than" and the like deny the bound that follows them.
BOUNDS_BEFORE = {
    "≤": (
        "(?:not|no|never) more (?:often |frequently )?than|not to exceed"
        "|(?:(?:did|does|do|should|must|may|will|to) )?not exceed(?:ing)?|within"
        "|(?:(?:should|must|may|will|to) )?never exceed(?:ing)?|cannot exceed|without exceeding"
        "|(?:no|not) (?:longer|older) than"
        "|not over|not above|not greater than|no greater than|not higher than|no higher than"
        "|at most|at the most|up to and including|(?:up )?to a max(?:imum)? of|up to max(?:imum)?"
        "|up to|upto|as much as|as many as|max(?:imum)? (?:dose|dosage)|maximum of|maximum"
        "|max|a maximum of|equal to or less than|less than or equal to"
        "|bis max(?:imal)?|bis zu|(?:nicht|nie|niemals) (?:(?:für )?(?:mehr|länger|höher|älter) als"
        "|über)|höchstens|maximal|не (?:более|больше|дольше|выше|свыше|старше)(?: чем)?"
        "|не (?:(?:должна|должен|должно|должны) )?превыша(?:ть|ет|ют|л[аои]?|я)|макс(?:имум)?|до"
    ),
    "≥": (
        "(?:not|no|never) less (?:often |frequently )?than|not fewer than|no fewer than"
        "|not under|not below"
        "|(?:no|not) (?:shorter|younger) than"
        "|not lower than|no lower than|at least|at the least|minimum of|a minimum of"
        "|min(?:imum)? (?:dose|dosage)|minimum|min|(?:greater|more) than or equal to"
        "|equal to or (?:greater|more) than|nicht (?:(?:weniger|kürzer|jünger) als|unter)"
        "|mindestens|mind|wenigstens|не (?:менее|меньше|ниже|моложе|младше)(?: чем)?|минимум"
    ),
    ">": (
        "more than|longer than|greater than|higher than|older than|larger than|in excess of"
        "|more often than|more frequently than"
        "|exceeding|exceeds|exceeded|above|beyond|over|just over|(?:mehr|länger|höher|größer) als"
        "|älter als|(?:более|больше|дольше|выше)(?: чем)?|свыше|старше"
    ),
    "<": (
        "less than|fewer than|lower than|shorter than|smaller than|younger than|under|below"
        "|less often than|less frequently than"
        "|just under|(?:weniger|kürzer|niedriger|kleiner|jünger) als|(?:менее|меньше|ниже)(?: чем)?"
        "|моложе|младше"
    ),
    "~": (
        "approximately|approx|appr|about|around|circa|ca|roughly|nearly|almost|close to"
        "|an estimated|estimated|an average of|on average"
        "|(?:mean|median|average)(?: dose)?|a mean of|a median of|some"
        "|около|примерно|приблизительно|порядка|etwa|ungefähr|zirka|rund"
    ),
}
# A comparison that is denied is a limit, whatever is done: `do not take more than`. Left out: what
# is said of some patients (`not used in`, `not help`), and a change (`not increased by more than`).
HELPING_VERBS = "do|does|did|should|must|may|will|shall|to"
NEGATIONS = "not|never|nor|neither|cannot|nicht|nie|niemals|kein|keine|keinen|не"
VERBS_OF_A_RULE = "do|does|should|must|will|shall|to"
TO_USE = (
    "have|take|use|give|receive|administer|inject|apply|inhale|swallow|instil|instill|spray|infuse"
    "|repeat|prescribe|continue|last"
)
USED = (
    "taken|used|given|received|administered|injected|applied|inhaled|swallowed|instilled|sprayed"
    "|infused|repeated|prescribed|continued"
)
VERBS_OF_USE = (
    f"{TO_USE}|{USED}|be|been|had|lasted|taking|using|giving|administering|injecting|applying"
)
WHAT_IS_USED = "medicine|medication|drug|product|tablets?|capsules?|drops|spray|dose|treatment"
VERBS_OF_USE_RUSSIAN = "принимать|применять|использовать|вводить|назначать|закапывать|капать"
# Words before a comparison that no denial before them reaches beyond: `not used if more than`.
BEYOND_DENIAL = frozenset(
    "but and or only just if when unless until because since that who which where while as".split()
)
# What comes before an amount that something is raised to: `not increased above`.
RAISED = (
    r"(?:increase|increased|raise|raised)(?: the dose)?"
    r" (?:to (?:more|greater|higher) than|above|beyond)"
)
SIGNS_BEFORE = {
    "<": "<",
    ">": ">",
    "≤": "≤",
    "≥": "≥",
    "<=": "≤",
    "=<": "≤",
    ">=": "≥",
    "=>": "≥",
    "⩽": "≤",
    "⩾": "≥",
    "≦": "≤",
    "≧": "≥",
    "≯": "≤",
    "≮": "≥",
    "~": "~",
    "≈": "~",
    "≃": "~",
    "≅": "~",
    "∼": "~",
    "≲": "~",
    "≳": "~",
    "&lt;": "<",
    "&gt;": ">",
    "&le;": "≤",
    "&ge;": "≥",
    "&lt;=": "≤",
    "&gt;=": "≥",
    # as abstracts were set in ASCII: `> or = 5 mg`
    "< or =": "≤",
    "> or =": "≥",
    "<or=": "≤",
    ">or=": "≥",
    "</=": "≤",
    ">/=": "≥",
}
# Bounds behind a number or its unit. "Min" is a doubt, since it is a minute too: `5 µg/kg min`.
BOUNDS_BEHIND = {
    "≥": (
        r"(?:or|and) (?:more|greater|higher|above|over|longer|older|larger|upwards?|up|beyond)"
        r"|at (?:the )?least|minimum|min\b\.?|plus|upwards?|(?:oder|und) (?:mehr|älter|darüber)"
        r"|(?:и|или) (?:более|больше|выше|старше)"
    ),
    "≤": (
        r"(?:or|and) (?:less|fewer|lower|below|under|shorter|younger|smaller|lighter)"
        r"|at (?:the )?most|maximum|max\b\.?|tops|oder weniger"
        r"|(?:(?:should|must|may|is|are) )?not (?:to )?be exceeded"
        r"|(?:и|или) (?:менее|меньше|ниже|моложе|младше)"
    ),
    "~": r"or so|or thereabouts|on average|approximately|approx\b\.?|roughly",
}
# Words between which a number is a range.
RANGE_WORDS = "to|through|thru|bis|until"

# Words that leave a figure what it is: they join figures or say how and what is given.
# Left out: "von" and "из", since `1 von 10` is one of ten and one in ten.
JOINING = frozenset("and or for of with then the a an in on into und oder für и или".split())
_HARMLESS = frozenset(
    "dose doses dosage given administered taken received take takes give was were is are be"
    " only exactly mouth nose доза дозы".split()
)
_HOW_GIVEN = frozenset("given administered taken by mouth".split())


def is_harmless(word: str) -> bool:
    """Return whether a word says how and what is given, such as a route."""
    return word in _HARMLESS or word in routes().words


def is_how_given(word: str) -> bool:
    """Return whether a word may be between an amount and its period: `20 mg orally daily`."""
    return word in _HOW_GIVEN or word in routes().words


# Words that may stand between a number and what is counted in units of presentation, and leave the
# number as it is: `1 more tablet`, `one pre-filled syringe`.
KINDS_OF_PRESENTATION = frozenset(
    "more further additional extra single whole other pre-filled prefilled film-coated buccal"
    " chewable dispersible soluble transdermal".split()
)
# The same before a time: `10 consecutive days`.
KINDS_OF_TIME = frozenset("consecutive successive full whole".split())
# Words that number what they name: `day 10`, `No. 12`. The number counts nothing.
LABELS = r"days?|weeks?|months?|years?|no\.|nr\.|№|category"
# Words after a bare number in running text that are no noun counted by it.
FUNCTION_WORDS = frozenset(
    "a an the and or of in on at to by for from with without within as is are was were be been"
    " has have had than then that which who whose it its this these those but not no nor so if"
    " while when where after before during between among over under per each every all both"
    " only also did does do can may must should would could will says say said gives give names"
    " name stands stand stood into onto out up down against about".split()
)
# Words that may stand between a number and people, in any number. One more word may: see
# `reader`.
PEOPLE_ADJECTIVES = frozenset(
    "healthy adult elderly male female young human hospitalised hospitalized paediatric pediatric"
    " geriatric ambulatory pregnant obese".split()
)
# Words that never stand between a number and the people it counts: ages, places, verbs of which
# the number is the subject, and words that change the number.
NO_ADJECTIVES = frozenset(
    "aged old age older younger more fewer less many some few other further additional extra double"
    " quarter third centre center site clinic"
    " hospital country arm group cohort study trial ward city bed visit session cycle saw gave"
    " took met held led sent ran made told kept got found left let put set cut had were was are"
    " have has of in to for with from the a an and or per each every plus times half doctor nurse"
    " body weight mass score grade stage point phase type foot stone parent vessel kidney".split()
)

# Months: English with its abbreviations, German, Russian in the cases that dates take.
MONTHS = (
    "january jan januar января январь январе",
    "february feb februar февраля февраль феврале",
    "march mar märz марта март марте",
    "april apr апреля апрель апреле",
    "may mai мая май мае",
    "june jun juni июня июнь июне",
    "july jul juli июля июль июле",
    "august aug августа август августе",
    "september sept sep сентября сентябрь сентябре",
    "october oct oktober okt октября октябрь октябре",
    "november nov ноября ноябрь ноябре",
    "december dec dezember dez декабря декабрь декабре",
)

_KNOWN = frozenset(
    word
    for known in (
        *(FUNCTION_WORDS, JOINING, _HARMLESS, KINDS_OF_PRESENTATION, PEOPLE_ADJECTIVES),
        *(KINDS_OF_TIME, SHORT_MULTIPLIERS),
        _HOW_GIVEN,
        *(NO_ADJECTIVES, ALL_NUMBERS, COUNTS, FREQUENCIES, ADVERBS, ORDINALS),
        *(phrases.split("|") for phrases in (HELPING_VERBS, NEGATIONS, VERBS_OF_USE)),
        *(EVERY_ORDINAL, RANGE_WORDS.split("|"), *(month.split() for month in MONTHS)),
        *(re.findall(r"\w+", phrases) for phrases in BOUNDS_BEFORE.values()),
        *(re.findall(r"\w+", " ".join(pair)) for pair in UNIT_PAIRS),
    )
    for word in known
)


def speaks_of(word: str) -> bool:
    """Return whether a word in small letters has a meaning to the reader beside any unit."""
    return word in _KNOWN or word in routes().words
