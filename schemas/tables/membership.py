"""Which texts of a column are among those of another."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def is_in(texts: pd.Series | pd.Index, known: pd.Series | pd.Index) -> npt.NDArray[np.bool_]:
    """Whether each of ``texts`` is among the ``known``, where nothing is missing; pandas' own ``isin`` makes an object of each
    that is known."""
    asked, among = (pa.array(pd.array(column, dtype="str")) for column in (texts, known))
    among = among.combine_chunks() if isinstance(among, pa.ChunkedArray) else among
    return pc.is_in(asked, value_set=among, skip_nulls=True).to_numpy(zero_copy_only=False).astype(bool)
