"""What a person sees: results on standard output, the rest on standard error, 80 columns."""

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from sparetire.errors import ContentRefused, LocalDiskFault
from sparetire.events import (
    Event,
    FilePut,
    HostWaited,
    PageWentLive,
    StageFinished,
    StageStarted,
    WaveStarted,
)
from sparetire.hosts.abilities import Abilities
from sparetire.model.finding import Finding, Severity
from sparetire.model.manifest import Wave
from sparetire.model.outcome import Checked, Initialised, Pruned, Run, RunHistory, TargetStatus
from sparetire.output.history import tell_history
from sparetire.output.status import tell_status
from sparetire.output.terminal import Terminal
from tests.support.draft import WORDS, incident
from tests.support.outcomes import URLS, WARNING, proposal, published, receipt, unchanged

Seen = Callable[[], tuple[str, str]]
RUN = (
    StageStarted("push", "local"),
    WaveStarted("local", Wave.ASSETS, 1),
    FilePut("local", "fr/index.html", 1_500),
    HostWaited("local", "the lock is held", 2.0),
    PageWentLive("local", URLS["fr"], 0.25),
    StageFinished("push", 1.5, "local"),
)
LONG = "A very long sentence that tells at some length what has happened to the site. " * 3

ZONE = ZoneInfo("America/Toronto")


@pytest.fixture
def seen(capsys: pytest.CaptureFixture[str]) -> Seen:
    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return read


@pytest.fixture
def on_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make rich write as it does on a terminal, moving lines and all."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")


def run(terminal: Terminal, events: tuple[Event, ...] = RUN) -> None:
    for event in events:
        terminal.emit(event)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_progress_is_one_line_a_stage_and_no_result(seen: Seen) -> None:
    run(Terminal())
    out, err = seen()
    assert out == ""
    assert err == f"  ✓ {'Send to local':<30}    1.5 s\n"


def test_a_verbose_run_names_every_file(seen: Seen) -> None:
    run(Terminal(verbose=True))
    _, err = seen()
    assert "sent fr/index.html, 2 kB" in err
    assert f"live {URLS['fr']} after 0.25 s" in err


def test_a_quiet_run_says_nothing_but_the_result(seen: Seen) -> None:
    terminal = Terminal(quiet=True)
    run(terminal)
    terminal.say("a remark")
    terminal.propose(proposal(WARNING))
    assert seen() == ("", "")
    terminal.propose(proposal(WARNING), asked=True)
    assert URLS["fr"] in seen()[1]
    terminal.published(published(receipt()))
    assert seen() == (
        f"Live and verified in 1.2 s\n  fr  {URLS['fr']}\n  en  {URLS['en']}\n",
        "",
    )


@pytest.mark.parametrize("put", [0, 2])
def test_what_nobody_could_look_at_is_not_called_verified(seen: Seen, put: int) -> None:
    unseen = replace(receipt(), put=put, retired=0, verified=None)
    Terminal(quiet=True).published(published(unseen))
    assert seen()[0].startswith(
        "Ready to be handed over; nobody could look at it yet, in 1.2 s"
    )


@pytest.mark.usefixtures("on_a_screen")
def test_on_a_screen_the_moving_line_tells_what_goes_on(seen: Seen) -> None:
    terminal = Terminal()
    for number in range(1, len(RUN)):
        run(terminal, RUN[:number])
        terminal.pause()
    _, err = seen()
    for words in (
        "Send to local",
        "pictures and new pages: 0 of 1",
        "fr/index.html (1 of 1)",
        "the lock is held (2.0 s)",
        URLS["fr"],
    ):
        assert words in err


@pytest.mark.usefixtures("on_a_screen")
def test_a_failure_takes_the_moving_line_away(seen: Seen) -> None:
    terminal = Terminal()
    run(terminal, RUN[:2])
    terminal.failed(LocalDiskFault("The disk is full."))
    _, err = seen()
    assert err.index("0 of 1") < err.index("\x1b[?25h") < err.index("The disk is full.")


