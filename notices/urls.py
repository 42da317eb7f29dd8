"""Addresses of notices: a change of state is a POST to a sub-resource."""

from django.urls import path

from notices.views.agreement import agreement
from notices.views.arranging import attachment_place
from notices.views.audience import audience
from notices.views.autosave import autosave, autosave_new
from notices.views.bundles import attachments_zip
from notices.views.chosen import acknowledgements, hand_overs
from notices.views.correcting import correction, correction_removal, draft
from notices.views.cover_notes import cover_note, cover_note_file, cover_note_publication
from notices.views.decisions import (
    publication,
    return_,
    review,
    schedule,
    schedule_cancellation,
    test_mail,
)
from notices.views.drafting import attachment_removal, attachments, edit_text, new, number
from notices.views.following import deliveries
from notices.views.history import history, restoration
from notices.views.in_force import in_force
from notices.views.inbox import inbox
from notices.views.letters import preview, preview_new, printout
from notices.views.lists import drafts, published
from notices.views.nudging import nudges
from notices.views.pages import attachment, detail
from notices.views.passing_on import declining, handing_over
from notices.views.pasting import pasted
from notices.views.question_list import questions
from notices.views.questions import (
    answer_question,
    ask_question,
    follow_up_question,
    publish_question,
    question,
    unpublish_question,
)
from notices.views.receiving import (
    acknowledgement,
    completion,
    completion_removal,
    decline_removal,
)
from notices.views.relations import relation_removal, relations
from notices.views.routes import routes
from notices.views.ruling import issuing_rule, issuing_rules
from notices.views.saved import saved_search_notification, saved_search_removal, saved_searches
from notices.views.searching import search
from notices.views.templates import discard, template, template_removal, templates
from notices.views.topics import topic, topics
from notices.views.versions import changes, version, versions
from notices.views.withdrawing import readers, readers_workbook, withdrawal
from notices.views.workbooks import deliveries_workbook, published_workbook

app_name = "notices"

urlpatterns = [
    path("", inbox, name="inbox"),
    path("acknowledgements/", acknowledgements, name="acknowledgements"),
    path("hand-overs/", hand_overs, name="hand_overs"),
    path("routes/", routes, name="routes"),
    path("published/", published, name="published"),
    path("published.xlsx", published_workbook, name="published_workbook"),
    path("questions/", questions, name="questions"),
    path("drafts/", drafts, name="drafts"),
    path("in-force/", in_force, name="in_force"),
    path("search/", search, name="search"),
    path("search/saved/", saved_searches, name="saved_searches"),
    path(
        "search/saved/<int:pk>/notification/",
        saved_search_notification,
        name="saved_search_notification",
    ),
    path("search/saved/<int:pk>/removal/", saved_search_removal, name="saved_search_removal"),
    path("new/", new, name="new"),
    path("pasted/", pasted, name="pasted"),
    path("new/text/", autosave_new, name="autosave_new"),
    path("new/preview/", preview_new, name="preview_new"),
    path("templates/", templates, name="templates"),
    path("templates/<int:template_pk>/removal/", template_removal, name="template_removal"),
    path("topics/", topics, name="topics"),
    path("topics/<int:pk>/", topic, name="topic"),
    path("rules/", issuing_rules, name="issuing_rules"),
    path("rules/<int:pk>/", issuing_rule, name="issuing_rule"),
    path("<int:pk>/", detail, name="detail"),
    path("<int:pk>/preview/", preview, name="preview"),
    path("<int:pk>/print/", printout, name="print"),
    path("<int:pk>/draft/", draft, name="draft"),
    path("<int:pk>/correction/", correction, name="correction"),
    path("<int:pk>/correction/removal/", correction_removal, name="correction_removal"),
    path("<int:pk>/versions/", versions, name="versions"),
    path("<int:pk>/versions/<int:sequence>/", version, name="version"),
    path("<int:pk>/changes/", changes, name="changes"),
    path("<int:pk>/relations/", relations, name="relations"),
    path(
        "<int:pk>/relations/<int:relation_pk>/removal/", relation_removal, name="relation_removal"
    ),
    path("<int:pk>/withdrawal/", withdrawal, name="withdrawal"),
    path("<int:pk>/readers/", readers, name="readers"),
    path("<int:pk>/readers/workbook/", readers_workbook, name="readers_workbook"),
    path("<int:pk>/edit/", edit_text, name="edit"),
    path("<int:pk>/agreement/", agreement, name="agreement"),
    path("<int:pk>/text/", autosave, name="autosave"),
    path("<int:pk>/history/", history, name="history"),
    path("<int:pk>/copies/<int:copy_pk>/restoration/", restoration, name="restoration"),
    path("<int:pk>/template/", template, name="template"),
    path("<int:pk>/discard/", discard, name="discard"),
    path("<int:pk>/number/", number, name="number"),
    path("<int:pk>/audience/", audience, name="audience"),
    path("<int:pk>/attachments/", attachments, name="attachments"),
    path("<int:pk>/attachments.zip", attachments_zip, name="attachments_zip"),
    path("<int:pk>/attachments/<int:attachment_pk>/", attachment, name="attachment"),
    path(
        "<int:pk>/attachments/<int:attachment_pk>/removal/",
        attachment_removal,
        name="attachment_removal",
    ),
    path(
        "<int:pk>/attachments/<int:attachment_pk>/place/", attachment_place, name="attachment_place"
    ),
    path("<int:pk>/review/", review, name="review"),
    path("<int:pk>/return/", return_, name="return"),
    path("<int:pk>/publication/", publication, name="publication"),
    path("<int:pk>/test-mail/", test_mail, name="test_mail"),
    path("<int:pk>/schedule/", schedule, name="schedule"),
    path("<int:pk>/schedule/cancellation/", schedule_cancellation, name="schedule_cancellation"),
    path("<int:pk>/acknowledgement/", acknowledgement, name="acknowledgement"),
    path("<int:pk>/completion/", completion, name="completion"),
    path("<int:pk>/completion/removal/", completion_removal, name="completion_removal"),
    path("<int:pk>/hand-over/", handing_over, name="hand_over"),
    path("<int:pk>/decline/", declining, name="decline"),
    path("<int:pk>/decline/removal/", decline_removal, name="decline_removal"),
    path("<int:pk>/deliveries/", deliveries, name="deliveries"),
    path("<int:pk>/deliveries.xlsx", deliveries_workbook, name="deliveries_workbook"),
    path("<int:pk>/cover-note/", cover_note, name="cover_note"),
    path("<int:pk>/cover-note/publication/", cover_note_publication, name="cover_note_publication"),
    path("<int:pk>/cover-note/files/<int:file_pk>/", cover_note_file, name="cover_note_file"),
    path("<int:pk>/nudges/", nudges, name="nudges"),
    path("<int:pk>/questions/", ask_question, name="ask"),
    path("<int:pk>/questions/<int:question_pk>/", question, name="question"),
    path(
        "<int:pk>/questions/<int:question_pk>/follow-ups/",
        follow_up_question,
        name="question_follow_up",
    ),
    path("<int:pk>/questions/<int:question_pk>/answers/", answer_question, name="question_answer"),
    path(
        "<int:pk>/questions/<int:question_pk>/publication/",
        publish_question,
        name="question_publication",
    ),
    path(
        "<int:pk>/questions/<int:question_pk>/publication/removal/",
        unpublish_question,
        name="question_unpublication",
    ),
]
