"""The public pages that people read."""

READING = {
    "Home": "/",
    "Levels of care": "/levels-of-care",
    "What is IOP?": "/what-is-iop",
    "They want less": "/they-want-less",
    "“Just detox”": "/they-want-less/detox",
    "“I'll do it on my own”": "/they-want-less/alone",
    "They refuse everything": "/they-refuse-everything",
    "The slide": "/the-slide",
    "Three sides pull": "/three-sides",
    "What it costs": "/what-it-costs",
    "What is it about?": "/about-what",
    "Alcohol": "/about-what/alcohol",
    "Opioids and fentanyl": "/about-what/opioids",
    "Stimulants": "/about-what/stimulants",
    "Benzodiazepines": "/about-what/benzodiazepines",
    "Cannabis": "/about-what/cannabis",
    "Gambling": "/about-what/gambling",
    "Pregnancy": "/about-what/pregnancy",
    "Teens": "/about-what/teens",
    "Veterans": "/about-what/veterans",
    "Licensed professionals": "/about-what/professionals",
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
