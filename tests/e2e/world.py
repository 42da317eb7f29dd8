"""The real organizations, and the people of the story in them."""

import csv
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.actions.load_organizations import load_organizations
from accounts.audience import AudienceRule
from accounts.models import Division, Organization, User
from accounts.states import Kind, Role
from surveys.actions import create_survey, open_survey
from surveys.models import Survey
from tests.factories.accounts import person_at

SAMPLES = settings.BASE_DIR / "onepublic" / "dev" / "content" / "sample_surveys.json"
MASTER = settings.BASE_DIR / "accounts" / "data"
YOKOHAMA, HACHIOJI = "141003", "132012"


@dataclass(frozen=True, slots=True)
class World:
    """Who takes part. The officer answers for 横浜市; the colleague, in 八王子市, does nothing."""

    drafter: User
    approver: User
    officer: User
    colleague: User
    owner: User


def build_world() -> World:
    """Every local government, and people where the story needs them."""
    load_organizations(MASTER)
    Organization.objects.update(answers_need_approval=False)  # each is one person here
    notices, surveys = (
        Division.objects.get(organization__code="mhlw", code=code)
        for code in ("kansen-yobo", "kenko-kenko")
    )
    yokohama, hachioji = (Organization.objects.get(code=code) for code in (YOKOHAMA, HACHIOJI))
    return World(
        drafter=person_at(notices, Role.DRAFTER),
        approver=person_at(notices, Role.APPROVER),
        officer=person_at(yokohama),
        colleague=person_at(hachioji),
        owner=person_at(surveys, Role.DRAFTER),
    )


def open_sample_survey(world: World) -> Survey:
    """「災害時の保健活動体制に関する調査」, asked of every local government; mails nobody."""
    surveys = json.loads(SAMPLES.read_text(encoding="utf-8"))["surveys"]
    sample = next(one for one in surveys if one["id"] == "SV-06")
    today = timezone.localdate()
    survey = create_survey(
        {"sections": sample["sections"], "rules": sample["rules"]},
        by=world.owner,
        division=Division.objects.get(organization__code="mhlw", code=sample["division_code"]),
        title=sample["title"],
        purpose=sample["purpose"],
        fiscal_year=sample["fiscal_year"],
        opens_on=today,
        due_on=today + timedelta(days=14),
        stored_audience=AudienceRule(kinds=sample["addressee_kinds"]).to_json(),
        notify_by_mail=False,
    )
    open_survey(survey, by=world.owner)
    return survey


def listed(
    kinds: Collection[Kind] = (), *, prefecture: str = "", health_center_only: bool = False
) -> int:
    """How many governments the master's own file lists, counted without the portal's code."""
    with (MASTER / "local_governments.csv").open(encoding="utf-8", newline="") as file:
        return sum(
            (not kinds or row["kind"] in kinds)
            and prefecture in ("", row["prefecture_name"])
            and (not health_center_only or row["has_health_center"] == "true")
            for row in csv.DictReader(file)
        )
