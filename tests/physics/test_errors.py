"""Numbers that the world takes, and those it refuses."""

import math

import pytest

from physics.errors import QuantityError, require_finite


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_refused_by_name(value):
    with pytest.raises(QuantityError, match=f"^mass {value} must be a finite number$"):
        require_finite("mass", value)


def test_a_bound_itself_is_refused():
    with pytest.raises(QuantityError, match=r"^mass 0 must be greater than 0$"):
        require_finite("mass", 0, low=0)


def test_a_number_passes_as_a_float():
    assert isinstance(require_finite("mass", 2, low=1), float)
