"""Data for search engines (JSON-LD of schema.org) that more than one kind of page gives."""

from __future__ import annotations

from .addresses import public_url


def organisation_link() -> dict:
    """CLAIR, named by what tells it from others; `organisation` says more of it elsewhere."""
    return {
        "@type": "GovernmentOrganization",
        "@id": public_url("/#organisation"),
        "name": "Council of Local Authorities for International Relations",
    }


def organisation() -> dict:
    """CLAIR with what the whole site knows of it."""
    return organisation_link() | {
        "alternateName": ["CLAIR", "自治体国際化協会"],
        "foundingDate": "1988",
        "url": public_url("/"),
    }


def breadcrumb_list(steps: list[tuple[str, str]]) -> list[dict]:
    """The way to a page by titles and addresses, itself the last. None for a home page."""
    if len(steps) < 2:
        return []
    items = [
        {"@type": "ListItem", "position": position, "name": title, "item": public_url(address)}
        for position, (title, address) in enumerate(steps, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def graph(*nodes: dict) -> dict:
    """Things of schema.org as one document."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}
