"""One text through Python-Markdown with our extensions, then through the allow-list. Called behind the guard only."""

import html as entities
import math
import re

import markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from modules.markdown.callouts import Callouts
from modules.markdown.facts import Facts
from modules.markdown.figures import Figures
from modules.markdown.glossary import Glossary
from modules.markdown.guard import slips
from modules.markdown.headings import Headings
from modules.markdown.links import Links
from modules.markdown.sanitise import sanitise
from modules.markdown.surroundings import Findings, Rendered, Surroundings
from modules.markdown.tables import Tables
from modules.markdown.units import Units

# Adults read 238 words of English a minute (Brysbaert 2019). With figures to think about, and perhaps not in one's
# first language, we count on fewer.
WORDS_PER_MINUTE = 150

# HTML is text here, and references (`[a][b]`) are not part of the form; without them the parser hangs less easily.
UNUSED_PATTERNS = ("html", "entity", "automail", "reference", "image_reference", "short_reference", "short_image_ref")


def convert(text: str, surroundings: Surroundings) -> Rendered:
    findings = Findings(text)
    parser = _parser(findings, surroundings)
    html = sanitise(parser.convert(text))
    count = len(re.sub(r"<[^>]*>", " ", entities.unescape(html)).split())
    return Rendered(
        html=html,
        toc=findings.toc,
        words=count,
        minutes=max(1, math.ceil(count / WORDS_PER_MINUTE)),
        facts=list(findings.facts),
        terms=list(findings.terms),
        bare_terms=list(findings.bare_terms),
        pictures=list(findings.pictures),
        lessons=list(findings.lessons),
        troubles=[*slips(text), *findings.troubles],
    )


def _parser(findings: Findings, surroundings: Surroundings) -> markdown.Markdown:
    parser = markdown.Markdown(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            SaneListExtension(),
            FencedCodeExtension(),
            Callouts(findings),
            Glossary(findings, surroundings),
            Facts(findings, surroundings.facts, surroundings.words),
            Links(findings, surroundings),
            Figures(findings, surroundings),
            Headings(findings),
            Tables(surroundings.words),
            Units(),
        ],
    )
    parser.preprocessors.deregister("html_block")
    parser.parser.blockprocessors.deregister("reference")
    for name in UNUSED_PATTERNS:
        parser.inlinePatterns.deregister(name)
    return parser
