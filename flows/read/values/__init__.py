"""Values: what the text of a cell means, by the kind of its column."""
