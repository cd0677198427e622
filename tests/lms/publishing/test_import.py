"""An import brings the package into the database, all of it or nothing."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from lms.people.models import AuditEvent, User
from lms.publishing.plan import ImportPlan
from lms.publishing.refusals import PackageHasErrors, PackageIsOlder, RetiringNeedsConsent
from lms.publishing.services import import_package, plan_import
from modules.models import LessonRevision, Programme, Release
from quizzes.models import QuizRevision
from tests.factories.modules import make_lesson, make_module
from tests.factories.quizzes import make_quiz
from tests.packages.broken import BROKEN
from tests.packages.copies import LESSON, MINIMAL, QUIZZES, Copy, copy_of_minimal
from tests.packages.database import every_row, live_content, no_writes
from tests.packages.edits import EDITS, leave_out_water

pytestmark = pytest.mark.django_db
EN = f"{LESSON}lesson.en.md"
FINAL = f"{QUIZZES}soil-final.yaml"

PARTS = ("rain-on-a-field", "dig-and-look")


def _import(copy: Copy, now: datetime, **options: Any) -> Release | None:
    return import_package(copy.path, by=None, now=now, **options)


def test_the_first_import_brings_everything(now: datetime) -> None:
    release = import_package(MINIMAL, by=None, now=now)
    assert release is not None
    assert (release.version, release.imported_at, release.summary["new"]) == (1, now, 25)
    content = live_content()
    assert {name: len(rows) for name, rows in content.items()} == {
        "programmes": 1,
        "modules": 1,
        "lessons": 2,
        "texts": 4,
        "pictures": 4,
        "terms": 4,
        "calculators": 1,
        "tasks": 1,
        "stories": 1,
        "guide": 4,
        "facts": 2,
        "quizzes": 2,
        "forms": 2,
        "items": 4,
    }


def test_the_stored_page_is_the_sanitised_one(imported: Copy) -> None:
    """M-10: whoever prints it, prints what the allow-list let through."""
    imported.edit(EN, "## Crumbs", "## Crumbs\n\n<script>alert(1)</script>")
    import_package(imported.path, by=None, now=datetime.fromisoformat("2027-03-16T09:00+00:00"))
    page = LessonRevision.objects.get(lesson__key="living-soil", language="en", is_live=True)
    assert "<script>" in page.source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html
    assert "<script" not in page.html
    assert page.toc == [{"id": "s-crumbs", "title": "Crumbs", "level": 2}]
    assert (page.facts, page.words > 20) == (["F1"], True)
    assert f'src="/assets/{page.assets.get().digest}/crumbs.svg"' in page.html


def test_each_language_has_its_own_picture(imported: Copy) -> None:
    pages = LessonRevision.objects.filter(lesson__key="living-soil", is_live=True)
    assert len({page.assets.get().digest for page in pages}) == 2


def test_facts_without_a_source_stay_outside(imported: Copy) -> None:
    assert [fact["number"] for fact in live_content()["facts"]] == ["F1", "F3"]


def test_importing_twice_changes_nothing(imported: Copy, now: datetime) -> None:
    """C-20."""
    before = every_row()
    with no_writes():
        assert _import(imported, now + timedelta(days=1)) is None
    assert every_row() == before
    assert plan_import(imported.path).nothing_to_do


def test_other_line_ends_and_another_order_of_keys_change_nothing(imported: Copy, now: datetime) -> None:
    """C-20."""
    imported.edit(EN, "title: Living soil\nedition: 1\n", "edition: 1\ntitle: Living soil\n")
    for file in [*imported.path.rglob("*.yaml"), *imported.path.rglob("*.md")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    with no_writes():
        assert _import(imported, now) is None


def _after_a_fresh_import(copy: Copy, now: datetime) -> dict[str, Any]:
    """What the package gives in an empty database."""
    with transaction.atomic():
        import_package(copy.path, by=None, now=now)
        content = live_content()
        transaction.set_rollback(True)
    return content


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_arrives_as_in_a_fresh_import_and_can_be_undone(name: str, copy: Copy, now: datetime) -> None:
    """Whatever an author edits arrives, and only once; undone, the old rows are live again, without new ones."""
    EDITS[name](copy)
    wanted = _after_a_fresh_import(copy, now)
    import_package(MINIMAL, by=None, now=now)
    before = live_content()
    assert before != wanted

    assert _import(copy, now, allow_retire=True) is not None
    assert live_content() == wanted
    with no_writes():
        assert _import(copy, now) is None

    if name == "edition":
        return  # it never goes down
    texts, forms = LessonRevision.objects.count(), QuizRevision.objects.count()
    assert import_package(MINIMAL, by=None, now=now, allow_retire=True) is not None
    assert live_content() == before
    assert (LessonRevision.objects.count(), QuizRevision.objects.count()) == (texts, forms)


def test_the_plan_counts_what_the_import_does(imported: Copy, now: datetime) -> None:
    imported.edit(EN, "poor condition", "bad condition")
    imported.edit(FINAL, "points: 1", "points: 2")
    plan = plan_import(imported.path)
    release = _import(imported, now)
    assert release is not None
    assert release.summary == plan.summary()
    assert plan.counts() == {"new": 0, "changed": 2, "restored": 0, "retired": 0}


def test_planning_writes_nothing(imported: Copy) -> None:
    imported.edit(EN, "poor condition", "bad condition")
    with no_writes():
        assert isinstance(plan_import(imported.path), ImportPlan)


def test_a_text_that_comes_back_is_called_restored(imported: Copy, now: datetime) -> None:
    imported.edit(EN, "poor condition", "bad condition")
    _import(imported, now)
    imported.edit(EN, "bad condition", "poor condition")
    assert [(change.action, change.name) for change in plan_import(imported.path).changes] == [
        ("restored", "living-soil (en)")
    ]


def test_the_author_of_an_import_stands_in_the_audit_trail(copy: Copy, now: datetime) -> None:
    olga = User.objects.create_user(email="olga@example.org", display_name="Olga", role="operator")
    release = import_package(copy.path, by=olga, now=now)
    event = AuditEvent.objects.get(verb="package imported")
    assert release is not None
    assert (event.actor_id, event.target_label, event.data["new"]) == (olga.pk, "small-farm version 1", 25)
    assert release.by_label == "Olga"


# --- Refused: nothing changes ----------------------------------------------------------------------------------------


def test_no_broken_package_changes_anything(imported: Copy, now: datetime, tmp_path: Path) -> None:
    """C-01 to C-05, C-10, C-13: the database is as it was before, row by row."""
    before = every_row()
    for number, broken in enumerate(BROKEN):
        copy = copy_of_minimal(tmp_path / str(number))
        broken.spoil(copy)
        with no_writes(), pytest.raises(PackageHasErrors) as refused:
            _import(copy, now, allow_retire=True)
        assert any(problem.is_error for problem in refused.value.problems)
    assert every_row() == before


def test_an_older_package_is_refused_with_both_versions(imported: Copy, now: datetime) -> None:
    """C-21."""
    imported.edit("package.yaml", "version: 1", "version: 3")
    _import(imported, now)
    imported.edit("package.yaml", "version: 3", "version: 2")
    with no_writes(), pytest.raises(PackageIsOlder, match=r"version 2, but version 3 of “small-farm” is live"):
        _import(imported, now)
    with pytest.raises(PackageIsOlder):
        plan_import(imported.path)


def test_a_raised_version_alone_is_a_release(imported: Copy, now: datetime) -> None:
    """C-21: else an older package could be imported over it."""
    imported.edit("package.yaml", "version: 1", "version: 2")
    assert [change.detail for change in plan_import(imported.path).changes] == ["1 → 2"]
    release = _import(imported, now)
    assert release is not None
    assert release.version == 2
    assert Release.objects.filter(digest=release.digest).count() == 1


def test_a_newer_format_is_refused_with_both_formats(imported: Copy, now: datetime) -> None:
    """C-21."""
    imported.edit("package.yaml", "format: 1", "format: 7")
    with no_writes(), pytest.raises(PackageHasErrors) as refused:
        _import(imported, now)
    assert refused.value.problems[0].what == "The package has format 7; this service reads format 1."


def test_an_edition_never_goes_down(imported: Copy, now: datetime) -> None:
    imported.edit(EN, "edition: 1", "edition: 3")
    _import(imported, now)
    imported.edit(EN, "edition: 3", "edition: 2")
    with no_writes(), pytest.raises(PackageHasErrors) as refused:
        _import(imported, now)
    problem = refused.value.problems[0]
    assert (problem.where, problem.field) == (EN, "edition")
    assert "at edition 3; the package says 2" in problem.what


def test_a_question_never_changes_its_kind(imported: Copy, now: datetime) -> None:
    imported.edit(FINAL, "kind: multiple_choice", "kind: single_choice")
    imported.edit(FINAL, "sideways, right: true", "sideways, feedback: They do.")
    imported.edit(f"{QUIZZES}soil-final.bg.yaml", "feedback: {worms", "feedback: {flat-roots: Да., worms")
    with no_writes(), pytest.raises(PackageHasErrors) as refused:
        _import(imported, now)
    problem = refused.value.problems[0]
    assert (problem.where, problem.line, problem.field) == (FINAL, imported.line_of(FINAL, "key: signs"), "kind")
    assert "is of the kind multiple_choice; the package says single_choice" in problem.what


@pytest.mark.parametrize("thing", ["module", "lesson", "quiz"])
def test_a_key_of_another_programme_is_refused(thing: str, copy: Copy, now: datetime) -> None:
    module = make_module(key="soil" if thing == "module" else "elsewhere")
    if thing == "lesson":
        make_lesson(module, key="living-soil")
    if thing == "quiz":
        make_quiz(module, key="soil-final")
    before = every_row()
    with pytest.raises(PackageHasErrors) as refused:
        _import(copy, now)
    assert [problem.field for problem in refused.value.problems] == ["key"]
    assert f"belongs to a {thing} of the programme" in refused.value.problems[0].what
    assert every_row() == before


def test_what_would_go_needs_consent(imported: Copy, now: datetime) -> None:
    """C-22."""
    leave_out_water(imported)
    before = every_row()
    with pytest.raises(
        RetiringNeedsConsent, match=r"leaves out 1 that are live: lesson water-in-soil\..*--allow-retire"
    ):
        _import(imported, now)
    assert every_row() == before
    assert _import(imported, now, allow_retire=True) is not None
    assert [lesson["key"] for lesson in live_content()["lessons"]] == ["living-soil"]


def test_a_withdrawn_translation_needs_consent(imported: Copy, now: datetime) -> None:
    imported.remove(f"{LESSON}lesson.bg.md")
    with pytest.raises(RetiringNeedsConsent, match=r"text living-soil \(bg\)"):
        _import(imported, now)
    assert _import(imported, now, allow_retire=True) is not None
    assert {text["language"] for text in live_content()["texts"] if text["lesson__key"] == "living-soil"} == {"en"}


@pytest.mark.parametrize(
    ("edit", "names"),
    {
        "a calculator less": "calculator rain-on-a-field",
        "a task less": "task dig-and-look",
        "a story less": "story wet-field",
        "a page of the guide less": "guide page guide-to-soil (en), guide page guide-to-soil (bg)",
    }.items(),
)
def test_a_page_that_would_go_needs_consent(edit: str, names: str, imported: Copy, now: datetime) -> None:
    EDITS[edit](imported)
    with no_writes(), pytest.raises(RetiringNeedsConsent, match=re.escape(f"that are live: {names}. ")):
        _import(imported, now)


def test_a_mistake_in_the_middle_leaves_the_old_content(
    imported: Copy, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C-16: everything is one transaction."""

    def break_off(**_: object) -> None:
        raise RuntimeError("power cut")

    imported.edit(EN, "poor condition", "bad condition")
    before = every_row()
    monkeypatch.setattr("lms.publishing.services.recount", break_off)
    with pytest.raises(RuntimeError):
        _import(imported, now)
    assert every_row() == before


