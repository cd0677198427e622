"""The mail of one reminder, in the learner's language, with the way on and the way out."""

from datetime import datetime

from lms.people.letters import write_letter
from lms.people.models import OutgoingMail
from lms.reminders.models import Reminder
from lms.reminders.stop_link import signed_for
from lms.shared.addresses import site_url
from lms.shared.clock import local_date
from lms.shared.languages import in_language


def write_reminder(reminder: Reminder, *, now: datetime) -> OutgoingMail:
    """An unsaved mail: the reminder's own row says what becomes of it.

    Headers as in RFC 2369 and RFC 8058, so that mail programs can offer "unsubscribe" in one click.
    """
    enrolment, module = reminder.enrolment, reminder.module
    learner, cohort = enrolment.learner, enrolment.cohort
    language = learner.language or cohort.language
    source = cohort.programme.source_language
    stop_url = site_url("reminders:stop", signed_for(learner), language=language)
    place = ("learn:module", module.key) if module else ("public:home",)
    letter = write_letter(
        f"reminder_{reminder.kind}",
        language,
        {
            "name": " ".join(learner.name.split()),  # one line, whatever was typed
            "cohort": cohort.name,
            "programme": in_language(cohort.programme.title, language, source),
            "module": in_language(module.title, language, source) if module else "",
            "due_on": reminder.due_on,
            "days_left": (reminder.due_on - local_date(now, cohort.timezone)).days,
            "url": site_url(*place, language=language),
            "stop_url": stop_url,
        },
    )
    return OutgoingMail(
        kind=f"reminder_{reminder.kind}",
        to=learner.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers={
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Content-Language": language,
        },
    )
