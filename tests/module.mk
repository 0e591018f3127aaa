# One CMocka binary per source file: make check-one T=rules/price_cap F='*boundary*'
UNIT_SRC := $(sort $(wildcard tests/unit/*/*_test.c))
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/tests/%)
SUPPORT_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/support/*.c))

$(BUILD)/obj/tests/%.o: ALL_CFLAGS += -Itests
.SECONDARY: $(UNIT_SRC:%.c=$(BUILD)/obj/%.o) $(SUPPORT_OBJ)

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(SUPPORT_OBJ) $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(shell pkg-config --libs cmocka) $(TEST_WRAP_$(notdir $@))

# Binaries whose allocations can be made to fail (tests/support/base_support.h).
FAIL_ALLOC := -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
TEST_WRAP_csv_test := $(FAIL_ALLOC)
TEST_WRAP_alloc_test := $(FAIL_ALLOC)
TEST_WRAP_json_test := $(FAIL_ALLOC)
TEST_WRAP_index_test := $(FAIL_ALLOC)
TEST_WRAP_text_test := $(FAIL_ALLOC)
TEST_WRAP_mem_test := $(FAIL_ALLOC)
TEST_WRAP_no_memory_test := $(FAIL_ALLOC)
TEST_WRAP_running_memory_test := $(FAIL_ALLOC)
TEST_WRAP_memory_test := $(FAIL_ALLOC)
TEST_WRAP_buf_test := $(FAIL_ALLOC)
TEST_WRAP_error_test := $(FAIL_ALLOC)
TEST_WRAP_case_test := $(FAIL_ALLOC)
TEST_WRAP_stay_test := $(FAIL_ALLOC)
TEST_WRAP_writer_test := $(FAIL_ALLOC)
TEST_WRAP_c14n_test := $(FAIL_ALLOC)
TEST_WRAP_verify_test := $(FAIL_ALLOC)

# What a second compiler is asked to compile.
objs-all: $(LIB_OBJ) $(CLI_OBJ) $(SUPPORT_OBJ) $(UNIT_SRC:%.c=$(BUILD)/obj/%.o)

unit-bins: $(UNIT_BIN)

check-unit: $(UNIT_BIN)
	@tests/run_unit.sh $^

# The unit tests of one room: make check-unit-rules
UNIT_OF = $(filter $(BUILD)/tests/$(1)/%,$(UNIT_BIN))
.SECONDEXPANSION:
check-unit-%: $$(call UNIT_OF,$$*)
	@tests/run_unit.sh $^

check-one: $(BUILD)/tests/$(T)_test
	CMOCKA_TEST_FILTER='$(or $(F),*)' $<

# Each folder of tests/ with a run.sh is a group, and each room of tests/unit/, the slowest first; long.sh beside a
# run.sh runs in check-long.
SLOW_GROUPS := unit-wire unit-pack
UNIT_GROUPS := $(addprefix unit-,$(notdir $(patsubst %/,%,$(sort $(dir $(UNIT_SRC))))))
TEST_GROUPS := $(SLOW_GROUPS) $(filter-out $(SLOW_GROUPS),$(UNIT_GROUPS)) $(patsubst tests/%/run.sh,%,$(wildcard tests/*/run.sh))
LONG_SLOW := package-long mutate-long sanitize-long
LONG_RUNS := $(LONG_SLOW) $(filter-out $(LONG_SLOW),$(patsubst tests/%/long.sh,%-long,$(wildcard tests/*/long.sh)))

# All that the groups need, built side by side: make -j tests
tests: all $(UNIT_BIN) $(BUILD)/install/settle

check: tests
	@tests/run_groups.sh $(BUILD) $(TEST_GROUPS)

check-long: tests
	@tests/run_groups.sh $(BUILD) $(LONG_RUNS)

include tests/bench/module.mk
include tests/fuzz/module.mk
include tests/coverage/module.mk
include tests/sanitize/module.mk
include tests/mutate/module.mk

# What tools other than the compilers say of sources and scripts.
lint:
	@tests/house/lint.sh

.PHONY: lint objs-all unit-bins tests check-unit check-one check-long

# What is laid out by .clang-format: all but the public headers, whose tables are laid out by hand.
LAID_OUT = $(shell find libsettle adapters plugin schemas examples tests -name '*.[ch]' \
	! -path 'libsettle/include/*' ! -path 'tests/abi/[0-9]*')
format:
	@clang-format -i $(LAID_OUT)
check-format:
	@clang-format --dry-run -Werror $(LAID_OUT)
.PHONY: format check-format

# Rewrites the expected results and the printed rule set; the diff is the review.
golden-update: all
	python3 tests/golden/golden.py $(BUILD) --update
	python3 tests/ruleset/ruleset.py $(BUILD) --update
	python3 tests/newregion/newregion.py $(BUILD) --update
.PHONY: golden-update
