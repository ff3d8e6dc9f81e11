"""The waiting list: its order and why, attempts, what is offered meanwhile, on and off."""
