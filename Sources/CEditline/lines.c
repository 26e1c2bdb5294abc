#define _GNU_SOURCE
#include "CEditline.h"

#include <string.h>

ptrdiff_t ce_last_line(char *bytes, size_t length, const char *text, bool folds) {
    for (char *end = bytes + length; end > bytes;) {
        char *before = memrchr(bytes, '\n', (size_t)(end - bytes));
        char *line = before ? before + 1 : bytes;
        char kept = *end;
        *end = 0;
        bool found = folds ? strcasestr(line, text) : strstr(line, text);
        *end = kept;
        if (found) return line - bytes;
        end = before ? before : bytes;
    }
    return -1;
}

bool ce_holds(const char *bytes, size_t length, const char *text) {
    return memmem(bytes, length, text, strlen(text)) != NULL;
}
