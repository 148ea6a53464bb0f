"""What a newcomer is told, from parts of our own."""

from app.drift.looks import Looks
from app.drift.publication import Population, Publication
from app.drift.surroundings import surroundings_of, welcome_to
from app.wire.server_messages import Light
from physics.current import Mode
from physics.spread import Spread
from physics.world import World
from tests.rooms import TYPEFACE, archive_of

MODE = Mode(1, 2, 900.0, 0.05, 1.3)
SPREADS = (Spread(120, ((1, 2), (3, 4))), Spread(720, ((5, 6), (7, 8))))


def told(*, lit=None, held=(), trouble=None):
    archive = archive_of("a", "b")
    looks = Looks(archive, lambda _link: 0.25, TYPEFACE)
    shadow = World(looks.pills, seed=1).shadow_snapshot()
    newest = Publication(50, b"", shadow, shadow, lit or {}, SPREADS)
    population = Population(1600.0, 900.0, (MODE,), newest)
    return surroundings_of(archive, looks, population, newest, held, trouble)


def test_the_tick_the_size_and_the_flow_are_told():
    seen = told()
    assert seen.tick == 50
    assert (seen.world.width, seen.world.height) == (1600.0, 900.0)
    assert seen.current.modes == ((1, 2, 900.0, 0.05, 1.3),)
    assert [(one.from_tick, one.strengths) for one in seen.current.spreads] == [
        (120, ((1, 2), (3, 4))),
        (720, ((5, 6), (7, 8))),
    ]


def test_links_are_told_in_the_archives_order_with_their_places():
    links = told().links
    assert [(link.id, link.slot, link.neglect) for link in links] == [
        ("a", 0, 0.25),
        ("b", 1, 0.25),
    ]


def test_what_shines_is_told_by_its_link_until_it_is_out():
    seen = told(lit={0: 51, 1: 50})
    assert seen.lit == (Light(id="a", until_tick=51),)


def test_hands_and_trouble_are_told_as_they_are():
    seen = told(held=["b"], trouble="line 3")
    assert (seen.held, seen.trouble) == (("b",), "line 3")


def test_a_welcome_is_the_surroundings_with_the_constants_of_free_flight():
    seen = told(held=["b"], trouble="line 3")
    welcome = welcome_to(seen, "0123abcd")
    assert (welcome.epoch, welcome.step_hz) == ("0123abcd", 60)
    assert {name: getattr(welcome, name) for name in type(seen).model_fields} == dict(seen)
    assert (welcome.upright.stiffness, welcome.upright.damping) == (6.0, 3.0)
    assert welcome.quanta.position == 1 / 16
    assert welcome.quanta.angle == 1 / 256
    assert welcome.quanta.velocity == 1 / 4
    assert welcome.quanta.spin == 1 / 64
