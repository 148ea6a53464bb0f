from tests.branches import shares


def told(covered, branches):
    counts = {"percent_covered_display": "100", "covered_lines": covered, "num_statements": 10}
    return {"summary": counts | {"covered_branches": branches, "num_branches": 4}}


def test_files_are_summed_by_package_and_in_all():
    found = {"app/a.py": told(10, 4), "app/b.py": told(5, 1), "app/web/c.py": told(0, 0)}
    found |= {"physics/d.py": told(10, 4)}
    assert list(shares(found)) == [
        "app                      lines  75.0 %  branches  62.5 %",
        "app/web                  lines   0.0 %  branches   0.0 %",
        "physics                  lines 100.0 %  branches 100.0 %",
        "in all                   lines  62.5 %  branches  56.2 %",
    ]


def test_a_package_without_branches_has_no_share_of_them():
    empty = {"summary": told(0, 0)["summary"] | {"num_branches": 0}}
    assert "branches     –" in next(shares({"app/a.py": empty}))
