"""What can be read of a lesson a week."""

from uuid import UUID

from handrail.areas.lessons.models import Subscription


def is_subscribed(subscription_id: UUID) -> bool:
    """Whether an address is still there under this key, confirmed or not."""
    return Subscription.objects.filter(pk=subscription_id).exists()
