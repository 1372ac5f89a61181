"""Readers of quotations, forecasts and stories beside what people marked: files of others, which few users have."""
