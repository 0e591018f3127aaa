# Fuzzing: make fuzz FUZZ_SECONDS=20 runs each target of tests/fuzz with libFuzzer (clang) from seeds and the
# committed corpus. make check replays the corpus with the compiler at hand.
FUZZ_SECONDS ?= 20
FUZZ_BUILD ?= build-fuzz
FUZZ_SRC := $(sort $(wildcard tests/fuzz/*_fuzz.c))
# signature_fuzz.c needs keys of its own: tests/fuzz/long.sh
FUZZ_NAMES := $(filter-out signature,$(FUZZ_SRC:tests/fuzz/%_fuzz.c=%))
FUZZ_SHARED := fuzz stays
$(BUILD)/tests/fuzz/replay_csv $(BUILD)/tests/fuzz/fuzz_csv: $(BUILD)/obj/tests/support/open_large.o
FUZZ_REPLAY := $(FUZZ_NAMES:%=$(BUILD)/tests/fuzz/replay_%)
FUZZ_BIN := $(FUZZ_NAMES:%=$(BUILD)/tests/fuzz/fuzz_%)

$(BUILD)/tests/fuzz/replay_%: $(BUILD)/obj/tests/fuzz/%_fuzz.o $(FUZZ_SHARED:%=$(BUILD)/obj/tests/fuzz/%.o) \
		$(BUILD)/obj/tests/fuzz/replay.o $(STATIC)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/obj/tests/fuzz/%_fuzz.o $(FUZZ_SHARED:%=$(BUILD)/obj/tests/fuzz/%.o) $(STATIC)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(BUILD)/tests/fuzz/replay_frame $(BUILD)/tests/fuzz/fuzz_frame: $(BUILD)/obj/plugin/legacy/frame.o
$(BUILD)/obj/tests/fuzz/frame_fuzz.o: ALL_CFLAGS += -Iplugin/legacy

fuzz-replays: $(FUZZ_REPLAY)
fuzz-bins: $(FUZZ_BIN)

# The seeds come from a build that can make homes, packs and documents: this one.
fuzz: all
	$(MAKE) -s BUILD=$(FUZZ_BUILD) CC=clang LDFLAGS=-fsanitize=address,undefined \
		CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' \
		fuzz-bins
	tests/fuzz/fuzz.sh $(BUILD) $(FUZZ_BUILD) $(FUZZ_SECONDS) $(FUZZ)

.PHONY: fuzz fuzz-bins fuzz-replays
$(BUILD)/obj/tests/fuzz/%.o: ALL_CFLAGS += -Itests/fuzz
