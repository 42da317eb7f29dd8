"""Organizations that are named in answers: whether there are such, and what they are called.

The engine judges the form of a code and its check digit; what exists, only the database knows.
"""

from accounts.models import Organization
from surveys.questionnaire import Field
from surveys.questionnaire.attributes import KINDS
from surveys.questionnaire.kinds import OrganizationAnswer

NO_SUCH_PLACE = "この団体コード（{code}）の団体は登録されていません。"
OTHER_KIND = "「{name}」は、この設問で選べる種別（{kinds}）の団体ではありません。"


def why_no_place(field: Field, value: object) -> str:
    """Why ``value``, a code that the engine takes, names no body that may be answered; "" when it
    does, or when the field asks for none.
    """
    if not isinstance(field.answer, OrganizationAnswer) or not isinstance(value, str):
        return ""
    found = Organization.objects.filter(code=value).first()
    if found is None:
        return NO_SUCH_PLACE.format(code=value)
    if found.kind in field.answer.kinds:
        return ""
    kinds = "、".join(KINDS[kind] for kind in field.answer.kinds)
    return OTHER_KIND.format(name=found.full_name, kinds=kinds)


def place_in_words(code: str) -> str:
    """``北海道札幌市（011002）``, as a field of organizations holds it; a code that nobody bears
    stays a code.
    """
    found = Organization.objects.filter(code=code).first()
    return f"{found.full_name}（{code}）" if found else code
