"""Addresses of the staff pages."""

from django.urls import path

from handrail.web.staff import again, demo_clock, hand_back, idle
from handrail.web.staff.admission import views as admission
from handrail.web.staff.assessment import finding
from handrail.web.staff.assessment import views as assessment
from handrail.web.staff.audit import views as audit
from handrail.web.staff.booking import published, slots
from handrail.web.staff.clients import about, changing, listing, timeline
from handrail.web.staff.clients import access_log as looked
from handrail.web.staff.consents import disclose as leaving
from handrail.web.staff.consents import new_consent as asking
from handrail.web.staff.consents import notices as notice
from handrail.web.staff.consents import revoke as keeping
from handrail.web.staff.consents import signing
from handrail.web.staff.consents import view_models as shown
from handrail.web.staff.counseling import views as counseling
from handrail.web.staff.coverage import changing as coverage_changing
from handrail.web.staff.coverage import check as coverage_check
from handrail.web.staff.coverage import costs as coverage_costs
from handrail.web.staff.coverage import fees, handing_over
from handrail.web.staff.coverage import listing as coverage_listing
from handrail.web.staff.coverage import page as coverage_page
from handrail.web.staff.documents import chart_export as record_letters
from handrail.web.staff.documents import letter as recommendation_letters
from handrail.web.staff.enrollment import course, make_up, membership
from handrail.web.staff.inquiries import changing as inquiry_changing
from handrail.web.staff.inquiries import detail as inquiry_page
from handrail.web.staff.inquiries import listing as inquiry_listing
from handrail.web.staff.ledger import agreeing, deciding, report
from handrail.web.staff.ledger import views as ledger
from handrail.web.staff.notes import chart_notes
from handrail.web.staff.notes import views as notes
from handrail.web.staff.organizations import organization, people, switch
from handrail.web.staff.outreach import views as outreach
from handrail.web.staff.recommendations import views as level
from handrail.web.staff.referrals import changing as referring
from handrail.web.staff.referrals import pages as referrals
from handrail.web.staff.safety import giving
from handrail.web.staff.safety import views as safety_plan
from handrail.web.staff.schedule import availability, planning, session, track, week, working_hours
from handrail.web.staff.screening import views as screening
from handrail.web.staff.sessions import views as board
from handrail.web.staff.waitlist import views as waiting
from handrail.web.staff.worklist import today

app_name = "staff"

