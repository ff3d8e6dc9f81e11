"""Name search: the time to find a client among 10,000 and among 100,000, as the app role."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

import psycopg

from handrail.foundation.database.cluster import Cluster
from handrail.foundation.database.roles import APP, OWNER

SIZES = (10_000, 100_000)
SEED = 20261124
TIMES = 200
TYPED = (
    "w",
    "mar",
    "marwin",
    "mar win",
    "m w",
    "marwin tolfer",
    "5/3/1990",
    "mar 5/3/1990",
    "zzz",
)
_SYLLABLES = [
    "mar",
    "win",
    "tol",
    "fer",
    "whit",
    "lan",
    "ok",
    "bel",
    "dra",
    "sen",
    "gar",
    "cor",
    "mil",
    "ash",
    "qui",
    "lor",
    "ben",
    "hol",
    "vic",
    "dun",
]
_FAMILY = ["".join(parts).title() for parts in product(_SYLLABLES, repeat=3)]
_GIVEN = ["".join(parts).title() for parts in product(_SYLLABLES, repeat=2)]


def measure() -> Iterator[tuple[str, str]]:
    """Search one organization at both sizes, and say how much longer the larger one takes."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "HANDRAIL_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        }
        os.environ["HANDRAIL_PLAIN_HTTP"] = "1"
        cluster = Cluster(Path(folder) / "postgres", durable=False)
        cluster.start()
        try:
            manage = [sys.executable, "-m", "handrail.config.manage", "migrate", "-v", "0"]
            subprocess.run(manage, check=True)
            yield from _at_both_sizes(cluster)
        finally:
            cluster.stop()


def _at_both_sizes(cluster: Cluster) -> Iterator[tuple[str, str]]:
    organization = uuid4()
    took: dict[str, list[float]] = {typed: [] for typed in TYPED}
    made = 0
    find = _finder(cluster, organization)
    for size in SIZES:
        _fill(cluster, organization, made, size)
        made = size
        for typed in TYPED:
            took[typed].append(_milliseconds(find, typed))
    for typed, (small, large) in took.items():
        yield f"“{typed}”", f"{small:.2f} → {large:.2f} ms, × {large / small:.1f}"


def _finder(cluster: Cluster, organization: UUID) -> Callable[[str], float]:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    django.setup()
    from handrail.areas.charts import selectors
    from handrail.core.access import Actor, Role
    from handrail.foundation import tenancy

    by = Actor("bench", "Bench", organization, frozenset({Role.FACILITATOR}))

    def find(typed: str) -> float:
        with tenancy.within(organization):
            began = time.perf_counter()
            selectors.find(typed, by=by)
            return (time.perf_counter() - began) * 1000

    return find


def _milliseconds(find: Callable[[str], float], typed: str) -> float:
    for _ in range(20):
        find(typed)
    return median(find(typed) for _ in range(TIMES))


def _fill(cluster: Cluster, organization: UUID, have: int, want: int) -> None:
    """Make clients up to that many, and the index words they are found by."""
    from handrail.core.name_search import name_words

    dice = random.Random(SEED + have)
    at = datetime(2026, 11, 24, tzinfo=UTC)
    people = [
        (uuid4(), dice.choice(_GIVEN), dice.choice(_FAMILY), _birth_date(dice))
        for _ in range(want - have)
    ]
    with psycopg.connect(cluster.url(APP)) as app:
        app.execute("select set_config('app.organization', %s, true)", [str(organization)])
        app.execute(
            "insert into organizations_organization values (%s, 'Bench', now())"
            " on conflict do nothing",
            [organization],
        )
        # Row by row: COPY is refused where row-level security holds.
        app.cursor().executemany(
            _CLIENT,
            [(key, organization, given, family, born, at) for key, given, family, born in people],
        )
        app.cursor().executemany(
            _WORD,
            [
                (organization, key, word)
                for key, given, family, _ in people
                for word in name_words([given, family])
            ],
        )
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as owner:
        owner.execute("vacuum analyze clients_client, clients_nameword")


_CLIENT = (
    "insert into clients_client (id, organization_id, given_name, family_name, called, pronouns,"
    " birth_date, phone, email, language, recorded_at, recorded_by)"
    " values (%s, %s, %s, %s, '', '', %s, '', '', '', %s, 'Bench')"
)
_WORD = "insert into clients_nameword (organization_id, client_id, word) values (%s, %s, %s)"


def _birth_date(dice: random.Random) -> date:
    return date(1945, 1, 1) + timedelta(days=dice.randrange(22_000))
