"""Settings are read whole, or every problem is told at once with its line."""

import os
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.config.load import FILE_NAME, load_settings, parse_settings
from sparetire.config.schema import Settings
from sparetire.config.section import is_loopback
from sparetire.config.services import NetlifyService
from sparetire.errors import ConfigurationFault

REFERENCE = files("sparetire.config").joinpath("reference.toml").read_text(encoding="utf-8")
MAIN_SITE = '"https://www.boreal.example"'
ZONE = '"America/Toronto"'
BUCKET = """
[targets.production]
host = "s3"
url = "https://info.boreal.example"
bucket = "boreal-info"
state_bucket = "boreal-info-state"
"""


def swapped(old: str, new: str) -> str:
    """Change the reference; a change that finds nothing would test nothing."""
    assert old in REFERENCE
    return REFERENCE.replace(old, new, 1)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigurationFault) as caught:
        parse_settings(text)
    error = caught.value
    assert error.why
    assert error.public
    assert error.then
    return error.why


def only_problem(text: str) -> str:
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


def line_with(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), start=1) if part in line)


# --- everything at once


def test_every_problem_is_told_at_once_each_with_its_line() -> None:
    text = (
        REFERENCE.replace('"America/Toronto"', '"America/Torotno"')
        .replace("#f58220", "orange")
        .replace('audience = "public"', 'audience = "press"')
        .replace("logo =", "logos =")
        .replace('host = "directory"\npath = ".sparetire/rehearsal"', 'host = "directory"')
    )
    found = problems(text)
    for part, key in [
        ("America/Torotno", "organisation.time_zone"),
        ("orange", "brand.colours.accent"),
        ('"press"', "contacts.1.audience"),
        ("logos =", "brand.logos"),
        ("[staging.rehearsal]", "staging.rehearsal.path"),
    ]:
        line = line_with(text, part)
        assert any(says.startswith(f"line {line}, {key}: ") for says in found), (key, found)
    assert len(found) == 5


def test_contradictions_too_are_told_together() -> None:
    text = (
        REFERENCE.replace('drill = "rehearsal"', 'drill = "reharsal"')
        .replace('phone = "+1 800 555-0199"\n', "")
        .replace(
            'hours = { fr = "jour et nuit", en = "day and night" }', 'hours = { fr = "x" }'
        )
        .replace('[newsroom]\ntargets = ["local"]', '[newsroom]\ntargets = ["elsewhere"]')
    )
    found = " / ".join(problems(text))
    assert "contacts.1: needs a phone or an email." in found
    assert "contacts.0.hours: needs a text for each of: fr, en." in found
    assert "did you mean rehearsal?" in found
    assert "no target is called 'elsewhere'; known: local." in found
    assert f"line {line_with(text, 'reharsal')}, crisis.drill" in found


