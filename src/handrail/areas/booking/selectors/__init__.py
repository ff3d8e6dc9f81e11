"""What can be read: screening slots, published programs, bookings and the messages about them."""
