"""Values that are not what they seem (C-04, C-10)."""

from tests.packages.broken.mistakes import CHECK, EN, FACTS, FINAL, MODULE, PACKAGE, Broken, edited
from tests.packages.copies import Copy


def _all_are_right(copy: Copy) -> None:
    copy.edit(
        FINAL, "soil?\n    choices:\n      - {key: puddles", "soil?\n    choices:  # of signs\n      - {key: puddles"
    )
    copy.edit(FINAL, "Many worms, feedback: Worms live where there is air.", "Many worms, right: true")


VALUES = [
    edited(
        "an objective that is no text",
        EN,
        "Name two services of living soil",
        "[Name two]",
        "objectives[1]",
        "not a text",
    ),
    edited("an objective too long", EN, "- Name two", f"- {'x' * 401}", "objectives[1]", "characters"),
    edited(
        "an outcome that is no map",
        MODULE,
        "- {en: Do a spade test., bg",
        "- Do a spade test\n  - {en: X, bg",
        "outcomes[3]",
        "map",
    ),
    edited(
        "a folder twice",
        MODULE,
        "[01-living-soil, 02-water",
        "[01-living-soil, 01-living-soil, 02-water",
        "lessons[2]",
        "twice",
    ),
    edited("a competence without a framework", MODULE, "[greencomp:1.3", "[green", "competences", "not the code"),
    edited("no answer to a number", FINAL, "answer: 100", 'answer: ""', "questions[3].answer", "empty"),
    edited(
        "C-04 no for right",
        FINAL,
        "right: true",
        "right: no",
        "questions[1].choices[1].right",
        "neither true nor false",
    ),
    edited("C-04 yes for shuffle", FINAL, "shuffle: true", "shuffle: yes", "shuffle", "neither true nor false"),
    edited("C-04 on for shuffle", FINAL, "shuffle: true", "shuffle: on", "shuffle", "neither true nor false"),
    edited("C-04 010 for points", FINAL, "points: 1", "points: 010", "questions[1].points", "not a whole number"),
    edited("C-04 version 1.10", PACKAGE, "version: 1", "version: 1.10", "version", "not a whole number"),
    edited("C-04 time for an answer", FINAL, "answer: 100", "answer: 12:30", "questions[3].answer", "not a number"),
    edited("C-04 decimal comma", FINAL, "answer: 100", "answer: 100,5", "questions[3].answer", "not a number"),
    edited("C-04 power of ten", FINAL, "answer: 100", "answer: 1e2", "questions[3].answer", "not a number"),
    edited("C-04 infinity", FINAL, "answer: 100", "answer: .inf", "questions[3].answer", "not a number"),
    edited("C-04 date as edition", EN, "edition: 1", "edition: 2026-11-20", "edition", "not a whole number"),
    edited("C-10 pass mark of 80", FINAL, "pass_mark: 0.8", "pass_mark: 80", "pass_mark", "out of range"),
    edited("C-10 pass mark below nothing", FINAL, "pass_mark: 0.8", "pass_mark: -0.5", "pass_mark", "out of range"),
    edited("C-10 pass mark with five decimals", FINAL, "pass_mark: 0.8", "pass_mark: 0.80001", "pass_mark", "decimals"),
    edited("C-10 negative points", FINAL, "points: 1", "points: -1", "questions[1].points", "not a whole number"),
    edited("C-10 no points", FINAL, "points: 1", "points: 0", "questions[1].points", "out of range"),
    edited(
        "C-10 negative tries", FINAL, "attempts_allowed: 0", "attempts_allowed: -3", "attempts_allowed", "not a whole"
    ),
    edited(
        "C-10 huge number of tries",
        FINAL,
        "attempts_allowed: 0",
        "attempts_allowed: 99999",
        "attempts_allowed",
        "range",
    ),
    edited("C-10 negative tolerance", FINAL, "tolerance: 1", "tolerance: -1", "questions[3].tolerance", "not a number"),
    edited(
        "C-10 nothing is right",
        FINAL,
        ", text: Humus, right: true}",
        ", text: Humus, feedback: No.}",
        "questions[1].choices",
        "exactly one",
        at="choices:",
    ),
    edited(
        "C-10 two are right",
        FINAL,
        "Much salt, feedback: Salt breaks the crumbs.",
        "Much salt, right: true",
        "questions[1].choices",
        "exactly one",
        at="choices:",
    ),
    Broken(
        "C-10 all are right",
        _all_are_right,
        FINAL,
        "choices:  # of signs",
        "questions[2].choices",
        "at least one choice is wrong",
    ),
    edited("C-10 empty choice", FINAL, "text: Much salt,", 'text: "",', "questions[1].choices[2].text", "empty"),
    edited(
        "C-10 wrong choice without a reason",
        FINAL,
        "text: Coarse sand, feedback: Water runs through sand.",
        "text: Coarse sand",
        "questions[1].choices[3].key",
        "feedback",
    ),
    edited(
        "C-10 two choices with one text",
        FINAL,
        "text: Coarse sand,",
        "text: Much salt,",
        "questions[1].choices",
        "same text",
        at="choices:",
    ),
    edited(
        "C-10 a key that tells",
        FINAL,
        "{key: humus,",
        "{key: right-answer,",
        "questions[1].choices[1].key",
        "whether it is right",
    ),
    edited("C-10 unknown kind", FINAL, "kind: numeric", "kind: numerical", "questions[3].kind", "“numeric”"),
    edited("C-10 unknown purpose", CHECK, "purpose: practice", "purpose: practise", "purpose", "“practice”"),
    edited(
        "C-10 a second final quiz",
        CHECK,
        "purpose: practice",
        "purpose: final",
        "purpose",
        "second final quiz",
        at="key: soil-check",
    ),
    edited("C-10 no final quiz", MODULE, "final_quiz: soil-final", "final_quiz: soil-check", "final_quiz", "no quiz"),
    edited("hours in words", MODULE, "hours: 1.5", "hours: two", "hours", "not a number"),
    edited("a goal beyond seventeen", MODULE, "sdgs: [6, 15]", "sdgs: [6, 18]", "sdgs", "not the number of a goal"),
    edited("an unknown competence", MODULE, "greencomp:1.3", "greencomp:5.1", "competences", "GreenComp has no"),
    edited("an unknown status", FACTS, "status: S", "status: X", "F3.status", "not known here"),
    edited(
        "a title too long for its column", EN, "title: Living soil", f"title: {'x' * 201}", "title", "201 characters"
    ),
    edited(
        "a title that turns round", EN, "title: Living soil", "title: Living\u202e soil", "title", "writing direction"
    ),
    edited(
        "a text cut off at a comma",
        MODULE,
        "{en: What is under your boots.",
        "{en: What is under, your boots.",
        "summary.your boots.",
        "in quotes",
        at="What is under",
    ),
]
