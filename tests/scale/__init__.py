"""The made-up site of `manage.py seed_scale`: everything that holds for written articles holds for it too."""
