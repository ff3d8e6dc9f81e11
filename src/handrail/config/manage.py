"""Django's commands: `python -m handrail.config.manage migrate`.

Commands that change tables sign in as the database's owner; all others as the app.
"""

import os
import sys

from django.core.management import execute_from_command_line

OWNERS_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "showmigrations"}


def main(arguments: list[str]) -> None:
    """Run one of Django's commands as the role that may."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    if arguments and arguments[0] in OWNERS_COMMANDS:
        os.environ["HANDRAIL_AS_OWNER"] = "1"
    execute_from_command_line(["handrail", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
