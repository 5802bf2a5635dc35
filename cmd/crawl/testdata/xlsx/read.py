"""Prints what openpyxl reads in an Excel file: one JSON object a sheet."""
import datetime
import json
import sys

import openpyxl


def plain(value):
    return value.isoformat() if isinstance(value, datetime.datetime) else value


streamed = openpyxl.load_workbook(sys.argv[1], read_only=True)
for sheet in openpyxl.load_workbook(sys.argv[1]):
    print(json.dumps({
        "name": sheet.title,
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "bold": all(cell.font.b for cell in sheet[1]),
        "rows": [[plain(cell.value) for cell in row] for row in sheet.iter_rows()],
        "types": ["".join(cell.data_type for cell in row) for row in sheet.iter_rows()],
        "formats": [cell.number_format for cell in sheet[2]],
        "streamed": sum(1 for _ in streamed[sheet.title].iter_rows()),
        "links": len(sheet._hyperlinks),
    }))
