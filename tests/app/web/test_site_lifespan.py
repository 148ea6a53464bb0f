"""What a site puts in motion when it begins, and leaves behind when it ends: nothing."""

import asyncio
from contextlib import nullcontext

import pytest

from app.archive.file.load import load
from app.assets import BUNDLED_ARCHIVE
from app.main import create_app
from app.memory.memory import VolatileMemory
from app.settings import Settings


@pytest.mark.parametrize("fault", [False, True])
def test_a_site_that_ends_stops_its_room_then_closes_its_memory_and_leaves_no_task(
    fault, monkeypatch
):
    ended = []

    class Closing(VolatileMemory):
        def close(self):
            ended.append("memory")

    app = create_app(Settings(archive=BUNDLED_ARCHIVE, seed=1), load(BUNDLED_ARCHIVE), Closing())
    host = app.state.site.host
    stop = host.stop

    def stopping():
        ended.append("room")
        stop()

    monkeypatch.setattr(host, "stop", stopping)

    async def life():
        with pytest.raises(RuntimeError) if fault else nullcontext():
            async with app.router.lifespan_context(app):
                assert host._simulation._thread.is_alive()
                assert ended == []
                if fault:
                    raise RuntimeError("a fault of the server")
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(life())
    assert ended == ["room", "memory"]
    assert not host._simulation._thread.is_alive()
