; What is refused, before anything is changed. Silent runs say it by their exit code, others in words.

!macro Refuse TEXT CODE
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

Function RefuseOldWindows
  ${If} ${RunningX64}
  ${AndIf} ${AtLeastWin10}
  ${AndIf} ${AtLeastBuild} ${OLDEST_BUILD}
    Return
  ${EndIf}
  !insertmacro Refuse "$(OLD_WINDOWS)" ${CODE_OLD_WINDOWS}
FunctionEnd

; An older program cannot read data that a newer one has upgraded. Who must go back removes the program first: data stay.
Function RefuseDowngrade
  ${If} $Installed == ""
    Return
  ${EndIf}
  ${VersionCompare} "${VERSION}" "$Installed" $0
  ${If} $0 == 2
    !insertmacro Refuse "$(NEWER_INSTALLED)" ${CODE_NEWER_INSTALLED}
  ${EndIf}
FunctionEnd

; Sets $0 to 1 when $INSTDIR is no place for us: another program's parts lie there (its _internal would be mixed with
; ours), or it is the data folder or inside it.
Function LookAtFolder
  StrCpy $0 0
  ${IfNot} ${FileExists} "$INSTDIR\${LIST}"
    ${If} ${FileExists} "$INSTDIR\_internal"
    ${OrIf} ${FileExists} "$INSTDIR\${WINDOW_EXE}"
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
  StrLen $1 "${DATA}\"
  StrCpy $2 "$INSTDIR\" $1
  ${If} $2 == "${DATA}\" ; == ignores case, as Windows does
    StrCpy $0 1
  ${EndIf}
FunctionEnd

Function RefuseForeignFolder
  Call LookAtFolder
  ${If} $0 == 1
    !insertmacro Refuse "$(FOREIGN_FOLDER)" ${CODE_FOREIGN_FOLDER}
  ${EndIf}
FunctionEnd

; Windows lets nobody write into a program that runs, be it the window, the console or the reading child.
!macro RefuseWhileRunning un
Function ${un}RefuseWhileRunning
  again:
  StrCpy $0 0
  !insertmacro LookIfRunning "${WINDOW_EXE}"
  !insertmacro LookIfRunning "${CONSOLE_EXE}"
  ${If} $0 == 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
    SetErrorLevel ${CODE_RUNNING}
    Quit
  ${EndIf}
FunctionEnd
!macroend

!macro LookIfRunning NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${NAME}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."
