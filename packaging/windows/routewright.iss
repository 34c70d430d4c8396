; The installer for Windows, for Inno Setup 6.3 or later. `packaging/windows/make_setup.py` compiles it and defines:
;
;   Version      as in 0.1.0            FileVersion  the same as four numbers
;   Tree         the folder that PyInstaller made     Output  where the installer goes
;   Icon         routewright.ico        Associations the file that windows/associations.py wrote
;   Spanned      defined where the installer must be cut into slices
;   Signed       defined where a tool that signs is configured, under the name "release"

#define Name "Routewright"
#define Program "routewright.exe"

[Setup]
; Never change the AppId: by it an upgrade finds what is to be upgraded.
AppId={{6E0B1C52-6C0B-4C64-9D51-3B9F0E6B7A1D}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Name}
AppCopyright=Copyright (c) 2026 The Routewright authors
VersionInfoVersion={#FileVersion}
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\{#Program}
UninstallDisplayName={#Name}
OutputDir={#Output}
OutputBaseFilename=routewright-{#Version}-windows-x64-setup
; For one user, without the rights of an administrator.
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\{#Name}
DisableProgramGroupPage=yes
; An upgrade goes where the version before is, without asking again.
DisableDirPage=auto
UsePreviousAppDir=yes
; What Qt asks for: Windows 10 version 1809.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
; Held by every process of the program (windows/mark_as_running.py). Setup and removal wait until the user has closed
; it: closing it for them would lose what is not saved yet.
AppMutex=Routewright.Running
CloseApplications=no
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes
ShowLanguageDialog=auto
WizardStyle=modern
#ifdef Spanned
DiskSpanning=yes
; Below the 2 GB (2,147,483,647 bytes) that many a file system, mail gateway and release page stops at.
DiskSliceSize=1900000000
#endif
#ifdef Signed
SignTool=release
SignedUninstaller=yes
#endif

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "german"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; Modules that a newer version has no more would still be found and loaded.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
#ifdef Signed
Source: "{#Tree}\*.exe"; DestDir: "{app}"; Flags: ignoreversion signonce
#else
Source: "{#Tree}\*.exe"; DestDir: "{app}"; Flags: ignoreversion
#endif
Source: "{#Tree}\_internal\*"; DestDir: "{app}\_internal"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Program}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Program}"; Tasks: desktopicon

#include Associations

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
; Compiled kernels and the gigabytes for graphics cards can be had again, and are of no use to anybody else. Settings,
; documents, networks and trained weights are the user's and stay.
Type: filesandordirs; Name: "{localappdata}\routewright\Cache"
Type: filesandordirs; Name: "{localappdata}\routewright\gpu"
Type: dirifempty; Name: "{localappdata}\routewright"
Type: filesandordirs; Name: "{app}\_internal"
Type: dirifempty; Name: "{app}"
