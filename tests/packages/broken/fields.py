"""Fields that are unknown, missing or in the wrong file (C-13, C-15, C-21)."""

import re

from tests.packages.broken.mistakes import (
    BG,
    EN,
    FACTS,
    FINAL,
    FINAL_BG,
    GLOSSARY,
    MODULE,
    PACKAGE,
    Broken,
    append,
    edit,
    edited,
)
from tests.packages.copies import Copy


def translated_term_is_text(copy: Copy) -> None:
    copy.write(GLOSSARY, re.sub(r"bg: \{term: Почвена.*", "bg: words", copy.read(GLOSSARY)))


FIELDS = [
    Broken("format is missing", edit(PACKAGE, "format: 1\n", ""), PACKAGE, "version: 1", "format", "missing"),
    edited("a fact that is no map", FACTS, "F3:", "F4: words\nF3:", "F4", "map of fields", at="F4:"),
    edited("a term that is no map", GLOSSARY, "humus:", "mould: words\nhumus:", "mould", "map of fields", at="mould:"),
    Broken("a translated term that is a text", translated_term_is_text, GLOSSARY, "bg: words", "soil-crumb.bg", "map"),
    edited(
        "a question without a key",
        FINAL,
        "- key: signs\n    kind",
        "- kind",
        "questions[2].key",
        "missing",
        at="kind: multiple",
    ),
    edited("a choice without a key", FINAL, "{key: salt, text", "{text", "questions[1].choices[2].key", "missing"),
    edited("C-13 tittle", EN, "title: Living soil", "tittle: Living soil", "tittle", "“title”"),
    edited("C-13 module field", MODULE, "field_hours: 2", "field_hour: 2", "field_hour", "“field_hours”"),
    edited("C-13 package field", PACKAGE, "licence: CC", "license: CC", "license", "“licence”"),
    edited("C-13 quiz field", FINAL, "pass_mark: 0.8", "passmark: 0.8", "passmark", "“pass_mark”"),
    edited(
        "C-13 question field",
        FINAL,
        "explain: Humus works",
        "explane: Humus works",
        "questions[1].explane",
        "“explain”",
    ),
    edited(
        "C-13 choice field", FINAL, "feedback: Salt", "feedbak: Salt", "questions[1].choices[2].feedbak", "“feedback”"
    ),
    edited("C-13 fact field", FACTS, 'as_of: "1998"', 'asof: "1998"', "F3.asof", "“as_of”"),
    edited(
        "C-13 term field",
        GLOSSARY,
        "module: soil\n  en: {term: Soil",
        "modul: soil\n  en: {term: Soil",
        "soil-crumb.modul",
        "“module”",
        at="modul: soil",
    ),
    Broken("title is missing", edit(EN, "title: Living soil\n", ""), EN, "key: living-soil", "title", "missing"),
    Broken(
        "pass mark is missing", edit(FINAL, "pass_mark: 0.8\n", ""), FINAL, "key: soil-final", "pass_mark", "missing"
    ),
    Broken(
        "source of a fact is missing",
        edit(FACTS, "  source: FAO-56\n", ""),
        FACTS,
        "statement: {en: One millimetre",
        "F3.source",
        "missing",
    ),
    edited(
        "words in the source language are missing", MODULE, "title: {en: Soil, bg", "title: {bg", "title.en", "missing"
    ),
    edited(
        "outcomes are no list",
        MODULE,
        "competences: [greencomp:1.3, greencomp:2.1]",
        "competences: greencomp:1.3",
        "competences",
        "list",
    ),
    edited("a list where a text stands", EN, "title: Living soil", "title: [Living, soil]", "title", "not a list"),
    edited("a text where words stand", MODULE, "title: {en: Soil, bg: Почва}", "title: Soil", "title", "map of fields"),
    Broken(
        "no lessons",
        edit(MODULE, "lessons: [01-living-soil, 02-water-in-soil]", "lessons: []"),
        MODULE,
        "lessons:",
        "lessons",
        "empty",
    ),
    edited("C-21 a newer format", PACKAGE, "format: 1", "format: 2", "format", "format 2; this service reads format 1"),
    edited(
        "source language is not listed",
        PACKAGE,
        "source_language: en",
        "source_language: de",
        "source_language",
        "not among",
    ),
    Broken(
        "C-15 logic in a translation",
        edit(FINAL_BG, "    unit: m³\n", "    unit: m³\n    answer: 90\n"),
        FINAL_BG,
        "answer: 90",
        "questions.cubic-metres.answer",
        "words only",
    ),
    Broken(
        "C-15 right in a translation",
        edit(FINAL_BG, "  signs:\n", "  signs:\n    right: worms\n"),
        FINAL_BG,
        "right: worms",
        "questions.signs.right",
        "words only",
    ),
    Broken(
        "C-15 points in a translation",
        edit(FINAL_BG, "  signs:\n", "  signs:\n    points: 9\n"),
        FINAL_BG,
        "points: 9",
        "questions.signs.points",
        "words only",
    ),
    Broken(
        "C-15 pass mark in a translation",
        append(FINAL_BG, "pass_mark: 0.1\n"),
        FINAL_BG,
        "pass_mark",
        "pass_mark",
        "words only",
    ),
    edited(
        "C-15 translation of another question",
        FINAL_BG,
        "cubic-metres:",
        "cubic-meters:",
        "questions.cubic-meters",
        "“cubic-metres”",
    ),
    edited(
        "C-15 translation of another choice",
        FINAL_BG,
        "sand: Едър",
        "send: Едър",
        "questions.holds-water.choices.send",
        "“sand”",
    ),
    edited(
        "C-15 minutes in a translation",
        BG,
        "edition: 1",
        "edition: 1\nminutes: 9",
        "minutes",
        "source only",
        at="minutes: 9",
    ),
    edited("C-15 translation ahead of its source", BG, "edition: 1", "edition: 2", "edition", "the source is at 1"),
    edited("C-15 translation with another key", BG, "key: living-soil", "key: living-soul", "key", "living-soil"),
]
