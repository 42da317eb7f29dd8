"""A submission owns the files of its answers: taken out later, they stay with its copy."""

from django.db import migrations, models

FILL = """
INSERT INTO surveys_submission_files (submission_id, storedfile_id)
SELECT s.id, held.storedfile_id
FROM surveys_submission s
JOIN surveys_answer a ON a.assignment_id = s.assignment_id
JOIN surveys_answer_files held ON held.answer_id = a.id
WHERE s.ended_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0002_scan_state"), ("surveys", "0005_whole_submissions")]
    operations = [
        migrations.AddField(
            "submission",
            "files",
            models.ManyToManyField(related_name="+", to="files.storedfile"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
