"""What import-linter cannot see: foreign keys, migrations, and that the house is described as it stands."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from tests.architecture.floors import PACKAGES, ROOF, ROOT, contract, floors, package_of, said_floor, short, split


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if package_of(model.__module__)]


def labels() -> dict[str, str]:
    """App label -> package, for apps of ours."""
    return {config.label: package for config in apps.get_app_configs() if (package := package_of(config.name))}


def goes_down(source: str, target: str) -> bool:
    return source == target or floors()[source] > floors()[target]


def relations() -> Iterator[tuple[str, str, str]]:
    """(where, package, package it points to), for relations between apps of ours."""
    for model in our_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            other = field.related_model
            if isinstance(other, type) and (target := package_of(other.__module__)):
                source = package_of(model.__module__)
                assert source is not None
                yield f"{model._meta.label}.{field.name}", source, target


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{where}: {source} -> {target}" for where, source, target in relations() if not goes_down(source, target)
    ]
    assert upward == []


def test_migrations_depend_downwards() -> None:
    package = labels()
    upward = [
        f"{label}.{name} needs {other}.{needed}"
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        for other, needed in migration.dependencies
        if label in package and other in package and not goes_down(package[label], package[other])
    ]
    assert upward == []


def test_migrations_know_no_code_of_ours() -> None:
    """A migration must run unchanged in ten years: it may name our models' fields, not import what they became."""
    knowing = []
    for file in (file for folder in PACKAGES for file in (ROOT / folder).rglob("migrations/*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            knowing += [f"{short(file)}: {name}" for name in names if name.split(".")[0] in PACKAGES]
    # The manager that finds people by e-mail is written into the first migration of people by Django itself.
    assert [
        line for line in knowing if not line.endswith("0001_accounts_tokens_audit_mail.py: lms.people.models")
    ] == []


def test_both_contracts_name_the_same_floors() -> None:
    inside = [
        " | ".join(name.removeprefix("lms.") for name in split(layer) if name.startswith("lms."))
        for layer in contract("floors")["layers"]
    ]
    assert contract("every-lms-folder-has-a-floor")["layers"] == [layer for layer in inside if layer]


def test_the_drawing_shows_the_floors() -> None:
    """docs/architecture.md: each line of the drawing with its number and its rooms, in order."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    room = r"(?:lms\.[a-z]+|modules|quizzes|api)"
    drawn = re.findall(rf"^ ([ \d])  ({room}(?:\s*\|\s*{room})*)", text, re.M)
    rooms = {name: int(number) if number.strip() else -1 for number, line in drawn for name in split(line)}
    assert rooms == floors()


@pytest.mark.parametrize("package", [one for one in floors() if one != "lms.urls"])
def test_each_package_says_its_floor_in_its_first_line(package: str) -> None:
    assert said_floor(package) == floors()[package]


def test_every_folder_has_a_floor() -> None:
    found = {path.name for path in (ROOT / "lms").iterdir() if (path / "__init__.py").exists()}
    assert {f"lms.{name}" for name in found} == {name for name in floors() if name.startswith("lms.")} - {"lms.urls"}
    files = {path.stem for path in (ROOT / "lms").glob("*.py")} - {"__init__"}
    assert files == ROOF


def test_an_upward_relation_would_be_seen() -> None:
    """The guard itself: up and sideways are refused, down and home are not."""
    assert goes_down("lms.progress", "quizzes")
    assert goes_down("quizzes", "quizzes")
    assert not goes_down("quizzes", "lms.progress")
    assert not goes_down("lms.reports", "lms.reminders")
    assert len(list(relations())) > 20
