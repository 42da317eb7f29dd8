"""What each address answers to whom. An actor that a row does not name gets 404.

Signed out, everything but the PUBLIC rows leads to the sign-in page; ``test_matrix`` adds that.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings

from tests.matrix.world import ACTORS, World

MINISTRY = "drafter approver viewer joint colleague auditor system_admin"
ISSUERS = "drafter approver viewer"
OTHERS_OF_MINISTRY = "joint colleague auditor system_admin"
ABOVE = "bureau prefecture"
TOWN = "officer reader org_admin"
READERS = f"{MINISTRY} {ABOVE} {TOWN}"
ELSEWHERE = "other_bureau other_prefecture stranger"
LOCAL = f"{ABOVE} {TOWN} {ELSEWHERE}"
EVERYBODY = f"{MINISTRY} {LOCAL}"
PUBLIC = f"anonymous {EVERYBODY}"
Arguments = Callable[[World], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """One address and method; ``answers`` gives the actors by status."""

    name: str
    answers: dict[int, str]
    method: str = "get"
    arguments: Arguments = lambda world: {}
    form: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.method, self.name, self.note) if part)

    def expected(self) -> dict[str, int]:
        """Status by actor, without the one who is signed out unless the row names them."""
        named = {
            actor: status for status, actors in self.answers.items() for actor in actors.split()
        }
        assert set(named) <= set(ACTORS), set(named) - set(ACTORS)
        return {actor: named.get(actor, 404) for actor in ACTORS if actor != "anonymous"} | {
            actor: status for actor, status in named.items() if actor == "anonymous"
        }


def of(which: str, **parts: str) -> Arguments:
    """Arguments from the world: ``pk`` is the object's, others are objects named by attribute."""
    return lambda world: {
        "pk": getattr(world, which).pk,
        **{name: getattr(world, attribute).pk for name, attribute in parts.items()},
    }


def of_nothing(_: World) -> dict[str, Any]:
    """For addresses without arguments."""
    return {}


def numbered(which: str, **numbers: int) -> Arguments:
    """Arguments from the world, with plain numbers."""
    return lambda world: {"pk": getattr(world, which).pk, **numbers}


def named(**parts: str) -> Arguments:
    """The same for addresses that name their object themselves."""
    return lambda world: {name: getattr(world, which).pk for name, which in parts.items()}


def post(
    name: str, answers: dict[int, str], arguments: Arguments = lambda w: {}, **form: Any
) -> Row:
    return Row(name, answers, "post", arguments, form)


def _table(table: str, ending: str) -> Arguments:
    """A table of the survey as a file."""
    return lambda world: {"survey_id": world.survey.pk, "table": table, "ending": ending}


FRAME = [
    Row("home", {200: EVERYBODY}),
    Row("calendar", {200: EVERYBODY}),
    Row("feeds:page", {200: EVERYBODY}),
    post("feeds:issuing", {302: EVERYBODY}, seen="0"),
    post("feeds:revocation", {302: EVERYBODY}, seen="0"),
    Row("feeds:notices", {200: PUBLIC}, arguments=lambda w: {"token": w.feed.token}),
    Row("feeds:notices", {404: PUBLIC}, arguments=lambda w: {"token": "0" * 64}, note="guessed"),
    Row("feeds:due", {200: PUBLIC}, arguments=lambda w: {"token": w.feed.token}),
    Row("feeds:due", {404: PUBLIC}, arguments=lambda w: {"token": "0" * 64}, note="guessed"),
    Row("search", {200: EVERYBODY}),
    Row("notifications", {200: EVERYBODY}),
    Row("mail_settings", {200: EVERYBODY}),
    post("mail_settings", {302: EVERYBODY}, timing="collected", hours="8"),
    Row("mail_settings", {200: EVERYBODY}, "post", form={"timing": "collected"}, note="no hour"),
    Row("people", {200: "org_admin"}),
    Row("divisions", {200: "org_admin"}),
    Row("divisions", {302: "org_admin"}, "post", form={"name": "保健課"}),
    Row("division", {200: "org_admin"}, arguments=of("section")),
    Row("division", {302: "org_admin"}, "post", of("section"), {"name": "保健課"}),
    post("division_closing", {302: "org_admin"}, of("section")),
    Row("answers_approval", {200: "org_admin"}),
    Row("answers_approval", {302: "org_admin"}, "post", form={"approval": "needed"}),
    Row("notices:routes", {200: "org_admin"}),
    post("notices:routes", {302: "org_admin"}, save="1"),
    Row("notices:topics", {200: "system_admin"}),
    Row("notices:topics", {302: "system_admin"}, "post", form={"name": "救急医療"}),
    Row("notices:topic", {200: "system_admin"}, arguments=of("topic")),
    Row("notices:topic", {302: "system_admin"}, "post", of("topic"), {"name": "救急医療"}),
    Row("scans", {200: "system_admin"}),
    Row("health", {200: PUBLIC}),
    Row("browsers", {200: PUBLIC}),
    Row("organization_search", {200: EVERYBODY}),
    Row(
        "organization",
        {200: EVERYBODY},
        arguments=lambda world: {"code": world.asked.organization.code},
    ),
    Row("account_login", {200: "anonymous", 302: EVERYBODY}),
    post("account_login", {200: "anonymous", 302: EVERYBODY}),
    Row("account_logout", {200: EVERYBODY, 302: "anonymous"}),
    post("account_logout", {302: PUBLIC}),
    Row("account_inactive", {200: PUBLIC}),
    Row("account_reset_password", {200: PUBLIC}),
    Row("account_reset_password_done", {200: PUBLIC}),
    Row(
        "account_reset_password_from_key",
        {200: PUBLIC},
        arguments=lambda world: {"uidb36": "1", "key": "wrong"},
    ),
    Row("account_reset_password_from_key_done", {200: PUBLIC}),
    Row("account_change_password", {200: EVERYBODY}),
]

