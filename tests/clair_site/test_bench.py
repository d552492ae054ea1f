"""The numbers that `make bench` prints are the ones that the budgets are about."""

from io import StringIO

import pytest
from django.core.management import call_command

from clair_site.bench.pages import loaded_files
from clair_site.management.commands.bench import HEADINGS, PAGES


@pytest.mark.django_db
def test_every_page_measured_stays_within_its_counts_and_bytes(site_content):
    out = StringIO()
    call_command("bench", rounds=1, no_servers=True, stdout=out)
    rows = out.getvalue().splitlines()[2:]
    assert len(rows) == len(PAGES)
    for row in rows:
        values = dict(zip((name for name, _ in HEADINGS[1:]), row[14:].split(), strict=True))
        assert 1 <= int(values["queries"]) <= 8, row
        sizes = [int(values[name]) for name in ("HTML", "CSS", "JS")]
        if not row.startswith("sitemap"):
            assert sum(sizes) <= 40 * 1024, row
            assert sizes[1] > 1000, "the style was not found"
        assert float(values["kept ms"]) < float(values["CPU ms"]) or row.startswith("search")


def test_what_a_page_loads_is_counted_once_and_by_its_compressed_size():
    html = '<link rel="stylesheet" href="/static/css/site.css">' * 2 + '<img src="/media/a.jpg">'
    sizes = loaded_files(html)
    assert list(sizes) == ["css/site.css"]
    assert 1000 < sizes["css/site.css"] < 20_000
