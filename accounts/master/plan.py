"""Comparing the files with the database: what is new, what changes, what the files lack."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Generic, TypeVar

from accounts.master import checks, records
from accounts.master.records import DivisionRecord, OrganizationRecord
from accounts.master.tables import MasterRefused, read_table
from accounts.states import Kind

R = TypeVar("R", OrganizationRecord, DivisionRecord)

GOVERNMENT_COLUMNS = (
    *("code", "name", "kana", "prefecture_code", "prefecture_name"),
    *("kind", "has_health_center", "regional_bureau"),
)
BUREAU_COLUMNS = ("key", "name", "parent_key")
DIVISION_COLUMNS = (
    *("code", "bureau", "department", "division", "kind", "parent_code"),
    *("valid_from", "valid_to", "successor_codes"),
)


@dataclass(frozen=True, slots=True)
class Difference(Generic[R]):
    """New records, changed ones (before, after), and codes that the files lack."""

    new: list[R]
    changed: list[tuple[R, R]]
    lacking: list[str]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


@dataclass(frozen=True, slots=True)
class Master:
    """The checked content of the three files."""

    organizations: list[OrganizationRecord]
    divisions: list[DivisionRecord]


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading would do."""

    organizations: Difference[OrganizationRecord]
    divisions: Difference[DivisionRecord]

    def __bool__(self) -> bool:
        return bool(self.organizations) or bool(self.divisions)


def read_master(folder: Path) -> Master:
    """The content of the folder's three CSV files; raises MasterRefused with all problems."""
    bureaus = read_table(folder / "regional_bureaus.csv", columns=BUREAU_COLUMNS)
    governments = read_table(folder / "local_governments.csv", columns=GOVERNMENT_COLUMNS)
    divisions = read_table(folder / "ministry_divisions.csv", columns=DIVISION_COLUMNS)
    keys = {line["key"] for line in bureaus}
    problems = [
        *checks.problems_of_bureaus(bureaus),
        *checks.problems_of_governments(governments, keys),
        *checks.problems_of_divisions(divisions),
    ]
    if problems:
        raise MasterRefused(problems)
    prefectures = {
        line["prefecture_code"]: line["code"]
        for line in governments
        if line["kind"] == Kind.PREFECTURE
    }
    return Master(
        organizations=[
            records.ministry(),
            *(records.of_bureau(line) for line in bureaus),
            *(records.of_government(line, prefectures) for line in governments),
        ],
        divisions=[records.of_division(line) for line in divisions],
    )


def plan_for(master: Master) -> Plan:
    """The difference between the files and the database now."""
    return Plan(
        _difference(master.organizations, records.stored_organizations()),
        _difference(master.divisions, records.stored_divisions()),
    )


def changed_fields(before: R, after: R) -> dict[str, tuple[object, object]]:
    """Field name → (before, after), for those that differ."""
    names = [one.name for one in fields(after)]
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _difference(wanted: Iterable[R], stored: Iterable[R]) -> Difference[R]:
    there = {record.code: record for record in stored}
    listed = {record.code: record for record in wanted}
    return Difference(
        new=[record for code, record in listed.items() if code not in there],
        changed=[
            (there[code], record)
            for code, record in listed.items()
            if code in there and there[code] != record
        ],
        lacking=[code for code in there if code not in listed],
    )
