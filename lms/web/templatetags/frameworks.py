"""Names from frameworks that stand beside a module: the Sustainable Development Goals and the kinds of ESCO."""

from django import template
from django.utils.translation import gettext, gettext_noop

register = template.Library()

GOALS = (
    gettext_noop("No poverty"),
    gettext_noop("Zero hunger"),
    gettext_noop("Good health and well-being"),
    gettext_noop("Quality education"),
    gettext_noop("Gender equality"),
    gettext_noop("Clean water and sanitation"),
    gettext_noop("Affordable and clean energy"),
    gettext_noop("Decent work and economic growth"),
    gettext_noop("Industry, innovation and infrastructure"),
    gettext_noop("Reduced inequalities"),
    gettext_noop("Sustainable cities and communities"),
    gettext_noop("Responsible consumption and production"),
    gettext_noop("Climate action"),
    gettext_noop("Life below water"),
    gettext_noop("Life on land"),
    gettext_noop("Peace, justice and strong institutions"),
    gettext_noop("Partnerships for the goals"),
)
KINDS = {
    "knowledge": gettext_noop("knowledge"),
    "skill": gettext_noop("skill"),
    "transversal": gettext_noop("transversal skill"),
}


@register.filter
def goal(number: int) -> str:
    """The short name of one of the 17 goals."""
    return gettext(GOALS[int(number) - 1])


@register.filter
def esco_kind(kind: str) -> str:
    return gettext(KINDS[kind]) if kind in KINDS else kind
