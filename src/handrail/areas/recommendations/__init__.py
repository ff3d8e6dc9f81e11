"""Recommendations of a level of care, kept with their facts and rules, and a clinician's word on them."""
