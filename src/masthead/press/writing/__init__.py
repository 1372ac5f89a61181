"""How the made-up press writes: grammar, sentences, and account of what stands in them."""
