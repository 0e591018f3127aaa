"""A HIS in Python: the plugin by ctypes, one call a line of standard input."""
import ctypes
import sys

module = ctypes.CDLL(sys.argv[1])
ROOM = 10240
for line in sys.stdin:
    words = line.split()
    out, err = ctypes.create_string_buffer(b"\x55" * 102400, 102400), ctypes.create_string_buffer(1024)
    if words[0] == "I":
        code = module.INIT(err)
        out.value = b""
    elif words[0] == "J":
        code = module.business_handle(bytes.fromhex(words[2] if len(words) > 2 else ""), int(words[1]), out, err)
    else:
        call = {"B": module.BUSINESS_HANDLE, "Q": module.QUERY_HANDLE, "T": module.TRADE_ANSWER}[words[0]]
        code = call(bytes.fromhex(words[1] if len(words) > 1 else ""), out)
        assert out.raw[ROOM:] == b"\x55" * (102400 - ROOM), "written past the maximum"
    print(code, out.value.hex() or "-", err.value.hex() or "-", flush=True)
