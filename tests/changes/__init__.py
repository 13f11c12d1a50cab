"""The pages in ``docs/changes/`` followed to the letter in a scratch copy of the project, and with each step left out.

``python -m tests.changes [page]…`` prints, place by place, what fails when it is forgotten. The pages themselves are the
script: ``page`` reads them, ``scratch`` does what they say.
"""
