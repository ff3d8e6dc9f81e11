"""Recommended levels of care, with facts and rules, and a clinician's word on them."""
