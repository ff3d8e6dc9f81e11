"""The worker as the site starts it, with less patience for others that fell silent."""

import django

django.setup()

from handrail.foundation import jobs  # noqa: E402 (Django has to be ready first)

jobs.work(update_heartbeat_interval=0.2, stalled_worker_timeout=2)
