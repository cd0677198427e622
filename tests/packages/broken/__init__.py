"""Packages with one mistake each, made from minimal/."""

from tests.packages.broken.fields import FIELDS
from tests.packages.broken.figures import FIGURES
from tests.packages.broken.mistakes import Broken
from tests.packages.broken.names import NAMES
from tests.packages.broken.parts import PARTS
from tests.packages.broken.references import REFERENCES
from tests.packages.broken.texts import TEXTS
from tests.packages.broken.values import VALUES
from tests.packages.broken.yaml_form import YAML_FORM

BROKEN = [*YAML_FORM, *NAMES, *VALUES, *FIELDS, *REFERENCES, *TEXTS, *FIGURES, *PARTS]

__all__ = ["BROKEN", "Broken"]
