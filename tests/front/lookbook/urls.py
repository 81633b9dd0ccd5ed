"""Addresses of the look-book, used as ROOT_URLCONF by the browser tests."""

from django.urls import include, path

from tests.front.lookbook import views

urlpatterns = [
    path("", views.components, name="lookbook"),
    path("desk/", views.desk, name="lookbook_desk"),
    path("error/<int:code>/", views.error, name="lookbook_error"),
    path("autosave/", views.autosave, name="lookbook_autosave"),
    path("upload/", views.upload, name="lookbook_upload"),
    path("sent/", views.sent, name="lookbook_sent"),
    path("login/", views.components, name="account_login"),
    path("i18n/", include("django.conf.urls.i18n")),
]
