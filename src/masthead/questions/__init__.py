"""What is asked of the units of any measure: when it changed, what explains it, whether a claim holds."""
