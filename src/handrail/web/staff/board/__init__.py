"""The session board: tonight's group, from the first arrival to the last signature."""
