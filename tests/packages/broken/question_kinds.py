"""Mistakes in the further kinds of question, and in a quiz that draws."""

from tests.packages.broken.mistakes import CHECK, CHECK_BG, FINAL, FINAL_BG, Broken, edited
from tests.packages.copies import Copy

QUESTIONS = """
  - key: a-statement
    kind: true_false
    stem: Soil is alive.
    answer: true
    feedback: Look with a lens.
    explain: It is.
  - key: pairs
    kind: matching
    stem: Who does what?
    prompts:
      - {key: worm, text: A worm, match: digs, feedback: It digs.}
      - {key: root, text: A root, match: drinks, feedback: It drinks.}
      - {key: rain, text: Rain, match: falls, feedback: It falls.}
    choices:
      - {key: digs, text: digs}
      - {key: drinks, text: drinks}
      - {key: falls, text: falls}
    explain: So it is.
  - key: steps
    kind: ordering
    stem: In which order?
    items:
      - {key: dig, text: Dig}
      - {key: look, text: Look}
      - {key: talk, text: Talk}
    feedback: Dig first.
    explain: So it is done.
  - key: a-word
    kind: short_text
    stem: What eats leaves?
    answers: [worms, a worm]
    feedback: It has no legs.
    explain: Worms do.
  - key: holes
    kind: cloze
    stem: Fill in.
    text: "Worms {act} the soil."
    gaps:
      - key: act
        choices:
          - {key: loosen, text: loosen, right: true}
          - {key: press, text: press, feedback: Wheels press.}
    explain: They dig.
"""
WORDS = """
  a-statement: {stem: Почвата е жива., feedback: Погледнете., explain: Да.}
  pairs:
    stem: Кой какво прави
    prompts: {worm: Червей, root: Корен, rain: Дъжд}
    choices: {digs: копае, drinks: пие, falls: вали}
    feedback: {worm: Копае., root: Пие., rain: Вали.}
    explain: Така е.
  steps: {stem: В какъв ред, items: {dig: Копай, look: Гледай, talk: Говори}, feedback: Първо копай., explain: Така.}
  a-word: {stem: Кой яде листа, answers: [червеи], feedback: Няма крака., explain: Червеите.}
  holes:
    stem: Допълнете.
    text: "Червеите {act} почвата."
    gaps: {act: {choices: {loosen: рохкат, press: тъпчат}, feedback: {press: Колелата тъпчат.}}}
    explain: Копаят.
"""


def add_kinds(copy: Copy) -> None:
    """One question of each further kind in the practice quiz. Right as it is."""
    copy.write(CHECK, copy.read(CHECK).rstrip() + QUESTIONS)
    copy.write(CHECK_BG, copy.read(CHECK_BG).rstrip() + WORDS)


def _in(name: str, file: str, old: str, new: str, field: str, says: str, at: str | None = None) -> Broken:
    def spoil(copy: Copy) -> None:
        add_kinds(copy)
        copy.edit(file, old, new)

    return Broken(name, spoil, file, new.split("\n")[0] if at is None else at, field, says)


QUESTION_KINDS = [
    _in("true or yes", CHECK, "answer: true", "answer: yes", "questions[2].answer", "not known here"),
    _in("a match with nothing", CHECK, "match: falls", "match: fall", "questions[3].prompts[3].match", "falls"),
    _in("a match twice", CHECK, "match: drinks", "match: digs", "questions[3].prompts[1].key", "another prompt"),
    _in(
        "a prompt called like its choice", CHECK, "key: worm,", "key: digs,", "questions[3].prompts[1].key", "same one"
    ),
    _in(
        "a prompt twice",
        CHECK,
        "key: root,",
        "key: worm,",
        "questions[3].prompts[2].key",
        "stands twice",
        at="text: A root",
    ),
    _in("an item that says its place", CHECK, "key: dig,", "key: step-1,", "questions[4].items[1].key", "its place"),
    _in(
        "an item without words",
        CHECK,
        "{key: talk, text: Talk}",
        "{key: talk}",
        "questions[4].items[3].text",
        "missing",
    ),
    _in("two items", CHECK, "      - {key: talk, text: Talk}\n", "", "questions[4].items", "3 to 6", at="items:"),
    _in(
        "answers that are no list", CHECK, "answers: [worms, a worm]", "answers: worms", "questions[5].answers", "list"
    ),
    _in("answers of dots", CHECK, "[worms, a worm]", "[...]", "questions[5].answers", "list of words"),
    _in("a gap nowhere", CHECK, "{act} the", "dig the", "questions[6].text", "{act}"),
    _in("a gap nowhere in the translation", CHECK_BG, "{act} поч", "ровят поч", "questions.holes.text", "{act}"),
    _in("a gap of another question", CHECK_BG, "gaps: {act:", "gaps: {acts:", "questions.holes.gaps.acts", "no “acts”"),
    _in(
        "a right gap in the translation",
        CHECK_BG,
        "{loosen: рохкат",
        "{right: x, loosen: рохкат",
        "questions.holes.gaps.act.choices.right",
        "no choice",
    ),
    _in(
        "a prompt of another question",
        CHECK_BG,
        "{worm: Червей",
        "{cow: x, worm: Червей",
        "questions.pairs.prompts.cow",
        "no prompt",
    ),
    _in(
        "a gap with two right",
        CHECK,
        "text: press,",
        "text: press, right: true,",
        "questions[6].gaps[1].key",
        "exactly one",
        at="- key: act",
    ),
    edited(
        "an outcome too many",
        FINAL,
        "facts: [F1]",
        "outcome: 40\n    facts: [F1]",
        "questions[1].outcome",
        "out of range",
    ),
    edited(
        "an outcome that is no number",
        FINAL,
        "facts: [F1]",
        "outcome: two\n    facts: [F1]",
        "questions[1].outcome",
        "whole number",
    ),
    edited(
        "a mistake that is right",
        FINAL,
        "unit: m³",
        "mistakes: [{key: off, value: 100.5, feedback: No.}]\n    unit: m³",
        "questions[3].mistakes[1].key",
        "counts as right",
    ),
    edited(
        "a mistake without feedback",
        FINAL,
        "unit: m³",
        "mistakes: [{key: off, value: 10}]\n    unit: m³",
        "questions[3].mistakes[1].feedback",
        "missing",
    ),
    edited(
        "an outcome in the translation",
        FINAL_BG,
        "unit: m³",
        "outcome: 1\n    unit: m³",
        "questions.cubic-metres.outcome",
        "words only",
    ),
    edited(
        "more drawn than there are", FINAL, "shuffle: true", "draw: 3\nshuffle: true", "draw", "cannot be drawn from 3"
    ),
    edited("drawn with other points", FINAL, "shuffle: true", "draw: 2\nshuffle: true", "draw", "same points"),
    edited("draw nothing", FINAL, "shuffle: true", "draw: 0\nshuffle: true", "draw", "out of range"),
]
