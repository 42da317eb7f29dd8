"""What a prefecture says when it gives a response back."""

from onepublic.core.fields import WarekiDateField
from surveys.forms.approval import ReturnInsideForm


class ReturnToMunicipalityForm(ReturnInsideForm):
    """``reason``, remarks on questions, and ``until``: the day by which it should be mended."""

    until = WarekiDateField(
        label="直す期限",
        required=False,
        help_text="今日から回答期限までの日。空欄のときは、回答期限までに直すよう伝わります。",
    )
