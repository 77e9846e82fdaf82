"""A workspace that is live already, to copy."""

from tests.support.launched import launched

__all__ = ["launched"]
