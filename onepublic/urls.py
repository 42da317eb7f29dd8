"""All addresses of the portal."""

from django.conf import settings
from django.urls import include, path

from onepublic.calendar.views import month
from onepublic.core.views import browsers, health
from onepublic.home.people import people
from onepublic.home.scans import scans
from onepublic.home.views import home
from onepublic.notifications.preferences import mail_settings
from onepublic.notifications.views import notifications
from onepublic.organizations.views import organization
from onepublic.search.views import search
from onepublic.workload.views import burden

handler400 = "onepublic.core.views.bad_request"

urlpatterns = [
    path("", home, name="home"),
    path("calendar/", month, name="calendar"),
    path("people/", people, name="people"),
    path("scans/", scans, name="scans"),
    path("feeds/", include("onepublic.feeds.urls")),
    path("search/", search, name="search"),
    path("organizations/<str:code>/", organization, name="organization"),
    path("notifications/", notifications, name="notifications"),
    path("settings/mail/", mail_settings, name="mail_settings"),
    path("healthz/", health, name="health"),
    path("browsers/", browsers, name="browsers"),
    path("accounts/", include("accounts.urls")),
    path("notices/", include("notices.urls")),
    path("surveys/managed/<int:survey_id>/burden/", burden, name="survey_burden"),
    path("surveys/", include("surveys.urls")),
]

if settings.DEMO:
    urlpatterns += [path("", include("onepublic.dev.urls"))]
