"""How to fill in a question, in words beside it."""

from typing import Final

from surveys.answerbook.cells import MARK
from surveys.answerbook.checks import number_in_words
from surveys.questionnaire import Question
from surveys.questionnaire.document import Image, Note
from surveys.questionnaire.kinds import (
    Answer,
    BooleanAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    MonthAnswer,
    NumberAnswer,
    OrganizationAnswer,
    RankingAnswer,
    ScaleAnswer,
    TextAnswer,
    TextFormat,
    YearAnswer,
)
from surveys.questionnaire.kinds.date import in_wareki
from surveys.questionnaire.kinds.month import month_in_wareki
from surveys.questionnaire.tables import Matrix, Table
from surveys.questionnaire.values import NONE_LABEL

_FORMATS: Final = {
    TextFormat.EMAIL: "メールアドレス",
    TextFormat.TEL: "電話番号（例：03-5253-1111）",
    TextFormat.URL: "URL（https:// から）",
}


def hint(question: Question) -> str:
    """Help, limits and how to answer, a line each."""
    lines = [question.help, _how(question), _none(question)]
    return "\n".join(line for line in lines if line)


def _none(question: Question) -> str:
    if not question.allow_none:
        return ""
    several = isinstance(question.answer, ChoicesAnswer | RankingAnswer)
    place = "の欄に○を付けてください" if several else "と入力してください"
    return f"当てはまるものがないときは「{NONE_LABEL}」{place}。"


def _how(question: Question) -> str:
    match question.answer:
        case Table(dynamic=True) as table:
            least = f"{table.min_rows}行以上、" if table.min_rows else ""
            return f"上の行から詰めて入力してください（{least}{len(table.rows)}行まで）。"
        case Table() | Matrix():
            return ""
        case ChoicesAnswer() as answer:
            return _several(answer)
        case RankingAnswer() as answer:
            return f"上位から順に、一覧から選んでください（{answer.max_rank}位まで）。"
        case ChoiceAnswer() | BooleanAnswer():
            return "一覧から一つ選んでください。"
        case Note() | Image():
            return ""
        case answer:
            return _typed(answer)


def _several(answer: ChoicesAnswer) -> str:
    least = f"{answer.min_select}つ以上" if answer.min_select else ""
    most = f"{answer.max_select}つまで" if answer.max_select is not None else ""
    limits = f"（{'、'.join(part for part in (least, most) if part)}）" if least or most else ""
    return f"当てはまるもの全ての欄で「{MARK}」を選んでください{limits}。"


def _typed(answer: Answer) -> str:
    match answer:
        case ScaleAnswer():
            ends = (f"{answer.minimum}{_beside(answer.min_label)}から", f"{answer.maximum}")
            return f"{''.join(ends)}{_beside(answer.max_label)}までの整数"
        case NumberAnswer():
            return number_in_words(answer)
        case TextAnswer():
            name = _FORMATS[answer.format] if answer.format else ""
            return "、".join(filter(None, [name, f"{answer.max_length:,}文字以内"]))
        case DateAnswer():
            days = (in_wareki(day) if day else "" for day in (answer.earliest, answer.latest))
            return f"{_period(*days)}日付（例：2026/11/23）"
        case MonthAnswer():
            months = (month_in_wareki(m) if m else "" for m in (answer.earliest, answer.latest))
            return f"{_period(*months)}年月（例：2026/11/1）"
        case YearAnswer():
            return _year(answer)
        case OrganizationAnswer():
            return "6桁の団体コード（例：010006）"
    return ""


def _beside(label: str) -> str:
    return f"（{label}）" if label else ""


def _period(first: str, last: str) -> str:
    bounds = (f"{first}以後" if first else "", f"{last}以前" if last else "")
    words = "、".join(bound for bound in bounds if bound)
    return f"{words}の" if words else ""


def _year(answer: YearAnswer) -> str:
    low, high = (
        f"{answer.in_words(year)}（{year}）" if year is not None else ""
        for year in (answer.minimum, answer.maximum)
    )
    name = "年度" if answer.fiscal else "年"
    return f"{_period(low, high)}{name}を、西暦4桁の数字で（例：2026）"
