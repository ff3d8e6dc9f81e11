"""Assessments: the clinical record that a level of care rests on."""
