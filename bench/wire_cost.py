"""What one viewer costs on the wire: a minute of the bundled archive, nobody touching.

A real server in a process of its own, a real socket, the binary protocol. Counts
every byte of WebSocket traffic in both directions, frame headers and masks
included; the line "with TCP/IP" adds 40 bytes a packet, one packet a message.
"""

import argparse
import json
import math
import statistics
import subprocess
import sys
import time

from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from app.wire.frames import BinaryPoll, decode_frame, encode_poll
from app.wire.reference_client import ReferenceClient

SERVER_HEADER, CLIENT_HEADER = 2, 6  # bytes of a small WebSocket frame; a client's is masked
TCP_IP_HEADER = 40
BYTES_BUDGET, KBIT_BUDGET = 5.0, 25.0


def start(archive: str) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "app.cli", "serve", archive, "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    line = server.stdout.readline()
    return server, line.rsplit(" ", 1)[-1].strip()


def watch(url: str, seconds: float) -> None:
    address = url.removeprefix("http://")
    with connect(
        f"ws://{address}/ws",
        origin=Origin(url),
        subprotocols=[Subprotocol("link-drift.v1")],
        compression=None,
    ) as socket:
        welcome_text = socket.recv(decode=True)
        welcome = json.loads(welcome_text)
        follower = ReferenceClient.welcomed(welcome)
        socket.send(encode_poll(BinaryPoll(2, None)))
        keyframe = socket.recv(decode=False)
        follower.apply(decode_frame(keyframe))
        first_tick = follower.tick
        down = up = frames = polls = records = 0
        sizes = []
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            socket.send(encode_poll(BinaryPoll(2, follower.tick)))
            up += 6 + CLIENT_HEADER
            polls += 1
            message = socket.recv()
            if isinstance(message, str):
                follower.hear(json.loads(message))
                down += len(message.encode()) + SERVER_HEADER + (2 if len(message) > 125 else 0)
                continue
            frame = decode_frame(message)
            follower.apply(frame)
            down += len(message) + SERVER_HEADER
            sizes.append(len(message))
            frames += 1
            records += sum(len(slots) for _tick, slots, _state in frame.blocks)
        assert follower.tick is not None
        assert first_tick is not None
        elapsed = (follower.tick - first_tick) / welcome["step_hz"]
    bodies = len(welcome["links"])
    per_body = down / bodies / elapsed
    kbit = (down + up) * 8 / 1000 / elapsed
    packets = (frames + polls) * TCP_IP_HEADER * 8 / 1000 / elapsed
    print(f"bodies                       {bodies}")
    print(f"welcome, keyframe            {len(welcome_text.encode())} B, {len(keyframe)} B, once")
    print(f"simulated time               {elapsed:.1f} s")
    print(f"frames, polls                {frames / elapsed:.1f}/s, {polls / elapsed:.1f}/s")
    print(f"median frame                 {statistics.median(sizes):.0f} B")
    print(f"corrections                  {records / bodies / elapsed:.2f} a body and second")
    print(
        f"down                         {per_body:.2f} B a body and second (budget {BYTES_BUDGET})"
    )
    print(f"down and up                  {kbit:.2f} kbit/s (budget {KBIT_BUDGET})")
    print(f"with TCP/IP                  {kbit + packets:.2f} kbit/s")
    if per_body > BYTES_BUDGET or kbit > KBIT_BUDGET or math.isnan(kbit):
        sys.exit("over budget")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--archive", default="links.yaml")
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    process, address = start(options.archive)
    try:
        watch(address, options.seconds)
    finally:
        process.terminate()
        process.wait()
