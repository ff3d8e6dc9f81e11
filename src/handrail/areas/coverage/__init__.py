"""Coverage: payers, plans, benefit checks, fees and what care will cost."""
