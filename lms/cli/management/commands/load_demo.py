"""Invented people and two cohorts, to try the service with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.credentials.services import issue_earned
from lms.publishing.demo import load_demo
from lms.publishing.invented import NoProgramme, NotInProduction
from lms.shared import clock

SIGN_INS = "trainee@example.org, trainer@example.org, trainer2@example.org, admin@example.org"


class Command(BaseCommand):
    help = (
        "Load the demo people: 24 invented trainees in the cohort spring, 8 in autumn, their trainers, an operator. "
        "Running it again adds only what is missing. Refused in production. Example: python manage.py load_demo"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        try:
            loaded = load_demo(path=settings.DEMO_PATH, now=now)
        except NotInProduction as error:
            raise CommandError(
                "Demo people are refused in production (LMS_PRODUCTION is set): everybody knows their password."
            ) from error
        except NoProgramme as error:
            raise CommandError(
                f"The programme {error.details['programme']} is not there yet. "
                f"First: python manage.py import_package {settings.PACKAGE_PATH}"
            ) from error
        certificates = issue_earned(now=now)
        if not loaded.people:
            self.stdout.write("all demo people are there")
            return
        tried = f"{loaded.lessons} lessons done, {loaded.attempts} quizzes tried, {certificates} certificates"
        self.stdout.write(tried)
        self.stdout.write(f"{SIGN_INS}: password green-skills-demo")
        self.stdout.write(f"{loaded.people} people, {loaded.cohorts} new cohorts")
