"""Where each group stands in the plan, and why."""
