"""The rooms of a survey that was opened, as one row of tabs above its pages."""

from django.urls import reverse

from accounts.models import User
from surveys.models import Survey
from surveys.prefecture_rights import prefectures_of

PROGRESS = "surveys:survey"
ORGANIZATIONS = "surveys:survey_organizations"
CHECKS = "surveys:checks"
OUTLIERS = "surveys:outliers"
ANALYSIS = "surveys:analysis"
REMINDERS = "surveys:reminders"
COMPILATIONS = "surveys:compilations"
RELEASES = "surveys:releases"
MUNICIPALITIES = "surveys:municipalities"
# Address, label, and whether it is for the division alone that runs the survey.
ROOMS = (
    (PROGRESS, "状況", False),
    (ORGANIZATIONS, "団体の一覧", False),
    (REMINDERS, "督促", True),
    (CHECKS, "回答の確認", True),
    (OUTLIERS, "外れ値と変化", True),
    (ANALYSIS, "分析", True),
    (COMPILATIONS, "集計表", True),
    (RELEASES, "結果の公表", True),
)


def survey_tabs(user: User, survey: Survey, current: str) -> list[dict[str, object]]:
    """The rooms that the person may enter, for ``components/tabs.html``; none for a lone room."""
    runs = survey.division_id in user.division_ids()
    rooms = [(name, label) for name, label, is_own in ROOMS if runs or not is_own]
    if prefectures_of(user, survey):
        rooms.append((MUNICIPALITIES, "管内の市区町村"))
    tabs: list[dict[str, object]] = [
        {"label": label, "url": reverse(name, args=[survey.pk]), "current": name == current}
        for name, label in rooms
    ]
    return tabs if len(tabs) > 1 else []
