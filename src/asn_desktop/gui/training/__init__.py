"""The tab *Kalender Pelatihan*: month, list and JP balance, the selected event beside them."""
