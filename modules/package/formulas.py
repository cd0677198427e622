"""Formulas of calculators: read with Python's own parser, walked by a list of what is allowed, computed with decimals.

Nothing of Python is run. What a formula may hold stands in docs/algorithms/formulas.md.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from itertools import pairwise

LONGEST, DEEPEST = 400, 30
LARGEST = Decimal(10) ** 15
# Numbers of a farm, in 28 digits. What is smaller than 1e-99 is nought.
_NUMBERS = Context(prec=28, Emin=-99, Emax=99, traps=[DivisionByZero, InvalidOperation, Overflow])
_TOKENS = re.compile(r"\s+|[a-z][a-z0-9_]*|[0-9]{1,12}(?:\.[0-9]{1,12})?(?![0-9.a-z_])|<=|>=|[-+*/(),<>]")

Values = Mapping[str, Decimal]


class FormulaError(ValueError):
    """What is wrong with the text of a formula, as a sentence for its author."""


class NoResult(FormulaError):
    """There is no number for these values. `why`: zero, logarithm, root or large."""

    def __init__(self, why: str) -> None:
        super().__init__(WHY[why])
        self.why = why


WHY = {
    "zero": "It divides by zero.",
    "logarithm": "It takes the logarithm of a number that is not above zero.",
    "root": "It takes the square root of a number below zero.",
    "large": "The result is too large.",
}

_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: _NUMBERS.add,
    ast.Sub: _NUMBERS.subtract,
    ast.Mult: _NUMBERS.multiply,
    ast.Div: _NUMBERS.divide,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Decimal, Decimal], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def _root(number: Decimal) -> Decimal:
    if number < 0:
        raise NoResult("root")
    return _NUMBERS.sqrt(number)


def _logarithm(number: Decimal) -> Decimal:
    if number <= 0:
        raise NoResult("logarithm")
    return _NUMBERS.ln(number)


def _x_log_x(number: Decimal) -> Decimal:
    return _NUMBERS.multiply(number, _logarithm(number)) if number else number


def _sign(number: Decimal) -> Decimal:
    return Decimal((number > 0) - (number < 0))


# Name -> how many numbers it takes, what it does.
FUNCTIONS: dict[str, tuple[int, Callable[..., Decimal]]] = {
    "min": (2, min),
    "max": (2, max),
    "abs": (1, _NUMBERS.abs),
    "round": (1, lambda number: number.quantize(Decimal(1), ROUND_HALF_UP, _NUMBERS)),
    "sqrt": (1, _root),
    "ln": (1, _logarithm),
    "xlogx": (1, _x_log_x),
    "sign": (1, _sign),
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read and found allowed. `names`: the values that it needs, in order."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]

    def value(self, values: Values) -> Decimal:
        """The number for these values, each of which is there. Raises NoResult."""
        return _number(self.tree, values)


@dataclass(frozen=True, slots=True)
class Condition:
    """When a formula holds: comparisons, joined by `and` and `or`."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]

    def holds(self, values: Values) -> bool:
        """Whether it is so with these values. Raises NoResult."""
        return _truth(self.tree, values)


def read_formula(text: str) -> Formula:
    """Raises FormulaError."""
    tree = _parsed(text)
    names: dict[str, None] = {}
    _allow_number(tree, names, 0)
    return Formula(text, tree, tuple(names))


def read_condition(text: str) -> Condition:
    """Raises FormulaError."""
    tree = _parsed(text)
    names: dict[str, None] = {}
    _allow_truth(tree, names, 0)
    return Condition(text, tree, tuple(names))


def rounded(number: Decimal, decimals: int) -> Decimal:
    """As one rounds on paper: a half goes away from nought. Never a “-0”."""
    found = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _NUMBERS)
    return found if found else abs(found)


# --- Reading: what is not on the list is refused --------------------------------------------------------------------


