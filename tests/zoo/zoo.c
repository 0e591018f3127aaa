/* SPDX-License-Identifier: Apache-2.0 */
/* Modules that misbehave, each the template with one thing wrong: compiled once for each -DANIMAL=.
 */
#define settle_adapter sound_adapter
#include "../../adapters/template/template.c"
#undef settle_adapter

#include <stdlib.h>
#include <unistd.h>

enum animal {
    SOUND,
    MAGIC,
    SIZE_SHORT,
    SIZE_LONG,
    SIZE_HUGE,
    MAJOR,
    NEWER,
    NO_READ,
    NO_NAME,
    OTHER_NAME,
    NULL_TABLE,
    DRIVER_SHORT,
    DRIVER_SLOT,
    SILENT,
    SWALLOWS,
    WRONG_STATUS,
    WRONG_KIND,
    NO_CELLS,
    NOT_UTF8,
    TWICE,
    TWO_CONTENTS,
    TOO_FEW,
    CRASHES,
    HANGS,
    FORGETS,
    COUNTS_UP,
    BAD_NAMES,
    BAD_PLACE,
    DRIVES
};

static settle_status stay_and_charge(const settle_adapter_host *host, settle_adapter_job *job,
                                     const char *amount, int64_t line) {
    const settle_cell stay[] = {{text_of("mdtrt_id"), text_of("Z1")},
                                {text_of("fixmedins_code"), text_of("H99990100001")},
                                {text_of("psn_no"), text_of("P1")},
                                {text_of("insutype"), text_of("310")},
                                {text_of("begntime"), text_of("2025-03-03 09:42:00")},
                                {text_of("endtime"), text_of("2025-03-12 10:20:00")}};
    const settle_cell charge[] = {{text_of("mdtrt_id"), text_of("Z1")},
                                  {text_of("feedetl_sn"), text_of("1")},
                                  {text_of("fee_ocur_time"), text_of("2025-03-04 09:42:00")},
                                  {text_of("medins_list_codg"), text_of("F1")},
                                  {text_of("cnt"), text_of("1")},
                                  {text_of("pric"), text_of(amount)},
                                  {text_of("det_item_fee_sumamt"), text_of(amount)}};
    settle_status status = host->emit(job, SETTLE_RECORD_STAYS, stay, 6, "zoo", 1);
    return status != SETTLE_OK ? status
                               : host->emit(job, SETTLE_RECORD_CHARGES, charge, 7, "zoo", line);
}

static settle_status read_badly(const settle_adapter_host *host, settle_adapter_job *job) {
    static int times;
    const settle_cell bad = {text_of("mdtrt_id"), {"\xB2\xE2", 2}};
    settle_status status = SETTLE_OK;
    switch (ANIMAL) {
    case SILENT:
        return SETTLE_E_INPUT_CSV;
    case SWALLOWS:
        (void)!host->refuse(job, SETTLE_E_INPUT_DATE, "zoo", 7, "begntime", NULL, NULL);
        (void)!stay_and_charge(host, job, "1.00", 2);
        return SETTLE_OK;
    case WRONG_STATUS:
        return host->refuse(job, SETTLE_E_STORE_FULL, "zoo", 1, NULL, NULL, NULL);
    case WRONG_KIND:
        return host->emit(job, 99, &bad, 1, "zoo", 1);
    case NO_CELLS:
        return host->emit(job, SETTLE_RECORD_CHARGES, NULL, 3, "zoo", 1);
    case NOT_UTF8:
        return host->emit(job, SETTLE_RECORD_STAYS, &bad, 1, "zoo", 5);
    case TOO_FEW:
        status = host->declare(job, SETTLE_RECORD_CHARGES, 2, "zoo");
        return status != SETTLE_OK ? status : stay_and_charge(host, job, "1.00", 2);
    case TWICE:
    case TWO_CONTENTS:
        status = stay_and_charge(host, job, "1.00", 2);
        return status != SETTLE_OK
                   ? status
                   : stay_and_charge(host, job, ANIMAL == TWICE ? "1.00" : "2.00", 3);
    case CRASHES:
        abort();
    case HANGS:
        for (;;)
            pause();
    case FORGETS: /* reads whatever it is given and says nothing of what it does not understand */
        return stay_and_charge(host, job, "1.00", 2);
    case COUNTS_UP:
        return stay_and_charge(host, job, ++times == 1 ? "1.00" : "2.00", 2);
    case BAD_NAMES:
        status = host->passed_over(job, "\xFF\xFE\n");
        return status != SETTLE_OK ? status : stay_and_charge(host, job, "1.00", 2);
    case BAD_PLACE:
        return host->emit(job, SETTLE_RECORD_STAYS, &bad, 1, "zoo\nsettle: \x1B[31mforged", 5);
    default:
        return read_all(host, job);
    }
}

