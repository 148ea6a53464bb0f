"""In which order links come to be the link of the day.

Picking by chance would forget some links for years and show others twice in a
week. So every link waits its turn: shown on a day, it is due again after 0.7 to
1.1 times as many days as there are links, drawn for that link and day; of all
links the one due first is shown. Nobody waits, once due, for any other more than
once, so no wait exceeds 2.1 rounds; for 100 links it is about 130 days in practice.

The order is worked out from a fixed first day, by the archive alone, so that no
restart and no opening changes it. A link takes part from the day after it was
added, so adding one changes no day before.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heapify, heappop, heappush

from app.archive.link import Archive, Link
from app.lucky.chance import unit

FIRST_DAY = date(2024, 1, 1)  # where the order begins; a day before it begins with itself
SOONEST, SPREAD = 0.7, 0.4  # of a round: when a link shown is due again
REST_DAYS = 30  # a link shown rests for so many days, where there are 40 links or more
DAY = timedelta(days=1)

Place = tuple[float, str]  # when a link is due, as the ordinal of a day, and its id


@dataclass(frozen=True, slots=True)
class Turn:
    """One day of the order.

    Attributes:
        day: In UTC.
        link: Whose turn it is.
        queue: Ids of the others, the next one due first.
    """

    day: date
    link: Link
    queue: tuple[str, ...]


def rest_days(links: int) -> int:
    """Tell how many days a link rests among so many: 30, or three quarters of a round."""
    return min(REST_DAYS, 3 * links // 4)


def turns(archive: Archive, since: date, until: date) -> Iterator[Turn]:
    """Work out whose turn it is on each day, both ends included.

    There are no turns before the first link was added, but always one on the last day.
    Takes about 4 µs for every day from `FIRST_DAY` on.
    """
    joining = deque(sorted((_joins(link), link.id) for link in archive))
    # Somebody must play first: those of the oldest date, and they need not wait a day.
    opening = joining[0][0]
    first = min(max(FIRST_DAY, opening - DAY), until)
    heap: list[Place] = []
    shown: dict[str, int] = {}
    for ordinal in range(first.toordinal(), until.toordinal() + 1):
        day = date.fromordinal(ordinal)
        _join(heap, joining, max(day, opening), ordinal)
        link_id = _next(heap, shown, ordinal)
        if day >= since:
            queue = tuple(waiting for _, waiting in sorted(heap))
            yield Turn(day, archive.get(link_id), queue)
        shown[link_id] = ordinal
        spread = SPREAD * unit("turn", link_id, day.isoformat())
        heappush(heap, (ordinal + (len(heap) + 1) * (SOONEST + spread), link_id))


def _joins(link: Link) -> date:
    """Tell from which day on a link takes part."""
    return FIRST_DAY if link.added is None else max(FIRST_DAY, link.added + DAY)


def _join(heap: list[Place], joining: deque[tuple[date, str]], until: date, ordinal: int) -> None:
    """Let those in whose day has come, each somewhere within the next round."""
    newcomers = []
    while joining and joining[0][0] <= until:
        newcomers.append(joining.popleft()[1])
    round_days = len(heap) + len(newcomers)
    heap.extend((ordinal + round_days * unit("join", link_id), link_id) for link_id in newcomers)
    if newcomers:
        heapify(heap)


def _next(heap: list[Place], shown: dict[str, int], ordinal: int) -> str:
    """Take out the first one due that has had its rest."""
    rest = rest_days(len(heap))
    resting: list[Place] = []
    while True:
        place = heappop(heap)
        last = shown.get(place[1])
        if last is None or ordinal - last > rest:
            break
        resting.append(place)
    for other in resting:
        heappush(heap, other)
    return place[1]
