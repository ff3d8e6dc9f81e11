"""The pages of availability: the week of people and rooms, hours, and time away."""
