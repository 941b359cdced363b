"""The signing hook, with a certificate made for this test."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import version_info
from windows import pack, signing
from windows.acceptance.pc import UNINSTALLER, Pc
from windows.places import WINDOW_EXE, Places


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    key, made = tmp_path / "kunci.pem", tmp_path / "sertifikat.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Uji ASN Desktop"]
    extension = ["-addext", "extendedKeyUsage=codeSigning"]
    subprocess.run([*command, *extension, "-keyout", key, "-out", made], stderr=subprocess.DEVNULL, check=True)
    monkeypatch.setenv("ASN_SIGN_CERTIFICATE", str(made))
    monkeypatch.setenv("ASN_SIGN_KEY", str(key))
    return made


def verified(path: Path, certificate: Path) -> bool:
    command = ["osslsigncode", "verify", "-CAfile", str(certificate), "-in", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)
    return "Signature verification: ok" in done.stdout


def test_installer_uninstaller_and_program_are_signed(
    pc: Pc, where: Places, certificate: Path, tmp_path: Path, setup_exe: Path
) -> None:
    assert not verified(setup_exe, certificate), "the one without a certificate must not pass for signed"
    signed = replace(where, work=tmp_path, out=tmp_path)
    shutil.copytree(where.bundle, signed.bundle)
    signing.sign(signed.bundle / WINDOW_EXE)
    setup = pack.installer(signed, version_info.version(), fast=True)
    setup = setup.rename(setup.with_name("ASN-Desktop-signed-setup.exe"))
    assert verified(setup, certificate)
    assert pc.set_up(setup) == 0
    assert verified(pc.folder / UNINSTALLER, certificate)
    assert verified(pc.folder / WINDOW_EXE, certificate)
    assert pc.remove("/HAPUSDATA") == 0
