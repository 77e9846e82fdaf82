"""A site on a branch, as GitHub Pages and GitLab Pages serve it; the only door to dulwich."""

from sparetire.hosts.git.host import GitHost

__all__ = ["GitHost"]
