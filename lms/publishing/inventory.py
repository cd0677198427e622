"""What a package holds, counted: docs/content.md is written by this, never by hand. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from modules.competences import competence
from modules.package.measures.lessons import word_count
from modules.package.measures.prose import plain, prose_of, words
from modules.package.schema import LessonSource, ModuleSource, Package, QuestionSource

CODES = [f"greencomp:{area}.{number}" for area in (1, 2, 3, 4) for number in (1, 2, 3)]
HEAD = """# What the package holds

Written by `manage.py describe_package fixtures/green-skills --write docs/content.md`; a test fails when it is out of
date. Titles of modules are working titles: the official titles of the two source projects are not public. “Words” are
those of paragraphs and lists, without headings, tables, figures and numbers; readability is LIX (Björnsson 1968; under
30 very easy, over 50 hard).
"""


def describe(package: Package) -> str:
    """The whole document in Markdown, with a final line end."""
    parts = [
        HEAD,
        _lessons(package),
        _questions(package),
        _practice(package),
        _competences(package),
        _translations(package),
    ]
    return "\n".join(parts)


def _lessons(package: Package) -> str:
    languages = package.languages
    heads = ["Module", "Lessons", *(f"Words {language}" for language in languages)]
    heads += [
        *(f"Words a sentence {language}" for language in languages),
        *(f"LIX {language}" for language in languages),
    ]
    heads += ["Figures", "Facts cited"]
    rows = [_lesson_row(module.key, module.lessons, languages) for module in package.modules]
    every = [lesson for module in package.modules for lesson in module.lessons]
    return _table("Lessons", heads, [*rows, _lesson_row("all", every, languages)])


def _lesson_row(name: str, lessons: Sequence[LessonSource], languages: Sequence[str]) -> list[str]:
    texts = {
        language: [lesson.texts[language].markdown for lesson in lessons if language in lesson.texts]
        for language in languages
    }
    prose = {language: prose_of("\n\n".join(every)) for language, every in texts.items()}
    figures = {asset.name for lesson in lessons for text in lesson.texts.values() for asset in text.assets}
    return [
        name,
        str(len(lessons)),
        *(f"{sum(map(word_count, texts[language])):,}" for language in languages),
        *(f"{prose[language].per_sentence:.1f}" for language in languages),
        *(f"{prose[language].lix:.0f}" for language in languages),
        str(len(figures)),
        str(len(_cited(lessons))),
    ]


def _cited(lessons: Iterable[LessonSource]) -> set[str]:
    return {fact for lesson in lessons for text in lesson.texts.values() for fact in _facts_in(text.markdown)}


def _facts_in(markdown: str) -> Iterator[str]:
    for piece in markdown.split("[F")[1:]:
        number, bracket, _ = piece.partition("]")
        if bracket and number.isdigit():
            yield f"F{number}"


def _questions(package: Package) -> str:
    kinds = sorted({question.kind for module in package.modules for question in _of(module)})
    rows = []
    for module in package.modules:
        counts = Counter(question.kind for question in _of(module))
        final = next(quiz for quiz in module.quizzes if quiz.purpose == "final")
        drawn = f"{final.draw or len(final.questions)} of {len(final.questions)}"
        practice = sum(quiz.purpose == "practice" for quiz in module.quizzes)
        total = str(counts.total())
        rows.append([module.key, str(practice), drawn, total, *(str(counts[kind]) for kind in kinds)])
    totals = Counter(question.kind for module in package.modules for question in _of(module))
    practice = sum(quiz.purpose == "practice" for module in package.modules for quiz in module.quizzes)
    rows.append(["all", str(practice), "", str(totals.total()), *(str(totals[kind]) for kind in kinds)])
    names = [kind.replace("_", " ") for kind in kinds]
    return _table("Questions", ["Module", "Practice quizzes", "Final draws", "Questions", *names], rows)


def _of(module: ModuleSource) -> list[QuestionSource]:
    return [question for quiz in module.quizzes for question in quiz.questions]


def _practice(package: Package) -> str:
    terms = Counter(term.module for term in package.terms)
    guides = Counter(page.module for page in package.guide if page.module)
    rows = [
        [
            module.key,
            str(len(module.calculators)),
            str(len(module.tasks)),
            " ".join(f"{len(story.body['scenes'])} scenes" for story in module.stories) or "none",
            str(guides[module.key]),
            str(terms[module.key]),
            str(len(module.esco)),
            " ".join(map(str, module.sdgs)),
            str(module.eqf or ""),
        ]
        for module in package.modules
    ]
    heads = ["Module", "Calculators", "Field tasks", "Story", "Guide pages", "Terms", "ESCO labels", "SDGs", "EQF"]
    texts = {
        language: sum(
            len(words(plain(page.texts[language].markdown))) for page in package.guide if language in page.texts
        )
        for language in package.languages
    }
    counts = ", ".join(f"{count:,} ({language})" for language, count in texts.items())
    facts = sum(fact.may_be_cited for fact in package.facts)
    guide = f"The trainer guide has {len(package.guide)} pages; words with those of headings and tables: {counts}."
    line = f"{guide} {facts} facts may be cited."
    return f"{_table('Practice, glossary, frameworks', heads, rows)}\n{line}\n"


def _competences(package: Package) -> str:
    """In how many modules a competence is named, and how many questions test it in each language."""
    rows = []
    for code in CODES:
        modules = [module for module in package.modules if code in module.competences]
        testing = [
            question for module in package.modules for question in _of(module) if question.body["competence"] == code
        ]
        known = competence(code, package.source_language)
        name = f"{known.code} {known.name}" if known else code
        by_language = [
            str(sum(language in question.body["stem"] for question in testing)) for language in package.languages
        ]
        rows.append([name, " ".join(module.key for module in modules), *by_language])
    heads = ["GreenComp competence", "Modules", *(f"Questions {language}" for language in package.languages)]
    return _table("The twelve competences", heads, rows)


def _translations(package: Package) -> str:
    states = {"awaiting": "awaits review by a native editor", "done": "reviewed by a native editor"}
    rows = [[language, states.get(state, state)] for language, state in package.review.items()]
    return _table("Translations", ["Language", "State"], rows)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, ["---"] * len(heads), *rows)]
    return "\n".join([f"## {title}", "", *lines, ""])
