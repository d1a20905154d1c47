"""What records are given as beside pages: tables, workbooks, documents, cards, feeds."""
