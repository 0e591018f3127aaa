# Schema texts as constants of the library: schemas/policy-1.0.xsd -> STL_SCHEMA_POLICY_1_0 (xml/schemas.h).
XSD := $(sort $(wildcard schemas/*.xsd))
GEN_OBJ += $(BUILD)/obj/schema_texts.o

$(BUILD)/gen/schema_texts.c: $(XSD) schemas/embed.sh
	@mkdir -p $(@D)
	schemas/embed.sh $(XSD) > $@.tmp && mv $@.tmp $@
