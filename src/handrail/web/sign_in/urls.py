"""Addresses for signing in. allauth finds its pages by these names; the others it knows, such
as signing up, are left out and so do not exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from handrail.web.sign_in import join

urlpatterns = [
    path("join/<str:token>", join.join, name="join"),
    path("sign-in", account.login, name="account_login"),
    path("sign-in/ended", account.account_inactive, name="account_inactive"),
    path("sign-in/code", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out", account.logout, name="account_logout"),
    path("confirm", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password", account.password_change, name="account_change_password"),
    path("password/set", account.password_set, name="account_set_password"),
    path("password/forgotten", account.password_reset, name="account_reset_password"),
    path(
        "password/forgotten/sent", account.password_reset_done, name="account_reset_password_done"
    ),
    # Not a plain path: the key has a dash of its own, and the first dash is where it begins.
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("security", second_factor.index, name="mfa_index"),
    path("security/app/add", app.activate_totp, name="mfa_activate_totp"),
    path("security/app/remove", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "security/codes/download",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("security/passkeys", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("security/passkeys/add", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
