"""What can be done: screening slots, published programs, bookings and the messages about them."""
