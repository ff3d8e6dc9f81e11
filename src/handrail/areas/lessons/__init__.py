"""A lesson a week by e-mail: addresses whose owners said yes, and the letters to them."""
