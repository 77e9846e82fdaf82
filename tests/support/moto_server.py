"""A stand-in for AWS: CloudFront, which no other server speaks, and a second kind of S3."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.support.seaweed import Seaweed

__all__ = ["distribution", "moto_buckets", "moto_server"]


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


@contextmanager
def moto_buckets(patch: pytest.MonkeyPatch) -> Iterator[Seaweed]:
    """Run the server with a bucket that anybody may read, and a private one beside it.

    Unlike a real service it lets everybody list both: tests must look away there.
    """
    with moto_server(patch) as address:
        mark = uuid4().hex
        found = Seaweed(address, bucket=f"site-{mark}", state_bucket=f"state-{mark}")
        client = boto3.client(
            "s3",
            endpoint_url=address,
            region_name="us-east-1",
            aws_access_key_id=found.access_key,
            aws_secret_access_key=found.secret_key,
        )
        for bucket in (found.bucket, found.state_bucket):
            client.create_bucket(Bucket=bucket)
        rule = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{found.bucket}/*",
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]})
        client.put_bucket_policy(Bucket=found.bucket, Policy=policy)
        client.close()
        yield found


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
