"""The numbers that `make bench` prints are the ones that the budgets are about."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_every_page_measured_stays_within_its_counts_and_bytes(site_content):
    out = StringIO()
    call_command("bench", rounds=1, stdout=out)
    rows = out.getvalue().splitlines()[2:]
    assert len(rows) == 6
    for row in rows:
        queries, _cpu, _ratio, html, files = (float(n) for n in row[14:].split())
        assert queries <= 8
        if not row.startswith("sitemap"):
            assert html + files <= 40 * 1024, row
