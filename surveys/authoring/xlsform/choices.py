"""The lists of the choices sheet as options."""

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from surveys.authoring.finding import Json
from surveys.authoring.slips import Slip
from surveys.authoring.xlsform.tables import FormRow

ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TWICE: Final = "選択肢「{name}」は、同じ一覧に二つあるため、取り込みません。"
_RENAMED: Final = "選択肢の値「{name}」は、半角の英数字でないため、「{value}」に変えます。"
_NO_NAME: Final = "選択肢の値（name）がないため、取り込みません。"


@dataclass(slots=True)
class ChoiceList:
    """Options in their order; ``values`` gives the option value of each name."""

    options: list[Json] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    first: FormRow | None = None


def read_choices(rows: list[FormRow], slips: list[Slip]) -> dict[str, ChoiceList]:
    """Return the lists by name; note what is left out."""
    lists: dict[str, ChoiceList] = {}
    names = {row.cells.get("name", "") for row in rows}
    fresh = (str(number) for number in count(1) if str(number) not in names)
    for row in rows:
        list_ = lists.setdefault(row.take("list_name"), ChoiceList(first=row))
        name, label = row.take("name"), row.take("label")
        if not name or name in list_.values:
            slips.append(row.slip("name", _TWICE.format(name=name) if name else _NO_NAME))
            continue
        value = name if ID.fullmatch(name) else next(fresh)
        if value != name:
            slips.append(row.slip("name", _RENAMED.format(name=name, value=value)))
        list_.values[name] = value
        list_.options.append({"value": value, "label": label or name})
        slips += row.rest()
    return lists
