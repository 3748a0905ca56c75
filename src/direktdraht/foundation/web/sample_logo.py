"""A plain shield with a town wall, drawn here, for a city that has not set its own logo."""


def sample_logo(accent: str) -> str:
    """Return the shield as SVG in the accent colour."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 36">'
        f'<path fill="{accent}" d="M2 2h28v17c0 8-6 13-14 16C8 32 2 27 2 19z"/>'
        '<path fill="#fff" d="M8 22v-9h3v2h2v-3l3-2 3 2v3h2v-2h3v9z"/></svg>'
    )
