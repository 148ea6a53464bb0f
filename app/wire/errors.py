"""What can be wrong with what arrives, as one small tree."""


class WireError(ValueError):
    """Root of this package's errors."""


class MalformedError(WireError):
    """Text or bytes are no message of the protocol.

    Attributes:
        field: The offending field, where one can be named.
    """

    def __init__(self, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.field = field
