/* SPDX-License-Identifier: Apache-2.0 */
/* A whole adapter to begin with: files NAME.tab, one record a line, fields divided by tabs.
 *
 *     STAY    mdtrt_id  psn_no  insutype  begntime  endtime
 *     CHARGE  mdtrt_id  feedetl_sn  fee_ocur_time  medins_list_codg  medins_list_name  cnt  amount
 *     END     charges
 *
 * The last line counts the charges, so that a file cut short is seen. */
#include <settle/adapter.h>

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { FIELDS_MAX = 8 };

typedef struct reading {
    const settle_adapter_host *host;
    settle_adapter_job *job;
    const char *place; /* base name of the file */
    int64_t line;
    settle_text fields[FIELDS_MAX];
    uint32_t n_fields;
    bool ended;
} reading;

static settle_status refuse(const reading *r, settle_status status, const char *field,
                            const settle_text *value, const char *detail) {
    return r->host->refuse(r->job, status, r->place, r->line, field, value, detail);
}

static bool is(settle_text text, const char *word) {
    return text.len_bytes == strlen(word) && memcmp(text.ptr, word, strlen(word)) == 0;
}

static settle_text text_of(const char *text) {
    return (settle_text){text, strlen(text)};
}

/* A date in any form that the host knows, as the canonical input writes it. */
static settle_status instant(const reading *r, const char *field, settle_text text, char *out) {
    settle_status status = r->host->instant(r->job, &text, out);
    return status == SETTLE_OK ? status : refuse(r, status, field, &text, NULL);
}

static settle_status read_stay(const reading *r) {
    char begun[SETTLE_INSTANT_ROOM], ended[SETTLE_INSTANT_ROOM];
    if (r->n_fields != 6)
        return refuse(r, SETTLE_E_INPUT_MESSAGE, "STAY", NULL, "5 fields");
    settle_status status = instant(r, "begntime", r->fields[4], begun);
    if (status == SETTLE_OK)
        status = instant(r, "endtime", r->fields[5], ended);
    if (status != SETTLE_OK)
        return status;
    const settle_cell cells[] = {
        {text_of("mdtrt_id"), r->fields[1]},
        {text_of("fixmedins_code"), text_of(r->host->option(r->job, "fixmedins_code"))},
        {text_of("psn_no"), r->fields[2]},
        {text_of("insutype"), r->fields[3]},
        {text_of("begntime"), text_of(begun)},
        {text_of("endtime"), text_of(ended)},
    };
    return r->host->emit(r->job, SETTLE_RECORD_STAYS, cells, sizeof cells / sizeof *cells, r->place,
                         r->line);
}

/* The system keeps no price: it is amount over quantity, computed exactly. */
static settle_status read_charge(const reading *r) {
    char occurred[SETTLE_INSTANT_ROOM], price[SETTLE_NUMBER_ROOM];
    int32_t exact;
    const settle_text one = text_of("1");
    if (r->n_fields != 8)
        return refuse(r, SETTLE_E_INPUT_MESSAGE, "CHARGE", NULL, "7 fields");
    settle_status status = instant(r, "fee_ocur_time", r->fields[3], occurred);
    if (status != SETTLE_OK)
        return status;
    status = r->host->ratio(r->job, &r->fields[7], &one, &r->fields[6], 6, price, &exact);
    if (status != SETTLE_OK)
        return refuse(r, status, "cnt", &r->fields[6], NULL);
    const settle_cell cells[] = {
        {text_of("mdtrt_id"), r->fields[1]},
        {text_of("feedetl_sn"), r->fields[2]},
        {text_of("fee_ocur_time"), text_of(occurred)},
        {text_of("medins_list_codg"), r->fields[4]},
        {text_of("medins_list_name"), r->fields[5]},
        {text_of("cnt"), r->fields[6]},
        {text_of("pric"), text_of(price)},
        {text_of("det_item_fee_sumamt"), r->fields[7]},
    };
    return r->host->emit(r->job, SETTLE_RECORD_CHARGES, cells, sizeof cells / sizeof *cells,
                         r->place, r->line);
}

