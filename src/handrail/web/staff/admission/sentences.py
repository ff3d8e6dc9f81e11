"""What is said when somebody is not admitted as it was entered."""

from handrail.areas.admission import errors
from handrail.web.kit.sentences import Sentences
from handrail.web.staff.admission import wanted

SENTENCES: Sentences = {
    wanted.DaysNotChosen: "Choose the days of each time when they cannot come.",
    wanted.DayUnread: "“{typed}” is not a day. Write it as 11/30/2026 or 2026-11-30.",
    wanted.TimeUnread: "“{typed}” is not a time. Write it as 17:00.",
    wanted.EndsBefore: "{start} to {end} ends before it begins. Past midnight takes two lines.",
    wanted.TrackNotChosen: "Choose a track first.",
    wanted.MeetingHalfGiven: (
        "Enter the day, the time and the counselor, or leave all three empty."
    ),
    errors.InTheWay: lambda error: f"{error.point.words}.",
    errors.InCareAlready: "They are in care already. Transfer them instead.",
    errors.LevelUnexplained: "Say why another level of care than {level:level}.",
    errors.InquiryOfAnother: "This inquiry is about someone else, or it has ended.",
    errors.NotExpectedFromThere: "They are not expected back from there.",
    errors.WrittenDownAlready: "{done_by} has written this down already.",
    errors.NothingHeard: "Say what you heard.",
    errors.StillOpen: lambda error: (
        f"Still open: {'; '.join(error.points)}. Admit them all the same?"
    ),
    errors.FirstSessionBegan: (
        "The first session, on {local_date:short_day}, began at {start:clock_time}: are they in "
        "it? If not, choose a later first day."
    ),
}
