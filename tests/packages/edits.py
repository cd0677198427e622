"""Right packages that differ from minimal/ in one way: what an author does between two releases."""

from collections.abc import Callable

from tests.packages.copies import CALCULATORS, LESSON, QUIZZES, STORIES, TASKS, WATER, Copy

EN, BG, MODULE = f"{LESSON}lesson.en.md", f"{LESSON}lesson.bg.md", "modules/01-soil/module.yaml"
FINAL, FINAL_BG, CHECK = f"{QUIZZES}soil-final.yaml", f"{QUIZZES}soil-final.bg.yaml", f"{QUIZZES}soil-check.yaml"

RAIN, DIG = f"{CALCULATORS}rain-on-a-field.yaml", f"{TASKS}dig-and-look.yaml"
STORY, GUIDE = f"{STORIES}wet-field.yaml", "guide/02-guide-to-soil.en.md"


def leave_out_water(copy: Copy) -> None:
    """A lesson goes, and everything that led to it."""
    copy.edit(MODULE, "[01-living-soil, 02-water-in-soil]", "[01-living-soil]")
    copy.edit(EN, "[the next lesson](lesson:water-in-soil)", "on")
    copy.edit(BG, "[следващия урок](lesson:water-in-soil)", "нататък")
    copy.edit(FINAL, "    lesson: water-in-soil\n", "")


def add_module(copy: Copy) -> None:
    """A second module, with the lesson about water in it."""
    copy.edit("package.yaml", "[01-soil]", "[01-soil, 02-water]")
    copy.edit(MODULE, "[01-living-soil, 02-water-in-soil]", "[01-living-soil]")
    copy.move(WATER, "modules/02-water/lessons/01-water-in-soil")
    text = copy.read(MODULE).replace("key: soil\n", "key: water\n").replace("soil-final", "water-final")
    copy.write("modules/02-water/module.yaml", text.replace("01-living-soil", "01-water-in-soil"))
    for name in ("soil-final.yaml", "soil-final.bg.yaml"):
        text = copy.read(QUIZZES + name).replace("key: soil-final", "key: water-final")
        copy.write(f"modules/02-water/quizzes/{name.replace('soil', 'water')}", text)


def swap_finals(copy: Copy) -> None:
    """The practice quiz becomes the final one, and the other way round."""
    copy.edit(MODULE, "final_quiz: soil-final", "final_quiz: soil-check")
    copy.edit(FINAL, "purpose: final", "purpose: practice")
    copy.edit(CHECK, "purpose: practice", "purpose: final")


def _edit(file: str, old: str, new: str) -> Callable[[Copy], None]:
    return lambda copy: copy.edit(file, old, new)


