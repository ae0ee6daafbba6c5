"""Curating a dossier: its first draft from an article, and what brings it on from there."""
