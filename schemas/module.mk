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

$(BUILD)/gen/facets.c: $(COMPILE_FACETS) $(XSD)
	@mkdir -p $(@D)
	$(COMPILE_FACETS) $@.tmp $(@D)/facet_names.h schemas/settlement-1.0.xsd $(XSD) && mv $@.tmp $@
$(BUILD)/gen/facet_names.h: $(BUILD)/gen/facets.c
$(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard libsettle/wire/*.c tests/unit/wire/*.c)): | $(BUILD)/gen/facet_names.h
