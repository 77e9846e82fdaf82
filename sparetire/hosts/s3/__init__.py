"""A site in a bucket of AWS, or of any service that speaks S3; the only door to boto3."""

from sparetire.hosts.s3.host import S3Host

__all__ = ["S3Host"]
