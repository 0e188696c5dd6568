"""What is asked: an exercise's files, its reference, its random cases, and what students get."""
