"""Addresses of signing in, of one's own account, and of the people of an office."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from allauth.usersessions import views as sessions
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from amity.accounts.views import (
    deputies,
    invitations,
    lost,
    office,
    provider,
    second_factor,
    vouching,
)

# What these pages show is nobody else's, and some of it is shown once.
fresh = never_cache

urlpatterns = [
    path("sign-in/", fresh(account.login), name="account_login"),
    path("sign-in/second-factor/", fresh(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/lost/", fresh(lost.lost), name="lost_second_factor"),
    path("sign-in/lost/<str:signed>/stop/", lost.stop, name="stop_lost_factor"),
    path("sign-in/provider/", provider.leave, name="provider_leave"),
    path("sign-in/passkey/", fresh(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/again/", fresh(account.reauthenticate), name="account_reauthenticate"),
    path("sign-in/again/code/", fresh(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey/",
        fresh(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-in/closed/", fresh(account.account_inactive), name="account_inactive"),
    path("sign-in/invited/", fresh(account.signup), name="account_signup"),
    path("sign-out/", fresh(account.logout), name="account_logout"),
    path(
        "sign-in/confirm-address/",
        fresh(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path("sign-in/password/", fresh(account.password_reset), name="account_reset_password"),
    path(
        "sign-in/password/sent/",
        fresh(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^sign-in/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        fresh(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/password/changed/",
        fresh(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("invitations/<str:secret>/", invitations.invitation, name="invitation"),
    path("desk/account/", office.profile, name="profile"),
    path(
        "desk/account/password/",
        fresh(account.password_change),
        name="account_change_password",
    ),
    path("desk/account/password/set/", fresh(account.password_set), name="account_set_password"),
    path(
        "desk/account/provider/",
        fresh(socialaccount.connections),
        name="socialaccount_connections",
    ),
    path("desk/account/provider/link/", provider.link, name="provider_link"),
    path("desk/account/sessions/", fresh(sessions.list_usersessions), name="usersessions_list"),
    path("desk/account/security/", fresh(mfa.index), name="mfa_index"),
    path("desk/account/security/app/", fresh(second_factor.set_up_app), name="mfa_activate_totp"),
    path(
        "desk/account/security/app/remove/",
        fresh(totp.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "desk/account/security/passkeys/",
        fresh(webauthn.list_webauthn),
        name="mfa_list_webauthn",
    ),
    path(
        "desk/account/security/passkeys/add/",
        fresh(second_factor.add_passkey),
        name="mfa_add_webauthn",
    ),
    path(
        "desk/account/security/passkeys/<int:pk>/",
        fresh(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "desk/account/security/passkeys/<int:pk>/remove/",
        fresh(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "desk/account/security/codes/",
        fresh(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "desk/account/security/codes/new/",
        fresh(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("desk/office/", office.office, name="office"),
    path("desk/office/deputies/", deputies.deputies, name="deputies"),
    path("desk/office/deputies/<int:number>/end/", deputies.end, name="end_deputy"),
    path("desk/office/choose/", office.choose, name="choose_office"),
    path("desk/office/people/<int:number>/end/", office.end, name="end_mandates"),
    path("desk/office/lost/<int:number>/", vouching.lost_factor, name="lost_factor"),
    path("desk/office/lost/<int:number>/vouch/", vouching.vouch, name="vouch_for"),
    path("desk/office/lost/<int:number>/stop/", vouching.stop, name="stop_lost"),
    path(
        "desk/office/invitations/<int:number>/withdraw/",
        office.withdraw,
        name="withdraw_invitation",
    ),
]

without_language = [path("sign-in/provider/back/", provider.back, name="provider_back")]
"""One address for all languages, which the provider of identities knows."""
