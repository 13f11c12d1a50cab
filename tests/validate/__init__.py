"""Rules over whole nights of readings; the cases of each rule stand in tests/rules."""
