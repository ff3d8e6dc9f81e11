"""The core decides; so its own tests go every way it can go."""

import json
import os
import subprocess
import sys

from tests.conftest import ROOT

CORE = ROOT / "src" / "handrail" / "core"


def test_every_branch_of_the_core_is_taken_by_its_tests(tmp_path):
    """In a process of its own, with a few examples of each law, the same ones each time."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    measured, report = tmp_path / "measured", tmp_path / "report.json"

    def coverage(*words):
        command = [sys.executable, "-m", "coverage", *map(str, words)]
        return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True)

    # The laws take half of the time, and go no way that the examples do not go.
    left_out = (__file__, "tests/core/placement/test_laws.py")
    tests = ["tests/core", *(f"--ignore={one}" for one in left_out)]
    tests += ["-q", "-p", "no:randomly", "-p", "no:xdist"]
    few = ["--hypothesis-profile=few", "-p", "no:cacheprovider"]
    ran = coverage(
        *("run", "--branch", f"--source={CORE}", f"--data-file={measured}"),
        *("-m", "pytest", *tests, *few),
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-1000:]
    said = coverage("json", f"--data-file={measured}", "-o", report)
    assert said.returncode == 0, said.stdout + said.stderr
    files = json.loads(report.read_text())["files"]
    assert len(files) >= len(list(CORE.rglob("*.py")))
    not_taken = {
        name: (one["missing_lines"], one["missing_branches"])
        for name, one in files.items()
        if one["missing_lines"] or one["missing_branches"]
    }
    assert not_taken == {}
