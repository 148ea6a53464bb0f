"""Inputs for a target: good ones that were spoiled, its grammar's pieces shuffled, and noise.

Hypothesis draws the edits as one string of bytes, five for each edit, which are carried
out here: drawing them one by one took most of the time, and this shrinks as well.
"""

import struct
from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.fuzz.targets import Target

MOST_EDITS = 8
LONGEST_CUT = 40  # bytes that one edit takes out
MOST_REPEATS = 2000  # of a token, where recursion and quadratic time would show

_EDIT = struct.Struct("<HBBB")  # place, cut, kind, argument


def inputs(target: Target) -> SearchStrategy[bytes]:
    """Draw inputs for one target, good ones now and then among them."""
    edits = st.binary(max_size=MOST_EDITS * _EDIT.size)
    shuffled = st.lists(st.sampled_from(target.tokens), max_size=40).map(b"".join)
    spoiled = st.builds(
        lambda good, program: spoil(good, program, target.tokens),
        st.sampled_from(target.seeds or target.tokens),
        edits,
    )
    return st.one_of(st.binary(max_size=200), shuffled, spoiled, spoiled, spoiled)


def spoil(data: bytes, program: bytes, tokens: Sequence[bytes]) -> bytes:
    """Carry edits out, one after another, each somewhere in what the one before left.

    Args:
        data: A good input.
        program: Five bytes for each edit; what is left over does nothing.
        tokens: What may be put in.
    """
    whole = len(program) - len(program) % _EDIT.size
    for place, cut, kind, argument in _EDIT.iter_unpack(program[:whole]):
        start = place * (len(data) + 1) >> 16
        piece = _piece(data, kind, argument, tokens)
        data = data[:start] + piece + data[start + cut % (LONGEST_CUT + 1) :]
    return data


def _piece(data: bytes, kind: int, argument: int, tokens: Sequence[bytes]) -> bytes:
    """Choose what is put in: nothing, a byte, the input's own words, a token once or often."""
    match kind % 8:
        case 0:
            return b""
        case 1:
            return bytes([argument])
        case 2:
            return data[argument : argument + LONGEST_CUT]
        case 3:
            times = MOST_REPEATS * (kind >> 3) // 31
            return tokens[argument % len(tokens)] * times
    return tokens[argument % len(tokens)]
