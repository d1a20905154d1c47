"""Who may open which address. Everything there is so far is for everyone.

One row per address pattern, as Django writes it. A new address
without a row here fails a test: whoever adds it decides who may open it, and says so.
"""

EVERYONE = "everyone"

MATRIX: dict[str, str] = {
    "": EVERYONE,
    "<language>/": EVERYONE,
    "<language>/about/": EVERYONE,
    "<language>/articles/<slug:key>/": EVERYONE,
    "<language>/commitments/": EVERYONE,
    "<language>/commitments/<slug:key>/": EVERYONE,
    "<language>/commitments/feed.atom": EVERYONE,
    "<language>/coverage/": EVERYONE,
    "<language>/differences/": EVERYONE,
    "<language>/feed.atom": EVERYONE,
    "<language>/proposals/": EVERYONE,
    "<language>/proposals/<slug:key>/": EVERYONE,
    "healthz": EVERYONE,
    "readyz": EVERYONE,
}
