"""What is due for the reader of Today."""
