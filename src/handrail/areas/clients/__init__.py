"""People in care: contacts, episodes, levels of care, problem list, medical baseline."""
