"""A formula as people write it: pieces that a page puts words, numbers and signs to. Brackets only where needed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from modules.package.formulas import Condition, Formula


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: name (text is the name in the formula), number, function (its name), word (and, or) or sign."""

    kind: str
    text: str


Pieces = tuple[Piece, ...]

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: " + ",
    ast.Sub: " − ",
    ast.Mult: " × ",
    ast.Div: " ÷ ",
    ast.Lt: " < ",
    ast.LtE: " ≤ ",
    ast.Gt: " > ",
    ast.GtE: " ≥ ",
}
_STRENGTH: dict[type[ast.AST], int] = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}
_UNARY, _WHOLE = 3, 4


def spelled(formula: Formula | Condition) -> Pieces:
    return tuple(_pieces(formula.tree))


def _sign(text: str) -> Piece:
    return Piece("sign", text)


def _pieces(node: ast.expr) -> Iterator[Piece]:
    match node:
        case ast.Constant(value=number):
            yield Piece("number", str(number))
        case ast.Name(id=name):
            yield Piece("name", name)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            yield _sign("−")
            yield from _within(inner, _UNARY)
        case ast.UnaryOp(operand=inner):
            yield from _pieces(inner)
        case ast.BinOp(left=left, op=sign, right=right):
            strength = _STRENGTH[type(sign)]
            yield from _within(left, strength)
            yield _sign(_SIGNS[type(sign)])
            # a − (b + c), a ÷ (b × c): the same strength on the right of these needs brackets
            yield from _within(right, strength + isinstance(sign, ast.Sub | ast.Div))
        case ast.Call(func=ast.Name(id="abs"), args=[inner]):
            yield from (_sign("|"), *_pieces(inner), _sign("|"))
        case ast.Call(func=ast.Name(id="xlogx"), args=[inner]):
            yield from _within(inner, 2)
            yield from (_sign(" × "), Piece("function", "ln"), _sign("("), *_pieces(inner), _sign(")"))
        case ast.Call(func=ast.Name(id=name), args=given):
            yield from (Piece("function", name), _sign("("))
            for place, each in enumerate(given):
                yield from ((_sign("; "),) if place else ())
                yield from _pieces(each)
            yield _sign(")")
        case ast.Compare(left=left, ops=signs, comparators=others):
            yield from _pieces(left)
            for compared, each in zip(signs, others, strict=True):
                yield from (_sign(_SIGNS[type(compared)]), *_pieces(each))
        case ast.BoolOp(op=joint, values=parts):
            for place, each in enumerate(parts):
                yield from ((Piece("word", "and" if isinstance(joint, ast.And) else "or"),) if place else ())
                yield from _within(each, _WHOLE) if isinstance(each, ast.BoolOp) else _pieces(each)


def _strength(node: ast.expr) -> int:
    match node:
        case ast.BinOp(op=sign):
            return _STRENGTH[type(sign)]
        case ast.Call(func=ast.Name(id="xlogx")):
            return 2
        case ast.UnaryOp() | ast.BoolOp():
            return 1
    return _WHOLE


def _within(node: ast.expr, strength: int) -> Iterator[Piece]:
    if _strength(node) >= strength:
        yield from _pieces(node)
    else:
        yield from (_sign("("), *_pieces(node), _sign(")"))
