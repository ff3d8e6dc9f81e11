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
    "Glossary": "/glossary",
    "About this site": "/about",
}
