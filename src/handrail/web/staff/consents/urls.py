"""Addresses of the staff pages of consents."""

from django.urls import path

from handrail.web.staff.consents import disclose, new_consent, notices, revoke, signing, view_models

urlpatterns = [
    path("staff/organization/notice", notices.notices, name="notices"),
    path("staff/organization/notice/publish", notices.notice_publish, name="notice_publish"),
    path(
        "staff/clients/<uuid:client_id>/consents/",
        view_models.chart_consents,
        name="chart_consents",
    ),
    path(
        "staff/clients/<uuid:client_id>/consents/new/", new_consent.consent_new, name="consent_new"
    ),
    path("staff/consents/<uuid:consent_id>/", signing.consent, name="consent"),
    path("staff/consents/<uuid:consent_id>/sign/", signing.consent_sign, name="consent_sign"),
    path("staff/consents/<uuid:consent_id>/paper/", signing.consent_paper, name="consent_paper"),
    path("staff/consents/<uuid:consent_id>/copy/", signing.consent_copy, name="consent_copy"),
    path("staff/consents/<uuid:consent_id>/revoke/", revoke.consent_revoke, name="consent_revoke"),
    path("staff/consents/<uuid:consent_id>/renew/", revoke.consent_renew, name="consent_renew"),
    path("staff/consents/<uuid:consent_id>/end/", revoke.consent_end, name="consent_end"),
    path(
        "staff/consents/<uuid:consent_id>/put-away/",
        revoke.consent_put_away,
        name="consent_put_away",
    ),
    path("staff/clients/<uuid:client_id>/notice/", signing.notice_give, name="notice_give"),
    path(
        "staff/clients/<uuid:client_id>/restrictions/",
        revoke.record_restriction,
        name="record_restriction",
    ),
    path(
        "staff/restrictions/<uuid:restriction_id>/lift/",
        revoke.lift_restriction,
        name="lift_restriction",
    ),
    path("staff/clients/<uuid:client_id>/disclosures/", disclose.disclosures, name="disclosures"),
    path(
        "staff/clients/<uuid:client_id>/disclosures/new/",
        disclose.disclosure_new,
        name="disclosure_new",
    ),
    path(
        "staff/clients/<uuid:client_id>/disclosures/without-consent/",
        disclose.disclosure_except,
        name="disclosure_except",
    ),
    path("staff/disclosures/<uuid:disclosure_id>/", disclose.disclosure, name="disclosure"),
    path(
        "staff/disclosures/<uuid:disclosure_id>/send/",
        disclose.disclosure_send,
        name="disclosure_send",
    ),
    path(
        "staff/disclosures/<uuid:disclosure_id>/stop/",
        revoke.disclosure_stop,
        name="disclosure_stop",
    ),
]
