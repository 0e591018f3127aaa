# The string-call plugin: a shared object that an older HIS loads; it links the library as any program does.
LEGACY_SRC := $(wildcard plugin/legacy/*.c)
LEGACY_OBJ := $(LEGACY_SRC:%.c=$(BUILD)/obj/%.o)
LEGACY_SO := $(BUILD)/lib/settle/settle_legacy.so

legacy: $(LEGACY_SO)

$(BUILD)/obj/plugin/legacy/%.o: ALL_CFLAGS += -Iplugin/legacy
$(LEGACY_SO): $(LEGACY_OBJ) $(SO) plugin/legacy/legacy.map
	@mkdir -p $(@D)
	$(CC) -shared $(CFLAGS) -Wl,--version-script=plugin/legacy/legacy.map -Wl,-z,relro,-z,now -Wl,--no-undefined \
		$(LDFLAGS) -o $@ $(LEGACY_OBJ) -L$(BUILD)/lib -lsettle -Wl,-rpath,'$$ORIGIN/..' $(shell pkg-config --libs yajl libcrypto) -lpthread

# Installed it finds the library where the system keeps it.
$(BUILD)/install/settle_legacy.so: $(LEGACY_OBJ) $(SO) plugin/legacy/legacy.map
	@mkdir -p $(@D)
	$(CC) -shared $(CFLAGS) -Wl,--version-script=plugin/legacy/legacy.map -Wl,-z,relro,-z,now -Wl,--no-undefined \
		$(LDFLAGS) -o $@ $(LEGACY_OBJ) -L$(BUILD)/lib -lsettle $(shell pkg-config --libs yajl libcrypto) -lpthread

# The unit tests of the string frame are those of the room "legacy".
$(BUILD)/obj/tests/unit/legacy/%.o: ALL_CFLAGS += -Iplugin/legacy
$(BUILD)/tests/legacy/frame_test: $(BUILD)/obj/plugin/legacy/frame.o
.PHONY: legacy
