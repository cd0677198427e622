"""One row per question: how often asked, how often wrong, the mean score and the wrong answer that most people gave."""

from datetime import date

from django.utils.translation import gettext as _

from lms.cohorts.models import Cohort
from lms.reports.builders.completion import percent
from lms.reports.builders.table import Table, Value
from lms.reports.questions import QuestionFigure, figures_by_quiz, finished_attempts, questions_asked


def table(cohort: Cohort, *, today: date, language: str) -> Table:
    """The questions of one quiz are counted at once, so that the worker can give a sign of life between two quizzes."""
    attempts = finished_attempts(cohort)
    return Table(
        title=_("Questions"),
        header=(
            _("Module"),
            _("Quiz"),
            _("Question"),
            _("Text of the question"),
            _("Times asked"),
            _("Left open"),
            _("Not fully right"),
            _("Mean score, %"),
            _("Most chosen wrong answer"),
            _("Times chosen"),
        ),
        rows=(_row(figure) for figure in figures_by_quiz(attempts, language)),
        total=questions_asked(attempts),
        about=((_("Finished attempts"), attempts.count()),),
    )


def _row(figure: QuestionFigure) -> tuple[Value, ...]:
    return (
        figure.module,
        figure.quiz,
        figure.key,
        figure.stem,
        figure.asked,
        figure.left_open,
        figure.wrong,
        percent(figure.mean_score),
        figure.top_wrong or None,
        figure.top_wrong_count or None,
    )