EDITS: dict[str, Callable[[Copy], None]] = {
    "title of the programme": _edit("package.yaml", "en: A small farm", "en: A little farm"),
    "summary of the programme": _edit("package.yaml", "Soil and the water in it.", "Soil and its water."),
    "licence": _edit("package.yaml", "CC-BY-SA-4.0", "CC-BY-4.0"),
    "credits": _edit("package.yaml", "Written for tests.", "Written for these tests."),
    "title of the module": _edit(MODULE, "en: Soil,", "en: Soils,"),
    "summary of the module": _edit(MODULE, "under your boots.", "under your feet."),
    "an outcome": _edit(MODULE, "Do a spade test.", "Do the spade test."),
    "hours": _edit(MODULE, "hours: 1.5", "hours: 1.75"),
    "field hours": _edit(MODULE, "field_hours: 2", "field_hours: 2.5"),
    "competences": _edit(MODULE, "[greencomp:1.3, greencomp:2.1]", "[greencomp:2.1]"),
    "goals": _edit(MODULE, "[6, 15]", "[15]"),
    "level": _edit(MODULE, "eqf: 3", "eqf: 4"),
    "no level": _edit(MODULE, "eqf: 3\n", ""),
    "order of lessons": _edit(MODULE, "[01-living-soil, 02-water-in-soil]", "[02-water-in-soil, 01-living-soil]"),
    "a comma": _edit(EN, "Most soils are", "Most soils, alas, are"),
    "a comma in the translation": _edit(BG, "Повечето почви са", "Повечето почви, уви, са"),
    "title of a lesson": _edit(EN, "title: Living soil", "title: The living soil"),
    "summary of a lesson": _edit(EN, "Who lives", "What lives"),
    "an objective": _edit(EN, "Name two", "Name three"),
    "minutes": _edit(EN, "minutes: 5", "minutes: 7"),
    "edition": _edit(EN, "edition: 1", "edition: 2"),
    "a figure": _edit(f"{LESSON}assets/crumbs.svg", 'y="42"', 'y="44"'),
    "a term": _edit("glossary.yaml", "What is left of plants in the soil.", "What plants leave in the soil."),
    "name of a term": _edit("glossary.yaml", "term: Humus", "term: Dark humus"),
    "related terms": _edit("glossary.yaml", "  related: [soil-crumb]\n", ""),
    "a fact": _edit("facts.yaml", "value: 60–70", "value: 61–70"),
    "status of a fact": _edit("facts.yaml", "status: S", "status: V"),
    "a fact that may be cited now": _edit("facts.yaml", "status: U", "status: S"),
    "title of a quiz": _edit(FINAL, "title: Soil, final quiz", "title: Soil, the final quiz"),
    "translated title of a quiz": _edit(FINAL_BG, "Почва, заключителен тест", "Почва, тест"),
    "pass mark": _edit(FINAL, "pass_mark: 0.8", "pass_mark: 0.7"),
    "tries": _edit(FINAL, "attempts_allowed: 0", "attempts_allowed: 3"),
    "shuffling": _edit(FINAL, "shuffle: true", "shuffle: false"),
    "stem": _edit(FINAL, "What helps soil most", "What helps a soil most"),
    "a choice": _edit(FINAL, "text: Much salt", "text: A lot of salt"),
    "the right choice": lambda copy: (
        copy.edit(FINAL, "text: Much salt, feedback: Salt breaks the crumbs.", "text: Much salt, right: true"),
        copy.edit(FINAL, "text: Humus, right: true", "text: Humus, feedback: It does not."),
        copy.edit(FINAL_BG, "feedback: {salt: Солта разрушава трохите.,", "feedback: {humus: Не помага.,"),
    ),
    "points": _edit(FINAL, "points: 1", "points: 3"),
    "an answer": _edit(FINAL, "answer: 100", "answer: 101"),
    "a tolerance": _edit(FINAL, "tolerance: 1", "tolerance: 2%"),
    "an outcome of a question": _edit(FINAL, "facts: [F1]", "outcome: 2\n    facts: [F1]"),
    "a typical mistake": _edit(FINAL, "unit: m³", "mistakes: [{key: ten, value: 10, feedback: No.}]\n    unit: m³"),
    "drawing": lambda copy: (
        copy.write(FINAL, copy.read(FINAL).replace("points: 2", "points: 1")),
        copy.edit(FINAL, "shuffle: true", "shuffle: true\ndraw: 2"),
    ),
    "a translated explanation": _edit(FINAL_BG, "Хумусът е като гъба.", "Хумусът е гъба."),
    "a lesson of a quiz": _edit(CHECK, "lesson: living-soil", "lesson: water-in-soil"),
    "no lesson of a quiz": _edit(CHECK, "lesson: living-soil\n", ""),
    "a question less": lambda copy: (
        copy.edit(FINAL, copy.read(FINAL)[copy.read(FINAL).index("\n  - key: cubic") :], ""),
        copy.edit(FINAL_BG, copy.read(FINAL_BG)[copy.read(FINAL_BG).index("  cubic-metres") :], ""),
    ),
    "another final quiz": swap_finals,
    "a review that is done": _edit("package.yaml", "{bg: awaiting}", "{bg: done}"),
    "a label of ESCO": _edit(MODULE, "label: soil structure", "label: structure of soil"),
    "a lesson of a calculator": _edit(RAIN, "lesson: living-soil", "lesson: water-in-soil"),
    "a number of a calculator": _edit(RAIN, "high: 500", "high: 501"),
    "a calculator less": lambda copy: copy.remove(CALCULATORS),
    "minutes of a task": _edit(DIG, "minutes: 60", "minutes: 61"),
    "a task less": lambda copy: copy.remove(TASKS),
    "an effect of a choice": _edit(STORY, "effects: {people: 0, nature: 1", "effects: {people: 1, nature: 1"),
    "a word of a scene": _edit(STORY, "Puddles stand", "Big puddles stand"),
    "a story less": lambda copy: copy.remove(STORIES),
    "a word of the guide": _edit(GUIDE, "dig one hole", "dig two holes"),
    "title of a page of the guide": _edit(GUIDE, "Guide to the module: Soil", "Through the module: Soil"),
    "a page of the guide for no module": _edit(GUIDE, "module: soil\n", ""),
    "order of the guide": _edit("package.yaml", "[01-why-soil, 02-guide-to-soil]", "[02-guide-to-soil, 01-why-soil]"),
    "a page of the guide less": lambda copy: (
        copy.edit("package.yaml", "[01-why-soil, 02-guide-to-soil]", "[01-why-soil]"),
        copy.remove(GUIDE),
        copy.remove("guide/02-guide-to-soil.bg.md"),
    ),
    "a new module": add_module,
    "a lesson less": leave_out_water,
}
