# Builds of their own with the compilers' watchers, and valgrind over the plain build.
ASAN_BUILD ?= build-asan
TSAN_BUILD ?= build-tsan
SANITIZE := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=undefined

check-asan: export CFLAGS = $(SANITIZE) -fsanitize=address,undefined
check-asan: export LDFLAGS = -fsanitize=address,undefined
check-asan:
	$(MAKE) -s BUILD=$(ASAN_BUILD) all unit-bins fuzz-replays
	tests/sanitize/asan.sh $(ASAN_BUILD)

check-tsan:
	$(MAKE) -s BUILD=$(TSAN_BUILD) CFLAGS='-O1 -g -fsanitize=thread' LDFLAGS=-fsanitize=thread \
		$(TSAN_BUILD)/tests/flow/threads_test
	TSAN_OPTIONS=halt_on_error=1 tests/run_unit.sh $(TSAN_BUILD)/tests/flow/threads_test

check-valgrind: all unit-bins
	tests/sanitize/valgrind.sh $(BUILD)

.PHONY: check-asan check-tsan check-valgrind
