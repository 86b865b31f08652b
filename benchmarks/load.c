/* Puts load on a server: N connections, each asking for the next path as soon as it is answered.
 *
 * load PORT CONNECTIONS SECONDS PATHS EXTRA-HEADERS
 *
 * PATHS names a file with one path a line; connections go through it in turn. Prints answers per
 * second, the median and the 99th percentile and the longest of the times to an answer in
 * microseconds, answers other than 2xx and 3xx, and bytes received. It is C because a client in
 * Python is slower than the servers that it is to measure.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 65536, MOST = 1 << 20, SLOTS = 1 << 20 };

struct connection {
    int socket;
    int head_bytes;       /* of the head, until it is whole */
    long body_left;       /* of the body; -1 while the head is not whole */
    double asked;
    char head[HEAD];
};

static char **requests;
static int request_count, next_request;
static int port;
static long answers, failures, received;
static unsigned slots[SLOTS]; /* answers by their time in microseconds */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what) { perror(what); exit(1); }

static void ask(struct connection *c) {
    char *request = requests[next_request];
    next_request = (next_request + 1) % request_count;
    c->head_bytes = 0, c->body_left = -1, c->asked = now();
    if (write(c->socket, request, strlen(request)) != (ssize_t)strlen(request)) fail("write");
}

static void open_connection(struct connection *c, int poll) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    int yes = 1;
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    c->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(c->socket, (struct sockaddr *)&to, sizeof to)) fail("connect");
    setsockopt(c->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    epoll_ctl(poll, EPOLL_CTL_ADD, c->socket, &event);
    ask(c);
}

static void answered(struct connection *c) {
    long micros = (long)((now() - c->asked) * 1e6);
    slots[micros < SLOTS ? micros : SLOTS - 1]++;
    answers++;
    if (c->head[9] != '2' && c->head[9] != '3') failures++;
    ask(c);
}

/* Reads the head's end and the length of the body out of what has come; the rest is body. */
static void read_head(struct connection *c) {
    c->head[c->head_bytes] = 0;
    char *end = strstr(c->head, "\r\n\r\n");
    if (!end) return;
    char *length = strcasestr(c->head, "\r\ncontent-length:");
    long body = length && length < end ? atol(length + 17) : 0;
    c->body_left = body - (c->head + c->head_bytes - (end + 4));
}

static void hear(struct connection *c) {
    static char rest[MOST];
    int in_head = c->body_left < 0;
    char *to = in_head ? c->head + c->head_bytes : rest;
    ssize_t got = read(c->socket, to, in_head ? HEAD - 1 - c->head_bytes : MOST);
    if (got <= 0) fail("read");
    received += got;
    if (in_head) {
        c->head_bytes += got;
        read_head(c);
    } else
        c->body_left -= got;
    if (c->body_left == 0) answered(c);
}

static void read_paths(const char *file, const char *extra) {
    char line[4096], *request;
    FILE *in = fopen(file, "r");
    if (!in) fail(file);
    requests = malloc(sizeof *requests * MOST);
    while (request_count < MOST && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = 0;
        if (asprintf(&request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n", line, port,
                     extra) < 0) fail("memory");
        requests[request_count++] = request;
    }
    fclose(in);
}

static long percentile(double share) {
    long seen = 0;
    for (int i = 0; i < SLOTS; i++)
        if ((seen += slots[i]) >= answers * share) return i;
    return SLOTS;
}

int main(int count, char **words) {
    if (count != 6) return fprintf(stderr, "PORT CONNECTIONS SECONDS PATHS EXTRA-HEADERS\n"), 2;
    port = atoi(words[1]);
    int connections = atoi(words[2]);
    double seconds = atof(words[3]);
    read_paths(words[4], words[5]);
    int poll = epoll_create1(0);
    struct connection *all = calloc(connections, sizeof *all);
    double began = now();
    for (int i = 0; i < connections; i++) open_connection(&all[i], poll);
    struct epoll_event events[256];
    while (now() - began < seconds) {
        int ready = epoll_wait(poll, events, 256, 100);
        for (int i = 0; i < ready; i++) hear(events[i].data.ptr);
    }
    printf("%.0f %ld %ld %ld %ld %ld\n", answers / (now() - began), percentile(0.5),
           percentile(0.99), percentile(1), failures, received);
    return 0;
}
