"""How long it takes to relate links: ``python bench/related.py [LINKS]``.

The archive is made up: words by Zipf's law, and few enough tags, hosts and authors
that each is shared by many links, which is the costly case. Two lines are printed,
the second against the budget of 5 ms for 5,000 links.
"""

import random
import statistics
import sys
from datetime import date, timedelta
from time import perf_counter

from app.archive.link import Archive, Link
from app.related.footnotes import related

BUDGET_MS = 5.0
QUERIES = 1_000


def made_up(count: int) -> Archive:
    dice = random.Random(5)
    words = [f"word{'abcdefgh'[n % 8]}{n}" for n in range(8_000)]
    likely = [1 / (rank + 10) for rank in range(len(words))]
    links = []
    for number in range(count):
        host = f"host{int(dice.paretovariate(0.6)) % 900}.example"
        title = " ".join(dice.choices(words, likely, k=7)).title()
        links.append(
            Link(
                id=f"{number:08x}",
                url=f"https://{host}/{number}",
                title=title,
                host=host,
                author=f"Author{dice.randrange(600)} Name" if dice.random() < 0.5 else None,
                note=" ".join(dice.choices(words, likely, k=12)) if dice.random() < 0.4 else None,
                tags=tuple({f"tag{int(dice.paretovariate(0.7)) % 40}" for _ in range(3)}),
                added=date(2012, 1, 1) + timedelta(days=dice.randrange(5_000)),
            )
        )
    return Archive(tuple(links))


def main(count: int) -> None:
    archive = made_up(count)
    start = perf_counter()
    related(archive, archive.links[0].id)
    print(f"read {count:,} links once: {1_000 * (perf_counter() - start):.0f} ms")
    times_ms = []
    for link in random.Random(6).choices(archive.links, k=QUERIES):
        start = perf_counter()
        related(archive, link.id)
        times_ms.append(1_000 * (perf_counter() - start))
    p50, p99 = statistics.median(times_ms), statistics.quantiles(times_ms, n=100)[98]
    print(
        f"relate one of {count:,} links: median {p50:.2f} ms, p99 {p99:.2f} ms,"
        f" worst {max(times_ms):.2f} ms (budget {BUDGET_MS:g} ms)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
