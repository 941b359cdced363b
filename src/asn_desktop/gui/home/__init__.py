"""The tab *Beranda*: what is due, the quarter at a glance, the first steps of a new office."""
