"""A whole room, driven by hand: the archive changes under it."""

import pytest

from app.drift.errors import NotHoldingError
from tests.rooms import archive_of, kinds, link, quiet

# --- the archive --------------------------------------------------------------


def test_a_reload_is_told_with_all_that_changed(still, anna):
    still.beat()
    quiet(anna)
    still.room.reload(archive_of("a", "c", "x"))
    assert kinds(anna) == [], "the world takes it in between two steps"
    still.beat()
    (news,) = anna.connection.heard("archive")
    assert {one["id"]: one["slot"] for one in news["links"]} == {"a": 0, "c": 2, "x": 8}
    assert news["tick"] == 2
    assert set(news) == {"type", "tick", "world", "links", "current", "held", "lit", "trouble"}
    assert [one.id for one in still.room.archive] == ["a", "c", "x"]
    assert still.world.snapshot().slots.tolist() == [0, 2, 8]


def test_a_reload_tells_the_water_as_it_is_now(still, anna):
    many = [link(f"link{number}", "word " * 8) for number in range(80)]
    still.room.reload(archive_of(*many))
    still.beat()
    (news,) = anna.connection.heard("archive")
    world = still.world
    assert world.width > 1_500
    assert news["world"] == {"width": world.width, "height": world.height}
    assert (still.room.width, still.room.height) == (world.width, world.height)
    assert news["current"]["modes"][0][2] == world.modes[0].amplitude
    (welcome,) = still.join().connection.texts
    assert {key: welcome[key] for key in ("world", "current")} == {
        key: news[key] for key in ("world", "current")
    }


def test_after_a_reload_the_next_frame_is_a_whole_one(still):
    """Also for whoever was sent this very tick already: no delta takes a body away."""
    viewer = still.join(binary=True)
    still.poll(viewer, 8)
    still.room.fling("a", 2_000.0, 0.0)
    still.beat()
    assert viewer.connection.frames[-1].tick == still.world.tick
    before = len(viewer.connection.frames)
    still.room.reload(archive_of(*"abcdefg"))
    still.beat()
    first = viewer.connection.frames[before]
    assert first.keyframe
    assert first.blocks[0][1].tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_news_of_a_reload_comes_before_its_picture(still, anna):
    still.poll(anna, 8)
    still.beat()
    quiet(anna)
    still.room.reload(archive_of("a", "x"))
    still.beat()
    # What was published at this very tick already is not sent a second time.
    assert kinds(anna)[0] == "archive"
    still.beat()
    assert kinds(anna).count("archive") == 1
    newest = anna.connection.heard("frame")[-1]
    assert [row[0] for row in newest["bodies"]] == [0, 8]


def test_a_held_link_that_leaves_is_released_first(still, anna):
    still.grab(anna, "c")
    still.beat()
    quiet(anna)
    still.room.reload(archive_of("a", "b"))
    still.beat()
    assert kinds(anna) == ["released", "archive"]
    assert anna.connection.texts[1]["held"] == []
    with pytest.raises(NotHoldingError):
        still.room.lease_of(anna)


def test_a_held_link_of_another_title_is_released_with_its_pill(still, anna, bert):
    """The world lets go of a body whose pill changes: nobody may go on holding it."""
    still.grab(anna, "c")
    still.beat()
    quiet(anna)
    still.room.reload(archive_of("a", link("c", "another and a longer title")))
    still.beat()
    assert kinds(anna) == ["released", "archive"]
    with pytest.raises(NotHoldingError):
        still.room.lease_of(anna)
    assert still.world.held == frozenset()
    still.grab(bert, "c")
    still.beat()
    assert still.world.held == {still.slot("c")}


def test_a_held_link_that_stays_stays_in_hand(still, anna):
    lease = still.grab(anna, "c")
    still.beat()
    still.room.reload(archive_of("c", "x"))
    still.beat()
    assert still.room.lease_of(anna) is lease
    assert still.world.held == {still.slot("c")}
    (news,) = anna.connection.heard("archive")
    assert news["held"] == ["c"]
    assert anna.connection.heard("released") == []


def test_two_reloads_in_one_step_end_with_the_second(still, anna):
    still.room.reload(archive_of("a", "x"))
    still.room.reload(archive_of("a", "y"))
    still.beat()
    assert [one.id for one in still.room.archive] == ["a", "y"]
    news = anna.connection.heard("archive")
    assert {one["id"]: one["slot"] for one in news[-1]["links"]} == {"a": 0, "y": 9}
    assert still.world.snapshot().slots.tolist() == [0, 9]


def test_a_broken_file_is_told_and_changes_nothing_else(still, anna):
    quiet(anna)
    still.room.report("line 3 is no link")
    (news,) = anna.connection.heard()
    assert (news["type"], news["trouble"]) == ("archive", "line 3 is no link")
    assert len(news["links"]) == 8
    (welcome,) = still.join().connection.texts
    assert welcome["trouble"] == "line 3 is no link"


def test_a_good_file_ends_the_trouble(still, anna):
    still.room.report("line 3 is no link")
    still.room.reload(archive_of("a"))
    still.beat()
    assert anna.connection.heard("archive")[-1]["trouble"] is None


def test_a_welcome_tells_neglect_as_of_now(still):
    still.neglect = 0.75
    (welcome,) = still.join().connection.texts
    assert welcome["links"][0]["neglect"] == 0.75
    assert welcome["links"][0]["font_px"] == 14.0, "its size was decided once"
