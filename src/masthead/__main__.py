"""`python -m masthead` is `masthead`."""

from masthead.cli import main

main()
