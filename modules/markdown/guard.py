"""Looks at a text before it is parsed. Python-Markdown hangs on a few kB of open brackets (T6, M-06)."""

import re
from collections.abc import Iterator

from modules.markdown.surroundings import Trouble

MAX_BYTES = 256_000
MAX_INDENT = 40
MAX_QUOTES = 6
MAX_BLOCK = 16_000
MAX_BLOCK_LINES = 400
MAX_BLOCKS = 5_000
MAX_OPENINGS = 200
MAX_HEADINGS = 200
# Above these the text is rendered in a process of its own, which can be killed.
SUSPICIOUS_TEXT, SUSPICIOUS_BLOCK, SUSPICIOUS_OPENINGS = 32_000, 6_000, 60

_RUN = re.compile(r"[\[!<*`>_(\\&~]{40}")
_QUOTES = re.compile(rf" {{0,3}}(?:> ?){{{MAX_QUOTES + 1}}}")
_OPENINGS = "[<*`("
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1[`~]*[ ]*$|\Z)", re.M | re.S)
_CODE = re.compile(r"(`{1,3})(?!`)[^`\n]{1,2000}\1(?!`)")
_HTML = re.compile(r"<(?:[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]{0,200})?/?>|/[A-Za-z][A-Za-z0-9-]*\s*>|!--|!\[CDATA|[?])")
_AUTOLINK = re.compile(r"<https?://")
_BLOCK_MARK = re.compile(r"^ *(?:!!!|\?\?\?)", re.M)
_GOOD_MARK = re.compile(r'^ *(?:!!!|\?\?\?) [a-z]+ "[^"\n]+" *$')
_SEVERAL_FACTS = re.compile(r"\[F\d+\s*[,;–-]\s*F?\d+")


def blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first line."""
    start, block = 1, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            yield start, block
            block = []
    if block:
        yield start, block


def too_hard(text: str) -> list[Trouble]:
    """Why the text is not given to the parser at all; an empty list when it may be."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return [Trouble(1, f"The text is larger than {MAX_BYTES // 1000} kB.", "Make two lessons of it.")]
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if run := _RUN.search(line):
            found.append(
                Trouble(
                    number,
                    f"Forty characters like “{run[0][:4]}” in a row.",
                    "Take them out, or put them into a code block in small pieces.",
                )
            )
        if len(line) - len(line.lstrip(" \t")) > MAX_INDENT and line.strip():
            found.append(
                Trouble(
                    number, f"The line is indented by more than {MAX_INDENT} spaces.", "Lists may be a few levels deep."
                )
            )
        if _QUOTES.match(line):
            found.append(
                Trouble(number, f"More than {MAX_QUOTES} quotations inside each other.", "Take some “>” away.")
            )
    parted = list(blocks(text))
    if len(parted) > MAX_BLOCKS:
        found.append(Trouble(1, f"More than {MAX_BLOCKS} paragraphs.", "Make several lessons of it."))
    for start, block in parted:
        found.extend(_hard_block(start, "\n".join(block), len(block)))
    if text.count("\n#") > MAX_HEADINGS:
        found.append(Trouble(1, f"More than {MAX_HEADINGS} headings.", "Make several lessons of it."))
    return found


def _hard_block(start: int, block: str, lines: int) -> Iterator[Trouble]:
    if len(block) > MAX_BLOCK or lines > MAX_BLOCK_LINES:
        yield Trouble(
            start,
            f"A paragraph, list or table of {lines} lines and {len(block)} characters.",
            "Part it by a blank line.",
        )
    for opening in _OPENINGS:
        if (count := block.count(opening)) > MAX_OPENINGS:
            yield Trouble(
                start,
                f"“{opening}” stands {count} times in one paragraph, list or table.",
                f"At most {MAX_OPENINGS}: part it by a blank line.",
            )


def is_suspicious(text: str) -> bool:
    """Not refused, but large or dense enough to be rendered where it can be stopped."""
    return len(text) > SUSPICIOUS_TEXT or any(
        len(block) > SUSPICIOUS_BLOCK or any(block.count(opening) > SUSPICIOUS_OPENINGS for opening in _OPENINGS)
        for block in ("\n".join(lines) for _, lines in blocks(text))
    )


def slips(text: str) -> list[Trouble]:
    """What the parser would pass over in silence: HTML, a block mark with a mistake, two facts in one bracket."""
    plain = _CODE.sub(_blank, _FENCE.sub(_blank, text))
    found = []
    for number, line in enumerate(plain.split("\n"), 1):
        if (html := _HTML.search(line)) and not _AUTOLINK.match(html[0]):
            found.append(
                Trouble(
                    number, f"“{html[0][:20]}” looks like HTML.", "It is shown as text; write Markdown.", is_error=False
                )
            )
        if _BLOCK_MARK.match(line) and not _GOOD_MARK.match(line):
            found.append(
                Trouble(
                    number,
                    "A block begins here, but its first line is not complete.",
                    'Write !!! farm "A title", or ??? answer "A title".',
                )
            )
        if _SEVERAL_FACTS.search(line):
            found.append(Trouble(number, "Several facts in one bracket.", "Give each its own: [F1] [F2]."))
    return found


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
