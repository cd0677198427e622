"""Formulas: what they may hold, what they come to, and that nothing else can ever happen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.package.calculation import compute
from modules.package.formulas import FUNCTIONS, LARGEST, FormulaError, NoResult, read_condition, read_formula, rounded
from modules.package.spelling import spelled

VALUES = {"a": Decimal(6), "b": Decimal("2.5"), "zero": Decimal(0)}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a + b * 2", "11"),
        ("(a + b) * 2", "17"),
        ("-a - -b", "-3.5"),
        ("0.1 + 0.2", "0.3"),
        ("min(a, b) + max(a, b) + abs(-a)", "14.5"),
        ("round(b)", "3"),
        ("sqrt(a + 10)", "4"),
        ("ln(1)", "0"),
        ("xlogx(zero)", "0"),
        ("sign(-a) + sign(zero)", "-1"),
    ],
)
def test_a_formula_gives_the_number_that_it_says(text: str, result: str) -> None:
    assert read_formula(text).value(VALUES) == Decimal(result)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.real",
        "a[0]",
        "'a'",
        "lambda: a",
        "a ** b",
        "a // b",
        "a % b",
        "__import__(1)",
        "exec(a)",
        "min",
        "min(a)",
        "min(*a)",
        "ln(x=a)",
        "a if b else a",
        "a < b",
        "not a",
        "a, b",
        "[a for a in b]",
        "a := b",
        "1e9",
        "0x10",
        "1_000",
        "1j",
        "9" * 13,
        "True",
        "None",
        "a\\\nb",
        "a + " * 200 + "a",
        "-" * 60 + "a",
    ],
)
def test_whatever_is_not_on_the_list_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(FormulaError, match=r"[.]$"):
        read_formula(text).value(VALUES)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a / zero", "zero"),
        ("zero / zero", "zero"),
        ("ln(zero)", "logarithm"),
        ("xlogx(-a)", "logarithm"),
        ("sqrt(-a)", "root"),
        ("a * 999999999999 * 999999999999", "large"),
    ],
)
def test_where_there_is_no_number_the_reason_is_named(text: str, why: str) -> None:
    with pytest.raises(NoResult) as refused:
        read_formula(text).value(VALUES)
    assert refused.value.why == why


def test_conditions_compare() -> None:
    assert read_condition("0 < a <= 6 and b > 2 or zero > 1").holds(VALUES)
    assert not read_condition("zero > 0").holds(VALUES)
    with pytest.raises(FormulaError):
        read_condition("a == b")


@given(st.text(alphabet="ab1209.+-*/(),<>= xlogminsqrt_[]'", max_size=60))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        number = read_formula(text).value({"a": Decimal(3), "b": Decimal("0.5")})
    except FormulaError:
        return
    except KeyError:
        return  # a name that the checker would not have let through
    assert abs(number) <= LARGEST


NUMBERS = st.decimals(-(10**6), 10**6, allow_nan=False, places=3)
TREES = st.recursive(
    st.sampled_from(["a", "b", "0", "1.5", "1000000"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(st.sampled_from([name for name, (takes, _) in FUNCTIONS.items() if takes == 1]), inner).map(
            lambda parts: f"{parts[0]}({parts[1]})"
        ),
        st.tuples(inner, inner).map(lambda parts: f"max({parts[0]}, {parts[1]})"),
    ),
    max_leaves=8,
)


@given(TREES, NUMBERS, NUMBERS)
def test_every_formula_gives_a_finite_number_or_no_result(text: str, a: Decimal, b: Decimal) -> None:
    try:
        number = read_formula(text).value({"a": a, "b": b})
    except NoResult:
        return
    assert abs(number) <= LARGEST
    assert spelled(read_formula(text))


def test_brackets_are_written_only_where_they_are_needed() -> None:
    def plain(text: str) -> str:
        return "".join(piece.text for piece in spelled(read_formula(text)))

    assert plain("(a * b) - (a - b)") == "a × b − (a − b)"
    assert plain("100 * ((a + b)) / (a * b)") == "100 × (a + b) ÷ (a × b)"
    assert plain("abs(a) + xlogx(b)") == "|a| + b × ln(b)"


def test_a_half_goes_away_from_nought() -> None:
    assert [str(rounded(Decimal(text), 0)) for text in ("2.5", "-2.5", "-0.4")] == ["3", "-3", "0"]


def test_what_hangs_on_a_missing_result_has_none() -> None:
    outputs = [
        {"key": "x", "formula": "a / zero", "when": "zero > 0", "decimals": 1},
        {"key": "y", "formula": "x + 1", "when": "", "decimals": 1},
        {"key": "z", "formula": "a / zero", "when": "", "decimals": 1},
    ]
    assert [(result.value, result.why) for result in compute(outputs, VALUES)] == [
        (None, ""),
        (None, ""),
        (None, "zero"),
    ]
