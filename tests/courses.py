"""Where courses stand, read in full: what the short ways of counting are held against."""

from handrail.areas.enrollment import course_records as gathering
from handrail.areas.enrollment.selectors.course import coming_in


def courses_of(client_ids):
    """Progress by the text of the client's id."""
    courses = gathering.course_rows(client_ids)
    ahead = [known for _, known in gathering.sessions_ahead(courses.values()).values()]
    return {
        str(key): gathering.progress_of(one, coming_in(one, ahead)) for key, one in courses.items()
    }
