"""What allauth asks of us: which mail to write, where links start, and where one may be sent on to."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.people import requests as people_requests
from lms.people.selectors import person_by_email
from lms.people.services import post_mail
from lms.shared import clock
from lms.shared.addresses import site_url
from lms.web.onward import is_ours

# Which of our letters stands for which of allauth's. A mail that is not here is a mail nobody has written yet.
LETTERS: Mapping[str, str] = {
    "account/email/email_confirmation": "confirm_email",
    "account/email/password_reset_key": "password_reset",
    "account/email/password_changed": "password_changed",
    "account/email/password_set": "password_changed",
    "account/email/password_reset": "password_changed",
    "account/email/unknown_account": "unknown_account",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail and password do not belong together. Check both, or ask for a new password."
        ),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, or ask for a new password."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_password": _("This is not your password."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail of allauth becomes a row: written in the person's language, sent by a worker, at most once."""
        person = person_by_email(email)
        language = (person.language if person else "") or get_language() or "en"
        if "uid" in context:
            url = site_url(
                "account_reset_password_from_key", uidb36=context["uid"], key=context["key"], language=language
            )
        elif "key" in context:
            url = site_url("account_confirm_email", context["key"], language=language)
        else:
            url = site_url("account_reset_password", language=language)
        words = {
            "name": person.name if person else "",
            "url": url,
            "sign_up": site_url("account_signup", language=language),
        }
        mail = post_mail(kind=LETTERS[template_prefix], to=email, language=language, context=words, now=clock.now())
        people_requests.mail_after_commit(mail)

    def is_safe_url(self, url: str | None) -> bool:
        return is_ours(url)
