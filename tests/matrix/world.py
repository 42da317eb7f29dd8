"""One small country in which every relation to a notice and a survey occurs."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions.disasters import declare_disaster
from accounts.audience import AudienceRule
from accounts.models import Disaster, Division, Organization, User
from accounts.states import Role
from notices.actions.attaching import attach
from notices.actions.correcting import begin_correction
from notices.actions.cover_notes import Words, publish_cover_note, write
from notices.actions.drafting import set_audience
from notices.actions.publication import publish
from notices.actions.review import submit_for_review
from notices.actions.searches import save_search
from notices.actions.withdrawing import withdraw
from notices.models import (
    Attachment,
    CoverNoteFile,
    IssuingRule,
    Notice,
    Question,
    SavedSearch,
    Topic,
)
from notices.search.facets import Chosen
from notices.states import AttachmentKind
from onepublic.core.fulltext.query import parse
from onepublic.dev.models import DemoMail
from onepublic.feeds.actions import issue
from onepublic.feeds.models import FeedAddress
from onepublic.files.models import StoredFile
from onepublic.files.uploads import store
from surveys.actions import (
    ask_extension,
    begin_revision,
    close_survey,
    keep_question,
    keep_template,
    remind_now,
    request_compilation,
)
from surveys.actions.answer_books import upload_book
from surveys.actions.inquiries import ask_inquiry
from surveys.actions.layouts import save_layout
from surveys.actions.prefecture_rounds import RoundWords, write_round
from surveys.actions.proxies import begin_proxy
from surveys.compilation.orders import Order
from surveys.models import (
    AnswerUpload,
    Assignment,
    BankQuestion,
    Compilation,
    CompilationLayout,
    ExtensionRequest,
    Inquiry,
    PrefectureRound,
    QuestionnaireTemplate,
    Release,
    Remark,
    Reminder,
    Survey,
)
from surveys.offline import write_book
from surveys.responses import load_response
from surveys.states import CompilationState, PrefecturePart, Stage
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import a_draft, answered_question, approver_of, in_review, topic
from tests.factories.releases import release_of
from tests.factories.surveys import (
    assignment_of,
    awaiting_approval,
    draft_survey,
    running_survey,
    scheduled_survey,
    submitted,
    survey_in_review,
)

ACTORS = (
    "anonymous",
    "drafter",
    "approver",
    "viewer",
    "joint",
    "colleague",
    "auditor",
    "system_admin",
    "bureau",
    "other_bureau",
    "prefecture",
    "other_prefecture",
    "officer",
    "reader",
    "org_admin",
    "stranger",
)
"""``drafter``, ``approver``, ``viewer`` are of the ministry's division that issues and asks,
``joint`` drafts and decides in the one that issues each notice with it (連名) and must agree,
``colleague`` drafts in another one. ``officer``, ``reader`` and ``org_admin`` are of the town that
is addressed, ``bureau`` and ``prefecture`` stand above it; ``stranger`` is of a town elsewhere."""


@dataclass(frozen=True, slots=True)
class World:
    """People by their names in ACTORS, and the objects that the addresses name."""

    people: dict[str, User]
    section: Division
    topic: Topic
    draft: Notice
    draft_attachment: Attachment
    reviewed: Notice
    corrected: Notice
    withdrawn: Notice
    withdrawn_attachment: Attachment
    correction_attachment: Attachment
    published: Notice
    attachment: Attachment
    cover_note_file: CoverNoteFile
    unpublished_cover_note_file: CoverNoteFile
    question: Question
    survey: Survey
    done_survey: Survey
    reminder: Reminder
    disaster: Disaster
    survey_draft: Survey
    survey_in_review: Survey
    survey_scheduled: Survey
    survey_closed: Survey
    survey_revised: Survey
    asked: Assignment
    submitted: Assignment
    checked: Assignment
    drafted: Assignment
    round: PrefectureRound
    proxied: Assignment
    awaiting: Assignment
    remark: Remark
    extension: ExtensionRequest
    inquiry: Inquiry
    answer_file: StoredFile
    upload: AnswerUpload
    template: QuestionnaireTemplate
    bank_question: BankQuestion
    waiting: Compilation
    done: Compilation
    layout: CompilationLayout
    release: Release
    mail: DemoMail
    saved_search: SavedSearch
    feed: FeedAddress


def build_world() -> World:
    """The objects belong to the drafter's division and go to the officer's town alone."""
    division, joint = DivisionFactory.create_batch(2)
    bureau, other_bureau = RegionalBureauFactory.create_batch(2)
    prefecture = PrefectureFactory.create(regional_bureau=bureau)
    other_prefecture = PrefectureFactory.create(regional_bureau=other_bureau)
    town = OrganizationFactory.create(prefecture=prefecture)
    people = {
        **_ministry(division, joint),
        "bureau": person_at(bureau),
        "other_bureau": person_at(other_bureau),
        "prefecture": person_at(prefecture),
        "other_prefecture": person_at(other_prefecture),
        "officer": person_at(town),
        "reader": person_at(town, Role.VIEWER),
        "org_admin": person_at(town, Role.ORG_ADMIN),
        "stranger": person_at(OrganizationFactory.create(prefecture=other_prefecture)),
    }
    drafter = people["drafter"]
    draft, draft_attachment = _with_file(division, joint, drafter)
    published, attachment = _with_file(division, joint, drafter)
    set_audience(published, by=drafter, rule=AudienceRule(codes=[town.code]))
    submit_for_review(published, by=drafter)
    corrected, _ = _with_file(division, joint, drafter)
    set_audience(corrected, by=drafter, rule=AudienceRule(codes=[town.code]))
    submit_for_review(corrected, by=drafter)
    publish(corrected, by=approver_of(division))
    for in_hand in (False, True):
        begin_correction(corrected, by=drafter, reason="誤字", acknowledge_again=False)
        if not in_hand:
            submit_for_review(corrected, by=drafter)
            publish(corrected, by=approver_of(division))
    (correction_attachment,) = attach(
        corrected,
        by=drafter,
        files=[SimpleUploadedFile("直した別紙.txt", b"text")],
        kind=AttachmentKind.ANNEX,
    )
    withdrawn, withdrawn_attachment = _with_file(division, joint, drafter)
    set_audience(withdrawn, by=drafter, rule=AudienceRule(codes=[town.code]))
    submit_for_review(withdrawn, by=drafter)
    publish(withdrawn, by=approver_of(division))
    published = publish(published, by=approver_of(division))
    # From here on: what is published above needed no agreement, what is in review does.
    IssuingRule.objects.create(division=joint, requires_agreement=True)
    survey = running_survey(town, division=division)
    done_survey = running_survey(town, division=division)
    handed_in = submitted(assignment_of(done_survey, town), people["officer"])
    awaiting = awaiting_approval(assignment_of(running_survey(town, division=division), town))
    asked = assignment_of(survey, town)
    answer_file = _file("計画.txt", drafter)
    plan = handed_in.answers.create(
        field="plan", value=[str(answer_file.pk)], updated_by=people["officer"]
    )
    plan.files.add(answer_file)
    own_draft = draft_survey(town, division=division, by=drafter)
    return World(
        people=people,
        section=DivisionFactory.create(organization=town),
        topic=topic("感染症"),
        draft=draft,
        draft_attachment=draft_attachment,
        reviewed=in_review(to=[town], division=division, joint_issuers=[joint]),
        corrected=corrected,
        withdrawn=withdraw(withdrawn, by=people["approver"], reason="誤り"),
        withdrawn_attachment=withdrawn_attachment,
        correction_attachment=correction_attachment,
        published=published,
        attachment=attachment,
        cover_note_file=_cover_note_file(published, by=people["prefecture"], is_public=True),
        unpublished_cover_note_file=_cover_note_file(published, by=people["prefecture"]),
        question=answered_question(published, by=people["officer"], answered_by=drafter),
        survey=survey,
        done_survey=done_survey,
        reminder=remind_now(survey, by=drafter),
        disaster=declare_disaster(
            by=people["approver"],
            name="豪雨",
            since=date(2026, 7, 1),
            until=date(2026, 7, 31),
            organizations=[town],
        ),
        survey_draft=own_draft,
        template=keep_template(
            own_draft.revisions.get(), by=drafter, name="年次の体制調査", shared=False
        ),
        bank_question=keep_question(
            own_draft.revisions.get(), "staff", by=drafter, definition="", shared=False
        ),
        survey_in_review=survey_in_review(town, division=division, by=drafter),
        survey_scheduled=scheduled_survey(town, division=division, by=drafter),
        survey_closed=_closed(town, division),
        survey_revised=_in_revision(town, division, drafter),
        asked=asked,
        submitted=handed_in,
        checked=_handed_in(town, division, people["officer"]),
        drafted=_read_by_prefectures(town, division),
        round=write_round(
            survey,
            by=people["prefecture"],
            words=RoundWords(note="早めに", uploads=[SimpleUploadedFile("様式.txt", b"text")]),
            revision=0,
        ),
        proxied=_written_by_proxy(town, division, people["prefecture"]),
        awaiting=awaiting,
        remark=asked.remarks.create(stage=Stage.INSIDE, text="確認", written_by=people["officer"]),
        inquiry=ask_inquiry(asked, by=people["officer"], question_id="", text="対象はどこですか。"),
        extension=ask_extension(
            asked, by=people["officer"], until=asked.due_on + timedelta(days=7), reason="会期のため"
        ),
        answer_file=answer_file,
        upload=_upload(assignment_of(survey, town), people["officer"]),
        waiting=request_compilation(survey, by=drafter),
        done=Compilation.objects.create(
            survey=done_survey,
            requested_by=drafter,
            state=CompilationState.DONE,
            file=_file("集計表.txt", drafter),
            full_texts=_file("全文.txt", drafter),
        ),
        release=release_of(done_survey, by=drafter, is_public=True),
        layout=save_layout(division, by=drafter, name="毎年の設定", order=Order()),
        saved_search=save_search(
            by=people["officer"], name="接種", query=parse("接種"), chosen=Chosen(), notify=True
        ),
        mail=DemoMail.objects.create(recipient="a@example.jp", subject="件名", text="本文"),
        feed=issue(people["officer"], seen=0),
    )


def _closed(town: Organization, division: Division) -> Survey:
    survey = running_survey(town, division=division)
    close_survey(survey, by=survey.created_by)
    return survey


def _handed_in(town: Organization, division: Division, officer: User) -> Assignment:
    """One that the prefecture checks."""
    survey = running_survey(town, division=division, prefecture_part=PrefecturePart.CHECK)
    return submitted(assignment_of(survey, town), officer)


def _read_by_prefectures(town: Organization, division: Division) -> Assignment:
    """One that the prefecture reads before it is handed in."""
    survey = running_survey(town, division=division, prefectures_read_drafts=True)
    return assignment_of(survey, town)


def _written_by_proxy(town: Organization, division: Division, by: User) -> Assignment:
    """One that the prefecture writes for the town, without handing it in."""
    asked = assignment_of(running_survey(town, division=division), town)
    begin_proxy(
        asked,
        by=by,
        consent_by="総務課長",
        consent_how="電話",
        reason="被災",
        may_submit=False,
    )
    return asked


def _in_revision(town: Organization, division: Division, drafter: User) -> Survey:
    survey = running_survey(town, division=division, by=drafter)
    begin_revision(survey, by=drafter, reason="誤記")
    return survey


def _ministry(division: Division, joint: Division) -> dict[str, User]:
    other = DivisionFactory.create()
    return {
        "drafter": person_at(division, Role.DRAFTER),
        "approver": person_at(division, Role.APPROVER),
        "viewer": person_at(division, Role.VIEWER),
        "joint": person_at(joint, Role.DRAFTER, Role.APPROVER),
        "colleague": person_at(other, Role.DRAFTER, Role.APPROVER),
        "auditor": person_at(other, Role.AUDITOR),
        "system_admin": person_at(other, Role.SYSTEM_ADMIN),
    }


def _with_file(division: Division, joint: Division, drafter: User) -> tuple[Notice, Attachment]:
    notice = a_draft(division=division, by=drafter, joint_issuers=[joint])
    upload = SimpleUploadedFile("別紙.txt", b"text")
    (attachment,) = attach(notice, by=drafter, files=[upload], kind=AttachmentKind.ANNEX)
    return notice, attachment


def _cover_note_file(notice: Notice, *, by: User, is_public: bool = False) -> CoverNoteFile:
    words = Words(text="期限にご注意ください。", uploads=[SimpleUploadedFile("様式.txt", b"text")])
    note = write(notice, by=by, words=words, revision=0)
    if is_public:
        publish_cover_note(notice, by=by, revision=note.revision)
    return note.files.latest("position")


def _upload(asked: Assignment, by: User) -> AnswerUpload:
    """The workbook as it was downloaded: given back, it changes nothing."""
    with write_book(load_response(asked), {}) as book:
        return upload_book(asked, by=by, uploaded=SimpleUploadedFile("回答.xlsx", book.read()))


def _file(name: str, by: User) -> StoredFile:
    return store(SimpleUploadedFile(name, b"text"), kind="txt", by=by)