static settle_status read_end(reading *r) {
    uint64_t count = 0;
    if (r->n_fields != 2 || r->fields[1].len_bytes == 0 || r->fields[1].len_bytes > 9)
        return refuse(r, SETTLE_E_INPUT_MESSAGE, "END", NULL, "the number of charges");
    for (uint64_t i = 0; i < r->fields[1].len_bytes; i++) {
        char digit = r->fields[1].ptr[i];
        if (digit < '0' || digit > '9')
            return refuse(r, SETTLE_E_INPUT_NUMBER, "END", &r->fields[1], NULL);
        count = count * 10 + (uint64_t)(digit - '0');
    }
    r->ended = true;
    return r->host->declare(r->job, SETTLE_RECORD_CHARGES, count, r->place);
}

static settle_status read_line(reading *r, settle_text line) {
    r->n_fields = 0;
    const char *at = line.ptr, *end = line.ptr + line.len_bytes;
    for (;;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if (r->n_fields == FIELDS_MAX)
            return refuse(r, SETTLE_E_INPUT_MESSAGE, NULL, NULL, "more than 8 fields");
        r->fields[r->n_fields++] = (settle_text){at, (uint64_t)((tab == NULL ? end : tab) - at)};
        if (tab == NULL)
            break;
        at = tab + 1;
    }
    if (r->ended)
        return refuse(r, SETTLE_E_INPUT_MESSAGE, NULL, NULL, "a line behind END");
    if (is(r->fields[0], "STAY"))
        return read_stay(r);
    if (is(r->fields[0], "CHARGE"))
        return read_charge(r);
    if (is(r->fields[0], "END"))
        return read_end(r);
    return refuse(r, SETTLE_E_INPUT_MESSAGE, NULL, &r->fields[0], "STAY, CHARGE or END");
}

static settle_status read_file(const settle_adapter_host *host, settle_adapter_job *job,
                               uint32_t index) {
    settle_adapter_file file;
    settle_text text;
    settle_status status = host->file(job, index, &file);
    if (status == SETTLE_OK)
        status = host->file_text(job, index, &text);
    if (status != SETTLE_OK)
        return status;
    reading r = {.host = host, .job = job, .place = file.base};
    const char *at = text.ptr, *end = text.ptr + text.len_bytes;
    while (status == SETTLE_OK && at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const char *next = stop == NULL ? end : stop;
        r.line++;
        if (next > at)
            status = read_line(&r, (settle_text){at, (uint64_t)(next - at)});
        at = next + 1;
    }
    if (status == SETTLE_OK && !r.ended)
        status = refuse(&r, SETTLE_E_INPUT_MESSAGE, "END", NULL, "the file ends too early");
    return status;
}

static settle_status read_all(const settle_adapter_host *host, settle_adapter_job *job) {
    settle_status status = SETTLE_OK;
    for (uint32_t i = 0; status == SETTLE_OK && i < host->file_count(job); i++)
        status = read_file(host, job, i);
    return status;
}

static int32_t is_mine(const char *base) {
    size_t len = strlen(base);
    return len > 4 && strcmp(base + len - 4, ".tab") == 0;
}

const settle_adapter_module *settle_adapter(const settle_adapter_host *host) {
    static const settle_adapter_module MODULE = {
        .head = {.magic = SETTLE_ADAPTER_MAGIC,
                 .struct_size = sizeof MODULE,
                 .abi_major = SETTLE_ADAPTER_ABI_MAJOR,
                 .abi_minor = SETTLE_ADAPTER_ABI_MINOR,
                 .name = "template",
                 .version = "1.0"},
        .title = "lines divided by tabs",
        .mine = is_mine,
        .read = read_all,
    };
    (void)host;
    return &MODULE;
}
