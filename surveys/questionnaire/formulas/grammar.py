"""From tokens to a tree: or, and, comparisons, + -, * div, minus, brackets."""

from collections.abc import Callable
from typing import Final

from surveys.questionnaire.formulas.errors import FormulaError
from surveys.questionnaire.formulas.nodes import (
    Call,
    Chain,
    Comparison,
    Group,
    Negative,
    Node,
    Number,
    Reference,
    Text,
)
from surveys.questionnaire.formulas.tokens import Token, TokenKind, tokens
from surveys.questionnaire.kinds.number import MAX_DIGITS

MAX_NESTING: Final = 30
# From the loosest to the tightest.
_RANKS: Final = (("or",), ("and",), ("=", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "div"))
_COMPARISON: Final = 2


def parse(formula: str, *, own: str = "") -> Node:
    """Return the tree of a formula; `.` in it stands for the question `own`.

    Raises FormulaError.
    """
    return _Parser(formula, own).whole()


class _Parser:
    def __init__(self, formula: str, own: str) -> None:
        self._tokens = list(tokens(formula))
        self._place = 0
        self._depth = 0
        self._own = own

    def whole(self) -> Node:
        node = self._chain(0)
        if self._next.kind is not TokenKind.END:
            raise FormulaError("ここから先が、式になっていません。", self._next.position)
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._next
        self._place += 1
        return token

    def _is_sign(self, *signs: str) -> bool:
        is_text = self._next.kind in (TokenKind.SIGN, TokenKind.NAME)
        return is_text and self._next.text in signs

    def _expect(self, sign: str) -> None:
        if not self._is_sign(sign):
            raise FormulaError(f"ここに「{sign}」が必要です。", self._next.position)
        self._take()

    def _chain(self, rank: int) -> Node:
        if rank == len(_RANKS):
            return self._operand()
        position = self._next.position
        operands, signs = [self._chain(rank + 1)], []
        while self._is_sign(*_RANKS[rank]):
            signs.append(self._take().text)
            operands.append(self._chain(rank + 1))
        if not signs:
            return operands[0]
        if rank != _COMPARISON:
            return Chain(tuple(operands), tuple(signs), position)
        if len(signs) > 1:
            raise FormulaError("比較は一つずつ、andやorでつないでください。", position)
        return Comparison(operands[0], signs[0], operands[1], position)

    def _operand(self) -> Node:
        token = self._take()
        match token.kind:
            case TokenKind.NUMBER:
                number = float(token.text) if "." in token.text else _whole(token)
                return Number(number, token.position)
            case TokenKind.TEXT:
                return Text(token.text, token.position)
            case TokenKind.REFERENCE:
                return Reference(tuple(token.text.split(".")), token.position)
            case TokenKind.NAME if self._is_sign("("):
                return Call(token.text, self._arguments(), token.position)
            case TokenKind.SIGN:
                return self._signed(token)
        raise FormulaError("ここに、設問や数などの値が必要です。", token.position)

    def _signed(self, token: Token) -> Node:
        if token.text == "-":
            return Negative(self._deeper(self._operand), token.position)
        if token.text == "(":
            inner = self._deeper(lambda: self._chain(0))
            self._expect(")")
            return Group(inner, token.position)
        if token.text == "." and self._own:
            return Reference((self._own,), token.position)
        raise FormulaError("ここに、設問や数などの値が必要です。", token.position)

    def _arguments(self) -> tuple[Node, ...]:
        self._expect("(")
        arguments: list[Node] = []
        while not self._is_sign(")"):
            if arguments:
                self._expect(",")
            arguments.append(self._deeper(lambda: self._chain(0)))
        self._take()
        return tuple(arguments)

    def _deeper(self, read: Callable[[], Node]) -> Node:
        if self._depth == MAX_NESTING:
            raise FormulaError(f"式の入れ子は{MAX_NESTING}段までです。", self._next.position)
        self._depth += 1
        node = read()
        self._depth -= 1
        return node


def _whole(token: Token) -> int:
    if len(token.text) > MAX_DIGITS:
        raise FormulaError(f"数は{MAX_DIGITS}桁以内で書いてください。", token.position)
    return int(token.text)
