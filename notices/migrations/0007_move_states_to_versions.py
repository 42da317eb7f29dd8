"""What the notice knew about its draft goes to the version: state, who submitted, why returned."""

from django.db import migrations

FORWARD = """
ALTER TABLE notices_noticeversion DISABLE TRIGGER version_immutable_once_published;
UPDATE notices_noticeversion v
SET state = n.state, submitted_by_id = n.submitted_by_id, return_reason = n.return_reason,
    published_by_id = n.published_by_id
FROM notices_notice n WHERE n.id = v.notice_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE notices_noticeversion ENABLE TRIGGER version_immutable_once_published;
UPDATE notices_notice SET state = 'unpublished' WHERE state <> 'published';
"""
# The state column of a notice is still ten characters wide here.
WIDEN = "ALTER TABLE notices_notice ALTER COLUMN state TYPE varchar(12)"
NARROW = "ALTER TABLE notices_notice ALTER COLUMN state TYPE varchar(10)"
BACKWARD = """
UPDATE notices_notice n
SET state = v.state, submitted_by_id = v.submitted_by_id, return_reason = v.return_reason,
    published_by_id = v.published_by_id
FROM notices_noticeversion v WHERE n.id = v.notice_id AND v.sequence = 1;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_states_of_versions")]
    operations = [migrations.RunSQL(WIDEN, NARROW), migrations.RunSQL(FORWARD, BACKWARD)]
