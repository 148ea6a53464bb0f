"""PROTOCOL.md, the messages' classes and what is sent agree, field by field, both ways."""

import ast
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from app.drift.errors import LeaseError
from app.wire.client_messages import (
    ClientMessage,
    Fling,
    Grab,
    Lucky,
    Move,
    Opened,
    TextPoll,
    read_client_message,
)
from app.wire.errors import MalformedError
from app.wire.server_messages import (
    ArchiveChanged,
    Held,
    JsonFrame,
    Light,
    Lit,
    Picked,
    PlacedLink,
    Refused,
    Released,
    SentLink,
    ServerMessage,
    SpreadAnnounced,
    ToldCurrent,
    ToldQuanta,
    ToldSpread,
    Upright,
    Welcome,
    WorldSize,
    read_server_message,
)

ROOT = Path(__file__).parents[2]
PROTOCOL = (ROOT / "app/wire/PROTOCOL.md").read_text()


def section(text, title):
    """What stands under a heading, up to the next of its rank."""
    rank = title.split()[0]
    return re.split(rf"^#{{1,{len(rank)}}} ", text.split(f"\n{title}\n")[1], flags=re.MULTILINE)[0]


def said_by(union):
    """The models of one side, by their type."""
    return {model.model_fields["type"].default: model for model in get_args(union)}


def written_rows(heading):
    """Type → (fields, fields that may be left out) of a table's JSON in PROTOCOL.md."""
    rows = re.findall(r"^\| `\{(.*?)\}` \|", section(PROTOCOL, heading), re.MULTILINE)
    found = {}
    for row in rows:
        named = re.findall(r'"(\w+)"(\?)?(?=[,:?}]|$)', row)
        (_, _), (kind, _), *rest = named
        found[kind] = ({name for name, _ in rest}, {name for name, left_out in rest if left_out})
    return found


def may_be_left_out(field):
    return field.exclude_if is not None or not field.is_required()


def test_the_protocol_lists_every_message_of_a_client_with_its_fields():
    written = written_rows("### Client to server")
    built = said_by(ClientMessage)
    assert set(written) == set(built)
    for kind, model in built.items():
        fields = {name: told for name, told in model.model_fields.items() if name != "type"}
        assert written[kind][0] == set(fields), kind


def test_the_protocol_lists_every_message_of_the_server_with_its_fields():
    written = written_rows("### Server to client")
    built = said_by(ServerMessage)
    welcome = built.pop("welcome")
    assert set(written) == set(built)
    for kind, model in built.items():
        fields = {name: told for name, told in model.model_fields.items() if name != "type"}
        optional = {name for name, told in fields.items() if may_be_left_out(told)}
        assert written[kind] == (set(fields), optional), kind
    assert set(welcome_of_the_paper()) == set(welcome.model_fields)


def welcome_of_the_paper():
    """The one message that the paper shows whole."""
    (text,) = re.findall(r"```json\n(.*?)```", section(PROTOCOL, "### Server to client"), re.DOTALL)
    return json.loads(re.sub(r", …", "", text))


def keys_of(value, path=""):
    """Every key of a JSON value with its path; lists are looked into by their first item."""
    if isinstance(value, list):
        return keys_of(value[0], f"{path}[]") if value else set()
    if isinstance(value, dict):
        return {f"{path}.{key}" for key in value} | {
            one for key, inner in value.items() for one in keys_of(inner, f"{path}.{key}")
        }
    return set()


def test_every_field_of_the_papers_welcome_is_what_the_server_writes():
    shown = welcome_of_the_paper()
    read: Any = read_server_message(json.dumps(shown))
    assert keys_of(json.loads(read.outgoing().payload)) == keys_of(shown)


