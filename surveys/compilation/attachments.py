"""A zip with the workbook and the files that were attached, by code and organization."""

import shutil
from collections.abc import Iterator
from typing import BinaryIO, Final
from zipfile import ZIP_STORED, ZipFile

from onepublic.files.models import StoredFile
from onepublic.files.names import clean_name
from surveys.compilation.content import Content
from surveys.compilation.full_texts import FullTexts
from surveys.compilation.progress import Progress

BOOK: Final = "集計表.xlsx"
TEXTS: Final = "長い文の全文.txt"
_HELD: Final = "ウイルス検査のため入れなかった添付ファイル.txt"


def write_zip(
    target: BinaryIO, book: BinaryIO, texts: FullTexts, content: Content, progress: Progress
) -> None:
    """Write ``book``, the full ``texts`` if there are any, and every attachment of the questions
    chosen. Files in quarantine are named in a list instead.

    They are compressed already, so they are only stored.
    """
    with ZipFile(target, "w", ZIP_STORED) as archive:
        _copy(archive, BOOK, book)
        if texts.count:
            _copy(archive, TEXTS, texts.file)
        held = [
            path for path, file in _attached(content, progress) if not _added(archive, path, file)
        ]
        if held:
            archive.writestr(_HELD, "\n".join(held))


def _copy(archive: ZipFile, name: str, source: BinaryIO) -> None:
    source.seek(0)
    with archive.open(name, "w", force_zip64=True) as entry:
        shutil.copyfileobj(source, entry)


def _attached(content: Content, progress: Progress) -> Iterator[tuple[str, StoredFile]]:
    """Each file with its path in the zip; a name that came before gets a number."""
    chosen = {column.field.key for column in content.columns}
    taken: set[str] = set()
    for code, name, key, file_id in content.snapshot.attachments():
        if key not in chosen:
            continue
        file = StoredFile.objects.get(pk=file_id)
        folder = clean_name(f"{code}_{name}")
        path = _free(f"添付ファイル/{folder}/{key}_", clean_name(file.name), taken)
        yield path, file
        progress.touch()


def _free(folder: str, name: str, taken: set[str]) -> str:
    path, number = f"{folder}{name}", 1
    while path in taken:
        number += 1
        path = f"{folder}{number}_{name}"
    taken.add(path)
    return path


def _added(archive: ZipFile, path: str, file: StoredFile) -> bool:
    if file.is_held:
        return False
    with file.open() as source, archive.open(path, "w", force_zip64=True) as entry:
        shutil.copyfileobj(source, entry)
    return True
