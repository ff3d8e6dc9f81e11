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
    "Programs": "/programs",
    "Glossary": "/glossary",
    "Not safe right now?": "/not-safe",
    "Overdose": "/not-safe/overdose",
    "Suicide, me": "/not-safe/suicide/me",
    "Harm to others": "/not-safe/harm",
    "Violence at home": "/not-safe/violence/me",
    "About this site": "/about",
}