urlpatterns = [
    path("staff", today.today, name="today"),
    path("staff/people", people.everyone, name="people"),
    path("staff/people/invite", people.invite, name="invite"),
    path(
        "staff/invitations/<uuid:invitation_id>/cancel",
        people.cancel_invitation,
        name="cancel_invitation",
    ),
    path("staff/people/<uuid:membership_id>", people.person, name="person"),
    path("staff/people/<uuid:membership_id>/roles", people.roles, name="roles"),
    path("staff/people/<uuid:membership_id>/deactivate", people.deactivate, name="deactivate"),
    path("staff/people/<uuid:membership_id>/reactivate", people.reactivate, name="reactivate"),
    path("staff/people/<uuid:membership_id>/licenses", people.license_, name="record_license"),
    path("staff/licenses/<uuid:credential_id>/void", people.void_license, name="void_license"),
    path("staff/organization", organization.rules, name="organization"),
    path("staff/organization/change", organization.change, name="change_organization"),
    path("staff/organization/notice", notice.notices, name="notices"),
    path("staff/organization/notice/publish", notice.notice_publish, name="notice_publish"),
    path("staff/audit", audit.review, name="audit"),
    path("staff/switch", switch.choose, name="switch"),
    path("staff/groups/", week.groups, name="groups"),
    path("staff/groups/new/", planning.new_track, name="new_track"),
    path("staff/groups/closures/", planning.closures, name="closures"),
    path("staff/groups/closures/close/", planning.close_day, name="close_day"),
    path("staff/groups/closures/<uuid:closure_id>/open/", planning.reopen_day, name="reopen_day"),
    path("staff/groups/availability/", availability.week, name="availability"),
    path("staff/groups/rooms/", availability.record_room, name="record_room"),
    path("staff/groups/rooms/<uuid:room_id>/end/", availability.end_room, name="end_room"),
    path(
        "staff/groups/availability/<uuid:membership_id>/",
        working_hours.hours,
        name="working_hours",
    ),
    path(
        "staff/groups/availability/<uuid:membership_id>/week/",
        working_hours.set_week,
        name="set_week_hours",
    ),
    path(
        "staff/groups/availability/<uuid:membership_id>/day/",
        working_hours.set_day,
        name="set_day_hours",
    ),
    path(
        "staff/groups/availability/<uuid:membership_id>/away/",
        working_hours.time_away,
        name="time_away",
    ),
    path(
        "staff/groups/away/<uuid:time_away_id>/cancel/",
        working_hours.cancel_time_away,
        name="cancel_time_away",
    ),
    path("staff/slots/", slots.listing, name="slots"),
    path("staff/slots/offer/", slots.offer, name="offer_slots"),
    path("staff/slots/<uuid:slot_id>/", slots.book_form, name="book_slot"),
    path("staff/slots/<uuid:slot_id>/book/", slots.book, name="book_slot_for"),
    path("staff/slots/<uuid:slot_id>/withdraw/", slots.withdraw, name="withdraw_slot"),
    path("staff/bookings/<uuid:booking_id>/", slots.move_form, name="move_booking"),
    path("staff/bookings/<uuid:booking_id>/move/", slots.move, name="move_booking_to"),
    path("staff/bookings/<uuid:booking_id>/came/", slots.came, name="booking_came"),
    path("staff/bookings/<uuid:booking_id>/cancel/", slots.cancel, name="cancel_booking"),
    path("staff/published/", published.published, name="published"),
    path("staff/published/<uuid:program_id>/", published.publish, name="publish_program"),
    path("staff/published/<uuid:published_id>/verify/", published.verify, name="verify_program"),
    path(
        "staff/published/<uuid:published_id>/withdraw/",
        published.withdraw,
        name="withdraw_program",
    ),
    path("staff/groups/<uuid:track_id>/", track.track, name="track"),
    path("staff/groups/<uuid:track_id>/find/", track.find, name="track_find"),
    path("staff/groups/<uuid:track_id>/enroll/", track.enroll, name="enroll"),
    path("staff/groups/<uuid:track_id>/lay-out/", track.lay_out, name="lay_out"),
    path("staff/groups/on/<uuid:session_id>/", session.session, name="group_session"),
    path("staff/groups/on/<uuid:session_id>/change/", session.change, name="change_session"),
    path("staff/groups/on/<uuid:session_id>/later/", session.change_later, name="change_later"),
    path("staff/groups/on/<uuid:session_id>/cancel/", session.cancel, name="cancel_session"),
    path("staff/groups/on/<uuid:session_id>/restore/", session.restore, name="restore_session"),
    path("staff/memberships/<uuid:enrollment_id>/", membership.membership, name="membership"),
    path("staff/memberships/<uuid:enrollment_id>/transfer/", membership.transfer, name="transfer"),
    path("staff/memberships/<uuid:enrollment_id>/days/", membership.other_days, name="other_days"),
    path("staff/memberships/<uuid:enrollment_id>/pause/", membership.pause, name="pause"),
    path("staff/memberships/<uuid:enrollment_id>/end/", membership.end, name="end_membership"),
    path("staff/pauses/<uuid:pause_id>/end/", membership.end_pause, name="end_pause"),
    path("staff/clients/<uuid:client_id>/make-up/", make_up.finder, name="make_up"),
    path("staff/clients/<uuid:client_id>/make-up/book/", make_up.book, name="book_make_up"),
    path("staff/make-ups/<uuid:make_up_id>/cancel/", make_up.cancel, name="cancel_make_up"),
    path("staff/clients/<uuid:client_id>/course/", course.chart_course, name="chart_course"),
    path("staff/clients/<uuid:client_id>/course/hours/", course.book_hour, name="book_hour"),
    path("staff/clients/<uuid:client_id>/course/goals/", course.set_goal, name="set_goal"),
    path("staff/hours/<uuid:appointment_id>/held/", course.held, name="record_held"),
    path("staff/goals/<uuid:goal_id>/end/", course.end_goal, name="end_goal"),
    path("staff/sessions/<uuid:session_id>/", board.board, name="board"),
    path("staff/sessions/<uuid:session_id>/changes/", board.changes, name="board_changes"),
    path("staff/sessions/<uuid:session_id>/start/", board.start, name="board_start"),
    path("staff/sessions/<uuid:session_id>/mark/", board.mark, name="board_mark"),
    path("staff/sessions/<uuid:session_id>/save/", board.save, name="board_save"),
    path("staff/sessions/<uuid:session_id>/settle/", board.settle, name="board_settle"),
    path("staff/sessions/<uuid:session_id>/arrive/", board.arrive, name="board_arrive"),
    path("staff/sessions/<uuid:session_id>/close/", board.close, name="board_close"),
    path("staff/sessions/<uuid:session_id>/reopen/", board.reopen, name="board_reopen"),
    path("staff/sessions/<uuid:session_id>/sign/", board.sign, name="board_sign"),
    path("staff/outreach/", outreach.tonight, name="outreach"),
    path("staff/outreach/<uuid:outreach_id>/attempt/", outreach.attempt, name="outreach_attempt"),
    path("staff/outreach/<uuid:outreach_id>/close/", outreach.close, name="outreach_close"),
    path("staff/notes/", notes.queue, name="notes_to_sign"),
    path("staff/notes/co-sign/", notes.co_sign_several, name="co_sign_notes"),
    path("staff/notes/<uuid:note_id>/", notes.note, name="note"),
    path("staff/notes/<uuid:note_id>/co-sign/", notes.co_sign, name="note_co_sign"),
    path("staff/notes/<uuid:note_id>/lock/", notes.lock, name="note_lock"),
    path("staff/notes/<uuid:note_id>/add/", notes.add, name="note_add"),
    path("staff/notes/<uuid:note_id>/void/", notes.void, name="note_void"),
    path("staff/inquiries/", inquiry_listing.inquiries, name="inquiries"),
    path("staff/inquiries/new/", inquiry_listing.new, name="inquiry_new"),
    path("staff/inquiries/answering/", inquiry_listing.answering, name="answering"),
    path("staff/inquiries/<uuid:inquiry_id>/", inquiry_page.inquiry, name="inquiry"),
    path(
        "staff/inquiries/<uuid:inquiry_id>/change/", inquiry_changing.change, name="inquiry_change"
    ),
    path(
        "staff/inquiries/<uuid:inquiry_id>/attempt/",
        inquiry_changing.attempt,
        name="inquiry_attempt",
    ),
    path(
        "staff/inquiries/<uuid:inquiry_id>/carry-on/",
        inquiry_changing.carry_on,
        name="inquiry_carry_on",
    ),
    path(
        "staff/inquiries/<uuid:inquiry_id>/confide/",
        inquiry_changing.confide,
        name="inquiry_confide",
    ),
    path("staff/inquiries/<uuid:inquiry_id>/chart/", inquiry_changing.chart, name="inquiry_chart"),
    path("staff/inquiries/<uuid:inquiry_id>/merge/", inquiry_changing.merge, name="inquiry_merge"),
    path(
        "staff/inquiries/<uuid:inquiry_id>/separate/",
        inquiry_changing.separate,
        name="inquiry_separate",
    ),
    path("staff/inquiries/<uuid:inquiry_id>/close/", inquiry_changing.close, name="inquiry_close"),
    path("staff/again", again.again, name="again"),
    path("staff/hand-back", hand_back.hand_back, name="hand_back"),
    path("staff/clients/", listing.clients, name="clients"),
    path("staff/clients/new/", listing.new, name="client_new"),
    path("staff/clients/<uuid:client_id>/", timeline.chart, name="chart"),
    path("staff/clients/<uuid:client_id>/notes/", chart_notes.notes, name="chart_notes"),
    path(
        "staff/clients/<uuid:client_id>/counseling-notes/",
        counseling.counseling_notes,
        name="counseling_notes",
    ),
    path(
        "staff/counseling-notes/<uuid:counseling_note_id>/add/",
        counseling.counseling_note_add,
        name="counseling_note_add",
    ),
    path(
        "staff/counseling-notes/<uuid:counseling_note_id>/leave/",
        counseling.counseling_note_let_out,
        name="counseling_note_let_out",
    ),
    path("staff/clients/<uuid:client_id>/about/", about.about, name="chart_about"),
    path("staff/clients/<uuid:client_id>/looked/", looked.looked, name="chart_looked"),
    path("staff/clients/<uuid:client_id>/level/", ledger.chart_level, name="chart_level"),
    path(
        "staff/clients/<uuid:client_id>/level/positions/",
        ledger.position_new,
        name="position_new",
    ),
    path("staff/positions/<uuid:position_id>/void/", ledger.position_void, name="position_void"),
    path("staff/clients/<uuid:client_id>/level/agree/", agreeing.agreement_new, name="agree"),
    path(
        "staff/clients/<uuid:client_id>/level/refusal/",
        agreeing.refusal_new,
        name="refusal_new",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/client-view/",
        ledger.client_view,
        name="ledger_for_client",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/confirm/",
        deciding.confirm,
        name="recommendation_confirm",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/override/",
        deciding.override,
        name="recommendation_override",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/sets/",
        deciding.sets_side_by_side,
        name="side_by_side",
    ),
    path(
        "staff/confirmations/<uuid:confirmation_id>/co-sign/",
        deciding.co_sign_confirmation,
        name="recommendation_co_sign",
    ),
    path("staff/reports/placement/", report.placement, name="placement_report"),
    path(
        "staff/clients/<uuid:client_id>/level/new/",
        level.recommendation_new,
        name="recommendation_new",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/",
        level.recommendation,
        name="recommendation",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/void/",
        level.recommendation_void,
        name="recommendation_void",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/letter/",
        recommendation_letters.recommendation_letter,
        name="recommendation_letter",
    ),
    path("staff/clients/<uuid:client_id>/details/", changing.details, name="change_client"),
    path("staff/clients/<uuid:client_id>/flags/", changing.raise_flag, name="raise_flag"),
    path("staff/flags/<uuid:flag_id>/close/", changing.close_flag, name="close_flag"),
    path("staff/clients/<uuid:client_id>/contacts/", changing.contact, name="record_contact"),
    path("staff/contacts/<uuid:contact_id>/end/", changing.end_contact, name="end_contact"),
    path("staff/clients/<uuid:client_id>/lists/", changing.listed, name="record_listed"),
    path("staff/lists/<uuid:listed_id>/end/", changing.end_listed, name="end_listed"),
    path("staff/lists/<uuid:listed_id>/void/", changing.void_listed, name="void_listed"),
    path("staff/clients/<uuid:client_id>/episodes/", changing.open_episode, name="open_episode"),
    path("staff/episodes/<uuid:episode_id>/level/", changing.change_level, name="change_level"),
    path("staff/episodes/<uuid:episode_id>/close/", changing.close_episode, name="close_episode"),
    path("staff/inquiries/<uuid:inquiry_id>/screening/", screening.start, name="start_screening"),
    path("staff/screenings/<uuid:screening_id>/", screening.call, name="screening"),
    path(
        "staff/screenings/<uuid:screening_id>/changes/",
        screening.changes,
        name="screening_changes",
    ),
    path("staff/screenings/<uuid:screening_id>/save/", screening.save, name="screening_save"),
    path("staff/screenings/<uuid:screening_id>/settle/", screening.settle, name="screening_settle"),
    path("staff/screenings/<uuid:screening_id>/voice/", screening.voice, name="screening_voice"),
    path(
        "staff/screenings/<uuid:screening_id>/hand-over/",
        screening.hand_over,
        name="screening_hand_over",
    ),
    path(
        "staff/screenings/<uuid:screening_id>/check/", screening.take_check, name="screening_check"
    ),
    path(
        "staff/screenings/<uuid:screening_id>/emergency/",
        screening.emergency,
        name="screening_emergency",
    ),
    path("staff/screenings/<uuid:screening_id>/finish/", screening.finish, name="screening_finish"),
    path("staff/coverage/", coverage_listing.coverage, name="coverage"),
    path("staff/coverage/<uuid:client_id>/", coverage_page.coverage_alone, name="coverage_alone"),
    path(
        "staff/clients/<uuid:client_id>/coverage/",
        coverage_page.chart_coverage,
        name="chart_coverage",
    ),
    path(
        "staff/coverage/<uuid:client_id>/plans/",
        coverage_changing.record_coverage,
        name="record_coverage",
    ),
    path(
        "staff/coverage/<uuid:client_id>/income/",
        coverage_changing.declare_income,
        name="declare_income",
    ),
    path(
        "staff/coverage/<uuid:client_id>/costs/", coverage_costs.client_costs, name="client_costs"
    ),
    path(
        "staff/coverage/<uuid:client_id>/costs/hand-over/",
        handing_over.hand_over_costs,
        name="hand_over_costs",
    ),
    path(
        "staff/plans/<uuid:coverage_id>/check/", coverage_check.benefit_check, name="benefit_check"
    ),
    path(
        "staff/plans/<uuid:coverage_id>/end/", coverage_changing.end_coverage, name="end_coverage"
    ),
    path(
        "staff/plans/<uuid:coverage_id>/void/",
        coverage_changing.void_coverage,
        name="void_coverage",
    ),
    path("staff/fees/", fees.fees, name="fees"),
    path("staff/fees/payers/", fees.record_payer, name="record_payer"),
    path("staff/fees/payers/<uuid:payer_id>/", fees.change_payer, name="change_payer"),
    path("staff/fees/payers/<uuid:payer_id>/end/", fees.end_payer, name="end_payer"),
    path("staff/fees/rates/", fees.set_rate, name="set_rate"),
    path("staff/fees/rates/<uuid:rate_id>/void/", fees.void_rate, name="void_rate"),
    path("staff/fees/scale/", fees.set_scale, name="set_scale"),
    path("staff/fees/scale/<uuid:scale_id>/void/", fees.void_scale, name="void_scale"),
    path("staff/fees/house/", fees.set_house, name="set_house"),
    path("staff/clients/<uuid:client_id>/safety-plan/", safety_plan.tab, name="chart_safety_plan"),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/begin/",
        safety_plan.begin,
        name="safety_plan_begin",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/write/",
        safety_plan.write,
        name="safety_plan_write",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/save/",
        safety_plan.save,
        name="safety_plan_save",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/settle/",
        safety_plan.settle,
        name="safety_plan_settle",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/look/",
        safety_plan.look,
        name="safety_plan_look",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/declined/",
        safety_plan.decline,
        name="safety_plan_decline",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/<uuid:plan_id>/",
        safety_plan.version,
        name="safety_plan_version",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/<uuid:plan_id>/paper/",
        giving.paper,
        name="safety_plan_print",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/<uuid:plan_id>/phone/",
        giving.phone,
        name="safety_plan_phone",
    ),
    path("staff/clients/<uuid:client_id>/assessment/", assessment.tab, name="chart_assessment"),
    path(
        "staff/clients/<uuid:client_id>/assessment/begin/",
        assessment.begin,
        name="assessment_begin",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/words/",
        assessment.write,
        name="assessment_write",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/save/", assessment.save, name="assessment_save"
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/settle/",
        assessment.settle,
        name="assessment_settle",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/baseline/",
        assessment.baseline,
        name="assessment_baseline",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/sign/", assessment.sign, name="assessment_sign"
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/<uuid:assessment_id>/",
        assessment.one,
        name="assessment",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/<uuid:assessment_id>/co-sign/",
        assessment.co_sign,
        name="assessment_co_sign",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/<uuid:assessment_id>/add/",
        assessment.add,
        name="assessment_add",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/<uuid:assessment_id>/void/",
        assessment.void,
        name="assessment_void",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/findings/",
        finding.findings,
        name="assessment_findings",
    ),
    path("staff/clients/<uuid:client_id>/send/", record_letters.chart_send, name="chart_send"),
    path("staff/clients/<uuid:client_id>/consents/", shown.chart_consents, name="chart_consents"),
    path("staff/clients/<uuid:client_id>/consents/new/", asking.consent_new, name="consent_new"),
    path("staff/consents/<uuid:consent_id>/", signing.consent, name="consent"),
    path("staff/consents/<uuid:consent_id>/sign/", signing.consent_sign, name="consent_sign"),
    path("staff/consents/<uuid:consent_id>/paper/", signing.consent_paper, name="consent_paper"),
    path("staff/consents/<uuid:consent_id>/copy/", signing.consent_copy, name="consent_copy"),
    path("staff/consents/<uuid:consent_id>/revoke/", keeping.consent_revoke, name="consent_revoke"),
    path("staff/consents/<uuid:consent_id>/renew/", keeping.consent_renew, name="consent_renew"),
    path("staff/consents/<uuid:consent_id>/end/", keeping.consent_end, name="consent_end"),
    path(
        "staff/consents/<uuid:consent_id>/put-away/",
        keeping.consent_put_away,
        name="consent_put_away",
    ),
    path("staff/clients/<uuid:client_id>/notice/", signing.notice_give, name="notice_give"),
    path(
        "staff/clients/<uuid:client_id>/restrictions/",
        keeping.record_restriction,
        name="record_restriction",
    ),
    path(
        "staff/restrictions/<uuid:restriction_id>/lift/",
        keeping.lift_restriction,
        name="lift_restriction",
    ),
    path("staff/clients/<uuid:client_id>/disclosures/", leaving.disclosures, name="disclosures"),
    path(
        "staff/clients/<uuid:client_id>/disclosures/new/",
        leaving.disclosure_new,
        name="disclosure_new",
    ),
    path(
        "staff/clients/<uuid:client_id>/disclosures/without-consent/",
        leaving.disclosure_except,
        name="disclosure_except",
    ),
    path("staff/disclosures/<uuid:disclosure_id>/", leaving.disclosure, name="disclosure"),
    path(
        "staff/disclosures/<uuid:disclosure_id>/send/",
        leaving.disclosure_send,
        name="disclosure_send",
    ),
    path(
        "staff/disclosures/<uuid:disclosure_id>/stop/",
        keeping.disclosure_stop,
        name="disclosure_stop",
    ),
    path(
        "staff/clients/<uuid:client_id>/referrals/",
        referrals.chart_referrals,
        name="chart_referrals",
    ),
    path("staff/clients/<uuid:client_id>/referrals/new/", referring.refer, name="refer"),
    path("staff/clients/<uuid:client_id>/admit/", admission.admit, name="admit"),
    path(
        "staff/first-contacts/<uuid:first_contact_id>/",
        admission.log_first_contact,
        name="log_first_contact",
    ),
    path("staff/groups/waiting/", waiting.waiting, name="waiting"),
    path("staff/clients/<uuid:client_id>/waiting/", waiting.put_on, name="waiting_new"),
    path("staff/waiting/<uuid:waiting_id>/attempt/", waiting.attempt, name="waiting_attempt"),
    path("staff/waiting/<uuid:waiting_id>/offer/", waiting.offer, name="waiting_offer"),
    path("staff/waiting/<uuid:waiting_id>/end/", waiting.end, name="waiting_end"),
    path("staff/referrals/", referrals.expected, name="expected_back"),
    path("staff/referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("staff/referrals/<uuid:referral_id>/send/", referring.send, name="send_referral"),
    path("staff/referrals/<uuid:referral_id>/papers/", referring.paper, name="referral_paper"),
    path("staff/referrals/<uuid:referral_id>/heard/", referring.hear, name="hear_referral"),
    path("staff/referrals/<uuid:referral_id>/return/", referring.expect_back, name="expect_back"),
    path("staff/referrals/<uuid:referral_id>/end/", referring.end, name="end_referral"),
    path("staff/referral-calls/<uuid:touch_id>/", referring.touch, name="log_touch"),
    path("staff/demo-clock", demo_clock.move, name="demo_clock"),
    path("staff/idle", idle.left, name="idle"),
    path("staff/stay", idle.stay, name="stay"),
]