def _parsed(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise FormulaError(f"The formula has {len(text)} characters; {LONGEST} fit.")
    if left := _TOKENS.sub("", text).strip():
        raise FormulaError(f"“{left[:12]}” is neither a number, a name nor a sign that formulas know.")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError("It cannot be read: a bracket, a sign or a number is missing or stands too often.") from None


def _allow_number(node: ast.expr, names: dict[str, None], depth: int) -> None:
    _not_too_deep(depth)
    match node:
        case ast.Constant(value=bool() | str() | bytes() | None):
            raise FormulaError("Only numbers and names can be computed with.")
        case ast.Constant(value=int() | float()):
            pass
        case ast.Name(id=name):
            if name in FUNCTIONS:
                raise FormulaError(f"“{name}” is a function: write {name}(…).")
            names[name] = None
        case ast.UnaryOp(op=ast.UAdd() | ast.USub(), operand=inner):
            _allow_number(inner, names, depth + 1)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            _allow_number(left, names, depth + 1)
            _allow_number(right, names, depth + 1)
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]):
            _allow_call(name, len(given))
            for each in given:
                _allow_number(each, names, depth + 1)
        case ast.Compare() | ast.BoolOp():
            raise FormulaError("Comparisons stand in “when” only.")
        case _:
            raise FormulaError(f"{_NAMED.get(type(node), 'This')} is not allowed in a formula.")


def _allow_call(name: str, given: int) -> None:
    if name not in FUNCTIONS:
        raise FormulaError(f"“{name}” is not a function. Known: {', '.join(FUNCTIONS)}.")
    takes, _ = FUNCTIONS[name]
    if given != takes:
        raise FormulaError(f"{name}(…) takes {takes} {'number' if takes == 1 else 'numbers'}, not {given}.")


def _allow_truth(node: ast.expr, names: dict[str, None], depth: int) -> None:
    _not_too_deep(depth)
    match node:
        case ast.BoolOp(values=parts):
            for part in parts:
                _allow_truth(part, names, depth + 1)
        case ast.Compare(left=left, ops=signs, comparators=others) if all(type(sign) in _COMPARISONS for sign in signs):
            for each in (left, *others):
                _allow_number(each, names, depth + 1)
        case _:
            raise FormulaError("A condition compares: write for example “a > 0” or “a > 0 and b <= 10”.")


def _not_too_deep(depth: int) -> None:
    if depth > DEEPEST:
        raise FormulaError(f"Brackets and signs stand more than {DEEPEST} deep in each other.")


_NAMED: dict[type[ast.expr], str] = {
    ast.BinOp: "A power, remainder or whole division",
    ast.Call: "A call like this",
    ast.Tuple: "A comma outside a function",
    ast.IfExp: "“if”",
    ast.Lambda: "“lambda”",
    ast.UnaryOp: "“not”",
}


# --- Computing --------------------------------------------------------------------------------------------------------


def _number(node: ast.expr, values: Values) -> Decimal:
    try:
        found = _computed(node, values)
    except DivisionByZero:
        raise NoResult("zero") from None
    except InvalidOperation as error:
        raise NoResult("zero" if _is_division(node) else "large") from error
    except DecimalException:
        raise NoResult("large") from None
    if abs(found) > LARGEST:
        raise NoResult("large")
    return found


def _is_division(node: ast.expr) -> bool:
    """0 / 0 is an “invalid operation” to decimals."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)


def _computed(node: ast.expr, values: Values) -> Decimal:
    match node:
        case ast.Constant(value=number):
            return Decimal(str(number))
        case ast.Name(id=name):
            return values[name]
        case ast.UnaryOp(op=unary, operand=inner):
            found = _number(inner, values)
            return _NUMBERS.minus(found) if isinstance(unary, ast.USub) else found
        case ast.BinOp(left=left, op=sign, right=right):
            return _OPERATORS[type(sign)](_number(left, values), _number(right, values))
        case ast.Call(func=ast.Name(id=name), args=given):
            return FUNCTIONS[name][1](*(_number(each, values) for each in given))
    raise AssertionError(f"{type(node).__name__} was let through")  # read_formula allows nothing else


def _truth(node: ast.expr, values: Values) -> bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_truth(part, values) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_truth(part, values) for part in parts)
        case ast.Compare(left=left, ops=signs, comparators=others):
            numbers = [_number(each, values) for each in (left, *others)]
            return all(_COMPARISONS[type(sign)](*pair) for sign, pair in zip(signs, pairwise(numbers), strict=True))
    raise AssertionError(f"{type(node).__name__} was let through")
