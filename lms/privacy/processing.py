"""Prints the register as the table in docs/privacy.md: the record of processing that GDPR Article 30 asks for."""

from django.utils import translation

from lms.privacy.register import REGISTER


def as_markdown() -> str:
    """In English, one row a table, the account first."""
    lines = [
        "| table | what | why | right to keep it | how long | at erasure |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    with translation.override("en"):
        for table in reversed(REGISTER):
            cells = (f"`{table.model}`", table.what, table.purpose, table.basis.value, table.kept, table.erased)
            lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines)
