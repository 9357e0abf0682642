"""What authors use: freezing batteries, and proving exercises."""
