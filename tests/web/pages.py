"""The public pages that people read."""

READING = {
    "Home": "/",
    "Levels of care": "/levels-of-care",
    "What is IOP?": "/what-is-iop",
    "They want less": "/they-want-less",
    "“Just detox”": "/they-want-less/detox",
    "“I'll do it on my own”": "/they-want-less/alone",
    "They refuse everything": "/they-refuse-everything",
    "Programs": "/programs",
    "Family & friends": "/family-and-friends",
    "Lesson: when they want less": "/family-and-friends/when-they-want-less",
    "Lesson: safety": "/family-and-friends/safety",
    "Glossary": "/glossary",
    "Not safe right now?": "/not-safe",
    "Overdose": "/not-safe/overdose",
    "Suicide, me": "/not-safe/suicide/me",
    "Harm to others": "/not-safe/harm",
    "Violence at home": "/not-safe/violence/me",
    "About this site": "/about",
}

LEAVE = "/static/handrail/leave.js"
"""The one script of every page; the course has more, and reads the same without them."""
SCRIPTS_OF_A_LESSON = [f"/static/handrail/{name}.js" for name in ("lessons", "aloud", "print")]
