"""Modules, lessons, terms and facts from a package into rows."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.importing import compare_modules, import_modules, programme_for, render_new
from modules.models import Asset, GuidePage, LessonRevision, Release
from modules.package.reader import read_package
from modules.package.schema import Package
from tests.packages.copies import LESSON, MINIMAL, Copy, copy_of_minimal

pytestmark = pytest.mark.django_db


def _package(path: Path = MINIMAL) -> Package:
    package, problems = read_package(path)
    assert package is not None, problems
    return package


def _import(package: Package, now: datetime) -> list[str]:
    programme = programme_for(package)
    release = Release.objects.create(
        programme=programme, version=package.version, digest=package.digest, imported_at=now
    )
    return [
        f"{change.action} {change.thing} {change.name}" for change in import_modules(package, release=release, now=now)
    ]


def test_import_returns_what_it_did(now: datetime) -> None:
    done = _import(_package(), now)
    assert done[:3] == ["new module soil", "new lesson living-soil", "new lesson water-in-soil"]
    assert "new text living-soil (bg)" in done
    assert "new fact F3" in done
    assert "new story wet-field" in done
    assert done[-4:-2] == ["new guide page why-soil (en)", "new guide page why-soil (bg)"]


def test_importing_twice_changes_nothing(now: datetime) -> None:
    """C-20."""
    _import(_package(), now)
    assert compare_modules(_package()).steps == ()
    assert render_new(_package()) == {}


def test_equal_pictures_are_kept_once(now: datetime, tmp_path: Path) -> None:
    copy = copy_of_minimal(tmp_path / "package")
    copy.write(f"{LESSON}assets/crumbs.bg.svg", copy.read(f"{LESSON}assets/crumbs.svg"))
    _import(_package(copy.path), now)
    assert Asset.objects.count() == 1
    assert LessonRevision.objects.filter(assets=Asset.objects.get()).count() == 2


def test_an_old_page_keeps_its_picture(now: datetime, tmp_path: Path) -> None:
    copy = copy_of_minimal(tmp_path / "package")
    _import(_package(copy.path), now)
    old = LessonRevision.objects.get(lesson__key="living-soil", language="en", is_live=True)
    copy.edit(f"{LESSON}assets/crumbs.svg", 'y="42"', 'y="44"')
    _import(_package(copy.path), now)
    old.refresh_from_db()
    assert not old.is_live
    assert old.assets.get().digest in old.html


def test_a_page_rendered_beforehand_is_taken(now: datetime) -> None:
    package = _package()
    pages = render_new(package)
    texts = [text for lesson in package.modules[0].lessons for text in lesson.texts.values()]
    guide = [text for page in package.guide for text in page.texts.values()]
    assert set(pages) == {text.digest for text in (*texts, *guide)}
    programme = programme_for(package)
    release = Release.objects.create(programme=programme, version=1, digest="x", imported_at=now)
    import_modules(package, release=release, now=now, pages=pages)
    stored = [*LessonRevision.objects.all(), *GuidePage.objects.all()]
    assert {page.html for page in stored} == {page.html for page in pages.values()}


def test_comparing_asks_the_same_number_of_questions_whatever_the_size(now: datetime, tmp_path: Path) -> None:
    def queries(package: Package) -> int:
        with CaptureQueriesContext(connection) as asked:
            compare_modules(package)
        return len(asked)

    copy = copy_of_minimal(tmp_path / "package")
    _import(_package(), now)
    small = queries(_package(copy.path))
    _add_lessons(copy, 20)
    assert queries(_package(copy.path)) == small <= 12


def _add_lessons(copy: Copy, count: int) -> None:
    names = [f"{number:02}-more" for number in range(10, 10 + count)]
    copy.edit("modules/01-soil/module.yaml", "02-water-in-soil]", f"02-water-in-soil, {', '.join(names)}]")
    for name in names:
        fields = "title: More\nedition: 1\nsummary: More.\nobjectives: [Learn more]\n"
        for language, minutes in (("en", "minutes: 1\n"), ("bg", "")):
            text = f"---\nkey: lesson-{name}\n{fields}{minutes}---\nMore.\n"
            copy.write(f"modules/01-soil/lessons/{name}/lesson.{language}.md", text)
