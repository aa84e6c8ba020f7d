"""British and American spellings: each word in the way it is not written, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A stem as it is written in Britain and in America; what follows it stays.
_PAIRS = (
    ("ischaem", "ischem"),
    ("anaesth", "anesth"),
    ("haemat", "hemat"),
    ("haemo", "hemo"),
    ("aemia", "emia"),
    ("oedema", "edema"),
    ("oesophag", "esophag"),
    ("oestrog", "estrog"),
    ("foetus", "fetus"),
    ("foetal", "fetal"),
    ("paediatr", "pediatr"),
    ("gynaec", "gynec"),
    ("diarrhoea", "diarrhea"),
    ("coeliac", "celiac"),
    ("caesarean", "cesarean"),
    ("sulph", "sulf"),
    ("tumour", "tumor"),
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("favour", "favor"),
    ("labour", "labor"),
    ("odour", "odor"),
    ("centre", "center"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("randomis", "randomiz"),
    ("ionis", "ioniz"),
    ("organis", "organiz"),
    ("authoris", "authoriz"),
    ("summaris", "summariz"),
    ("characteris", "characteriz"),
    ("hospitalis", "hospitaliz"),
    ("analyse", "analyze"),
    ("paralyse", "paralyze"),
    ("licence", "license"),
    ("practise", "practice"),
    ("programme", "program"),
    ("ageing", "aging"),
    ("catalogue", "catalog"),
)
_OTHER = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_STEM = re.compile("|".join(sorted(_OTHER, key=len, reverse=True)))


def other_spellings(text: str) -> Iterator[str]:
    """Yield each word with an American and a British spelling, in the other spelling."""
    for word in dict.fromkeys(re.findall(r"[a-z]+", text.lower())):
        other = _STEM.sub(lambda stem: _OTHER[stem[0]], word)
        if other != word:
            yield other
