"""Sign-in, sign-out and password reset by allauth, nothing else of it; finding organizations."""

from allauth.account import views
from django.urls import path, re_path

from accounts.views.approval import answers_approval
from accounts.views.disasters import disaster, disasters
from accounts.views.divisions import division, division_closing, divisions
from accounts.views.organizations import organization_search

urlpatterns = [
    path("divisions/", divisions, name="divisions"),
    path("divisions/<int:pk>/", division, name="division"),
    path("divisions/<int:pk>/closing/", division_closing, name="division_closing"),
    path("divisions/approval/", answers_approval, name="answers_approval"),
    path("disasters/", disasters, name="disasters"),
    path("disasters/<int:pk>/", disaster, name="disaster"),
    path("organizations/", organization_search, name="organization_search"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("password/change/", views.password_change, name="account_change_password"),
]