# --- each problem


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("time_zone", "timezone", "did you mean time_zone?"),
        ("[brand]", "[brnad]", "did you mean brand?"),
        ("[newsroom]", "[qqqq]", "known: announce, approvers, brand, contacts"),
        ("accent =", "acent =", "did you mean accent?"),
        ("review_by = 2027-03-01", "reviewed = 2027-03-01", "did you mean review_by?"),
        ("page_urls", "pageurls", "did you mean page_urls?"),
        ('path = ".sparetire/site"', 'paht = "x"', "did you mean path?"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_name(old: str, new: str, says: str) -> None:
    assert any(says in each for each in problems(swapped(old, new)))


def test_a_key_of_another_host_is_not_suggested_to_itself() -> None:
    text = swapped('path = ".sparetire/site"', 'path = ".sparetire/site"\nbucket = "x"')
    assert only_problem(text).endswith("unknown key; known: host, path, patience, url.")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (ZONE, '"Toronto"', "must be a time zone such as America/Toronto"),
        (ZONE, '"../../etc/passwd"', "must be a time zone"),
        (MAIN_SITE, '"boreal.example"', "must be a web address"),
        (MAIN_SITE, '"ftp://boreal.example"', "must be a web address"),
        (
            MAIN_SITE,
            '"https://boreal.example:http"',
            "must be a web address",
        ),
        (MAIN_SITE, '"https://[boreal"', "must be a web address"),
        (
            MAIN_SITE,
            '"https://bo\\nreal.example"',
            "must be a web address",
        ),
        (MAIN_SITE, '"https://boreal.example/?q=1"', "without ?, #"),
        ('"#0b3d66"', '"navy"', "must be a colour such as #0b3d66"),
        ("2027-03-01", '"soon"', "contacts.0.review_by: 'soon'"),
        (
            'host = "directory"',
            'host = "ftp"',
            "no host is called 'ftp'; one of: directory, s3, ",
        ),
        ('host = "directory"\n', "", "targets.local.host: is missing; one of: directory, s3, "),
        ('path = ".sparetire/site"', 'path = ""', "targets.local.path"),
        ('["fr-CA", "en-CA"]', "[]", "organisation.languages"),
        ('["fr-CA", "en-CA"]', '["../fr", "en-CA"]', "organisation.languages.0"),
        ('"fr-CA", "en-CA"', '"fr-CA", "en-CA", "fr-FR"', "each language may stand once."),
        (
            'name = { fr = "Minéraux Boréal", en = "Boreal Minerals" }',
            "name = 5",
            "be a text, or",
        ),
        ('fr = "Minéraux Boréal"', "fr = 5", "must be a text, or one for each language"),
        ('fr = "Minéraux Boréal", ', "", "needs a text for each of: fr, en."),
        ('fr = "Minéraux Boréal"', 'fr = ""', "organisation.name: is empty."),
        ('en = "Boreal Minerals runs three', 'de = "', "needs a text for each of: fr, en."),
        ('"day and night" }', '"x", de = "y" }', "needs a text for each of: fr, en."),
        ('targets = ["local"]', "targets = []", "crisis.targets"),
        ('targets = ["local"]', 'targets = ["local", "local"]', "may stand once."),
        ('targets = ["local"]', 'targets = ["locl"]', "did you mean local?"),
        ('page_urls = "folder"', 'page_urls = "page"', "crisis.page_urls: 'page'"),
    ],
)
def test_a_wrong_value_is_told_once_in_plain_words(old: str, new: str, says: str) -> None:
    found = only_problem(swapped(old, new))
    assert says in found
    assert re.match(r"line \d+, ", found)
    assert found.endswith((".", "?"))


def test_a_missing_table_is_told() -> None:
    text = REFERENCE[: REFERENCE.index("[crisis]")]
    assert only_problem(text) == "crisis: is missing."


@pytest.mark.parametrize("name", ["s3", "directory", "production"])
def test_a_problem_in_a_target_is_found_whatever_the_target_is_called(name: str) -> None:
    text = REFERENCE + BUCKET.replace("production", name).replace(
        'bucket = "boreal-info"\n', ""
    )
    line = text.split("\n").index(f"[targets.{name}]") + 1
    assert only_problem(text) == f"line {line}, targets.{name}.bucket: is missing."


# --- drills stay away from the public


def folder(path: str, url: str = "http://127.0.0.1:9") -> str:
    return f'host = "directory"\nurl = "{url}"\npath = "{path}"'


def bucket(name: str, state: str, prefix: str = "") -> str:
    place = f'bucket = "{name}"\nstate_bucket = "{state}"\nprefix = "{prefix}"'
    return f'host = "s3"\nurl = "https://drill.test"\n{place}'


@pytest.mark.parametrize(
    ("staging", "live"),
    [
        (folder(".sparetire/site"), "local"),
        (folder("x/../.sparetire/./site"), "local"),
        (folder(".sparetire/site/current/drill"), "local"),
        (folder("."), "local"),
        (folder("drill", "http://127.0.0.1:8044/"), "local"),
        (folder("drill", "https://INFO.boreal.example:443"), "production"),
        (folder("drill", "http://info.boreal.example"), "production"),
        (bucket("boreal-info", "drill-state"), "production"),
        (bucket("boreal-info", "drill-state", "drill"), "production"),
        (bucket("drill", "boreal-info-state"), "production"),
        (bucket("drill", "boreal-info"), "production"),
    ],
)
def test_a_staging_target_may_not_share_ground_with_a_live_one(staging: str, live: str) -> None:
    text = REFERENCE[: REFERENCE.index("[staging.rehearsal]")] + BUCKET
    text += f"[staging.rehearsal]\n{staging}\n" + REFERENCE[REFERENCE.index("[crisis]") :]
    found = only_problem(text)
    assert f"shares ground with the live target {live!r}" in found
    assert f"line {line_with(text, '[staging.rehearsal]')}, staging.rehearsal" in found


def test_two_folders_of_one_bucket_are_two_places() -> None:
    text = REFERENCE + BUCKET + 'prefix = "live"\n'
    text += f"[staging.other]\n{bucket('boreal-info', 'boreal-info-state', 'live-drill')}\n"
    assert set(parse_settings(text).staging) == {"rehearsal", "other"}


