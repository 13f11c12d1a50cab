"""``python -m tests.golden``: one night over the sample season, kept as the golden files."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden import FOLDER, golden
from tests.nights import INPUTS, night


def main() -> None:
    """Write them anew."""
    with TemporaryDirectory() as folder:
        outputs = Path(folder)
        night(INPUTS, outputs)
        for name, text in golden(outputs).items():
            (FOLDER / name).write_text(text, "utf-8")
            print(FOLDER / name)


if __name__ == "__main__":
    main()
