"""A cache in front of a bucket forgets what has changed, even after a run was killed."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from sparetire.config.services import S3Service
from sparetire.errors import ConfigurationFault, HostUnreachable, SparetireError
from sparetire.hosts.s3 import S3Host
from sparetire.hosts.s3.cloudfront import addresses
from sparetire.hosts.s3.distribution import Distribution
from tests.support.editions import edition, page_with_style, publish
from tests.support.faults import Answer, LostAnswer, Proxy, faulty
from tests.support.moto_server import distribution, moto_server

RUNNING = (
    b'<Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I1</Id>'
    b"<Status>InProgress</Status></Invalidation>"
)


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    with moto_server(monkeypatch) as address, faulty(address) as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", proxy.endpoint_url)
        yield proxy


@pytest.fixture
def cached(service: S3Service, edge: Proxy) -> S3Service:
    assert edge.endpoint_url
    return service.model_copy(update={"distribution": distribution()})


def asked(service: S3Service) -> list[list[str]]:
    """Return the paths of every invalidation, oldest first."""
    client = boto3.client("cloudfront", region_name="us-east-1")
    assert service.distribution
    name = service.distribution
    listed = client.list_invalidations(DistributionId=name)["InvalidationList"]
    whole = [
        client.get_invalidation(DistributionId=name, Id=each["Id"])["Invalidation"]
        for each in listed.get("Items", [])
    ]
    client.close()
    whole.sort(key=lambda each: each["InvalidationBatch"]["CallerReference"].split("-")[1])
    return [sorted(each["InvalidationBatch"]["Paths"]["Items"]) for each in whole]


def test_both_addresses_of_a_page_are_forgotten() -> None:
    assert addresses(["index.html", "fr/déversement/index.html", "en/a.html"]) == [
        "/",
        "/en/a.html",
        "/fr/d%C3%A9versement/",
        "/fr/d%C3%A9versement/index.html",
        "/index.html",
    ]


def test_a_star_and_an_apostrophe_are_no_pattern() -> None:
    assert addresses(["l'été*.html"]) == ["/l%27%C3%A9t%C3%A9%2A.html"]


def test_many_paths_become_all() -> None:
    assert addresses(f"{number}.html" for number in range(31)) == ["/*"]


def test_only_what_changed_is_forgotten(cached: S3Service, tmp_path: Path) -> None:
    files, host = page_with_style("one"), S3Host(cached)
    publish(host, edition(tmp_path / "1", files))
    host.settle()
    publish(host, edition(tmp_path / "2", files | {"fr/statement/index.html": "<p>Corrigé"}))
    host.settle()
    host.settle()
    first, second = asked(cached)
    assert {"/", "/index.html", "/404.html"} <= set(first)
    assert second == ["/fr/statement/", "/fr/statement/index.html"]


def test_a_killed_run_s_debt_is_paid_by_the_next(cached: S3Service, tmp_path: Path) -> None:
    files = page_with_style("one")
    publish(S3Host(cached), edition(tmp_path / "1", files))
    publish(S3Host(cached), edition(tmp_path / "2", files | {"404.html": "<p>Rien"}))
    S3Host(cached).settle()
    (paths,) = asked(cached)
    assert {"/", "/index.html", "/404.html", "/fr/statement/"} <= set(paths)


def test_a_debt_that_is_paid_is_not_in_the_pointer(cached: S3Service, tmp_path: Path) -> None:
    made = publish(S3Host(cached), edition(tmp_path, page_with_style("one")))
    S3Host(cached).settle()
    live = S3Host(cached).read_live()
    assert live is not None
    assert (live.edition, live.counter) == (made.edition, made.counter)
    S3Host(cached).settle()
    assert len(asked(cached)) == 1


def test_a_refusal_leaves_the_debt(cached: S3Service, edge: Proxy, tmp_path: Path) -> None:
    publish(S3Host(cached), edition(tmp_path, page_with_style("one")))
    edge.always("POST", "invalidation", Answer(403, body=_refusal("AccessDenied")))
    with pytest.raises(HostUnreachable) as refusal:
        S3Host(cached).settle()
    assert "live at its origin" in refusal.value.public
    edge.rule = lambda _method, _path: None
    S3Host(cached).settle()
    assert len(asked(cached)) == 1


def test_too_many_under_way_become_all(cached: S3Service, edge: Proxy, tmp_path: Path) -> None:
    publish(S3Host(cached), edition(tmp_path, page_with_style("one")))
    busy = Answer(400, body=_refusal("TooManyInvalidationsInProgress"))
    edge.once("POST", "invalidation", busy)
    S3Host(cached).settle()
    assert asked(cached) == [["/*"]]


def test_a_lost_answer_is_asked_again(cached: S3Service, edge: Proxy, tmp_path: Path) -> None:
    publish(S3Host(cached), edition(tmp_path, page_with_style("one")))
    edge.once("POST", "invalidation", LostAnswer())
    S3Host(cached).settle()
    assert len({tuple(paths) for paths in asked(cached)}) == 1


def test_a_cache_that_never_confirms_is_not_waited_for_longer(
    cached: S3Service, edge: Proxy, tmp_path: Path
) -> None:
    publish(S3Host(cached), edition(tmp_path, page_with_style("one")))
    edge.always("GET", "invalidation", Answer(200, body=RUNNING))
    with pytest.raises(HostUnreachable) as refusal:
        S3Host(cached, patience=0).settle()
    assert "did not confirm in time" in refusal.value.why[0]


def test_without_a_cache_nothing_is_asked(service: S3Service, tmp_path: Path) -> None:
    publish(S3Host(service), edition(tmp_path, page_with_style("one")))
    S3Host(service).settle()


def _refusal(code: str) -> bytes:
    return (
        '<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error>'
        f"<Type>Sender</Type><Code>{code}</Code><Message>spoilt</Message></Error>"
        "</ErrorResponse>"
    ).encode()


def test_the_chain_from_the_name_to_the_bucket_is_looked_at(cached: S3Service) -> None:
    assert cached.distribution
    client = boto3.client("cloudfront", region_name="us-east-1")
    name = client.get_distribution(Id=cached.distribution)["Distribution"]["DomainName"]
    client.close()
    S3Host(cached.model_copy(update={"url": f"https://{name}"})).probe()
    wrong = cached.model_copy(update={"url": "https://info.boreal.example", "bucket": "other"})
    with pytest.raises(ConfigurationFault) as refusal:
        Distribution(cached.distribution, None).prove(wrong)
    assert refusal.value.why == (
        "It does not answer to the name info.boreal.example: it is no alias of it.",
        "It reads from site.s3.amazonaws.com, and not from bucket 'other'.",
    )


def test_a_distribution_that_is_not_there_is_told(cached: S3Service) -> None:
    with pytest.raises(SparetireError, match="EDOESNOTEXIST"):
        Distribution("EDOESNOTEXIST", None).prove(cached)
