"""What a page tells assistive technology: read from the browser's own accessibility tree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser

from translations.languages import LANGUAGES

pytestmark = pytest.mark.browser

# Three scripts stand for all: the templates are the same in every language.
SHOWN = ("en", "ja", "th")
ENDONYMS = {language.endonym for language in LANGUAGES.values()}
LANDMARKS = {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region"}
ONCE = ("banner", "contentinfo", "main")
CONTROLS = {
    *("button", "checkbox", "combobox", "DisclosureTriangle", "link", "menuitem", "radio"),
    *("searchbox", "slider", "spinbutton", "switch", "tab", "textbox", "img", "image"),
}
# What one sees of an element, without readings above the letters and without what is only heard.
SEEN = """
function () {
    const copy = this.cloneNode(true);
    for (const each of copy.querySelectorAll("rt, rp, svg, .visually-hidden")) each.remove();
    return copy.textContent;
}
"""


@dataclass(frozen=True)
class Node:
    """An element as assistive technology gets it; `within` is the part of the page around it."""

    role: str
    name: str
    within: str
    level: int = 0
    url: str = ""
    seen: str = ""


Tree = list[Node]


def plain(text: str) -> str:
    """A text without the white space and signs that differ between what is seen and heard."""
    return re.sub(r"[\s/·:：]+", "", text).casefold()


@pytest.fixture(scope="module")
def read_tree(chromium: Browser) -> Iterator[Callable[[str], Tree]]:
    """Reads the tree at an address: in the order of reading, without what is hidden."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)

    def value(node: dict[str, Any], name: str) -> str:
        return str(node.get(name, {}).get("value", ""))

    def seen(node: dict[str, Any]) -> str:
        found = session.send("DOM.resolveNode", {"backendNodeId": node["backendDOMNodeId"]})
        call = {"objectId": found["object"]["objectId"], "functionDeclaration": SEEN}
        answer = session.send("Runtime.callFunctionOn", {**call, "returnByValue": True})
        return answer["result"]["value"]

    def nodes_below(
        node: dict[str, Any], nodes: dict[str, dict], within: str = ""
    ) -> Iterator[Node]:
        role = value(node, "role")
        if not node["ignored"]:
            properties = {each["name"]: each["value"] for each in node.get("properties", [])}
            yield Node(
                role,
                value(node, "name"),
                within,
                level=int(value(properties, "level") or 0),
                url=value(properties, "url"),
                seen=seen(node) if role in ("heading", "link", "button") else "",
            )
        for child in node.get("childIds", []):
            if child in nodes:
                yield from nodes_below(nodes[child], nodes, role if role in ONCE else within)

    def read(address: str) -> Tree:
        page.goto(address, wait_until="domcontentloaded")
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        return list(nodes_below(nodes[0], {node["nodeId"]: node for node in nodes}))

    yield read
    context.close()


@pytest.fixture(scope="module")
def trees(
    served_site: str, examples: dict[str, list[str]], read_tree: Callable[[str], Tree]
) -> dict[str, Tree]:
    """The tree of one page of each template, and of the search, by address."""
    addresses = [address for code in SHOWN for address in examples[code]]
    addresses += [f"/{code}/search/?q=CLAIR" for code in SHOWN]
    return {address: read_tree(served_site + address) for address in addresses}


def landmark_faults(tree: Tree) -> list[str]:
    """What is wrong with the landmarks: each has a role once, or else a name of its own."""
    found = [node for node in tree if node.role in LANDMARKS | {"search"}]
    counts = Counter((node.role, node.name) for node in found)
    faults = [
        f"{role} {name!r} {count} times" for (role, name), count in counts.items() if count > 1
    ]
    roles = Counter(node.role for node in found)
    faults += [f"{roles[role]} {role}" for role in ONCE if roles[role] != 1]
    faults += [
        f"{node.role} has no name" for node in found if node.role not in ONCE and not node.name
    ]
    return faults


