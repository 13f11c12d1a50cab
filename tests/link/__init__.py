"""Linking, room by room."""