def test_a_failure_is_told_in_four_parts_within_80_columns(seen: Seen) -> None:
    error = ContentRefused(LONG, why=[LONG, "a second [reason]"], then="sparetire check")
    Terminal().failed(error)
    out, err = seen()
    assert out == ""
    assert max(map(len, err.splitlines())) <= 80
    told = flat(err)
    assert told.startswith(LONG.strip())
    assert f"Why {LONG.strip()} a second [reason]" in told
    assert told.endswith("Public Nothing has changed for the public. Next sparetire check")


def test_parts_that_are_empty_are_left_out(seen: Seen) -> None:
    Terminal().failed(LocalDiskFault("Full.", public=""))
    assert flat(seen()[1]) == "Full."


@pytest.mark.parametrize(
    "title", ["[bold]x[/bold]", "[/]", "a [link=x]b", ":fire: alarm", "back\\", "<&>", "🔥 été"]
)
def test_words_are_shown_as_they_were_written(seen: Seen, title: str) -> None:
    words = {code: replace(one, title=title) for code, one in WORDS.items()}
    said = replace(incident(), statements=(replace(incident().statements[0], words=words),))
    terminal = Terminal(verbose=True)
    terminal.propose(proposal(replace(WARNING, message=title), about=said))
    terminal.say(title)
    terminal.failed(ContentRefused(title, why=title, public=title, then=title))
    terminal.emit(FilePut("local", title, 1))
    terminal.emit(StageFinished("push", 1.0, title))
    _, err = seen()
    assert err.count(title) == 10


def test_a_proposal_says_what_goes_where_and_what_was_found(seen: Seen) -> None:
    terminal = Terminal()
    terminal.propose(proposal(WARNING))
    told = flat(seen()[1])
    for code, url in URLS.items():
        assert f"{code} {WORDS[code].title} {url}" in told
    assert "local 2 files to send (3 kB), 1 there already, 1 no longer used" in told
    assert "warning title (fr): It is long. Shorten it." in told


def test_a_declared_gap_is_shown_before_it_is_approved(seen: Seen) -> None:
    french = replace(incident().statements[0], words={"fr": WORDS["fr"]})
    terminal = Terminal()
    terminal.propose(proposal(about=replace(incident(), statements=(french,))))
    assert "en not yet available in en; the page says so" in flat(seen()[1])


def test_the_site_as_it_stands_is_proposed_without_words(seen: Seen) -> None:
    terminal = Terminal()
    terminal.propose(replace(proposal(), incident=None, titles={}))
    assert flat(seen()[1]).startswith("local 2 files to send")


def test_a_launch_ends_with_its_addresses_on_lines_that_can_be_copied(seen: Seen) -> None:
    urls = {"fr": URLS["fr"] + "x" * 80}
    Terminal().published(published(receipt(), of=replace(proposal(), urls=urls)))
    out, _ = seen()
    assert out.splitlines()[0] == "Live and verified in 1.2 s"
    assert f"  fr  {urls['fr']}" in out.splitlines()
    assert "2 files sent, 1 there already, version 0a1b2c3d4e5f" in out


def test_a_dry_run_says_that_nothing_was_sent(seen: Seen) -> None:
    Terminal(verbose=True).published(published())
    out, err = seen()
    assert out.startswith("Dry run: nothing was sent")
    assert "files sent" not in out
    assert "put b.html: new" in err


def test_a_run_without_change_says_so(seen: Seen) -> None:
    Terminal().published(unchanged())
    assert seen()[0].startswith("Already live, and verified again in 1.2 s")


def test_a_new_workspace_says_what_to_type_next(seen: Seen) -> None:
    Terminal().initialised(Initialised("my [ws]", ("sparetire.toml",), (LONG,)))
    out, _ = seen()
    assert "A workspace is ready in my [ws]" in out
    assert "  sparetire check\n" in out
    assert max(map(len, out.splitlines())) <= 80
    assert all(line.startswith("  ") for line in out.splitlines() if "length" in line)


@pytest.mark.parametrize(
    ("severity", "verdict"),
    [
        (Severity.ERROR, "Not ready, score 50 %"),
        (Severity.WARNING, "Ready to launch, score 50 %"),
        (Severity.INFO, "Ready to launch, score 100 %"),
    ],
)
def test_readiness_ends_with_a_verdict(seen: Seen, severity: Severity, verdict: str) -> None:
    finding = Finding("contact-old", severity, "contacts", LONG)
    Terminal().checked(Checked(("The logo can be read.",), (finding,)))
    lines = seen()[0].splitlines()
    assert lines[0] == "  ok       The logo can be read."
    assert lines[-1] == verdict
    assert max(map(len, lines)) <= 80


