"""What divisions have set up and passed on: routes, a handed over notice, a rule, a template."""

from accounts.models import Division, Organization, User
from notices.actions.passing_on import hand_over
from notices.actions.routing import set_routes
from notices.actions.ruling import set_issuing_rule
from notices.actions.templates import save_as_template
from notices.models import Notice, Topic
from onepublic.dev.seeding.afterwards import TRAINING
from onepublic.dev.seeding.people import DOMAIN, YOKOHAMA

ROUTES = {
    "kenko": ("予防接種", "感染症", "健康づくり"),
    "fukushi": ("地域福祉", "生活困窮"),
}
REMARK = "高齢者施設への周知は、貴課にお願いします。医療機関には、当課から知らせます。"
COURSE = "予防接種の従事者を対象とするオンライン研修（見本）の開催について"
TEMPLATE = "研修の開催の案内（見本）"
SYMBOL = "見本・感予発"


def load_routes() -> None:
    """In the city of the named people, two sections deal with some topics from the start."""
    city = Organization.objects.get(code=YOKOHAMA)
    routes = {
        Topic.objects.get_or_create(name=name)[0]: _section(code)
        for code, names in ROUTES.items()
        for name in names
    }
    set_routes(city, routes=routes, by=_person("nakamura"))


def load_divisions() -> None:
    """One section hands a notice over to the other; the drafters' division keeps a template, and
    must agree to notices that others issue together with it.
    """
    corrected = Notice.objects.published().get(current_version__title=TRAINING)
    hand_over(corrected, to=_section("fukushi"), remark=REMARK, by=_person("suzuki"))
    course = Notice.objects.get(versions__title=COURSE)
    save_as_template(course, by=_person("aoki"), name=TEMPLATE)
    approver = _person("inoue")
    set_issuing_rule(course.division, by=approver, symbol=SYMBOL, requires_agreement=True)


def _section(code: str) -> Division:
    section: Division = Division.objects.get(organization__code=YOKOHAMA, code=code)
    return section


def _person(account: str) -> User:
    user: User = User.objects.get(email=f"{account}@{DOMAIN}")
    return user
