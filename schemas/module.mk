# Schema texts as constants of the library: schemas/policy-1.0.xsd -> STL_SCHEMA_POLICY_1_0 (xml/schemas.h).
XSD := $(sort $(wildcard schemas/*.xsd))
GEN_OBJ += $(BUILD)/obj/schema_texts.o $(BUILD)/obj/facets.o

$(BUILD)/gen/schema_texts.c: $(XSD) schemas/embed.sh
	@mkdir -p $(@D)
	schemas/embed.sh $(XSD) > $@.tmp && mv $@.tmp $@

# The schemas compiled into tables (wire/facet.h) by a program of the build machine.
HOSTCC ?= cc
COMPILE_FACETS := $(BUILD)/host/compile_facets

$(COMPILE_FACETS): $(wildcard schemas/compiler/*.[ch])
	@mkdir -p $(@D)
	$(HOSTCC) -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -O1 $(shell pkg-config --cflags libxml-2.0) \
		-o $@ $(filter %.c,$^) $(shell pkg-config --libs libxml-2.0)

FACETS := $(BUILD)/gen/facets.c $(BUILD)/gen/facet_names.h
$(FACETS) &: $(COMPILE_FACETS) $(XSD)
	@mkdir -p $(BUILD)/gen
	$(COMPILE_FACETS) $(FACETS:=.tmp) schemas/settlement-1.0.xsd $(XSD)
	@for file in $(FACETS); do mv $$file.tmp $$file; done

# A schema of its own for tests/unit/wire/probe_test.c, beside those of the library.
PROBE := -DSTL_SIMPLE_TYPES=PROBE_SIMPLE_TYPES -DSTL_N_SIMPLE_TYPES=PROBE_N_SIMPLE_TYPES \
	-DSTL_ATTRIBUTES=PROBE_ATTRIBUTES -DSTL_ELEMENTS=PROBE_ELEMENTS -DSTL_DOCUMENT_NS=PROBE_NS
$(BUILD)/gen/probe_facets.c: $(COMPILE_FACETS) tests/unit/wire/probe.xsd
	@mkdir -p $(@D)
	$(COMPILE_FACETS) $@.tmp $(@D)/probe_names.h $(filter %.xsd,$^) $(filter %.xsd,$^) && mv $@.tmp $@
$(BUILD)/obj/probe_facets.o: ALL_CFLAGS += $(PROBE)
$(BUILD)/tests/wire/probe_test: $(BUILD)/obj/probe_facets.o
$(BUILD)/tests/wire/compiler_test: | $(COMPILE_FACETS)

$(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard libsettle/wire/*.c tests/unit/wire/*.c)): | $(BUILD)/gen/facet_names.h
