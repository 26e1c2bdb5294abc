#define _GNU_SOURCE
#include "exchange.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

/* Nothing is ever sent twice.
 *
 * libcurl repeats a request by itself, POST included, when a kept connection turns out closed before one byte of an
 * answer came, or when an HTTP/2 stream is refused. The server may have carried the first one out. The callback
 * `before_request` runs each time a request is about to be written, so its second run means that libcurl repeats:
 * that one is aborted and reported as maybe-sent. The first run is also the exact border between "not sent" and
 * "maybe sent". Whether to repeat is decided above, by what the operation allows.
 *
 * CURLOPT_FRESH_CONNECT for every write would prevent it too, at the price of one TLS handshake per request. Instead
 * connections idle for longer than `maximum_idle_seconds` are not used again, and libcurl looks whether the peer has
 * closed before it takes one, so that only a close in the very moment of sending is left. */

static void *need(void *memory) {
    if (!memory) abort();
    return memory;
}

static void *copy(const void *bytes, size_t length) {
    void *result = need(malloc(length ? length : 1));
    if (length) memcpy(result, bytes, length);
    return result;
}

static void append(swb_curl_buffer *buffer, const void *bytes, size_t length) {
    if (buffer->capacity - buffer->length < length) {
        size_t capacity = buffer->capacity ? buffer->capacity * 2 : 1024;
        while (capacity - buffer->length < length) capacity *= 2;
        buffer->bytes = need(realloc(buffer->bytes, capacity));
        buffer->capacity = capacity;
    }
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

/* MARK: callbacks of libcurl */

static int before_request(void *context, char *peer, char *own, int peer_port, int own_port) {
    (void)peer, (void)own, (void)peer_port, (void)own_port;
    swb_curl_exchange *exchange = context;
    return ++exchange->handovers == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

/* A program that the host starts meanwhile must not inherit connections. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)context, (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Takes one header line; interim answers (1xx) make room for the next block, trailers are dropped. */
static size_t on_header(char *line, size_t size, size_t count, void *context) {
    swb_curl_exchange *exchange = context;
    size_t length = size * count;
    exchange->head_seen += length;
    if (exchange->head_seen > exchange->request.maximum_head) {
        exchange->is_too_large = 1;
        return 0;
    }
    if (exchange->is_head_complete) return length;
    if (length >= 5 && memcmp(line, "HTTP/", 5) == 0) exchange->head.length = 0;
    if (line[0] == '\r' || line[0] == '\n') {
        long status = 0;
        exchange->api->easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
        exchange->is_head_complete = status >= 200;
        return length;
    }
    append(&exchange->head, line, length);
    return length;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
    swb_curl_exchange *exchange = context;
    size_t length = size * count;
    if (length > exchange->request.maximum_body - exchange->answer.length) {
        exchange->is_too_large = 1;
        return 0;
    }
    append(&exchange->answer, bytes, length);
    return length;
}

/* MARK: life of an exchange */

swb_curl_exchange *swb_curl_exchange_make(
    uint64_t id, const swb_curl_request *request, swb_curl_done done, void *context
) {
    swb_curl_exchange *exchange = need(calloc(1, sizeof *exchange));
    exchange->id = id;
    exchange->done = done;
    exchange->context = context;
    exchange->request = *request;
    exchange->method = copy(request->method, strlen(request->method) + 1);
    exchange->url = copy(request->url, strlen(request->url) + 1);
    exchange->body = copy(request->body, request->body_length);
    const char *end = request->header_lines;
    for (size_t i = 0; i < request->header_count; i++) end += strlen(end) + 1;
    exchange->header_lines = copy(request->header_lines, (size_t)(end - request->header_lines));
    return exchange;
}

void swb_curl_exchange_free(swb_curl_exchange *exchange) {
    if (exchange->headers) exchange->api->slist_free_all(exchange->headers);
    free(exchange->method);
    free(exchange->url);
    free(exchange->header_lines);
    free(exchange->body);
    free(exchange->head.bytes);
    free(exchange->answer.bytes);
    free(exchange);
}

static void add_header(swb_curl_exchange *exchange, const char *line) {
    exchange->headers = need(exchange->api->slist_append(exchange->headers, line));
}

static int has_header(const swb_curl_exchange *exchange, const char *name) {
    size_t length = strlen(name);
    for (const struct curl_slist *item = exchange->headers; item; item = item->next) {
        if (strncasecmp(item->data, name, length) == 0 && strchr(":;", item->data[length])) return 1;
    }
    return 0;
}

static void add_headers(swb_curl_exchange *exchange) {
    const char *line = exchange->header_lines;
    for (size_t i = 0; i < exchange->request.header_count; i++, line += strlen(line) + 1) add_header(exchange, line);
    /* A name with nothing behind its colon keeps libcurl from adding a header of its own. */
    if (!has_header(exchange, "Accept")) add_header(exchange, "Accept:");
    if (!has_header(exchange, "Content-Type")) add_header(exchange, "Content-Type:");
    if (!has_header(exchange, "Expect")) add_header(exchange, "Expect:");
}

#define SET(option, value) \
    if ((code = exchange->api->easy_setopt(exchange->easy, option, value)) != CURLE_OK) return code

static CURLcode set_method(swb_curl_exchange *exchange) {
    CURLcode code;
    const char *method = exchange->method;
    int usually_has_body = strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 || strcmp(method, "PATCH") == 0;
    if (strcmp(method, "HEAD") == 0) {
        SET(CURLOPT_NOBODY, 1L);
        return CURLE_OK;
    }
    if (exchange->request.body_length || usually_has_body) {
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->request.body_length);
        SET(CURLOPT_POSTFIELDS, (char *)exchange->body);
    } else {
        SET(CURLOPT_HTTPGET, 1L);
    }
    SET(CURLOPT_CUSTOMREQUEST, method);
    return CURLE_OK;
}

CURLcode swb_curl_exchange_prepare(
    swb_curl_exchange *exchange, const swb_curl_api *api, CURL *easy, const char *ca_file
) {
    CURLcode code;
    exchange->api = api;
    exchange->easy = easy;
    add_headers(exchange);
    SET(CURLOPT_PRIVATE, (void *)exchange);
    SET(CURLOPT_ERRORBUFFER, exchange->error);
    SET(CURLOPT_URL, exchange->url);
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    /* One exchange per connection, so that a connection that breaks leaves one outcome in doubt, not many. */
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_HTTPHEADER, exchange->headers);
    if ((code = set_method(exchange)) != CURLE_OK) return code;

    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_TIMEOUT_MS, exchange->request.timeout_ms);
    SET(CURLOPT_CONNECTTIMEOUT_MS, exchange->request.connect_timeout_ms);
    SET(CURLOPT_MAXAGE_CONN, exchange->request.maximum_idle_seconds);
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (exchange->request.is_loopback) SET(CURLOPT_PROXY, "");

    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (ca_file) SET(CURLOPT_CAINFO, ca_file);

    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_PREREQFUNCTION, before_request);
    SET(CURLOPT_PREREQDATA, (void *)exchange);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, (void *)exchange);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, (void *)exchange);
    if (exchange->request.maximum_body) {
        SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)exchange->request.maximum_body);
    }
    /* Without it, ending an exchange whose name is still being resolved blocks the whole loop until the resolver
       answers. Not in every version: then that is how it is. */
    api->easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    return CURLE_OK;
}

