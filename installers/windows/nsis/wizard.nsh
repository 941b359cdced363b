; The wizard: welcome, two choices, folder (not when updating), progress, finish.

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${ARTWORK}/header.bmp"
!define MUI_HEADERIMAGE_UNBITMAP "${ARTWORK}/header.bmp"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ARTWORK}/side.bmp"
!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_TEXT "$(STOP_NOW)"
!define MUI_ABORTWARNING_CANCEL_DEFAULT

!define MUI_WELCOMEPAGE_TITLE "$(WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$Welcome"
!insertmacro MUI_PAGE_WELCOME

Page custom ShowChoices KeepChoices

!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipFolderWhenUpdating
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!define MUI_PAGE_HEADER_TEXT "$(FOLDER_TITLE)"
!define MUI_PAGE_HEADER_SUBTEXT "$(FOLDER_SUBTITLE)"
!define MUI_DIRECTORYPAGE_TEXT_TOP "$(FOLDER_TEXT)"
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "$(FOLDER_LABEL)"
!insertmacro MUI_PAGE_DIRECTORY

!define MUI_PAGE_HEADER_TEXT "$(COPYING_TITLE)"
!define MUI_PAGE_HEADER_SUBTEXT "$(COPYING_SUBTITLE)"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "$(COPIED_TITLE)"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "$(COPIED_SUBTITLE)"
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "$(STOPPED_TITLE)"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "$(STOPPED_SUBTITLE)"
!insertmacro MUI_PAGE_INSTFILES

!define MUI_FINISHPAGE_TITLE "$(FINISH_TITLE)"
!define MUI_FINISHPAGE_TEXT "$Finish"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW_EXE}"
!define MUI_FINISHPAGE_RUN_TEXT "$(FINISH_RUN)"
!insertmacro MUI_PAGE_FINISH

!define MUI_PAGE_HEADER_TEXT "$(REMOVE_TITLE)"
!define MUI_PAGE_HEADER_SUBTEXT "$(REMOVE_SUBTITLE)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(REMOVE_TEXT)"
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "$(REMOVE_FROM)"
!insertmacro MUI_UNPAGE_CONFIRM

!define MUI_PAGE_HEADER_TEXT "$(REMOVING_TITLE)"
!define MUI_PAGE_HEADER_SUBTEXT "$(REMOVING_SUBTITLE)"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "$(REMOVED_TITLE)"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "$(REMOVED_SUBTITLE)"
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "Indonesian"

; What stands now stays: an update never brings back a shortcut that somebody removed. Silent runs may say otherwise.
Function ChooseDefaults
  StrCpy $WantDesktop 1
  StrCpy $WantMenu 0
  ${If} $Installed != ""
    ${IfNot} ${FileExists} "$DESKTOP\${PRODUCT}.lnk"
      StrCpy $WantDesktop 0
    ${EndIf}
    ReadRegStr $0 HKCU "${MENU_KEY}" ""
    ${If} $0 != ""
      StrCpy $WantMenu 1
    ${EndIf}
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP=" $1
  ${IfNot} ${Errors}
    StrCpy $WantDesktop $1
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/MENU=" $1
  ${IfNot} ${Errors}
    StrCpy $WantMenu $1
  ${EndIf}
FunctionEnd

Function ShowChoices
  !insertmacro MUI_HEADER_TEXT "$(CHOICES_TITLE)" "$(CHOICES_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateCheckbox} 0 8u 100% 12u "$(CHOICE_DESKTOP)"
  Pop $DesktopBox
  ${NSD_CreateCheckbox} 0 34u 100% 12u "$(CHOICE_MENU)"
  Pop $MenuBox
  ${NSD_CreateLabel} 12u 48u -12u 34u "$(CHOICE_MENU_WHY)"
  Pop $0
  ${If} $WantDesktop == 1
    ${NSD_Check} $DesktopBox
  ${EndIf}
  ${If} $WantMenu == 1
    ${NSD_Check} $MenuBox
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function KeepChoices
  ${NSD_GetState} $DesktopBox $WantDesktop
  ${NSD_GetState} $MenuBox $WantMenu
FunctionEnd

Function SkipFolderWhenUpdating
  ${If} $Installed != ""
    Abort
  ${EndIf}
FunctionEnd

Function CheckFolder
  Call LookAtFolder
  ${If} $0 == 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(FOREIGN_FOLDER)"
    Abort ; stay on this page
  ${EndIf}
FunctionEnd
