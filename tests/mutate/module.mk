# Mutants of the rules: make mutate, make mutate RULES="price_cap cycle", make mutate EVERY=10, make mutate ROOM=benefit
ROOM ?= rules
MUTATE_OBJ := $(LIB_OBJ) $(SUPPORT_OBJ) $(BUILD)/obj/tests/mutate/exact_arena.o \
	$(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/unit/$(ROOM)/*_test.c))

mutate: mutate-made
	@python3 tests/mutate/mutate.py $(BUILD) --room $(ROOM) --every $(or $(EVERY),1) --jobs $(or $(JOBS),2) $(RULES)

# All that a mutant is linked with, once more: with the address sanitizer, and visible to the tests.
mutate-made: all
	@$(MAKE) -s BUILD=$(BUILD)/mutate CFLAGS='-O0 -fvisibility=default -fsanitize=address' mutate-objs

mutate-objs: $(MUTATE_OBJ)

.PHONY: mutate mutate-made mutate-objs
