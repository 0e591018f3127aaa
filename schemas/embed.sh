#!/bin/sh
# Writes C that holds each file given as a text constant named after it.
printf '#include "xml/schemas.h"\n'
for file; do
    name=$(basename "$file" .xsd | tr 'a-z.-' 'A-Z__')
    printf 'static const char %s[] =\n' "$name"
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/    "/' -e 's/$/\\n"/' "$file"
    printf '    ;\nconst stl_str STL_SCHEMA_%s = {%s, sizeof %s - 1};\n' "$name" "$name" "$name"
done
