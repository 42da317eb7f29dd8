"""What a snapshot asks of the database."""

from surveys.preceding import PREDECESSORS, WITH_ANSWERS

# Of an organization that was merged meanwhile only the successor's response counts.
CHOSEN = """
  AND assignment.succeeded_by_id IS NULL
  AND (%s::text[] = '{}' OR organization.prefecture_code = ANY(%s))
  AND (%s::text[] = '{}' OR organization.kind = ANY(%s))
  AND (%s::text[] = '{}' OR assignment.state = ANY(%s))
"""
COUNTS = """
SELECT now(), count(*), count(*) FILTER (WHERE assignment.state = ANY(%s)),
       count(*) FILTER (WHERE assignment.state = ANY(%s))
FROM surveys_assignment assignment
JOIN accounts_organization organization ON organization.id = assignment.organization_id
WHERE assignment.survey_id = %s
"""
# Answers are put together per response by the database: one row each instead of hundreds.
ROWS = """
SELECT organization.code, organization.prefecture_code, organization.prefecture_name,
       organization.name, organization.kind, organization.has_health_center,
       coalesce(bureau.code, ''), coalesce(bureau.name, ''),
       assignment.state, assignment.submitted_at,
       assignment.receipt_number, assignment.not_applicable_reason,
       CASE WHEN assignment.state = ANY(%s) THEN (
           SELECT jsonb_object_agg(answer.field, answer.value) FROM surveys_answer answer
           WHERE answer.assignment_id = assignment.id {only}
       ) END,
       {previous}
FROM surveys_assignment assignment
JOIN accounts_organization organization ON organization.id = assignment.organization_id
LEFT JOIN accounts_organization bureau ON bureau.id = organization.regional_bureau_id
WHERE assignment.survey_id = %s
"""
# As surveys.preceding.values_before finds them, for every response at once.
PREVIOUS = f"""(
    SELECT jsonb_object_agg(answer.field, answer.value) FROM surveys_answer answer
    WHERE answer.assignment_id = (
        SELECT CASE WHEN count(*) = 1
               THEN min(earlier.id) FILTER (WHERE {WITH_ANSWERS.format(row="earlier")}) END
        FROM surveys_assignment earlier
        WHERE earlier.survey_id = %s AND earlier.succeeded_by_id IS NULL
          AND earlier.organization_id IN (
              {PREDECESSORS.format(organization="assignment.organization_id")}
          )
    ) {{only}}
)"""  # noqa: S608 - constants
ONLY = "AND answer.field = ANY(%s)"
OWING = """
SELECT organization.code, organization.prefecture_name, organization.name, organization.kind,
       assignment.state, assignment.last_answer_at,
       coalesce(assignment.extended_to, survey.due_on), coalesce(division.name, '')
FROM surveys_assignment assignment
JOIN surveys_survey survey ON survey.id = assignment.survey_id
JOIN accounts_organization organization ON organization.id = assignment.organization_id
LEFT JOIN accounts_division division ON division.id = assignment.division_id
WHERE assignment.survey_id = %s AND assignment.state <> ALL(%s)
"""
FILE_NAMES = """
SELECT file.id::text, file.name
FROM surveys_answer_files link
JOIN surveys_answer answer ON answer.id = link.answer_id
JOIN surveys_assignment assignment ON assignment.id = answer.assignment_id
JOIN files_storedfile file ON file.id = link.storedfile_id
WHERE assignment.survey_id = %s
"""
# The key of a cell is question.row.column; rows that are added are numbered.
USED_ROWS = """
SELECT split_part(answer.field, '.', 1), max(split_part(answer.field, '.', 2)::int)
FROM surveys_answer answer
JOIN surveys_assignment assignment ON assignment.id = answer.assignment_id
WHERE assignment.survey_id = %s AND assignment.state = ANY(%s)
  AND split_part(answer.field, '.', 1) = ANY(%s) AND answer.value <> 'null'
  AND split_part(answer.field, '.', 2) ~ '^[0-9]{1,3}$'
GROUP BY 1
"""
# In force last.
PUBLISHED = """
SELECT id FROM surveys_questionnairerevision
WHERE survey_id = %s AND published_at IS NOT NULL ORDER BY number
"""
_FROM = """
FROM surveys_assignment assignment
JOIN accounts_organization organization ON organization.id = assignment.organization_id
"""
SUBMISSIONS = f"""
SELECT organization.code, organization.prefecture_name, organization.name,
       submission.submitted_at, submission.receipt_number, submission.ended_at,
       submission.end_reason, submission.not_applicable_reason,
       CASE WHEN submission.number > 1 THEN submission.values END,
       CASE WHEN submission.number > 1 THEN lag(submission.values) OVER (
           PARTITION BY submission.assignment_id ORDER BY submission.number
       ) END
{_FROM}
JOIN surveys_submission submission ON submission.assignment_id = assignment.id
WHERE assignment.survey_id = %s
"""
REMARKS = f"""
SELECT organization.code, organization.prefecture_name, organization.name,
       remark.written_at, remark.stage, remark.question_id, remark.text
{_FROM}
JOIN surveys_remark remark ON remark.assignment_id = assignment.id
WHERE assignment.survey_id = %s AND remark.stage <> %s
"""
ATTACHMENTS = """
SELECT organization.code, organization.name, answer.field, link.storedfile_id::text
FROM surveys_answer_files link
JOIN surveys_answer answer ON answer.id = link.answer_id
JOIN surveys_assignment assignment ON assignment.id = answer.assignment_id
JOIN accounts_organization organization ON organization.id = assignment.organization_id
WHERE assignment.survey_id = %s AND assignment.state = ANY(%s)
  AND assignment.not_applicable_reason = ''
  AND coalesce(answer.value, 'null') <> 'null'
"""
