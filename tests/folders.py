"""The folders of the project that tests read."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
REAL = ROOT / "data"
EXAMPLE = ROOT / "examples" / "examplin"
OTHER = TESTS / "other_drug" / "data"
TEMPLATES = ROOT / "templates"
