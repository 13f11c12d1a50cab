"""Doctor: what is wrong with the installation, the folders, the reference workbooks, the warehouse or the last night, in
Chinese, and what to do about it; what is safe it does itself where it is asked to.

``examine`` is the door. Each thing that is looked at is one probe, a function of its own in ``installation``, ``folders``,
``inputs`` or ``results``: what one probe meets keeps no other from being asked.
"""

from flows.doctor.examine import BAD, GOOD, NOTE, examine
from flows.doctor.probe import Place, Told

__all__ = ["BAD", "GOOD", "NOTE", "Place", "Told", "examine"]
