"""Limits, units and demands that became narrower or wider."""

from typing import Any, Final

from surveys.questionnaire.revising.changes import Change, Touch
from surveys.questionnaire.revising.subject import Changes, Subject

_LOWEST: Final = {
    "min": ("最小値", Touch.REFUSED),
    "min_select": ("選ぶ数の下限", Touch.ANSWERED),
    "min_rows": ("行数の下限", Touch.ANSWERED),
}
_HIGHEST: Final = {
    "max": ("最大値", Touch.REFUSED),
    "max_length": ("文字数の上限", Touch.REFUSED),
    "max_select": ("選ぶ数の上限", Touch.ANSWERED),
    "max_rank": ("順位の数", Touch.REFUSED),
    "decimals": ("小数の桁数", Touch.REFUSED),
    "max_files": ("ファイル数の上限", Touch.ANSWERED),
    "max_mb": ("ファイルの大きさの上限", Touch.NOBODY),
}
_MEANING: Final = {
    "unit": "単位",
    "fiscal": "暦年と年度の別",
    "formula": "計算式",
    "kinds": "選べる機関の種別",
    "accept": "添付できるファイルの種類",
}
WORDING: Final = {
    "label": "文言",
    "help": "説明",
    "text": "説明文",
    "caption": "画像の説明",
    "alt": "画像の代替テキスト",
    "file": "画像",
    "min_label": "段階の言葉",
    "max_label": "段階の言葉",
    "carry_over": "前回の値の表示",
    "grouped": "桁区切りの表示",
    "totals": "合計の表示",
}
KNOWN: Final = frozenset(
    [*_LOWEST, *_HIGHEST, *_MEANING, *WORDING, "required", "allow_none", "pattern", "max_rows"]
)


def of_limits(subject: Subject) -> Changes:
    """What changed in limits, unit, meaning and demands of a question of the same type."""
    yield from _of_range(subject)
    yield from _of_demands(subject)
    for key, name in _MEANING.items():
        if _differs(subject, key):
            yield subject.change(f"{name}を改めます。", Touch.ANSWERED)
    for key, name in WORDING.items():
        if _differs(subject, key):
            yield subject.change(_reworded(subject, key, name))


def _of_range(subject: Subject) -> Changes:
    exact = subject.after.get("type") == "scale"
    for key, (name, touch) in (_LOWEST | _HIGHEST).items():
        if not _differs(subject, key):
            continue
        before, after = subject.before.get(key), subject.after.get(key)
        if exact and key in ("min", "max"):
            yield subject.change(_limited(name, before, after), Touch.ANSWERED)
        else:
            narrowed = _is_narrower(before, after, lowest=key in _LOWEST)
            yield subject.change(_limited(name, before, after), touch if narrowed else Touch.NOBODY)


def _is_narrower(before: Any, after: Any, *, lowest: bool) -> bool:
    """None is no limit; days and months compare as the texts they are written with."""
    if after is None or before is None:
        return before is None
    return bool(after > before) if lowest else bool(after < before)


def _of_demands(subject: Subject) -> Changes:
    before, after = subject.before, subject.after
    if bool(before.get("required")) != bool(after.get("required")):
        yield _demanded(subject) if after.get("required") else subject.change("任意にします。")
    if bool(before.get("allow_none")) != bool(after.get("allow_none")):
        allowed = bool(after.get("allow_none"))
        text = "「該当なし」を選べるようにします。" if allowed else "「該当なし」を選べなくします。"
        yield subject.change(text, Touch.NOBODY if allowed else Touch.REFUSED)
    if _differs(subject, "pattern"):
        strict = bool(after.get("pattern"))
        text = "入力の形式を改めます。" if strict else "入力の形式の制限をなくします。"
        yield subject.change(text, Touch.REFUSED if strict else Touch.NOBODY)


def _demanded(subject: Subject) -> Change:
    return subject.change("必須にします。", Touch.BEGUN)


def _limited(name: str, before: Any, after: Any) -> str:
    if after is None:
        return f"{name}（{before}）をなくします。"
    return f"{name}を{'' if before is None else f'{before}から'}{after}にします。"


def _reworded(subject: Subject, key: str, name: str) -> str:
    if key != "label":
        return f"{name}を改めます。"
    before, after = subject.before.get("label", ""), subject.after.get("label", "")
    return f"文言を「{before}」から「{after}」に改めます。"


def _differs(subject: Subject, key: str) -> bool:
    return subject.before.get(key) != subject.after.get(key)
