/* SPDX-License-Identifier: Apache-2.0 */
/* A settlement document, unsigned: what the reader accepts is valid for libxml2 too, and its sums
 * hold. */
#include "fuzz.h"
#include "wire/wire.h"
#include "xml/schemas.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

static void silent(void *user, xmlErrorPtr error) {
    (void)user;
    (void)error;
}

static xmlSchema *schema(void) {
    static xmlSchema *made;
    if (made == NULL) {
        stl_str text = STL_SCHEMA_SETTLEMENT_1_0;
        xmlSchemaParserCtxt *parser = xmlSchemaNewMemParserCtxt(text.ptr, (int)text.len);
        made = xmlSchemaParse(parser);
        xmlSchemaFreeParserCtxt(parser);
        CLAIM(made != NULL);
        xmlSetStructuredErrorFunc(NULL, silent);
    }
    return made;
}

static bool valid(stl_str text) {
    xmlDoc *doc = xmlReadMemory(text.ptr, (int)text.len, NULL, NULL, XML_PARSE_NONET);
    if (doc == NULL)
        return false;
    xmlSchemaValidCtxt *ctxt = xmlSchemaNewValidCtxt(schema());
    int result = xmlSchemaValidateDoc(ctxt, doc);
    xmlSchemaFreeValidCtxt(ctxt);
    xmlFreeDoc(doc);
    return result == 0;
}

/* Once more, from what the reader hands out. */
static void check_sums(const stl_wire_document *doc) {
    int64_t sum = 0, paid = 0;
    const stl_settlement *s = &doc->settlement;
    for (size_t i = 0; i < s->n_lines; i++)
        sum += s->lines[i].det_item_fee_sumamt;
    for (size_t i = 0; i < s->n_details; i++)
        paid += s->details[i].fund_payamt;
    CLAIM(sum == s->info.medfee_sumamt);
    CLAIM(paid == s->info.fund_pay_sumamt);
    CLAIM(s->info.medfee_sumamt ==
          s->info.fund_pay_sumamt + s->info.psn_part_amt + s->info.hosp_part_amt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    stl_str text = {(const char *)data, size};
    stl_wire_reader *reader = stl_wire_reader_new("document.xml");
    CLAIM(reader != NULL);
    stl_xml_handler handler = stl_wire_reader_handler(reader);
    const stl_wire_document *read = NULL;
    stl_error err = {0};
    settle_status status =
        stl_xml_parse(text, "document.xml", (stl_xml_limits){.utf8_only = true}, &handler, &err);
    if (status == SETTLE_OK)
        status = stl_wire_reader_finish(reader, &read, &err);
    fuzz_check_error(status, &err);
    if (status == SETTLE_OK)
        check_sums(read);
    else
        CLAIM(settle_status_exit_code(status) == 3);
    if (status == SETTLE_OK || status == SETTLE_E_INPUT_SUMS || status == SETTLE_E_INPUT_COUNT)
        CLAIM(valid(text));
    stl_wire_reader_free(reader);
    return 0;
}
