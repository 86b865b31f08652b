"""Put the report of a pull request's run into one comment on it, written anew each time.

This is the step that may write, so it trusts nothing that the run of a change made: of the
run's artifact it reads one member of bounded size, as text, and takes away what a text could do
(links, mentions, pictures, markup of HTML). Which pull request is meant is asked of the forge by
the commit, never read from the artifact. The workflow carries this file's text, so that nothing
is checked out or installed where the token is; it uses the standard library alone.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import unicodedata
import urllib.parse
import urllib.request
import zipfile

MARKER = "<!-- listkeeper report -->"
AUTHOR = "github-actions[bot]"
MEMBER = "report.md"
LARGEST = 2_000_000
LONGEST = 60_000
PAGES = 20
GAP = "\u200b"
ACTIVE = re.compile(r"@|://|<|!\[|\]\(|\]\[|\]:|\bwww\.|\bGH-|#(?=\d)", re.IGNORECASE)
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def harmless(text: str) -> str:
    """Take away what a text could do on a page of the forge; what it says stays."""
    seen = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in UNSEEN)
    return ACTIVE.sub(lambda found: found[0][0] + GAP + found[0][1:], seen)


def body(report: str, conclusion: str, run: str) -> str:
    """Write the comment: the verdict is the forge's own, the rest what the run reported."""
    first, _, rest = report.partition("\n")
    told = harmless(rest if first.strip() == MARKER else report)[:LONGEST]
    passed = {"success": "passes", "failure": "does not pass"}.get(conclusion, "did not end")
    verdict = f"**The check {passed}.** [Its run, with the preview as a file]({run})"
    return f"{MARKER}\n{verdict}\n\nWritten by the run of the change:\n\n---\n{told}\n"


def member(archive: bytes) -> str:
    """Read the one file of the artifact, if it is what it should be."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        found = opened.getinfo(MEMBER)
        with opened.open(found) as stream:
            data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        sys.exit("the report is too large")
    return data.decode("utf-8", "replace")


class Forge:
    """The forge's interface, for one repository."""

    def __init__(self, api: str, repository: str, token: str) -> None:
        """Keep where it is and who asks."""
        self.root = f"{api}/repos/{repository}"
        self.token = token

    def ask(self, path: str, data: object = None, method: str = "GET") -> bytes:
        """Send one request; the token goes to the forge alone, not to where it refers to."""
        sent = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.root + path, sent, method=method)  # noqa: S310 - the forge's own address
        request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        request.add_unredirected_header("Accept", "application/vnd.github+json")
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - see above
            read: bytes = answer.read(LARGEST + 1)
        if len(read) > LARGEST:
            sys.exit(f"{path}: the answer is too large")
        return read

    def report(self, run: str) -> str | None:
        """Read the report that a run left behind; None where it left none."""
        listed = json.loads(self.ask(f"/actions/runs/{run}/artifacts?name=report"))
        found = [item for item in listed["artifacts"] if item["size_in_bytes"] <= LARGEST]
        return member(self.ask(f"/actions/artifacts/{int(found[0]['id'])}/zip")) if found else None

    def pull_request(self, owner: str, branch: str, commit: str) -> int | None:
        """Find the open pull request whose newest commit was looked at."""
        query = urllib.parse.urlencode({"state": "open", "head": f"{owner}:{branch}"})
        for pull in json.loads(self.ask(f"/pulls?{query}&per_page=100")):
            if pull["head"]["sha"] == commit:
                return int(pull["number"])
        return None

    def put(self, number: int, text: str) -> None:
        """Write the comment anew, or for the first time."""
        for page in range(1, PAGES + 1):
            comments = json.loads(self.ask(f"/issues/{number}/comments?per_page=100&page={page}"))
            for comment in comments:
                is_ours = (comment["user"] or {}).get("login") == AUTHOR
                if is_ours and comment["body"].startswith(MARKER):
                    self.ask(f"/issues/comments/{int(comment['id'])}", {"body": text}, "PATCH")
                    return
            if not comments:
                break
        self.ask(f"/issues/{number}/comments", {"body": text}, "POST")


def main(given: os._Environ[str]) -> None:
    """Do what the workflow asks for, by its environment."""
    repository, run = given["GITHUB_REPOSITORY"], str(int(given["RUN"]))
    forge = Forge(given["GITHUB_API_URL"], repository, given["TOKEN"])
    number = forge.pull_request(given["HEAD_OWNER"], given["HEAD_BRANCH"], given["HEAD_COMMIT"])
    report = forge.report(run) if number else None
    if number is None or report is None:
        sys.stdout.write("nothing to say: no open pull request at this commit, or no report\n")
        return
    address = f"{given['GITHUB_SERVER_URL']}/{repository}/actions/runs/{run}"
    forge.put(number, body(report, given["CONCLUSION"], address))


if __name__ == "__main__":
    main(os.environ)
