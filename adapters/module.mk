# Adapters. A folder with an adapter.map is a module of its own, build/lib/settle/adapters/NAME.so, and sees the public
# headers alone; C of the other folders is compiled into the library. Layouts (NAME.adapter) are data.
MODULES := $(MODULE_NAMES:%=$(BUILD)/lib/settle/adapters/%.so)
MODULE_LIBS_odbc := -lodbc

$(BUILD)/obj/module/%.o: adapters/%.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) -std=gnu17 -Wall -Wextra -Wconversion -Werror -fvisibility=hidden -fPIC -D_GNU_SOURCE \
		-Ilibsettle/include $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

define MODULE_RULE
$$(BUILD)/lib/settle/adapters/$(1).so: $$(patsubst adapters/%.c,$$(BUILD)/obj/module/%.o,$$(wildcard adapters/$(1)/*.c)) adapters/$(1)/adapter.map
	@mkdir -p $$(@D)
	$$(CC) -shared $$(CFLAGS) -Wl,--version-script=adapters/$(1)/adapter.map -Wl,-z,relro,-z,now -Wl,--no-undefined \
		$$(LDFLAGS) -o $$@ $$(filter %.o,$$^) $$(MODULE_LIBS_$(1))
endef
$(foreach m,$(MODULE_NAMES),$(eval $(call MODULE_RULE,$(m))))

modules: $(MODULES) $(BUILD)/bin/settle-adapter-check

# Judges adapters from outside: a customer of the public headers.
CHECK_OBJ := $(BUILD)/obj/module/conformance/check.o
$(BUILD)/bin/settle-adapter-check: $(CHECK_OBJ) $(SO)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(CHECK_OBJ) -L$(BUILD)/lib -lsettle -Wl,-rpath,'$$ORIGIN/../lib'
$(BUILD)/install/settle-adapter-check: $(CHECK_OBJ) $(SO)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(CHECK_OBJ) -L$(BUILD)/lib -lsettle
.PHONY: modules
