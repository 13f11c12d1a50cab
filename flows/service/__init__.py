"""Service: every night by itself, with Prefect's page, until somebody stops it.

Three programs, so that each may end without the others: ``serve``, which the operator started, sees to the two others and starts
again what has ended; Prefect's server with its pages; and ``scheduler``, which runs the nights that are due, one at a time.
Both end with ``serve``, whatever ends that.

``deployment`` is the night as Prefect schedules it; ``watch`` asks for another one when something has changed; ``lock`` says
which service is at work in a state folder, and where its server is.
"""
