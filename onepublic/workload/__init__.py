"""What a survey adds to the work of those who are asked: it needs both trades' due dates."""
