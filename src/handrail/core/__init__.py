"""What decides: pure functions from facts to decisions, standard library only."""
