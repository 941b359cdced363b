/* Test only, never shipped: see README.md. An ICU that knows no converter; Qt falls back on its own codecs. */
#define EXPORT __declspec(dllexport)

enum { U_FILE_ACCESS_ERROR = 4 };

typedef void Converter;
typedef void (*Callback)(void);

static void fail(int *status)
{
    if (status)
        *status = U_FILE_ACCESS_ERROR;
}

EXPORT Converter *ucnv_open(const char *name, int *status) { fail(status); return 0; }
EXPORT void ucnv_close(Converter *converter) {}
EXPORT void ucnv_reset(Converter *converter) {}
EXPORT signed char ucnv_getMaxCharSize(const Converter *converter) { return 4; }
EXPORT const char *ucnv_getName(const Converter *converter, int *status) { fail(status); return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *status) { fail(status); return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int index) { return 0; }

/* Without a converter none of these is reached; they only have to be there. */
EXPORT void ucnv_getToUCallBack(const Converter *converter, Callback *action, const void **context) {}
EXPORT void ucnv_getFromUCallBack(const Converter *converter, Callback *action, const void **context) {}
EXPORT void ucnv_setToUCallBack(void) {}
EXPORT void ucnv_setFromUCallBack(void) {}
EXPORT void ucnv_cbToUWriteUChars(void) {}
EXPORT void ucnv_cbFromUWriteUChars(void) {}
EXPORT void ucnv_toUnicode(void) {}
EXPORT void ucnv_fromUnicode(void) {}
EXPORT int ucnv_toUCountPending(const Converter *converter, int *status) { return 0; }
EXPORT int ucnv_fromUCountPending(const Converter *converter, int *status) { return 0; }
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
