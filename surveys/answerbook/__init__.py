"""The answer workbook: a response as an Excel file that is filled in offline and read back.

It knows no Django: the engine judges, openpyxl writes, calamine reads.
"""
