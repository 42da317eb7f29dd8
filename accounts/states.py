"""Levels and kinds of organizations, roles of people."""

from django.db.models import TextChoices


class Level(TextChoices):
    MINISTRY = "ministry", "厚生労働省"
    REGIONAL_BUREAU = "regional_bureau", "地方厚生（支）局"
    PREFECTURE = "prefecture", "都道府県"
    MUNICIPALITY = "municipality", "市区町村"


class Kind(TextChoices):
    """One kind for each organization; the local ones are those of local_governments.csv."""

    MINISTRY = "ministry", "厚生労働省"
    REGIONAL_BUREAU = "regional_bureau", "地方厚生（支）局"
    PREFECTURE = "prefecture", "都道府県"
    DESIGNATED_CITY = "designated_city", "指定都市"
    CORE_CITY = "core_city", "中核市"
    SPECIAL_WARD = "special_ward", "特別区"
    CITY = "city", "市"
    TOWN = "town", "町"
    VILLAGE = "village", "村"


MUNICIPAL_KINDS = (
    Kind.DESIGNATED_CITY,
    Kind.CORE_CITY,
    Kind.SPECIAL_WARD,
    Kind.CITY,
    Kind.TOWN,
    Kind.VILLAGE,
)


class DivisionKind(TextChoices):
    DIVISION = "division", "課"
    OFFICE = "office", "室"
    COUNSELLOR = "counsellor", "参事官"
    WINDOW = "window", "窓口"


class Role(TextChoices):
    DRAFTER = "drafter", "起案者"
    APPROVER = "approver", "決裁者"
    VIEWER = "viewer", "閲覧者"
    ORG_ADMIN = "org_admin", "機関管理者"
    SYSTEM_ADMIN = "system_admin", "システム管理者"
    AUDITOR = "auditor", "監査担当"
