"""A site at Netlify, put there with the documented deploy API and nothing else."""

from sparetire.hosts.netlify.host import NetlifyHost

__all__ = ["NetlifyHost"]
