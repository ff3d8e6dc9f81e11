"""What can be done in the slice of consents."""

from handrail.areas.consents.services.consents import (
    Signature,
    Strokes,
    end_consent,
    prepare_consent,
    put_away_consent,
    record_consent,
    renew_consent,
    revoke_consent,
    sign_consent,
)
from handrail.areas.consents.services.disclosures import (
    disclose,
    queue_disclosure,
    send_queued,
    stop_queued,
)
from handrail.areas.consents.services.notices import (
    give_notice,
    lift_restriction,
    publish_notice,
    request_restriction,
)

__all__ = (
    "Signature",
    "Strokes",
    "disclose",
    "end_consent",
    "give_notice",
    "lift_restriction",
    "prepare_consent",
    "publish_notice",
    "put_away_consent",
    "queue_disclosure",
    "record_consent",
    "renew_consent",
    "request_restriction",
    "revoke_consent",
    "send_queued",
    "sign_consent",
    "stop_queued",
)
