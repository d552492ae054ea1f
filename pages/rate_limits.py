"""How often one address may do what costs us something: send a form, search."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from redis.exceptions import RedisError
from structlog import get_logger

logger = get_logger(__name__)

# Providers give a household a network of this size, not one address.
IPV6_PREFIX = 64


@dataclass(frozen=True)
class RateLimit:
    """At most `times` in `seconds` from one address."""

    name: str
    times: int
    seconds: int


FEEDBACK = RateLimit("feedback", 12, 600)
ENQUIRY = RateLimit("enquiry", 5, 3600)
SEARCH = RateLimit("search", 60, 60)


def visitor(request: HttpRequest) -> str:
    """Whom a request counts for: the address that our proxies pass on, or its network.

    Those without an address, or with a header from fewer proxies than ours, count as one.
    """
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return ""
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))


def seconds_to_wait(request: HttpRequest, limit: RateLimit) -> int:
    """Counts the request; 0 when it is within the limit, or else after how many seconds to return.

    Addresses are counted, not known: what is kept for the time of the limit is a keyed hash,
    another one each time. Nobody waits because the cache is away.
    """
    now = time.time()
    window = int(now // limit.seconds)
    who = f"{window} {visitor(request)}".encode()
    secret = hmac.new(settings.SECRET_KEY.encode(), who, hashlib.sha256)
    key = f"rate:{limit.name}:{window}:{secret.hexdigest()[:32]}"
    left = max(1, int((window + 1) * limit.seconds - now))
    try:
        cache.add(key, 0, left)
        times = cache.incr(key)
    except ValueError:  # it ran out between the two
        times = 1
    except (RedisError, OSError) as error:
        logger.warning("rate_not_counted", limit=limit.name, error=type(error).__name__)
        times = 1
    return 0 if times <= limit.times else left
