"""Every mistake is named with file, line, field, reason and remedy (C-01 to C-05, C-10, C-13)."""

import re
from pathlib import Path

import pytest

from lms.publishing.checking import check_package
from tests.packages.broken import BROKEN, Broken
from tests.packages.copies import copy_of_minimal


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_the_mistake_is_named_with_file_line_and_field(broken: Broken, tmp_path: Path) -> None:
    copy = copy_of_minimal(tmp_path / "package")
    broken.spoil(copy)

    package, problems = check_package(copy.path)

    assert package is None
    where = (broken.file, copy.line_of(broken.file, broken.at), broken.field)
    named = [
        problem for problem in problems if (problem.where, problem.line, problem.field) == where and problem.is_error
    ]
    assert named, [str(problem) for problem in problems]
    assert any(broken.says in f"{problem.what} {problem.hint}" for problem in named), [str(each) for each in named]
    assert all(re.search(r"[.?)]$", problem.hint) for problem in named)


def test_there_are_more_than_sixty_sorts_of_mistakes_each_with_its_own_name() -> None:
    assert len({broken.name for broken in BROKEN}) == len(BROKEN) > 60
