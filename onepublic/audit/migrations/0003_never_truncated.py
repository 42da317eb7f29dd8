"""The database refuses to empty the table of audit events too: TRUNCATE passes row triggers by."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER audit_events_never_truncated
    BEFORE TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
BACKWARD = "DROP TRIGGER audit_events_never_truncated ON audit_auditevent;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
