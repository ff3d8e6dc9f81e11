"""What `./run bench` does: runs each file here and prints one table.

A bench is a file with a function `measure()` that yields pairs (what was measured, the result in
words). Results are for people to compare; nothing passes or fails by them. Give names of files
to run only those: `./run bench server`.
"""

import importlib
import pkgutil
import sys
from pathlib import Path


def main(names: list[str]) -> None:
    """Run the benches named, or all."""
    here = [str(Path(__file__).parent)]
    found = sorted(one.name for one in pkgutil.iter_modules(here) if not one.name.startswith("_"))
    unknown = set(names) - set(found)
    if unknown:
        sys.exit(f"No such bench: {', '.join(sorted(unknown))}. There are: {', '.join(found)}.")
    for name in names or found:
        module = importlib.import_module(f"bench.{name}")
        print(f"\n{(module.__doc__ or name).strip().splitlines()[0]}")
        for what, result in module.measure():
            print(f"  {what:<60}{result:>20}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
