"""A stand-in for those AWS services that no other server speaks: CloudFront."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

__all__ = ["distribution", "moto_server"]


@contextmanager
def moto_server(patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run the server, send CloudFront's requests to it, and return its address."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    patch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", address)
    try:
        yield address
    finally:
        server.stop()


def distribution() -> str:
    """Make a distribution, and return its identifier."""
    client = boto3.client("cloudfront", region_name="us-east-1")
    origin = {
        "Id": "site",
        "DomainName": "site.s3.amazonaws.com",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    made = client.create_distribution(
        DistributionConfig={
            "CallerReference": uuid4().hex,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "site",
                "ViewerProtocolPolicy": "redirect-to-https",
            },
            "Comment": "",
            "Enabled": True,
        }
    )
    client.close()
    number: str = made["Distribution"]["Id"]
    return number
