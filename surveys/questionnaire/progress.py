"""How far each section is."""

from collections.abc import Collection, Iterable

from surveys.questionnaire.document import Questionnaire, Section
from surveys.questionnaire.findings import Finding, Level, SectionState
from surveys.questionnaire.reading import Reading


def section_states(
    questionnaire: Questionnaire,
    reading: Reading,
    findings: Iterable[Finding],
    explained: Collection[str],
) -> dict[str, SectionState]:
    """Return the state of each visible section.

    A broken rule over two sections marks both: either may hold the slip.
    """
    blank: set[str] = set()
    wrong: set[str] = set()
    for finding in findings:
        if finding.level is Level.WARNING and finding.rule_id in explained:
            continue
        marked = blank if finding.level is Level.BLANK else wrong
        marked.update(_section_ids(questionnaire, finding))
    return {
        section.id: _state(section, reading.touched, blank, wrong)
        for section in questionnaire.sections
        if section.id in reading.sections
    }


def _section_ids(questionnaire: Questionnaire, finding: Finding) -> set[str]:
    question_ids = {questionnaire.field(key).question.id for key in finding.field_keys}
    return {questionnaire.section_by_question[qid].id for qid in question_ids}


def _state(section: Section, touched: set[str], blank: set[str], wrong: set[str]) -> SectionState:
    if section.id in wrong:
        return SectionState.CHECK_NEEDED
    if not any(question.asks for question in section.questions):
        return SectionState.DONE
    if touched.isdisjoint(question.id for question in section.questions):
        return SectionState.NOT_STARTED
    return SectionState.IN_PROGRESS if section.id in blank else SectionState.DONE
