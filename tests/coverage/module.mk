# make coverage: lines run by the unit tests and the golden cases, by room; fails where house rules ask for more.
COV_BUILD ?= build-cov

coverage:
	$(MAKE) -s BUILD=$(COV_BUILD) CFLAGS='-O0 -g --coverage -fprofile-update=atomic' LDFLAGS=--coverage all unit-bins
	find $(COV_BUILD) -name '*.gcda' -delete
	@tests/run_unit.sh $(UNIT_SRC:tests/unit/%.c=$(COV_BUILD)/tests/%)
	@tests/golden/run.sh $(COV_BUILD)
	@python3 tests/coverage/coverage.py $(COV_BUILD)

.PHONY: coverage
