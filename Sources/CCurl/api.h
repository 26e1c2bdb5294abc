#ifndef SWB_CURL_API_H
#define SWB_CURL_API_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stddef.h>

#define SWB_CURL_FUNCTIONS(each) \
    each(global_init) each(version_info) each(easy_init) each(easy_setopt) each(easy_getinfo) each(easy_reset) \
    each(easy_cleanup) each(easy_strerror) each(slist_append) each(slist_free_all) each(multi_init) \
    each(multi_setopt) each(multi_add_handle) each(multi_remove_handle) each(multi_socket_action) \
    each(multi_timeout) each(multi_info_read) each(multi_cleanup)

/* The functions of libcurl, found by dlopen: linking it would cost every start of the program 4 to 7 ms. */
typedef struct {
#define SWB_CURL_MEMBER(name) __typeof__(curl_##name) *name;
    SWB_CURL_FUNCTIONS(SWB_CURL_MEMBER)
#undef SWB_CURL_MEMBER
} swb_curl_api;

/* Fills the table; on failure returns 0 and writes one sentence to `error`. */
int swb_curl_api_load(swb_curl_api *api, const char *library, char *error, size_t error_size);

#endif
