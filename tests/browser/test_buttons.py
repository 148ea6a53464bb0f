"""Buttons that say what they would do, to eyes and to ears."""

from playwright.sync_api import expect


def test_the_pause_says_whether_it_is_on_and_is_spoken_when_turned(visitors):
    visitor = visitors().visit()
    pause = visitor.page.locator('[data-action="pause"]')
    live = visitor.page.locator("#live")
    expect(pause).to_have_attribute("aria-pressed", "false")
    expect(pause).to_have_accessible_name("Pause the drift")
    pause.click()
    expect(pause).to_have_attribute("aria-pressed", "true")
    expect(pause).to_have_accessible_name("Let it drift")
    expect(pause).to_have_attribute("title", "Let it drift (P)")
    expect(live).to_have_text("Paused")
    visitor.page.keyboard.press("p")
    expect(pause).to_have_attribute("aria-pressed", "false")
    expect(live).to_have_text("Drifting")


def test_the_theme_button_names_the_theme_and_each_press_the_next(visitors):
    visitor = visitors().visit()
    button = visitor.page.locator('[data-action="theme"]')
    for theme, name in [("auto", "as your system"), ("light", "day"), ("dark", "night")]:
        expect(button).to_have_accessible_name(f"Theme: {name}")
        expect(button).to_have_attribute("title", f"Theme: {name}")
        expect(button).to_have_attribute("data-theme", theme)
        button.click()
    expect(button).to_have_accessible_name("Theme: as your system")
