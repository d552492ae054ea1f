"""The numbers that `make bench` prints are the ones that the budgets are about."""

from io import StringIO

import pytest
from django.core.management import call_command

from clair_site.bench.pages import loaded_files
from clair_site.bench.translating import FEWEST, MOST, Bench, Cost, Costs, segments_on
from clair_site.management.commands.bench import HEADINGS, PAGES
from clair_site.management.commands.bench_translations import Command as BenchTranslations


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


@pytest.mark.django_db
def test_the_engine_stays_near_what_wagtail_asks_however_long_a_page_is():
    languages = 2
    bench = Bench(languages)
    bench.ours(bench.pages(1, FEWEST))  # the first page of all is another case
    asked = {}
    for segments in (FEWEST, MOST):
        (page,) = bench.pages(1, segments)
        ours, floor = bench.ours([page]), bench.floor(bench.pages(1, segments))
        assert segments_on(page) == segments
        asked[segments] = [getattr(ours, step).queries for step in ("submit", "publish", "update")]
        # Once the source comes into the store, then a draft for each language.
        assert ours.submit.queries <= floor.submit.queries + 30 + 12 * languages
        assert ours.store.queries <= 30
        # Publishing is to come down to twelve as well.
        assert ours.publish.queries <= floor.publish.queries + 21 * languages
        assert ours.update.queries <= floor.update.queries + 21 * languages
    assert asked[FEWEST] == asked[MOST]


def test_the_bench_of_translations_compares_three_ways():
    costs = [Costs(*(Cost(12, seconds) for _ in range(4))) for seconds in (0.3, 0.1, 0.05)]
    out = StringIO()
    BenchTranslations(stdout=out).show(*costs, pages=1, languages=12)
    assert "publishing" in out.getvalue()
    assert "takes 3.0 times as long" in out.getvalue()
