"""Addresses of accounts. Those that allauth looks up by name carry its names, ours are in the namespace account."""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path

from lms.web import account, invitations, my_data

ours = [
    path("after-sign-in/", account.after_sign_in, name="after_sign_in"),
    path("language/", account.language, name="language"),
    path("profile/", account.profile, name="profile"),
    path("profile/sessions/", account.end_other_sessions, name="end_other_sessions"),
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/file/", my_data.my_data_file, name="my_data_file"),
    path("my-data/erase/", my_data.erase, name="erase"),
    path("join/<str:token>/", invitations.join_page, name="join"),
]

urlpatterns = [
    path("account/", include((ours, "account"))),
    path("account/sign-in/", account.SignInView.as_view(), name="account_login"),
    path("account/sign-up/", account.SignUpView.as_view(), name="account_signup"),
    path("account/sign-out/", account.SignOutView.as_view(), name="account_logout"),
    path(
        "account/closed/",
        allauth_views.AccountInactiveView.as_view(template_name="account/closed.html"),
        name="account_inactive",
    ),
    path(
        "account/password/",
        allauth_views.PasswordChangeView.as_view(template_name="account/password.html"),
        name="account_change_password",
    ),
    path(
        "account/password/first/",
        allauth_views.PasswordSetView.as_view(template_name="account/password.html"),
        name="account_set_password",
    ),
    path(
        "account/password/again/",
        allauth_views.ReauthenticateView.as_view(template_name="account/password_again.html"),
        name="account_reauthenticate",
    ),
    path("account/password/reset/", account.AskForResetView.as_view(), name="account_reset_password"),
    path(
        "account/password/reset/sent/",
        allauth_views.PasswordResetDoneView.as_view(template_name="account/reset_sent.html"),
        name="account_reset_password_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        allauth_views.PasswordResetFromKeyView.as_view(template_name="account/reset_password.html"),
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        allauth_views.PasswordResetFromKeyDoneView.as_view(template_name="account/reset_done.html"),
        name="account_reset_password_from_key_done",
    ),
    path(
        "account/confirm/",
        allauth_views.EmailVerificationSentView.as_view(template_name="account/confirm_sent.html"),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^account/confirm/(?P<key>[-:\w]+)/$",
        allauth_views.ConfirmEmailView.as_view(template_name="account/confirm.html"),
        name="account_confirm_email",
    ),
]
