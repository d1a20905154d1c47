"""Amity: gatherings of two peoples, the network behind them, and every promise followed."""

from amity import sqlite

__version__ = "0.1.0"

sqlite.use_a_safe_library()
