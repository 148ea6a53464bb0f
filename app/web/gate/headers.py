"""Which headers an answer carries, by its path."""

_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
        "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
        "picture-in-picture", "screen-wake-lock", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
_COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": _PERMISSIONS,
}
_PAGE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_PAGE = {
    "content-security-policy": _PAGE_CSP,
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}
_API = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
}
_STATIC = {
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=31536000, immutable",
}
# Both redirect, and neither may be kept, indexed or guessed ahead.
_CHANCE = {**_PAGE, "cache-control": "no-store", "x-robots-tag": "noindex"}

_MACHINE_PATHS = frozenset(
    {
        "/healthz", "/readyz", "/openapi.json", "/schema.json",
        "/feed.xml", "/links.opml", "/llms.txt",
    }
)  # fmt: skip


def headers_for(path: str) -> dict[str, str]:
    """List the headers an answer from a path carries, unless the route set its own."""
    if path.startswith("/static/"):
        return _COMMON | _STATIC
    if path.startswith("/api/") or path in _MACHINE_PATHS:
        return _COMMON | _API
    if path == "/lucky" or path.startswith("/go/"):
        return _COMMON | _CHANCE
    return _COMMON | _PAGE
