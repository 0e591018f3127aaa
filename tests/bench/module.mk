# make bench: the figures of the README; CHECK=1 makes a missed target fail.
BENCH := $(BUILD)/bench/bench
BENCH_SRC := $(wildcard tests/bench/*.c tests/bench/*/*.c)
BENCH_OBJ := $(BENCH_SRC:%.c=$(BUILD)/obj/%.o)
XMLSEC_CFLAGS = $(shell pkg-config --cflags xmlsec1-openssl)

$(BENCH_OBJ): ALL_CFLAGS += $(XMLSEC_CFLAGS)
$(BENCH_OBJ): | $(BUILD)/gen/facet_names.h

$(BENCH): $(BENCH_OBJ) $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(shell pkg-config --libs xmlsec1-openssl)

bench: $(BENCH) cli data
	@$(BENCH) $(BUILD) $(if $(CHECK),--check)

.PHONY: bench
