"""Addresses of the look-book, used as ROOT_URLCONF by the browser tests."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from tests.front.lookbook import views

urlpatterns = [
    path("", views.components, name="lookbook"),
    path("desk/", views.desk, name="lookbook_desk"),
    path("error/<int:code>/", views.error, name="lookbook_error"),
    path("autosave/", views.autosave, name="lookbook_autosave"),
    path("upload/", views.upload, name="lookbook_upload"),
    path("sent/", views.sent, name="lookbook_sent"),
    path("login/", views.components, name="account_login"),
    path("language/", login_not_required(set_language), name="set_language"),
]
