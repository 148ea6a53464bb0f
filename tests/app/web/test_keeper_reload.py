import math
import time

import pytest

from tests.servers import serving
from tests.sockets import BinaryClient, JsonClient
from tests.waiting import wait_until

FASTEST_DRIFT = 120  # world units / s: four times the current's speed; a jump is faster
TITLES = ["Tides", "Ants", "Currents", "Lighthouses", "Fog"]


def text(titles, extra=""):
    entries = "".join(f"  - title: {one}\n    url: https://{one}.example/\n" for one in titles)
    return f"links:\n{entries}{extra}"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text(text(TITLES))
    return path


@pytest.fixture
def server(file):
    with serving(file) as running:
        yield running


def replace(path, content):
    """Edit as editors do: a new file takes the old one's name."""
    fresh = path.with_suffix(".new")
    fresh.write_text(content)
    fresh.rename(path)


def titles_of(server):
    return [one["title"] for one in server.get("/api/links").json()["links"]]


def readiness(server):
    return server.get("/readyz").json()


def wait_for_status(server, status):
    wait_until(lambda: readiness(server)["status"] == status, f"a server that is {status}")


def test_an_edit_shows_without_a_restart_and_survivors_keep_their_place(server, file):
    with JsonClient(server.socket_url) as client:
        slots = {link["id"]: link["slot"] for link in client.welcome["links"]}
        names = {link["title"]: link["id"] for link in client.welcome["links"]}
        client.frame()
        replace(file, text(["Tides", "Currents", "Lighthouses", "Fog", "Harbours"]))
        news = client.wait_for("archive")
        assert [link["title"] for link in news["links"]][-1] == "Harbours"
        now = {link["id"]: link["slot"] for link in news["links"]}
        for link_id in set(slots) & set(now):
            assert now[link_id] == slots[link_id]
        fresh = now[next(link["id"] for link in news["links"] if link["title"] == "Harbours")]
        assert fresh not in slots.values(), "a slot is never given out again"
        frame = client.frame()
        assert {row[0] for row in frame["bodies"]} == set(now.values())
        assert slots[names["Ants"]] not in {row[0] for row in frame["bodies"]}
    assert titles_of(server) == ["Tides", "Currents", "Lighthouses", "Fog", "Harbours"]


def test_bodies_that_stay_do_not_jump(server, file):
    with JsonClient(server.socket_url) as client:
        slot = client.welcome["links"][0]["slot"]
        frames = [client.frame()]
        replace(file, text([*TITLES, "Harbours"]))

        def told():
            frames[:] = [frames[-1], client.frame()]
            return any(one["type"] == "archive" for one in client.events)

        wait_until(told, "the news")
        (_slot, x, y, *_), (_slot, later_x, later_y, *_) = (
            next(row for row in frame["bodies"] if row[0] == slot) for frame in frames
        )
        passed_s = (frames[1]["tick"] - frames[0]["tick"]) / client.welcome["step_hz"]
        assert math.hypot(later_x - x, later_y - y) <= FASTEST_DRIFT * passed_s


def test_a_binary_viewer_is_given_a_keyframe_after_the_news(server, file):
    with BinaryClient(server.socket_url) as client:
        client.poll()
        assert client.frame().keyframe
        replace(file, text(TITLES[:3]))

        def news():
            client.poll()
            frame = client.frame()
            return frame.keyframe and any(one["type"] == "archive" for one in client.texts)

        wait_until(news, "a keyframe after the news")
        assert client.follower.slots.tolist() == [0, 1, 2]


def test_what_is_held_and_removed_is_let_go(server, file):
    with JsonClient(server.socket_url) as client:
        link = client.welcome["links"][1]
        client.say(type="grab", id=link["id"], x=1, y=1)
        client.wait_for("held")
        replace(file, text(["Tides", "Fog"]))
        assert client.wait_for("released")["id"] == link["id"]
        client.wait_for("archive")
        client.say(type="move", x=1, y=1)
        assert client.wait_for("error")["code"] == "not_holding"
        client.say(type="grab", id=client.welcome["links"][0]["id"], x=1, y=1)
        assert client.wait_for("held")["by_me"] is True


@pytest.mark.parametrize("broken", ["links:\n  - title: no url\n", "", "links: [", "\0"])
def test_a_broken_edit_keeps_the_last_good_archive_and_is_told(server, file, broken, caplog):
    with JsonClient(server.socket_url) as client:
        replace(file, broken)
        news = client.wait_for("archive")
        assert "links.yaml" in news["trouble"]
        assert len(news["links"]) == len(TITLES)
    assert titles_of(server) == TITLES
    state = readiness(server)
    assert state["status"] == "degraded"
    assert state["archive"]["since"]
    assert state["archive"]["problems"][0]["reason"]
    assert "still served" in caplog.text
    page = server.get("/")
    assert page.status_code == 200
    replace(file, text([*TITLES, "Mended"]))
    wait_until(lambda: titles_of(server)[-1] == "Mended", "the mended file")
    assert readiness(server)["status"] == "ready"
    assert readiness(server)["archive"]["problems"] == []


def test_a_deleted_file_is_a_trouble_and_its_return_the_end_of_it(server, file):
    file.unlink()
    wait_for_status(server, "degraded")
    assert titles_of(server) == TITLES
    file.write_text(text(TITLES))
    wait_for_status(server, "ready")


def test_every_problem_of_a_broken_file_is_listed_with_its_line(server, file):
    replace(file, text(TITLES, "  - title: one\n  - url: ftp://x.example\n    title: two\n"))
    wait_for_status(server, "degraded")
    lines = [one["line"] for one in readiness(server)["archive"]["problems"]]
    assert len(lines) >= 2
    assert all(line > 10 for line in lines)


def test_a_large_change_resizes_the_water(server, file):
    with JsonClient(server.socket_url) as client:
        width = client.welcome["world"]["width"]
        many = [f"Place-{number}-with-a-long-name" for number in range(150)]
        replace(file, text([*TITLES, *many]))
        news = client.wait_for("archive")
        assert news["world"]["width"] > width
        assert news["current"] != client.welcome["current"]
        for row in client.frame()["bodies"]:
            assert 0 <= row[1] <= news["world"]["width"]
            assert 0 <= row[2] <= news["world"]["height"]


def test_water_that_grows_and_shrinks_goes_on(server, file):
    many = [f"Place-{number}-with-a-long-name" for number in range(100)]
    with JsonClient(server.socket_url) as client, BinaryClient(server.socket_url) as other:
        other.poll()
        other.frame()
        for titles in ([*TITLES, *many], TITLES, [*TITLES, *many], TITLES):
            replace(file, text(titles))
            news = client.wait_for("archive")
            assert len(client.frame()["bodies"]) == len(titles)

            def whole():
                other.poll()
                return other.frame().keyframe

            wait_until(whole, "a keyframe of the new water")
            assert len(other.follower.slots) == len(titles)
            x, y = other.follower.state[:2]
            assert x.max() <= news["world"]["width"]
            assert y.max() <= news["world"]["height"]


def test_quick_edits_end_with_the_last(server, file):
    for count in range(1, 5):
        replace(file, text(TITLES[:count]))
        time.sleep(0.03)  # several edits within one settling time, and beyond it
    wait_until(lambda: titles_of(server) == TITLES[:4], "the last edit")
