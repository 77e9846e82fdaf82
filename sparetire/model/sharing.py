"""Something public, as it is passed on elsewhere: in posts, e-mails and on other sites."""

from dataclasses import dataclass

__all__ = ["Sheet", "Story"]


@dataclass(frozen=True, slots=True)
class Story:
    """What is passed on; each text by language code.

    Attributes:
        name: Of the incident or the release.
        speakers: Who speaks.
        reach: How the media reach them, one line; nothing where they cannot.
    """

    name: str
    titles: dict[str, str]
    summaries: dict[str, str]
    urls: dict[str, str]
    speakers: dict[str, str]
    reach: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of a share kit, and its text where it is one."""

    path: str
    text: str = ""
