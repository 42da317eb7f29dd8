"""The database refuses to change or delete a questionnaire that organizations were asked."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION surveys_refuse_change_of_published_revision() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'a published questionnaire is immutable';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER revision_immutable_once_published
    BEFORE UPDATE OR DELETE ON surveys_questionnairerevision
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION surveys_refuse_change_of_published_revision();
"""
BACKWARD = """
DROP TRIGGER revision_immutable_once_published ON surveys_questionnairerevision;
DROP FUNCTION surveys_refuse_change_of_published_revision;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
