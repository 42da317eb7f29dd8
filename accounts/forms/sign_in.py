"""allauth's forms in the portal's words; ``ACCOUNT_FORMS`` names them."""

from allauth.account import forms

from onepublic.core.forms import PlainWords


class LoginForm(PlainWords, forms.LoginForm):  # type: ignore[misc]
    """Signing in by e-mail address and password."""


class ResetPasswordForm(PlainWords, forms.ResetPasswordForm):  # type: ignore[misc]
    """Asking for the mail with the link."""


class ResetPasswordKeyForm(PlainWords, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """Setting a password by the link."""


class ChangePasswordForm(PlainWords, forms.ChangePasswordForm):  # type: ignore[misc]
    """Replacing the password, signed in."""
