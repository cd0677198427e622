"""One file per report. Each yields a header and rows, and knows how many rows there will be.

docs/how-to/add-a-report.md says how one is added.
"""

from collections.abc import Mapping

from lms.reports.builders import completion, item_analysis
from lms.reports.builders.table import Builder

BUILDERS: Mapping[str, Builder] = {"completion": completion, "item_analysis": item_analysis}
