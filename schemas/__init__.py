"""What every room agrees on: columns, tables and the year's notice."""

import sys
from typing import cast

# Where pyspark is installed pandera imports its copy of pandas, which adds to pandas itself, warns of it, and takes a second.
cast("dict[str, object]", sys.modules).setdefault("pyspark.pandas", None)
