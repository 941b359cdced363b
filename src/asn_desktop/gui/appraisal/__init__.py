"""The tab Penilaian Triwulan: units with progress, the rating grid, the selected person explained."""
