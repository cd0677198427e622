"""Numbers in a text that lack something: a figure about the world its source, a value its unit. Pure.

Both are guesses by form. They would rather pass over a lapse than name a sentence that has none: whoever has read ten
idle warnings does not read the eleventh. The table in tests/modules/package/test_numbers.py says what they see.
"""

import re

# What the author says on the spot instead of citing.
_SAID = re.compile(
    r"(?<!for )\bexample|\bfor example,? (?:about )?\d|\bassum|\bimagine\b|\bsuppose\b|\bsay,|\blet us say\b"
    r"|(?<!на)пример|например (?:около )?\d|\bпри(?:емам[еи]|емем|емете)\b|\bда кажем\b|\bпредстав(?:и|ете|ям?)\b си",
    re.I,
)
_CITED = re.compile(r"\[F\d+\]")
# What somebody says, or a label reads, is theirs.
_QUOTED = re.compile(r"„[^„“”]*[“”]|“[^“”]*”|«[^«»]*»")
# With its groups of three: 33,000 or, as Bulgarian has it, 33 000. No part of a name, a time, a law or a longer number.
_NUMBER = (
    r"(?<![\w./:,])(?<![^\W\d_]-)(?<!\d[\u00a0\u202f ])"
    r"(?P<number>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+(?:[.,]\d+)?)(?![\w/:]|[.,]\d)"
)

COUNTED = 12  # so many need no word for what is counted: “the first of 3”
EMERGENCY = "112"
_DECIMAL = re.compile(r"\d+(?:\.\d+|,\d{1,2}|,\d{4,})")  # 1,375 is more likely a thousand and some

# Before the number: it belongs to a name, or stands behind its unit.
_NAMED = re.compile(
    r"(?:\b(?:No\.|EUR|levels?|steps?|stages?|pages?|figure|table|group|class|chapter|article|Beaufort|pH|ISO|call"
    r"|ниво|нива|стъпк\w+|етап|стр\.|страница|фигура|таблица|група|клас|глава|член|чл\.)|№|€|[×+−÷])\s?$",
    re.I,
)

# --- Figures about the world ----------------------------------------------------------------------

_MANY = r"million|billion|thousand|млн|млрд|милион|милиард|хиляд"
_SHARE = re.compile(
    rf"\d\s?(?:%|‰|per ?cent\b|процент|на сто\b)|\d\s?(?:{_MANY})|\d\s(?:k?g|t|tonnes?|тона?) (?:of )?CO2", re.I
)
_WORLD = re.compile(r"\b(?:19[5-9]\d|20\d\d)\b|\b(?:EU|Europe(?:an)?|ЕС|Европ\w+)\b")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември)\b"
)
_AMOUNT = re.compile(rf"{_NUMBER}\s(?!{_MONTH}|г\.)(?=[^\W\d_]|°)")
_UNIT = re.compile(r"\s(?:k?g|mg|t|ha|[mck]?m[²³]?|[mh]?l|[kM]?Wh|[MGk]?J|°C)(?!\w)")


def without_source(text: str) -> re.Match[str] | None:
    """The first figure about the world that has no source, in a paragraph with its markup.

    Such is a share or a great number, and any amount in a paragraph that speaks of a year or of Europe. A citation
    covers what stands before it.
    """
    if _SAID.search(text):
        return None
    cited = max((found.end() for found in _CITED.finditer(text)), default=0)
    left = " " * cited + _unquoted(text)[cited:]
    if found := _SHARE.search(left):
        return found
    return next((each for each in _AMOUNT.finditer(left) if _is_amount(each)), None) if _WORLD.search(text) else None


def _unquoted(text: str) -> str:
    """The same length, so that places in it are places in the text."""
    return _QUOTED.sub(lambda found: "…" * len(found[0]), text)


def _is_amount(found: re.Match[str]) -> bool:
    """With a unit, or more than one counts on the fingers. Years and numbers in names are none."""
    number = found["number"]
    if _NAMED.search(_before(found, 20)):
        return False
    if _UNIT.match(found.string, found.end("number")):
        return True
    return not _is_year(number) and not (number.isdigit() and int(number) <= COUNTED)


def _is_year(number: str) -> bool:
    return number.isdigit() and 1900 <= int(number) <= 2100


# --- Values ---------------------------------------------------------------------------------------

# A number that ends its clause does not say what it counts: “It rose to 4.5.” Nor does a decimal before a small word.
_ENDS = r"[)”“»]*(?:[.,;:!?…]+[)”“»]*(?=\s|$)|\s[–—(]|$)"
_SMALL = (
    r"\s(?:a|after|and|are|as|at|because|before|but|by|for|from|in|is|on|or|so|than|that|then|to|until|was|when|while|who"
    r"|with|а|в|във|до|за|защото|и|или|като|когато|който|на|но|от|по|преди|при|с|само|със|след|че)\b"
)
_CLAUSE = re.compile(_ENDS)
_GOES_ON = re.compile(_SMALL, re.I)
_CHAIN = re.compile(r"(?:\s(?:to|and|or|of|до|и|или|от)\s|\s?[–-]\s?)\d", re.I)  # “5 to 10 kg”: the last has it
_TOLD = re.compile(  # before the number: it has no unit, or this is what it counts
    r"\b(?:ratio|factor|coefficient|index|scale|score|points|number of|days|years|hours"
    r"|съотношение|отношение|коефициент|множител|индекс|скала|оценка|точк|бро[йя]|дни(?:те)?\b|години|часове)",
    re.I,
)


def without_unit(plain: str) -> re.Match[str] | None:
    """The first number that does not say what it counts, in a paragraph of plain words."""
    left = _unquoted(plain)
    return next((found for found in re.finditer(_NUMBER, left) if _is_bare(found)), None)


def _is_bare(found: re.Match[str]) -> bool:
    number, text, end = found["number"], found.string, found.end()
    if _CHAIN.match(text, end) or _NAMED.search(_before(found, 20)) or _is_year(number) or number == EMERGENCY:
        return False
    if number.isdigit() and int(number) <= COUNTED:
        return False
    ends = _CLAUSE.match(text, end) or (_DECIMAL.fullmatch(number) and _GOES_ON.match(text, end))
    return bool(ends) and not _TOLD.search(_before(found, 200).rpartition(". ")[2])


def _before(found: re.Match[str], letters: int) -> str:
    """So much of the text before it: a paragraph of nothing but numbers is measured in a moment too."""
    return found.string[max(0, found.start() - letters) : found.start()]
