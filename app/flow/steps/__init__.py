"""What is heard in each step and what each answer leads to."""
