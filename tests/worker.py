"""The worker, run by a test until nothing is left to do."""

from concurrent.futures import ThreadPoolExecutor

from handrail.foundation import jobs


def do_what_waits() -> None:
    """In a thread of its own: after a browser test an event loop runs in this one."""
    with ThreadPoolExecutor(1) as one:
        one.submit(jobs.work, wait=False).result()
