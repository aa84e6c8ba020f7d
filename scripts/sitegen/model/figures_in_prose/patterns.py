"""The patterns of the reader, made from the tables of words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.model.figures_in_prose import words


def any_of(spellings: Iterable[str]) -> str:
    """Return a pattern of any of these spellings, the longest first."""
    return "|".join(sorted(spellings, key=len, reverse=True))


def dotted(spellings: Iterable[str]) -> str:
    """Return a pattern of abbreviations with or without full stops: `bid`, `b.i.d.`."""
    return any_of("".join(rf"{letter}\.?" for letter in spelling) for spelling in spellings)


def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern that takes capitals and small letters alike."""
    return re.compile(text, re.IGNORECASE)


# Bounds: a name of a group for each sign, since a pattern cannot name one by `≤`.
SIGN_OF = {"most": "≤", "least": "≥", "over": ">", "under": "<", "nearly": "~"}


def _bounds(phrases: dict[str, str]) -> str:
    return "|".join(
        f"(?P<{name}>{phrases[sign]})" for name, sign in SIGN_OF.items() if sign in phrases
    )


def _denied(sign: str, beside: str) -> str:
    """Return a pattern of the comparisons of a sign, denied, with what is done between.

    `beside` are those that are denied behind `be` alone: what is `not used below 12 years` is used
    above, and what is `not below 12 years` is 12 years or more. Only a rule is a limit: what was
    `not used for more than 14 days` was left so long, and nobody says how long it may be used.
    """
    phrases = words.BOUNDS_BEFORE[sign].split("|")
    than = "|".join(phrase for phrase in phrases if phrase.endswith(" than"))
    helped = rf"(?:(?:{words.VERBS_OF_A_RULE}) )?(?:not|never)(?: to)?|cannot"
    denial = rf"(?<!did )(?<!may )(?:{helped}|(?:can|do|does|should|must|could)n?['’]t)"
    name = rf"(?!(?:{any_of(words.ALL_NUMBERS)})\b)(?-i:[A-Z])[\w-]*"
    named = rf"(?:this|these|the|your) (?:{words.WHAT_IS_USED})|{name}"
    what = rf"(?:it|them|{named}|(?:in )?(?:an? )?(?:single |daily |total )?doses?)"
    done = rf" (?:{words.TO_USE}|be(?: (?:{words.USED}))?)"
    return rf"{denial} be (?:{beside})|{denial}{done}(?: {what})?(?: for)? (?:{than})"


_IN_RUSSIAN = rf"не (?:следует )?(?:{words.VERBS_OF_USE_RUSSIAN}) (?:более|больше|дольше|свыше)"
_BEFORE = {
    **words.BOUNDS_BEFORE,
    "≤": "|".join(
        (
            _denied(">", "above|beyond|over|in excess of"),
            rf"(?:(?:{words.HELPING_VERBS}) )?(?:not|never) (?:be )?{words.RAISED}",
            rf"{_IN_RUSSIAN}(?: чем)?",
            words.BOUNDS_BEFORE["≤"],
        )
    ),
    "≥": "|".join((_denied("<", "below|under"), words.BOUNDS_BEFORE["≥"])),
}
_SIGNS = any_of(map(re.escape, words.SIGNS_BEFORE))
_LED_IN = r"\b\.?(?: of|(?<=max|min|mum|mal|акс|ose):)?"  # `maximum of 4 mg`, `max: 4 mg`
BOUND = pattern(rf"(?:(?P<sign>{_SIGNS})|(?:{_bounds(_BEFORE)}){_LED_IN})\s?")
BOUND_BEHIND = pattern(
    rf" ?\+(?! ?[0-9/])|(?P<mark>,? |,? ?\()(?:{_bounds(words.BOUNDS_BEHIND)})"
    r"(?![\w-]| (?:to|than)\b)\)?"
)
_PHRASES = "|".join(_BEFORE.values())
OPENS_FIGURE = pattern(
    rf"(?:(?:{_SIGNS})|\b(?:(?:not|no|never|nor|[a-z]+n['’]t(?: \w+)?) )?(?:{_PHRASES}){_LED_IN}"
    r"|\bevery|\beach|\bbetween|\bfrom)\s?$"
)
_NOT = rf"\b(?:{words.NEGATIONS}|[a-z]+n['’]t)"
NEGATION = pattern(_NOT + r"\b")
# Behind these a denial says how long nothing was done: `if you have not used it for more than`.
GAP = pattern(
    r"\b(?:if|when|unless|who|wenn|falls|если|когда)\b[^.;:]*$|\b(?:has|have|had|having) $"
)
DENIED = pattern(rf"{_NOT}(?: (?:{words.VERBS_OF_USE}|{words.VERBS_OF_USE_RUSSIAN})){{0,2}} $")
DENIED_FROM_AFAR = pattern(rf"{_NOT}(?P<between>(?: [\w-]+){{1,3}}) $")
EXCEEDED = pattern(r"\bbe exceeded\b")
COUNTED_OVER = pattern(r"(?:every|each|per|in any|alle|jede[nsr]?|кажд\w+)\b")
"""What a limit is counted over: `not more than 1 tablet every 4 hours`."""
ENDS_DENIAL = pattern(r"[.;]|but|sondern|но")
_IN_CLAUSE = r"(?: (?:[^\s.;:,]|[.,](?=[0-9]))+)*"
DENIED_USE = pattern(
    rf"{_NOT}(?P<between>{_IN_CLAUSE}? (?:{words.VERBS_OF_USE}){_IN_CLAUSE}) for $"
)
THAN = pattern(r"\b(?:than|als|чем|более|больше|менее|меньше|дольше|выше|ниже)\b")
JOINED_BOUND = pattern(r"(?:and|or|und|oder|и|или) ")
_AGED = r"(?:the )?(?:aged?|ages)(?: of|:)? |im alter von |в возрасте |возраст:? "
AGED = pattern(_AGED)
OPENS_AGE = pattern(rf"\b(?:{_AGED})$")
OF_A_TIME = pattern(r"\b(?:longer|länger|дольше|older|younger|älter|jünger)\b")
OF_AGE = pattern(r"\b(?:old|young|älter|jünger|стар|младше|моложе)")
PLUS = re.compile(r"\+(?! ?[0-9/])")
SIGN = re.compile(r"(?:±|\+ ?/ ?-|\+(?= ?\.?[0-9])|-(?=\.?[0-9])) ?")

