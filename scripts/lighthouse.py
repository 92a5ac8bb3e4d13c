"""Lighthouse on the start page, the summary and a leaf of a built site, by hand and never in CI.

    python scripts/lighthouse.py build/site

Needs npm and Chromium. Fails below 95 of 100 in performance, accessibility or best practices.
Pages are sent compressed, as hosts send them. Figures on a busy machine come out lower.
"""

import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path

PACKAGE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices")
LEAST = 95
_TEXTS = {".html", ".css", ".js", ".json", ".svg", ".txt"}


class _Host(http.server.SimpleHTTPRequestHandler):
    """A static host that compresses."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _TEXTS and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def main() -> int:
    """Measure; 1 when a page is below the limit."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/site").resolve()
    period = min(folder.glob("*/tong-hop.html")).parent
    leaf = min(period.glob("tc/*.*.*.html"), default=min(period.glob("tc/*.html")))
    pages = [period / "index.html", period / "tong-hop.html", leaf]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    failed = False
    for preset in ("mobile", "desktop"):
        for page in pages:
            address = page.relative_to(folder).as_posix()
            scores = _measure(f"http://127.0.0.1:{server.server_address[1]}/{address}", preset)
            failed = failed or min(scores.values()) < LEAST
            said = ", ".join(f"{name} {score}" for name, score in scores.items())
            print(f"{preset} {address}: {said}")
    server.shutdown()
    return int(failed)


def _measure(address: str, preset: str) -> dict[str, int]:
    npx = shutil.which("npx")
    if npx is None:
        sys.exit("npx not found")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [
            *(npx, "--yes", PACKAGE, address, "--quiet"),
            "--chrome-flags=--headless=new --no-sandbox",
            f"--only-categories={','.join(CATEGORIES)}",
            *("--output=json", f"--output-path={report}"),
            *(["--preset=desktop"] if preset == "desktop" else []),
        ]
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium})  # noqa: S603
        found = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(found[name]["score"] * 100) for name in CATEGORIES}


if __name__ == "__main__":
    sys.exit(main())
