"""A side of a rule, or a calculation, as its page sends it: picked, or a formula."""

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.http import QueryDict

from onepublic.core.text import forbidden_character
from surveys.authoring import Json
from surveys.authoring.picking import PickRefused
from surveys.authoring.sides import SHAPES, Side, picked_side, side_of
from surveys.forms.builder.conditions import FORMULA, PICK
from surveys.forms.builder.contents import AmountField
from surveys.questionnaire.formulas import FormulaError, read_side, write_side

_SPARE: Final = 3
_MOST: Final = 200


class SideEditor:
    """The side ``held`` under ``name``, picked or as text; see :class:`ConditionEditor`."""

    def __init__(
        self,
        name: str,
        held: Json | None,
        among: Sequence[tuple[str, str]],
        *,
        view: str = PICK,
        post: QueryDict | None = None,
    ) -> None:
        self.name, self.among, self.error = name, among, ""
        shown = picked_side(held)
        self.pickable = shown is not None
        sent = post is not None and f"{name}-view" in post
        self.view = post.get(f"{name}-view", view) if post is not None and sent else view
        if not self.pickable:
            self.view = FORMULA
        self.side = shown or Side()
        self.number = "" if self.side.number is None else str(self.side.number)
        self.text = _text(held)
        if post is not None and sent:
            self.text = post.get(f"{name}-text", "")
            self.number = post.get(f"{name}-number", "")
            terms = tuple(term for term in post.getlist(f"{name}-term")[:_MOST] if term)
            self.side = Side(post.get(f"{name}-shape", "amount"), terms)

    @property
    def shapes(self) -> Sequence[tuple[str, str]]:
        """The ways to calculate, with their words."""
        return SHAPES

    @property
    def terms(self) -> list[str]:
        """The amounts picked, and room for more."""
        return [*self.side.terms, *[""] * _SPARE]

    def value(self) -> Json | None:
        """The side as the document holds it; None with ``error`` set when it can't be read."""
        try:
            if self.view == PICK:
                number = AmountField(required=False).clean(self.number)
                return side_of(Side(self.side.shape, self.side.terms, number), self.among)
            if found := forbidden_character(self.text):
                raise PickRefused(f"使用できない制御文字（{found}）が含まれています。")
            return read_side(self.text)
        except FormulaError as refusal:
            self.error = f"{refusal.position + 1}文字目：{refusal.message}"
        except PickRefused as refusal:
            self.error = str(refusal)
        except ValidationError as refusal:
            self.error = f"数：{refusal.messages[0]}"
        return None


def _text(held: Json | None) -> str:
    try:
        return write_side(held) if held else ""
    except FormulaError:
        return ""
