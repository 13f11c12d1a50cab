"""Hand over: tonight's outputs take the place of yesterday's, all of them in one step.

A night writes into a folder of its own beside the published one (:func:`stage`), gives it what people keep there
(:func:`make_ready`), and once the warehouse has the night the two folders change places (:func:`swap_in`). Each folder says
which night it is of; which night is current the warehouse alone says, and :func:`settle` brings a folder that says otherwise,
since a night was killed in between, to the current one.

A workbook that somebody has open, or has saved since the night read it, is not replaced: the new one is put beside it
under a name with the night in it, with a note. The next night reads both and, once nobody has them open, tidies up.

``night_folder`` what a folder says of itself; ``exchange`` how two folders change places; ``in_use`` which workbooks stay;
``carry`` what people keep there; ``ready`` a folder made ready; ``swap`` in whole or, where the system cannot, entry by
entry; ``retire`` the old folder into the history; ``forget`` the oldest of it; ``settle`` after a kill.
"""

from flows.handover.forget import forget_old
from flows.handover.in_use import is_lock
from flows.handover.night_folder import HISTORY, discard, log_name, night_of, published_nights, stage, unfinished_nights
from flows.handover.ready import make_ready
from flows.handover.settle import apart, settle
from flows.handover.swap import swap_in

__all__ = [
    "HISTORY",
    "apart",
    "discard",
    "forget_old",
    "is_lock",
    "log_name",
    "make_ready",
    "night_of",
    "published_nights",
    "settle",
    "stage",
    "swap_in",
    "unfinished_nights",
]
