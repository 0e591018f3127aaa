# The example hospital beside the built command, where `settle init` looks for it.
EXAMPLE := $(BUILD)/share/settle/example

# Layouts beside the built library, where it looks for them.
LAYOUTS := $(sort $(wildcard adapters/*/*.adapter))

data: $(EXAMPLE) $(BUILD)/layouts

$(BUILD)/layouts: $(LAYOUTS)
	@mkdir -p $(BUILD)/lib/settle/adapters
	ln -sfn $(abspath $^) $(BUILD)/lib/settle/adapters/
	@touch $@

$(EXAMPLE): | examples/hospital
	@mkdir -p $(@D)
	ln -sfn $(abspath examples/hospital) $@
