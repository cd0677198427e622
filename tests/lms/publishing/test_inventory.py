"""docs/content.md is what the command counts, and the package holds what it promises."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from lms.publishing.checking import check_package
from lms.publishing.inventory import describe
from modules.package.schema import Package
from tests.packages.copies import MINIMAL, Copy

CONTENT = settings.ROOT / "fixtures" / "green-skills"


@pytest.fixture(scope="module")
def package() -> Package:
    found, problems = check_package(CONTENT)
    assert found is not None, [str(problem) for problem in problems]
    return found


def test_the_document_is_up_to_date(package: Package) -> None:
    assert (settings.ROOT / "docs" / "content.md").read_text(encoding="utf-8") == describe(package)


def test_the_smallest_package_is_counted_right(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("describe_package", str(MINIMAL))
    text = capsys.readouterr().out
    assert "| soil | 2 |" in text
    assert "| all | 1 |" in text
    assert "| 1.3 Promoting nature | soil |" in text


def test_a_package_with_errors_is_not_described(copy: Copy) -> None:
    copy.edit("package.yaml", "format: 1", "format: 7")
    with pytest.raises(CommandError, match="has errors"):
        call_command("describe_package", str(copy.path), write=copy.path / "out.md")
    assert not (copy.path / "out.md").exists()


def test_every_module_has_what_the_programme_promises(package: Package) -> None:
    for module in package.modules:
        practice = [quiz for quiz in module.quizzes if quiz.purpose == "practice"]
        (final,) = (quiz for quiz in module.quizzes if quiz.purpose == "final")
        assert len(module.lessons) == 6
        assert [quiz.lesson for quiz in practice] == sorted(quiz.lesson or "" for quiz in practice)
        assert {quiz.lesson for quiz in practice} == {lesson.key for lesson in module.lessons}
        assert {len(quiz.questions) for quiz in practice} == {5}
        assert (final.draw, str(final.pass_mark)) == (10, "0.8")
        assert len(final.questions) >= 24
        assert (len(module.tasks), len(module.stories)) == (3, 1)


def test_both_languages_are_complete(package: Package) -> None:
    for module in package.modules:
        for lesson in module.lessons:
            assert set(lesson.texts) == set(package.languages)
    for term in package.terms:
        assert set(term.texts) == set(package.languages)
    for page in package.guide:
        assert set(page.texts) == set(package.languages)


def test_every_question_names_its_lesson_and_outcome(package: Package) -> None:
    for module in package.modules:
        lessons = {lesson.key for lesson in module.lessons}
        for quiz in module.quizzes:
            for question in quiz.questions:
                assert question.body["lesson"] in lessons, question.key
                assert question.body["outcome"], question.key
                assert question.body["competence"], question.key


def test_the_hours_on_the_farm_are_those_of_the_tasks(package: Package) -> None:
    for module in package.modules:
        assert module.field_hours * 60 == sum(task.body["minutes"] for task in module.tasks), module.key
