"""The database itself refuses to change or delete what was published."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION notices_refuse_change_of_published() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'a published notice version is immutable';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER version_immutable_once_published
    BEFORE UPDATE OR DELETE ON notices_noticeversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION notices_refuse_change_of_published();
"""
BACKWARD = """
DROP TRIGGER version_immutable_once_published ON notices_noticeversion;
DROP FUNCTION notices_refuse_change_of_published;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
