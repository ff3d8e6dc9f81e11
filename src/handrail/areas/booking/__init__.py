"""Screening slots, published programs, bookings and the messages about them."""
