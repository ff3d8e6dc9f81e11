"""The screening call: its script, the sheet of answers, and the picture they form."""
