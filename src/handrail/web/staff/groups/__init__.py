"""Pages of groups: the week, a track and its people, planning, making up, a client's course."""
