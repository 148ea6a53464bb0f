"""How large a world is, and where its bodies lie at first."""

import math
import random
from collections.abc import Sequence

from physics.pills import Pill

FILL = 0.12  # share of the water covered by pills: 22 links fill one laptop screen
ASPECT = 16 / 9
ENTRY_SPEED = 160.0  # world units / s: a newcomer glides in by a pill's length
LEAST_WIDTH = 1280.0  # world units: an archive of three links still has room to drift


def world_size(pills: Sequence[Pill]) -> tuple[float, float]:
    """Size a 16:9 world for its pills: ``(width, height)`` in world units."""
    area = sum(pill.area for pill in pills) / FILL
    width = max(LEAST_WIDTH, math.sqrt(area * ASPECT))
    return float(math.ceil(width)), float(math.ceil(width / ASPECT))


def berths(
    pills: Sequence[Pill], width: float, height: float, seed: int
) -> list[tuple[float, float]]:
    """Spread bodies over the water, one to a cell of a loose grid, in shuffled order.

    Returns:
        A centre for each pill, world units, its whole pill inside the walls.
    """
    dice = random.Random(f"berths {seed}")
    columns = _columns(pills, width, height)
    rows = math.ceil(len(pills) / columns)
    cell_width, cell_height = width / columns, height / rows
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    dice.shuffle(cells)
    centres = []
    for pill, (column, row) in zip(pills, cells, strict=False):
        slack_x = max(0.0, cell_width - pill.width) / 2 * 0.9
        slack_y = max(0.0, cell_height - pill.height) / 2 * 0.9
        centres.append(
            (
                _inside(
                    (column + 0.5) * cell_width + dice.uniform(-slack_x, slack_x), pill.width, width
                ),
                _inside(
                    (row + 0.5) * cell_height + dice.uniform(-slack_y, slack_y), pill.height, height
                ),
            )
        )
    return centres


def gate(
    pill: Pill, width: float, height: float, seed: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Choose where a newcomer enters: at an edge, moving inwards.

    Returns:
        Its centre, world units, and its velocity, units / s.
    """
    dice = random.Random(f"gate {seed}")
    along_x = _inside(dice.uniform(0, width), pill.width, width)
    along_y = _inside(dice.uniform(0, height), pill.height, height)
    far_x, far_y = width - pill.width / 2, height - pill.height / 2
    return dice.choice(
        (
            ((pill.width / 2, along_y), (ENTRY_SPEED, 0.0)),
            ((far_x, along_y), (-ENTRY_SPEED, 0.0)),
            ((along_x, pill.height / 2), (0.0, ENTRY_SPEED)),
            ((along_x, far_y), (0.0, -ENTRY_SPEED)),
        )
    )


def _columns(pills: Sequence[Pill], width: float, height: float) -> int:
    """Choose columns: cells near twice as wide as high, and wider than the widest pill."""
    widest = max(pill.width for pill in pills)
    even = math.sqrt(len(pills) * width / height / 2)
    return max(1, min(round(even), int(width // (widest + 4)), len(pills)))


def _inside(centre: float, extent: float, limit: float) -> float:
    """Keep an extent within 0…limit, or centred where it is too long."""
    if extent >= limit:
        return limit / 2
    return min(max(centre, extent / 2), limit - extent / 2)
