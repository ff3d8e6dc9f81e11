"""The product's settings and one more area, as far along as LATER says."""

import os

from handrail.config.settings import *  # noqa: F403
from handrail.config.settings import INSTALLED_APPS, MIGRATION_MODULES

INSTALLED_APPS += ["tests.faults.later"]
MIGRATION_MODULES |= {"later": f"tests.faults.later.{os.environ['LATER']}"}
