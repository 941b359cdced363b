"""The sample office *Kabupaten Contoh*: made-up people in real structures, marked CONTOH on screen and print.

``demo`` opens it; ``journey`` plays the main job without a window; tests and benchmarks use the same people. Ships
with the program, because the first thing a newcomer does is look around in it.
"""
