"""How the portrayal model that ships with Masthead is made: one command, resumable, on CPU or GPU.

``python -m training --help`` lists its steps. Needs what ``training/requirements.txt`` names; the package
itself needs none of it.
"""
