#ifndef SWITCHBOARD_CMICROHTTPD_H
#define SWITCHBOARD_CMICROHTTPD_H

#include <microhttpd.h>
#include <stdint.h>

/* What one daemon calls back, always on its own thread. */
struct swb_http_callbacks {
    void *context;
    /* A request line was read: returns the request's own pointer. `target` is path and query as sent. */
    void *(*begin)(void *context, const char *target);
    /* The access handler; `request` is what `begin` returned. Returns MHD_YES, or MHD_NO to close without an answer. */
    int (*handle)(void *context, void *request, struct MHD_Connection *connection, const char *method,
                  const char *upload, size_t *upload_size);
    /* The request is over, whatever became of it: releases the pointer. */
    void (*end)(void *context, void *request);
};

/* Called once for each header of a request. */
typedef void (*swb_http_header)(void *context, const char *name, const char *value);

/*
 * Serves a listening socket on one thread, in poll mode and with suspend and resume allowed.
 * The callbacks are copied. Returns NULL when the daemon cannot start; the socket is then still the caller's.
 */
struct MHD_Daemon *swb_http_start(int listener, unsigned int connection_limit,
                                  const struct swb_http_callbacks *callbacks, void **state);

/* Frees what `swb_http_start` stored in `state`; only after MHD_stop_daemon. */
void swb_http_free(void *state);

/* Visits the headers of a request. */
void swb_http_headers(struct MHD_Connection *connection, swb_http_header visit, void *context);

/* Makes an answer without headers whose body is copied; NULL when there is no memory. */
struct MHD_Response *swb_http_response(const void *body, size_t size);

/* Adds a header to an answer. */
void swb_http_header_add(struct MHD_Response *response, const char *name, const char *value);

/* Queues the answer and gives it away. Returns MHD_YES or MHD_NO. */
int swb_http_respond(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response);

/* Opens a socket that listens on 127.0.0.1; port 0 means a free one. Returns -1 with errno set on failure. */
int swb_http_listen(uint16_t *port);

#endif