# Numbers that go on: a product, a ratio, a sum, a spread, a range.
PRODUCT_OF_NUMBERS = pattern(r"\s?[×xх*✕]\s?(?=\.?[0-9])")  # the third is Cyrillic
RATIO_OR_SUM = re.compile(r":(?=[0-9])| : (?=[0-9])| ?(?:\.\.+|…|~|=|\+) ?(?=[0-9])")
SPREAD = pattern(r" ?\(?(?:±|\+ ?/ ?-|\+-|\+ ?or ?-|plus or minus) ?")
RANGE = pattern(
    rf"-?\b(?:{words.RANGE_WORDS})-\b|-? (?:{words.RANGE_WORDS}) | ?- ?"  # `5- to 10-mg` too
)
FLAT_POWER = re.compile(r"[1-9][0-9]*[.,]10")
RANGE_WORD = pattern(rf"-(?:{words.RANGE_WORDS})-")
BELOW = pattern(r"(?:<(?!=)|&lt;(?!=)|(?:less than|under|below)\b) ?")
BETWEEN = pattern(r"(?P<between>between )|from |von |(?P<ot>от )")
UP_TO_RUSSIAN = pattern(r" до ")
UP_TO = pattern(r" up to ")
AND = pattern(r" (?:and|und|и) ")
ANOTHER_DASH = re.compile(r" ?- ?[0-9][\w-]*")

# Units and nouns.
UNIT = re.compile(r"[%‰]|° ?[CС]\b|[^\W\d_]+(?:[²³]|[23](?![0-9]))?(?![\w^*⁰¹²³⁻])|[^\W\d_]+")
WORD_BEHIND = re.compile(r" ([^\W\d_][\w-]*)")
GLUED = re.compile(r"-?[^\W\d_][\w'-]*|[.,][^\W_][\w.,]*")
POINT = pattern(r" ?(?:point|punkt)")
POINTS_BEHIND = pattern(r"[ -](?:points?|punkte?n?)\b")  # `5% points`, `2 time points`
OF_SOMETHING = pattern(r" (?:of|von)\b")
PRIME = re.compile(r"['’\"”]")  # minutes, seconds, feet or inches, where no quotation ends
ORDINAL_ENDING = re.compile(r"(?:st|nd|rd|th)\b")
OLD = pattern(r"[ -](?:old|of age|alt)\b")
TIME_OF_PEOPLE = pattern(r"[ -](?:years?|months?|weeks?|days?|hours?)\b")
NAME = re.compile(
    r"[^\W\d_][\w./+@\\-]*[(\[/-]*[0-9](?:[\w.,()\[\]/+@\\'-]*[\w)\]])?"
    r"|(?<![(\[])[(\[]+[0-9]*[^\W\d_]+[0-9]\S*"
)

