"""Tells what people send from what programs send, without a cookie, a script or a third party."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest

# A field that people neither see nor fill in.
TRAP = "website"
SALT = "pages.form"
# Nobody reads and fills in a form faster than this; who left it open for a day starts again.
QUICKEST, LONGEST = 3, 86_400
# Who advertises writes more web addresses than who asks.
MOST_LINKS = 2
LINK = re.compile(r"https?://|\bwww\.|\[url|<a\s", re.IGNORECASE)


def from_this_site(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours, as far as the browser says where from."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if site not in ("", "same-origin", "none"):
        return False
    if origin == "null":  # hidden for privacy: then only the browser's own word counts
        return site == "same-origin"
    return not origin or urlsplit(origin).netloc == request.get_host()


def like_a_program(request: HttpRequest, text: str) -> bool:
    """Whether the field that people do not see was filled in, or links abound in what was written.

    Whoever asks does not say which it was, so that programs do not learn from it.
    """
    return bool(request.POST.get(TRAP)) or len(LINK.findall(text)) > MOST_LINKS


def time_token() -> str:
    """What a form carries so that it is known when it was given out."""
    return signing.TimestampSigner(salt=SALT).sign("form")


def came_in_time(token: str) -> bool:
    """Whether a form with this token was given out by us, neither just now nor long ago."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(token, max_age=LONGEST)
    except signing.BadSignature:
        return False
    try:
        signer.unsign(token, max_age=QUICKEST)
    except signing.SignatureExpired:
        return True
    return False
