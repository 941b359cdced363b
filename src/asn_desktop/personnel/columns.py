"""The field catalogue of employees: canonical order and headings, and every other heading seen in the wild.

Headings are compared by :func:`asn_desktop.core.columns.normalise_heading` (letters and digits only), so one
alias stands for all its spellings with dots, slashes, spaces and line breaks. Where two columns of a file mean
the same field, the heading standing earlier in ``aliases`` leads and the other fills its blanks.
"""

from __future__ import annotations

from dataclasses import replace

from asn_desktop.core.columns import Column, ColumnKind, ColumnSet, pairs, words
from asn_desktop.core.i18n import N_
from asn_desktop.core.screen import NOWHERE, Screen, Section
from asn_desktop.personnel.choices import (
    ECHELONS,
    EDUCATION_LEVELS,
    LEGAL_STATUSES,
    MARITAL_STATUSES,
    POSITION_KINDS,
    RELIGIONS,
    SEXES,
)
from asn_desktop.personnel.employment_kinds import EMPLOYMENT_KINDS, kind_of_text
from asn_desktop.personnel.foreign_headings import AMBIGUOUS, HELPERS, NATIONAL_HEADINGS, OTHER_KNOWN

IDENTITY = Section(N_("Identitas"))
POST = Section(N_("Jabatan dan unit"), N_("Tanpa atasan langsung, pejabat penilainya adalah pimpinan unit."))
CAREER = Section(N_("Pangkat dan masa kerja"))
EDUCATION = Section(N_("Pendidikan"))
CONTACT = Section(N_("Kontak dan nomor lain"), N_("Data pribadi: isi hanya yang diperlukan kantor (UU 27/2022)."))
SECTIONS = (IDENTITY, POST, CAREER, EDUCATION, CONTACT)
"""Of the form, in its order."""

_CAREER_YEARS = (1950, 2045)

