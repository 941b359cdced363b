/* Test only, never shipped: see README.md. A PC whose monitor has no colour profile. */
#define EXPORT __declspec(dllexport)

typedef void *Profile;

EXPORT Profile OpenColorProfileW(void *profile, unsigned access, unsigned sharing, unsigned creation) { return 0; }
EXPORT Profile WcsCreateIccProfile(Profile profile, unsigned options) { return 0; }
EXPORT int CloseColorProfile(Profile profile) { return 1; }
EXPORT int GetColorProfileFromHandle(Profile profile, unsigned char *bytes, unsigned *size) { return 0; }
EXPORT int GetStandardColorSpaceProfileW(void *machine, unsigned id, void *name, unsigned *size) { return 0; }
EXPORT int GetColorDirectoryW(void *machine, void *folder, unsigned *size) { return 0; }
