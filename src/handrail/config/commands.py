"""Everything that `./run handrail` can do: the site's commands, serving it, and the demo's."""

import sys

from handrail.cli.__main__ import main
from handrail.config import demo_commands, serve

if __name__ == "__main__":
    sys.exit(main(more=(serve, demo_commands)))
