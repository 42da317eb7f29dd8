"""A formula as a tree."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is written out."""

    value: int | float
    position: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotes."""

    value: str
    position: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A question, a row of a matrix, or a cell, row or column of a table; `*` stands for all."""

    path: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Node", ...]
    position: int


@dataclass(frozen=True, slots=True)
class Negative:
    """A minus sign before something."""

    inner: "Node"
    position: int


@dataclass(frozen=True, slots=True)
class Group:
    """Something in brackets."""

    inner: "Node"
    position: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of one rank, with the sign before each but the first."""

    operands: tuple["Node", ...]
    signs: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands with a comparing sign between them."""

    left: "Node"
    sign: str
    right: "Node"
    position: int


Node: TypeAlias = Number | Text | Reference | Call | Negative | Group | Chain | Comparison
