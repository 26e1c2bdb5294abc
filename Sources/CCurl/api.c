#define _GNU_SOURCE
#include "api.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* 7.88.0: 7.85 brought CURLOPT_PROTOCOLS_STR, and 7.87 names the wrong sockets while TLS is negotiated. */
#define OLDEST_VERSION 0x075800

static pthread_mutex_t global_init_lock = PTHREAD_MUTEX_INITIALIZER;

int swb_curl_api_load(swb_curl_api *api, const char *library, char *error, size_t error_size) {
    /* Never closed again: OpenSSL registers exit handlers that must stay mapped. */
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        snprintf(error, error_size, "%s cannot be loaded; the Debian package libcurl4 has it (%s)", library, dlerror());
        return 0;
    }
#define SWB_CURL_FIND(name) \
    *(void **)&api->name = dlsym(handle, "curl_" #name); \
    if (!api->name) { \
        snprintf(error, error_size, "%s lacks curl_" #name "; version 7.88 or newer is needed", library); \
        return 0; \
    }
    SWB_CURL_FUNCTIONS(SWB_CURL_FIND)
#undef SWB_CURL_FIND

    pthread_mutex_lock(&global_init_lock);
    CURLcode code = api->global_init(CURL_GLOBAL_DEFAULT);
    pthread_mutex_unlock(&global_init_lock);
    if (code != CURLE_OK) {
        snprintf(error, error_size, "%s cannot be initialised: %s", library, api->easy_strerror(code));
        return 0;
    }
    const curl_version_info_data *version = api->version_info(CURLVERSION_NOW);
    if (version->version_num < OLDEST_VERSION) {
        snprintf(error, error_size, "%s is version %s; 7.88 or newer is needed", library, version->version);
        return 0;
    }
    return 1;
}
