"""What can be read: assessments: the clinical record that a level of care rests on."""
