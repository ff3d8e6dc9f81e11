"""Does what was put off until later, until it is told to stop: `python -m handrail.config.worker`.

`handrail serve` and `./run demo` start it beside the web server.
"""

import os
import sys

from procrastinate.exceptions import ConnectorException


def main() -> None:
    """Work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    import django

    django.setup()
    from handrail.foundation import jobs  # Django has to be ready first

    try:
        jobs.work(shutdown_graceful_timeout=20)
    except ConnectorException:
        sys.exit("The worker cannot reach the database.")


if __name__ == "__main__":
    main()
