import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TITLES = ".title a:visible"


def open_list(visitor, path="/list"):
    visitor.page.goto(visitor.url + path)
    return visitor.page


def test_links_are_grouped_under_an_index_of_tags(visitors):
    page = open_list(visitors(java_script_enabled=False))
    expect(page.get_by_role("region", name="writings").get_by_role("listitem")).to_have_count(4)
    page.get_by_role("navigation", name="Tags").get_by_role("link", name="talks").click()
    expect(page).to_have_url(re.compile("#tag-talks$"))
    expect(page.get_by_role("heading", name="talks")).to_be_in_viewport()


def test_the_order_is_chosen_without_scripts(visitors):
    page = open_list(visitors(java_script_enabled=False), "/list?tag=talks")
    page.get_by_role("link", name="by title").click()
    expect(page.locator(".title a")).to_have_text(
        [
            "A map of currents",
            "Notes on tides",
            "<script>document.title='taken'</script>",
            "The long talk about nothing in particular, given twice",
        ]
    )
    expect(page.get_by_role("link", name="by title")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.get_by_role("searchbox").fill("tides")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile("tag=talks&sort=title&q=tides$"))


def test_an_unknown_order_is_refused_in_words(visitors):
    visitor = visitors(java_script_enabled=False)
    page = open_list(visitor, "/list?sort=colour")
    expect(page.get_by_role("main")).to_contain_text("sort: Input should be 'neglect', 'date'")
    # The browser reports every answer that is an error.
    assert len(visitor.troubles) == 1
    assert "422" in visitor.troubles.pop()


def test_it_filters_as_one_types(visitors):
    visitor = visitors()
    page = open_list(visitor)
    search = page.get_by_role("searchbox")
    search.press_sequentially("tides no")
    expect(page.locator(TITLES)).to_have_text(["Notes on tides"])
    expect(page.locator("#count")).to_have_text("1 of 8 links with “tides no”")
    expect(page.locator("#spoken")).to_have_text("1 of 8 links with “tides no”")
    expect(page.get_by_role("region", name="writings")).to_be_hidden()
    expect(page.locator("#groups")).not_to_contain_text("writings", use_inner_text=True)
    expect(page).to_have_url(re.compile(r"\?q=tides"))
    search.press("Enter")
    expect(page.locator(TITLES)).to_have_count(1)
    search.fill("")
    expect(page.locator(TITLES)).to_have_count(8)
    expect(page).to_have_url(visitor.url + "/list")


def test_a_filter_without_a_find_says_so_calmly(visitors):
    page = open_list(visitors())
    expect(page.locator("#nothing")).to_be_hidden()
    page.get_by_role("searchbox").fill("no such words")
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("#spoken")).to_have_text("Nothing here holds all these words")
    page.get_by_role("link", name="See all 8 links").click()
    expect(page.locator(TITLES)).to_have_count(8)


def test_what_the_server_left_out_is_fetched_when_the_words_widen(visitors):
    page = open_list(visitors(), "/list?q=tides&sort=title")
    expect(page.locator(TITLES)).to_have_count(1)
    page.get_by_role("searchbox").fill("ants")
    expect(page.locator(TITLES)).to_have_text(["Ants"])
    page.get_by_role("searchbox").fill("")
    expect(page.locator(TITLES)).to_have_count(8)
    expect(page.locator("#groups li")).to_have_count(2)
    expect(page.get_by_role("link", name="by title")).to_have_attribute("aria-current", "true")


def test_scripts_and_server_filter_alike(visitors):
    typed = open_list(visitors())
    served = open_list(visitors(java_script_enabled=False))
    for words in ("writings", "TALKS note", "책", "127.0.0.1", "<b>", "a quiet"):
        typed.get_by_role("searchbox").fill(words)
        served.get_by_role("searchbox").fill(words)
        with served.expect_navigation():
            served.keyboard.press("Enter")
        expect(served.get_by_role("searchbox")).to_have_value(words)
        expect(typed.locator("#count")).to_have_text(served.locator("#count").inner_text())
        expect(typed.locator(TITLES)).to_have_text(served.locator(TITLES).all_inner_texts())


def test_what_surfaced_today_is_marked_in_words_too(visitors, water, ids):
    water.site.memory.surfaced(ids[3], water.site.clock())
    page = open_list(visitors())
    entry = page.get_by_role("listitem").filter(has_text="Notes on tides")
    expect(entry.locator(".mark")).to_be_visible()
    expect(entry.locator(".title")).to_contain_text(", surfaced today")
    expect(page.locator(".today")).to_contain_text("surfaced today")


def test_neglect_stands_beside_each_link(visitors):
    page = open_list(visitors())
    words = page.locator(".when span").all_inner_texts()
    assert len(words) == 8
    assert all(re.fullmatch(r"(adrift [\d,]+ days, )?(never )?opened.*", one) for one in words)


def test_on_paper_addresses_follow_titles_and_the_chrome_is_gone(visitors, elsewhere):
    page = open_list(visitors())
    page.emulate_media(media="print")
    for gone in ("form", ".orders", ".tags", ".back"):
        expect(page.locator(gone)).to_be_hidden()
    printed = page.locator(".title a").evaluate_all(
        "(all) => all.map((a) => getComputedStyle(a, '::after').content)"
    )
    assert sorted(printed) == sorted(f'"{elsewhere}/{number}"' for number in range(8))
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    )


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_sideways(visitors, width):
    page = open_list(visitors(viewport={"width": width, "height": 800}))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
