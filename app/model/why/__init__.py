"""Why a plan is as it is: questions, and answers in which every number can be checked.

A question (`questions`) is answered by a generator (`answers`) that asks for searches where it needs them and ends with
an `Explanation`. Whoever runs it, the window beside its event loop or a command, does the searches (`searching`).
"""
