"""What people see: pages for the public, for staff, for clients and families."""
