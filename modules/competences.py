"""The twelve competences of GreenComp (JRC 2022, doi 10.2760/13286) by code: the name, and in our own plain words."""

from dataclasses import dataclass
from types import MappingProxyType

from lms.shared.languages import Said, said


@dataclass(frozen=True, slots=True)
class Competence:
    code: str
    name: Said
    plain: Said


_TABLE = MappingProxyType(
    {
        "1.1": (
            {"en": "Valuing sustainability", "bg": "Оценяване на устойчивостта"},
            {"en": "See what matters to you and to others", "bg": "Да виждате кое е важно за вас и за другите"},
        ),
        "1.2": (
            {"en": "Supporting fairness", "bg": "Подкрепа на справедливостта"},
            {
                "en": "Think of neighbours, workers and those who come later",
                "bg": "Да мислите за съседите, работниците и идните поколения",
            },
        ),
        "1.3": (
            {"en": "Promoting nature", "bg": "Грижа за природата"},
            {"en": "Help living things recover", "bg": "Да помагате на живите същества да се възстановят"},
        ),
        "2.1": (
            {"en": "Systems thinking", "bg": "Системно мислене"},
            {
                "en": "See how the parts of a farm act on each other",
                "bg": "Да виждате как частите на стопанството си влияят",
            },
        ),
        "2.2": (
            {"en": "Critical thinking", "bg": "Критично мислене"},
            {"en": "Ask where a claim and its figures come from", "bg": "Да питате откъде идват твърденията и числата"},
        ),
        "2.3": (
            {"en": "Problem framing", "bg": "Формулиране на проблема"},
            {
                "en": "Say what the problem is before you solve it",
                "bg": "Да казвате какъв е проблемът, преди да го решавате",
            },
        ),
        "3.1": (
            {"en": "Futures literacy", "bg": "Мислене за бъдещето"},
            {"en": "Picture several seasons, not one", "bg": "Да си представяте няколко сезона, а не един"},
        ),
        "3.2": (
            {"en": "Adaptability", "bg": "Адаптивност"},
            {
                "en": "Decide when things are unclear, and adjust",
                "bg": "Да решавате, когато не всичко е ясно, и да коригирате",
            },
        ),
        "3.3": (
            {"en": "Exploratory thinking", "bg": "Изследователско мислене"},
            {"en": "Try something small and see", "bg": "Да опитвате в малък мащаб и да гледате какво става"},
        ),
        "4.1": (
            {"en": "Political agency", "bg": "Участие в решенията"},
            {"en": "Know who decides, and take part", "bg": "Да знаете кой решава и да участвате"},
        ),
        "4.2": (
            {"en": "Collective action", "bg": "Общо действие"},
            {"en": "Work with others for a change", "bg": "Да работите с другите за промяна"},
        ),
        "4.3": (
            {"en": "Individual initiative", "bg": "Лична инициатива"},
            {"en": "Know what you can do, and do it", "bg": "Да знаете какво можете и да го правите"},
        ),
    }
)


def is_competence(code: str) -> bool:
    """Whether `code` is like "greencomp:2.1" and stands in the framework."""
    framework, _, number = code.partition(":")
    return framework == "greencomp" and number in _TABLE


def competence(code: str, language: str) -> Competence | None:
    """The competence behind "greencomp:2.1"; None for what is not in the table."""
    framework, _, number = code.partition(":")
    if framework != "greencomp" or number not in _TABLE:
        return None
    name, plain = _TABLE[number]
    return Competence(number, said(name, language), said(plain, language))
