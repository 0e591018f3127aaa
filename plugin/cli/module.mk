# The command, with the layout of an installed prefix: build/bin, build/lib, build/share.
CLI_SRC := $(wildcard plugin/cli/*.c)
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/obj/%.o)
CLI_BIN := $(BUILD)/bin/settle
CLI_PO := $(wildcard plugin/cli/po/*.po)
CLI_MO := $(CLI_PO:plugin/cli/po/%.po=$(BUILD)/share/locale/%/LC_MESSAGES/settle.mo)

cli: $(CLI_BIN) $(CLI_MO)

$(CLI_OBJ): ALL_CFLAGS += -Iplugin/cli -DSETTLE_DATADIR='"$(DATADIR)"' \
	$(shell pkg-config --cflags yajl)

$(CLI_BIN): $(CLI_OBJ) $(SO)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(CLI_OBJ) -L$(BUILD)/lib -lsettle \
		-Wl,-rpath,'$$ORIGIN/../lib' $(shell pkg-config --libs yajl)

# The same without a run path: an installed program finds the library where the system keeps them.
$(BUILD)/install/settle: $(CLI_OBJ) $(SO)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(CLI_OBJ) -L$(BUILD)/lib -lsettle $(shell pkg-config --libs yajl)

$(BUILD)/share/locale/%/LC_MESSAGES/settle.mo: plugin/cli/po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

# Texts that the sources hold now, merged into the translations: for those who translate.
po-update:
	xgettext -k_ -kN_ -kngettext:1,2 --from-code=UTF-8 --no-location --package-name=settle \
		-o $(BUILD)/settle.pot $(CLI_SRC) plugin/cli/po/argp.h
	for po in $(CLI_PO); do msgmerge -q --no-fuzzy-matching --no-location -U --backup=none $$po $(BUILD)/settle.pot; done
.PHONY: po-update