@pytest.mark.parametrize(
    ("categories", "says"),
    [
        ('{ a = { fr = "Mine" }, b = { fr = "Rail", en = "Rail" } }', "a text for each of"),
        (
            '{ a = { fr = "Mine", en = "Mine" }, b = { fr = "mine", en = "Rail" } }',
            "newsroom.categories.b: is called like 'a' in 'fr'",
        ),
        ('{ "../x" = { fr = "Mine", en = "Mine" } }', "newsroom.categories"),
        ('{ a = { fr = "", en = "Mine" } }', "newsroom.categories.a.fr"),
    ],
)
def test_categories_have_a_key_and_a_name_of_their_own(categories: str, says: str) -> None:
    text = swapped("[newsroom]\n", f"[newsroom]\ncategories = {categories}\n")
    assert says in only_problem(text)


def test_a_neighbour_with_a_longer_name_is_no_shared_ground() -> None:
    text = swapped('path = ".sparetire/rehearsal"', 'path = ".sparetire/site-2"')
    assert parse_settings(text).staging


def test_the_private_bucket_may_not_be_the_public_one() -> None:
    text = REFERENCE + BUCKET.replace("boreal-info-state", "boreal-info")
    assert "production.state_bucket: is the bucket that the public reads" in only_problem(text)


# --- secrets


@pytest.mark.parametrize(
    "line",
    [
        'profile = "AKIACANARY00CANARY00"',
        'region = "ASIACANARY00CANARY00"',
        'password = "CANARY"',
        "password = 123456789",
        'aws_secret_access_key = "CANARY"',
        'api_key = "CANARY"',
        'session_token = "CANARY"',
        'endpoint_url = "https://user:CANARY@s3.example"',
        'endpoint_url = "https://user:CAN/ARY@s3.example"',
        'endpoint_url = "https://:CANARY@s3.example"',
        'prefix = "-----BEGIN PRIVATE KEY-----CANARY"',
        'prefix = ["AKIACANARY00CANARY00"]',
        'prefix = [["AKIACANARY00CANARY00"]]',
        'prefix = { a = { b = "AKIACANARY00CANARY00" } }',
        'prefix = { token = "CANARY" }',
        'site = "nfp_CANARY00CANARY00"',
        'token_env = "nfq-CANARY"',
    ],
)
def test_a_secret_is_refused_at_its_line_and_never_repeated(line: str) -> None:
    text = REFERENCE + BUCKET + line + "\n"
    with pytest.raises(ConfigurationFault) as caught:
        parse_settings(text)
    error = caught.value
    told = " ".join([error.what, *error.why, error.public, error.then, repr(error)])
    assert "CANARY" not in told
    assert "CAN/ARY" not in told
    assert "123456789" not in told
    number = line_with(text, line)
    assert any(
        says.startswith(f"line {number}, ") and "a secret must not be written" in says
        for says in error.why
    )


def test_the_name_of_the_variable_that_holds_a_secret_is_none() -> None:
    text = REFERENCE + (
        '[targets.netlify]\nhost = "netlify"\nurl = "https://info.boreal.example"\n'
        'site = "boreal-info.netlify.app"\ntoken_env = "SPARETIRE_OUR_TOKEN"\n'
    )
    service = parse_settings(text).targets["netlify"]
    assert isinstance(service, NetlifyService)
    assert service.token_env == "SPARETIRE_OUR_TOKEN"  # noqa: S105  a variable's name


def test_a_secret_does_not_hide_the_other_problems() -> None:
    text = swapped("time_zone", "timezone").replace("+1 800 555-0199", "AKIACANARY00CANARY00")
    found = problems(text)
    secret = f"line {line_with(text, 'AKIA')}, contacts.1.phone: a secret must not"
    assert any(says.startswith(secret) for says in found)
    assert any("did you mean time_zone?" in says for says in found)
    assert len(found) == 3  # the third: time_zone is missing


def test_a_secret_in_the_place_of_a_name_is_not_repeated_by_another_rule() -> None:
    text = swapped('targets = ["local"]', 'targets = ["AKIACANARY00CANARY00"]')
    assert "CANARY" not in only_problem(text)


@pytest.mark.parametrize(
    "url",
    ["https://boreal.example:8443/@team", "https://boreal.example:8443/", "http://[::1]:80"],
)
def test_an_address_with_a_port_is_not_taken_for_a_password(url: str) -> None:
    text = swapped("https://www.boreal.example", url)
    assert parse_settings(text).organisation.main_site == url.rstrip("/")