CORRECTIONS = [
    Row("notices:draft", {200: f"{ISSUERS} joint auditor"}, arguments=of("draft"), note="draft"),
    Row(
        "notices:draft",
        {200: f"{ISSUERS} joint auditor"},
        arguments=of("corrected"),
        note="correction",
    ),
    Row("notices:draft", {}, arguments=of("published"), note="nothing in hand"),
    Row(
        "notices:attachment",
        {200: f"{ISSUERS} joint auditor"},
        arguments=of("corrected", attachment_pk="correction_attachment"),
        note="correction",
    ),
    Row(
        "notices:audience",
        {409: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE} {TOWN}"},
        arguments=of("corrected"),
        note="correction",
    ),
    Row(
        "notices:correction",
        {200: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE} {TOWN}"},
        arguments=of("published"),
    ),
    post(
        "notices:correction",
        {302: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE} {TOWN}"},
        of("published"),
        reason="誤字",
    ),
    post(
        "notices:correction_removal",
        {302: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE} {TOWN}"},
        of("corrected"),
    ),
    Row("notices:versions", {200: READERS}, arguments=of("published")),
    Row("notices:version", {200: READERS}, arguments=numbered("corrected", sequence=1)),
    Row("notices:version", {}, arguments=numbered("corrected", sequence=3), note="correction"),
    Row("notices:changes", {200: READERS}, arguments=of("corrected")),
    Row("notices:changes", {}, arguments=of("published"), note="one version"),
]

RELATIONS = [
    Row("notices:in_force", {200: EVERYBODY}),
    Row(
        "notices:relations",
        {200: "drafter", 403: "approver viewer joint auditor"},
        arguments=of("draft"),
    ),
    post(
        "notices:relations",
        {404: "drafter", 403: "approver viewer joint auditor"},
        of("draft"),
        target=2**40,
        kind="amends",
    ),
    post(
        "notices:relation_removal",
        {302: "drafter", 403: "approver viewer joint auditor"},
        numbered("draft", relation_pk=1),
    ),
]

WITHDRAWALS = [
    Row(
        "notices:withdrawal",
        {200: "approver", 403: f"drafter viewer {OTHERS_OF_MINISTRY} {ABOVE} {TOWN}"},
        arguments=of("published"),
    ),
    post(
        "notices:withdrawal",
        {302: "approver", 403: f"drafter viewer {OTHERS_OF_MINISTRY} {ABOVE} {TOWN}"},
        of("published"),
        reason="誤り",
    ),
    *(
        Row(
            f"notices:{name}",
            {200: f"{ISSUERS} auditor", 410: f"joint colleague system_admin {ABOVE} {TOWN}"},
            arguments=of("withdrawn"),
            note="withdrawn",
        )
        for name in ("detail", "readers", "readers_workbook")
    ),
    *(
        Row(
            f"notices:{name}",
            {410: f"{MINISTRY} joint {ABOVE} {TOWN}"},
            arguments=of("withdrawn"),
            note="withdrawn",
        )
        for name in ("versions", "print", "attachments_zip", "deliveries", "history", "draft")
    ),
    Row(
        "notices:attachment",
        {410: f"{MINISTRY} joint {ABOVE} {TOWN}"},
        arguments=of("withdrawn", attachment_pk="withdrawn_attachment"),
        note="withdrawn",
    ),
]

