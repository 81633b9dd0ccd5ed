"""Addresses of one's own profile. None of them names a person: there is nobody else's profile to ask for."""

from django.urls import URLPattern, path

from experts.views import cv, profile, rows


def _rows(kind: rows.Kind) -> list[URLPattern]:
    base, name, passed = f"profile/{kind.name}/", f"profile_{kind.name}", {"kind": kind}
    return [
        path(base, rows.index, passed, name=name),
        path(f"{base}new/", rows.addition, passed, name=f"{name}_addition"),
        path(f"{base}<uuid:row>/", rows.page, passed, name=f"{name}_row"),
        path(f"{base}<uuid:row>/removal/", rows.removal, passed, name=f"{name}_removal"),
    ]


urlpatterns = [
    path("profile/", profile.index, name="profile"),
    path("profile/identity/", profile.identity, name="profile_identity"),
    path("profile/expertise/", profile.expertise, name="profile_expertise"),
    path("profile/cv/", cv.page, name="profile_cv"),
    path("profile/cv/file/", cv.file, name="profile_cv_file"),
    path("profile/cv/removal/", cv.removal, name="profile_cv_removal"),
    *(pattern for kind in rows.KINDS for pattern in _rows(kind)),
]