def test_status_says_what_the_public_sees_on_one_clock(seen: Seen) -> None:
    at, said = "2026-11-23T19:43:08+00:00", {"spill": "2026-11-23T19:40:00+00:00"}
    right = TargetStatus(
        "web", URLS["fr"], "0a1b2c", at, said, "yes", states={"spill": "closed"}
    )
    wrong = replace(right, target="[s3]", incidents={}, seen="answers 404.")
    here = replace(right, target="local", incidents={}, public=False)
    empty = replace(right, target="backup", edition="", incidents={}, seen="Nothing yet.")
    tell_status(Terminal(), (right, wrong, here, empty), ZONE, afresh=False)
    assert seen()[0].splitlines() == [
        f"web  {URLS['fr']}",
        "  version 0a1b2c, live since 2026-11-23 14:43 EST: seen by the public",
        "  spill (closed), last statement 2026-11-23 14:40 EST",
        f"[s3]  {URLS['fr']}",
        "  version 0a1b2c, live since 2026-11-23 14:43 EST: answers 404.",
        f"local  {URLS['fr']}",
        "  version 0a1b2c, live since 2026-11-23 14:43 EST: served on this machine only",
        f"backup  {URLS['fr']}",
        "  Nothing yet.",
    ]


def test_history_names_the_version_of_each_run(seen: Seen) -> None:
    at = "2026-11-23T19:00:00+00:00"
    done = Run("r1", at, "launch spill", "local", "verified", 1.25, "0a1b2c3d4e5f")
    stopped = replace(done, outcome="stopped", seconds=None, edition="")
    tell_history(Terminal(), RunHistory((done, stopped)), ZONE)
    out, _ = seen()
    first = "2026-11-23 14:00 EST  local  version 0a1b2c3d4e5f  verified after 1.2 s"
    assert f"{first}\n    launch spill\n" in out
    assert "local  stopped\n" in out


@pytest.mark.parametrize(("lines", "told"), [(1, "1 line,"), (12, "12 lines,")])
def test_a_proof_has_a_verdict(seen: Seen, lines: int, told: str) -> None:
    tell_history(Terminal(), RunHistory((), lines), ZONE)
    assert f"The record is as it was written: {told}" in seen()[0]


def test_no_history_is_said(seen: Seen) -> None:
    tell_history(Terminal(), RunHistory(()), ZONE)
    assert seen()[0] == "No run has been recorded in this workspace.\n"


@pytest.mark.parametrize(
    ("removed", "verb"), [(True, "removed from"), (False, "could go from")]
)
def test_pruned_files_are_named(seen: Seen, verb: str, *, removed: bool) -> None:
    Terminal().pruned(Pruned("local", ("fr/[old].html",), removed=removed))
    assert seen()[0] == f"  fr/[old].html\n1 files {verb} local\n"


def test_what_was_forgotten_is_counted(seen: Seen) -> None:
    Terminal().pruned(Pruned("production", (), removed=True, forgotten=12))
    assert seen()[0].endswith("12 private files of old editions forgotten\n")


def test_hosts_are_told_a_block_each(seen: Seen) -> None:
    fields = {name: f"About {name}." for name in Abilities.__dataclass_fields__}
    Terminal().hosts((Abilities(**(fields | {"host": "s3", "extra": ""})),))
    out, _ = seen()
    assert out.startswith("s3  About what.")
    assert "atomic switch  About atomic_switch." in out
    assert "install" not in out


def test_a_question_is_asked_and_its_answer_cleaned(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("  Déversement \n"))
    assert Terminal().ask("Title in fr [short]:") == "Déversement"
    assert "Title in fr [short]:" in "".join(seen())


def test_an_input_that_has_ended_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(EOFError):
        Terminal().ask("Title:")


def test_without_a_screen_nobody_can_be_asked() -> None:
    assert not Terminal().interactive
