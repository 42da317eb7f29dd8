"""A survey's answers as a workbook: one consistent snapshot, made by a worker under a lease."""
