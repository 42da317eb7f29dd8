"""What the organizations did with the sample notices: opened and acknowledged, most of them.

Set-based and from a hash of the row, so that every load gives the same picture.
"""

from django.db import connection

from onepublic.dev.seeding.people import KANAGAWA, KIYOKAWA, YOKOHAMA, window_email

LEFT_TO_TRY = 8
"""The organizations with named people have not opened the newest notices: there is work to do."""

# A fraction between 0 and 1 that depends on the row alone.
FRACTION = "(('x' || substr(md5(d.id::text || %s), 1, 8))::bit(32)::bigint / 4294967296.0)"
OPENED = f"""
UPDATE notices_delivery d
SET opened_at = d.delivered_at + {FRACTION} * interval '20 days', opened_by_id = u.id
FROM accounts_organization o, accounts_user u
WHERE o.id = d.organization_id AND u.email = %s || o.code || %s
  AND d.opened_at IS NULL
  AND {FRACTION} < CASE o.level WHEN 'prefecture' THEN 0.97 ELSE 0.88 END
  AND d.delivered_at + {FRACTION} * interval '20 days' < now()
  AND NOT (o.code = ANY(%s) AND d.notice_id IN (
      SELECT id FROM notices_notice ORDER BY published_at DESC NULLS LAST LIMIT %s))
"""  # noqa: S608 - the fraction is a constant of ours
ACKNOWLEDGED = f"""
UPDATE notices_delivery d
SET acknowledged_at = d.opened_at + {FRACTION} * interval '3 days',
    acknowledged_by_id = d.opened_by_id
WHERE d.opened_at IS NOT NULL AND d.acknowledged_at IS NULL AND {FRACTION} < 0.93
  AND d.opened_at + {FRACTION} * interval '3 days' < now()
"""  # noqa: S608 - the fraction is a constant of ours


def load_activity() -> None:
    """Let the organizations open and acknowledge what they got."""
    before, after = window_email("CODE").split("CODE")
    tried = [KANAGAWA, YOKOHAMA, KIYOKAWA]
    with connection.cursor() as cursor:
        cursor.execute(
            OPENED,
            ["time", before, after, "whether", "time", tried, LEFT_TO_TRY],
        )
        cursor.execute(ACKNOWLEDGED, ["pause", "acknowledges", "pause"])
