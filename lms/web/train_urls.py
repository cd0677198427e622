"""Addresses of the trainer's side. Each asks for its cohort by lms.cohorts.access."""

from django.urls import path

from lms.web import train, train_guide, train_people, train_reminders, train_reports

app_name = "train"
urlpatterns = [
    path("train/", train.home, name="home"),
    path("train/<slug:code>/", train.cohort, name="cohort"),
    path("train/<slug:code>/learners/<uuid:learner_id>/", train.learner, name="learner"),
    path("train/<slug:code>/learners/<uuid:learner_id>/end/", train.end_enrolment, name="end_enrolment"),
    path("train/<slug:code>/learners/<uuid:learner_id>/again/", train.enrol_again, name="enrol_again"),
    path("train/<slug:code>/timetable/", train.cohort_timetable, name="timetable"),
    path("train/<slug:code>/invitations/", train_people.cohort_invitations, name="invitations"),
    path("train/<slug:code>/invitations/list/", train_people.roster, name="roster"),
    path("train/<slug:code>/invitations/<uuid:invitation_id>/again/", train_people.invite_again, name="invite_again"),
    path("train/<slug:code>/invitations/<uuid:invitation_id>/cancel/", train_people.cancel, name="cancel_invitation"),
    path("train/<slug:code>/reports/", train_reports.reports, name="reports"),
    path("train/<slug:code>/reports/<uuid:report_id>/", train_reports.report_file, name="report_file"),
    path("train/<slug:code>/guide/", train_guide.contents, name="guide"),
    path("train/<slug:code>/guide/print/", train_guide.guide_print, name="guide_print"),
    path("train/<slug:code>/guide/<slug:key>/", train_guide.guide_page, name="guide_page"),
    path("train/<slug:code>/reminders/", train_reminders.reminders, name="reminders"),
]
