"""A URL that enters the archive is safe to follow, and one link however it is written."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive import url as urls
from app.archive.errors import UrlError

HOSTILE = [
    "",
    " https://a.example/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://a.example/",
    "//a.example/",
    "/path",
    "a.example/path",
    "https:a.example",
    "https:/a.example",
    "https://",
    "https:///path",
    "https://user@a.example/",
    "https://user:word@a.example/",
    "https://a.example@b.example/",
    "https://a.example\\@b.example/",
    "https://a.example\n/",
    "https://a.example/\r\nSet-Cookie: x",
    "https://a.example/\x00",
    "https://a.example/a b",
    "https://a.example/\u2028",
    "https://\u202eelpmaxe.a/",
    "https://a.example/\ud800",
    "https://a.example:0/",
    "https://a.example:65536/",
    "https://a.example:x/",
    "https://a.example:80:80/",
    "https://a.example:٨٠/",
    "https://a..example/",
    "https://-a.example/",
    "https://a%2eexample/",
    "https://" + "a" * 64 + ".example/",
    "https://" + "a." * 127 + "example/",
    "https://1.2.3/",
    "https://0x7f.1/",
    "https://2130706433/",
    "https://[::1/",
    "https://[fe80::1%25eth0]/",
    "https://[zz]/",
    "https://a.example/" + "x" * urls.MAX_URL_CHARS,
    "https://a.example/" + "ä" * (urls.MAX_URL_CHARS - 100),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_url_is_refused_with_a_reason(text):
    with pytest.raises(UrlError) as refused:
        urls.parse(text)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example",
        "http://a.example:8080/x?y=1#z",
        "https://geohot.github.io//blog/x.html",
        "https://en.wikipedia.org/wiki/The_Three-Body_Problem_(novel)",
        "https://a_b.example/",
        "https://localhost:3000/",
        "https://127.0.0.1/",
        "https://[2001:db8::1]:8080/",
        "https://a.example/?next=http://b.example/@x:80",
        "https://xn--mnchen-3ya.example/",
    ],
)
def test_a_plain_url_is_followed_as_it_was_written(text):
    assert urls.parse(text).href == text


def test_what_is_not_ascii_is_encoded_for_the_header():
    assert (
        urls.parse("https://münchen.example/straße?q=日#ü").href
        == "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%E6%97%A5#%C3%BC"
    )


def test_existing_escapes_are_not_encoded_twice():
    assert urls.parse("https://a.example/%C3%9F").href == "https://a.example/%C3%9F"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://A.Example/x", "https://a.example/x"),
        ("http://a.example/x", "https://a.example/x"),
        ("http://a.example:80/x", "https://a.example/x"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://www.a.example/x", "https://a.example/x"),
        ("https://a.example./x", "https://a.example/x"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x/", "https://a.example/x"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("https://a.example/x#:~:text=word", "https://a.example/x"),
        ("https://a.example/y/../x/./", "https://a.example/x"),
        ("https://a.example/%7ejo/%c3%a4", "https://a.example/~jo/%C3%A4"),
        ("https://a.example/ä", "https://a.example/%C3%A4"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
        ("https://a.example/x?utm_source=f&utm_medium=g&fbclid=1", "https://a.example/x"),
        ("https://a.example/x?s=09", "https://a.example/x"),
        ("https://a.example/x?&", "https://a.example/x"),
        ("https://open.substack.com/pub/x?r=2h2qyo", "https://open.substack.com/pub/x"),
        (
            "https://youtu.be/lXUZvyajciY?si=IHqRfimtEjBMAh6v",
            "https://www.youtube.com/watch?v=lXUZvyajciY",
        ),
        ("https://m.youtube.com/watch?list=WL&v=lXUZvyajciY&t=3", "https://youtu.be/lXUZvyajciY"),
        ("https://youtube.com/live/lXUZvyajciY", "https://youtube.com/shorts/lXUZvyajciY"),
    ],
)
def test_two_ways_to_write_a_link_are_one(one, other):
    assert urls.normalise(one) == urls.normalise(other)
    assert urls.link_id(one) == urls.link_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/x", "https://a.example:8443/x"),
        ("http://a.example:443/x", "https://a.example:443/x"),
        ("https://a.example/x?a=1", "https://a.example/x?a=2"),
        ("https://a.example/?s=drift", "https://a.example/"),
        ("https://a.example/?r=1", "https://a.example/"),
        ("https://a.example/#/one", "https://a.example/#/two"),
        ("https://a.example/x?a=1&a=2", "https://a.example/x?a=2&a=1"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://www.com/", "https://com/"),
        ("https://youtube.com/watch?v=lXUZvyajciY", "https://youtube.com/watch?v=eaAonE58sLU"),
        ("https://youtube.com/@one", "https://youtube.com/@two"),
    ],
)
def test_two_links_stay_two(one, other):
    assert urls.normalise(one) != urls.normalise(other)


def test_an_id_stays_what_it_is():
    """Counts and permalinks hang on ids: a change here would orphan all of them."""
    assert urls.link_id("https://qntm.org/transi") == "e7bw06y5"


def test_the_host_is_shown_without_www_and_port():
    assert urls.host("https://www.Example.org:8443/x") == "example.org"


hosts = st.lists(
    st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8), min_size=1, max_size=3
).map(lambda labels: ".".join([*labels, "example"]))
tails = st.text(string.ascii_letters + string.digits + "/.-_~%?&=#!äß日", max_size=40)
good_urls = st.builds("{}://{}/{}".format, st.sampled_from(["http", "https"]), hosts, tails)


@given(good_urls)
def test_normalising_twice_changes_nothing(url):
    once = urls.normalise(url)
    assert urls.normalise(once) == once


@given(good_urls)
def test_what_is_followed_is_ascii_and_the_same_link(url):
    href = urls.parse(url).href
    assert href.isascii()
    assert urls.parse(href).href == href
    assert urls.link_id(href) == urls.link_id(url)


@given(st.text(max_size=80))
def test_any_text_is_a_url_or_a_url_error(text):
    try:
        href = urls.parse(text).href
    except UrlError:
        return
    assert href.isascii()
    assert href.isprintable()
    assert " " not in href


@given(good_urls)
def test_an_id_is_eight_characters_of_crockfords_alphabet(url):
    assert len(urls.link_id(url)) == 8
    assert set(urls.link_id(url)) <= set("0123456789abcdefghjkmnpqrstvwxyz")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("https://a.example/" + "x" * 4079, "has 4,097 characters; at most 4,096 are taken"),
        ("https://a.example/" + "ä" * 1000, "has more than 4,096 characters once written in ASCII"),
        ("https://a.example\\b", "contains a backslash at character 18; write %5C"),
        ("https://a.example/a b", "contains a space at character 20; write %20"),
        (
            "https://a.example/\u202e",
            "contains the invisible character U+202E at character 19",
        ),
        ("https://a\x07", "contains the invisible character U+0007 at character 10"),
        ("/path", "has no scheme; an absolute URL begins with https:// or http://"),
        ("localhost:3000", "has no scheme; an absolute URL begins with https:// or http://"),
        ("localhost:3000/x", "has no scheme; an absolute URL begins with https:// or http://"),
        ("https:a.example", "needs two slashes after https:"),
        ("HTTP:/a.example", "needs two slashes after http:"),
        ("MailTo:a@b.example", "uses the scheme mailto; only http and https are links here"),
        ("x" * 30 + ":y", f"uses the scheme {'x' * 20}; only http and https are links here"),
        (
            "https://me:secret@a.example/",
            "carries a user name or password before its host; leave that out",
        ),
        ("https://a.example:0/", "has the port '0'; a port is a number from 1 to 65535"),
        ("https://a.example:65536/", "has the port '65536'; a port is a number from 1 to 65535"),
        (
            "https://a.example:1000000/",
            "has the port '1000000'; a port is a number from 1 to 65535",
        ),
        ("https://a.example:x/", "has the port 'x'; a port is a number from 1 to 65535"),
        (
            f"https://a.example:{'1' * 20}/",
            f"has the port '{'1' * 12}'; a port is a number from 1 to 65535",
        ),
        ("https:///path", "has no host"),
        ("https://:80/", "has no host"),
        ("https://a..example/", "has the host 'a..example', which is no domain name"),
        (
            f"https://{'-' * 90}.example/",
            f"has the host '{'-' * 80}', which is no domain name",
        ),
        ("https://1.2.3/", "has the host '1.2.3', which is no IPv4 address"),
        ("https://a.0x1f/", "has the host 'a.0x1f', which is no IPv4 address"),
        ("https://[zz]/", "has the host '[zz]', which is no IPv6 address"),
        ("https://[::1%251]/", "has the host '[::1%251]', which is no IPv6 address"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where(text, reason):
    with pytest.raises(UrlError) as refused:
        urls.parse(text)
    assert str(refused.value) == reason


def test_a_host_that_idna_refuses_says_why():
    with pytest.raises(UrlError, match=r"^has the host 'ä\.\.b', which is no domain name: ."):
        urls.parse("https://ä..b/")


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/" + "x" * 4078,
        "https://a.example/?" + "x" * 4077,
        "https://a.example:1/",
        "https://a.example:65535/",
        f"https://{'a' * 63}.example/",
        f"https://{'a.' * 123}example/",
        f"https://{'a.' * 123}example./",
        "https://a.example/?#",
        "https://1.2.3.4.example/",
    ],
)
def test_what_just_fits_is_taken_as_it_was_written(text):
    assert urls.parse(text).href == text


def test_a_url_may_reach_the_limit_exactly_once_it_is_ascii():
    text = "https://a.example/ä" + "x" * (urls.MAX_URL_CHARS - 24)
    assert len(urls.parse(text).href) == urls.MAX_URL_CHARS
    with pytest.raises(UrlError, match="once written in ASCII"):
        urls.parse(text + "x")


def test_a_host_has_at_most_253_characters_without_the_roots_dot():
    name = "a." * 123 + "example"
    assert len(name) == urls.MAX_HOST_CHARS
    with pytest.raises(UrlError, match="no domain name"):
        urls.parse(f"https://b{name}/")


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("HTTPS://A.Example/X", "https://a.example/X"),
        ("https://a.example:/x", "https://a.example/x"),
        ("https://a.example:0080/x", "https://a.example:80/x"),
        ("https://[2001:DB8:0:0::1]/", "https://[2001:db8::1]/"),
        ("https://ＡＢ.example/", "https://ab.example/"),
        ("https://a.example/\u200c\u200d", "https://a.example/%E2%80%8C%E2%80%8D"),
        ("https://a.example/%zz!$&'()*+,;=:@~[]", "https://a.example/%zz!$&'()*+,;=:@~[]"),
    ],
)
def test_a_url_is_followed_in_its_ascii_form(text, href):
    assert urls.parse(text).href == href


def test_a_url_taken_apart():
    assert urls.parse("HTTP://a.example:8080/x?y#z") == urls.Url(
        "http", "a.example", 8080, "/x", "y", "z"
    )
    assert urls.parse("https://a.example") == urls.Url("https", "a.example", None, "", None, None)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.a.example/", "a.example"),
        ("https://www.a.example.:80/", "a.example"),
        ("https://www.com/", "www.com"),
        ("https://[::1]/", "[::1]"),
    ],
)
def test_a_host_is_named_as_people_do(url, name):
    assert urls.host(url) == name


@pytest.mark.parametrize("ask", [urls.host, urls.normalise, urls.link_id])
def test_what_is_no_url_has_no_host_key_or_id(ask):
    with pytest.raises(UrlError):
        ask("ftp://a.example/")


@pytest.mark.parametrize(
    ("url", "link_id"),
    [("https://a.example/", "71gjs5jt"), ("https://b.example/x?y=z", "ysyswvqa")],
)
def test_ids_are_pinned(url, link_id):
    assert urls.link_id(url) == link_id
