"""For tests of the whole house."""

from amity.record.tests.one_write import _one_write

__all__ = ["_one_write"]
