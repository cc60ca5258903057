"""A register as an Excel workbook: a sheet for each table, everything as text, headers in Russian or by name."""
