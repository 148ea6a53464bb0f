"""A host without its thread: the steps are taken by hand, the loop is a real one."""

import asyncio
import base64

import pytest

from app.drift.commands import Carry, Fling
from app.drift.host import RoomHost
from app.drift.viewer import JsonViewer
from app.wire.client_messages import TextPoll
from physics.errors import UnknownSlotError
from tests.rooms import TYPEFACE, Shore, archive_of
from tests.waiting import PATIENCE_S


class ByHand:
    """A host on the running loop whose beats a test gives."""

    def __init__(self):
        self.host = RoomHost(archive_of(*"abcdefgh"), lambda _link: 0.0, TYPEFACE, seed=3)
        self.host._loop = asyncio.get_running_loop()

    def beat(self, steps=2):
        for _ in range(steps):
            told = self.host._simulation._stepper.beat(2)
            if told is not None:
                self.host._hand_over(told)


def run(scenario):
    asyncio.run(scenario())


def test_each_life_of_a_room_has_an_epoch_of_its_own():
    hosts = [RoomHost(archive_of("a"), lambda _link: 0.0, TYPEFACE, seed=3) for _ in range(20)]
    epochs = {host.room.epoch for host in hosts}
    assert len(epochs) == 20
    assert all(len(epoch) == 8 and int(epoch, 16) >= 0 for epoch in epochs)


def test_tokens_are_long_and_never_the_same():
    host = RoomHost(archive_of(*map(str, range(100))), lambda _link: 0.0, TYPEFACE, seed=3)
    tokens = {
        host.room.grab(str(n), 0, 0, holder=object(), address=str(n)).token for n in range(100)
    }
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 16


def test_what_the_thread_tells_arrives_on_the_loop_and_not_before():
    async def scenario():
        by_hand = ByHand()
        before = by_hand.host.room.snapshot()[0]
        by_hand.beat()
        assert by_hand.host.room.snapshot()[0] == before
        await asyncio.sleep(0)
        assert by_hand.host.room.snapshot()[0] == before + 2

    run(scenario)


def test_a_result_comes_after_what_was_published_before_it():
    async def scenario():
        by_hand, seen = ByHand(), []
        room = by_hand.host.room
        by_hand.beat()
        answer = by_hand.host.ask(Carry(0, 100.0, 100.0))
        answer.add_done_callback(lambda done: seen.append((room.snapshot()[0], done.result())))
        by_hand.beat()
        assert not answer.done()
        await asyncio.sleep(0)
        assert seen == [(2, 2 + 12 * 60)]

    run(scenario)


def test_a_refusal_of_the_world_is_the_answer():
    async def scenario():
        by_hand = ByHand()
        answer = by_hand.host.ask(Fling(99, 1.0, 1.0))
        by_hand.beat()
        with pytest.raises(UnknownSlotError):
            await asyncio.wrap_future(answer)

    run(scenario)


def test_an_answer_that_nobody_waits_for_any_more_is_let_go():
    async def scenario():
        by_hand, mistakes = ByHand(), []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, told: mistakes.append(told))
        answer = by_hand.host.ask(Fling(0, 1.0, 1.0))
        assert answer.cancel()
        by_hand.beat()
        await asyncio.sleep(0)
        assert answer.cancelled()
        assert not mistakes

    run(scenario)


def test_a_fault_of_the_thread_reaches_whoever_serves_the_room():
    async def scenario():
        by_hand, called = ByHand(), []
        by_hand.host.on_fault = lambda: called.append(1)
        by_hand.host._faulted()
        await asyncio.sleep(0)
        assert called == [1]

    run(scenario)


def test_a_thread_that_outlives_its_loop_has_nobody_to_tell():
    async def scenario():
        return ByHand()

    by_hand = asyncio.run(scenario())
    by_hand.beat()
    by_hand.host._faulted()


def test_someone_watching_or_asking_keeps_the_world_awake():
    now_s = [100.0]
    host = RoomHost(archive_of("a"), lambda _link: 0.0, TYPEFACE, seed=3, clock=lambda: now_s[0])

    def idle_later():
        now_s[0] += 11.0
        return host._simulation._idle(now_s[0])

    assert idle_later()
    host.stir()
    assert not host._simulation._idle(now_s[0])
    assert idle_later()
    host.watch(1)
    assert not idle_later()
    host.watch(0)
    assert idle_later()


def test_a_viewer_is_served_by_what_the_thread_tells():
    async def scenario():
        by_hand = ByHand()
        shore = Shore()
        viewer = JsonViewer(shore, "::1")
        by_hand.host.room.join(viewer)
        by_hand.host.room.hear(viewer, TextPoll(credit=2))
        by_hand.beat()
        await asyncio.sleep(0)
        assert [text["tick"] for text in shore.heard("frame")] == [0, 2]

    run(scenario)


class Mistake:
    """A command with a bug in it."""

    def apply(self, _world):
        raise ZeroDivisionError


def test_its_thread_steps_and_tells_and_its_end_is_told(caplog, monkeypatch):
    async def scenario():
        host, died = RoomHost(archive_of("a"), lambda _link: 0.0, TYPEFACE, seed=3), asyncio.Event()
        told, publish = asyncio.Event(), host.room.publish

        def publish_and_tell(publication):
            publish(publication)
            told.set()

        monkeypatch.setattr(host.room, "publish", publish_and_tell)
        host.on_fault = died.set
        host.start()
        await asyncio.wait_for(told.wait(), PATIENCE_S)
        assert host.room.snapshot()[0] >= 2
        host.tell(Mistake())
        await asyncio.wait_for(died.wait(), PATIENCE_S)
        host.stop()

    run(scenario)
    assert "ZeroDivisionError" in caplog.text


def test_what_is_told_to_the_world_is_done_without_an_answer():
    async def scenario():
        by_hand = ByHand()
        by_hand.host.tell(Carry(4, 100.0, 100.0))
        by_hand.beat()
        await asyncio.sleep(0)
        assert by_hand.host.room._log.newest.lit == {4: 12 * 60}

    run(scenario)


def test_before_it_starts_there_is_nobody_to_tell_and_nothing_to_end():
    host = RoomHost(archive_of("a"), lambda _link: 0.0, TYPEFACE, seed=3)
    host._faulted()
    host.on_fault()
    assert not host.health.parked


def test_a_seed_decides_current_and_places():
    def water(seed):
        host = RoomHost(archive_of(*"abcd"), lambda _link: 0.0, TYPEFACE, seed=seed)
        return host.room._population.modes, host.room.snapshot()[1].payload.split('"bodies"')[1]

    assert water(3) == water(3)
    assert water(3)[0] != water(4)[0]
    assert water(3)[1] != water(4)[1]


def test_a_token_has_twelve_random_bytes():
    host = RoomHost(archive_of("a"), lambda _link: 0.0, TYPEFACE, seed=3)
    token = host.room.grab("a", 0, 0, holder=object(), address="::1").token
    assert len(base64.urlsafe_b64decode(token)) == 12