NOTICES = [
    Row("notices:inbox", {200: EVERYBODY}),
    *[
        post(
            name,
            {
                302: f"drafter approver joint colleague {ABOVE} officer org_admin {ELSEWHERE}",
                403: "viewer auditor system_admin reader",
            },
        )
        for name in ("notices:acknowledgements", "notices:hand_overs")
    ],
    Row("notices:published", {200: EVERYBODY}),
    Row("notices:search", {200: EVERYBODY}),
    Row("notices:saved_searches", {200: EVERYBODY}),
    Row(
        "notices:saved_searches",
        {302: EVERYBODY},
        "post",
        form={"name": "予防接種", "q": "予防接種"},
    ),
    post("notices:saved_search_notification", {302: "officer"}, of("saved_search")),
    post("notices:saved_search_removal", {302: "officer"}, of("saved_search")),
    Row("notices:drafts", {200: MINISTRY}),
    Row(
        "notices:new",
        {200: "drafter joint colleague", 403: f"approver viewer auditor system_admin {LOCAL}"},
    ),
    Row(
        "notices:autosave_new",
        {200: "drafter joint colleague", 403: f"approver viewer auditor system_admin {LOCAL}"},
    ),
    post(
        "notices:autosave_new",
        {422: "drafter joint colleague", 403: f"approver viewer auditor system_admin {LOCAL}"},
    ),
    Row(
        "notices:detail",
        {200: f"{ISSUERS} joint auditor"},
        arguments=of("draft"),
        note="draft",
    ),
    Row("notices:detail", {200: f"{MINISTRY} {ABOVE} {TOWN}"}, arguments=of("published")),
    post(
        "notices:preview_new",
        {200: "drafter joint colleague", 403: f"approver viewer auditor system_admin {LOCAL}"},
    ),
    post(
        "notices:pasted",
        {200: "drafter joint colleague", 403: f"approver viewer auditor system_admin {LOCAL}"},
    ),
    post("notices:preview", {200: "drafter", 403: "approver viewer joint auditor"}, of("draft")),
    Row("notices:print", {200: f"{ISSUERS} joint auditor"}, arguments=of("draft"), note="draft"),
    Row("notices:print", {200: f"{MINISTRY} {ABOVE} {TOWN}"}, arguments=of("published")),
    Row(
        "notices:edit",
        {200: "drafter", 403: "approver viewer joint auditor"},
        arguments=of("draft"),
    ),
    post("notices:edit", {200: "drafter", 403: "approver viewer joint auditor"}, of("draft")),
    Row(
        "notices:edit",
        {409: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE} {TOWN}"},
        arguments=of("published"),
        note="published",
    ),
    Row("notices:agreement", {200: "joint", 403: f"{ISSUERS} auditor"}, arguments=of("reviewed")),
    Row(
        "notices:autosave",
        {200: "drafter", 403: "approver viewer joint auditor"},
        arguments=of("draft"),
    ),
    post("notices:autosave", {422: "drafter", 403: "approver viewer joint auditor"}, of("draft")),
    Row(
        "notices:history",
        {200: f"{ISSUERS} auditor", 403: "joint"},
        arguments=of("draft"),
        note="draft",
    ),
    Row(
        "notices:history",
        {200: f"{ISSUERS} auditor", 403: f"joint colleague system_admin {ABOVE} {TOWN}"},
        arguments=of("published"),
    ),
    post(
        "notices:restoration",
        {302: "drafter", 403: "approver viewer joint auditor"},
        lambda world: {"pk": world.draft.pk, "copy_pk": 1},
    ),
    Row(
        "notices:template",
        {200: "drafter", 403: "approver viewer joint auditor"},
        arguments=of("draft"),
    ),
    Row(
        "notices:discard",
        {200: "drafter", 403: "approver viewer joint auditor"},
        arguments=of("draft"),
    ),
    post("notices:discard", {302: "drafter", 403: "approver viewer joint auditor"}, of("draft")),
    Row(
        "notices:templates",
        {200: "drafter joint colleague", 403: f"approver viewer auditor system_admin {LOCAL}"},
    ),
    post(
        "notices:template_removal",
        {403: f"approver viewer auditor system_admin {LOCAL}"},
        lambda world: {"template_pk": 1},
    ),
    post(
        "notices:attachment_place",
        {302: "drafter", 403: "approver viewer joint auditor"},
        of("draft", attachment_pk="draft_attachment"),
        move="up",
    ),
    post("notices:number", {302: "drafter", 403: "approver viewer joint auditor"}, of("draft")),
    Row(
        "notices:issuing_rules",
        {200: "drafter approver joint colleague", 403: f"viewer auditor system_admin {LOCAL}"},
    ),
    Row(
        "notices:issuing_rule",
        {200: "drafter approver", 403: f"viewer auditor system_admin {LOCAL}"},
        arguments=lambda world: {"pk": world.draft.division_id},
    ),
    post(
        "notices:issuing_rule",
        {302: "drafter approver", 403: f"viewer auditor system_admin {LOCAL}"},
        lambda world: {"pk": world.draft.division_id},
        symbol="医政発",
    ),
    Row(
        "notices:audience",
        {200: "drafter", 403: "approver viewer joint auditor"},
        arguments=of("draft"),
    ),
    post(
        "notices:audience",
        {200: "drafter", 403: "approver viewer joint auditor"},
        of("draft"),
        count="1",
    ),
    Row(
        "notices:attachments",
        {200: "drafter", 403: "approver viewer joint auditor"},
        arguments=of("draft"),
    ),
    post(
        "notices:attachments", {200: "drafter", 403: "approver viewer joint auditor"}, of("draft")
    ),
    Row(
        "notices:attachment",
        {200: f"{ISSUERS} joint auditor"},
        arguments=of("draft", attachment_pk="draft_attachment"),
        note="draft",
    ),
    Row(
        "notices:attachment",
        {200: f"{MINISTRY} {ABOVE} {TOWN}"},
        arguments=of("published", attachment_pk="attachment"),
    ),
    Row(
        "notices:attachments_zip",
        {200: f"{ISSUERS} joint auditor"},
        arguments=of("draft"),
        note="draft",
    ),
    Row(
        "notices:attachments_zip",
        {200: f"{MINISTRY} {ABOVE} {TOWN}"},
        arguments=of("published"),
    ),
    Row(
        "notices:attachment",
        {},
        arguments=of("published", attachment_pk="draft_attachment"),
        note="of another notice",
    ),
    post(
        "notices:attachment_removal",
        {302: "drafter", 403: "approver viewer joint auditor"},
        of("draft", attachment_pk="draft_attachment"),
    ),
    post("notices:review", {302: "drafter", 403: "approver viewer joint auditor"}, of("draft")),
    post(
        "notices:return",
        {302: "approver", 403: "drafter viewer joint auditor"},
        of("reviewed"),
        reason="誤字",
    ),
    Row(
        "notices:publication",
        {200: "approver", 403: "drafter viewer joint auditor"},
        arguments=of("reviewed"),
    ),
    post(
        "notices:publication",
        {302: "approver", 403: "drafter viewer joint auditor"},
        of("reviewed"),
    ),
    post(
        "notices:test_mail", {302: "drafter approver", 403: "viewer joint auditor"}, of("reviewed")
    ),
    post(
        "notices:schedule", {200: "approver", 403: "drafter viewer joint auditor"}, of("reviewed")
    ),
    post(
        "notices:schedule_cancellation",
        {302: "drafter approver", 403: "viewer joint auditor"},
        of("reviewed"),
    ),
    post(
        "notices:acknowledgement",
        {302: "officer org_admin", 403: f"{MINISTRY} {ABOVE} reader"},
        of("published"),
    ),
    *[
        post(name, {302: "officer org_admin", 403: f"{MINISTRY} {ABOVE} reader"}, of("published"))
        for name in ("notices:completion", "notices:completion_removal", "notices:decline_removal")
    ],
    *[
        Row(
            name,
            {200: "officer org_admin", 403: f"{MINISTRY} {ABOVE} reader"},
            method,
            of("published"),
        )
        for name in ("notices:hand_over", "notices:decline")
        for method in ("get", "post")
    ],
    Row(
        "notices:cover_note",
        {200: "prefecture", 403: f"{MINISTRY} bureau {TOWN}"},
        arguments=of("published"),
    ),
    post(
        "notices:cover_note",
        {302: "prefecture", 403: f"{MINISTRY} bureau {TOWN}"},
        of("published"),
        text="県への報告は不要です。",
        revision="1",
    ),
    post(
        "notices:cover_note_publication",
        {302: "prefecture", 403: f"{MINISTRY} bureau {TOWN}"},
        of("published"),
    ),
    Row(
        "notices:cover_note_file",
        {200: f"{MINISTRY} {ABOVE} {TOWN}"},
        arguments=of("published", file_pk="cover_note_file"),
    ),
    Row(
        "notices:cover_note_file",
        {200: "prefecture"},
        arguments=of("published", file_pk="unpublished_cover_note_file"),
        note="not published",
    ),
    Row(
        "notices:nudges",
        {200: f"drafter approver {ABOVE}", 403: f"viewer {OTHERS_OF_MINISTRY} {TOWN}"},
        arguments=of("published"),
    ),
    post(
        "notices:nudges",
        {302: f"drafter approver {ABOVE}", 403: f"viewer {OTHERS_OF_MINISTRY} {TOWN}"},
        of("published"),
        aim="unopened",
    ),
    Row("notices:questions", {200: EVERYBODY}),
    Row(
        "notices:ask",
        {200: "officer org_admin", 403: f"{MINISTRY} {ABOVE} reader"},
        arguments=of("published"),
    ),
    post(
        "notices:ask",
        {302: "officer org_admin", 403: f"{MINISTRY} {ABOVE} reader"},
        of("published"),
        text="期限は延びますか。",
        key="11111111-2222-4333-8444-555555555555",
    ),
    Row(
        "notices:question",
        {200: f"{ISSUERS} auditor {TOWN}"},
        arguments=of("published", question_pk="question"),
    ),
    Row(
        "notices:question",
        {},
        arguments=of("draft", question_pk="question"),
        note="of another notice",
    ),
    post(
        "notices:question_follow_up",
        {302: "officer org_admin", 403: f"{ISSUERS} auditor reader"},
        of("published", question_pk="question"),
        text="電子の場合はどうですか。",
        key="11111111-2222-4333-8444-555555555555",
    ),
    post(
        "notices:question_answer",
        {200: "drafter", 403: f"approver viewer auditor {TOWN}"},
        of("published", question_pk="question"),
    ),
    post(
        "notices:question_publication",
        {200: "drafter", 403: f"approver viewer auditor {TOWN}"},
        of("published", question_pk="question"),
    ),
    post(
        "notices:question_unpublication",
        {302: "drafter", 403: f"approver viewer auditor {TOWN}"},
        of("published", question_pk="question"),
    ),
    Row("notices:deliveries", {200: f"{MINISTRY} {ABOVE}"}, arguments=of("published")),
    Row(
        "notices:deliveries_workbook",
        {200: f"{MINISTRY} {ABOVE}"},
        arguments=of("published"),
    ),
    Row("notices:published_workbook", {200: EVERYBODY}),
    *CORRECTIONS,
    *RELATIONS,
    *WITHDRAWALS,
]

