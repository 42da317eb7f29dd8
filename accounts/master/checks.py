"""What must hold before a single row is written."""

import re
from collections.abc import Iterable, Iterator

from accounts.master.tables import Line, Problem
from accounts.states import MUNICIPAL_KINDS, DivisionKind, Kind
from onepublic.core.codes import check_digit

LOCAL_KINDS = {Kind.PREFECTURE.value, *(kind.value for kind in MUNICIPAL_KINDS)}
DIVISION_KINDS = {DivisionKind.DIVISION, DivisionKind.OFFICE, DivisionKind.COUNSELLOR}


def problems_of_governments(lines: list[Line], bureaus: set[str]) -> Iterator[Problem]:
    """Check digits, duplicates, kinds, parents, periods and successors."""
    yield from _duplicates(lines, "code")
    codes = {line["code"] for line in lines}
    prefectures = {line["prefecture_code"] for line in lines if line["kind"] == Kind.PREFECTURE}
    for line in lines:
        yield from _code(line)
        if line["kind"] not in LOCAL_KINDS:
            yield line.problem("kind", f"知らない種別です（{line['kind']}）")
        if line["prefecture_code"] not in prefectures:
            yield line.problem("prefecture_code", "この都道府県の行がありません")
        if line["regional_bureau"] not in bureaus:
            yield line.problem("regional_bureau", "知らない地方厚生局です")
        if line["has_health_center"] not in {"true", "false"}:
            yield line.problem("has_health_center", "true か false で書いてください")
        yield from _period(line)
        if line["successor_code"] and line["successor_code"] not in codes:
            yield line.problem("successor_code", "承継先の機関がありません")


def problems_of_bureaus(lines: list[Line]) -> Iterator[Problem]:
    """Duplicates and unknown parents."""
    yield from _duplicates(lines, "key")
    keys = {line["key"] for line in lines}
    for line in lines:
        if not line["name"]:
            yield line.problem("name", "名称がありません")
        if line["parent_key"] and line["parent_key"] not in keys - {line["key"]}:
            yield line.problem("parent_key", "上位の地方厚生局がありません")


def problems_of_divisions(lines: list[Line]) -> Iterator[Problem]:
    """Duplicates, kinds, parents, periods and successors."""
    yield from _duplicates(lines, "code")
    codes = {line["code"] for line in lines}
    for line in lines:
        if line["kind"] not in DIVISION_KINDS:
            yield line.problem("kind", f"知らない種別です（{line['kind']}）")
        if line["parent_code"] and line["parent_code"] not in codes - {line["code"]}:
            yield line.problem("parent_code", "上位の課がありません")
        yield from _period(line)
        for successor in line["successor_codes"].split():
            if successor not in codes:
                yield line.problem("successor_codes", f"承継先の課がありません（{successor}）")


def _duplicates(lines: Iterable[Line], column: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line in lines:
        before = first.setdefault(line[column], line.number)
        if before != line.number:
            yield line.problem(column, f"{before}行目と重複しています（{line[column]}）")


def _code(line: Line) -> Iterator[Problem]:
    code = line["code"]
    if not re.fullmatch(r"[0-9]{6}", code):
        yield line.problem("code", f"半角数字6桁ではありません（{code}）")
    elif code[5] != check_digit(code[:5]):
        right = code[:5] + check_digit(code[:5])
        yield line.problem("code", f"検査数字が違います（{code}、正しくは{right}）")
    elif code[:2] != line["prefecture_code"]:
        yield line.problem("prefecture_code", f"団体コード（{code}）の先頭2桁と違います")
    if not line["name"]:
        yield line.problem("name", "名称がありません")


def _period(line: Line) -> Iterator[Problem]:
    days = []
    for column in ("valid_from", "valid_to"):
        try:
            days.append(line.day(column))
        except ValueError:
            yield line.problem(column, f"日付ではありません（{line[column]}）")
    if len(days) == 2 and days[0] and days[1] and days[1] < days[0]:
        yield line.problem("valid_to", "廃止日が設置日より前です")
