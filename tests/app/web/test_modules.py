import re

import pytest

from app.assets import STATIC, modules_of


@pytest.mark.parametrize("path", ["/", "/list", "/docs"])
def test_a_page_asks_at_once_for_every_module_that_its_entry_needs(path, running, http):
    text = http.get(path).text
    base = re.escape(running.site.static)
    (entry,) = re.findall(rf'<script type="module" src="{base}/([^"]+)">', text)
    asked = re.findall(rf'<link rel="modulepreload" href="{base}/([^"]+)">', text)
    assert asked == list(modules_of(entry))
    assert all((STATIC / module).is_file() for module in asked)
