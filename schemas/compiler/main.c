/* SPDX-License-Identifier: Apache-2.0 */
/* compile_facets OUT.c OUT.h DOCUMENT.xsd SCHEMA.xsd...: all simple types of all schemas (DOCUMENT
 * among them), and the structure of DOCUMENT. */
#include "compiler.h"

#include <stdlib.h>
#include <string.h>

static FILE *open_out(const char *path) {
    FILE *out = fopen(path, "w");
    if (out == NULL)
        die("%s cannot be written", path);
    return out;
}

static void close_out(FILE *out, const char *path) {
    if (ferror(out) != 0 || fclose(out) != 0)
        die("%s cannot be written", path);
}

int main(int argc, char **argv) {
    if (argc < 5)
        die("usage: compile_facets OUT.c OUT.h DOCUMENT.xsd SCHEMA.xsd...");
    type_table table = {0};
    schema document = {0};
    for (int i = 4; i < argc; i++) {
        schema s = schema_read(argv[i]);
        types_compile(&table, &s);
        if (strcmp(argv[i], argv[3]) == 0)
            document = s;
    }
    if (document.root == NULL)
        die("%s is not among the schemas", argv[3]);
    char *structure = NULL;
    size_t len = 0;
    FILE *tables = open_memstream(&structure, &len), *header = open_out(argv[2]);
    fprintf(header, "/* Made by schemas/compiler from %s.xsd. */\n#pragma once\n", document.name);
    emit_structure(tables, header, &table, &document);
    close_out(header, argv[2]);
    fclose(tables);
    FILE *out = open_out(argv[1]);
    fprintf(out, "/* Made by schemas/compiler. */\n#include \"wire/facet.h\"\n");
    emit_types(out, &table);
    fputs(structure, out);
    close_out(out, argv[1]);
    return 0;
}
