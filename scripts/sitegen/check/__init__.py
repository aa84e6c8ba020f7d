"""The rules between records, and whether sources bear out their figures."""
