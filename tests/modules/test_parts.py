"""Calculators, field tasks and stories: a list reads their lines, only their own page reads what is in them."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from modules.content import tree as content_tree
from modules.farm import tools
from modules.models import Calculator, FieldTask, Story
from modules.shelf import Shelf, shelf
from modules.stories import stories, walk_through
from tests.factories.modules import make_module, make_story
from tests.factories.parts import make_calculator, make_task
from tests.query_counts import counted

pytestmark = pytest.mark.django_db
EVERYTHING = {"module": None, "closed_too": True, "after": None, "limit": 100}
LISTS: dict[str, tuple[int, Callable[[Shelf], Any]]] = {
    "tools": (2, lambda published: tools("en", published)),
    "stories": (1, lambda published: stories("en", published)),
    "calculators for programs": (1, lambda published: content_tree.calculators((), **EVERYTHING).items),
    "tasks for programs": (1, lambda published: content_tree.tasks((), **EVERYTHING).items),
    "stories for programs": (1, lambda published: content_tree.stories((), **EVERYTHING).items),
}


@pytest.fixture
def published() -> Shelf:
    """Two of each, in two modules."""
    for number in (1, 2):
        module = make_module()
        make_calculator(module, f"rain-{number}")
        make_task(module, f"dig-{number}")
        make_story(module, f"wet-field-{number}")
    return shelf()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_reads_no_bodies(name: str, published: Shelf) -> None:
    queries, ask = LISTS[name]
    with counted() as asked:
        assert len(ask(published)) == 2 * queries  # tools: calculators and tasks
    assert len(asked) == queries
    assert not [sql for sql in asked if '"body"' in sql]


def test_a_way_through_a_story_reads_that_story_once(published: Shelf) -> None:
    with counted() as asked:
        for way in ("", "drive"):
            line, _walk = walk_through("wet-field-2", way, "en", published)
            assert (line.key, line.minutes, line.endings) == ("wet-field-2", 6, 2)
    assert len(asked) == 1


def test_the_migration_moves_words_out_of_bodies_and_back(published: Shelf) -> None:
    """O-08: whoever goes back to the version before finds the bodies as they were."""
    moving = import_module("modules.migrations.0004_columns_for_lists_of_parts")
    models = (Calculator, FieldTask, Story)
    before = [list(model._default_manager.order_by("pk").values()) for model in models]
    moving.into_bodies(apps, None)
    assert {model._default_manager.filter(body__has_key="title").count() for model in models} == {2}
    for model in models:
        model._default_manager.update(title={}, summary={})
    Story.objects.update(endings=0)
    moving.out_of_bodies(apps, None)
    assert [list(model._default_manager.order_by("pk").values()) for model in models] == before
