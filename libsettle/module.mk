# The shared and the static library.
# A folder of adapters/ with an adapter.map is a module of its own (adapters/module.mk).
MODULE_NAMES := $(filter-out template,$(patsubst adapters/%/adapter.map,%,$(wildcard adapters/*/adapter.map)))
LIB_SRC := $(sort $(wildcard libsettle/*/*.c) \
	$(filter-out $(foreach m,$(MODULE_NAMES) template conformance,$(wildcard adapters/$(m)/*.c)),$(wildcard adapters/*/*.c)))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o) $(GEN_OBJ)
SONAME := libsettle.so.0
SO := $(BUILD)/lib/libsettle.so.$(VERSION)
STATIC := $(BUILD)/lib/libsettle.a

lib: $(SO) $(STATIC)
objs: $(LIB_OBJ)

$(SO): $(LIB_OBJ) $(SYM)
	@mkdir -p $(@D)
	$(CC) -shared $(CFLAGS) -Wl,-soname,$(SONAME) -Wl,--version-script=$(SYM) -Wl,-z,nodelete \
		-Wl,-z,relro,-z,now -Wl,--no-undefined $(LDFLAGS) -o $@ $(LIB_OBJ) $(LIBS)
	ln -sf libsettle.so.$(VERSION) $(BUILD)/lib/$(SONAME)
	ln -sf $(SONAME) $(BUILD)/lib/libsettle.so

$(STATIC): $(LIB_OBJ)
	@mkdir -p $(@D)
	rm -f $@ && $(AR) rcs $@ $(LIB_OBJ)
