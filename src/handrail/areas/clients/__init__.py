"""Clients: the people in care, their contacts, episodes, levels of care, problem list and medical baseline."""
