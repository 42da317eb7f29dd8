"""Contacts become rows, and every number that a notice has is held for its year."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from notices.numbers import canonical, parse_number

# The text of a published version stays as it was printed, with its lines; a form has one line.
FORWARD = """
INSERT INTO notices_contact (version_id, position, division, person, extension, phone, mail)
SELECT id, 1, CASE WHEN published_at IS NULL THEN replace(contact, E'\\n', '　') ELSE contact END,
    '', '', '', ''
FROM notices_noticeversion WHERE contact <> '';
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TRIGGER contact_immutable_once_published
    BEFORE INSERT OR UPDATE OR DELETE ON notices_contact
    FOR EACH ROW EXECUTE FUNCTION notices_refuse_change_of_published_part();
"""
BACKWARD = """
DROP TRIGGER contact_immutable_once_published ON notices_contact;
ALTER TABLE notices_noticeversion DISABLE TRIGGER version_immutable_once_published;
UPDATE notices_noticeversion v SET contact = left(c.division, 300)
FROM notices_contact c WHERE c.version_id = v.id AND c.position = 1;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE notices_noticeversion ENABLE TRIGGER version_immutable_once_published;
"""


def hold_numbers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The oldest notice of a year keeps a number that several have."""
    versions = apps.get_model("notices", "NoticeVersion").objects.exclude(number="")
    reserved = apps.get_model("notices", "ReservedNumber")
    rows = []
    for version in versions.select_related("notice").order_by("pk").iterator():
        if not (key := canonical(version.number)):
            continue
        parts = parse_number(version.number)
        row = reserved(
            year=version.issued_on.year,
            key=key,
            number=version.number,
            symbol=parts.symbol if parts else "",
            running=parts.running if parts else None,
            notice_id=version.notice_id,
            division_id=version.notice.division_id,
            reserved_by_id=version.written_by_id,
        )
        rows.append(row)
    reserved.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("notices", "0012_contacts_numbers_and_agreement")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(hold_numbers, migrations.RunPython.noop),
        migrations.RemoveField(model_name="noticeversion", name="contact"),
    ]
