/* Test only, never shipped: see README.md. Real random bytes, from the function that Wine has under another name. */
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *bytes, unsigned long count); /* RtlGenRandom */

__declspec(dllexport) int ProcessPrng(unsigned char *bytes, unsigned long long count)
{
    while (count > 0) {
        unsigned long part = count > 0x10000000 ? 0x10000000 : (unsigned long)count;
        if (!SystemFunction036(bytes, part))
            __builtin_trap(); /* Windows documents that ProcessPrng never fails: nobody looks at the answer */
        bytes += part;
        count -= part;
    }
    return 1;
}
