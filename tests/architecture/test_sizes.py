"""Things stay small enough to read. The limits stand in docs/architecture.md; raising one needs a decision."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.architecture.floors import ROOT, short, sources

FILE, TEST_FILE, FUNCTION, VIEW, TASK, SCRIPT = 400, 700, 60, 35, 12, 150  # lines
LONG_FUNCTION, LONG_SHARE = 50, 0.02
MEDIAN_FUNCTION, MEDIAN_TEST = 10, 12
TEST_LINES_PER_LINE = 0.8
VAGUE = {"utils", "helpers", "common", "misc", "tools"}
Def = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    file: Path
    node: Def

    @property
    def where(self) -> str:
        return f"{short(self.file)}:{self.node.lineno} {self.node.name} ({self.lines} lines)"

    @property
    def lines(self) -> int:
        """From `def` to the end, without its docstring."""
        first = self.node.body[0]
        is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        doc = (first.end_lineno or 0) - first.lineno + 1 if is_text else 0
        return (self.node.end_lineno or 0) - self.node.lineno + 1 - doc

    @property
    def decorators(self) -> str:
        return " ".join(ast.unparse(one) for one in self.node.decorator_list)


def functions(*folders: str) -> list[Function]:
    return [
        Function(file, node)
        for file in sources(*folders)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, Def)
    ]


def count_lines(*folders: str) -> int:
    return sum(length(file) for file in sources(*folders))


def test_files_are_short() -> None:
    assert [short(file) for file in sources() if length(file) > FILE] == []
    assert [short(file) for file in sources("tests") if length(file) > TEST_FILE] == []


def length(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def test_functions_are_short() -> None:
    everything = functions()
    assert [one.where for one in everything if one.lines > FUNCTION] == []
    assert sum(one.lines > LONG_FUNCTION for one in everything) / len(everything) <= LONG_SHARE
    assert median(one.lines for one in everything) <= MEDIAN_FUNCTION


def test_views_parse_ask_and_respond_and_no_more() -> None:
    views = [
        one for one in functions("lms/web", "api") if one.node.args.args and one.node.args.args[0].arg == "request"
    ]
    assert [one.where for one in views if one.lines > VIEW] == []


def test_tasks_only_call_a_verb() -> None:
    tasks = [one for one in functions() if "shared_task" in one.decorators]
    assert [one.where for one in tasks if one.lines > TASK] == []


def test_tests_are_short() -> None:
    tests = [one for one in functions("tests") if one.node.name.startswith("test_")]
    assert median(one.lines for one in tests) <= MEDIAN_TEST
    assert [one.where for one in tests if one.lines > FUNCTION] == []


def test_there_is_enough_test_for_the_code() -> None:
    assert count_lines("tests") / count_lines() >= TEST_LINES_PER_LINE


def test_every_function_says_what_it_returns() -> None:
    silent = [one.where for one in functions() if one.node.returns is None]
    assert silent == []


def test_imports_stand_at_the_top_or_say_why_not() -> None:
    """Migrations of Django's own making apart: an import inside a function has its reason beside it."""
    silent = []
    for one in functions():
        lines = one.file.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(one.node):
            if isinstance(node, ast.Import | ast.ImportFrom) and not _has_reason(lines, node.lineno):
                silent.append(f"{short(one.file)}:{node.lineno}")
    assert silent == []


def _has_reason(lines: list[str], number: int) -> bool:
    """A comment on the line that is more than a code for the linter; one stands for the imports right below it."""
    line = lines[number - 1]
    if re.search(r"#(?: noqa: [A-Z0-9, ]+?  )?\s*[A-Za-z].{10,}", re.sub(r"# noqa: [A-Z0-9, ]+$", "", line)):
        return True
    above = lines[number - 2].strip()
    return above.startswith(("#", "from ", "import ")) and ("#" in above)


def test_files_are_named_by_their_topic() -> None:
    assert [short(file) for file in sources() if file.stem in VAGUE] == []


def test_scripts_of_the_pages_are_short() -> None:
    scripts = (ROOT / "frontend_templates" / "static" / "js").rglob("*.js")
    assert [short(file) for file in scripts if length(file) > SCRIPT] == []


def test_nothing_is_left_to_do_in_a_comment() -> None:
    pattern = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    left = [short(file) for file in sources() if pattern.search(file.read_text(encoding="utf-8"))]
    assert left == []
