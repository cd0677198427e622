"""Plain forms of the site. Labels say what is meant, errors stand beside the field, and what was typed stays."""

import zoneinfo
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 120


def _password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    """One password field; static/js/show-password.js adds a button that shows what is typed."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "data-show-password": ""})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=help_text)


def _email(label: Any, autocomplete: str = "email") -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete, "autocapitalize": "off", "spellcheck": "false"})
    return forms.EmailField(label=label, widget=widget, max_length=254)


class _PlainLabels:
    """Labels without a colon, in our forms and in those we take from allauth."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


HOW_LONG = _("At least 8 characters, 12 for trainers. A short sentence is easy to remember.")


def _new_password(label: Any, form: forms.BaseForm) -> None:
    """allauth asks twice for a new password. We ask once and show it on request."""
    del form.fields["password2"]
    field = form.fields["password1"]
    field.label, field.help_text = label, HOW_LONG
    field.widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "data-show-password": ""})
    field.widget.is_required = True


class SignInForm(_PlainLabels, LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _email(_("E-mail"), "username")
        self.fields["password"] = _password(_("Password"), "current-password")


class SignUpForm(_PlainLabels, forms.Form):
    email = _email(_("E-mail"))
    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As it should stand on your certificate. Your trainer sees it too."),
    )
    password = _password(
        _("Password"), "new-password", _("At least 8 characters. A short sentence is easy to remember.")
    )


class AskForResetForm(_PlainLabels, ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email(_("E-mail"), "username")


class NewPasswordForm(_PlainLabels, ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_password(_("New password"), self)


class FirstPasswordForm(_PlainLabels, SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_password(_("Password"), self)


class PasswordChangeForm(_PlainLabels, ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_password(_("New password"), self)
        self.fields["oldpassword"] = _password(_("Password you have now"), "current-password")


class AskAgainForm(_PlainLabels, ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = _password(_("Password"), "current-password")


def _zones() -> list[tuple[str, str]]:
    """Zones with a place name, the European ones first: most people here are in one of them."""
    names = [
        name
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/"))
    ]
    return [
        (name, name.replace("_", " "))
        for name in sorted(names, key=lambda name: (not name.startswith("Europe/"), name))
    ]


def _languages() -> list[tuple[str, str]]:
    """Each by its own name: whoever looks for Bulgarian may not read English."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


class ProfileForm(_PlainLabels, forms.Form):
    name = forms.CharField(
        label=_("Your name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=_languages, help_text=_("For pages after sign-in, and for mail.")
    )
    timezone = forms.ChoiceField(label=_("Time zone"), choices=_zones)
    wants_reminders = forms.BooleanField(label=_("Send me reminders by e-mail"), required=False)


class OwnPasswordForm(_PlainLabels, forms.Form):
    """The password once more, before something that cannot be taken back."""

    password = _password(_("Your password"), "current-password")
