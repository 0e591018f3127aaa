# make bench: the figures of the README; CHECK=1 makes a missed target fail. What it compares with is installed when that
# is possible; what is missing it says.
BENCH := $(BUILD)/bench/bench
HAVE_PQ := $(shell pkg-config --exists libpq && echo 1)
BENCH_SRC := $(filter-out $(if $(HAVE_PQ),%/postgres_absent.c,%/postgres.c),$(wildcard tests/bench/*.c tests/bench/*/*.c))
BENCH_OBJ := $(BENCH_SRC:%.c=$(BUILD)/obj/%.o)
BENCH_CFLAGS = $(shell pkg-config --cflags xmlsec1-openssl $(if $(HAVE_PQ),libpq))
ENGINE := $(BUILD)/bench/engine

$(BENCH_OBJ): ALL_CFLAGS += $(BENCH_CFLAGS)
$(BENCH_OBJ): | $(BUILD)/gen/facet_names.h

$(BENCH): $(BENCH_OBJ) $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(shell pkg-config --libs xmlsec1-openssl)

$(ENGINE)/node_modules: tests/bench/beside/engine/package-lock.json
	@mkdir -p $(@D)
	@cp $(<D)/package.json $(<D)/package-lock.json $(@D)
	@cd $(@D) && npm ci --silent --no-audit --no-fund && touch node_modules

tests: $(BENCH)

bench:
	-@packaging/deps.sh bench
	-@$(MAKE) -s $(ENGINE)/node_modules
	@$(MAKE) -s bench-run

bench-run: $(BENCH) cli data
	@$(BENCH) $(BUILD) $(if $(CHECK),--check) $(ONLY)

.PHONY: bench bench-run
