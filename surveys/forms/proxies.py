"""The consent under which a prefecture writes for a municipality."""

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm


class ProxyForm(BareForm):
    """``consent_by``, ``consent_how``, ``reason``, and ``may_submit``: to handing in as well."""

    consent_by = PlainTextField(
        label="同意した人",
        max_length=100,
        help_text="市区町村の、同意した人の職名と氏名（例：総務課長　山田太郎）。",
    )
    consent_how = PlainTextField(
        label="同意の方法",
        max_length=400,
        help_text="いつ、どのように同意を得たか（例：11月23日10時、電話で）。",
    )
    reason = PlainTextField(
        label="代理入力の理由",
        max_length=400,
        help_text="市区町村が自ら入力できない事情（例：庁舎の被災のため）。",
    )
    may_submit = forms.BooleanField(
        label="提出まで行うことにも同意を得た",
        required=False,
        help_text="チェックしないときは、入力だけを行い、提出は市区町村の職員が行います。",
    )
