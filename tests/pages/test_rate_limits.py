"""One address may do so much and no more; another is not held up by it."""

from unittest.mock import Mock

import pytest
from django.test import RequestFactory
from redis.exceptions import ConnectionError as RedisAway

from pages import rate_limits
from pages.rate_limits import RateLimit, seconds_to_wait

LIMIT = RateLimit("test", 3, 600)


def ask(address: str = "192.0.2.1", **headers) -> int:
    return seconds_to_wait(RequestFactory().get("/", REMOTE_ADDR=address, **headers), LIMIT)


def test_within_the_limit_nobody_waits_and_beyond_it_one_waits_until_it_ends():
    assert [ask() for _ in range(3)] == [0, 0, 0]
    assert 0 < ask() <= 600


def test_one_address_does_not_hold_up_another():
    for _ in range(4):
        ask()
    assert ask("192.0.2.2") == 0


def test_an_address_that_a_visitor_makes_up_is_not_believed():
    for number in range(4):
        ask(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert ask(HTTP_X_FORWARDED_FOR="198.51.100.9") > 0


def test_behind_a_proxy_of_ours_visitors_are_told_apart(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(4):
        ask(HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert ask(HTTP_X_FORWARDED_FOR="198.51.100.2") == 0


def test_a_header_from_too_few_proxies_is_no_error_and_counted_together(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    for number in range(3):
        assert ask(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}") == 0
    assert ask(HTTP_X_FORWARDED_FOR="198.51.100.9") > 0


def test_a_household_counts_as_one_however_many_addresses_it_has():
    for number in range(3):
        assert ask(f"2001:db8:1:2::{number}") == 0
    assert ask("2001:db8:1:2:aaaa::1") > 0
    assert ask("2001:db8:1:3::1") == 0
    assert ask("") == 0


def test_nobody_waits_because_the_cache_is_away(monkeypatch):
    away = Mock(add=Mock(side_effect=RedisAway("refused by 192.0.2.1")))
    monkeypatch.setattr(rate_limits, "cache", away)
    assert [ask() for _ in range(9)] == [0] * 9


def test_only_a_hash_of_the_address_is_kept_another_one_each_time_and_no_longer(monkeypatch):
    cache = Mock(incr=lambda key: 1)
    monkeypatch.setattr(rate_limits, "cache", cache)
    for moment in (600_010.0, 600_610.0):
        monkeypatch.setattr(rate_limits.time, "time", lambda moment=moment: moment)
        ask("192.0.2.1")
    (first, _, left), (second, _, _) = (call.args for call in cache.add.call_args_list)
    assert "192.0.2" not in first
    assert first.rpartition(":")[2] != second.rpartition(":")[2]
    assert left == 590


@pytest.mark.django_db
def test_a_search_too_many_is_asked_to_wait(client, monkeypatch):
    # So long a time that it does not end while the test searches.
    monkeypatch.setattr("pages.search.views.SEARCH", RateLimit("search", 60, 10**9))
    for _ in range(60):
        assert client.get("/en/search/?q=waste").status_code == 200
    response = client.get("/en/search/?q=waste")
    assert response.status_code == 429
    assert "Please wait a minute" in response.content.decode()
    assert client.get("/en/search/").status_code == 200
