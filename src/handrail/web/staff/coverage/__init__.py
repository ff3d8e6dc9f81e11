"""Coverage: a client's plans and benefit checks, payers and fees, and what care will cost."""
