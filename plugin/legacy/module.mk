# The string frame of older plugins; its unit tests are those of the room "legacy".
$(BUILD)/obj/plugin/legacy/%.o: ALL_CFLAGS += -Iplugin/legacy
$(BUILD)/obj/tests/unit/legacy/%.o: ALL_CFLAGS += -Iplugin/legacy
$(BUILD)/tests/legacy/frame_test: $(BUILD)/obj/plugin/legacy/frame.o
