"""One relation for a pair, since which version; and no cycle, by any way into the database."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION notices_refuse_cycle() RETURNS trigger AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(4157302611);
    IF EXISTS (
        WITH RECURSIVE ahead(id) AS (
            SELECT NEW.target_id
            UNION
            SELECT r.target_id FROM notices_noticerelation r JOIN ahead ON r.source_id = ahead.id
            WHERE r.kind <> 'related'
        )
        SELECT 1 FROM ahead WHERE id = NEW.source_id
    ) THEN
        RAISE EXCEPTION 'relations of notices must not form a cycle';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER relation_without_cycle
    BEFORE INSERT OR UPDATE ON notices_noticerelation
    FOR EACH ROW WHEN (NEW.kind <> 'related')
    EXECUTE FUNCTION notices_refuse_cycle();
"""
BACKWARD = """
DROP TRIGGER relation_without_cycle ON notices_noticerelation;
DROP FUNCTION notices_refuse_cycle;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0010_search_index")]

    operations = [
        migrations.AddField(
            model_name="noticerelation",
            name="since",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="版"),
        ),
        migrations.RemoveConstraint(model_name="noticerelation", name="notice_relation_once"),
        migrations.AddConstraint(
            model_name="noticerelation",
            constraint=models.UniqueConstraint(
                fields=("source", "target"), name="notice_relation_once"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