_RUN_IT = {200: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"}
_SURVEY_CLOSED = named(survey_id="survey_closed")


def _release_number(world: World) -> dict[str, Any]:
    return {"survey_id": world.release.survey_id, "number": world.release.number}


def _file_inside(world: World) -> dict[str, Any]:
    return {"survey_id": world.release.survey_id, "ending": "csv"}


def _file_outside(world: World) -> dict[str, Any]:
    return {"key": world.release.public_key, "ending": "xlsx"}


_EMPTY = {422: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"}
RESULTS = [
    Row("surveys:released", {200: EVERYBODY}),
    Row("surveys:results", {200: f"{MINISTRY} {TOWN}"}, arguments=named(survey_id="done_survey")),
    Row("surveys:results", {}, arguments=named(survey_id="survey"), note="not released"),
    Row(
        "surveys:results_file",
        {200: f"{MINISTRY} {TOWN}"},
        arguments=_file_inside,
    ),
    Row("surveys:open_results", {200: PUBLIC}, arguments=lambda w: {"key": w.release.public_key}),
    Row(
        "surveys:open_results",
        {404: PUBLIC},
        arguments=lambda w: {"key": UUID(int=1)},
        note="guessed",
    ),
    Row(
        "surveys:open_results_file",
        {200: PUBLIC},
        arguments=_file_outside,
    ),
    Row("surveys:releases", _RUN_IT, arguments=_SURVEY_CLOSED),
    Row("surveys:releases", _RUN_IT, arguments=named(survey_id="done_survey"), note="released"),
    Row("surveys:release_new", _RUN_IT, arguments=_SURVEY_CLOSED),
    post("surveys:release_preview", _EMPTY, _SURVEY_CLOSED),
    post("surveys:release_publication", _EMPTY, _SURVEY_CLOSED),
    Row("surveys:release_ending", _RUN_IT, arguments=_release_number),
    post(
        "surveys:release_ending",
        {302: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        _release_number,
    ),
]

_NOT_DRAFTING = f"approver viewer auditor system_admin {ABOVE} other_bureau other_prefecture"
DIVISION_AND_AUDITOR = f"{ISSUERS} auditor"
RUNNING = [
    Row(
        "surveys:survey_new",
        {200: "drafter joint colleague", 403: _NOT_DRAFTING},
    ),
    *(
        Row(
            name,
            {200: "drafter joint colleague", 403: _NOT_DRAFTING},
        )
        for name in ("surveys:templates", "surveys:bank_questions")
    ),
    Row(
        "surveys:template",
        {200: "drafter", 403: _NOT_DRAFTING},
        arguments=named(template_id="template"),
    ),
    Row(
        "surveys:template",
        {302: "drafter", 403: _NOT_DRAFTING},
        "post",
        named(template_id="template"),
        {"name": "新しい名称", "seen_name": "年次の体制調査"},
    ),
    Row(
        "surveys:template_image",
        {403: _NOT_DRAFTING},
        arguments=lambda world: {"template_id": world.template.pk, "file_id": "none"},
        note="no such image",
    ),
    post(
        "surveys:template_retirement",
        {302: "drafter", 403: _NOT_DRAFTING},
        named(template_id="template"),
    ),
    post(
        "surveys:bank_question_retirement",
        {302: "drafter", 403: _NOT_DRAFTING},
        named(question_id="bank_question"),
    ),
    Row(
        "surveys:survey",
        {200: DIVISION_AND_AUDITOR},
        arguments=named(survey_id="survey_draft"),
        note="draft",
    ),
    Row(
        "surveys:survey_edit",
        {200: "drafter", 403: "approver viewer auditor"},
        arguments=named(survey_id="survey_draft"),
    ),
    Row(
        "surveys:survey_audience",
        {200: "drafter", 403: "approver viewer auditor"},
        arguments=named(survey_id="survey_draft"),
    ),
    post(
        "surveys:survey_takeover",
        {302: "drafter", 403: "approver viewer auditor"},
        named(survey_id="survey_draft"),
    ),
    post(
        "surveys:survey_request",
        {302: "drafter", 403: "approver viewer auditor"},
        named(survey_id="survey_draft"),
    ),
    post(
        "surveys:survey_request_withdrawal",
        {302: "drafter", 403: "approver viewer auditor"},
        named(survey_id="survey_in_review"),
    ),
    post(
        "surveys:survey_return",
        {302: "approver", 403: "drafter viewer auditor"},
        named(survey_id="survey_in_review"),
        reason="理由",
    ),
    Row(
        "surveys:survey_approval",
        {200: "approver", 403: "drafter viewer auditor"},
        arguments=named(survey_id="survey_in_review"),
    ),
    post(
        "surveys:survey_approval",
        {302: "approver", 403: "drafter viewer auditor"},
        named(survey_id="survey_in_review"),
    ),
    post(
        "surveys:survey_schedule_cancellation",
        {302: "drafter approver", 403: "viewer auditor"},
        named(survey_id="survey_scheduled"),
    ),
    Row(
        "surveys:survey_cancellation",
        {200: "drafter approver", 403: "viewer auditor"},
        arguments=named(survey_id="survey_draft"),
        note="draft",
    ),
    Row(
        "surveys:survey_cancellation",
        {200: "approver", 403: f"drafter viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    Row(
        "surveys:survey_closing",
        {200: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    post(
        "surveys:survey_closing",
        {302: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey"),
    ),
    Row(
        "surveys:survey_widening",
        {200: "approver", 403: f"drafter viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    Row(
        "surveys:revision_new",
        {200: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    Row(
        "surveys:revision_publication",
        {200: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey_revised"),
    ),
    post(
        "surveys:revision_publication",
        {302: "approver", 403: f"drafter viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey_revised"),
    ),
    post(
        "surveys:revision_request",
        {302: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey_revised"),
    ),
    Row(
        "surveys:revision_discard",
        {200: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey_revised"),
    ),
    post(
        "surveys:revision_discard",
        {302: "drafter", 403: f"approver viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey_revised"),
    ),
    Row(
        "surveys:survey_reopening",
        {200: "approver", 403: f"drafter viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey_closed"),
    ),
]

_TOWN_READS = f"{TOWN} {ISSUERS} auditor"
CHECKING = [
    *(
        Row(
            f"surveys:{name}",
            {200: f"{_TOWN_READS} prefecture"},
            arguments=named(assignment_id="checked"),
            note="checked by the prefecture",
        )
        for name in ("review", "receipt", "comparison")
    ),
    Row(
        "surveys:review",
        {200: f"{TOWN} prefecture"},
        arguments=named(assignment_id="drafted"),
        note="draft read by the prefecture",
    ),
    Row(
        "surveys:section",
        {200: "officer", 403: "reader org_admin prefecture"},
        arguments=lambda w: {"assignment_id": w.drafted.pk, "section_id": "s1"},
        note="draft read by the prefecture",
    ),
    post(
        "surveys:answers",
        {400: "officer", 403: "reader org_admin prefecture"},
        named(assignment_id="drafted"),
    ),
    Row(
        "surveys:checking",
        {200: "prefecture", 403: _TOWN_READS},
        arguments=named(assignment_id="checked"),
    ),
    Row(
        "surveys:checking",
        {403: f"{TOWN} {ISSUERS} auditor"},
        arguments=named(assignment_id="submitted"),
        note="watched only",
    ),
    *[
        post(
            name,
            {302: "prefecture", 403: _TOWN_READS},
            named(assignment_id="checked"),
            reason="誤り",
        )
        for name in ("surveys:checking_return", "surveys:checking_confirmation")
    ],
    post(
        "surveys:confirmations",
        {302: "prefecture"},
        lambda w: {"survey_id": w.checked.survey_id},
    ),
    post("surveys:confirmations", {403: "prefecture"}, named(survey_id="survey")),
    Row(
        "surveys:confirmations",
        {200: "prefecture"},
        arguments=lambda w: {"survey_id": w.checked.survey_id},
    ),
]

ROUNDS = [
    Row(
        "surveys:survey_rounds",
        {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    Row("surveys:municipalities_note", {200: "prefecture"}, arguments=named(survey_id="survey")),
    post("surveys:municipalities_note", {422: "prefecture"}, named(survey_id="survey")),
    Row(
        "surveys:round_file",
        {200: f"{ISSUERS} {TOWN} prefecture"},
        arguments=lambda w: {"round_id": w.round.pk, "file_id": w.round.files.get().pk},
    ),
]
_PROXIED = named(assignment_id="proxied")
_HELPED = {403: "reader org_admin"}
PROXY = [
    Row("surveys:assignment", {200: f"{TOWN} prefecture"}, arguments=_PROXIED, note="proxied"),
    Row("surveys:review", {200: f"{TOWN} prefecture"}, arguments=_PROXIED, note="proxied"),
    Row(
        "surveys:section",
        {200: "officer prefecture", **_HELPED},
        arguments=lambda w: {"assignment_id": w.proxied.pk, "section_id": "s1"},
        note="proxied",
    ),
    Row(
        "surveys:answers",
        {400: "officer prefecture", **_HELPED},
        "post",
        _PROXIED,
        note="proxied",
    ),
    Row(
        "surveys:extension",
        {200: "officer", 403: "reader org_admin prefecture"},
        arguments=_PROXIED,
        note="proxied",
    ),
    post("surveys:proxy_end", {302: "officer org_admin prefecture", 403: "reader"}, _PROXIED),
    Row(
        "surveys:proxy",
        {200: "prefecture"},
        arguments=lambda w: {"survey_id": w.survey.pk, "assignment_id": w.asked.pk},
    ),
    post(
        "surveys:proxy",
        {422: "prefecture"},
        lambda w: {"survey_id": w.survey.pk, "assignment_id": w.asked.pk},
    ),
]

SURVEYS = [
    *RUNNING,
    *CHECKING,
    *ROUNDS,
    *PROXY,
    Row("surveys:assignments", {200: EVERYBODY}),
    Row(
        "surveys:surveys",
        {200: f"{MINISTRY} bureau prefecture other_bureau other_prefecture"},
    ),
    Row("surveys:assignment", {200: TOWN}, arguments=named(assignment_id="asked")),
    Row(
        "surveys:section",
        {200: "officer", 403: "reader org_admin"},
        arguments=lambda w: {"assignment_id": w.asked.pk, "section_id": "s1"},
    ),
    post(
        "surveys:section",
        {302: "officer", 403: "reader org_admin"},
        lambda w: {"assignment_id": w.asked.pk, "section_id": "s1"},
        seen="{}",
    ),
    post(
        "surveys:answers", {400: "officer", 403: "reader org_admin"}, named(assignment_id="asked")
    ),
    Row(
        "surveys:gathering",
        {200: "officer", 403: "reader org_admin"},
        arguments=named(assignment_id="asked"),
    ),
    post(
        "surveys:gathering",
        {422: "officer", 403: "reader org_admin"},
        named(assignment_id="asked"),
    ),
    post(
        "surveys:gathering_return",
        {409: "officer", 403: "reader org_admin"},
        named(assignment_id="asked"),
    ),
    Row(
        "surveys:part",
        {200: "officer", 403: "reader org_admin"},
        arguments=lambda w: {"assignment_id": w.asked.pk, "section_id": "s1"},
    ),
    post(
        "surveys:part",
        {422: "officer", 403: "reader org_admin"},
        lambda w: {"assignment_id": w.asked.pk, "section_id": "s1"},
    ),
    post(
        "surveys:part_return",
        {409: "officer", 403: "reader org_admin"},
        lambda w: {"assignment_id": w.asked.pk, "section_id": "s1"},
    ),
    post(
        "surveys:part_completion",
        {302: "officer", 403: "reader org_admin"},
        lambda w: {"assignment_id": w.asked.pk, "section_id": "s1"},
        undone="1",
    ),
    post(
        "surveys:previous_values",
        {409: "officer", 403: "reader org_admin"},
        named(assignment_id="asked"),
    ),
    Row("surveys:comparison", {200: TOWN}, arguments=named(assignment_id="asked")),
    Row(
        "surveys:comparison",
        {200: f"{TOWN} {ISSUERS} auditor"},
        arguments=named(assignment_id="submitted"),
        note="submitted",
    ),
    post(
        "surveys:presence", {200: "officer", 403: "reader org_admin"}, named(assignment_id="asked")
    ),
    Row(
        "surveys:answer_file",
        {200: f"{TOWN} {ISSUERS} auditor"},
        arguments=named(assignment_id="submitted", file_id="answer_file"),
    ),
    *(
        Row(
            name,
            {200: "officer", 403: "reader org_admin"},
            arguments=named(assignment_id="asked"),
        )
        for name in ("surveys:answer_book", "surveys:answer_book_file")
    ),
    Row(
        "surveys:answer_book",
        {200: "officer", 403: "reader org_admin"},
        "post",
        named(assignment_id="asked"),
        note="no file",
    ),
    Row(
        "surveys:answer_book",
        {302: "officer", 403: f"reader org_admin {ISSUERS} auditor"},
        arguments=named(assignment_id="submitted"),
        note="submitted",
    ),
    Row(
        "surveys:upload",
        {200: "officer", 403: "reader org_admin"},
        arguments=named(assignment_id="asked", upload_id="upload"),
    ),
    Row(
        "surveys:upload_taking_over",
        {409: "officer", 403: "reader org_admin"},
        "post",
        named(assignment_id="asked", upload_id="upload"),
        note="nothing seen",
    ),
    post(
        "surveys:upload_discarding",
        {302: "officer", 403: "reader org_admin"},
        named(assignment_id="asked", upload_id="upload"),
    ),
    Row("surveys:review", {200: TOWN}, arguments=named(assignment_id="asked")),
    Row(
        "surveys:review",
        {200: f"{TOWN} {ISSUERS} auditor"},
        arguments=named(assignment_id="submitted"),
        note="submitted",
    ),
    post(
        "surveys:reasons", {302: "officer", 403: "reader org_admin"}, named(assignment_id="asked")
    ),
    post(
        "surveys:submission",
        {302: "officer", 403: "reader org_admin"},
        named(assignment_id="asked"),
    ),
    post(
        "surveys:submission",
        {302: "officer", 403: f"reader org_admin {ISSUERS} auditor"},
        named(assignment_id="submitted"),
    ),
    Row(
        "surveys:approvals",
        {
            200: f"approver joint colleague {ABOVE} officer other_bureau other_prefecture stranger",
            403: "drafter viewer auditor system_admin reader org_admin",
        },
    ),
    post(
        "surveys:approval", {302: "officer", 403: "reader org_admin"}, named(assignment_id="asked")
    ),
    *[
        post(
            name,
            {302: "officer", 403: "reader org_admin"},
            named(assignment_id="awaiting"),
            reason="誤り",
        )
        for name in ("surveys:approval_return", "surveys:approval_withdrawal")
    ],
    post(
        "surveys:remark_settlement",
        {302: "officer", 403: "reader org_admin"},
        named(assignment_id="asked", remark_id="remark"),
    ),
    Row("surveys:receipt", {}, arguments=named(assignment_id="asked"), note="not submitted"),
    Row(
        "surveys:past_receipt",
        {200: f"{TOWN} {ISSUERS} auditor"},
        arguments=lambda w: {"assignment_id": w.submitted.pk, "number": 1},
    ),
    Row(
        "surveys:receipt",
        {200: f"{TOWN} {ISSUERS} auditor"},
        arguments=named(assignment_id="submitted"),
    ),
    post(
        "surveys:pulling_back",
        {302: "officer", 403: f"reader org_admin {ISSUERS} auditor"},
        named(assignment_id="submitted"),
    ),
    Row(
        "surveys:not_applicable",
        {200: "officer", 403: "reader org_admin"},
        arguments=named(assignment_id="asked"),
    ),
    post(
        "surveys:not_applicable",
        {302: "officer", 403: "reader org_admin"},
        named(assignment_id="asked"),
        reason="対象がないため。",
    ),
    Row(
        "surveys:extension",
        {200: "officer", 403: "reader org_admin"},
        arguments=named(assignment_id="asked"),
    ),
    post(
        "surveys:extension",
        {302: "officer", 403: "reader org_admin"},
        named(assignment_id="asked"),
    ),
    post(
        "surveys:extension_withdrawal",
        {302: "officer", 403: "reader org_admin"},
        named(assignment_id="asked", request_id="extension"),
    ),
    Row("surveys:inquiries", {200: TOWN}, arguments=named(assignment_id="asked")),
    post(
        "surveys:inquiries",
        {422: "officer", 403: "reader org_admin"},
        named(assignment_id="asked"),
    ),
    Row(
        "surveys:survey_inquiries",
        {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    Row(
        "surveys:survey_inquiry",
        {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey", inquiry_id="inquiry"),
    ),
    *[
        post(
            name,
            {422: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
            named(survey_id="survey", inquiry_id="inquiry"),
        )
        for name in ("surveys:inquiry_reply", "surveys:inquiry_publication")
    ],
    post(
        "surveys:inquiry_unpublication",
        {302: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey", inquiry_id="inquiry"),
    ),
    Row(
        "surveys:survey_extensions",
        {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    post(
        "surveys:survey_extensions",
        {422: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey"),
    ),
    Row(
        "surveys:time_giving",
        {200: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    post(
        "surveys:time_giving",
        {422: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey"),
    ),
    *(
        Row(
            name,
            {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
            arguments=named(survey_id="done_survey"),
        )
        for name in ("surveys:checks", "surveys:outliers", "surveys:analysis")
    ),
    Row(
        "surveys:analysis_table",
        {302: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=lambda world: {"survey_id": world.done_survey.pk, "ending": "csv"},
    ),
    *(
        post(
            name,
            {302: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
            named(survey_id="done_survey"),
        )
        for name in ("surveys:acceptance", "surveys:returns")
    ),
    Row(
        "surveys:acceptance",
        {200: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="done_survey"),
    ),
    Row(
        "surveys:reminders",
        {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    Row(
        "surveys:reminder",
        {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey", reminder_id="reminder"),
    ),
    *(
        post(
            name,
            {302: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
            named(survey_id="survey"),
        )
        for name in ("surveys:reminder_plan", "surveys:reminder_sending")
    ),
    Row("disasters", {200: MINISTRY}),
    Row("disaster", {200: MINISTRY}, arguments=of("disaster")),
    *(
        post(
            name,
            {
                422: "approver joint colleague system_admin",
                403: "drafter viewer auditor",
            },
            arguments,
        )
        for name, arguments in (("disasters", of_nothing), ("disaster", of("disaster")))
    ),
    Row(
        "surveys:returns",
        {302: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="done_survey"),
    ),
    Row(
        "surveys:check",
        {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="done_survey", assignment_id="submitted"),
    ),
    *(
        post(
            name,
            {422: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
            named(survey_id="done_survey", assignment_id="submitted"),
        )
        for name in ("surveys:check", "surveys:check_comments")
    ),
    Row(
        "surveys:survey",
        {200: f"{MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    Row("surveys:municipalities", {200: "prefecture"}, arguments=named(survey_id="survey")),
    *(
        Row(name, {200: f"{MINISTRY} {ABOVE}"}, arguments=named(survey_id="survey"))
        for name in ("surveys:preview", "surveys:flow", "surveys:survey_organizations")
    ),
    *(
        Row(
            "surveys:survey_table",
            {200: f"{MINISTRY} {ABOVE}"},
            arguments=_table(table, ending),
            note=f"{table} {ending}",
        )
        for table, ending in (("organizations", "xlsx"), ("days", "csv"))
    ),
    Row(
        "surveys:question_image",
        {},
        arguments=lambda world: {"survey_id": world.survey.pk, "file_id": "none"},
        note="no such image",
    ),
    *(
        Row(name, {200: MINISTRY, 403: ABOVE}, arguments=named(survey_id="survey"))
        for name in ("surveys:likeness", "survey_burden")
    ),
    post(
        "surveys:preview_evaluation",
        {200: f"{MINISTRY} {ABOVE}"},
        named(survey_id="survey"),
    ),
    Row(
        "surveys:compilations",
        {200: ISSUERS, 403: f"{OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    post(
        "surveys:compilations",
        {302: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey"),
    ),
    Row(
        "surveys:compilation_new",
        {200: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        arguments=named(survey_id="survey"),
    ),
    post(
        "surveys:compilation_new",
        {422: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey"),
    ),
    post(
        "surveys:layout_deletion",
        {302: "drafter approver", 403: f"viewer {OTHERS_OF_MINISTRY} {ABOVE}"},
        named(survey_id="survey", layout_id="layout"),
    ),
    Row("surveys:compilation", {200: ISSUERS}, arguments=named(compilation_id="waiting")),
    Row("surveys:compilation_full_texts", {200: ISSUERS}, arguments=named(compilation_id="done")),
    Row("surveys:compilation_file", {200: ISSUERS}, arguments=named(compilation_id="done")),
    Row(
        "surveys:compilation_file", {}, arguments=named(compilation_id="waiting"), note="unfinished"
    ),
    post(
        "surveys:compilation_cancellation",
        {302: "drafter approver", 403: "viewer"},
        named(compilation_id="waiting"),
    ),
]

_RUNS_DRAFT = named(survey_id="survey_draft")


def _in_draft(**parts: str) -> Arguments:
    return lambda world: {"survey_id": world.survey_draft.pk, **parts}


_WRITES = {200: "drafter", 403: "approver viewer auditor"}

BUILDER = [
    Row(
        "surveys:questionnaire",
        {200: "drafter approver", 403: "viewer auditor"},
        arguments=_RUNS_DRAFT,
    ),
    post(
        "surveys:questionnaire_steps",
        {302: "drafter", 403: "approver viewer auditor"},
        _RUNS_DRAFT,
        do="duplicate staff",
        revision="0",
    ),
    Row("surveys:bank", _WRITES, arguments=_RUNS_DRAFT),
    Row("surveys:survey_templates", _WRITES, arguments=_RUNS_DRAFT),
    Row(
        "surveys:template_keeping",
        {302: "drafter", 403: "approver viewer auditor"},
        "post",
        _RUNS_DRAFT,
        {"name": "毎年の調査"},
    ),
    post(
        "surveys:template_taking",
        {302: "drafter", 403: "approver viewer auditor"},
        named(survey_id="survey_draft", template_id="template"),
    ),
    post("surveys:bank_taking", {403: "approver viewer auditor"}, _RUNS_DRAFT),
    post(
        "surveys:bank_keeping",
        {302: "drafter", 403: "approver viewer auditor"},
        _RUNS_DRAFT,
        question="staff",
    ),
    Row(
        "surveys:questionnaire_file",
        {200: "drafter approver", 403: "viewer auditor"},
        arguments=_RUNS_DRAFT,
    ),
    Row(
        "surveys:questionnaire_sheets",
        {200: "drafter approver", 403: "viewer auditor"},
        arguments=_RUNS_DRAFT,
    ),
    Row(
        "surveys:questionnaire_xlsform",
        {200: "drafter approver", 403: "viewer auditor"},
        arguments=_RUNS_DRAFT,
    ),
    Row("surveys:questionnaire_import", _WRITES, arguments=_RUNS_DRAFT),
    post(
        "surveys:questionnaire_import_taking_over",
        {302: "drafter", 403: "approver viewer auditor"},
        _RUNS_DRAFT,
        revision="0",
        held='{"sections": [], "rules": []}',
    ),
    post(
        "surveys:questionnaire_import",
        {422: "drafter", 403: "approver viewer auditor"},
        _RUNS_DRAFT,
    ),
    Row("surveys:questionnaire_new", _WRITES, arguments=_RUNS_DRAFT),
    Row("surveys:questionnaire_section", _WRITES, arguments=_in_draft(section_id="s1")),
    post("surveys:questionnaire_section", _WRITES, _in_draft(section_id="s1")),
    Row("surveys:question", _WRITES, arguments=_in_draft(question_id="form")),
    post("surveys:question", _WRITES, _in_draft(question_id="form")),
    Row(
        "surveys:question",
        {403: "approver viewer auditor"},
        "get",
        _in_draft(question_id="no"),
        note="gone",
    ),
    Row(
        "surveys:questionnaire_calculation",
        {403: "approver viewer auditor"},
        arguments=_in_draft(question_id="staff"),
        note="typed",
    ),
    Row("surveys:questionnaire_rule_new", _WRITES, arguments=_RUNS_DRAFT),
    post("surveys:questionnaire_rule_new", _WRITES, _RUNS_DRAFT),
    Row("surveys:questionnaire_rule", _WRITES, arguments=_in_draft(rule_id="few")),
    post("surveys:questionnaire_rule", _WRITES, _in_draft(rule_id="few")),
    Row(
        "surveys:questionnaire_condition",
        _WRITES,
        arguments=_in_draft(kind="question", part_id="name"),
    ),
    post(
        "surveys:questionnaire_condition",
        {409: "drafter", 403: "approver viewer auditor"},
        _in_draft(kind="section", part_id="s2"),
    ),
    Row("surveys:questionnaire_image_new", _WRITES, arguments=_RUNS_DRAFT),
    Row("surveys:questionnaire_image", _WRITES, arguments=_in_draft(question_id="form")),
    *(
        post(name, {422: "drafter", 403: "approver viewer auditor"}, arguments)
        for name, arguments in (
            ("surveys:questionnaire_image_new", _RUNS_DRAFT),
            ("surveys:questionnaire_image", _in_draft(question_id="form")),
        )
    ),
    Row(
        "surveys:questionnaire_calculation_autosave",
        {403: "approver viewer auditor"},
        arguments=_in_draft(question_id="staff"),
        note="typed",
    ),
    *(
        row
        for name, arguments in (
            ("surveys:questionnaire_section_autosave", _in_draft(section_id="s1")),
            (
                "surveys:questionnaire_condition_autosave",
                _in_draft(kind="question", part_id="name"),
            ),
            ("surveys:questionnaire_rule_autosave", _in_draft(rule_id="few")),
            ("surveys:questionnaire_rule_new_autosave", _RUNS_DRAFT),
        )
        for row in (
            Row(name, _WRITES, arguments=arguments),
            post(
                name,
                {
                    (409 if "condition" in name else 422): "drafter",
                    403: "approver viewer auditor",
                },
                arguments,
            ),
        )
    ),
    Row("surveys:question_autosave", _WRITES, arguments=_in_draft(question_id="form")),
    post(
        "surveys:question_autosave",
        {422: "drafter", 403: "approver viewer auditor"},
        _in_draft(question_id="form"),
    ),
]

DEMO = [
    Row("demo:accounts", {200: PUBLIC}),
    post("demo:sign_in", {404: PUBLIC}, email="nobody@example.jp"),
    Row("demo:outbox", {200: PUBLIC}),
    Row("demo:mail", {200: PUBLIC}, arguments=of("mail")),
    Row("demo:styleguide", {200: PUBLIC}),
]

TABLE = [*FRAME, *NOTICES, *SURVEYS, *RESULTS, *BUILDER, *(DEMO if settings.DEMO else [])]
