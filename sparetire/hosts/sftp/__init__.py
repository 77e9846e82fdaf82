"""A site on a server that is reached over SSH; the only door to paramiko."""

from sparetire.hosts.sftp.host import SftpHost

__all__ = ["SftpHost"]
