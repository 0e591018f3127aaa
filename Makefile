# libsettle: make, make check, make install DESTDIR= PREFIX=. See README.md.
VERSION := 0.1.0
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
DATADIR ?= $(PREFIX)/share
BUILD ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS ?= -O2 -g
AR ?= ar

DEPS := libxml-2.0 libcrypto sqlite3 yajl inih
ALL_CFLAGS = -std=gnu17 -Wall -Wextra -Wconversion -Werror -fvisibility=hidden -fPIC \
	-D_GNU_SOURCE -DSTL_VERSION='"$(VERSION)"' -Ilibsettle -Ilibsettle/include -Iadapters -I$(BUILD)/gen \
	$(shell pkg-config --cflags $(DEPS)) $(CPPFLAGS) $(CFLAGS)
LIBS = $(shell pkg-config --libs $(DEPS)) -lcsv
SYM := libsettle/libsettle.sym

all: lib cli data modules legacy

include schemas/module.mk
include libsettle/module.mk
include adapters/module.mk
include plugin/cli/module.mk
include plugin/legacy/module.mk
include examples/module.mk
include tests/module.mk
include packaging/module.mk

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/obj/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

clean:
	rm -rf $(BUILD)

.PHONY: all lib cli data objs check clean
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