static settle_status drive_open(const settle_adapter_host *host, settle_adapter_job *job,
                                const char *connection, void **out_handle) {
    static char handle;
    (void)host;
    (void)job;
    (void)connection;
    *out_handle = &handle;
    return SETTLE_OK;
}

/* Rows of fewer columns than were asked for. */
static settle_status drive_select(const settle_adapter_host *host, settle_adapter_job *job,
                                  void *handle, const char *statement, const settle_text *texts,
                                  uint32_t n_texts, settle_table_row_fn each, void *user) {
    const settle_text one = text_of("1");
    (void)host;
    (void)job;
    (void)handle;
    (void)statement;
    (void)texts;
    (void)n_texts;
    return each(user, &one, 1, "zoo", 1);
}

/* Two schemas, each with the table. */
static settle_status drive_columns(const settle_adapter_host *host, settle_adapter_job *job,
                                   void *handle, const char *schema, const char *table,
                                   settle_table_row_fn each, void *user) {
    (void)host;
    (void)job;
    (void)handle;
    for (int i = 0; i < 2; i++) {
        const settle_text column[] = {text_of(""), text_of(i == 0 ? "new" : "old"), text_of(table),
                                      text_of("mdtrt_id"), text_of("text")};
        settle_status status =
            schema[0] != '\0' && i > 0 ? SETTLE_OK : each(user, column, 5, "", i);
        if (status != SETTLE_OK)
            return status;
    }
    return SETTLE_OK;
}

static const char *drive_text(void *handle) {
    (void)handle;
    return "\"";
}

static void drive_close(void *handle) {
    (void)handle;
}

/* A table that is longer than any this library knows. */
struct newer {
    settle_adapter_module module;
    void *more[4];
};

SETTLE_MODULE_API const settle_adapter_module *settle_adapter(const settle_adapter_host *host) {
    static struct newer table;
    static settle_table_driver driver;
    table.module = *sound_adapter(host);
    settle_adapter_module *m = &table.module;
    driver = (settle_table_driver){.struct_size = sizeof driver,
                                   .open = drive_open,
                                   .select = drive_select,
                                   .columns = drive_columns,
                                   .product = drive_text,
                                   .quote = drive_text,
                                   .close = drive_close};
    m->head.name = NAME;
    m->read = ANIMAL >= SILENT ? read_badly : m->read;
    switch (ANIMAL) {
    case MAGIC:
        m->head.magic = 0x4C534554;
        break;
    case SIZE_SHORT:
        m->head.struct_size = sizeof m->head;
        break;
    case SIZE_LONG:
        m->head.struct_size = sizeof table;
        break;
    case SIZE_HUGE:
        m->head.struct_size = UINT32_MAX;
        break;
    case MAJOR:
        m->head.abi_major = 2;
        break;
    case NEWER:
        m->head.abi_minor = 9;
        m->head.struct_size = sizeof table;
        break;
    case NO_READ:
        m->read = NULL;
        break;
    case NO_NAME:
        m->head.name = NULL;
        break;
    case OTHER_NAME:
        m->head.name = "another";
        break;
    case NULL_TABLE:
        return NULL;
    case DRIVER_SHORT:
        driver.struct_size = 8;
        m->driver = &driver;
        break;
    case DRIVER_SLOT:
        driver.close = NULL;
        m->driver = &driver;
        break;
    case DRIVES:
        m->driver = &driver;
        break;
    default:
        break;
    }
    return m;
}
