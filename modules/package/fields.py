"""Reads one map of fields. Every value is text; it becomes a number or true/false only where the form says so."""

import re
from collections.abc import Iterable
from decimal import Decimal

from lms.shared.keys import RESERVED, is_key
from modules.package.files import TURNING
from modules.package.problems import Problems, did_you_mean
from modules.package.schema import Words
from modules.package.yaml_text import Fields, Items, Node, Scalar

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,4})?")
LONG = 20_000


class Part:
    """A map of fields in one file. Getters report what is wrong and return something harmless: reading goes on."""

    def __init__(self, node: Fields, where: str, problems: Problems, path: str = "") -> None:
        self.node, self.where, self.problems, self.path = node, where, problems, path
        self.line = node.line
        self._asked: set[str] = set()

    # --- saying what is wrong ---------------------------------------------------------------------------------------

    def named(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def line_of(self, name: str) -> int:
        return self.node.lines.get(name, self.line)

    def error(self, name: str, what: str, hint: str) -> None:
        self.problems.error(self.where, self.line_of(name), self.named(name), what, hint)

    def warning(self, name: str, what: str, hint: str) -> None:
        self.problems.warning(self.where, self.line_of(name), self.named(name), what, hint)

    def refuse(self, names: Iterable[str], why: str, hint: str) -> None:
        """Fields that are known elsewhere but may not stand here."""
        for name in names:
            if name in self.node.values:
                self._asked.add(name)
                self.error(name, why, hint)

    def finish(self) -> None:
        """Call when every known field was asked for: what is left is unknown, most often a slip of the pen (C-13)."""
        for name in self.node.values:
            if name not in self._asked:
                self.error(name, f"“{name}” is not a field of this form.", self.hint_for(name, self._asked))

    def hint_for(self, name: str, known: Iterable[str]) -> str:
        """What an unknown name may have been meant to be: {text: Salt, much of it} has a field “much of it”."""
        if self.is_cut_off(name):
            return "If it is the rest of a text after a comma, put the whole text in quotes."
        return did_you_mean(name, known)

    def is_cut_off(self, name: str) -> bool:
        node = self.node.values[name]
        return isinstance(node, Scalar) and not node.text

    # --- values -----------------------------------------------------------------------------------------------------

    def get(self, name: str, *, needed: bool = True) -> Node | None:
        self._asked.add(name)
        node = self.node.values.get(name)
        if node is None and needed:
            self.problems.error(self.where, self.line, self.named(name), "The field is missing.", f"Add “{name}:”.")
        return node

    def text(self, name: str, *, needed: bool = True, limit: int = LONG) -> str:
        """One or more words; an empty string when the field may be missing and is."""
        node = self.get(name, needed=needed)
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.error(
                name,
                "A text is expected here, not a list or map.",
                "If the text holds “: ” or begins with “[” or “{”, put it in quotes.",
            )
            return ""
        text = node.text.strip()
        if not text:
            self.error(
                name,
                "The text is empty.",
                "Write it, or take the field out if it may be missing." if not needed else "Write it.",
            )
        elif len(text) > limit:
            self.error(name, f"The text has {len(text)} characters; {limit} fit.", "Make it shorter.")
        elif limit <= 400 and TURNING.search(text):
            self.error(
                name, "The text holds an invisible character that turns the writing direction.", "Type the text anew."
            )
        elif TURNING.search(text):
            self.warning(
                name,
                "The text holds an invisible character that turns the writing direction.",
                "Type it anew if it is not meant.",
            )
        return text

    def key(self, name: str = "key", *, reserved: bool = False) -> str:
        text = self.text(name)
        if text and not is_key(text):
            self.error(
                name,
                f"“{text}” is not a key.",
                "Lower case latin letters, digits and single hyphens, 2 to 60 characters.",
            )
        elif reserved and text in RESERVED:
            self.error(name, f"“{text}” is a word that addresses need for themselves.", "Choose another key.")
        return text

    def choice(self, name: str, known: Iterable[str], *, needed: bool = True) -> str:
        known = list(known)
        text = self.text(name, needed=needed)
        if text and text not in known:
            self.error(name, f"“{text}” is not known here.", did_you_mean(text, known))
        return text

    def whole(self, name: str, *, low: int, high: int, needed: bool = True, default: int = 0) -> int:
        text = self.text(name, needed=needed)
        if not text:
            return default
        if not _WHOLE.fullmatch(text):
            self.error(name, f"“{text}” is not a whole number.", f"Write digits only, {low} to {high}.")
        elif not low <= int(text) <= high:
            self.error(name, f"{text} is out of range.", f"Write a number from {low} to {high}.")
        else:
            return int(text)
        return max(default, low)

    def decimal(self, name: str, *, low: str, high: str, places: int, needed: bool = True) -> Decimal:
        text = self.text(name, needed=needed)
        if not text:
            return Decimal(low)
        if not _DECIMAL.fullmatch(text):
            self.error(name, f"“{text}” is not a number.", "Write digits and a point, for example 0.8.")
        elif not Decimal(low) <= Decimal(text) <= Decimal(high):
            self.error(name, f"{text} is out of range.", f"Write a number from {low} to {high}.")
        elif len(text.partition(".")[2]) > places:
            self.error(name, f"{text} has too many decimals.", f"At most {places}.")
        else:
            return Decimal(text)
        return Decimal(low)

    def number_text(self, name: str, *, share: bool = False) -> str:
        """A decimal kept as text, so that nothing is rounded. With `share` it may end with %, and is not below zero."""
        text = self.text(name)
        bare = text.removesuffix("%").rstrip() if share else text
        if text and (not _DECIMAL.fullmatch(bare) or (share and bare.startswith("-"))):
            self.error(
                name,
                f"“{text}” is not a number.",
                "Write digits and a point, for example 2 or 0.5" + (", or 2%." if share else "."),
            )
        return bare + "%" if share and text.endswith("%") else bare

    def flag(self, name: str, *, default: bool) -> bool:
        """Only the words true and false: “no” and “on” are texts here (C-04)."""
        text = self.text(name, needed=False)
        if text and text not in {"true", "false"}:
            self.error(name, f"“{text}” is neither true nor false.", "Write true or false.")
        return text == "true" if text else default

    # --- lists and maps ---------------------------------------------------------------------------------------------

    def items(self, name: str, *, needed: bool = True) -> tuple[Node, ...]:
        node = self.get(name, needed=needed)
        if node is None:
            return ()
        if not isinstance(node, Items):
            self.error(name, "A list is expected here.", "Write [a, b], or each item on its own line after “- ”.")
            return ()
        if not node.values and needed:
            self.error(name, "The list is empty.", "Add at least one.")
        return node.values

    def texts(self, name: str, *, needed: bool = True, unique: bool = True, limit: int = 400) -> list[tuple[str, int]]:
        """A list of texts, each with its line."""
        found: dict[str, int] = {}
        every: list[tuple[str, int]] = []
        for number, node in enumerate(self.items(name, needed=needed), 1):
            field = f"{self.named(name)}[{number}]"
            text = node.text.strip() if isinstance(node, Scalar) else ""
            if not text or len(text) > limit:
                what = (
                    f"Item {number} has {len(text)} characters; {limit} fit."
                    if text
                    else f"Item {number} is not a text."
                )
                self.problems.error(self.where, node.line, field, what, "Write one text per item.")
            elif unique and text in found:
                self.problems.error(
                    self.where,
                    node.line,
                    field,
                    f"“{text}” stands twice.",
                    f"Take one out; the other is in line {found[text]}.",
                )
            else:
                found[text] = node.line
                every.append((text, node.line))
        return every

    def parts(self, name: str, *, needed: bool = True) -> list["Part"]:
        """A list of maps."""
        found = []
        for number, node in enumerate(self.items(name, needed=needed), 1):
            field = f"{self.named(name)}[{number}]"
            if isinstance(node, Fields):
                found.append(Part(node, self.where, self.problems, field))
            else:
                self.problems.error(
                    self.where,
                    node.line,
                    field,
                    "A map of fields is expected here.",
                    "Write “key: value” lines, or {key: value}.",
                )
        return found

    def part(self, name: str, *, needed: bool = True) -> "Part | None":
        node = self.get(name, needed=needed)
        if node is None:
            return None
        if not isinstance(node, Fields):
            self.error(name, "A map of fields is expected here.", "Write “key: value” lines, or {key: value}.")
            return None
        return Part(node, self.where, self.problems, self.named(name))

    def rest(self) -> list[str]:
        """Field names not asked for yet, for maps whose names are keys. They count as known from now on."""
        left = [name for name in self.node.values if name not in self._asked]
        self._asked.update(left)
        return left

    def words(
        self, name: str, languages: tuple[str, ...], source: str, *, needed: bool = True, limit: int = LONG
    ) -> Words:
        """{language: text}. The source language is required, others are missed with a warning (C-15)."""
        part = self.part(name, needed=needed)
        return part.as_words(languages, source, limit=limit) if part else {}

    def as_words(self, languages: tuple[str, ...], source: str, *, limit: int = LONG) -> Words:
        found = {}
        for language in languages:
            if language in self.node.values:
                found[language] = self.text(language, limit=limit)
            elif language == source:
                self.error(language, f"The text in the source language ({source}) is missing.", f"Add “{language}:”.")
            else:
                self.warning(
                    language,
                    f"The translation into “{language}” is missing.",
                    f"Add “{language}:”; until then the page shows “{source}”.",
                )
        for language in self.rest():
            say = self.error if self.is_cut_off(language) else self.warning
            say(
                language,
                f"“{language}” is not among the languages of the package.",
                f"{self.hint_for(language, languages)} It is left out.",
            )
        return found


def is_language(text: str) -> bool:
    """A language tag that fits our columns: bg, de-AT, zh-Hant."""
    return bool(_LANGUAGE.fullmatch(text))
