"""Layouts as offices send them, made by code, each with what is true of it. ``python -m tests.layouts`` measures reading."""
