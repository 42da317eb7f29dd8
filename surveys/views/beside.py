"""What stands beside the questions of a response: remarks to settle, and what others asked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import User
from surveys.models import Inquiry, Remark
from surveys.permissions import can_answer, may_ask
from surveys.responses import Response
from surveys.states import Stage

WHOLE = ""


@dataclass(slots=True)
class Beside:
    """Of one question (or of the whole response): open remarks, published inquiries, own ones."""

    remarks: list[Remark] = field(default_factory=list)
    inquiries: list[Inquiry] = field(default_factory=list)
    own_inquiries: list[Inquiry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """By question id, the whole response under "": what :func:`beside_questions` found.

    ``settles``: the person may mark remarks as dealt with; ``asks``: may ask the author; ``news``:
    answers to the own organization's inquiries that nobody there has opened.
    """

    assignment_id: int
    by_question: Mapping[str, Beside]
    is_own: bool
    settles: bool
    asks: bool
    news: int

    @property
    def whole(self) -> Beside:
        """What is said of the response as a whole."""
        return self.by_question.get(WHOLE, Beside())

    @property
    def remark_count(self) -> int:
        """How many remarks wait to be dealt with."""
        return sum(len(each.remarks) for each in self.by_question.values())


def beside_questions(response: Response, user: User) -> Surroundings:
    """Everything beside the questions of a response, in two queries, for pages that show them.

    Remarks for the organization's own people, and for the division that runs the survey without
    what was said inside the organization; inquiries as far as the person may see them.
    """
    assignment = response.assignment
    is_own = assignment.organization_id in user.organization_ids()
    found: defaultdict[str, Beside] = defaultdict(Beside)
    remarks = assignment.remarks.open().select_related("written_by")
    if is_own or assignment.survey.division_id in user.division_ids():
        for remark in remarks if is_own else remarks.exclude(stage=Stage.INSIDE):
            found[remark.question_id].remarks.append(remark)
    news = 0
    said = Inquiry.objects.filter(survey=assignment.survey_id).shown_to(user)
    for inquiry in said.order_by("pk"):
        here = found[inquiry.question_id]
        (here.inquiries if inquiry.published_at else here.own_inquiries).append(inquiry)
        news += inquiry.has_news and inquiry.organization_id == assignment.organization_id
    return Surroundings(
        assignment.pk,
        dict(found),
        is_own=is_own,
        settles=can_answer(user, assignment),
        asks=may_ask(user, assignment),
        news=news,
    )
