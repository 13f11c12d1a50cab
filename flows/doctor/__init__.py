"""Doctor: what is wrong with what a night needs and leaves, what to do about it, and, where asked, what is safe done at once.

Each thing that is looked at is a probe, a small function that tells of one thing (:mod:`~flows.doctor.probe`); whatever is
broken, the others look all the same. One module a kind: ``installation``, ``folders``, ``inputs``, ``warehouse``,
``decisions``, ``outputs``, ``state``.
"""

from flows.doctor import installation  # noqa: I001 the order of the modules is the order of the probes
from flows.doctor import folders
from flows.doctor import inputs
from flows.doctor import warehouse
from flows.doctor import decisions
from flows.doctor import outputs
from flows.doctor import state
from flows.doctor.probe import Place, examine

__all__ = ["Place", "decisions", "examine", "folders", "inputs", "installation", "outputs", "state", "warehouse"]
