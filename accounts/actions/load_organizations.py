"""Bringing the master into the database: one transaction, nothing is ever deleted."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Model

from accounts.master.plan import Difference, Plan, plan_for, read_master
from accounts.master.records import MINISTRY_CODE, DivisionRecord, OrganizationRecord, window_of
from accounts.models import Division, Organization
from accounts.states import Level
from onepublic.audit.models import record
from onepublic.core.sql import analyze

M = TypeVar("M", bound=Model)

# Parents first: a row names its prefecture and bureau by key.
TIERS = ((Level.MINISTRY, Level.REGIONAL_BUREAU), (Level.PREFECTURE,), (Level.MUNICIPALITY,))

# An arbitrary number of our own: two loads at once would both plan from the same state.
LOAD_LOCK = 4_701_741


def load_organizations(folder: Path, *, dry_run: bool = False) -> Plan:
    """Make the database say what the folder's files say; return what was (or would be) changed.

    Organizations that the files lack stay as they are. Raises MasterRefused, and then nothing
    was changed.
    """
    master = read_master(folder)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
        plan = plan_for(master)
        if plan and not dry_run:
            _write_organizations(plan.organizations)
            _write_divisions(plan.divisions)
            _record(plan)
            analyze(Organization, Division)
    return plan


def _write_organizations(difference: Difference[OrganizationRecord]) -> None:
    records = [*difference.new, *(after for _, after in difference.changed)]
    for levels in TIERS:
        ids = dict(Organization.objects.values_list("code", "pk"))
        _save([_organization(one, ids) for one in records if one.level in levels])
    for one in records:
        if one.successor:
            successor = Organization.objects.get(code=one.successor)
            Organization.objects.filter(code=one.code).update(successor=successor)
    new = Organization.objects.exclude(code=MINISTRY_CODE).filter(divisions__isnull=True)
    Division.objects.bulk_create(window_of(organization) for organization in new)


def _organization(one: OrganizationRecord, ids: dict[str, int]) -> Organization:
    values = asdict(one)
    for name in ("prefecture", "regional_bureau", "successor"):
        code = values.pop(name)
        values[f"{name}_id"] = ids.get(code) if code else None
    return Organization(pk=ids.get(one.code), **values)


def _write_divisions(difference: Difference[DivisionRecord]) -> None:
    ministry = Organization.objects.get(code=MINISTRY_CODE)
    stored = Division.objects.filter(organization=ministry)
    records = [*difference.new, *(after for _, after in difference.changed)]
    for below in (False, True):
        ids = dict(stored.values_list("code", "pk"))
        tier = [one for one in records if bool(one.parent) == below]
        _save([_division(one, ids, ministry) for one in tier])
    with_successors = [one for one in difference.new if one.successors]
    for one in [*with_successors, *(after for _, after in difference.changed)]:
        division = stored.get(code=one.code)
        division.successors.set(stored.filter(code__in=one.successors))


def _division(one: DivisionRecord, ids: dict[str, int], ministry: Organization) -> Division:
    values = asdict(one)
    del values["successors"]
    parent = values.pop("parent")
    values["parent_id"] = ids[parent] if parent else None
    return Division(pk=ids.get(one.code), organization=ministry, **values)


def _save(rows: Sequence[M]) -> None:
    if not rows:
        return
    model = type(rows[0])
    new, stored = [row for row in rows if not row.pk], [row for row in rows if row.pk]
    names = [one.name for one in model._meta.concrete_fields if not one.primary_key]
    model._default_manager.bulk_create(new)
    model._default_manager.bulk_update(stored, names, batch_size=500)


def _record(plan: Plan) -> None:
    record(
        "organizations.loaded",
        Organization.objects.get(code=MINISTRY_CODE),
        by=None,
        new=len(plan.organizations.new) + len(plan.divisions.new),
        changed=[after.code for _, after in plan.organizations.changed]
        + [after.code for _, after in plan.divisions.changed],
    )
