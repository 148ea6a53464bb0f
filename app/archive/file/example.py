"""The file that ``link-drift init`` writes: small, valid, and its own manual."""

from datetime import date


def example(today: date) -> str:
    """Write a first archive.

    Args:
        today: The day that the first links are added.
    """
    return f"""\
# Your link archive. Each link begins with a dash and needs a title and a url.
# Save it while `link-drift serve` runs: the page follows at once, and a mistake
# changes nothing until it is mended. `link-drift check` tells what is wrong and where.
# Quote a text with ": " or " #" in it. `link-drift import FILE` brings bookmarks in.

# The site's name, shown above the water. Leave it out if you like.
title: My links

links:
  - title: As We May Think
    url: https://www.theatlantic.com/magazine/archive/1945/07/as-we-may-think/303881/
    # Everything from here on is optional.
    author: Vannevar Bush
    note: A desk that remembers the trail between two thoughts, imagined in 1945.
    tags: [writings, hypertext]
    added: {today.isoformat()}

  - title: "The Garden and the Stream: A Technopastoral"
    url: https://hapgood.us/2015/10/17/the-garden-and-the-stream-a-technopastoral/
    author: Mike Caulfield
    tags: [writings]
    added: {today.isoformat()}

  - title: Wikipedia's random article
    url: https://en.wikipedia.org/wiki/Special:Random
    tags: [wandering]
    # Counts and permalinks hang on the id, which comes from the url.
    # Name one yourself and it stays even when the url moves.
    id: random-article
"""
