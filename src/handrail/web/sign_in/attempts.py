"""How often a password may be tried, so that guessing is hopeless and nobody is kept out by it.

Wrong passwords are counted where they are typed, by network address and account together: a
stranger's guesses never use up a colleague's tries. A browser that the account has signed in
from before counts by itself and is bound by nothing else. What an address tries on all accounts,
and what an account gets from all unknown browsers together, has a wider limit.
The limits stand in `settings.ACCOUNT_RATE_LIMITS`.
"""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.core import ratelimit
from django.http import HttpRequest

from handrail.areas.organizations import selectors
from handrail.web.sign_in.known_device import known_device


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a password: `own` is counted before it, `shared` only when it was wrong.

    Each is the name of a limit and what is counted under it.
    """

    request: HttpRequest
    own: tuple[str, str]
    shared: tuple[tuple[str, str], ...]

    def begin(self) -> bool:
        """Count the try; False when it comes too soon after too many wrong ones."""
        waits = any(
            not ratelimit.consume(self.request, action=limit, key=key, dry_run=True)
            for limit, key in self.shared
        )
        limit, key = self.own
        return not waits and ratelimit.consume(self.request, action=limit, key=key)

    def was_right(self) -> None:
        """The right password: whoever is there knows it, so their wrong tries are forgotten."""
        limit, key = self.own
        ratelimit.clear(self.request, action=limit, key=key)

    def was_wrong(self) -> None:
        """Count the try under the wider limits too."""
        for limit, key in self.shared:
            ratelimit.consume(self.request, action=limit, key=key)


def attempt_at(request: HttpRequest, email: str, address: str) -> Attempt:
    """The try at the account `email` that comes from the network address `address`."""
    account = email.strip().lower()
    device = known_device(request, selectors.user_by_email(account))
    if device:
        return Attempt(request, ("password_from_device", f"{device}:{account}"), ())
    network = _network(address)
    return Attempt(
        request,
        ("password_from_address", f"{network}:{account}"),
        (("passwords_of_address", network), ("passwords_of_account", account)),
    )


def forget_attempts(request: HttpRequest, email: str, address: str) -> None:
    """Whoever set a new password from a letter has shown who they are: they may try it at once."""
    account = email.strip().lower()
    key = f"{_network(address)}:{account}"
    ratelimit.clear(request, action="password_from_address", key=key)
    ratelimit.clear(request, action="passwords_of_account", key=account)


def _network(address: str) -> str:
    """An address as it is counted: of IPv6 the half that its household or office shares."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if isinstance(read, IPv6Address):
        return str(ip_network(f"{read}/64", strict=False).network_address)
    return address
