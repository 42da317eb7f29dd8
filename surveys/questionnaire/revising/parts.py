"""Options, rows and columns that were added, removed or changed."""

from typing import Any

from surveys.questionnaire.document import Field
from surveys.questionnaire.revising.changes import Touch
from surveys.questionnaire.revising.limits import of_limits
from surveys.questionnaire.revising.subject import Changes, Json, Subject, by_id, told


def of_options(subject: Subject) -> Changes:
    """Options of a choice, a ranking or a matrix, by their values."""
    before = by_id(subject.before.get("options"), "value")
    after = by_id(subject.after.get("options"), "value")
    for value, option in before.items():
        if value not in after:
            yield subject.change(f"選択肢{told(option['label'])}を削除します。", Touch.REFUSED)
        else:
            yield from _of_option(subject, option, after[value])
    for value, option in after.items():
        if value not in before:
            yield subject.change(f"選択肢{told(option['label'])}を加えます。")
    if _reordered(before, after):
        yield subject.change("選択肢の順序を改めます。")


def _of_option(subject: Subject, before: Json, after: Json) -> Changes:
    name = f"選択肢{told(before['label'])}"
    if before["label"] != after["label"]:
        yield subject.change(f"{name}の文言を{told(after['label'])}に改めます。")
    if bool(after.get("exclusive")) != bool(before.get("exclusive")):
        only = bool(after.get("exclusive"))
        text = (
            "を、ほかと同時に選べなくします。" if only else "を、ほかと同時に選べるようにします。"
        )
        yield subject.change(f"{name}{text}", Touch.ANSWERED if only else Touch.NOBODY)
    yield from _of_free_text(subject, name, before, after)


def _of_free_text(subject: Subject, name: str, before: Json, after: Json) -> Changes:
    old, new = before.get("free_text"), after.get("free_text")
    if old == new:
        return

    def is_its(field: Field) -> bool:
        return field.option is not None and field.option.value == before["value"]

    if new is None:
        yield subject.change(f"{name}の記入欄を削除します。", Touch.ANSWERED, is_its)
    elif new.get("required") and not (old or {}).get("required"):
        yield subject.change(f"{name}の記入欄を必須にします。", Touch.ANSWERED)
    elif old is None:
        yield subject.change(f"{name}に任意の記入欄を加えます。")
    else:
        yield subject.change(f"{name}の記入欄を改めます。", Touch.REFUSED, is_its)


def of_table(subject: Subject) -> Changes:
    """Rows, columns and cells of tables and matrices."""
    yield from _of_rows(subject)
    yield from _of_columns(subject)
    yield from _of_cells(subject)
    least, most = subject.before.get("max_rows"), subject.after.get("max_rows")
    if least != most and most is not None:

        def is_beyond(field: Field) -> bool:
            return field.row is not None and field.row.id.isdecimal() and int(field.row.id) > most

        touch = Touch.ANSWERED if least is not None and most < least else Touch.NOBODY
        yield subject.change(f"行数の上限を{most}にします。", touch, is_beyond)


def _of_rows(subject: Subject) -> Changes:
    before, after = by_id(subject.before.get("rows")), by_id(subject.after.get("rows"))
    for name, row in before.items():
        if name not in after:

            def is_in_row(field: Field, name: str = name) -> bool:
                return field.row is not None and field.row.id == name

            yield subject.change(f"行{told(row['label'])}を削除します。", Touch.ANSWERED, is_in_row)
        elif row["label"] != after[name]["label"]:
            new = told(after[name]["label"])
            yield subject.change(f"行{told(row['label'])}の文言を{new}に改めます。")
    yield from _added(subject, "行", before, after)


def _of_columns(subject: Subject) -> Changes:
    before, after = by_id(subject.before.get("columns")), by_id(subject.after.get("columns"))
    for name, column in before.items():

        def is_in_column(field: Field, name: str = name) -> bool:
            return field.column is not None and field.column.id == name

        if name not in after:
            yield subject.change(
                f"列{told(column['label'])}を削除します。", Touch.ANSWERED, is_in_column
            )
            continue
        where = f"列{told(column['label'])}の"
        part = subject.part(column, after[name], where, is_in_column)
        if column.get("type", "number") != after[name].get("type", "number"):
            yield part.change("形式を改めます。", Touch.ANSWERED)
        else:
            yield from of_limits(part)
            yield from of_options(part)
    yield from _added(subject, "列", before, after)


def _added(subject: Subject, kind: str, before: Json, after: Json) -> Changes:
    demanded = bool(subject.after.get("required"))
    for name, part in after.items():
        if name not in before:
            needed = demanded or bool(part.get("required"))
            text = f"{kind}{told(part['label'])}を加えます。"
            yield subject.change(text, Touch.BEGUN if needed else Touch.NOBODY)


def _of_cells(subject: Subject) -> Changes:
    before, after = _cells(subject.before), _cells(subject.after)
    if closed := after - before:

        def is_closed(field: Field) -> bool:
            return bool(field.row and field.column and (field.row.id, field.column.id) in closed)

        yield subject.change("入力しない欄を加えます。", Touch.ANSWERED, is_closed)
    if before - after:
        demanded = bool(subject.after.get("required"))
        yield subject.change(
            "入力しない欄を入力できるようにします。", Touch.BEGUN if demanded else Touch.NOBODY
        )


def _cells(question: Json) -> set[tuple[Any, ...]]:
    return {tuple(cell) for cell in question.get("disabled_cells") or ()}


def _reordered(before: Json, after: Json) -> bool:
    kept = [name for name in before if name in after]
    return kept != [name for name in after if name in before]
