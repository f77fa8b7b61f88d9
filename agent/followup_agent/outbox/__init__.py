"""What becomes of a valid draft. Nothing here ever sends anything."""