# Denominators.
_PER = r"/|(?:per|pro|je(?! ?[0-9]))(?![\w-])|на(?= (?:1 )?(?:кг|килограмм|м[2²]|мл)\b)"
SLASH = pattern(rf" ?(?P<open>\()? ?(?:{_PER}) ?(?P<group>\()?")
ONE_OF = pattern(r" (?:an?|each) |-an?-")
IN_ONE = pattern(
    r" (?:every|in an?|in each|in every|into each|to each|in the|в кажд(?:ый|ую)|в|за|in der"
    r"|in jedes|am|pro) (?![0-9])"
)
DURING = pattern(r" (?:in|within|over|during|за|(?P<at>в)) (?=[0-9]|an? |one |two |three )")
TOGETHER = re.compile(r" ?[·⋅∙*] ?|\.(?=[^\W\d_])")
INVERSE = re.compile(r"⁻[¹1]|\^\(?-1\)?|\(-1\)|-1(?![0-9])|\*\*-1")
POWER_OF_UNIT = re.compile(r"[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^\S+|-[2-9](?![0-9.,-]| ?[^\W\d_])")
OF_BODY = pattern(words.OF_BODY)
OF_SURFACE = pattern(words.OF_SURFACE)
SURFACE = re.compile(r"m(?: 2(?= ?/|[,;)]|$)|\^2(?!\w))")
INVERSE_SURFACE = re.compile(r"m(?:⁻²|\^?-2|\^?\(-2\))(?![\w⁻⁰¹²³⁴⁵⁶⁷⁸⁹])")
PER_BEHIND_WORDS = pattern(r" of(?: [\w-]+){1,3} (?:per|/) ?[\w-]+")
ARTICLE = pattern(r"(?:an?|the) ")

# Frequencies and periods.
_ADVERBS = any_of(words.ADVERBS)
COUNT = pattern(rf"(?P<word>{any_of(words.COUNTS)})\b(?! ?[0-9])")
ARTICLE_OR_COUNT = pattern(rf"an? |{COUNT.pattern}")
FREQUENCY = pattern(rf"(?<![\w.])(?P<word>{dotted(words.FREQUENCIES)})(?![\w-])")
ADVERB = pattern(rf"(?P<word>{_ADVERBS})(?![\w-]| (?:dose|dosage|amount))")
BY_ADVERB = pattern(rf"[ -]\(?(?P<word>{_ADVERBS})\)?(?![\w-])")
DAILY_DOSE = pattern(
    rf"(?:total )?(?P<word>{_ADVERBS}) (?:dose|dosage|amount)s?(?: of| is| was|:| =|,)? ?"
)
SINGLE_DOSE = pattern(r"(?:as )?(?:an? )?single (?P<daily>daily )?(?:\w+ )?dose\b")
ONE_DOSE = pattern(r"(?:(?:an?|the) )?(?:initial|loading|bolus) dose|(?:an? |the )?bolus")
ALTERNATE = pattern(rf"{words.ALTERNATE} ")
EVERY = pattern(r"(?:every|each|alle|jede[ns]?|кажд(?:ые|ый|ую|ое)) ")
EVERY_OR_Q = pattern(rf"{EVERY.pattern}|q\.? ?(?=[0-9])")
EVERY_ORDINAL = pattern(
    rf"(?:(?P<word>{any_of(words.EVERY_ORDINAL)})|(?P<digits>[2-9]|1[0-9])(?:nd|rd|th)) "
)
LETTER_OF_Q = pattern(rf" ?(?P<letter>[{''.join(words.LETTERS_OF_Q)}])(?![\w-])")
HOURLY = pattern(r"(?:-hourly\b| hourly\b(?! (?:doses?|injections?|infusions?|intervals?)\b))")
TIMES_SIGN = pattern(r" ?[xх×](?![\w])")  # the second is Cyrillic
NOT_HOW_OFTEN = pattern(r" (?:the|as|of)\b")

DOSE_BEFORE = pattern(r"\bdoses? $")
# `30 unit doses` may be packed one by one, and `the twenty-second` is no time.
MAY_BE_ANOTHER = pattern(r"[\w.,-]+[ -]unit[ -]doses\b|[a-z]+ty-second\b")

# Words of a registered text that are no part of a figure.
AT_A_DOSE = pattern(r"(?:at|in) (?:(?:an?|the) )?(?:dose|dosage)s? of\b|в доз(?:е|ах)\b")
OF_EACH = pattern(r"по(?= )")
HOW_LONG = pattern(r"в течение\b|на протяжении\b")
BY_WAY = pattern(r"by (?:the )?(?:mouth|nose)\b")
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_](?![\w-])\.?")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
LABEL = pattern(rf"[np] ?(?=[<>=≤≥])|(?:{words.LABELS}) ?(?=[0-9])")
NUMBERED = pattern(r"(?<![\w-])(?:day|week|month|year) $")
"""What a number behind it numbers, in running text: `on day 28 sleep lasted longer`."""
ORDINAL = pattern(rf"(?P<word>{any_of(words.ORDINALS)})\b")
