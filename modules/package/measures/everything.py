"""All measures over one package, and the promises that they are held against. Pure."""

import re
from collections.abc import Iterator, Mapping

from modules.markdown.glossary import TERM
from modules.package.fields import Part
from modules.package.measures.lessons import measure_lesson, measure_prose
from modules.package.measures.translations import Stamps, measure_translations
from modules.package.problems import PackageProblem, Severity
from modules.package.schema import Limits, Package, QuestionSource


def read_limits(form: Part) -> Limits:
    """`limits:` in package.yaml; without it lessons may be of any length and style."""
    part = form.part("limits", needed=False)
    if part is None:
        return Limits()
    low_high = [part.whole(name, low=0, high=100_000, needed=False) for name in ("fewest_words", "most_words")]
    sentence = part.whole("words_in_a_sentence", low=0, high=100, needed=False)
    ease = part.part("lix", needed=False)
    readability = {language: ease.whole(language, low=1, high=100) for language in ease.rest()} if ease else {}
    part.finish()
    words = (low_high[0], low_high[1]) if low_high[1] else None
    return Limits(words, sentence, readability)


def measure(package: Package, stamps: Mapping[str, Stamps]) -> Iterator[PackageProblem]:
    used: set[str] = set()
    for module in package.modules:
        for lesson in module.lessons:
            for text in lesson.texts.values():
                is_source = text.language == package.source_language
                yield from measure_lesson(text, package.limits, is_source=is_source)
                used.update(found[1].strip() for found in re.finditer(TERM, text.markdown))
        for quiz in module.quizzes:
            for question in quiz.questions:
                yield from _question(question)
    for page in package.guide:
        for guide_text in page.texts.values():
            yield from measure_prose(guide_text, package.limits)
    yield from measure_translations(package, stamps)
    for term in package.terms:
        if term.key not in used:
            what = "No lesson uses this term."
            hint = f"Link it where it is first said: [[{term.key}]]."
            yield PackageProblem(term.file, term.line, term.key, what, hint, Severity.WARNING)


def _question(question: QuestionSource) -> Iterator[PackageProblem]:
    if question.kind == "numeric" and not question.body.get("unit"):
        what, hint = (
            "A number without a unit.",
            "Write the unit that the answer is in; for a plain count, what is counted.",
        )
        yield PackageProblem(question.file, question.line, f"{question.key}.unit", what, hint, Severity.WARNING)
