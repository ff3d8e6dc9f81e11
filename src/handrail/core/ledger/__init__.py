"""The ledger: who asks for which care, what each gives up, what is agreed, what cannot be."""
