"""A service that is already prepared, copied for each test: migrating and importing again would only cost time."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.folders import throw_away_folder
from tests.harness.tree import Tree

NOT_COPIED = shutil.ignore_patterns("*.sock", "serve.lock", "log")


@pytest.fixture(scope="session")
def prepared_folder() -> Iterator[Path]:
    tree = Tree()
    tree.start()
    tree.stop()
    yield tree.folder
    tree.remove()


@pytest.fixture
def make_tree(prepared_folder: Path) -> Iterator[Callable[..., Tree]]:
    """Services on copies of the prepared folder; `empty=True`: on an empty one. All are ended with the test."""
    made: list[Tree] = []

    def make(*, empty: bool = False, **more: str) -> Tree:
        folder = throw_away_folder("tree")
        if not empty:
            shutil.copytree(prepared_folder, folder, dirs_exist_ok=True, ignore=NOT_COPIED)
        made.append(Tree(folder, **more))
        return made[-1]

    yield make
    for tree in made:
        tree.remove()


@pytest.fixture
def own_tree(make_tree: Callable[..., Tree]) -> Tree:
    """A running service that the test may end."""
    one = make_tree()
    one.start()
    return one


@pytest.fixture(scope="session")
def lasting_tree(prepared_folder: Path) -> Iterator[Tree]:
    tree = Tree(throw_away_folder("tree"))
    shutil.copytree(prepared_folder, tree.folder, dirs_exist_ok=True, ignore=NOT_COPIED)
    tree.start()
    yield tree
    tree.remove()


@pytest.fixture
def tree(lasting_tree: Tree) -> Tree:
    """The service that tests share. They may kill what is under its parent: it has to mend itself anyhow."""
    if lasting_tree.get("/health/live")[0] != 200:
        lasting_tree.stop()
        lasting_tree.start()
    return lasting_tree
