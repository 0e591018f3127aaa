# The example hospital beside the built command, where `settle init` looks for it.
EXAMPLE := $(BUILD)/share/settle/example

data: $(EXAMPLE)

$(EXAMPLE): | examples/hospital
	@mkdir -p $(@D)
	ln -sfn $(abspath examples/hospital) $@
