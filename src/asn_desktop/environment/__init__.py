"""Where the program runs: directories, shipped files, log, one instance per database. Qt-free."""
