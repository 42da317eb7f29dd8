"""The database keeps what an answer held before; responses handed in before get a submission."""

from django.db import migrations

HISTORY = """
CREATE FUNCTION surveys_keep_past_answer() RETURNS trigger AS $$
BEGIN
    INSERT INTO surveys_pastanswer
        (assignment_id, field, value, revision, updated_at, updated_by_id, origin)
    VALUES (OLD.assignment_id, OLD.field, OLD.value, OLD.revision, OLD.updated_at,
            OLD.updated_by_id, OLD.origin);
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER answer_keeps_its_past
    AFTER UPDATE ON surveys_answer
    FOR EACH ROW WHEN (OLD.revision <> NEW.revision)
    EXECUTE FUNCTION surveys_keep_past_answer();
"""
NO_HISTORY = """
DROP TRIGGER answer_keeps_its_past ON surveys_answer;
DROP FUNCTION surveys_keep_past_answer;
"""
SUBMISSIONS = """
INSERT INTO surveys_submission
    (assignment_id, number, receipt_number, submitted_at, submitted_by_id, values,
     not_applicable_reason, end_reason)
SELECT a.id, 1, a.receipt_number, a.submitted_at, a.submitted_by_id,
       coalesce((SELECT jsonb_object_agg(answer.field, answer.value) FROM surveys_answer answer
                 WHERE answer.assignment_id = a.id), '{}'),
       '', ''
FROM surveys_assignment a WHERE a.submitted_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_rounds_of_work")]
    operations = [
        migrations.RunSQL(HISTORY, NO_HISTORY),
        migrations.RunSQL(SUBMISSIONS, migrations.RunSQL.noop),
    ]
