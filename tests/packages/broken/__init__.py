"""Packages with one mistake each, made from minimal/."""

from tests.packages.broken.fields import FIELDS
from tests.packages.broken.figures import FIGURES
from tests.packages.broken.guide_pages import GUIDE_PAGES
from tests.packages.broken.mistakes import Broken
from tests.packages.broken.names import NAMES
from tests.packages.broken.parts import PARTS
from tests.packages.broken.question_kinds import QUESTION_KINDS
from tests.packages.broken.references import REFERENCES
from tests.packages.broken.stories import STORIES
from tests.packages.broken.texts import TEXTS
from tests.packages.broken.values import VALUES
from tests.packages.broken.yaml_form import YAML_FORM

BROKEN = [
    *YAML_FORM,
    *NAMES,
    *VALUES,
    *FIELDS,
    *REFERENCES,
    *TEXTS,
    *FIGURES,
    *QUESTION_KINDS,
    *PARTS,
    *STORIES,
    *GUIDE_PAGES,
]

__all__ = ["BROKEN", "Broken"]
