; Removing exactly what an installation brought. The list lies beside the program, one name a line, files before the
; folders that held them (those end with \), and goes with the program to which it belongs.

!macro RemoveListedFiles un
Function ${un}RemoveListedFiles
  ClearErrors
  FileOpen $0 "$INSTDIR\${LIST}" r
  ${If} ${Errors}
    Return
  ${EndIf}
  ${Do}
    ClearErrors
    FileRead $0 $1
    ${If} ${Errors}
      ${Break}
    ${EndIf}
    StrCpy $1 $1 -2 ; the line's end
    StrCpy $2 $1 1 -1
    ${If} $1 == ""
      ${Continue}
    ${ElseIf} $2 == "\"
      RMDir "$INSTDIR\$1"
    ${Else}
      Delete "$INSTDIR\$1"
    ${EndIf}
  ${Loop}
  FileClose $0
FunctionEnd
!macroend

!insertmacro RemoveListedFiles ""
!insertmacro RemoveListedFiles "un."

; Asked before anything is removed, twice, and No is what Enter answers. Silent: only the flag removes data.
Function un.AskAboutData
  ${IfNot} ${FileExists} "${DATA}\*.*"
    Return
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/HAPUSDATA" $1
  ${IfNot} ${Errors}
    StrCpy $WipeData 1
    Return
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(ASK_DATA)" /SD IDNO IDNO keep
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(ASK_DATA_AGAIN)" /SD IDNO IDNO keep
  StrCpy $WipeData 1
  keep:
FunctionEnd
