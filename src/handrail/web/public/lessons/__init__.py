"""The Family & friends course: pages to read, for everyone."""
