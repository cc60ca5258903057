"""Scripts of tools/ as modules: tests run again what the scripts have once made."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

__all__ = ["script"]

_TOOLS = Path(__file__).resolve().parents[1] / "tools"


def script(path: str) -> ModuleType:
    """Load a script by its path below tools/; its dataclasses want to find their module by name."""
    name = f"tool_{Path(path).stem}"
    spec = importlib.util.spec_from_file_location(name, _TOOLS / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
