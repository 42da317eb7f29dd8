"""The database refuses to add, change or delete an issuer or attachment of what was published."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION notices_refuse_change_of_published_part() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM notices_noticeversion
        WHERE id IN (OLD.version_id, NEW.version_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'issuers and attachments of a published version are immutable';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$ LANGUAGE plpgsql;
CREATE TRIGGER issuer_immutable_once_published
    BEFORE INSERT OR UPDATE OR DELETE ON notices_issuer
    FOR EACH ROW EXECUTE FUNCTION notices_refuse_change_of_published_part();
CREATE TRIGGER attachment_immutable_once_published
    BEFORE INSERT OR UPDATE OR DELETE ON notices_attachment
    FOR EACH ROW EXECUTE FUNCTION notices_refuse_change_of_published_part();
"""
BACKWARD = """
DROP TRIGGER attachment_immutable_once_published ON notices_attachment;
DROP TRIGGER issuer_immutable_once_published ON notices_issuer;
DROP FUNCTION notices_refuse_change_of_published_part;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_drafts")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
