import pytest

from app.assets import modules_of


def write(root, **modules):
    for name, text in modules.items():
        path = root / "js" / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_every_module_behind_an_entry_is_named_once_and_the_entry_is_not(tmp_path):
    write(
        tmp_path,
        pages__one='import { a } from "../net/a.js";\nimport "../net/b.js";\n',
        net__a='import {\n  b,\n  c,\n} from "./b.js";\n',
        net__b='import { a } from "./a.js";\nimport { one } from "../pages/one.js";\n',
        net__alone="",
    )
    assert modules_of("js/pages/one.js", tmp_path) == ("js/net/a.js", "js/net/b.js")


def test_types_in_comments_load_nothing(tmp_path):
    write(
        tmp_path,
        one='/** @typedef {import("./two.js").Two} Two */\n * import { x } from "./two.js";\n',
        two="",
    )
    assert modules_of("js/one.js", tmp_path) == ()


def test_an_import_of_what_is_not_there_is_an_error_and_no_gap(tmp_path):
    write(tmp_path, one='import { two } from "./two.js";\n')
    with pytest.raises(FileNotFoundError):
        modules_of("js/one.js", tmp_path)
