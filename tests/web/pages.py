"""The public pages that people read."""

READING = {
    "Home": "/",
    "Levels of care": "/levels-of-care",
    "What is IOP?": "/what-is-iop",
    "Programs": "/programs",
    "Glossary": "/glossary",
    "About this site": "/about",
}
