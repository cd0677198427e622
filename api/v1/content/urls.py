"""Addresses of content."""

from django.urls import path

from api.v1.content import views

urlpatterns = [
    path("programmes/", views.Programmes.as_view(), name="programmes"),
    path("programmes/<slug:key>/", views.ProgrammeDetail.as_view(), name="programme"),
    path("modules/", views.Modules.as_view(), name="modules"),
    path("modules/<slug:key>/", views.ModuleDetail.as_view(), name="module"),
    path("lessons/", views.Lessons.as_view(), name="lessons"),
    path("lessons/<slug:key>/", views.LessonDetail.as_view(), name="lesson"),
    path("calculators/", views.Calculators.as_view(), name="calculators"),
    path("calculators/<slug:key>/", views.CalculatorDetail.as_view(), name="calculator"),
    path("tasks/", views.Tasks.as_view(), name="tasks"),
    path("tasks/<slug:key>/", views.TaskDetail.as_view(), name="task"),
    path("stories/", views.Stories.as_view(), name="stories"),
    path("stories/<slug:key>/", views.StoryDetail.as_view(), name="story"),
    path("glossary/", views.Glossary.as_view(), name="glossary"),
    path("facts/", views.Facts.as_view(), name="facts"),
    path("facts/<slug:number>/", views.FactDetail.as_view(), name="fact"),
    path("changes/", views.ChangesSince.as_view(), name="changes"),
]
