"""Attached files, by the id under which the portal keeps them."""

import re
from dataclasses import dataclass
from typing import ClassVar

from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue

_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class FilesAnswer:
    """At most `max_files` files of `accept` (".pdf"), `max_mb` megabytes each.

    Type and size are checked when a file is uploaded; here only ids are known.
    """

    accept: tuple[str, ...]
    max_files: int
    max_mb: int

    kind: ClassVar[ValueKind] = ValueKind.FILES

    def normalise(self, raw: object) -> list[str]:
        """Return the file ids, each once, in the order of uploading."""
        parts = raw if isinstance(raw, list | tuple) else [raw]
        ids = list(dict.fromkeys(_file_id(part) for part in parts if part not in ("", None)))
        if len(ids) > self.max_files:
            raise InvalidValue(f"添付できるファイルは{self.max_files}件までです。")
        return ids


def _file_id(raw: object) -> str:
    if not isinstance(raw, str) or not _FILE_ID.fullmatch(raw):
        raise InvalidValue("ファイルを添付してください。")
    return raw
