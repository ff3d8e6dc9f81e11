"""What can be read: the ledger of positions: who asks for what, what was agreed, what was refused."""
