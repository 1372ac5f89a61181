"""How every command begins, speaks, waits and ends."""
