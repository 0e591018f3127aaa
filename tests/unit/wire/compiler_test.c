/* SPDX-License-Identifier: Apache-2.0 */
/* schemas/compiler refuses what it cannot compile exactly, and says where. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:t' "                        \
    "targetNamespace='urn:t'>\n"
#define DOCUMENT "<xs:element name='d'><xs:complexType>\n%s\n</xs:complexType></xs:element>"

typedef struct place {
    char directory[64];
    char compiler[PATH_MAX];
} place;

static int set_up(void **state) {
    static place p;
    strcpy(p.directory, "/tmp/compiler_test.XXXXXX");
    assert_non_null(mkdtemp(p.directory));
    ssize_t len = readlink("/proc/self/exe", p.compiler, sizeof p.compiler - 1);
    assert_true(len > 0);
    p.compiler[len] = '\0';
    for (int i = 0; i < 3; i++) /* BUILD/tests/wire/compiler_test */
        *strrchr(p.compiler, '/') = '\0';
    strcat(p.compiler, "/host/compile_facets");
    *state = &p;
    return 0;
}

static int tear_down(void **state) {
    const place *p = *state;
    char command[256];
    snprintf(command, sizeof command, "rm -r %s", p->directory);
    return system(command);
}

static int compile(const place *p, const char *out, const char *xsd, char message[512]) {
    char path[128], command[PATH_MAX + 512];
    snprintf(path, sizeof path, "%s/t.xsd", p->directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(xsd, file);
    fclose(file);
    snprintf(command, sizeof command, "%s %s/%s.c %s/%s.h %s %s 2>&1", p->compiler, p->directory,
             out, p->directory, out, path, path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    message[fread(message, 1, 511, pipe)] = '\0';
    return WEXITSTATUS(pclose(pipe));
}

static void refused(const place *p, const char *xsd, const char *expected) {
    char message[512];
    int status = compile(p, "bad", xsd, message);
    if (status != 1 || strstr(message, expected) == NULL)
        fail_msg("%d, %s instead of %s", status, message, expected);
}

static void refused_type(const place *p, const char *body, const char *expected) {
    char xsd[2048];
    snprintf(xsd, sizeof xsd,
             HEAD "<xs:simpleType name='t'>\n%s\n</xs:simpleType>" DOCUMENT "</xs:schema>", body,
             "");
    refused(p, xsd, expected);
}

static void refused_structure(const place *p, const char *body, const char *expected) {
    char xsd[2048];
    snprintf(xsd, sizeof xsd, HEAD DOCUMENT "</xs:schema>", body);
    refused(p, xsd, expected);
}

static void same_schema_gives_the_same_tables(void **state) {
    const place *p = *state;
    char message[512], command[256];
    const char *xsd = HEAD "<xs:simpleType name='t'><xs:restriction base='xs:string'>"
                           "<xs:pattern value='(a|b)*c{2,3}'/></xs:restriction></xs:simpleType>"
                           "<xs:element name='d'><xs:complexType><xs:attribute name='a' type='t'/>"
                           "</xs:complexType></xs:element></xs:schema>";
    assert_int_equal(compile(p, "one", xsd, message), 0);
    assert_string_equal(message, "");
    assert_int_equal(compile(p, "two", xsd, message), 0);
    snprintf(command, sizeof command, "cd %s && cmp one.c two.c && cmp one.h two.h", p->directory);
    assert_int_equal(system(command), 0);
}

static void types_without_an_exact_form_are_refused(void **state) {
    const place *p = *state;
    refused_type(p, "<xs:restriction base='xs:anyURI'/>",
                 "t.xsd:3: type that cannot be compiled: anyURI");
    refused_type(p, "<xs:restriction base='xs:float'/>",
                 "t.xsd:3: type that cannot be compiled: float");
    refused_type(p, "<xs:restriction base='xs:time'/>",
                 "t.xsd:3: type that cannot be compiled: time");
    refused_type(p, "<xs:restriction base='u'/>", "t.xsd:3: unknown type: u");
    refused_type(p,
                 "<xs:restriction base='xs:date'>\n<xs:minInclusive value='2024-01-01'/>"
                 "</xs:restriction>",
                 "t.xsd:4: facet that cannot be compiled: minInclusive");
    refused_type(
        p, "<xs:restriction base='xs:NMTOKENS'><xs:enumeration value='a b'/></xs:restriction>",
        "t.xsd:3: facet that cannot be compiled: of a list or union");
}

static void broken_patterns_are_refused(void **state) {
    const place *p = *state;
    static const char *const PATTERNS[][2] = {
        {"(a", ") expected"},
        {"a)", "unexpected"},
        {"[b-a]", "range expected"},
        {"a{2", "quantity expected"},
        {"a{3,2}", "quantity expected"},
        {"*a", "nothing to repeat"},
        {"\\q", "unknown escape"},
        {"\\p{Xx}", "unknown character category"},
        {"[a", "ends too early"},
    };
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++) {
        char body[256];
        snprintf(body, sizeof body,
                 "<xs:restriction base='xs:string'><xs:pattern value='%s'/></xs:restriction>",
                 PATTERNS[i][0]);
        refused_type(p, body, PATTERNS[i][1]);
    }
}

static void structures_without_a_form_are_refused(void **state) {
    const place *p = *state;
    refused_structure(p, "<xs:sequence>\n<xs:choice/></xs:sequence>",
                      "t.xsd:4: cannot be compiled: choice");
    refused_structure(p, "<xs:sequence>\n<xs:element name='e' type='f'/></xs:sequence>",
                      "t.xsd:4: unknown complexType: f");
    refused_structure(p,
                      "<xs:sequence><xs:element name='e'><xs:complexType/></xs:element>\n"
                      "<xs:element name='e'><xs:complexType/></xs:element></xs:sequence>",
                      "t.xsd:4: second element of one name: e");
    refused_structure(p, "<xs:anyAttribute/>", "t.xsd:3: cannot be compiled: anyAttribute");
    refused_structure(p, "<xs:attribute name='a' type='xs:token' default='1'/>",
                      "t.xsd:3: attribute that cannot be compiled: default");
    refused_structure(p, "<xs:sequence maxOccurs='2'/>",
                      "t.xsd:3: attribute that cannot be compiled: maxOccurs");
    refused_structure(p, "<xs:sequence><xs:any namespace='urn:x'/></xs:sequence>",
                      "t.xsd:3: cannot be compiled: any other than one to be skipped, or none");
    refused(p, HEAD "</xs:schema>", "no element");
    refused(p, "<x/>", "is no XML Schema");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_schema_gives_the_same_tables),
        cmocka_unit_test(types_without_an_exact_form_are_refused),
        cmocka_unit_test(broken_patterns_are_refused),
        cmocka_unit_test(structures_without_a_form_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
