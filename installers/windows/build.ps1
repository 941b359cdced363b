# The Windows program, installer and portable zip on a real Windows PC, with python.org's own Python 3.11 and NSIS.
# The hashes are those of the Linux build, so the parts are the same. Needs: Python 3.11 (64-bit), NSIS 3.08 or later.
#
#   powershell -ExecutionPolicy Bypass -File installers\windows\build.ps1
#
# Results: dist\. Not run by the tests (Wine has no PowerShell); installers/build on Linux is what is handed out.
$ErrorActionPreference = 'Stop'
$Root = Resolve-Path (Join-Path $PSScriptRoot '..\..')
$Work = Join-Path $Root 'build\windows'
$Out = Join-Path $Root 'dist'
$Python = Join-Path $Work 'venv\Scripts\python.exe'
$Lists = Join-Path $PSScriptRoot 'requirements'

function Invoke-Step([string] $Name, [scriptblock] $Step) {
    Write-Host "== $Name"
    $global:LASTEXITCODE = 0
    & $Step
    if ($LASTEXITCODE -ne 0) { throw "$Name failed with exit code $LASTEXITCODE" }
}

Set-Location $Root
New-Item -ItemType Directory -Force $Work, $Out | Out-Null
$MakeNsis = (Get-Command makensis -ErrorAction SilentlyContinue).Source
if (-not $MakeNsis) { $MakeNsis = Join-Path ${env:ProgramFiles(x86)} 'NSIS\makensis.exe' }
if (-not (Test-Path $MakeNsis)) { throw 'NSIS is not installed (https://nsis.sourceforge.io)' }

Invoke-Step 'Python' { py -3.11 -c "import struct, sys; sys.exit(struct.calcsize('P') != 8)" }
Invoke-Step 'environment' { py -3.11 -m venv --clear (Join-Path $Work 'venv') }
foreach ($List in 'program', 'building') {
    Invoke-Step "wheels: $List" {
        & $Python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes `
            -r (Join-Path $Lists "$List.txt")
    }
}
$env:PYTHONPATH = (Join-Path $Root 'src') + ';' + (Join-Path $Root 'installers')
$env:PYTHONUTF8 = '1'
$env:PYTHONHASHSEED = '1'
Invoke-Step 'PyInstaller' {
    & $Python -m PyInstaller --noconfirm --clean --log-level WARN --distpath (Join-Path $Work 'dist') `
        --workpath (Join-Path $Work 'pyinstaller') installers\asn_desktop.spec
}
Invoke-Step 'closure check' { & $Python -m windows.pe_closure (Join-Path $Work 'dist\ASN-Desktop') }
Invoke-Step 'self-test' {
    & (Join-Path $Work 'dist\ASN-Desktop\asn-desktop-cli.exe') self-test --out (Join-Path $Work 'self-test')
}
$env:ASN_MAKENSIS = $MakeNsis
Invoke-Step 'installer and zip' { & $Python -m windows.pack (Join-Path $Work 'dist\ASN-Desktop') $Out }
Get-ChildItem $Out -Filter 'ASN-Desktop-*' | Format-Table Name, Length
