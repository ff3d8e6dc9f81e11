"""The people in care: who they are, their episodes of care, what staff must know at a glance."""
