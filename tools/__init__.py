"""What one needs to develop Amity and not to run it; no part of the wheel.

Each is run from a checkout: `./run python -m tools.messages`, `tools.vendor`, `tools.land`.
"""
