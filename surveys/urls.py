"""Addresses of surveys."""

from django.urls import path

from surveys.views import (
    answer_books,
    answering_inquiries,
    answers,
    approval,
    assignments,
    bank,
    carrying,
    compilations,
    deciding,
    deciding_extensions,
    ending,
    extensions,
    flow,
    frame,
    images,
    inquiries,
    likeness,
    managed,
    municipalities,
    not_applicable,
    parts,
    presence,
    previews,
    receipts,
    review,
    revising,
    sections,
    templates,
)
from surveys.views.builder import bank as bank_beside
from surveys.views.builder import (
    calculation,
    condition,
    files,
    page,
    question,
    rule,
    section,
)
from surveys.views.builder import templates as templates_beside

app_name = "surveys"

urlpatterns = [
    path("", assignments.assignments, name="assignments"),
    path("assignments/<int:assignment_id>/", assignments.assignment, name="assignment"),
    path(
        "assignments/<int:assignment_id>/sections/<str:section_id>/",
        sections.section,
        name="section",
    ),
    path(
        "assignments/<int:assignment_id>/sections/<str:section_id>/part/", parts.part, name="part"
    ),
    path(
        "assignments/<int:assignment_id>/sections/<str:section_id>/part/return/",
        parts.part_return,
        name="part_return",
    ),
    path(
        "assignments/<int:assignment_id>/sections/<str:section_id>/part/completion/",
        parts.part_completion,
        name="part_completion",
    ),
    path("assignments/<int:assignment_id>/answers/", answers.answers, name="answers"),
    path(
        "assignments/<int:assignment_id>/previous-values/",
        carrying.previous_values,
        name="previous_values",
    ),
    path("assignments/<int:assignment_id>/comparison/", carrying.comparison, name="comparison"),
    path("assignments/<int:assignment_id>/presence/", presence.presence, name="presence"),
    path(
        "assignments/<int:assignment_id>/files/<uuid:file_id>/",
        assignments.answer_file,
        name="answer_file",
    ),
    path("assignments/<int:assignment_id>/workbook/", answer_books.answer_book, name="answer_book"),
    path(
        "assignments/<int:assignment_id>/workbook/file/",
        answer_books.answer_book_file,
        name="answer_book_file",
    ),
    path(
        "assignments/<int:assignment_id>/uploads/<int:upload_id>/",
        answer_books.upload,
        name="upload",
    ),
    path(
        "assignments/<int:assignment_id>/uploads/<int:upload_id>/taking-over/",
        answer_books.upload_taking_over,
        name="upload_taking_over",
    ),
    path(
        "assignments/<int:assignment_id>/uploads/<int:upload_id>/discarding/",
        answer_books.upload_discarding,
        name="upload_discarding",
    ),
    path("assignments/<int:assignment_id>/review/", review.review, name="review"),
    path("assignments/<int:assignment_id>/reasons/", review.reasons, name="reasons"),
    path("assignments/<int:assignment_id>/submission/", review.submission, name="submission"),
    path("assignments/<int:assignment_id>/approval/", review.approval, name="approval"),
    path(
        "assignments/<int:assignment_id>/approval/return/",
        approval.approval_return,
        name="approval_return",
    ),
    path(
        "assignments/<int:assignment_id>/approval/withdrawal/",
        approval.approval_withdrawal,
        name="approval_withdrawal",
    ),
    path(
        "assignments/<int:assignment_id>/remarks/<int:remark_id>/settlement/",
        approval.remark_settlement,
        name="remark_settlement",
    ),
    path("approvals/", approval.approvals, name="approvals"),
    path("assignments/<int:assignment_id>/receipt/", receipts.receipt, name="receipt"),
    path(
        "assignments/<int:assignment_id>/receipts/<int:number>/",
        receipts.past_receipt,
        name="past_receipt",
    ),
    path(
        "assignments/<int:assignment_id>/receipt/pulling-back/",
        receipts.pulling_back,
        name="pulling_back",
    ),
    path(
        "assignments/<int:assignment_id>/not-applicable/",
        not_applicable.not_applicable,
        name="not_applicable",
    ),
    path("assignments/<int:assignment_id>/extension/", extensions.extension, name="extension"),
    path(
        "assignments/<int:assignment_id>/extension/<int:request_id>/withdrawal/",
        extensions.extension_withdrawal,
        name="extension_withdrawal",
    ),
    path(
        "managed/<int:survey_id>/extensions/",
        deciding_extensions.survey_extensions,
        name="survey_extensions",
    ),
    path("assignments/<int:assignment_id>/inquiries/", inquiries.inquiries, name="inquiries"),
    path(
        "managed/<int:survey_id>/inquiries/",
        answering_inquiries.survey_inquiries,
        name="survey_inquiries",
    ),
    path(
        "managed/<int:survey_id>/inquiries/<int:inquiry_id>/",
        answering_inquiries.survey_inquiry,
        name="survey_inquiry",
    ),
    path(
        "managed/<int:survey_id>/inquiries/<int:inquiry_id>/reply/",
        answering_inquiries.inquiry_reply,
        name="inquiry_reply",
    ),
    path(
        "managed/<int:survey_id>/inquiries/<int:inquiry_id>/publication/",
        answering_inquiries.inquiry_publication,
        name="inquiry_publication",
    ),
    path(
        "managed/<int:survey_id>/inquiries/<int:inquiry_id>/publication/removal/",
        answering_inquiries.inquiry_unpublication,
        name="inquiry_unpublication",
    ),
    path("managed/", managed.surveys, name="surveys"),
    path("managed/bank/", bank.bank_questions, name="bank_questions"),
    path(
        "managed/bank/<int:question_id>/retirement/",
        bank.bank_question_retirement,
        name="bank_question_retirement",
    ),
    path("managed/templates/", templates.templates, name="templates"),
    path("managed/templates/<int:template_id>/", templates.template, name="template"),
    path(
        "managed/templates/<int:template_id>/retirement/",
        templates.template_retirement,
        name="template_retirement",
    ),
    path("managed/new/", frame.survey_new, name="survey_new"),
    path("managed/<int:survey_id>/edit/", frame.survey_edit, name="survey_edit"),
    path("managed/<int:survey_id>/audience/", frame.survey_audience, name="survey_audience"),
    path("managed/<int:survey_id>/takeover/", frame.survey_takeover, name="survey_takeover"),
    path("managed/<int:survey_id>/request/", deciding.survey_request, name="survey_request"),
    path(
        "managed/<int:survey_id>/request/withdrawal/",
        deciding.survey_request_withdrawal,
        name="survey_request_withdrawal",
    ),
    path("managed/<int:survey_id>/return/", deciding.survey_return, name="survey_return"),
    path("managed/<int:survey_id>/approval/", deciding.survey_approval, name="survey_approval"),
    path(
        "managed/<int:survey_id>/schedule/cancellation/",
        deciding.survey_schedule_cancellation,
        name="survey_schedule_cancellation",
    ),
    path(
        "managed/<int:survey_id>/cancellation/",
        ending.survey_cancellation,
        name="survey_cancellation",
    ),
    path("managed/<int:survey_id>/closing/", ending.survey_closing, name="survey_closing"),
    path("managed/<int:survey_id>/reopening/", ending.survey_reopening, name="survey_reopening"),
    path("managed/<int:survey_id>/revision/", revising.revision_new, name="revision_new"),
    path(
        "managed/<int:survey_id>/revision/publication/",
        revising.revision_publication,
        name="revision_publication",
    ),
    path(
        "managed/<int:survey_id>/revision/discard/",
        revising.revision_discard,
        name="revision_discard",
    ),
    path("managed/<int:survey_id>/", managed.survey, name="survey"),
    path("managed/<int:survey_id>/preview/", previews.preview, name="preview"),
    path(
        "managed/<int:survey_id>/preview/evaluation/",
        previews.preview_evaluation,
        name="preview_evaluation",
    ),
    path(
        "managed/<int:survey_id>/images/<str:file_id>/",
        images.question_image,
        name="question_image",
    ),
    path("managed/<int:survey_id>/flow/", flow.flow, name="flow"),
    path("managed/<int:survey_id>/likeness/", likeness.likeness, name="likeness"),
    path("managed/<int:survey_id>/questionnaire/", page.questionnaire, name="questionnaire"),
    path("managed/<int:survey_id>/bank/", bank_beside.bank, name="bank"),
    path("managed/<int:survey_id>/bank/taking/", bank_beside.bank_taking, name="bank_taking"),
    path("managed/<int:survey_id>/bank/keeping/", bank_beside.bank_keeping, name="bank_keeping"),
    path(
        "managed/<int:survey_id>/templates/",
        templates_beside.survey_templates,
        name="survey_templates",
    ),
    path(
        "managed/<int:survey_id>/templates/keeping/",
        templates_beside.template_keeping,
        name="template_keeping",
    ),
    path(
        "managed/<int:survey_id>/templates/<int:template_id>/taking/",
        templates_beside.template_taking,
        name="template_taking",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/file/",
        files.questionnaire_file,
        name="questionnaire_file",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/import/",
        files.questionnaire_import,
        name="questionnaire_import",
    ),
    path("managed/<int:survey_id>/questionnaire/steps/", page.steps, name="questionnaire_steps"),
    path("managed/<int:survey_id>/questionnaire/new/", page.new_question, name="questionnaire_new"),
    path(
        "managed/<int:survey_id>/questionnaire/sections/<str:section_id>/",
        section.section,
        name="questionnaire_section",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/questions/<str:question_id>/",
        question.question,
        name="question",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/questions/<str:question_id>/autosave/",
        question.question_autosave,
        name="question_autosave",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/questions/<str:question_id>/calculation/",
        calculation.calculation,
        name="questionnaire_calculation",
    ),
    path("managed/<int:survey_id>/questionnaire/rules/", rule.rule, name="questionnaire_rule_new"),
    path(
        "managed/<int:survey_id>/questionnaire/rules/<str:rule_id>/",
        rule.rule,
        name="questionnaire_rule",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/conditions/<str:kind>/<str:part_id>/",
        condition.condition,
        name="questionnaire_condition",
    ),
    path(
        "managed/<int:survey_id>/municipalities/",
        municipalities.municipalities,
        name="municipalities",
    ),
    path("managed/<int:survey_id>/compilations/", managed.compilations, name="compilations"),
    path(
        "managed/compilations/<int:compilation_id>/", compilations.compilation, name="compilation"
    ),
    path(
        "managed/compilations/<int:compilation_id>/file/",
        compilations.compilation_file,
        name="compilation_file",
    ),
    path(
        "managed/compilations/<int:compilation_id>/cancellation/",
        compilations.compilation_cancellation,
        name="compilation_cancellation",
    ),
]
