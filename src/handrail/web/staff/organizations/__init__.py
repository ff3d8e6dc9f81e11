"""Organizations and the people who work there: sentences; the pages still lie one folder up."""
