"""Logbook: what a night did and what it cost, step by step, for whoever looks after the program.

``measured`` what each step took in, gave, took in seconds and held in memory, for the warehouse and Prefect's page; ``log`` the
file of a night, a JSON object a line. There is nothing of anybody in it: counts, steps, and
sentences of the program itself.
"""
