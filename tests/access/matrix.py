"""Who may open which address. Everything there is so far is for everyone.

One row per address pattern, as Django writes it, without the language's prefix. A new address
without a row here fails a test: whoever adds it decides who may open it, and says so.
"""

EVERYONE = "everyone"

MATRIX: dict[str, str] = {
    "healthz": EVERYONE,
    "readyz": EVERYONE,
}
