"""Tab *Pegawai*: where (units) · what (the list) · this one (the person), and the form of a person."""
