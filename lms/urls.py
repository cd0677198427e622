"""The URL map. Pages carry their language (/en/…, /bg/…); the rest does not."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from lms.web import urls as web
from lms.web.account import SignOutView

# Operators sign in and out where everybody does: one door, one set of limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign, no-untyped-call]
admin.site.logout = SignOutView.as_view()  # type: ignore[method-assign, assignment]
admin.site.password_change = RedirectView.as_view(  # type: ignore[method-assign, assignment]
    pattern_name="account_change_password"
)
admin.site.site_header = admin.site.site_title = "Green Skills"

urlpatterns = [
    path("", include(web.without_language)),
    path("api/", include("api.urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(path("", include(web.with_language))),
]

handler400 = "lms.web.errors.bad_request"
handler403 = "lms.web.errors.forbidden"
handler404 = "lms.web.errors.not_found"
handler429 = "lms.web.errors.too_many"  # allauth asks for it
handler500 = "lms.web.errors.server_error"
