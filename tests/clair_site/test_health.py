"""What the machine that runs the site is told."""

import pytest

from clair_site import health

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so_without_asking_any_other(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


def test_a_site_whose_parts_all_answer_is_ready(client, settings, tmp_path):
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.json()
    assert answer.json() == {"status": "ok", "database": "ok", "cache": "ok", "broker": "ok"}


def test_a_site_whose_broker_is_away_is_not_ready_and_names_the_broker(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["broker"].startswith("down")
    assert answer.json()["database"] == "ok"


def test_a_site_whose_cache_forgets_is_not_ready(client, monkeypatch):
    class Forgetful:
        def set(self, *args) -> None: ...

        def get(self, *args) -> None: ...

    monkeypatch.setattr(health, "cache", Forgetful())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["cache"] == "down: RuntimeError"
    assert set(health.CHECKS) == {"database", "cache", "broker"}
