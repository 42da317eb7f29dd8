"""Groups as sections, single choices in a grid as a matrix, repeats as tables."""

from collections.abc import Iterator
from typing import Final

from surveys.authoring.finding import Json
from surveys.authoring.xlsform.intake import YESNO, Intake
from surveys.authoring.xlsform.questions import LEFT_OUT, question, single_list
from surveys.authoring.xlsform.tables import FormRow
from surveys.authoring.xlsform.tree import Branch, Node

_ROWS: Final = 20
_MOST_ROWS: Final = 100
_HEADING: Final = "入れ子のグループの見出しは、説明文にします。"
_INNER: Final = "繰返しの中の繰返しは、取り込みません。"
_BARE: Final = "列になる設問がないため、繰返しを取り込みません。"
_UNLIMITED: Final = f"行数の上限は、{_ROWS}行とします。"
_COLUMN: Final = "表の列には説明がないため、取り込みません。"


def sections(nodes: list[Node], title: str, intake: Intake) -> list[Json]:
    """The sections: each outermost group, and what stands between groups."""
    made: list[Json] = []
    loose: Json | None = None
    for node in nodes:
        if isinstance(node, Branch) and not node.repeats and not _grid(node, intake):
            made.append(_section(node, intake))
            loose = None
        elif questions := list(_questions([node], [], intake)):
            if loose is None:
                loose = {"id": intake.names.identify("", "s"), "title": title, "questions": []}
                made.append(loose)
            loose["questions"] += questions
    return made


def _section(branch: Branch, intake: Intake) -> Json:
    row = branch.row
    section: Json = {
        "id": intake.identify(row, "s"),
        "title": row.take("label") or row.cells.get("name") or "無題の節",
        **intake.help(row),
        **intake.condition(row, []),
    }
    _end(row, intake)
    section["questions"] = list(_questions(branch.inner, [], intake))
    return section


def _questions(nodes: list[Node], around: list[Json], intake: Intake) -> Iterator[Json]:
    for node in nodes:
        if isinstance(node, FormRow):
            if made := question(node, around, intake):
                yield made
        elif node.repeats:
            if table := _table(node, around, intake):
                yield table
        elif list_ := _grid(node, intake):
            yield _matrix(node, list_, around, intake)
        else:
            yield from _group(node, around, intake)


def _group(branch: Branch, around: list[Json], intake: Intake) -> Iterator[Json]:
    """A group in a section: its heading as a note, its condition on each question."""
    row = branch.row
    condition = intake.condition(row, around)
    label, explained = row.take("label"), intake.help(row)
    if label:
        intake.leave(row, "label", _HEADING)
        note = {"id": intake.identify(row, "q"), "type": "note", "text": label}
        yield {**note, **explained, **condition}
    row.take("name")
    _end(row, intake)
    inner = [condition["visible_if"]] if condition else []
    yield from _questions(branch.inner, inner, intake)


def _grid(branch: Branch, intake: Intake) -> str:
    """The list that all rows of a grid of single choices share; "" for any other group."""
    looks = branch.row.cells.get("appearance", "").split()
    rows = [node for node in branch.inner if isinstance(node, FormRow)]
    lists = {single_list(row) for row in rows}
    if "table-list" not in looks or len(rows) < len(branch.inner) or len(lists) != 1:
        return ""
    (list_,) = lists
    needs = {row.cells.get("required", "") for row in rows}
    return list_ if len(needs) == 1 and intake.options(list_).options else ""


def _matrix(branch: Branch, list_: str, around: list[Json], intake: Intake) -> Json:
    row, choices = branch.row, intake.options(list_)
    name = row.cells.get("name", "")
    made: Json = {"id": intake.identify(row, "q"), "type": "matrix"}
    made |= {"label": intake.label(row), **intake.help(row), **intake.condition(row, around)}
    made["options"], made["rows"] = choices.options, []
    intake.names.keep(name, made, choices.values)
    rows = [node for node in branch.inner if isinstance(node, FormRow)]
    for inner, id_ in zip(rows, _short_names(name, rows), strict=True):
        inner.take("type")
        made["rows"].append({"id": id_, "label": intake.label(inner)})
        made["required"] = intake.required(inner)
        intake.names.paths[inner.take("name")] = f"{made['id']}.{id_}"
        intake.slips += inner.rest()
    _end(row, intake)
    return made


