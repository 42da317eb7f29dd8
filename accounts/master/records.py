"""What the files say and what the database holds, in the same shape, so that both compare."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.master.tables import Line
from accounts.models import Division, Organization
from accounts.states import DivisionKind, Kind, Level

MINISTRY_CODE = "mhlw"
WINDOW_CODE = "window"
MINISTRY_WINDOW = "kambo-somu"
"""大臣官房総務課 takes what no other division of the ministry is named for."""


@dataclass(frozen=True, slots=True)
class OrganizationRecord:
    """An organization; other organizations are named by their codes."""

    code: str
    name: str
    level: str
    kind: str
    kana: str = ""
    prefecture_code: str = ""
    prefecture_name: str = ""
    prefecture: str | None = None
    regional_bureau: str | None = None
    has_health_center: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class DivisionRecord:
    """A division of the ministry; other divisions are named by their codes."""

    code: str
    name: str
    bureau_name: str
    department_name: str
    kind: str
    parent: str | None
    is_window: bool
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]


def ministry() -> OrganizationRecord:
    return OrganizationRecord(
        code=MINISTRY_CODE,
        name="厚生労働省",
        kana="こうせいろうどうしょう",
        level=Level.MINISTRY.value,
        kind=Kind.MINISTRY.value,
    )


def of_bureau(line: Line) -> OrganizationRecord:
    kind = Kind.REGIONAL_BUREAU.value
    return OrganizationRecord(line["key"], line["name"], Level.REGIONAL_BUREAU.value, kind)


def of_government(line: Line, prefectures: dict[str, str]) -> OrganizationRecord:
    """``prefectures`` gives the six-digit code of a prefecture by its two digits."""
    is_prefecture = line["kind"] == Kind.PREFECTURE
    return OrganizationRecord(
        code=line["code"],
        name=line["name"],
        level=(Level.PREFECTURE if is_prefecture else Level.MUNICIPALITY).value,
        kind=line["kind"],
        kana=line["kana"],
        prefecture_code=line["prefecture_code"],
        prefecture_name=line["prefecture_name"],
        prefecture=None if is_prefecture else prefectures[line["prefecture_code"]],
        regional_bureau=line["regional_bureau"],
        has_health_center=line["has_health_center"] == "true",
        valid_from=line.day("valid_from"),
        valid_to=line.day("valid_to"),
        successor=line["successor_code"] or None,
    )


def of_division(line: Line) -> DivisionRecord:
    return DivisionRecord(
        code=line["code"],
        name=line["division"],
        bureau_name=line["bureau"],
        department_name=line["department"],
        kind=line["kind"],
        parent=line["parent_code"] or None,
        is_window=line["code"] == MINISTRY_WINDOW,
        valid_from=line.day("valid_from"),
        valid_to=line.day("valid_to"),
        successors=tuple(sorted(line["successor_codes"].split())),
    )


def stored_organizations() -> Iterable[OrganizationRecord]:
    """All organizations of the database; one query."""
    rows = Organization.objects.select_related("prefecture", "regional_bureau", "successor")
    for row in rows:
        yield OrganizationRecord(
            code=row.code,
            name=row.name,
            level=row.level,
            kind=row.kind,
            kana=row.kana,
            prefecture_code=row.prefecture_code,
            prefecture_name=row.prefecture_name,
            prefecture=row.prefecture.code if row.prefecture else None,
            regional_bureau=row.regional_bureau.code if row.regional_bureau else None,
            has_health_center=row.has_health_center,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            successor=row.successor.code if row.successor else None,
        )


def stored_divisions() -> Iterable[DivisionRecord]:
    """All divisions of the ministry; two queries."""
    rows = Division.objects.filter(organization__code=MINISTRY_CODE)
    for row in rows.select_related("parent").prefetch_related("successors"):
        yield DivisionRecord(
            code=row.code,
            name=row.name,
            bureau_name=row.bureau_name,
            department_name=row.department_name,
            kind=row.kind,
            parent=row.parent.code if row.parent else None,
            is_window=row.is_window,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            successors=tuple(sorted(one.code for one in row.successors.all())),
        )


def window_of(organization: Organization) -> Division:
    """The window division that every organization has from the start (not saved)."""
    return Division(
        organization=organization,
        code=WINDOW_CODE,
        name="窓口",
        kind=DivisionKind.WINDOW,
        is_window=True,
    )
