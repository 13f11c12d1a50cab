"""The night: collect → read → validate → link → settle → rank → load → publish."""

import schemas  # noqa: F401 before any library
