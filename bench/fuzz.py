"""Hostile input: every value of tests/web/fuzzing.py to every parameter of every page.

The suite sends a sample; this sends them all, which takes the better part of an hour.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator


def measure() -> Iterator[tuple[str, str]]:
    """Run the fuzz test with everything; name the pages that broke."""
    command = (sys.executable, "-m", "pytest", "tests/web/test_fuzz.py", "-q", "-n", "2")
    done = subprocess.run(
        command,
        env=os.environ | {"HANDRAIL_FUZZ": "all"},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = sorted(set(re.findall(r"'((?:GET|POST) [\w:]+)': \[", done.stdout)))
    yield "pages that broke", str(len(broken)) if done.returncode in (0, 1) else "not run"
    for name in broken:
        yield name, "broke"
