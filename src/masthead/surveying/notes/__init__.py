"""What a survey says beside its figures: repeats, standing text, days, damage, warnings."""
