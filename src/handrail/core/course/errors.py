"""What is said when something about a course cannot be."""


class CourseError(ValueError):
    """A schedule, roster, attendance or closing that cannot be; the message says why."""
