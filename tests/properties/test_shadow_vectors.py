import json

import numpy as np

from tests.vectors import PATH, shadow_vectors


def test_the_vectors_are_what_our_shadow_does():
    """The JavaScript shadow is held to the same file by tests/js/shadow.test.mjs."""
    committed, computed = json.loads(PATH.read_text()), shadow_vectors()
    after, now = committed.pop("after"), computed.pop("after")
    assert committed == computed
    assert after["steps"] == now["steps"] == 600
    assert np.abs(np.array(after["bodies"]) - np.array(now["bodies"])).max() < 1e-6
