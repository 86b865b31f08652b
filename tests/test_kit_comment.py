"""The step that may write comments: run as the workflow runs it, against a server."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from forge import BOT, COMMIT, REPOSITORY, TOKEN, Forge, archive, serving
from listkeeper.release.change_report import MARKER as REPORT_MARKER
from listkeeper.release.kit import kit_files
from listkeeper.release.kit.comment import GAP, LARGEST, LONGEST, MARKER, body, harmless

if TYPE_CHECKING:
    from pathlib import Path

PULLS: Final = [
    {"number": 4, "head": {"sha": "0" * 40}},
    {"number": 5, "head": {"sha": COMMIT}},
]
ISSUE: Final = f"/repos/{REPOSITORY}/issues/5/comments"
REPORT: Final = f"{MARKER}\n**The check passes.**\n".encode()


def step() -> dict[str, Any]:
    """Give the one step of the workflow that may write."""
    text = kit_files("github", ["services"], ".")[".github/workflows/report.yml"]
    found: dict[str, Any] = yaml.safe_load(text)["jobs"]["comment"]["steps"][0]
    return found


def comment(forge: Forge, folder: Path, conclusion: str = "success") -> str:
    """Run the step; give what it says."""
    script = folder / "script"
    script.write_text(step()["run"], encoding="utf-8")
    given = {
        "GITHUB_API_URL": forge.address,
        "GITHUB_SERVER_URL": "https://forge.example",
        "GITHUB_REPOSITORY": REPOSITORY,
        "TOKEN": TOKEN,
        "RUN": "99",
        "CONCLUSION": conclusion,
        "HEAD_COMMIT": COMMIT,
        "HEAD_BRANCH": "a&state=closed",
        "HEAD_OWNER": "ann",
    }
    assert given.keys() - step()["env"].keys() == {k for k in given if k.startswith("GITHUB_")}
    command = [sys.executable, "-I", str(script)]
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


def test_the_first_comment(tmp_path: Path) -> None:
    """It is put on the pull request whose newest commit was looked at."""
    with serving(Forge(artifact=archive({"report.md": REPORT}), pulls=PULLS)) as forge:
        comment(forge, tmp_path)

    method, path, text = forge.written[0]
    assert (method, path, len(forge.written)) == ("POST", ISSUE, 1)
    assert text.startswith(f"{MARKER}\n**The check passes.** ")
    assert f"(https://forge.example/{REPOSITORY}/actions/runs/99)" in text
    assert forge.asked == [{"state": ["open"], "head": ["ann:a&state=closed"], "per_page": ["100"]}]


def test_the_same_comment_is_written_anew(tmp_path: Path) -> None:
    """Only our own, wherever among the others it stands; a stranger's like it is left alone."""
    others: list[dict[str, Any]] = [
        {"id": 1, "user": {"login": "mallory"}, "body": MARKER},
        {"id": 2, "user": {"login": BOT}, "body": f"quoted: {MARKER}"},
        {"id": 3, "user": None, "body": MARKER},
        *({"id": n, "user": {"login": "x"}, "body": ""} for n in range(100, 250)),
    ]
    ours = {"id": 9, "user": {"login": BOT}, "body": f"{MARKER}\nbefore"}
    report = archive({"report.md": REPORT})
    with serving(Forge(artifact=report, pulls=PULLS, comments=[*others, ours])) as forge:
        comment(forge, tmp_path)

    assert [w[:2] for w in forge.written] == [("PATCH", f"/repos/{REPOSITORY}/issues/comments/9")]


def test_the_token_stays_with_the_forge(tmp_path: Path) -> None:
    """Artifacts lie on another host, to which the forge refers."""
    with serving(Forge(artifact=archive({"report.md": REPORT}), pulls=PULLS)) as forge:
        comment(forge, tmp_path)

    assert forge.tokens.pop("/stored") is None
    assert set(forge.tokens.values()) == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize(
    "forge",
    [
        Forge(artifact=archive({"report.md": REPORT}), pulls=PULLS[:1]),
        Forge(artifact=None, pulls=PULLS),
    ],
    ids=["a newer commit was pushed", "the run left no report"],
)
def test_nothing_to_say(forge: Forge, tmp_path: Path) -> None:
    """Nothing is written, and that is said."""
    with serving(forge):
        assert "nothing to say" in comment(forge, tmp_path)

    assert forge.written == []


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A report that grows beyond all bounds when it is read is none."""
    bomb = archive({"report.md": b"\n" * (LARGEST * 50)})
    with serving(Forge(artifact=bomb, pulls=PULLS)) as forge:
        assert "too large" in comment(forge, tmp_path)

    assert forge.written == []


def test_other_members_are_not_looked_at(tmp_path: Path) -> None:
    """Nothing of the artifact is written to the disk."""
    packed = archive({"../../escaped": b"x", "report.md": REPORT, "number": b"4"})
    with serving(Forge(artifact=packed, pulls=PULLS)) as forge:
        comment(forge, tmp_path)

    assert forge.written[0][1] == ISSUE
    assert [path.name for path in tmp_path.rglob("*")] == ["script"]


HOSTILE: Final = (
    "@everyone",
    "[approve](https://evil.example)",
    "[approve](/settings)",
    "[x][y]\n\n[y]: /settings",
    "![](//evil.example/p.png)",
    "<img src=x>",
    "<!-- listkeeper report -->",
    "www.evil.example",
    "ftp://evil.example",
    "closes #12",
    "GH-12",
    "a@evil.example",
    "gnp.\u202eexe",
    "\x1b[31m",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_text_could_do_is_taken_away(text: str) -> None:
    """Links, mentions, references, pictures, HTML and what can not be seen; words stay."""
    shown = harmless(text)

    active = ("@e", "](", "][", "]:", "![", "<i", "<!", "www.", "://", "#1", "GH-1", "\u202e")
    assert not [part for part in active if part in shown]
    assert "\x1b" not in shown
    assert shown.replace(GAP, "") == text.replace("\u202e", "").replace("\x1b", "")


def test_a_report_says_nothing_of_the_verdict() -> None:
    """A change could have written its own report; whether it passes, the forge knows."""
    text = body(f"{MARKER}\n**The check passes.**", "failure", "https://forge.example/run")

    assert text.split("\n")[1].startswith("**The check does not pass.**")
    assert len(body("x" * 10 * LONGEST, "success", "")) < 65_536


def test_both_sides_call_the_report_alike() -> None:
    """The report's first line is the one that is taken off."""
    assert REPORT_MARKER == MARKER
