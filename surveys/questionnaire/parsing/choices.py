"""What choices and rankings take: options."""

from surveys.questionnaire.kinds import (
    ChoiceAnswer,
    ChoicesAnswer,
    FreeText,
    Option,
    RankingAnswer,
)
from surveys.questionnaire.parsing.reader import Reader, unique
from surveys.questionnaire.parsing.texts import MAX_TEXT

MAX_OPTIONS = 100


def parse_single(reader: Reader) -> ChoiceAnswer:
    """Read the options of which one is chosen."""
    options = _options(reader)
    if any(option.exclusive for option in options):
        reader.refuse("exclusiveは、複数選択の設問だけで使えます。")
    return ChoiceAnswer(options)


def parse_multiple(reader: Reader) -> ChoicesAnswer:
    """Read the options and how many of them may be chosen."""
    options = _options(reader)
    together = sum(not option.exclusive for option in options)
    least = reader.whole("min_select", 0, 100, default=0)
    most = reader.whole("max_select", 1, 100) if reader.has("max_select") else None
    if not least <= (together if most is None else most) <= together:
        reader.refuse("min_select、max_selectが、選択肢の数と合いません。")
    return ChoicesAnswer(options, least, most)


def parse_ranking(reader: Reader) -> RankingAnswer:
    """Read the options and how many ranks there are."""
    options = parse_plain_options(reader)
    ranks = reader.whole("max_rank", 1, MAX_OPTIONS, default=max(1, len(options)))
    if options and ranks > len(options):
        reader.refuse("max_rankが、選択肢の数より大きくなっています。")
    return RankingAnswer(options, ranks)


def parse_plain_options(reader: Reader) -> tuple[Option, ...]:
    """Read options that have a value and a label, nothing else."""
    return _unique([_plain_option(part) for part in _parts(reader)], reader)


def _options(reader: Reader) -> tuple[Option, ...]:
    return _unique([_option(part) for part in _parts(reader)], reader)


def _parts(reader: Reader) -> list[Reader]:
    return reader.objects("options", most=MAX_OPTIONS)


def _unique(options: list[Option], reader: Reader) -> tuple[Option, ...]:
    unique([option.value for option in options], reader, "選択肢の値")
    return tuple(options)


def _plain_option(reader: Reader) -> Option:
    option = Option(reader.identifier("value"), reader.text("label"))
    reader.close()
    return option


def _option(reader: Reader) -> Option:
    value, label = reader.identifier("value"), reader.text("label")
    exclusive = reader.flag("exclusive")
    raw = reader.raw("free_text")
    free_text = None if raw is None else _free_text(reader.inner("free_text", raw))
    reader.close()
    return Option(value, label, exclusive, free_text)


def _free_text(reader: Reader) -> FreeText:
    free_text = FreeText(
        label=reader.text("label"),
        required=reader.flag("required"),
        max_length=reader.whole("max_length", 1, MAX_TEXT),
    )
    reader.close()
    return free_text
