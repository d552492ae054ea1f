"""What stays readable without a network: pages that were read, and those needed in an emergency."""
