"""The site's addresses: those with a language before them, and those without. Each area has a file of its own."""

from django.urls import URLPattern, URLResolver, include, path

from lms.web import assets, public
from lms.web.health_urls import urlpatterns as health

without_language: list[URLPattern | URLResolver] = [
    *health,
    path("", public.choose_language, name="root"),
    path("assets/<str:digest>/<str:name>", assets.asset, name="asset"),
]

with_language: list[URLPattern | URLResolver] = [
    path("", include("lms.web.public_urls")),
    path("", include("lms.web.learn_urls")),
    path("", include("lms.web.farm_urls")),
    path("", include("lms.web.quiz_urls")),
    path("", include("lms.web.story_urls")),
    path("", include("lms.web.account_urls")),
    path("", include("lms.web.reminder_urls")),
    path("", include("lms.web.train_urls")),
]
