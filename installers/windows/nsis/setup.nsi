; The installer of ASN Desktop: per user, no administrator, Indonesian. pack.py calls makensis with the defines below.
; What it promises, and its exit codes: docs/windows-build.md. Its tests: ../acceptance.
;
;   VERSION      0.1.0                        PAYLOAD   the bundle's folder
;   OUTFILE      the installer to write       LISTING   folder with the list of the payload's files (pack.py)
;   ARTWORK      folder with header.bmp, side.bmp       ICON      the .ico
;   SIGN         optional: a command that signs the file named behind it
;   FAST         optional: compress lightly, for a developer's round

Unicode true
Target amd64-unicode

!define PRODUCT "ASN Desktop"
!define PUBLISHER "Pengembang ASN Desktop"
!define WINDOW_EXE "ASN-Desktop.exe"
!define CONSOLE_EXE "asn-desktop-cli.exe"
!define UNINSTALLER "Hapus ASN Desktop.exe"
!define LIST "berkas-terpasang.txt"
!define DATA "$LOCALAPPDATA\${PRODUCT}"
!define OWN_KEY "Software\${PRODUCT}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
; A verb beside Excel's own for any .xlsx: Excel stays what a double click opens.
!define MENU_KEY "Software\Classes\SystemFileAssociations\.xlsx\shell\ASNDesktop.Terima"
!define OLDEST_BUILD 17763 ; Windows 10 1809, what Qt asks for

; Exit codes of ours; 1 (cancelled by the user) and 2 (a file could not be written) are NSIS's own.
!define CODE_OLD_WINDOWS 10
!define CODE_RUNNING 11
!define CODE_NEWER_INSTALLED 12
!define CODE_FOREIGN_FOLDER 13

!include MUI2.nsh
!include nsDialogs.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh
!include WordFunc.nsh

!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

Name "${PRODUCT}"
OutFile "${OUTFILE}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "${OWN_KEY}" "InstallDir"
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${PRODUCT} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
AllowSkipFiles off
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1057 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=1057 "FileDescription" "Pemasang ${PRODUCT}"
VIAddVersionKey /LANG=1057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1057 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=1057 "LegalCopyright" "Apache-2.0"
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

Var Installed      ; version that is installed now, empty when none is
Var Welcome        ; what the first page says
Var Finish         ; what the last page says
Var WantDesktop    ; 1 or 0
Var WantMenu       ; 1 or 0
Var DesktopBox
Var MenuBox
Var WipeData       ; 1 when the person who removes the program wants the data gone too

!include wording.nsh
!include wizard.nsh
!include refusals.nsh
!include removal.nsh

Function .onInit
  SetShellVarContext current
  Call RefuseOldWindows
  ReadRegStr $Installed HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  Call RefuseDowngrade
  Call ChooseDefaults
  ${If} $Installed == ""
    StrCpy $Welcome "$(WELCOME_NEW)"
    StrCpy $Finish "$(FINISH_NEW)"
  ${Else}
    StrCpy $Welcome "$(WELCOME_UPDATE)"
    StrCpy $Finish "$(FINISH_UPDATE)"
  ${EndIf}
FunctionEnd

Section "-Program"
  Call RefuseForeignFolder
  Call RefuseWhileRunning
  SectionIn RO
  SetOutPath "$INSTDIR"
  Call RemoveListedFiles ; of the version before: nothing stale stays, nothing else is touched
  File "/oname=${LIST}" "${LISTING}/${LIST}" ; first, so that a broken-off installation can be repaired or removed
  File /r "${PAYLOAD}/*.*"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"

  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${WINDOW_EXE}" "" "$INSTDIR\${WINDOW_EXE}" 0 SW_SHOWNORMAL "" "$(SHORTCUT_TIP)"
  ${If} $WantDesktop == 1
    CreateShortcut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\${WINDOW_EXE}" "" "$INSTDIR\${WINDOW_EXE}" 0 SW_SHOWNORMAL "" "$(SHORTCUT_TIP)"
  ${Else}
    Delete "$DESKTOP\${PRODUCT}.lnk"
  ${EndIf}
  ${If} $WantMenu == 1
    WriteRegStr HKCU "${MENU_KEY}" "" "$(MENU_WORDS)"
    WriteRegStr HKCU "${MENU_KEY}" "Icon" '"$INSTDIR\${WINDOW_EXE}",0'
    WriteRegStr HKCU "${MENU_KEY}\command" "" '"$INSTDIR\${WINDOW_EXE}" open "%1"'
  ${Else}
    DeleteRegKey HKCU "${MENU_KEY}"
  ${EndIf}

  WriteRegStr HKCU "${OWN_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_EXE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Function un.onInit
  SetShellVarContext current
  StrCpy $WipeData 0
FunctionEnd

Section "Uninstall"
  Call un.RefuseWhileRunning
  Call un.AskAboutData
  Call un.RemoveListedFiles
  Delete "$INSTDIR\${LIST}"
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR" ; only when empty: whatever a person put there stays
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  DeleteRegKey HKCU "${MENU_KEY}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
  ${If} $WipeData == 1
    RMDir /r "${DATA}"
  ${EndIf}
SectionEnd
