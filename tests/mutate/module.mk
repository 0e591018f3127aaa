# Mutants of the rules: make mutate, make mutate RULES="price_cap cycle", make mutate EVERY=10
RULE_TESTS = $(filter $(BUILD)/tests/rules/%,$(UNIT_BIN))

mutate: $(RULE_TESTS)
	@python3 tests/mutate/mutate.py $(BUILD) --every $(or $(EVERY),1) $(RULES)

.PHONY: mutate
