"""Addresses of an organization's own responses."""

from django.urls import path

from surveys.views import (
    answer_books,
    answers,
    approval,
    assignments,
    carrying,
    extensions,
    gathering,
    inquiries,
    not_applicable,
    parts,
    prefecture_checks,
    prefecture_rounds,
    presence,
    proxies,
    receipts,
    review,
    sections,
)

urlpatterns = [
    path("", assignments.assignments, name="assignments"),
    path("assignments/<int:assignment_id>/", assignments.assignment, name="assignment"),
    path("assignments/<int:assignment_id>/gathering/", gathering.gathering, name="gathering"),
    path(
        "assignments/<int:assignment_id>/gathering/return/",
        gathering.gathering_return,
        name="gathering_return",
    ),
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
    path("assignments/<int:assignment_id>/checking/", prefecture_checks.checking, name="checking"),
    path(
        "assignments/<int:assignment_id>/checking/return/",
        prefecture_checks.checking_return,
        name="checking_return",
    ),
    path(
        "assignments/<int:assignment_id>/checking/confirmation/",
        prefecture_checks.checking_confirmation,
        name="checking_confirmation",
    ),
    path(
        "assignments/<int:assignment_id>/proxy/end/",
        proxies.proxy_end,
        name="proxy_end",
    ),
    path(
        "prefecture-notes/<int:round_id>/files/<uuid:file_id>/",
        prefecture_rounds.round_file,
        name="round_file",
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
    path("assignments/<int:assignment_id>/inquiries/", inquiries.inquiries, name="inquiries"),
]
