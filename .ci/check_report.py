"""Checks what the README's main command leaves: `check_report.py SAID OUT`.

SAID is what the command printed, OUT the folder that it wrote. The figures are those of the public sources that
`examples/coast-2025` paraphrases.
"""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

OBSERVATORY = "Syrian Observatory for Human Rights"
NETWORK = "Syrian Network for Human Rights"
# Source and tolls that its account must hold.
TOLLS = {OBSERVATORY: (1383, 1614), NETWORK: (803,)}
FILES = ("index.html", "figures.csv", "accounts.csv", "claims.csv", "persons.csv", "report.json")
# Attributes that make a browser fetch something. A link that a reader may click is no load.
LOADS = {"src", "srcset", "poster", "data", "background", "xlink:href"}


class Loads(HTMLParser):
    """Collects the addresses that a page loads by itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            loads = name in LOADS or (name == "href" and tag not in ("a", "area"))
            if loads and value and not value.startswith(("data:", "#")):
                self.found.append(f"<{tag} {name}={value[:80]!r}>")


def main(said, out):
    wrong = []

    def expect(holds, what):
        if not holds:
            wrong.append(what)

    for name in FILES:
        expect((out / name).is_file(), f"{name} is missing in {out}")
    if wrong:
        return wrong

    text = said.read_text(encoding="utf-8")
    named = re.search(r"^Report: (.+)$", text, re.MULTILINE)
    expect(named and Path(named[1]).samefile(out / "index.html"), "the page is not named")
    expect("who says" in text, "no head table is printed")

    page = (out / "index.html").read_text(encoding="utf-8")
    for source, tolls in TOLLS.items():
        expect(source in text, f"{source} is not in the printed table")
        expect(source in page, f"{source} is not on the page")
        for toll in tolls:
            expect(f"{toll:,}" in page or str(toll) in page, f"{toll} is not on the page")

    loads = Loads()
    loads.feed(page)
    expect(not loads.found, f"the page loads {loads.found[:5]}")
    expect(not re.search(r"url\(\s*['\"]?(?!data:|#)|@import", page), "a style loads something")

    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    for source, tolls in TOLLS.items():
        own = [a for a in report["accounts"] if a["source"] == source and a["act"] == "killed"]
        given = {point["quantity"]["low"] for account in own for point in account["points"]}
        for toll in tolls:
            expect(toll in given, f"{source} has no figure of {toll}")
    expect(report["problems"] == [], "problems were met")
    return wrong


if __name__ == "__main__":
    failures = main(Path(sys.argv[1]), Path(sys.argv[2]))
    for failure in failures:
        print(f"FAILED: {failure}", file=sys.stderr)
    sys.exit(1 if failures else 0)
