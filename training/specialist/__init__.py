"""The embedded model's specialist: its data, its training and its export."""
