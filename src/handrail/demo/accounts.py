"""The demo's accounts. Everyone is made up; the password is shown on the demo's sign-in page."""

from dataclasses import dataclass

from handrail.core.access import Role

PASSWORD = "a steady handrail"  # noqa: S105 (shown to everyone, in the demo alone)
ALDER = "Alder Street Recovery"
HARBOR = "Harbor Light Counseling"


@dataclass(frozen=True, slots=True)
class Account:
    """One made-up person: where they work, in which roles, with which license if any.

    `license` is (title, letters, issuer, days from the demo's evening until it runs out).
    """

    name: str
    email: str
    organization: str
    roles: tuple[Role, ...]
    license: tuple[str, str, str, int] | None = None
    listed: str = ""
    remark: str = ""


ACCOUNTS: tuple[Account, ...] = (
    Account(
        "Mara Whitfield",
        "mara@alder.example",
        ALDER,
        (Role.FACILITATOR,),
        ("Licensed Professional Counselor", "LPC", "State of Ohio", 41),
        listed=Role.FACILITATOR.words,
    ),
    Account(
        "Dev Raman",
        "dev@alder.example",
        ALDER,
        (Role.FACILITATOR,),
        ("Licensed Clinical Social Worker", "LCSW", "State of Ohio", 512),
    ),
    Account(
        "Carmen Ibarra",
        "carmen@alder.example",
        ALDER,
        (Role.FACILITATOR,),
        ("Chemical Dependency Counselor Assistant", "CDCA", "State of Ohio", 160),
        listed=f"{Role.FACILITATOR.words}, in training",
        remark="Her notes wait for a supervisor",
    ),
    Account(
        "Ines Caldera",
        "ines@alder.example",
        ALDER,
        (Role.INTAKE_COORDINATOR,),
        listed=Role.INTAKE_COORDINATOR.words,
    ),
    Account(
        "Ruth Okafor",
        "ruth@alder.example",
        ALDER,
        (Role.SUPERVISOR, Role.FACILITATOR),
        ("Licensed Professional Clinical Counselor, supervisor", "LPCC-S", "State of Ohio", 230),
        listed=Role.SUPERVISOR.words,
    ),
    Account(
        "Owen Blakely",
        "owen@alder.example",
        ALDER,
        (Role.UTILIZATION_REVIEWER,),
        listed=Role.UTILIZATION_REVIEWER.words,
    ),
    Account(
        "Tess Marlow",
        "tess@alder.example",
        ALDER,
        (Role.DRUG_TEST_TECHNICIAN,),
        ("Certified specimen collector", "", "Midwest Collectors Board", -6),
        listed=Role.DRUG_TEST_TECHNICIAN.words,
    ),
    Account(
        "Bao Nguyen",
        "bao@alder.example",
        ALDER,
        (Role.BILLER,),
        listed=Role.BILLER.words,
    ),
    Account(
        "Helen Strand",
        "helen@alder.example",
        ALDER,
        (Role.MEDICAL_DIRECTOR,),
        ("Doctor of Medicine", "MD", "State Medical Board of Ohio", 700),
        listed=Role.MEDICAL_DIRECTOR.words,
    ),
    Account(
        "Paul Ferreira",
        "paul@alder.example",
        ALDER,
        (Role.PROGRAM_DIRECTOR,),
        ("Licensed Independent Social Worker", "LISW-S", "State of Ohio", 19),
        listed=Role.PROGRAM_DIRECTOR.words,
        remark="Works in both organizations",
    ),
    Account(
        "Ada Lindqvist",
        "ada@alder.example",
        ALDER,
        (Role.ADMINISTRATOR,),
        listed=Role.ADMINISTRATOR.words,
        remark="Has to set up a second factor first",
    ),
    Account(
        "Jonah Pike",
        "jonah@harbor.example",
        HARBOR,
        (Role.PROGRAM_DIRECTOR, Role.FACILITATOR),
        ("Licensed Independent Social Worker", "LISW-S", "State of Ohio", 320),
        listed=f"{Role.PROGRAM_DIRECTOR.words} at {HARBOR}",
        remark="Sees nothing of Alder Street",
    ),
)

ALSO_WORKS_AT = {"paul@alder.example": (HARBOR, (Role.SUPERVISOR,))}
"""People with a second place elsewhere."""

ENDED = ("Kim Tolliver", "kim@alder.example", ALDER, (Role.FACILITATOR,))
"""Someone whose access has ended."""

INVITED = ("Noor Haddad", "noor@alder.example", (Role.FACILITATOR,))
"""Someone who is invited to Alder Street and has not come yet."""

LISTED = tuple((one.listed, one.name, one.email, one.remark) for one in ACCOUNTS if one.listed)
"""What the demo's sign-in page shows of each account."""