KEYS = (
    "small-farm",
    "living-soil",
    "water-in-soil",
    "soil-final",
    "soil-check",
    "wet-field",
    "why-soil",
    "guide-to-soil",
)


def test_two_programmes_live_side_by_side(imported: Copy, now: datetime, tmp_path: Path) -> None:
    other = copy_of_minimal(tmp_path / "other")
    for file in other.path.rglob("*.*"):
        if file.suffix in {".yaml", ".md"}:
            text = file.read_text(encoding="utf-8")
            for key in (*KEYS, *PARTS):
                text = text.replace(f"key: {key}\n", f"key: b-{key}\n").replace(f"lesson:{key}", f"lesson:b-{key}")
                text = text.replace(f"lesson: {key}\n", f"lesson: b-{key}\n").replace(
                    f"quiz: {key}\n", f"quiz: b-{key}\n"
                )
            text = text.replace("key: soil\n", "key: b-soil\n").replace("module: soil\n", "module: b-soil\n")
            file.write_text(text, encoding="utf-8")
    before = live_content()["texts"]
    assert _import(other, now) is not None
    assert Programme.objects.count() == 2
    assert [text for text in live_content()["texts"] if not text["lesson__key"].startswith("b-")] == before
    assert plan_import(imported.path).nothing_to_do
