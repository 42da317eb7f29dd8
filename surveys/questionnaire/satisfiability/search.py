"""Look for answers that make conditions true."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from surveys.questionnaire.attributes import VOCABULARY
from surveys.questionnaire.conditions import (
    AllOf,
    AnswerCondition,
    AnyOf,
    AttributeCondition,
    CellCondition,
    Condition,
    Not,
    Op,
)
from surveys.questionnaire.document import Questionnaire
from surveys.questionnaire.satisfiability.domains import (
    SEVERAL,
    Domain,
    comparable,
    domain_of,
)

# A condition, and whether it is to be true.
Goal: TypeAlias = tuple[Condition, bool]
_MOST_STEPS: Final = 3_000
_MOST_IN_ALL: Final = 100_000


@dataclass(slots=True)
class World:
    """What fields and attributes may still be. `shown` are the questions that must be visible."""

    domains: dict[str, Domain] = field(default_factory=dict)
    attributes: dict[str, frozenset[str]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()

    def copy(self) -> "World":
        """Return a world to be narrowed in another direction."""
        return World(dict(self.domains), dict(self.attributes), self.shown)


def showing(question_id: str, questionnaire: Questionnaire) -> Iterator[Condition]:
    """Yield the conditions under which a question is visible."""
    section = questionnaire.section_by_question[question_id]
    for part in (section, questionnaire.question(question_id)):
        if part.visible_if is not None:
            yield part.visible_if


class Search:
    """Looks through the conditions of one questionnaire, in a bounded number of steps."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._steps = 0
        self._last = 0

    def can_hold(self, conditions: Iterable[Condition]) -> bool:
        """Tell whether some answers of some body make all `conditions` true.

        True also where that takes too many steps to decide.
        """
        self._last = min(self._steps + _MOST_STEPS, _MOST_IN_ALL)
        return self._reaches([(condition, True) for condition in conditions], World())

    def _reaches(self, goals: list[Goal], world: World) -> bool:
        """Narrow the world goal by goal; try one alternative after another at the end."""
        choices: list[list[Goal]] = []
        while goals:
            self._steps += 1
            if self._steps > self._last:
                return True
            condition, wanted = goals.pop()
            match condition:
                case Not(part=part):
                    goals.append((part, not wanted))
                case AllOf(parts=parts) | AnyOf(parts=parts):
                    each: list[Goal] = [(part, wanted) for part in parts]
                    together = isinstance(condition, AllOf) is wanted
                    goals.extend(each) if together else choices.append(each)
                case AttributeCondition():
                    if not self._body(condition, wanted, world):
                        return False
                case AnswerCondition() | CellCondition():
                    if not self._answer(condition, wanted, world, goals):
                        return False
        return self._chooses(choices, world)

    def _chooses(self, choices: list[list[Goal]], world: World) -> bool:
        if not choices:
            return True
        first, *others = choices
        rest: list[list[Goal]] = others
        return any(self._takes(goal, rest, world.copy()) for goal in first)

    def _takes(self, goal: Goal, others: list[list[Goal]], world: World) -> bool:
        pending = [(AnyOf(tuple(_plain(each) for each in choice)), True) for choice in others]
        return self._reaches([*pending, goal], world)

    def _body(self, condition: AttributeCondition, wanted: bool, world: World) -> bool:
        name, named = condition.attribute, frozenset(condition.values)
        known = world.attributes.get(name, frozenset(VOCABULARY[name]))
        world.attributes[name] = known & named if wanted else known - named
        return bool(world.attributes[name])

    def _answer(
        self,
        condition: AnswerCondition | CellCondition,
        wanted: bool,
        world: World,
        goals: list[Goal],
    ) -> bool:
        id_ = condition.question_id
        key = condition.key if isinstance(condition, CellCondition) else id_
        field_ = self._questionnaire.fields_by_key.get(key)
        known = world.domains.get(key)
        if known is None:
            known = SEVERAL if field_ is None else domain_of(field_, self._questionnaire)
        value = None if field_ is None else comparable(field_, condition.value)
        world.domains[key] = known.narrowed(condition.op, value, wanted)
        if wanted and id_ not in world.shown:
            world.shown |= {id_}
            goals.extend((each, True) for each in showing(id_, self._questionnaire))
            if key != id_:
                goals.append((AnswerCondition(id_, Op.ANSWERED), True))
        return not world.domains[key].is_empty()


def _plain(goal: Goal) -> Condition:
    condition, wanted = goal
    return condition if wanted else Not(condition)