SAMPLES: list[Any] = [
    Welcome(
        epoch="0123abcd",
        tick=7,
        step_hz=60,
        world=WorldSize(width=1600.0, height=900.0),
        links=(
            PlacedLink(
                id="a", url="https://a.example/", title="책", host="a.example", tags=("t",),
                author="A", note="N", added=date(2024, 12, 20), slot=3, width=201.4, height=34.0,
                label="책", font_px=15.0, neglect=0.8,
            ),
        ),
        current=ToldCurrent(
            pull=0.35,
            modes=((1, 2, 900.0, 0.05, 1.3),),
            spreads=(ToldSpread(from_tick=600, strengths=((0, 310), (-25, 7))),),
        ),
        upright=Upright(stiffness=6.0, damping=3.0),
        quanta=ToldQuanta(position=0.0625, angle=0.004, velocity=0.25, spin=0.0156),
        held=("a",),
        lit=(Light(id="a", until_tick=99),),
        trouble="links.yaml, line 3",
    ),
    JsonFrame(epoch="0123abcd", tick=8, bodies=((3, 1.5, 2.5, 0.1, -3.0, 4.0, 0.01),)),
    Held(id="a", by_me=True),
    Released(id="a"),
    Lit(id="a", until_tick=99),
    SpreadAnnounced(from_tick=720, strengths=((0, 1), (2, 3))),
    Picked(
        link=SentLink(id="a", url="https://a.example/", title="A", host="a.example"),
        why="because",
        permalink="https://links.example/l/a",
    ),
    Refused(code="malformed", detail="x: too wide", field="x"),
    TextPoll(credit=3),
    Grab(id="a", x=1.5, y=-2.0),
    Move(x=1.5, y=-2.0),
    Fling(vx=5.0, vy=-6.0),
    Lucky(tag="papers", exclude=["a", "b"]),
    Opened(id="a"),
]  # fmt: skip
SAMPLES.insert(1, ArchiveChanged(**{
    name: getattr(SAMPLES[0], name) for name in ArchiveChanged.model_fields if name != "type"
}))  # fmt: skip


def test_there_is_a_sample_of_every_message():
    models = {*get_args(ClientMessage), *get_args(ServerMessage)}
    assert {type(sample) for sample in SAMPLES} == models


def written_by(sample: Any) -> tuple[str, Callable[[str], Any]]:
    """A message as text, and what the other side reads it by."""
    if isinstance(sample, get_args(ClientMessage)):
        return sample.text(), read_client_message
    return sample.outgoing().payload, read_server_message


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.type)
def test_what_one_side_writes_the_other_reads_field_by_field(sample):
    text, read = written_by(sample)
    assert read(text) == sample
    assert next(iter(json.loads(text))) == "type", "its type comes first"
    written = json.loads(text)
    for name in type(sample).model_fields:
        if name == "type":
            continue
        without = json.dumps({key: value for key, value in written.items() if key != name})
        try:
            assert read(without) != sample, f"{name} says nothing"
        except MalformedError as error:
            assert error.field == name  # noqa: PT017 - some fields may be left out


def test_what_is_unknown_or_null_is_left_out():
    link = SentLink(id="a", url="https://a.example/", title="A", host="a.example")
    picked = Picked(link=link, why="w", permalink="p").outgoing().payload
    assert set(json.loads(picked)["link"]) == {"id", "url", "title", "host", "tags"}
    assert json.loads(Refused(code="held", detail="d").outgoing().payload) == {
        "type": "error", "code": "held", "detail": "d",
    }  # fmt: skip
    scene = json.loads(SAMPLES[0].model_copy(update={"trouble": None}).outgoing().payload)
    assert scene["trouble"] is None


def test_a_client_skips_types_and_keys_of_a_later_version():
    assert read_server_message('{"type":"tomorrow","x":1}') is None
    assert read_server_message('{"type":"released","id":"a","more":1}') == Released(id="a")


@pytest.mark.parametrize("text", ["", "junk", "[]", '{"id":"a"}', '{"type":"held","id":"a"}'])
def test_what_no_server_says_is_malformed(text):
    with pytest.raises(MalformedError):
        read_server_message(text)


def test_nobody_else_writes_text_messages():
    """A message has one home: no JSON is put together by hand where sockets are spoken to."""
    sources = [*(ROOT / "app/drift").glob("*.py"), *(ROOT / "app/web/routes").glob("socket.py")]
    assert len(sources) > 10
    assert [path.name for path in sources if "json" in imported(path)] == []


def imported(path):
    """Modules that a file imports by name."""
    tree = ast.parse(path.read_text())
    plain = {
        one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    }
    return plain | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_protocol_lists_every_error_code():
    table = PROTOCOL.split("| error code | meaning |")[1].split("\n\n")[0]
    written = {
        code for row in table.splitlines() if row.count("|") > 2
        for code in re.findall(r"`(\w+)`", row.split("|")[1])
    }  # fmt: skip
    leases = {one.code for one in LeaseError.__subclasses__()}
    assert written == leases | refused_by_the_session()


def refused_by_the_session():
    """The codes that the socket's session names itself."""
    tree = ast.parse((ROOT / "app/web/routes/socket.py").read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "_refuse"
        if isinstance(call.args[0], ast.Constant)
    }