COLUMNS: tuple[Column, ...] = (
    Column(
        "nip", N_("NIP"), "NIP", ColumnKind.NIP, required=True, screen=Screen(IDENTITY, 3, -3),
        aliases=words(
            "NIP BARU|NIP/NRP|NIP / NI PPPK|NI PPPK|NIPPPK|NI PPPK PW|NIP/NIPPPK|NIP PPPK|NOMOR INDUK PEGAWAI|"
            "NOMOR INDUK PPPK|NIP PEGAWAI|NIP 18 DIGIT|NO INDUK PEGAWAI|NIP ASN|NIP PNS"
        ),
    ),
    Column(
        "name", N_("Nama"), "NAMA", ColumnKind.NAME, required=True, max_length=120, screen=Screen(IDENTITY, 3, -1),
        aliases=words(
            "NAMA PEGAWAI|NAMA LENGKAP|NAMA ASN|NAMA PNS|NAMA PPPK|NAMA LENGKAP (TANPA GELAR)|"
            "NAMA LENGKAP (DENGAN GELAR)|NAMA DAN GELAR|NAMA LENGKAP DAN GELAR|NAMA TANPA GELAR"
        ),
    ),
    Column(
        "title_front", N_("Gelar depan"), "GELAR DEPAN", max_length=60, screen=Screen(IDENTITY, 1, -2),
        aliases=words("GLR DEPAN"),
    ),
    Column(
        "title_back", N_("Gelar belakang"), "GELAR BELAKANG", max_length=80, screen=Screen(IDENTITY),
        aliases=words("GLR BELAKANG"),
    ),
    Column(
        "birth_place", N_("Tempat lahir"), "TEMPAT LAHIR", max_length=80, secondary=True, screen=Screen(IDENTITY),
        aliases=words("TEMPAT LAHIR NAMA|TMP LAHIR|TMPT LAHIR|KOTA LAHIR"),
    ),
    Column(
        "birth_date", N_("Tanggal lahir"), "TANGGAL LAHIR", ColumnKind.DATE, required=True, years=(1940, 2015),
        screen=Screen(IDENTITY, width=110, sort=True),
        aliases=words("TGL LAHIR|TGL LHR|TANGGAL LAHIR PEGAWAI"),
    ),
    Column(
        "sex", N_("Jenis kelamin"), "JENIS KELAMIN", ColumnKind.CHOICE, required=True, choices=SEXES, closed=True,
        screen=Screen(IDENTITY, panel=True, width=48, caption=N_("L/P"), sort=True),
        spellings=pairs("M=L|F=P|PRIA=L|WANITA=P|LAKI=L|LK=L|PR=P|MALE=L|FEMALE=P|1=L|2=P|W=P"),
        aliases=words("JK|L/P|JNS KEL|JNS KELAMIN|JENIS KEL|KELAMIN|SEX|GENDER|LK/PR"),
    ),
    Column(
        "religion", N_("Agama"), "AGAMA", ColumnKind.CHOICE, choices=RELIGIONS, secondary=True, sensitive=True,
        screen=Screen(IDENTITY),
        spellings=pairs(
            "KRISTEN PROTESTAN=Kristen|PROTESTAN=Kristen|KATHOLIK=Katolik|KRISTEN KATOLIK=Katolik|BUDHA=Buddha|"
            "KONGHUCU=Khonghucu|KONG HU CU=Khonghucu|KEPERCAYAAN=Kepercayaan terhadap Tuhan YME|"
            "ALIRAN KEPERCAYAAN=Kepercayaan terhadap Tuhan YME"
        ),
        aliases=words("AGAMA NAMA|AGM"),
    ),
    Column(
        "marital_status", N_("Status perkawinan"), "STATUS KAWIN", ColumnKind.CHOICE, choices=MARITAL_STATUSES,
        secondary=True, screen=Screen(IDENTITY),
        spellings=pairs(
            "MENIKAH=Kawin|NIKAH=Kawin|BELUM MENIKAH=Belum Kawin|BELUM NIKAH=Belum Kawin|TIDAK KAWIN=Belum Kawin|"
            "LAJANG=Belum Kawin"
        ),
        aliases=words("JENIS KAWIN NAMA|STATUS PERKAWINAN|STATUS PERNIKAHAN|STATUS NIKAH"),
    ),
    Column(
        "employment_kind", N_("Jenis pegawai"), "JENIS PEGAWAI", ColumnKind.CHOICE, required=True,
        choices=EMPLOYMENT_KINDS, closed=True, meaning=kind_of_text,
        screen=Screen(IDENTITY, 3, -3, width=76, caption=N_("Jenis"), sort=True),
        spellings=pairs("P=PNS|C=CPNS|P3K=PPPK"),
        aliases=words(
            "STATUS CPNS PNS|STATUS ASN|STATUS KEPEGAWAIAN|STATUS PEGAWAI|JENIS PEGAWAI NAMA|JENIS ASN|STATUS"
        ),
    ),
    Column(
        "legal_status", N_("Kedudukan hukum"), "KEDUDUKAN HUKUM", ColumnKind.CHOICE, open_choices=True, required=True,
        max_length=60, choices=LEGAL_STATUSES, screen=Screen(IDENTITY, width=130, caption=N_("Kedudukan"), sort=True),
        aliases=words("KEDUDUKAN HUKUM NAMA|KEDHUK|KEDUDUKAN PEGAWAI"),
    ),
    Column(
        "cpns_tmt", N_("TMT CPNS"), "TMT CPNS", ColumnKind.DATE, secondary=True, years=_CAREER_YEARS,
        screen=Screen(CAREER, width=120, caption=N_("TMT CPNS/PPPK"), sort=True),
        aliases=words("TMT PPPK|TMT KONTRAK|TMT CPNS/PPPK|MULAI KONTRAK|TMT PENGANGKATAN"),
    ),
    Column(
        "pns_tmt", N_("TMT PNS"), "TMT PNS", ColumnKind.DATE, secondary=True, years=_CAREER_YEARS,
        screen=Screen(CAREER, panel=True),
    ),
    Column(
        "rank", N_("Golongan"), "GOLONGAN", ColumnKind.RANK, required=True, screen=Screen(CAREER, at=-1),
        aliases=words(
            "GOL|GOL/RUANG|GOLONGAN/RUANG|GOLONGAN RUANG|GOL AKHIR NAMA|GOL RU|GOL/RU|GOLRU|PANGKAT/GOL|"
            "PANGKAT/GOL RUANG|PANGKAT/GOLONGAN|PANGKAT GOLONGAN RUANG|GOLONGAN PANGKAT|PANGKAT, GOL/RUANG|"
            "PANGKAT (GOL/RUANG)|GOLONGAN TERAKHIR|GOL TERAKHIR|GOLONGAN PPPK|PANGKAT|NAMA PANGKAT|PANGKAT TERAKHIR"
        ),
    ),
    Column(
        "rank_tmt", N_("TMT golongan"), "TMT GOLONGAN", ColumnKind.DATE, secondary=True, years=_CAREER_YEARS,
        screen=Screen(CAREER, at=-1, width=110, sort=True),
        aliases=words(
            "TMT GOL|TMT PANGKAT|TMT GOL/RUANG|TMT GOLONGAN RUANG|TMT GOL AKHIR|TMT PANGKAT/GOL|TMT PANGKAT TERAKHIR|"
            "TMT GOLRU"
        ),
    ),
    Column(
        "service_years", N_("Masa kerja (tahun)"), "MK TAHUN", ColumnKind.INTEGER, numbers=(0, 60),
        screen=Screen(CAREER, 1, -1),
        aliases=words("MASA KERJA TAHUN|MASA KERJA THN|MASA KERJA TH|MKG TAHUN|MK THN|MKG THN|MK TH"),
    ),
    Column(
        "service_months", N_("Masa kerja (bulan)"), "MK BULAN", ColumnKind.INTEGER, numbers=(0, 11),
        screen=Screen(CAREER, 1, -1),
        aliases=words("MASA KERJA BULAN|MASA KERJA BLN|MASA KERJA BL|MKG BULAN|MK BLN|MKG BLN|MK BL"),
    ),
    Column(
        "position_kind", N_("Jenis jabatan"), "JENIS JABATAN", ColumnKind.CHOICE, required=True,
        choices=POSITION_KINDS, screen=Screen(POST, panel=True, width=130, sort=True),
        spellings=pairs(
            "STRUKTURAL=MANAJERIAL|JABATAN STRUKTURAL=MANAJERIAL|JABATAN MANAJERIAL=MANAJERIAL|JPT=MANAJERIAL|"
            "JABATAN PIMPINAN TINGGI=MANAJERIAL|JABATAN ADMINISTRASI=MANAJERIAL|ADMINISTRATOR=MANAJERIAL|"
            "PENGAWAS=MANAJERIAL|FUNGSIONAL=FUNGSIONAL|FUNGSIONAL TERTENTU=FUNGSIONAL|"
            "JABATAN FUNGSIONAL TERTENTU=FUNGSIONAL|JF=FUNGSIONAL|JFT=FUNGSIONAL|FUNGSIONAL UMUM=PELAKSANA|"
            "JABATAN FUNGSIONAL UMUM=PELAKSANA|JABATAN PELAKSANA=PELAKSANA|JFU=PELAKSANA"
        ),
        aliases=words("JENIS JABATAN NAMA|JNS JABATAN|TIPE JABATAN"),
    ),
    Column(
        "position", N_("Jabatan"), "JABATAN", required=True, max_length=200, screen=Screen(POST, 4, -1),
        aliases=words(
            "NAMA JABATAN|JABATAN NAMA|JABATAN TERAKHIR|NAMA JABATAN TERAKHIR|JABATAN FUNGSIONAL|JABATAN STRUKTURAL|"
            "JABATAN PELAKSANA|JABATAN SEKARANG|JABATAN SAAT INI"
        ),
    ),
    Column(
        "position_level", N_("Jenjang"), "JENJANG", max_length=60,
        screen=Screen(POST, panel=True, width=110, sort=True),
        aliases=words("JENJANG JABATAN"),
    ),
    Column(
        "echelon", N_("Eselon"), "ESELON", ColumnKind.CHOICE, open_choices=True, max_length=20, choices=ECHELONS,
        screen=Screen(POST, 1, panel=True, width=70, sort=True),
        aliases=words("ESL|ESELON NAMA|ESELON JABATAN"),
    ),
    Column(
        "job_class", N_("Kelas jabatan"), "KELAS JABATAN", ColumnKind.INTEGER, numbers=(1, 17),
        screen=Screen(POST, 1, panel=True, width=64, caption=N_("Kelas"), sort=True),
        aliases=words("KELAS JAB|KJ|KELAS"),
    ),
    Column(
        "position_tmt", N_("TMT jabatan"), "TMT JABATAN", ColumnKind.DATE, secondary=True, years=_CAREER_YEARS,
        screen=Screen(POST, panel=True, width=104, sort=True),
        aliases=words("TMT JAB|JABATAN TMT|TMT JABATAN TERAKHIR"),
    ),
    Column(
        "unit", N_("Unit kerja"), "UNIT KERJA", required=True, max_length=200,
        aliases=words(
            "UNKER|UNOR NAMA|UNOR|UNIT ORGANISASI|NAMA UNOR|SUB UNIT|SUB UNIT KERJA|SUBAG/UNIT KERJA|BIDANG|"
            "TEMPAT TUGAS|UNIT PENEMPATAN|TEMPAT KERJA|NAMA UNIT KERJA"
        ),
    ),
    Column(
        "opd", N_("Perangkat daerah"), "OPD", required=True, max_length=200,
        aliases=words(
            "PERANGKAT DAERAH|SKPD|NAMA OPD|SATUAN KERJA INDUK NAMA|SATUAN KERJA NAMA|SATUAN KERJA KERJA NAMA|"
            "SATUAN KERJA INDUK|SATUAN KERJA|SATKER|PD|DINAS/BADAN|DINAS|UNIT/UNIT KERJA INDUK|UNIT KERJA INDUK|"
            "INSTANSI|OPD/UNIT KERJA"
        ),
    ),
    Column(
        "education_level", N_("Tingkat pendidikan"), "TINGKAT PENDIDIKAN", ColumnKind.CHOICE, choices=EDUCATION_LEVELS,
        screen=Screen(EDUCATION, width=96, caption=N_("Pendidikan"), sort=True),
        spellings=pairs(
            "SEKOLAH DASAR=SD|SMP=SLTP|SLTP KEJURUAN=SLTP|SMA=SLTA|SMK=SLTA|SMA/SMK=SLTA|SMA SEDERAJAT=SLTA|"
            "SMA/SEDERAJAT=SLTA|SMU=SLTA|MA=SLTA|SLTA KEJURUAN=SLTA|SLTA KEGURUAN=SLTA|SLTA/SMA SEDERAJAT=SLTA|"
            "DIPLOMA I=D-I|D1=D-I|DIPLOMA II=D-II|D2=D-II|DIPLOMA III=D-III|D3=D-III|DIPLOMA III/SARJANA MUDA=D-III|"
            "SARJANA MUDA=D-III|DIPLOMA IV=D-IV|D4=D-IV|SARJANA=S-1|S-1/SARJANA=S-1|STRATA 1=S-1|STRATA I=S-1|"
            "MAGISTER=S-2|S-2/MAGISTER=S-2|STRATA 2=S-2|STRATA II=S-2|DOKTOR=S-3|S-3/DOKTOR=S-3|STRATA III=S-3|"
            "PROFESI NERS=Profesi|NERS=Profesi"
        ),
        aliases=words("TINGKAT PENDIDIKAN NAMA|JENJANG PENDIDIKAN|TK PENDIDIKAN|PENDIDIKAN TINGKAT"),
    ),
    Column(
        "education", N_("Pendidikan"), "PENDIDIKAN", max_length=200, screen=Screen(EDUCATION, 3),
        aliases=words("PENDIDIKAN NAMA|JURUSAN|PROGRAM STUDI|NAMA PENDIDIKAN"),
    ),
    Column(
        "graduation_year", N_("Tahun lulus"), "TAHUN LULUS", ColumnKind.INTEGER, numbers=(1950, 2100),
        screen=Screen(EDUCATION, 1),
        aliases=words("THN LULUS|TH LULUS|LULUS|LULUS TAHUN|LULUS TH|PENDIDIKAN LULUS TH"),
    ),
    Column(
        "salary_step_tmt", N_("TMT KGB terakhir"), "TMT KGB TERAKHIR", ColumnKind.DATE, secondary=True,
        years=_CAREER_YEARS, screen=Screen(CAREER),
        aliases=words("TMT KGB|KGB TERAKHIR"),
    ),
    Column(
        "contract_end", N_("Akhir kontrak"), "AKHIR KONTRAK", ColumnKind.DATE, secondary=True, years=(2019, 2060),
        screen=Screen(CAREER, width=110, sort=True),
        aliases=words("TANGGAL AKHIR KONTRAK|TGL AKHIR KONTRAK|AKHIR PERJANJIAN KERJA|KONTRAK BERAKHIR"),
    ),
    Column(
        "phone", N_("Nomor HP"), "NO HP", ColumnKind.PHONE, secondary=True, sensitive=True, max_length=40,
        screen=Screen(CONTACT),
        aliases=words(
            "NOMOR HP|HP|NO TELP|TELEPON|WA|NO WA|NO HP/WA|NOMOR TELEPON|NO TELEPON|HANDPHONE|NO HANDPHONE|"
            "NOMOR HANDPHONE|NO PONSEL|NOMOR PONSEL"
        ),
    ),
    Column(
        "email", N_("Email"), "EMAIL", ColumnKind.EMAIL, secondary=True, max_length=120, screen=Screen(CONTACT, 4),
        aliases=words("ALAMAT EMAIL|E-MAIL|SUREL|EMAIL PRIBADI|EMAIL GOV"),
    ),
    Column(
        "superior_nip", N_("NIP atasan"), "NIP ATASAN", ColumnKind.NIP,
        aliases=words("NIP ATASAN LANGSUNG|NIP PEJABAT PENILAI|NIP PENILAI"),
    ),
    Column(
        "nik", N_("NIK"), "NIK", ColumnKind.NUMBER_TEXT, secondary=True, sensitive=True, screen=Screen(CONTACT),
        aliases=words("NOMOR INDUK KEPENDUDUKAN|NO KTP"),
    ),
    Column(
        "npwp", N_("NPWP"), "NPWP", ColumnKind.NUMBER_TEXT, secondary=True, sensitive=True, screen=Screen(CONTACT),
        aliases=words("NPWP NOMOR|NO NPWP"),
    ),
    Column(
        "address", N_("Alamat"), "ALAMAT", secondary=True, sensitive=True, max_length=300,
        screen=Screen(CONTACT, 4, 1),
        aliases=words("ALAMAT RUMAH|ALAMAT TINGGAL"),
    ),
    Column("old_nip", N_("NIP lama"), "NIP LAMA", ColumnKind.NUMBER_TEXT, secondary=True, screen=Screen(CONTACT)),
    Column(
        "national_id", N_("PNS ID"), "PNS ID", secondary=True, max_length=60, screen=Screen(CONTACT, at=1),
        aliases=words("ID PNS|PNSID"),
    ),
)  # fmt: skip

PERSONNEL = ColumnSet(
    name="PEGAWAI",
    title=N_("Data pegawai"),
    columns=COLUMNS,
    helpers=HELPERS,
    ambiguous=AMBIGUOUS,
    not_taken=(*NATIONAL_HEADINGS, *OTHER_KNOWN),
)


def whose(nip: str, name: str) -> tuple[Column, Column]:
    """The person whom a row of another kind of workbook is about: their number (required) and their name, with what
    else such workbooks call them (``"A|B"``)."""
    return (
        replace(PERSONNEL["nip"], screen=NOWHERE, aliases=(*PERSONNEL["nip"].aliases, *words(nip))),
        replace(PERSONNEL["name"], screen=NOWHERE, aliases=(*PERSONNEL["name"].aliases, *words(name)), required=False),
    )
