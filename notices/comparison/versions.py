"""Two versions of a notice: printed fields, body and attachments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notices.comparison.texts import Row, compare_texts
from notices.models import Attachment, NoticeVersion
from onepublic.core.wareki import wareki

BODY = "本文"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A printed field whose text is another one now; ``rows`` compares it line by line."""

    label: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class FileChange:
    """``what`` happened to an attachment, in a word for the reader; either side may be missing."""

    what: str
    old: Attachment | None
    new: Attachment | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different in ``new``."""

    old: NoticeVersion
    new: NoticeVersion
    fields: list[FieldChange]
    files: list[FileChange]

    @property
    def is_empty(self) -> bool:
        """Nothing that is printed or attached differs."""
        return not (self.fields or self.files)


def compare_versions(old: NoticeVersion, new: NoticeVersion) -> Comparison:
    """What a reader of ``old`` has to know of ``new``. Four queries."""
    before, after = _printed(old), _printed(new)
    fields = [
        FieldChange(label, rows)
        for label in after
        if (rows := compare_texts(before[label], after[label]))
    ]
    return Comparison(old, new, fields, compare_files(_files_of(old), _files_of(new)))


def compare_files(old: Sequence[Attachment], new: Sequence[Attachment]) -> list[FileChange]:
    """By name and by hash of the content: a file is the same when both are, replaced under the
    same name, renamed with the same content, otherwise taken out or put in.
    """
    gone = [file for file in old if _identity(file) not in {_identity(other) for other in new}]
    come = [file for file in new if _identity(file) not in {_identity(other) for other in old}]
    changes = _matched(gone, come, "差し替え", "name") + _matched(
        gone, come, "名前の変更", "sha256"
    )
    return [
        *changes,
        *(FileChange("追加", None, file) for file in come),
        *(FileChange("削除", file, None) for file in gone),
    ]


def _matched(
    gone: list[Attachment], come: list[Attachment], what: str, by: str
) -> list[FileChange]:
    """Pairs with the same ``by``, taken out of both lists."""
    changes = []
    for file in list(come):
        same = [other for other in gone if getattr(other.file, by) == getattr(file.file, by)]
        if same:
            gone.remove(same[0])
            come.remove(file)
            changes.append(FileChange(what, same[0], file))
    return changes


def _identity(attachment: Attachment) -> tuple[str, str]:
    return attachment.file.name, attachment.file.sha256


def _files_of(version: NoticeVersion) -> list[Attachment]:
    return list(version.attachments.select_related("file"))


def _printed(version: NoticeVersion) -> dict[str, str]:
    """The fields as the page prints them, by label in their order there."""
    issuers = version.issuers.select_related("division__organization", "division__parent")
    return {
        "種別": version.get_category_display(),
        "文書番号": version.number,
        "発出日": _day(version.issued_on),
        "施行日・適用日": _day(version.effective_on),
        "宛名": version.addressee_line,
        "発出元": "\n".join(issuer.signed(category=version.category) for issuer in issuers),
        "件名": version.title,
        BODY: version.body,
        "重要度": version.get_importance_display(),
        "求める対応": version.get_action_asked_display(),
        "対応の期限": _day(version.due_on),
        "問合せ先": "\n".join(map(str, version.contacts.all())),
    }


def _day(day: date | None) -> str:
    return wareki(day) if day else ""
