"""Addresses of what is for the farm."""

from django.urls import path

from lms.web import farm

app_name = "farm"
urlpatterns = [
    path("calculators/", farm.calculators, name="calculators"),
    path("calculators/<slug:calculator>/", farm.calculator, name="calculator"),
    path("tasks/", farm.tasks, name="tasks"),
    path("tasks/<slug:task>/", farm.task, name="task"),
    path("tasks/<slug:task>/observe/", farm.observe, name="observe"),
]
