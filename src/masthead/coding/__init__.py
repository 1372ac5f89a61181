"""Human coding: units are drawn by chance, people code them blind, and what they say is kept and settled."""
