"""The key by which links are compared: what it forgets, and what it keeps."""

import pytest

from app.archive import url as urls


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.A.example:80/x/?b=2&a=1#part", "https://a.example/x?a=1&b=2"),
        ("http://a.example:443/", "https://a.example:443"),
        ("https://a.example:80/", "https://a.example:80"),
        ("https://www.com/", "https://www.com"),
        ("https://a.example./", "https://a.example"),
        ("https://wwwa.example/", "https://wwwa.example"),
        ("https://a.example/x///", "https://a.example/x"),
        ("https://a.example//x", "https://a.example//x"),
        ("https://a.example/a/./b/../c", "https://a.example/a/c"),
        ("https://a.example/a/b/..", "https://a.example/a"),
        ("https://a.example/a/b/.", "https://a.example/a/b"),
        ("https://a.example/../../a", "https://a.example/a"),
        ("https://a.example/a/.b/..c/c.", "https://a.example/a/.b/..c/c."),
        ("https://a.example/%7ea/%2f%c3", "https://a.example/~a/%2F%C3"),
        ("https://a.example/%41%5a%61%7a%30%39%2d%2e%5f", "https://a.example/AZaz09-._"),
        ("https://a.example/?%7ea=%2f", "https://a.example?~a=%2F"),
        ("https://a.example/#/%7ea%2f", "https://a.example#/~a%2F"),
        ("https://a.example/#!x", "https://a.example#!x"),
        ("https://a.example/#", "https://a.example"),
        ("https://a.example/#a/b!", "https://a.example"),
        ("https://a.example/?", "https://a.example"),
        ("https://a.example/?&&a&", "https://a.example?a"),
        ("https://a.example/?b=1&a=z&b=0&a=y", "https://a.example?a=z&a=y&b=1&b=0"),
        ("https://a.example/?a-=1&a=2", "https://a.example?a=2&a-=1"),
    ],
)
def test_a_link_is_compared_by_what_tells_it_from_others(url, key):
    assert urls.normalise(url) == key


TRACKERS = (
    "utm_source utm_ utm_x_1 fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid "
    "igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi vero_id oly_anon_id oly_enc_id ref_src ref_url "
    "si UTM_Source FBCLID"
)


@pytest.mark.parametrize("name", TRACKERS.split())
def test_a_tracker_is_forgotten(name):
    assert urls.normalise(f"https://a.example/?z=1&{name}=x&y") == "https://a.example?y&z=1"
    assert urls.normalise(f"https://a.example/?{name}") == "https://a.example"


@pytest.mark.parametrize("name", ["utm", "fbclid2", "xfbclid", "sid", "ref", "r", "utm_a-b", "id"])
def test_what_only_looks_like_a_tracker_is_kept(name):
    assert urls.normalise(f"https://a.example/?{name}=x") == f"https://a.example?{name}=x"


@pytest.mark.parametrize("pair", ["s=0", "s=09", "S=20"])
def test_a_shared_from_code_is_forgotten(pair):
    assert urls.normalise(f"https://a.example/?{pair}") == "https://a.example"


@pytest.mark.parametrize("pair", ["s=123", "s=", "s=2x", "s", "ss=20", "s=x20", "s=20=1", "t=20"])
def test_an_s_that_may_choose_a_page_is_kept(pair):
    assert urls.normalise(f"https://a.example/?{pair}") == f"https://a.example?{pair}"


@pytest.mark.parametrize(
    ("host", "forgotten"),
    [
        ("substack.com", True),
        ("jo.substack.com", True),
        ("a.jo.substack.com", True),
        ("notsubstack.com", False),
        ("substack.com.example", False),
    ],
)
def test_a_readers_code_is_forgotten_where_it_is_one(host, forgotten):
    told = urls.normalise(f"https://{host}/p?r=2h2qyo&R=1")
    assert told == f"https://{host}/p?{'R=1' if forgotten else 'R=1&r=2h2qyo'}"


VIDEO = "https://youtube.com/watch?v=lXUZvyajciY"


@pytest.mark.parametrize(
    "url",
    [
        "https://youtu.be/lXUZvyajciY",
        "https://youtu.be/lXUZvyajciY/?t=3",
        "http://www.youtube.com/watch/?v=lXUZvyajciY#t=3",
        "https://youtube.com/watch?list=v&v=lXUZvyajciY&v=eaAonE58sLU",
        "https://m.youtube.com/watch?v=lXUZvyajciY",
        "https://music.youtube.com/watch?v=lXUZvyajciY",
        "https://www.youtube-nocookie.com/embed/lXUZvyajciY",
        "https://youtube.com/live/lXUZvyajciY?feature=share",
        "https://youtube.com/shorts/lXUZvyajciY",
        "https://youtube.com/embed/lXUZvyajciY",
        "https://youtube.com/v/lXUZvyajciY/",
    ],
)
def test_a_video_is_one_link_at_all_its_addresses(url):
    assert urls.normalise(url) == VIDEO


@pytest.mark.parametrize(
    "url",
    [
        "https://youtube.com/watch?v=tooshort",
        "https://youtube.com/watch?v=lXUZvyajciYx",
        "https://youtube.com/watch?x=lXUZvyajciY",
        "https://youtube.com/watch/x?v=lXUZvyajciY",
        "https://youtube.com/playlist/lXUZvyajciY",
        "https://youtube.com/live/lXUZvyajciY/x",
        "https://youtube.com/lXUZvyajciY",
        "https://youtube.example/watch?v=lXUZvyajciY",
        "https://youtube.com/watch",
    ],
)
def test_what_shows_no_video_is_a_page_like_any_other(url):
    assert urls.normalise(url) == url
