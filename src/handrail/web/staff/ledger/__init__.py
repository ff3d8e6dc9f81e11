"""The ledger on the tab Level of care: its picture, its table, its forms, the director's report."""
