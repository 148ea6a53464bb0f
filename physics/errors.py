"""What a caller can do wrong, as one small tree."""

import math


class WorldError(Exception):
    """Base of every error the world raises for its caller's mistakes."""


class QuantityError(WorldError, ValueError):
    """A number is not finite or lies outside its bounds."""


class UnknownSlotError(WorldError, LookupError):
    """No body floats under this slot number."""


class TetherError(WorldError):
    """A tether is asked for twice, or moved where there is none."""


def require_finite(name: str, value: float, *, low: float = -math.inf) -> float:
    """Pass a finite number through.

    Raises:
        QuantityError: The value is NaN or infinite, or not above ``low``.
    """
    if not math.isfinite(value):
        raise QuantityError(f"{name} {value} must be a finite number")
    if value <= low:
        raise QuantityError(f"{name} {value} must be greater than {low}")
    return float(value)
