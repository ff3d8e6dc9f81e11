"""Who pays for care: payers, a client's plans, what a plan said and when, and the house's fees.

What somebody at a plan said is never changed: a later check follows it. Amounts are in cents.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Organization

BESIDE = {
    "assessment": "First assessment",
    "individual_hour": "Individual counseling, an hour",
    "family_hour": "Family session, an hour",
    "drug_test": "Drug test",
}
"""What a course usually comes with besides its sessions, by item of a rate."""

_YES_NO = ("yes", "no", "unknown")


class PayerKind(models.TextChoices):
    """What kind of payer it is, as the rules about it differ."""

    COMMERCIAL = "commercial", "Commercial insurance"
    MEDICAID = "medicaid", "Medicaid or its managed plan"
    MEDICARE = "medicare", "Medicare or its Advantage plan"
    MILITARY = "military", "TRICARE or Veterans Affairs"
    PUBLIC = "public", "County, state or block-grant funds"
    EMPLOYER = "employer", "Employer or union plan"
    OTHER = "other", "Someone else"


class Payer(models.Model):
    """Someone who pays for care besides the person: an insurer, a fund, an employer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=PayerKind.choices)
    phone = models.CharField(max_length=40, blank=True)
    """The line for providers, where benefits are asked."""
    authorizes = models.CharField(max_length=200, blank=True)
    """Who authorizes care, where that is somebody else, and their phone."""
    payer_number = models.CharField(max_length=40, blank=True)
    """The number under which claims reach it."""
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """A payer in use has its name alone."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(ended_at__isnull=True),
                name="payer_name_once",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(kind__in=PayerKind.values), name="payer_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="payer_ended_by_someone",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Rank(models.TextChoices):
    """Which plan pays first."""

    PRIMARY = "primary", "Pays first"
    SECONDARY = "secondary", "Pays second"
    TERTIARY = "tertiary", "Pays third"


class Subscriber(models.TextChoices):
    """Whose plan it is."""

    SELF = "self", "The client’s own"
    SPOUSE = "spouse", "Spouse or partner"
    PARENT = "parent", "Parent"
    OTHER = "other", "Someone else"


class Coverage(models.Model):
    """A plan a client has, as the card says it, from when to when.

    One that was never theirs is voided with a reason; one that ended keeps its last day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="coverages", db_constraint=False
    )
    payer = models.ForeignKey(Payer, models.PROTECT, related_name="coverages", db_constraint=False)
    rank = models.CharField(max_length=10, choices=Rank.choices)
    plan = models.CharField(max_length=120, blank=True)
    member_id = models.CharField(max_length=40, blank=True)
    group_number = models.CharField(max_length=40, blank=True)
    subscriber = models.CharField(max_length=10, choices=Subscriber.choices)
    subscriber_name = models.CharField(max_length=160, blank=True)
    subscriber_birth_date = models.DateField(null=True, blank=True)
    from_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """One plan pays first at a time; someone else's plan names them."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client", "rank"],
                condition=Q(until_date__isnull=True, voided_at__isnull=True),
                name="one_plan_of_a_rank_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(rank__in=Rank.values) & Q(subscriber__in=Subscriber.values),
                name="coverage_says_whose",
            ),
            models.CheckConstraint(
                condition=Q(subscriber="self") | ~Q(subscriber_name=""),
                name="coverage_names_subscriber",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True)
                | Q(from_date__isnull=True)
                | Q(until_date__gte=F("from_date")),
                name="coverage_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="coverage_voided_with_reason",
            ),
        )
        indexes = (models.Index(fields=["organization", "client"], name="coverage_by_client"),)

    def __str__(self) -> str:
        return f"Coverage {self.id}"


class CheckHow(models.TextChoices):
    """How benefits were asked."""

    PHONE = "phone", "By phone"
    PORTAL = "portal", "On the payer’s portal"
    PAPER = "paper", "On paper: a card, a letter, a booklet"


class InNetwork(models.TextChoices):
    """Whether the plan counts this house as one of its own."""

    IN = "in", "In network"
    OUT = "out", "Out of network"
    UNKNOWN = "unknown", "Not said"


class YesNo(models.TextChoices):
    """What was said to a question of yes or no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not said"


class CopayPer(models.TextChoices):
    """How often a copay is due."""

    VISIT = "visit", "Each visit"
    DAY = "day", "Each day"
    WEEK = "week", "Each week"
    STAY = "stay", "Once"
    UNKNOWN = "unknown", "Not said"


