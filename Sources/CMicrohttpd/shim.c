#include "CMicrohttpd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *on_target(void *state, const char *target, struct MHD_Connection *connection) {
    (void)connection;
    struct swb_http_callbacks *callbacks = state;
    return callbacks->begin(callbacks->context, target);
}

static enum MHD_Result on_access(void *state, struct MHD_Connection *connection, const char *url, const char *method,
                                 const char *version, const char *upload, size_t *upload_size, void **request) {
    (void)url;
    (void)version;
    struct swb_http_callbacks *callbacks = state;
    return callbacks->handle(callbacks->context, *request, connection, method, upload, upload_size) ? MHD_YES : MHD_NO;
}

static void on_completed(void *state, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode code) {
    (void)connection;
    (void)code;
    struct swb_http_callbacks *callbacks = state;
    if (*request) callbacks->end(callbacks->context, *request);
    *request = NULL;
}

struct MHD_Daemon *swb_http_start(int listener, unsigned int connection_limit,
                                  const struct swb_http_callbacks *callbacks, void **state) {
    struct swb_http_callbacks *copy = malloc(sizeof *copy);
    if (!copy) return NULL;
    *copy = *callbacks;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, listener, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, connection_limit, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_target, copy},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, copy},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_access, copy,
        MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (!daemon) {
        free(copy);
        return NULL;
    }
    *state = copy;
    return daemon;
}

void swb_http_free(void *state) { free(state); }

struct header_visit {
    swb_http_header visit;
    void *context;
};

static enum MHD_Result on_header(void *state, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    struct header_visit *visit = state;
    visit->visit(visit->context, name, value ? value : "");
    return MHD_YES;
}

void swb_http_headers(struct MHD_Connection *connection, swb_http_header visit, void *context) {
    struct header_visit state = {visit, context};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, on_header, &state);
}

struct MHD_Response *swb_http_response(const void *body, size_t size) {
    return MHD_create_response_from_buffer(size, size ? (void *)body : "", MHD_RESPMEM_MUST_COPY);
}

void swb_http_header_add(struct MHD_Response *response, const char *name, const char *value) {
    MHD_add_response_header(response, name, value);
}

int swb_http_respond(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response) {
    int result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

int swb_http_listen(uint16_t *port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0) return -1;
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(*port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 1024) < 0
        || getsockname(listener, (struct sockaddr *)&address, &size) < 0) {
        int saved = errno;
        close(listener);
        errno = saved;
        return -1;
    }
    *port = ntohs(address.sin_port);
    return listener;
}
