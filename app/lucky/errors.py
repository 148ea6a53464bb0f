"""What can be wrong with a wish for a link."""


class LuckyError(Exception):
    """Root of this package's errors."""


class NothingToPickError(LuckyError, LookupError):
    """No link is left under these filters."""


class QuantityError(LuckyError, ValueError):
    """A number of picks outside its bounds."""
