"""What only Netlify can do wrong, on a stand-in that keeps to its documented limits."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    LocalDiskFault,
    Locked,
    SparetireError,
)
from sparetire.hosts.base import Commit, Upload
from sparetire.hosts.netlify import NetlifyHost
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest
from sparetire.model.protection import HEADERS
from tests.support.editions import AT, body_of, edition, page_with_style, publish, uploads
from tests.support.faults import Answer, LostAnswer, Proxy, faulty
from tests.support.netlify_stub import (
    TOKEN,
    Limits,
    Netlify,
    netlify_service,
    netlify_stub,
)
from tests.support.places import free_port

NOTHING = Live("", Manifest({}), 0, "", {})
Opens = Callable[..., NetlifyHost]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Netlify]:
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
    with netlify_stub(Limits(deploys=1000)) as stub:
        yield stub


@pytest.fixture
def line(stub: Netlify) -> Iterator[Proxy]:
    with faulty(stub.address) as proxy:
        yield proxy


@pytest.fixture
def opens(stub: Netlify, tmp_path: Path) -> Opens:
    def opened(api: str = "", *, patience: float = 30.0, **changes: str) -> NetlifyHost:
        service = netlify_service(stub, **changes)
        return NetlifyHost(service, tmp_path / "locks", api=api or stub.api, patience=patience)

    return opened


def told(error: SparetireError) -> str:
    return " ".join((error.what, *error.why, error.public, error.then))


def test_one_publish_is_one_deploy_and_sends_only_new_bytes(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    first = page_with_style("one")
    publish(opens(), edition(tmp_path / "one", first))
    before = set(stub.blobs)
    publish(opens(), edition(tmp_path / "two", first | {"fr/statement/index.html": "<p>!"}))
    assert len(stub.deploys) == 2
    new = [stub.blobs[sha1] for sha1 in stub.blobs.keys() - before]
    # The page, and the record; the rules have not changed.
    assert len(new) == 2
    assert b"<p>!" in new


def test_a_folder_s_own_address_is_served_as_its_file_is(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    for path in ("/", "/fr/statement/"):
        answer = requests.get(f"{stub.url}{path}", timeout=10)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"].startswith("public, max-age=0")


def test_every_file_is_served_with_the_headers_that_protect_its_readers(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    for path in ("/", "/fr/statement/", "/404.html"):
        answer = requests.get(f"{stub.url}{path}", timeout=10)
        sent = {name: answer.headers.get(name) for name in HEADERS}
        assert sent == HEADERS, path


def test_the_record_is_found_by_its_key_alone_and_kept_from_search(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    key = stub.deploys[0]["title"].split()[-1]
    record = requests.get(f"{stub.url}/.sparetire/{key}.json", timeout=10)
    assert record.headers["X-Robots-Tag"] == "noindex"
    public = [body for body in stub.blobs.values() if body != record.content]
    assert not any(key.encode() in body for body in public)
    assert len(key) == 32
    assert stub.deploys[0]["id"].encode() not in record.content


def test_each_deploy_has_a_key_of_its_own(stub: Netlify, opens: Opens, tmp_path: Path) -> None:
    for mark in ("one", "two"):
        publish(opens(), edition(tmp_path / mark, page_with_style(mark)))
    one, two = (deploy["title"].split()[-1] for deploy in stub.deploys)
    assert one != two


def test_a_style_outlives_its_page_and_a_picture_does_not(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    old = page_with_style("old")
    style = next(path for path in old if path.endswith(".css"))
    picture = {"assets/leak.0a1b2c3d.png": "a face"}
    publish(opens(), edition(tmp_path / "1", old | picture))
    publish(opens(), edition(tmp_path / "2", page_with_style("new")))
    kept = requests.get(f"{stub.url}/{style}", timeout=10)
    assert kept.text == old[style]
    assert kept.headers["Content-Type"] == "text/css; charset=utf-8"
    gone = requests.get(f"{stub.url}/assets/leak.0a1b2c3d.png", timeout=10)
    assert gone.status_code == 404


def test_a_large_site_is_compared_in_the_background(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    files = page_with_style("one") | {f"fr/{n}/index.html": f"<p>{n}" for n in range(120)}
    made = publish(opens(), edition(tmp_path / "one", files))
    assert opens().read_live() == made
    assert requests.get(f"{stub.url}/fr/119/", timeout=10).text == "<p>119"


def test_no_more_uploads_run_at_once_than_netlify_takes(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    publish(opens(), edition(tmp_path, {f"assets/{n}.css": f"{n}" for n in range(40)}))
    assert 1 < stub.busy[1] <= 5
    assert stub.refused == 0


# --- past editions


def test_past_editions_are_told_newest_first_and_can_be_read(
    opens: Opens, tmp_path: Path
) -> None:
    sites = [edition(tmp_path / mark, page_with_style(mark)) for mark in ("a", "b", "c")]
    for site in sites:
        publish(opens(), site)
    past = opens().past()
    assert [each.counter for each in past] == [3, 2, 1]
    assert [each.incidents for each in past] == [{"spill": AT}] * 3
    assert opens().manifest(past[2]) == sites[0].manifest
    page = sites[0].manifest.entries["index.html"]
    assert opens().fetch(past[2], page) == sites[0].file(page).read_bytes()


def test_a_deploy_that_never_went_live_is_no_past_edition(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    draft = dict(stub.deploys[0]) | {"id": "0" * 24, "published_at": None}
    stub.deploys.append(draft)
    assert len(opens().past()) == 1


def test_an_edition_that_netlify_has_deleted_is_told(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    site = edition(tmp_path / "a", page_with_style("a"))
    publish(opens(), site)
    publish(opens(), edition(tmp_path / "b", page_with_style("b")))
    oldest = opens().past()[-1]
    del stub.deploys[0]
    with pytest.raises(ConfigurationFault, match="not at Netlify any more"):
        opens().manifest(oldest)
    with pytest.raises(ConfigurationFault, match="not at Netlify any more"):
        opens().fetch(oldest, site.manifest.entries["index.html"])


def test_a_file_that_a_deploy_does_not_hold_is_told(opens: Opens, tmp_path: Path) -> None:
    site = edition(tmp_path / "a", page_with_style("a"))
    publish(opens(), site)
    other = replace(site.manifest.entries["index.html"], path="fr/elsewhere.html")
    with pytest.raises(ConfigurationFault, match=r"fr/elsewhere\.html"):
        opens().fetch(opens().past()[0], other)


# --- what strangers do at the site


def test_an_empty_site_has_no_strangers(opens: Opens) -> None:
    assert opens().drift(NOTHING) == ()


def test_a_stranger_s_site_is_seen_before_it_would_be_replaced(
    stub: Netlify, opens: Opens
) -> None:
    stub.publish({"index.html": b"<p>bakery", "menu.html": b"<p>bread"})
    assert opens().read_live() is None
    assert "2 files of somebody else's deploy" in opens().drift(NOTHING)[0]


def test_a_stranger_s_deploy_over_ours_makes_every_file_due_again(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    site = edition(tmp_path / "one", page_with_style("one"))
    made = publish(opens(), site)
    stub.publish({"index.html": b"<p>bakery"})
    live = opens().read_live()
    assert live is not None
    assert (live.counter, live.edition) == (1, made.edition)
    assert len(uploads(site, live)) == len(site.manifest.entries)
    assert opens().drift(made)
    assert publish(opens(), site).counter == 2
    assert requests.get(f"{stub.url}/", timeout=10).content != b"<p>bakery"


def test_what_was_deployed_does_not_drift(opens: Opens, tmp_path: Path) -> None:
    made = publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    assert opens().drift(made) == ()


def test_files_that_were_changed_after_the_deploy_are_named(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    made = publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    files = stub.site["published_deploy"]["files"]
    del files["/404.html"]
    files |= {"/index.html": "0" * 40, "/menu.html": "1" * 40}
    assert opens().drift(made) == (
        "404.html is missing.",
        "index.html is not what was deployed.",
        "menu.html is not ours.",
    )


def test_somebody_else_s_commit_wins_over_a_later_one(opens: Opens, tmp_path: Path) -> None:
    host, site = opens(), edition(tmp_path / "two", page_with_style("two"))
    list(host.put(uploads(site, None)))
    publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    with pytest.raises(Locked):
        host.commit(Commit(site.manifest, None, {}, AT))


@pytest.mark.parametrize("use", ["read_live", "probe"])
def test_a_locked_site_is_found_before_anything_is_sent(
    stub: Netlify, opens: Opens, tmp_path: Path, use: str
) -> None:
    publish(opens(), edition(tmp_path, page_with_style("one")))
    stub.site["published_deploy"]["locked"] = True
    with pytest.raises(ConfigurationFault, match="is locked to its present deploy") as refusal:
        getattr(opens(), use)()
    assert "auto publishing" in refusal.value.then
    assert len(stub.deploys) == 1


def test_a_site_that_wants_git_only_is_found_before_anything_is_sent(
    stub: Netlify, opens: Opens
) -> None:
    stub.site["prevent_non_git_prod_deploys"] = True
    with pytest.raises(ConfigurationFault, match="from its repository only"):
        opens().probe()
    assert stub.deploys == []


def test_a_site_locked_while_we_deploy_is_told(
    stub: Netlify, opens: Opens, line: Proxy, tmp_path: Path
) -> None:
    made = publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    site = edition(tmp_path / "two", page_with_style("two"))
    host = opens(f"{line.endpoint_url}/api/v1")
    list(host.put(uploads(site, made)))

    def lock_at_first_upload(method: str, _path: str) -> None:
        if method == "PUT":
            stub.site["published_deploy"]["locked"] = True

    line.rule = lock_at_first_upload
    with pytest.raises(ConfigurationFault, match="is locked"):
        host.commit(Commit(site.manifest, made, {}, AT))
    stub.site["published_deploy"]["locked"] = False
    assert opens().read_live() == made


# --- credentials


def test_a_token_that_is_not_set(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETLIFY_AUTH_TOKEN")
    with pytest.raises(CredentialsRefused, match="There is no token") as refusal:
        opens().read_live()
    assert "NETLIFY_AUTH_TOKEN" in told(refusal.value)


def test_a_wrong_token_is_told_without_showing_it(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARETIRE_OUR_TOKEN", "nfp-the-wrong-one")
    with pytest.raises(CredentialsRefused) as refusal:
        opens(token_env="SPARETIRE_OUR_TOKEN").probe()  # noqa: S106  a variable's name
    assert "SPARETIRE_OUR_TOKEN" in told(refusal.value)
    assert "nfp-" not in told(refusal.value)
    assert "nfp-" not in repr(refusal.value.__cause__)


def test_a_netrc_of_this_machine_does_not_replace_the_token(
    opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1\nlogin ana\npassword hers\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert opens().read_live() is None


def test_a_token_whose_owner_may_not_publish(opens: Opens, line: Proxy) -> None:
    line.always("GET", "/sites/", Answer(403))
    with pytest.raises(CredentialsRefused, match="refuses the token"):
        opens(f"{line.endpoint_url}/api/v1").read_live()


def test_a_site_that_is_not_there(opens: Opens) -> None:
    with pytest.raises(ConfigurationFault, match=r"has no site 'boreal-inf\.netlify\.app'"):
        opens(site="boreal-inf.netlify.app").probe()


def test_a_probe_is_a_draft_that_is_deleted(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    made = publish(opens(), edition(tmp_path, page_with_style("one")))
    opens().probe()
    assert len(stub.deploys) == 1
    assert opens().read_live() == made


# --- limits, and a bad line


def test_a_deploy_too_many_waits_for_its_minute(
    opens: Opens, tmp_path: Path, stub: Netlify
) -> None:
    stub.limits = Limits(deploys=1, window=1.0)
    publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    publish(opens(), edition(tmp_path / "two", page_with_style("two")))
    assert stub.refused > 0
    assert "mark=two" in requests.get(f"{stub.url}/", timeout=10).text


def test_a_wait_longer_than_our_patience_is_told_at_once(
    opens: Opens, tmp_path: Path, stub: Netlify
) -> None:
    stub.limits = Limits(deploys=1, window=86_400.0)
    made = publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    with pytest.raises(HostUnreachable) as refusal:
        publish(opens(), edition(tmp_path / "two", page_with_style("two")))
    assert "too many deploys" in told(refusal.value)
    assert opens().read_live() == made


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Retry-After": "0"},
        {"Retry-After": "Mon, 23 Nov 2020 08:00:00 GMT"},
        {"X-RateLimit-Reset": "1372700873"},
    ],
)
def test_whatever_way_we_are_told_to_wait_we_ask_again(
    opens: Opens, line: Proxy, tmp_path: Path, headers: dict[str, str]
) -> None:
    made = publish(opens(), edition(tmp_path, page_with_style("one")))
    line.once("GET", "/sites/", Answer(429, headers=headers))
    assert opens(f"{line.endpoint_url}/api/v1").read_live() == made


@pytest.mark.parametrize("fault", [Answer(503), LostAnswer()])
@pytest.mark.parametrize("asked", ["POST /deploys", "PUT /files/", "GET /deploys/"])
def test_a_fault_that_passes_is_not_noticed(
    opens: Opens,
    line: Proxy,
    tmp_path: Path,
    fault: Answer | LostAnswer,
    asked: str,
) -> None:
    method, part = asked.split()
    line.once(method, part, fault)
    made = publish(
        opens(f"{line.endpoint_url}/api/v1"), edition(tmp_path, page_with_style("one"))
    )
    assert opens().read_live() == made


def test_a_fault_that_stays_is_told_and_nothing_has_changed(
    opens: Opens, line: Proxy, tmp_path: Path
) -> None:
    made = publish(opens(), edition(tmp_path / "one", page_with_style("one")))
    line.always("PUT", "/files/", Answer(500))
    host = opens(f"{line.endpoint_url}/api/v1", patience=1.0)
    with pytest.raises(HostUnreachable, match="does not take requests"):
        publish(host, edition(tmp_path / "two", page_with_style("two")))
    assert opens().read_live() == made


def test_nobody_answers(opens: Opens) -> None:
    host = opens(f"http://127.0.0.1:{free_port()}", patience=0.5)
    with pytest.raises(HostUnreachable):
        host.read_live()


def test_a_sign_in_page_is_not_taken_for_netlify(opens: Opens, line: Proxy) -> None:
    line.always("GET", "/sites/", Answer(200, body=b"<html>Wi-Fi: sign in"))
    with pytest.raises(HostUnreachable) as refusal:
        opens(f"{line.endpoint_url}/api/v1").read_live()
    assert "sign-in page" in told(refusal.value)


def test_a_list_that_netlify_refuses_is_told_in_its_own_words(
    opens: Opens, tmp_path: Path
) -> None:
    with pytest.raises(HostUnreachable) as refusal:
        publish(opens(), edition(tmp_path, {"fr/what#.html": "<p>"}))
    assert "422 not a list of files" in told(refusal.value)


def test_a_deploy_that_fails_at_netlify_is_told(
    opens: Opens, line: Proxy, tmp_path: Path
) -> None:
    body = json.dumps({"id": "9", "state": "error", "error_message": "out of credits"})
    line.always("GET", "/deploys/", Answer(200, body=body.encode()))
    with pytest.raises(HostUnreachable) as refusal:
        publish(opens(f"{line.endpoint_url}/api/v1"), edition(tmp_path, page_with_style("one")))
    assert "out of credits" in told(refusal.value)


def test_a_deploy_that_never_ends_is_told(opens: Opens, line: Proxy, tmp_path: Path) -> None:
    body = json.dumps({"id": "9", "state": "processing"})
    line.always("GET", "/deploys/", Answer(200, body=body.encode()))
    host = opens(f"{line.endpoint_url}/api/v1", patience=1.0)
    with pytest.raises(HostUnreachable, match="in time") as refusal:
        publish(host, edition(tmp_path, page_with_style("one")))
    assert "sparetire status" in refusal.value.public


def test_bytes_that_netlify_has_lost_are_named(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    files = page_with_style("one")
    made = publish(opens(), edition(tmp_path / "one", files))
    del stub.blobs[stub.deploys[0]["files"]["/fr/statement/index.html"]]
    with pytest.raises(HostUnreachable, match="has lost files") as refusal:
        publish(opens(), edition(tmp_path / "two", files | {"index.html": "<p>two"}))
    assert "fr/statement/index.html" in told(refusal.value)
    assert opens().read_live() == made


def test_a_file_changed_between_put_and_commit_stops_the_deploy(
    opens: Opens, tmp_path: Path
) -> None:
    site, host = edition(tmp_path, page_with_style("one")), opens()
    list(host.put(uploads(site, None)))
    body_of(site, "index.html").write_text("<p>defaced", encoding="utf-8")
    with pytest.raises(LocalDiskFault, match="not the file that was checked"):
        host.commit(Commit(site.manifest, None, {}, AT))
    assert opens().read_live() is None


def test_a_file_that_was_never_put_stops_the_deploy(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    site, host = edition(tmp_path, page_with_style("one")), opens()
    some = [each for each in uploads(site, None) if each.entry.path != "index.html"]
    list(host.put(some))
    with pytest.raises(LocalDiskFault, match=r"index\.html was not put"):
        host.commit(Commit(site.manifest, None, {}, AT))
    assert stub.deploys == []


def test_a_file_put_as_something_else_does_not_pass_for_it(
    stub: Netlify, opens: Opens, tmp_path: Path
) -> None:
    site, other = (
        edition(tmp_path / mark, page_with_style(mark) | {"a.html": mark}) for mark in "xy"
    )
    host = opens()
    list(host.put(uploads(site, None)))
    wrong = other.manifest.entries["a.html"]
    list(host.put([Upload(wrong, body_of(other, "a.html"))]))
    with pytest.raises(LocalDiskFault, match=r"a\.html was not put"):
        host.commit(Commit(site.manifest, None, {}, AT))
    assert stub.deploys == []


def test_a_damaged_record_is_told(stub: Netlify, opens: Opens, tmp_path: Path) -> None:
    publish(opens(), edition(tmp_path, page_with_style("one")))
    files = stub.deploys[0]["files"]
    record = next(path for path in files if path.startswith("/.sparetire/"))
    for damage in (b"{", b"[]", b'{"digest": {}, "pointer": "", "manifest": ""}'):
        stub.blobs[files[record]] = damage
        with pytest.raises(ConfigurationFault, match="does not say what"):
            opens().read_live()
    del files[record]
    with pytest.raises(ConfigurationFault, match="does not say what it holds"):
        opens().read_live()


def test_a_site_behind_a_password_is_told(
    opens: Opens, line: Proxy, stub: Netlify, tmp_path: Path
) -> None:
    publish(opens(), edition(tmp_path, page_with_style("one")))
    shown = stub.site["published_deploy"]
    shown["deploy_ssl_url"] = f"{line.endpoint_url}/d/{shown['id']}"
    line.always("GET", "/d/", Answer(401))
    with pytest.raises(ConfigurationFault) as refusal:
        opens().read_live()
    assert "password" in told(refusal.value)
