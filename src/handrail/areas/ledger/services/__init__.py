"""What can be done: the ledger of positions: who asks for what, what was agreed, what was refused."""
