"""Reading: one file of tests a module or idea of :mod:`flows.read`, named after its room."""
