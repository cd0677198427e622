"""The addresses of the API, below /api/."""

from django.urls import include, path, re_path

from api.nowhere import Nowhere

app_name = "api"
urlpatterns = [
    path("v1/", include("api.v1.urls")),
    # Whatever else begins with /api/ is answered with a problem document, not with a page. Only what ends with a slash
    # is caught, so that an address without its slash still leads to the one with it.
    re_path(r"^(?:.*/)?$", Nowhere.as_view(), name="nowhere"),
]