/* MARK: ends */

static int is_certificate_problem(CURLcode code) {
    return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE
        || code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS
        || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH;
}

static int is_refusal(CURLcode code) {
    return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_BAD_FUNCTION_ARGUMENT
        || code == CURLE_UNKNOWN_OPTION || code == CURLE_NOT_BUILT_IN || code == CURLE_LOGIN_DENIED;
}

static swb_curl_reason reason_of(const swb_curl_exchange *exchange, CURLcode code) {
    if (exchange->is_too_large || code == CURLE_FILESIZE_EXCEEDED) return SWB_CURL_TOO_LARGE;
    if (code == CURLE_OPERATION_TIMEDOUT) return SWB_CURL_TIMED_OUT;
    if (exchange->handovers == 0) {
        if (is_certificate_problem(code)) return SWB_CURL_CERTIFICATE;
        return is_refusal(code) ? SWB_CURL_REFUSED : SWB_CURL_OTHER;
    }
    if (exchange->handovers > 1) return SWB_CURL_CLOSED;
    if (code == CURLE_GOT_NOTHING) return SWB_CURL_CLOSED;
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_WEIRD_SERVER_REPLY) return SWB_CURL_NOT_HTTP;
    /* libcurl's word for one header line of more than 100 KB. */
    if (code == CURLE_OUT_OF_MEMORY && !exchange->is_head_complete) return SWB_CURL_TOO_LARGE;
    return SWB_CURL_OTHER;
}

void swb_curl_exchange_finish(swb_curl_exchange *exchange, CURLcode code) {
    swb_curl_result result = {.end = SWB_CURL_ANSWERED, .reason = SWB_CURL_OTHER, .message = ""};
    if (code == CURLE_OK) {
        exchange->api->easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &result.status);
        if (result.status < 200 || !exchange->is_head_complete) code = CURLE_WEIRD_SERVER_REPLY;
    }
    if (code == CURLE_OK) {
        result.head = exchange->head.bytes;
        result.head_length = exchange->head.length;
        result.body = exchange->answer.bytes;
        result.body_length = exchange->answer.length;
    } else {
        result.reason = reason_of(exchange, code);
        result.message = exchange->error[0] ? exchange->error : exchange->api->easy_strerror(code);
        int is_no_answer = result.reason == SWB_CURL_TOO_LARGE || result.reason == SWB_CURL_NOT_HTTP;
        if (exchange->handovers == 0) result.end = SWB_CURL_NOT_SENT;
        else result.end = is_no_answer ? SWB_CURL_INVALID : SWB_CURL_MAYBE_SENT;
    }
    exchange->done(exchange->context, &result);
}

void swb_curl_exchange_cancel(swb_curl_exchange *exchange, swb_curl_reason reason) {
    swb_curl_result result = {.end = SWB_CURL_CANCELLED, .reason = reason, .message = ""};
    exchange->done(exchange->context, &result);
}
