"""Asks the site that runs on this machine whether it can work; ends with 1 when it cannot.

For health checks: `python deploy/ready.py http://127.0.0.1:8000`. The request carries the site's
own host name, from SITE_URL, because Django refuses any other.
"""

import os
import sys
from urllib.parse import urlsplit
from urllib.request import Request, urlopen


def ready(address: str, host: str) -> bool:
    """Whether /readyz at `address` answers 200 for the site named `host`."""
    try:
        with urlopen(Request(f"{address}/readyz", headers={"Host": host}), timeout=8):  # noqa: S310
            return True
    except OSError:
        return False


if __name__ == "__main__":
    site = urlsplit(os.environ.get("SITE_URL", sys.argv[1]))
    sys.exit(not ready(sys.argv[1], site.netloc))
