"""The folders of the project that tests read."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
REAL = ROOT / "data"
OTHER = TESTS / "other_drug" / "data"
TEMPLATES = ROOT / "templates"
EXAMPLES = ROOT / "examples"
EXAMPLE = EXAMPLES / "examplin"
"""An invented drug, with every field of every kind."""
DRUGS = {
    path.parent.name: path
    for folder in (EXAMPLES, TESTS / "drugs")
    for path in sorted(folder.glob("*/data"))
    if path.parent != EXAMPLE
}
"""The data folders made from labels of real drugs, by the drug."""
