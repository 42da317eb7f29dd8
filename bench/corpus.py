"""Notices in the style of the demo's samples, as many as asked for and always the same ones."""

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SAMPLES = Path("onepublic/dev/content/sample_notices.jsonl")
MASTER = Path("accounts/data/local_governments.csv")
CHARACTERS = 2_000
_SOURCES = 4  # samples whose sentences one notice mixes
_PLACES = 0.15  # share of sentences that name a municipality


@dataclass(frozen=True, slots=True)
class Text:
    """One invented notice."""

    number: str
    title: str
    body: str


def texts(count: int) -> Iterator[Text]:
    """``count`` notices with bodies of CHARACTERS characters, from a fixed seed."""
    chance = random.Random(1)  # noqa: S311 - no secret
    lines = (settings.BASE_DIR / SAMPLES).read_text(encoding="utf-8").splitlines()
    samples = [json.loads(line) for line in lines]
    places = municipalities()
    for number in range(count):
        chosen = chance.sample(samples, _SOURCES)
        sentences = [part for one in chosen for part in _sentences(one["body"])]
        yield Text(
            number=f"{chosen[0]['number'] or '事務連絡'}の{number}",
            title=f"{chosen[0]['title']}（{chance.choice(places)}）",
            body=_body(chance, sentences, places),
        )


def municipalities() -> list[str]:
    """Their names, 1,741 of them: words that are rare in every notice."""
    with (settings.BASE_DIR / MASTER).open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def _sentences(body: str) -> list[str]:
    return [part for part in re.split(r"(?<=。)|\n", body) if part.strip()]


def _body(chance: random.Random, sentences: list[str], places: list[str]) -> str:
    parts: list[str] = []
    room = CHARACTERS
    while room > 0:
        sentence = chance.choice(sentences)
        if chance.random() < _PLACES:
            day = f"令和{chance.randint(1, 8)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
            sentence = f"{chance.choice(places)}にあっては、{day}から、{sentence}"
        parts.append(sentence)
        room -= len(sentence) + 1
    return "\n".join(parts)[:CHARACTERS]
