"""Addresses of one's account, of organisations, of the pages about the service, and of the demonstration's extras."""

from django.urls import path

from accounts.views import (
    account,
    appearance,
    demo,
    firms,
    invitations,
    members,
    organisations,
    pages,
    second_factor,
    unsent,
)

urlpatterns = [
    path("account/", account.settings_page, name="account_settings"),
    path("account/data/", account.export, name="account_export"),
    path("account/erasure/", account.erasure, name="account_erasure"),
    path("account/second-factor/", second_factor.required, name="two_factor_required"),
    path("account/unsent/", unsent.page, name="unsent"),
    path("account/confirmed/", second_factor.confirmed, name="second_factor_confirmed"),
    path("organisations/", organisations.index, name="organisations"),
    path("organisations/<uuid:reference>/", organisations.page, name="organisation"),
    path("organisations/<uuid:reference>/details/", organisations.details, name="organisation_details"),
    path("organisations/<uuid:reference>/members/", members.index, name="organisation_members"),
    path(
        "organisations/<uuid:reference>/members/<uuid:membership>/end/", members.ending, name="organisation_member_end"
    ),
    path(
        "organisations/<uuid:reference>/invitations/<uuid:invitation>/withdrawal/",
        members.withdrawal,
        name="organisation_invitation_withdrawal",
    ),
    path("firms/new/", firms.creation, name="firm_creation"),
    path("invitations/<str:token>/", invitations.page, name="invitation"),
    path("appearance/", appearance.choice, name="set_theme"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("personal-data/", pages.personal_data, name="personal_data"),
    path("privacy/", pages.privacy, name="privacy"),
    path("legal/", pages.legal, name="legal"),
    path("demo/", demo.index, name="demo"),
    path("demo/mail/", demo.mail, name="demo_mail"),
    path("demo/mail/<slug:name>/", demo.message, name="demo_message"),
    path("demo/accounts/", demo.accounts, name="demo_accounts"),
]
