"""A survey and a template own the images of their questions, which nothing kept from the sweep."""

from django.db import migrations, models

FILL = """
INSERT INTO surveys_survey_images (survey_id, storedfile_id)
SELECT DISTINCT r.survey_id, f.id
FROM surveys_questionnairerevision r
CROSS JOIN LATERAL jsonb_path_query(
    r.document, '$.sections[*].questions[*] ? (@.type == "image").file'
) AS shown
JOIN files_storedfile f ON f.id::text = shown #>> '{}'
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0002_scan_state"), ("surveys", "0010_proxy_submission")]
    operations = [
        migrations.AddField(
            "questionnairetemplate",
            "images",
            models.ManyToManyField(related_name="+", to="files.storedfile"),
        ),
        migrations.AddField(
            "survey",
            "images",
            models.ManyToManyField(related_name="+", to="files.storedfile"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