# --- text that is no settings


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[organisation]\nlanguages = [\n'fr-CA'\nname = 1", 4),
        ("[organisation]\n\nname = Boréal\n", 3),
        ("[a]\n[b]\n[a]\n", 3),
    ],
)
def test_invalid_toml_is_told_with_its_line(text: str, line: int) -> None:
    assert f"line {line}" in only_problem(text)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, f"a = {'9' * 5000}", "a = 2027-02-30"])
def test_toml_that_breaks_its_reader_is_refused_as_well(text: str) -> None:
    assert only_problem(text)


def survives(text: str) -> None:
    """Either end is right; any other would be a traceback for the user."""
    end: Settings | ConfigurationFault
    try:
        end = parse_settings(text)
    except ConfigurationFault as error:
        end = error
    assert isinstance(end, Settings) or (end.why and all(end.why) and end.then)


@given(st.integers(0, len(REFERENCE)))
def test_a_file_cut_short_is_read_or_refused(length: int) -> None:
    survives(REFERENCE[:length])


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    text = list(REFERENCE + BUCKET)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at] = data.draw(
            st.sampled_from(['"', "\n", "[", "]", "=", "{", "#", "x", "1", ""])
        )
    survives("".join(text))


VALUES = st.recursive(
    st.sampled_from(
        ['""', '"x"', '"s3"', "5", "true", "2027-03-01", "1e400", "nan", '"http://["']
    ),
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda item: f"{{ fr = {item} }}")
    ),
    max_leaves=4,
)
KEY_LINES = [
    number
    for number, line in enumerate(REFERENCE.split("\n"))
    if re.match(r"\w+ = ", line) and tomllib.loads(line)
]


@given(st.lists(st.tuples(st.sampled_from(KEY_LINES), VALUES), min_size=1, max_size=4))
def test_a_value_of_any_type_is_read_or_refused(changes: list[tuple[int, str]]) -> None:
    lines = REFERENCE.split("\n")
    for number, value in changes:
        lines[number] = f"{lines[number].partition('=')[0]}= {value}"
    survives("\n".join(lines))


# --- the file on disk


def test_a_workspace_is_read(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(REFERENCE, encoding="utf-8")
    assert load_settings(tmp_path) == parse_settings(REFERENCE)


def test_the_mark_that_some_editors_write_is_no_problem(tmp_path: Path) -> None:
    text = REFERENCE.replace("\n", "\r\n")
    (tmp_path / FILE_NAME).write_bytes(text.encode("utf-8-sig"))
    assert load_settings(tmp_path) == parse_settings(REFERENCE)


def test_a_folder_that_is_no_workspace_is_told_how_to_become_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault) as caught:
        load_settings(tmp_path)
    assert str(tmp_path) in caught.value.what
    assert "sparetire init" in caught.value.then


def test_a_file_that_is_not_utf8_is_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(REFERENCE.encode("latin-1"))
    with pytest.raises(ConfigurationFault) as caught:
        load_settings(tmp_path)
    assert "not UTF-8" in caught.value.why[0]
    assert "UTF-8" in caught.value.then


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(ConfigurationFault) as caught:
        load_settings(tmp_path)
    assert str(tmp_path / FILE_NAME) in caught.value.what
    assert caught.value.why
    assert caught.value.then


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_we_may_not_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(REFERENCE, encoding="utf-8")
    (tmp_path / FILE_NAME).chmod(0)
    with pytest.raises(ConfigurationFault, match="cannot be read"):
        load_settings(tmp_path)


# --- what the values mean


@pytest.mark.parametrize(
    ("given", "meant"), [("", ""), ("/", ""), ("a", "a/"), ("/a/b/", "a/b/"), (" a ", "a/")]
)
def test_a_prefix_is_always_a_whole_folder(given: str, meant: str) -> None:
    settings = parse_settings(REFERENCE + BUCKET + f'prefix = "{given}"\n')
    service = settings.targets["production"]
    assert service.host == "s3"
    assert service.prefix == meant


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8044", True),
        ("http://127.9.9.9", True),
        ("http://localhost:1", True),
        ("http://[::1]/", True),
        ("https://info.boreal.example", False),
        ("http://10.0.0.1", False),
        ("http://127.0.0.1.example", False),
        ("http://localhost.example", False),
    ],
)
def test_only_this_machine_counts_as_loopback(url: str, *, here: bool) -> None:
    assert is_loopback(url) is here
