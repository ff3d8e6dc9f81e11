"""The worklist on the page: its rows, and assigning and snoozing them."""
