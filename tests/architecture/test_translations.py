"""Everything people read on a page exists in every language of the interface."""

import re
import string
from pathlib import Path

import polib
import pytest
from django.conf import settings

from lms.cli.messages import Message, catalogue_path, compare, find_messages, in_python, in_template, update

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_interface_is_in_the_catalogue_and_none_that_is_gone(language: str) -> None:
    """U-rows on languages: `make messages` brings it up to date."""
    difference = compare(language)
    assert [one.singular for one in difference.missing] == []
    assert [one.singular for one in difference.gone] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_interface_is_translated(language: str) -> None:
    assert [one.singular for one in compare(language).untranslated] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_places_for_values(language: str) -> None:
    """A lost %(name)s is a page that fails, or says less than it should."""
    wrong = []
    for entry in polib.pofile(str(catalogue_path(language))):
        wanted = placeholders(entry.msgid_plural or entry.msgid)
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        wrong += [
            entry.msgid for text in texts if text and not placeholders(text) <= wanted | placeholders(entry.msgid)
        ]
        wrong += [entry.msgid for text in list(texts)[-1:] if text and placeholders(text) != wanted]
    assert wrong == []


def placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_end_like_their_originals(language: str) -> None:
    """A sentence stays a sentence; a label does not become one."""
    ends = {".", "?", "!", ":", "…"}
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(catalogue_path(language)))
        if entry.msgstr and (entry.msgid.strip()[-1:] in ends) != (entry.msgstr.strip()[-1:] in ends)
    ]
    assert wrong == []


def test_words_are_found_in_python() -> None:
    source = """
_("One")
gettext("Two") % {"n": 1}
ngettext("%(n)d day", "%(n)d days", n)
pgettext("month", "May")
translation.gettext("Three")
gettext(variable)
"""
    assert set(in_python(source)) == {
        Message("", "One", ""),
        Message("", "Two", ""),
        Message("", "%(n)d day", "%(n)d days"),
        Message("month", "May", ""),
        Message("", "Three", ""),
    }


def test_words_are_found_in_templates() -> None:
    source = """{% load i18n %}{% translate "Home" %} {% translate 'It’s' as word %}
{% blocktranslate with name=person.name %}Hello {{ name }}, 5 %{% endblocktranslate %}
{% blocktranslate count n=days trimmed %}
  {{ n }} day
{% plural %}
  {{ n }} days
{% endblocktranslate %}
{% translate "May" context "month" %}<a href="{% url 'x' %}">{{ _("Away") }}</a>"""
    assert set(in_template(source)) == {
        Message("", "Home", ""),
        Message("", "It’s", ""),
        Message("", "Hello %(name)s, 5 %%", ""),
        Message("", "%(n)s day", "%(n)s days"),
        Message("month", "May", ""),
        Message("", "Away", ""),
    }


def test_updating_keeps_translations_and_drops_what_is_gone(tmp_path: Path, settings: object) -> None:
    settings.LOCALE_PATHS = [tmp_path]  # type: ignore[attr-defined]
    assert update("bg").missing == []
    catalogue = polib.pofile(str(catalogue_path("bg")))
    catalogue[0].msgstr = "преведено"
    catalogue.append(polib.POEntry(msgid="Nobody says this", msgstr="Никой"))
    catalogue.save()
    difference = update("bg")
    assert difference.gone == []
    assert len(difference.untranslated) == len(catalogue) - 2
    assert polib.pofile(str(catalogue_path("bg"))).find(catalogue[0].msgid).msgstr == "преведено"


def test_english_is_typed_with_care() -> None:
    """The source language is what most will read: no double blanks, no blank at either end, no straight apostrophes."""
    texts = [text for message in find_messages() for text in (message.singular, message.plural) if text]
    careless = [text for text in texts if "  " in text.strip() and "\n" not in text]
    careless += [text for text in texts if re.search(rf"[{string.ascii_letters}]'[{string.ascii_letters}]", text)]
    assert careless == []
