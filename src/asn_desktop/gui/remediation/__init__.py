"""The tab *Rencana Pembinaan*: plans by group, and the selected plan explained beside them."""
