"""What can be read: what is due for the reader of Today."""
