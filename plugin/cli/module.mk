# filled in by its own commit
cli:
data:
