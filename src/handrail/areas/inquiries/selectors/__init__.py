"""What can be read: inquiries: who asked for care, what happens next, and the chart that comes of it."""
