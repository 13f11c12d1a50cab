"""Cluster: compared pairs become groups, by average linkage under what reviewers said."""
