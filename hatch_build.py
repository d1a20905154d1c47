"""Build hook of the wheel: the translations are compiled before the files are gathered."""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogs(BuildHookInterface):  # type: ignore[type-arg] # hatchling's own examples
    """Compiles each room's catalogs with Babel alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        from tools.catalogs import compile_catalogs

        compile_catalogs()
