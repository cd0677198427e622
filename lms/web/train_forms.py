"""Forms of the trainer's pages, and how their addresses are read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.roster_file import MOST_BYTES
from lms.cohorts.selectors import TimetableLine
from lms.cohorts.services import Days
from lms.reports.selectors import SHOWS, SORT_COLUMNS, View

MOST_INVITED_AT_ONCE = 50
LAST_PAGE = 100_000


def view_of(query: QueryDict) -> View:
    """What the address of a cohort's page asks for. Whatever it does not know is as if it were not there."""
    sort, show = query.get("sort", "name"), query.get("show", "all")
    return View(
        sort=sort.removeprefix("-") if sort.removeprefix("-") in SORT_COLUMNS else "name",
        descending=sort.startswith("-") and sort[1:] in SORT_COLUMNS,
        show=show if show in SHOWS else "all",
        text=query.get("q", "").strip().replace("\x00", "")[:80],
        page=number(query.get("page", "")),
    )


def number(text: str) -> int:
    """A page's number; 1 for everything that is none."""
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 8 else 1


class PlainForm(forms.Form):
    """Labels without a colon, as everywhere on the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


class LeavingForm(PlainForm):
    """Why somebody leaves. That they asked to be forgotten is not a trainer's act."""

    because = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            ("withdrew", gettext_lazy("They want to stop")),
            ("removed", gettext_lazy("They do not belong here")),
        ],
        widget=forms.RadioSelect,
    )


class DaysForm(PlainForm):
    """The days of one module. The prefix is the module's key."""

    opens_on = forms.DateField(
        required=False,
        label=gettext_lazy("Opens on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("This is not a day. Write it as 2027-03-15.")},
    )
    due_on = forms.DateField(
        required=False,
        label=gettext_lazy("Due on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("This is not a day. Write it as 2027-03-15.")},
    )

    def days(self) -> Days:
        return Days(self.cleaned_data["opens_on"], self.cleaned_data["due_on"])


def days_forms(lines: Sequence[TimetableLine], data: QueryDict | None) -> dict[str, DaysForm]:
    return {
        line.key: DaysForm(data, prefix=line.key, initial={"opens_on": line.opens_on, "due_on": line.due_on})
        for line in lines
    }


def say_problems(days: Mapping[str, DaysForm], problems: Mapping[str, Mapping[str, str]]) -> None:
    """Puts what the verb refused beside the fields it is about."""
    words = {
        "outside_cohort": _("Choose a day between the first and the last day of the cohort."),
        "due_before_opening": _("The module cannot be due before it opens."),
        "unknown_module": _("This module is not part of the programme any more."),
    }
    for key, fields in problems.items():
        for field, code in fields.items():
            days[key].add_error(field, words[code])


class InviteForm(PlainForm):
    """One address a line; commas and semicolons will do."""

    emails = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("One on each line."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        max_length=10_000,
    )

    def clean_emails(self) -> list[str]:
        text = self.cleaned_data["emails"].replace(",", "\n").replace(";", "\n")
        emails = list(dict.fromkeys(line.strip().lower() for line in text.splitlines() if line.strip()))
        if len(emails) > MOST_INVITED_AT_ONCE:
            most = {"most": MOST_INVITED_AT_ONCE}
            raise ValidationError(_("Up to %(most)s at once. For more, use a list as a file.") % most)
        wrong = [email for email in emails if not _is_email(email)]
        if wrong:
            raise ValidationError([_("%(email)s is not an e-mail address.") % {"email": email} for email in wrong])
        return emails


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class RosterForm(PlainForm):
    """First the file, then, on the page that shows what it would do, the same text again to confirm."""

    file = forms.FileField(
        required=False,
        label=gettext_lazy("List as a CSV file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    text = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_BYTES, strip=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text"):
            self.add_error("file", _("Choose a file."))
        return cleaned

    def content(self) -> bytes:
        """What was chosen, never more than one byte above the limit."""
        file = self.cleaned_data["file"]
        content: bytes = file.read(MOST_BYTES + 1) if file else self.cleaned_data["text"].encode()
        return content


class ReportForm(PlainForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[
            ("completion", gettext_lazy("Progress: one row for each trainee")),
            ("item_analysis", gettext_lazy("Questions: one row for each question")),
        ],
        widget=forms.RadioSelect,
        initial="completion",
    )
    file_format = forms.ChoiceField(
        label=gettext_lazy("As"),
        choices=[("xlsx", gettext_lazy("Workbook (XLSX)")), ("csv", gettext_lazy("Text table (CSV)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
