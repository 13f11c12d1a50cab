"""The night: collect → read → validate → link → settle → load → publish."""
