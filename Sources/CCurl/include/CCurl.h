#ifndef SWB_CCURL_H
#define SWB_CCURL_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/* An HTTP client on libcurl's multi interface: one thread, any number of exchanges, nothing variadic. */

/* One thread with its connections. */
typedef struct swb_curl swb_curl;

/* One request; everything in it is copied by swb_curl_submit. */
typedef struct {
    const char *method;
    const char *url;
    /* Header lines as curl takes them, each closed by a NUL, one behind the other. */
    const char *header_lines;
    size_t header_count;
    /* NULL where there is none. */
    const uint8_t *_Nullable body;
    size_t body_length;
    long timeout_ms;
    long connect_timeout_ms;
    /* A connection that was idle for longer is not used for it. */
    long maximum_idle_seconds;
    size_t maximum_head;
    size_t maximum_body;
    /* Non-zero for a host of this machine: no proxy, whatever the environment says. */
    int is_loopback;
} swb_curl_request;

/* How an exchange ended. */
typedef enum {
    SWB_CURL_ANSWERED = 0,
    /* No byte of the request can have left. */
    SWB_CURL_NOT_SENT = 1,
    /* The request was handed to a connection. */
    SWB_CURL_MAYBE_SENT = 2,
    /* Something came back that is no answer. */
    SWB_CURL_INVALID = 3,
    SWB_CURL_CANCELLED = 4
} swb_curl_end;

/* What ended it, where that matters to the caller. */
typedef enum {
    SWB_CURL_OTHER = 0,
    SWB_CURL_TIMED_OUT = 1,
    SWB_CURL_CERTIFICATE = 2,
    SWB_CURL_TOO_LARGE = 3,
    SWB_CURL_NOT_HTTP = 4,
    /* The server closed a kept connection instead of answering; see the note in exchange.c. */
    SWB_CURL_CLOSED = 5,
    /* libcurl does not accept the request as it is. */
    SWB_CURL_REFUSED = 6,
    SWB_CURL_STOPPED = 7
} swb_curl_reason;

/* The end of an exchange; valid during the callback only. */
typedef struct {
    swb_curl_end end;
    swb_curl_reason reason;
    /* libcurl's words; empty where there was an answer. */
    const char *message;
    long status;
    /* The lines of the last header block, status line included. */
    const uint8_t *head;
    size_t head_length;
    const uint8_t *body;
    size_t body_length;
} swb_curl_result;

/* Called once per exchange on the loop's thread; must not block. */
typedef void (*swb_curl_done)(void *context, const swb_curl_result *result);

/* Loads the library and starts the thread; on failure returns NULL and writes one sentence to `error`.
   `ca_file` adds a file of trusted certificates; NULL for the system's alone. */
swb_curl *_Nullable swb_curl_start(
    const char *library, const char *_Nullable ca_file, char *error, size_t error_size);

/* Begins an exchange under an id of the caller's; returns 0, without a callback, when the loop has been stopped. */
int swb_curl_submit(
    swb_curl *loop, uint64_t id, const swb_curl_request *request, swb_curl_done done,
    void *context);

/* Ends an exchange as cancelled; one that has ended already or was never submitted is ignored. */
void swb_curl_cancel(swb_curl *loop, uint64_t id);

/* Ends every exchange, closes every connection and waits for the thread; the second call does nothing.
   Never called from two threads at once, nor from the callback. */
void swb_curl_stop(swb_curl *loop);

/* Stops the loop and frees it. */
void swb_curl_free(swb_curl *loop);

#pragma clang assume_nonnull end

#endif
