#ifndef SWB_CURL_EXCHANGE_H
#define SWB_CURL_EXCHANGE_H

#include "CCurl.h"
#include "api.h"

typedef struct {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
} swb_curl_buffer;

/* One request on its way and what has come back so far. */
typedef struct swb_curl_exchange {
    struct swb_curl_exchange *previous;
    struct swb_curl_exchange *next;
    uint64_t id;
    swb_curl_done done;
    void *context;

    swb_curl_request request;
    char *method;
    char *url;
    char *header_lines;
    uint8_t *body;

    const swb_curl_api *api;
    CURL *easy;
    struct curl_slist *headers;
    /* How often libcurl was about to write the request to a connection. */
    int handovers;
    int is_head_complete;
    int is_too_large;
    size_t head_seen;
    swb_curl_buffer head;
    swb_curl_buffer answer;
    char error[CURL_ERROR_SIZE];
} swb_curl_exchange;

/* Copies a request. Memory that cannot be had ends the program, as it does everywhere in Swift. */
swb_curl_exchange *swb_curl_exchange_make(
    uint64_t id, const swb_curl_request *request, swb_curl_done done, void *context);

/* Sets every option of a clean easy handle, which then belongs to the exchange. */
CURLcode swb_curl_exchange_prepare(
    swb_curl_exchange *exchange, const swb_curl_api *api, CURL *easy, const char *ca_file);

/* Calls back with what became of the exchange, which libcurl ended with `code`. */
void swb_curl_exchange_finish(swb_curl_exchange *exchange, CURLcode code);

/* Calls back with a cancellation. */
void swb_curl_exchange_cancel(swb_curl_exchange *exchange, swb_curl_reason reason);

/* Frees everything but the easy handle. */
void swb_curl_exchange_free(swb_curl_exchange *exchange);

#endif
