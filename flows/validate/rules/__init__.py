"""The rules, a file a part of the notice, in its order: ``s4_3_extent`` has those of 四（三）.

A rule stands in its file with its declaration, and nothing else needs to know of it. Importing this package declares all.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
