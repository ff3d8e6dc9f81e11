"""The handrail command: the same core, on files."""
