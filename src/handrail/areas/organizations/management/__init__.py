"""Commands for whoever installs Handrail."""
