"""Numbers and their units are not torn apart at the end of a line."""

import pytest

from tests.modules.markdown.pages import html

GLUE = "&nbsp;"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("About 20 % of 30 mm.", f"<p>About 20{GLUE}% of 30{GLUE}mm.</p>"),
        ("It costs EUR 180 a year.", f"<p>It costs EUR{GLUE}180 a year.</p>"),
        ("Взимат 5 млн. лв.", f"<p>Взимат 5{GLUE}млн. лв.</p>"),
        ("60 kg N/ha on **5 ha**", f"<p>60{GLUE}kg N/ha on <strong>5{GLUE}ha</strong></p>"),
        ("In 2020 more than 3 lambs", "<p>In 2020 more than 3 lambs</p>"),
        ("Общо 13 000 тона", f"<p>Общо 13{GLUE}000 тона</p>"),
        ("`30 mm`", "<p><code>30 mm</code></p>"),
    ],
)
def test_a_number_stays_with_its_unit(text: str, made: str) -> None:
    assert html(text) == made
