"""The surroundings: what a newcomer must be told to see the water as it is."""

from collections.abc import Sequence

from app.archive.link import Archive
from app.drift.looks import Looks
from app.drift.publication import Population, Publication
from app.wire.server_messages import (
    Light,
    Surroundings,
    ToldCurrent,
    ToldQuanta,
    ToldSpread,
    Upright,
    Welcome,
    WorldSize,
)
from physics.current import STEP_HZ
from physics.flight import DAMPING, PULL, STIFFNESS
from physics.shadow import QUANTA


def surroundings_of(
    archive: Archive,
    looks: Looks,
    population: Population,
    newest: Publication,
    held: Sequence[str],
    trouble: str | None,
) -> Surroundings:
    """Tell the surroundings as of the newest publication.

    Args:
        archive: What floats.
        looks: How it floats.
        population: The world's size and current.
        newest: What is so now.
        held: Ids of links in hand.
        trouble: What is wrong with the archive's file, if anything.
    """
    return Surroundings(
        tick=newest.tick,
        world=WorldSize(width=population.width, height=population.height),
        links=tuple(looks.placed(link) for link in archive),
        current=ToldCurrent(
            pull=PULL,
            modes=tuple(
                (mode.m, mode.n, mode.amplitude, mode.rate, mode.phase) for mode in population.modes
            ),
            spreads=tuple(
                ToldSpread(from_tick=spread.from_tick, strengths=spread.strengths)
                for spread in newest.spreads
            ),
        ),
        held=tuple(held),
        lit=tuple(
            Light(id=looks.id_in(slot), until_tick=until)
            for slot, until in newest.lit.items()
            if until > newest.tick
        ),
        trouble=trouble,
    )


def welcome_to(surroundings: Surroundings, epoch: str) -> Welcome:
    """Welcome a viewer to its surroundings, with the constants of free flight."""
    return Welcome(
        epoch=epoch,
        step_hz=STEP_HZ,
        upright=Upright(stiffness=STIFFNESS, damping=DAMPING),
        quanta=ToldQuanta(
            position=QUANTA.position,
            angle=QUANTA.angle,
            velocity=QUANTA.velocity,
            spin=QUANTA.spin,
        ),
        **dict(surroundings),
    )
