"""A condition as its page sends it: rows in groups that are picked, or a formula."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from onepublic.core.text import forbidden_character
from surveys.authoring import Json
from surveys.authoring.picking import (
    Group,
    PickRefused,
    Row,
    Subject,
    condition_of,
    picked,
)
from surveys.questionnaire.formulas import FormulaError, read_condition, write_condition

PICK, FORMULA = "pick", "formula"
_NAME: Final = re.compile(r"when-(\d{1,2})-(\d{1,2})-subject")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with what fits it: operators and values of the question that it names."""

    name: str
    row: Row
    subject: Subject | None

    @property
    def many(self) -> bool:
        """Whether several values may be ticked."""
        return self.row.op == "in"

    @property
    def value(self) -> str:
        """The one value."""
        return self.row.values[0] if self.row.values else ""


class ConditionEditor:
    """The condition ``held`` as rows, or as text where that is wanted or rows can't show it.

    ``post``: what was sent; ``act`` a change of the rows (``add 0``, ``remove 0 1``, ``group``,
    ``refresh``) that only shows them again.
    """

    def __init__(
        self,
        held: Json | None,
        among: list[Subject],
        *,
        view: str = PICK,
        post: QueryDict | None = None,
        act: str = "",
    ) -> None:
        self.among, self.error = among, ""
        shown = picked(held)
        self.pickable = shown is not None
        sent = post is not None and "when-view" in post
        self.view = post["when-view"] if post is not None and sent else view
        if not self.pickable:
            self.view = FORMULA
        self.match, self.groups = shown or ("all", [])
        self.text = _text(held)
        if post is not None and sent:
            self.match, self.groups = _sent(post)
            self.text = post.get("when-text", "")
            self._act(act)

    @property
    def rows(self) -> list[tuple[int, Group, list[ShownRow]]]:
        """The groups with their rows as the page shows them."""
        by_token = {subject.token: subject for subject in self.among}
        return [
            (
                g,
                group,
                [
                    ShownRow(f"when-{g}-{r}", row, by_token.get(row.subject))
                    for r, row in enumerate(group.rows)
                ],
            )
            for g, group in enumerate(self.groups)
        ]

    def condition(self) -> Json | None:
        """The condition as the document holds it; None with ``error`` set when it can't be read."""
        try:
            if self.view == PICK:
                return condition_of(self.match, self.groups, self.among)
            if found := forbidden_character(self.text):
                raise PickRefused(f"使用できない制御文字（{found}）が含まれています。")
            return read_condition(self.text) if self.text.strip() else None
        except FormulaError as refusal:
            self.error = f"{refusal.position + 1}文字目：{refusal.message}"
        except PickRefused as refusal:
            self.error = str(refusal)
        return None

    def _act(self, act: str) -> None:
        verb, *numbers = act.split(" ")
        places = [int(number) for number in numbers if number.isdecimal()]
        if verb == "group":
            self.groups = [*self.groups, Group("any", (Row(),))]
        if verb not in {"add", "remove"} or not places or places[0] >= len(self.groups):
            return
        group = self.groups[places[0]]
        if verb == "add":
            rows = (*group.rows, Row())
        else:
            rows = tuple(row for place, row in enumerate(group.rows) if place != places[-1])
        self.groups[places[0]] = Group(group.match, rows)
        self.groups = [group for group in self.groups if group.rows] or [Group("all", (Row(),))]


def _sent(post: QueryDict) -> tuple[str, list[Group]]:
    found: dict[str, list[Row]] = {}
    for key in post:
        if name := _NAME.fullmatch(key):
            stem = f"when-{name[1]}-{name[2]}"
            row = Row(
                post.get(key, ""), post.get(f"{stem}-op", ""), tuple(post.getlist(f"{stem}-value"))
            )
            found.setdefault(name[1], []).append(row)
    groups = [Group(_match(post, f"when-{g}-match"), tuple(rows)) for g, rows in found.items()]
    return _match(post, "when-match"), groups


def _match(post: QueryDict, name: str) -> str:
    return "any" if post.get(name) == "any" else "all"


def _text(held: Any) -> str:
    try:
        return write_condition(held) if held else ""
    except FormulaError:
        return ""
