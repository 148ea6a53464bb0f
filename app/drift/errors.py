"""What a visitor's hand can do wrong, as one small tree."""


class DriftError(Exception):
    """Root of this package's errors."""


class LeaseError(DriftError):
    """A lease is refused.

    Attributes:
        code: The protocol's word for it.
    """

    code = "held"


class HeldError(LeaseError):
    """Somebody else holds the link."""


class AlreadyHoldingError(LeaseError):
    """The holder has a link in hand."""

    code = "already_holding"


class TooManyHeldError(LeaseError):
    """The address has as many links in hand as one may."""

    code = "too_many_held"


class NotHoldingError(LeaseError):
    """There is no such lease, or it ran out."""

    code = "not_holding"
