"""A submission keeps all that its printed copy shows: revision, reasons, who asked, deadline."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE surveys_submission s
SET revision_id = a.revision_id,
    deadline = (coalesce(a.extended_to, survey.due_on) + 1)::timestamp AT TIME ZONE 'Asia/Tokyo',
    reasons = coalesce((SELECT jsonb_object_agg(r.rule_id, r.reason)
                        FROM surveys_warningreason r WHERE r.assignment_id = a.id), '{}')
FROM surveys_assignment a JOIN surveys_survey survey ON survey.id = a.survey_id
WHERE a.id = s.assignment_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0004_history_of_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "submission",
            "deadline",
            models.DateTimeField(null=True, verbose_name="提出したときの期限"),
        ),
        migrations.AddField(
            "submission",
            "reasons",
            models.JSONField(default=dict, verbose_name="注意に対する理由"),
        ),
        migrations.AddField(
            "submission",
            "requested_at",
            models.DateTimeField(null=True, verbose_name="決裁を求めた日時"),
        ),
        migrations.AddField(
            "submission",
            "requested_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="決裁を求めた人",
            ),
        ),
        migrations.AddField(
            "submission",
            "revision",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="surveys.questionnairerevision",
                verbose_name="調査票",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            "submission", "deadline", models.DateTimeField(verbose_name="提出したときの期限")
        ),
        migrations.AlterField(
            "submission",
            "revision",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="surveys.questionnairerevision",
                verbose_name="調査票",
            ),
        ),
        migrations.AlterField(
            "extensionrequest",
            "state",
            models.CharField(
                choices=[
                    ("asked", "申請中"),
                    ("granted", "承認"),
                    ("refused", "不承認"),
                    ("withdrawn", "取下げ"),
                ],
                default="asked",
                max_length=10,
                verbose_name="状態",
            ),
        ),
    ]
