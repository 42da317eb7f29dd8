"""Addresses of the questionnaire builder."""

from django.urls import path

from surveys.views.builder import bank as bank_beside
from surveys.views.builder import (
    calculation,
    condition,
    files,
    image,
    page,
    question,
    rule,
    section,
)
from surveys.views.builder import templates as templates_beside

urlpatterns = [
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
        "managed/<int:survey_id>/questionnaire/file/sheets/",
        files.questionnaire_sheets,
        name="questionnaire_sheets",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/file/xlsform/",
        files.questionnaire_xlsform,
        name="questionnaire_xlsform",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/import/",
        files.questionnaire_import,
        name="questionnaire_import",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/import/taking-over/",
        files.questionnaire_import_taking_over,
        name="questionnaire_import_taking_over",
    ),
    path("managed/<int:survey_id>/questionnaire/steps/", page.steps, name="questionnaire_steps"),
    path("managed/<int:survey_id>/questionnaire/new/", page.new_question, name="questionnaire_new"),
    path(
        "managed/<int:survey_id>/questionnaire/sections/<str:section_id>/",
        section.section,
        name="questionnaire_section",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/sections/<str:section_id>/autosave/",
        section.section_autosave,
        name="questionnaire_section_autosave",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/questions/<str:question_id>/",
        question.question,
        name="question",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/images/new/",
        image.image_new,
        name="questionnaire_image_new",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/questions/<str:question_id>/image/",
        image.image_of_question,
        name="questionnaire_image",
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
    path(
        "managed/<int:survey_id>/questionnaire/questions/<str:question_id>/calculation/autosave/",
        calculation.calculation_autosave,
        name="questionnaire_calculation_autosave",
    ),
    path("managed/<int:survey_id>/questionnaire/rules/", rule.rule, name="questionnaire_rule_new"),
    path(
        "managed/<int:survey_id>/questionnaire/new-rule/autosave/",
        rule.rule_autosave,
        name="questionnaire_rule_new_autosave",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/rules/<str:rule_id>/",
        rule.rule,
        name="questionnaire_rule",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/rules/<str:rule_id>/autosave/",
        rule.rule_autosave,
        name="questionnaire_rule_autosave",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/conditions/<str:kind>/<str:part_id>/",
        condition.condition,
        name="questionnaire_condition",
    ),
    path(
        "managed/<int:survey_id>/questionnaire/conditions/<str:kind>/<str:part_id>/autosave/",
        condition.condition_autosave,
        name="questionnaire_condition_autosave",
    ),
]
