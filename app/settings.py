"""Settings: options of the command line, or `LINK_DRIFT_*` in the environment."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic.functional_validators import BeforeValidator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _split(value: object) -> object:
    """Read a list from one comma-separated variable."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


Names = Annotated[list[str], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """How a server runs. Every field is also read from `LINK_DRIFT_` + its name."""

    model_config = SettingsConfigDict(env_prefix="LINK_DRIFT_", extra="ignore")

    archive: Path = Field(default=Path("links.yaml"), description="The owner's file.")
    state: str | None = Field(
        default=None,
        description="Where openings are remembered; `:memory:` forgets them at the end.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port; 0 takes a free one.")
    title: str | None = Field(default=None, description="The site's name, before the file's.")
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/]+/?$",
        description="How visitors reach this server, for permalinks; else the request's host.",
    )
    allowed_hosts: Names = Field(
        default=[], description="Host names served besides localhost and bare addresses."
    )
    trusted_proxies: Names = Field(
        default=[], description="Addresses whose X-Forwarded headers are believed."
    )
    most_sockets: int = Field(default=2000, ge=1, description="Viewers in all.")
    most_sockets_per_address: int = Field(default=20, ge=1, description="Viewers an address.")
    seed: int | None = Field(default=None, description="Of the current; drawn anew when unset.")