class BenefitCheck(models.Model):
    """What a plan said about its benefits: who said it, how, when, under which reference.

    Kept as it was said, with its gaps. `goes_on_from` is the check it continues or corrects; both
    stay. An amount that is null was not said; 0 was said to be nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    coverage = models.ForeignKey(
        Coverage, models.PROTECT, related_name="checks", db_constraint=False
    )
    goes_on_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    how = models.CharField(max_length=10, choices=CheckHow.choices)
    representative = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=200)
    active = models.CharField(max_length=10, choices=YesNo.choices)
    """Whether the plan is in force."""
    network = models.CharField(max_length=10, choices=InNetwork.choices)
    plan_year_begins = models.CharField(max_length=40, blank=True)
    deductible = models.BigIntegerField(null=True, blank=True)
    deductible_met = models.BigIntegerField(null=True, blank=True)
    maximum = models.BigIntegerField(null=True, blank=True)
    maximum_met = models.BigIntegerField(null=True, blank=True)
    no_maximum = models.BooleanField(default=False)
    authorizes = models.CharField(max_length=200, blank=True)
    claims_to = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        """Amounts are nothing or more; who said there is no maximum named none."""

        constraints = (
            models.CheckConstraint(
                condition=Q(how__in=CheckHow.values)
                & Q(active__in=_YES_NO)
                & Q(network__in=InNetwork.values),
                name="benefit_check_says_how",
            ),
            models.CheckConstraint(
                condition=(Q(deductible__isnull=True) | Q(deductible__gte=0))
                & (Q(deductible_met__isnull=True) | Q(deductible_met__gte=0))
                & (Q(maximum__isnull=True) | Q(maximum__gte=0))
                & (Q(maximum_met__isnull=True) | Q(maximum_met__gte=0)),
                name="benefit_check_amounts",
            ),
            models.CheckConstraint(
                condition=Q(no_maximum=False) | Q(maximum__isnull=True, maximum_met__isnull=True),
                name="benefit_check_one_maximum",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "coverage", "-checked_at"], name="benefit_check_newest"
            ),
        )

    def __str__(self) -> str:
        return f"Benefit check {self.id}"


class BenefitLevel(models.Model):
    """What the plan said about one level of care in a check."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    benefit_check = models.ForeignKey(
        BenefitCheck, models.PROTECT, related_name="levels", db_constraint=False
    )
    level = models.CharField(max_length=40)
    covered = models.CharField(max_length=10, choices=YesNo.choices)
    authorization = models.CharField(max_length=10, choices=YesNo.choices)
    copay = models.BigIntegerField(null=True, blank=True)
    copay_per = models.CharField(max_length=10, choices=CopayPer.choices)
    coinsurance = models.SmallIntegerField(null=True, blank=True)
    deductible_applies = models.CharField(max_length=10, choices=YesNo.choices)
    allowed = models.BigIntegerField(null=True, blank=True)
    limit = models.CharField(max_length=200, blank=True)
    """A limit in the plan's words: 30 visits a year."""

    class Meta:
        """Each level once in a check; parts of a hundred."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "benefit_check", "level"], name="benefit_level_once"
            ),
            models.CheckConstraint(
                condition=~Q(level="")
                & Q(covered__in=_YES_NO)
                & Q(authorization__in=_YES_NO)
                & Q(deductible_applies__in=_YES_NO)
                & Q(copay_per__in=CopayPer.values),
                name="benefit_level_answers",
            ),
            models.CheckConstraint(
                condition=(Q(copay__isnull=True) | Q(copay__gte=0))
                & (Q(allowed__isnull=True) | Q(allowed__gte=0))
                & (Q(coinsurance__isnull=True) | (Q(coinsurance__gte=0) & Q(coinsurance__lte=100))),
                name="benefit_level_amounts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} in check {self.benefit_check_id}"


class DeclaredIncome(models.Model):
    """What a household has, as the person declared it, for the sliding fee. A new one follows."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="declared_incomes", db_constraint=False
    )
    household = models.PositiveSmallIntegerField()
    yearly_income = models.BigIntegerField()
    declared_date = models.DateField()
    shown_by = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """A household has somebody in it."""

        constraints = (
            models.CheckConstraint(
                condition=Q(household__gte=1) & Q(yearly_income__gte=0),
                name="declared_income_of_someone",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "-declared_date"], name="declared_income_newest"
            ),
        )

    def __str__(self) -> str:
        return f"Declared income {self.id}"


class HouseRate(models.Model):
    """What the house asks for something, from a day on: one session at a level, an assessment.

    `item` is the code of a level of care or of one of the other things a course comes with.
    `count` is how many of it a course usually has; a level's comes from its course.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    item = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    code = models.CharField(max_length=20, blank=True)
    count = models.PositiveSmallIntegerField(default=0)
    slides = models.BooleanField(default=True)
    """Whether the sliding fee lowers it."""
    from_date = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """One rate for a thing and a day."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "item", "from_date"],
                condition=Q(voided_at__isnull=True),
                name="house_rate_once",
            ),
            models.CheckConstraint(
                condition=~Q(item="") & Q(amount__gte=0), name="house_rate_amount"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="house_rate_voided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} from {self.from_date}"


class SlidingScale(models.Model):
    """The house's sliding fee from a day on: the yearly line of a household, and its bands.

    `limits` are percents of the line, rising; `pays` the percent of the rate that each band pays.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    line_one = models.BigIntegerField()
    line_more = models.BigIntegerField()
    limits = ArrayField(models.PositiveSmallIntegerField())
    pays = ArrayField(models.PositiveSmallIntegerField())
    source = models.CharField(max_length=200)
    from_date = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """One scale for a day; as many parts as bands."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "from_date"],
                condition=Q(voided_at__isnull=True),
                name="sliding_scale_once",
            ),
            models.CheckConstraint(
                condition=Q(line_one__gt=0)
                & Q(line_more__gte=0)
                & Q(limits__len__gte=1)
                & Q(limits__len=F("pays__len")),
                name="sliding_scale_bands",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="sliding_scale_voided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"Sliding fee from {self.from_date}"


class HouseOnPaper(models.Model):
    """How the organization stands on an estimate: its name in law, address and numbers."""

    organization = models.OneToOneField(Organization, models.PROTECT, primary_key=True)
    legal_name = models.CharField(max_length=160)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    npi = models.CharField(max_length=10, blank=True)
    tax_number = models.CharField(max_length=20, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        """A national provider identifier has ten digits."""

        constraints = (
            models.CheckConstraint(
                condition=Q(npi="") | Q(npi__regex=r"^\d{10}$"), name="npi_has_ten_digits"
            ),
        )

    def __str__(self) -> str:
        return self.legal_name
