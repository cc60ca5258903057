"""Write down the weight of every data file of the language, by which a damaged one is told.

python tools/language/weigh.py    # writes src/munsocial/language/data/weights.tsv; after any change of a data file
"""

from __future__ import annotations

from pathlib import Path

from munsocial.language.shipped import WEIGHTS, weighed

DATA = Path(__file__).resolve().parents[2] / "src/munsocial/language/data"


def weights() -> str:
    """Return the table for the files that lie there now."""
    there = [path for path in DATA.rglob("*.*") if path.name != WEIGHTS]
    files = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in there}
    return "".join(f"{name}\t{weighed(name, files[name])}\n" for name in sorted(files))


def write() -> None:
    (DATA / WEIGHTS).write_bytes(weights().encode())


if __name__ == "__main__":
    write()
