"""Organizations, the people who work there, their roles and licenses, and each one's rules."""
