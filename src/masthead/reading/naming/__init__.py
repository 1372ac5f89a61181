"""The naming reader: which words label a subject, by the parse of the sentence."""
