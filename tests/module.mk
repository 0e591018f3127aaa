# One CMocka binary per source file: make check-one T=rules/price_cap F='*boundary*'
UNIT_SRC := $(sort $(wildcard tests/unit/*/*_test.c))
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/tests/%)
SUPPORT_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/support/*.c))

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(SUPPORT_OBJ) $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(shell pkg-config --libs cmocka) $(TEST_WRAP_$(notdir $@))

check-unit: $(UNIT_BIN)
	@tests/run_unit.sh $(UNIT_BIN)

check-one: $(BUILD)/tests/$(T)_test
	CMOCKA_TEST_FILTER='$(or $(F),*)' $<

check: check-unit
.PHONY: check-unit check-one