def _table(branch: Branch, around: list[Json], intake: Intake) -> Json | None:
    row, name = branch.row, branch.row.cells.get("name", "")
    cells = list(_cells(branch.inner, intake))
    id_ = intake.identify(row, "q")
    columns = []
    for inner, short in zip(cells, _short_names(name, cells), strict=True):
        if column := _column(inner, intake):
            intake.names.paths[inner.cells.get("name", "")] = f"{id_}.{short}"
            column["id"] = short
            columns.append(column)
    if not columns:
        intake.leave(row, "type", _BARE)
        return None
    made: Json = {"id": id_, "type": "dynamic_table", "label": intake.label(row)}
    made |= {**intake.help(row), **intake.condition(row, around)}
    made |= {"columns": columns, **_counts(row, intake)}
    intake.names.keep(name, made)
    _end(row, intake)
    return made


def _cells(nodes: list[Node], intake: Intake) -> Iterator[FormRow]:
    """The rows of a repeat, those of its groups too."""
    for node in nodes:
        if isinstance(node, FormRow):
            yield node
        elif node.repeats:
            intake.leave(node.row, "type", _INNER)
        else:
            node.row.take("name")
            intake.slips += node.row.rest()
            yield from _cells(node.inner, intake)


def _column(row: FormRow, intake: Intake) -> Json | None:
    type_, list_ = row.take("type"), single_list(row)
    options = intake.options(list_).options
    column: Json | None = {"type": "single", "options": options} if options else None
    if options == YESNO:
        column = {"type": "yesno"}
    column = column or _PLAIN.get(type_.lower())
    if column is None:
        label = row.cells.get("label") or row.cells.get("name", "")
        intake.leave(row, "type", LEFT_OUT.format(type=type_[:40], label=label[:40]))
        return None
    made: Json = {"id": row.take("name"), **column, "label": intake.label(row)}
    made["required"] = intake.required(row)
    explained = intake.help(row, unit=made["type"] == "number")
    if explained.pop("help", ""):
        intake.leave(row, "hint", _COLUMN)
    made |= explained
    intake.constrain(row, made, rules=False)
    intake.slips += row.rest()
    return made


def _counts(row: FormRow, intake: Intake) -> Json:
    count = row.take("repeat_count")
    if count.isdecimal() and 1 <= int(count) <= _MOST_ROWS:
        return {"min_rows": int(count), "max_rows": int(count)}
    intake.leave(row, "repeat_count", _UNLIMITED)
    return {"min_rows": 0, "max_rows": _ROWS}


def _short_names(outer: str, rows: list[FormRow]) -> list[str]:
    """Names of rows and columns, without the name of what they are in, where all begin with it."""
    names = [row.cells.get("name", "") for row in rows]
    cut = [name.removeprefix(f"{outer}_") for name in names]
    usable = all(cut) and len(set(cut)) == len(cut) and all(map(str.isascii, cut))
    begins = all(name.startswith(f"{outer}_") for name in names)
    if usable and begins:
        return cut
    return names if usable else [f"c{number}" for number in range(1, len(names) + 1)]


def _end(row: FormRow, intake: Intake) -> None:
    row.take("type")
    intake.looks(row, "field-list", "table-list")
    intake.slips += row.rest()


_PLAIN: Final[dict[str, Json]] = {
    "text": {"type": "text"},
    "integer": {"type": "number", "decimals": 0},
    "decimal": {"type": "number", "decimals": 6},
    "date": {"type": "date"},
}
