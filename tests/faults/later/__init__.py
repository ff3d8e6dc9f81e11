"""An area of the work as later versions may add one, with everything that is hard to restore.

Its migrations exist three times: `first`, `second` (one step further) and `broken` (whose next
step fails half way). The environment variable LATER chooses.
"""
