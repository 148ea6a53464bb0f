"""What can be wrong with what is remembered, as one small tree."""


class MemoryFaultError(Exception):
    """Root of this package's errors."""


class MomentError(MemoryFaultError, ValueError):
    """A moment without a time zone: its day cannot be told."""


class StateError(MemoryFaultError):
    """A state file is not ours to use; the owner must decide."""


class DamagedError(MemoryFaultError):
    """A state file is damaged, and must be set aside."""
