"""YAML read as text (T7)."""

import time

import pytest
import yaml

from modules.package import yaml_text
from modules.package.problems import PackageProblem, Problems
from modules.package.yaml_text import Fields, Items, Node, Scalar, read_yaml


def _read(text: str, *, first_line: int = 1) -> tuple[Node | None, list[PackageProblem]]:
    problems = Problems()
    return read_yaml(text, "a.yaml", problems, first_line=first_line), problems.listed()


def _values(text: str) -> dict[str, str]:
    node, problems = _read(text)
    assert isinstance(node, Fields)
    assert problems == []
    return {key: value.text for key, value in node.values.items() if isinstance(value, Scalar)}


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "off", "null", "~", "010", "1.10", "12:30", "2026-11-20", "0x1F", "1e3", ".inf", "+1"]
)
def test_a_plain_value_stays_the_text_it_is(text: str) -> None:
    """C-04, T7: PyYAML would make another value of it."""
    assert _values(f"a: {text}") == {"a": text}
    assert yaml.safe_load(f"a: {text}") != {"a": text} or text == "1e3"


@pytest.mark.parametrize("key", ["no", "010", "12:30", "null"])
def test_a_key_stays_the_text_it_is(key: str) -> None:
    assert _values(f'"{key}": x') == {key: "x"}


def test_quoted_folded_and_literal_texts_are_read_as_yaml_reads_them() -> None:
    text = "a: 'it''s'\nb: \"tab\\u00e9\"\nc: |\n  one\n  two\nd: >-\n  one\n  two\ne:\n"
    assert _values(text) == {"a": "it's", "b": "tabé", "c": "one\ntwo\n", "d": "one two", "e": ""}


def test_every_field_and_item_knows_its_line() -> None:
    node, _ = _read("a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n")
    assert isinstance(node, Fields)
    items = node.values["b"]
    assert isinstance(items, Items)
    second = items.values[1]
    assert isinstance(second, Fields)
    assert (node.lines, items.values[0].line, second.lines) == ({"a": 1, "b": 2}, 3, {"c": 4, "d": 5})


def test_lines_count_from_where_the_text_stands_in_its_file() -> None:
    _, problems = _read("a: 1\na: 2\n", first_line=10)
    assert (problems[0].line, problems[0].what) == (11, "“a” stands twice: here and in line 10.")


def test_windows_line_ends_are_none_of_the_readers_business() -> None:
    """C-01: files.py gives every text LF line ends; a CR inside a value is refused here."""
    _, problems = _read('a: "x\\r"\n')
    assert "U+000D" in problems[0].what


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "{? ", "[{a: "])
@pytest.mark.parametrize("times", [21, 5_000, 100_000])
def test_bombs_of_nested_brackets_end_in_a_sentence(opening: str, times: int) -> None:
    """C-01, T7: PyYAML's composer ends in a RecursionError."""
    start = time.thread_time()
    node, problems = _read("a: 1\nb: " + opening * times if opening != "- " else opening * times)
    assert node is None
    assert problems[0].is_error
    assert time.thread_time() - start < 2


def test_an_alias_bomb_is_refused_without_being_expanded() -> None:
    """C-02, T7: 306 bytes that stand for 387 million leaves."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    start = time.thread_time()
    _, problems = _read("\n".join(lines))
    assert len(problems) == 9 + 8  # nine anchors, and a line of aliases for each but the first
    assert time.thread_time() - start < 2


def test_equal_keys_are_refused_and_not_the_last_one_taken() -> None:
    """C-03, T7."""
    assert yaml.safe_load("right: true\nright: false") == {"right": False}
    _, problems = _read("right: true\nright: false")
    assert [(problem.line, problem.field) for problem in problems] == [(2, "right")]


@pytest.mark.parametrize(
    ("one", "other"), [("soil", "Soil"), ("\u00e9", "e\u0301"), ("ﬁeld", "field"), ("straße", "STRASSE")]
)
def test_keys_that_differ_only_by_case_or_letter_form_are_refused(one: str, other: str) -> None:
    """C-03."""
    _, problems = _read(f"{one}: 1\n{other}: 2\n")
    assert [problem.line for problem in problems] == [2]
    assert "only by case or letter form" in problems[0].what


def test_all_mistakes_of_a_file_are_found_at_once() -> None:
    _, problems = _read("a: &x 1\nb: *x\nc: !!int 3\nd: 1\nd: 2\n<<: {e: 1}\n")
    assert [problem.line for problem in problems] == [1, 2, 3, 5, 6]


def test_a_text_over_a_megabyte_is_refused() -> None:
    """C-02."""
    node, problems = _read("a" * 1_000_001)
    assert (node, problems[0].what) == (None, "The file is larger than 1 MB.")


def test_a_file_of_too_many_values_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "MAX_NODES", 100)
    _, problems = _read("\n".join(f"k{n}: v" for n in range(100)))
    assert "too long" in problems[0].what


def test_a_file_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "MAX_SECONDS", -1.0)
    _, problems = _read("a: 1\n")
    assert "too long" in problems[0].what


def test_a_file_at_the_limits_is_read_in_seconds() -> None:
    """T7: whatever is in a file of 1 MB."""
    start = time.thread_time()
    node, _ = _read("a:\n" + "- x\n" * 49_000)
    assert node is not None
    assert time.thread_time() - start < yaml_text.MAX_SECONDS + 1
    for text in ("a: " + "[1, " * 10 + "1," * 480_000, "? " * 300_000, "a: " + "&" * 900_000, "'" * 900_001):
        start = time.thread_time()
        _, problems = _read(text)
        assert problems
        assert time.thread_time() - start < yaml_text.MAX_SECONDS + 1


def test_no_input_makes_it_raise() -> None:
    """Every cut of a text with every kind of structure is read or refused."""
    text = "%YAML 1.1\n---\na: &b [1, {c: \"d\\n\", ? e : f}]\ng: |\n  h\n i: *b\n<<: !!x {j: k}\n...\n---\nl: 'm'\n"
    for start in range(len(text)):
        for end in range(start, len(text), 3):
            _read(text[start:end])
