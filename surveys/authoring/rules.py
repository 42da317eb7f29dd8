"""Steps on rules."""

from surveys.authoring.finding import Json, find_rule, short
from surveys.authoring.ids import next_id
from surveys.authoring.performing import Done


def add_rule(document: Json, content: Json) -> Done:
    """Add a rule (level, message, left, op, right or unique, when) under a new id."""
    rule = {**content, "id": next_id(document, "r")}
    document["rules"].append(rule)
    return Done(document, f"規則{short(rule)}を追加しました。", rule["id"])


def change_rule(document: Json, rule_id: str, content: Json) -> Done:
    """Put ``content`` (without id) in the place of what the rule held."""
    rule = find_rule(document, rule_id)
    changed = {**content, "id": rule_id}
    document["rules"][document["rules"].index(rule)] = changed
    return Done(document, f"規則{short(changed)}を変更しました。", rule_id)


def remove_rule(document: Json, rule_id: str) -> Done:
    """Remove the rule."""
    rule = find_rule(document, rule_id)
    document["rules"].remove(rule)
    return Done(document, f"規則{short(rule)}を削除しました。")