def heading_faults(tree: Tree) -> list[str]:
    """What is wrong with the headings: one at the top, none empty, no level left out."""
    headings = [node for node in tree if node.role == "heading"]
    levels = [node.level for node in headings]
    faults = [] if levels.count(1) == 1 and levels[0] == 1 else [f"levels {levels}"]
    faults += [
        f"{node.name!r} is {node.level} after {above}"
        for node, above in zip(headings[1:], levels, strict=False)
        if node.level > above + 1
    ]
    return faults + ["a heading is empty" for node in headings if not node.name.strip()]


def name_faults(tree: Tree) -> list[str]:
    """What is wrong with names: none, or another than what one sees, or said twice."""
    faults = [
        f"{node.role} has no name ({node.url})"
        for node in tree
        if node.role in CONTROLS and not node.name.strip()
    ]
    for node in tree:
        heard, seen = plain(node.name), plain(node.seen)
        if seen and (seen not in heard or (node.role == "heading" and heard != seen)):
            faults.append(f"{node.role} {node.name!r} shows {node.seen!r}")
    return faults


def link_faults(tree: Tree) -> list[str]:
    """Links that are called the same and lead to different places."""
    places: dict[str, set[str]] = {}
    for node in tree:
        if node.role == "link":
            places.setdefault(node.name, set()).add(node.url.partition("#")[0])
    return [f"{name!r}: {sorted(urls)}" for name, urls in places.items() if len(urls) > 1]


def faults(trees: dict[str, Tree], find: Callable[[Tree], list[str]]) -> str:
    """What is wrong with any of the trees: a line for each fault."""
    return "\n".join(
        f"{address} {fault}" for address, tree in trees.items() for fault in find(tree)
    )


def test_every_landmark_is_there_once_or_has_a_name_of_its_own(trees: dict[str, Tree]) -> None:
    assert not (found := faults(trees, landmark_faults)), found


def test_the_headings_of_every_page_are_an_outline(trees: dict[str, Tree]) -> None:
    assert not (found := faults(trees, heading_faults)), found


def test_whatever_can_be_used_is_called_what_it_shows(trees: dict[str, Tree]) -> None:
    assert not (found := faults(trees, name_faults)), found


def test_links_with_the_same_name_lead_to_the_same_place(trees: dict[str, Tree]) -> None:
    assert not (found := faults(trees, link_faults)), found


def test_help_is_in_the_same_order_on_every_page(trees: dict[str, Tree]) -> None:
    """The emergency numbers, the way to us and the statement stand around every page's content."""
    orders = set()
    for address, tree in trees.items():
        code = address.split("/")[1]
        links = [
            node.url
            for node in tree
            if node.role == "link" and node.within != "main" and node.name not in ENDONYMS
        ]
        ways = [re.sub(rf"https?://[^/]+/{code}/", "/", url) for url in links]
        orders.add(tuple(way for way in ways if re.match(r"tel:|/(contact|accessibility)/$", way)))
    assert orders == {("tel:110", "tel:119", "/contact/", "/contact/", "/accessibility/")}


def test_the_reader_of_trees_finds_what_is_wrong(read_tree: Callable[[str], Tree]) -> None:
    tree = read_tree(
        "data:text/html,<title>Wrong</title><nav></nav><nav></nav><h1>One</h1><h3>Three</h3>"
        "<a href='tel:1'>More</a><a href='tel:2'>More</a><button></button>"
        "<h2 aria-label='Other'>Shown</h2><main></main><main></main>"
    )
    assert "navigation '' 2 times" in landmark_faults(tree)
    assert "2 main" in landmark_faults(tree)
    assert heading_faults(tree) == ["'Three' is 3 after 1"]
    assert "button has no name ()" in name_faults(tree)
    assert "heading 'Other' shows 'Shown'" in name_faults(tree)
    assert len(link_faults(tree)) == 1
