"""The web container's health check: exit 0 exactly when /healthz/ answers 200.

The portal only answers to its own name, which PORTAL_URL tells.
"""

import os
import urllib.request
from urllib.parse import urlsplit

port = os.environ["GRANIAN_PORT"]
name = urlsplit(os.environ["PORTAL_URL"]).netloc
request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz/", headers={"Host": name})
urllib.request.urlopen(request, timeout=5)  # noqa: S310 - raises for anything but success
