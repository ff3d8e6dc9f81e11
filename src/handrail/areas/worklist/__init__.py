"""What is due, as rows: written, reassigned and closed by the services that make something due."""
