"""The demo's people: sixteen with a name, and a window account in every organization."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import Division, Membership, Organization, User
from accounts.states import DivisionKind, Role
from onepublic.core.sql import analyze

PASSWORD = "demo-onepublic-2026"  # noqa: S105 - published on the demo's own pages
DOMAIN = "demo.example"
WINDOW_ROLES = [Role.DRAFTER, Role.APPROVER]


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person to try the portal as; ``division`` is a code, in a local government a name too."""

    account: str
    name: str
    organization: str
    division: str
    roles: tuple[Role, ...]
    tries: str
    page: str = "home"

    @property
    def email(self) -> str:
        return f"{self.account}@{DOMAIN}"


YOKOHAMA, KIYOKAWA, KANAGAWA = "141003", "144029", "140007"
TWO_PEOPLE = (YOKOHAMA, KANAGAWA)
"""Where one drafts and another approves; elsewhere the window does both, without approval."""
CITY_SECTIONS = {"kenko": "健康福祉局健康推進課", "fukushi": "健康福祉局地域福祉課"}

NAMED_PEOPLE = (
    NamedPerson(
        *("aoki", "青木 直子", "mhlw", "kansen-yobo", (Role.DRAFTER,)),
        *("通知を起案し、宛先を選び、決裁に回す", "notices:drafts"),
    ),
    NamedPerson(
        *("inoue", "井上 誠", "mhlw", "kansen-yobo", (Role.APPROVER,)),
        *("回ってきた通知を確かめ、発出する・差し戻す", "notices:drafts"),
    ),
    NamedPerson(
        *("ueno", "上野 恵", "mhlw", "shakai-chiiki", (Role.DRAFTER,)),
        *("調査の回答率を見て、集計表を作る", "surveys:surveys"),
    ),
    NamedPerson(
        *("endo", "遠藤 隆", "mhlw", "shakai-chiiki", (Role.APPROVER,)),
        *("地域福祉課の起案を決裁する", "notices:drafts"),
    ),
    NamedPerson(
        *("okada", "岡田 祐介", "mhlw", "kenko-kenko", (Role.DRAFTER,)),
        *("受付中の「災害時の保健活動体制に関する調査」を見る", "surveys:surveys"),
    ),
    NamedPerson(
        *("ogawa", "小川 翔", "mhlw", "kambo-somu", (Role.VIEWER,)),
        *("省全体の発出と回答の状況を見る（調整担当）", "notices:published"),
    ),
    NamedPerson(
        *("kato", "加藤 律子", "mhlw", "kambo-kaikei", (Role.AUDITOR,)),
        *("発出前のものも含めて監査する（変更はできない）", "notices:published"),
    ),
    NamedPerson(
        *("kimura", "木村 大輔", "mhlw", "kambo-somu", (Role.SYSTEM_ADMIN,)),
        *("システム管理者として入る（通知・回答の操作はできない）", "home"),
    ),
    NamedPerson(
        *("kudo", "工藤 明", "kantoshinetsu", "window", (Role.VIEWER,)),
        *("管内の都県と市区町村の開封・回答の状況を見る", "notices:inbox"),
    ),
    NamedPerson(
        *("saito", "斉藤 美咲", KANAGAWA, "window", (Role.DRAFTER,)),
        *("県として確認・回答し、管内市町村の状況を見る", "notices:inbox"),
    ),
    NamedPerson(
        *("shimizu", "清水 徹", KANAGAWA, "window", (Role.APPROVER,)),
        *("県の回答を提出する", "surveys:assignments"),
    ),
    NamedPerson(
        *("suzuki", "鈴木 彩", YOKOHAMA, "kenko", (Role.DRAFTER,)),
        *("市の担当課として通知を確認し、調査に答える", "notices:inbox"),
    ),
    NamedPerson(
        *("takahashi", "高橋 健", YOKOHAMA, "fukushi", (Role.DRAFTER,)),
        *("別の課から同じ調査に答える", "surveys:assignments"),
    ),
    NamedPerson(
        *("tanaka", "田中 浩二", YOKOHAMA, "window", (Role.APPROVER,)),
        *("市の回答を確かめて提出する", "surveys:assignments"),
    ),
    NamedPerson(
        *("nakamura", "中村 由美", YOKOHAMA, "window", (Role.ORG_ADMIN,)),
        *("機関管理者として入る", "home"),
    ),
    NamedPerson(
        *("yamamoto", "山本 花", KIYOKAWA, "window", (Role.DRAFTER, Role.APPROVER)),
        *("一人の村で、通知の確認から調査の提出までを行う", "notices:inbox"),
    ),
)


def window_email(code: str) -> str:
    """The address of the window account of the organization with this code."""
    return f"window-{code}@{DOMAIN}"


def load_people() -> None:
    """Make the accounts that are not there yet; existing ones stay as they are."""
    hashed = make_password(PASSWORD)
    _window_accounts(hashed)
    for key, name in CITY_SECTIONS.items():
        Division.objects.get_or_create(
            organization=Organization.objects.get(code=YOKOHAMA),
            code=key,
            defaults={"name": name, "kind": DivisionKind.DIVISION},
        )
    for person in NAMED_PEOPLE:
        division = Division.objects.get(
            organization__code=person.organization, code=person.division
        )
        user, _ = User.objects.get_or_create(
            email=person.email,
            defaults={"name": person.name, "password": hashed, "is_demo": True},
        )
        Membership.objects.get_or_create(
            user=user, division=division, defaults={"roles": list(person.roles)}
        )
    analyze(User, Membership, Division)


def _window_accounts(hashed: str) -> None:
    windows = Division.objects.filter(is_window=True).select_related("organization")
    wanted = {window_email(one.organization.code): one for one in windows}
    there = set(User.objects.filter(email__in=wanted).values_list("email", flat=True))
    new = {email: one for email, one in wanted.items() if email not in there}
    users = User.objects.bulk_create(
        User(email=email, name="窓口担当", password=hashed, is_demo=True) for email in new
    )
    Membership.objects.bulk_create(
        Membership(user=user, division=new[user.email], roles=WINDOW_ROLES) for user in users
    )
    alone = {division.organization_id for division in new.values()}
    Organization.objects.filter(pk__in=alone).exclude(code__in=TWO_PEOPLE).update(
        answers_need_approval=False
    )
