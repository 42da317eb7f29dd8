"""The tables of a survey's pages as sheets, to keep or to pass on."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from accounts.models import User
from onepublic.workbook import Cell, Column, Format, Sheet
from surveys.dashboard.choosing import Chosen, narrowed
from surveys.dashboard.counting import Row, counted
from surveys.dashboard.curves import Days, days_of
from surveys.dashboard.lines import Line, lines_of, listed
from surveys.models import Assignment, Survey
from surveys.querysets import AssignmentQuerySet
from surveys.standings import Standing

_SHARE = Column(("提出率（％）",), 12, Format.ONE_PLACE)
_COUNTED: Final = (
    Column(("依頼",), 10, Format.COUNT),
    *(Column((str(each.label),), 12, Format.COUNT) for each in Standing),
    _SHARE,
)
PREFECTURES: Final = (Column(("都道府県コード",), 14, Format.TEXT), Column(("都道府県",), 18))
KINDS: Final = (Column(("種別",), 18),)
DAYS: Final = (
    Column(("日",), 14),
    Column(("提出した団体の累計",), 18, Format.COUNT),
    _SHARE,
    Column(("前回の提出率（％）",), 18, Format.ONE_PLACE),
    Column(("過去の調査の中央値（％）",), 22, Format.ONE_PLACE),
)
ORGANIZATIONS: Final = (
    Column(("団体コード",), 12, Format.TEXT),
    Column(("都道府県",), 12),
    Column(("団体",), 24),
    Column(("種別",), 16),
    Column(("状態",), 16),
    Column(("期限",), 14),
    Column(("期限の延長",), 12),
    Column(("期限超過",), 12),
    Column(("最終の動き",), 18),
    Column(("提出",), 18),
    Column(("受付番号",), 24, Format.TEXT),
    Column(("連絡先の課室",), 30),
)
MARK = "○"


def prefectures(user: User, survey: Survey, to: Chosen, *, by_deadline: bool) -> Sheet:
    """All standings by prefecture, in order of codes."""
    rows = counted(_followed(user, survey)).prefectures
    cells = ([row["code"], row["label"], *_counts(row)] for row in rows)
    return Sheet("都道府県別", (*PREFECTURES, *_COUNTED), cells, key_columns=2)


def kinds(user: User, survey: Survey, to: Chosen, *, by_deadline: bool) -> Sheet:
    """All standings by kind of organization."""
    rows = counted(_followed(user, survey)).kinds
    cells = ([row["label"], *_counts(row)] for row in rows)
    return Sheet("団体の種別", (*KINDS, *_COUNTED), cells, key_columns=1)


def days(user: User, survey: Survey, to: Chosen, *, by_deadline: bool) -> Sheet:
    """Every day from the opening to the deadline, beside earlier surveys."""
    found = days_of(user, survey, by_deadline=by_deadline)
    return Sheet("日ごとの提出", DAYS, _days(found) if found else [], key_columns=1)


def organizations(user: User, survey: Survey, to: Chosen, *, by_deadline: bool) -> Sheet:
    """The organizations that were chosen, in order of codes."""
    rows = listed(narrowed(_followed(user, survey), to)).order_by("organization__code")
    return Sheet("団体の一覧", ORGANIZATIONS, map(_organization, lines_of(rows)), key_columns=3)


Table = Callable[..., Sheet]
TABLES: Final[Mapping[str, Table]] = {
    "prefectures": prefectures,
    "kinds": kinds,
    "days": days,
    "organizations": organizations,
}
"""By the word in the address; each takes the person, the survey, what the list is narrowed to and
how earlier surveys are laid beside it.
"""


def _followed(user: User, survey: Survey) -> AssignmentQuerySet:
    return Assignment.objects.progress_visible_to(user).filter(survey=survey)


def _counts(row: Row) -> list[Cell]:
    return [row["asked"], *(row[each] for each in Standing), round(100 * row["share"], 1)]


def _days(found: Days) -> Iterator[list[Cell]]:
    nothing = [None] * len(found.days)
    beside = zip(found.previous or nothing, found.median or nothing, strict=True)
    for day, (previous, median) in zip(found.days, beside, strict=True):
        yield [day, found.own.total(day), found.own.share(day), previous, median]


def _organization(line: Line) -> list[Cell]:
    one, place = line.assignment, line.assignment.organization
    return [
        place.code,
        place.prefecture_name,
        place.name,
        place.get_kind_display(),
        one.get_state_display(),
        one.due_on,
        MARK if one.extended_to else "",
        MARK if line.is_overdue else "",
        line.moved_at,
        one.submitted_at,
        one.receipt_number or "",
        line.contact.full_name if line.contact else "",
    ]
