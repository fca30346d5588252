"""One file for each thing that the product does, named by its verb."""
