"""Addresses of quizzes and of one's attempts."""

from django.urls import path

from lms.web import quizzes

app_name = "quizzes"
urlpatterns = [
    path("quizzes/<slug:quiz>/", quizzes.quiz, name="quiz"),
    path("attempts/<uuid:attempt_id>/", quizzes.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/answers/<int:position>/", quizzes.save, name="save"),
    path("attempts/<uuid:attempt_id>/finish/", quizzes.finish, name="finish"),
    path("attempts/<uuid:attempt_id>/result/", quizzes.result, name="result"),
]
