"""The night: collect → read → validate → link → settle → rank → load → publish."""
