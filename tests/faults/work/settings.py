"""The product's settings, one more module of jobs, and mail to a server on this machine."""

from handrail.config.settings import *  # noqa: F403
from handrail.config.settings import PROCRASTINATE_IMPORT_PATHS

PROCRASTINATE_IMPORT_PATHS += ["tests.faults.work.tasks"]
EMAIL_USE_TLS = False
