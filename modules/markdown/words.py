"""The interface's words that stand inside a stored lesson. Data, not gettext: a package gives the same HTML everywhere.

Whoever changes one raises `FORM` in rendering.py, so that the next import renders every lesson anew.
"""

WORDS = {
    "en": {"source": "Source", "table": "Table"},
    "bg": {"source": "Източник", "table": "Таблица"},
}


def words_for(language: str) -> dict[str, str]:
    """In a language that has none yet: English."""
    return WORDS.get(language) or WORDS.get(language.split("-")[0]) or WORDS["en"]
