"""Printed forms as the regulation draws them (reportlab). Gets rows, never sessions."""
