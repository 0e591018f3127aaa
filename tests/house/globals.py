#!/usr/bin/env python3
"""No writable data in the library's own objects, and no import that prints, ends the host, reads the locale
or the zone, or is shared by threads.

    globals.py build
"""
import pathlib
import re
import subprocess
import sys

# What the C runtime itself puts into every shared object is not ours; the objects tell.
WRITABLE = re.compile(r"^\.(data|bss|tdata|tbss)(?!\.rel\.ro)")
FORBIDDEN = {
    "ends the host": "abort exit _exit _Exit quick_exit raise kill __assert_fail atexit on_exit __cxa_atexit",
    "prints": "printf vprintf puts putchar perror fprintf vfprintf fputs fputc fwrite_unlocked stdout stderr "
              "__printf_chk __fprintf_chk __vfprintf_chk syslog psignal",
    "depends on the locale": "setlocale uselocale newlocale localeconv nl_langinfo strcoll strxfrm strerror strerror_r "
                             "toupper tolower isalpha isdigit isspace isalnum strtod strtof strtold atof wcstombs mbstowcs "
                             "strcasecmp strncasecmp __ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc gettext dgettext",
    "depends on the zone": "localtime localtime_r mktime tzset strftime ctime ctime_r timelocal",
    "is shared by threads": "strtok rand srand random getenv setenv putenv asctime gmtime basename umask chdir signal "
                            "sigaction fork system popen readdir_r",
    "changes allocation": "__malloc_hook __free_hook mallopt malloc_trim xmlMemSetup CRYPTO_set_mem_functions "
                          "sqlite3_config sqlite3_shutdown",
    "is global to a library": "xmlCleanupParser xmlInitParser xmlSetGenericErrorFunc xmlSetStructuredErrorFunc "
                              "xmlRegisterInputCallbacks xmlKeepBlanksDefault OPENSSL_init_crypto OPENSSL_cleanup "
                              "EVP_cleanup ERR_free_strings ERR_clear_error",
    "is unbounded": "gets strcpy strcat sprintf vsprintf tmpnam mktemp",
}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def writable(objects):
    """Objects with writable sections that are not empty, with the names in them."""
    found, file = [], None
    for line in output("size", "-A", *map(str, objects)).splitlines():
        if line.endswith(":"):
            file = line[:-1].strip()
        words = line.split()
        if len(words) == 3 and WRITABLE.match(words[0]) and words[1] != "0":
            names = [w[2] for w in map(str.split, output("nm", file.split()[0]).splitlines())
                     if len(w) == 3 and w[1] in "dDbBC"]
            found.append(f"{file}: {words[0]} of {words[1]} bytes: {' '.join(names)}")
    return found


def main():
    build = pathlib.Path(sys.argv[1])
    objects = sorted([*build.glob("obj/libsettle/*/*.o"), *build.glob("obj/adapters/*/*.o"), *build.glob("obj/*.o")])
    faults = writable(objects)
    why = {name: reason for reason, names in FORBIDDEN.items() for name in names.split()}
    imports = [line.split()[-1].split("@")[0]
               for line in output("nm", "-D", "--undefined-only", str(build / "lib" / "libsettle.so")).splitlines()]
    faults += [f"imports {name}, which {why[name]}" for name in imports if name in why]
    for fault in faults:
        print(fault)
    print(f"globals: {len(objects)} objects without writable data, {len(imports)} imports" if not faults
          else f"globals: {len(faults)} faults")
    return 1 if faults or not objects or not imports else 0


sys.exit(main())
