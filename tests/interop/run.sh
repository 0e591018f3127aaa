#!/bin/bash
# Our signatures before foreign verifiers, and theirs before ours. Each acceptance has a twin that must
# fail. Called with the build directory; the last line is 'N passed, N failed'.
build=${1:-build}
here=tests/interop
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
now=$(date +%s)

verdict() { # verdict NAME WANTED COMMAND...: WANTED is accepts or refuses
    local name=$1 wanted=$2 got=accepts
    shift 2
    "$@" >"$work/out" 2>&1 || got=refuses
    if [ "$got" = "$wanted" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name: $got"
        head -n 5 "$work/out"
    fi
}

if ! ${CC:-gcc} -std=gnu17 -D_GNU_SOURCE -Ilibsettle -Ilibsettle/include $CFLAGS $LDFLAGS -o "$work/documents" \
    $here/documents.c "$build/lib/libsettle.a" $(pkg-config --libs libxml-2.0 libcrypto sqlite3 yajl inih) -lcsv; then
    echo "FAILED: $here/documents.c does not compile"
    echo "0 passed, 1 failed"
    exit 1
fi
ours() { "$work/documents" verify "$1" "$now" "$2"; }

for alg in ecdsa rsa sm2; do
    mkdir "$work/$alg" "$work/foreign-$alg"
    "$work/documents" make $alg "$work/$alg" $((now - 86400)) || failed=$((failed + 1))
    "$work/documents" make $alg "$work/foreign-$alg" $((now - 86400)) || failed=$((failed + 1))
done

# A byte of the content, of the digest, of the value.
break_content() { sed 's/pric="25\.000000"/pric="26.000000"/' "$1"; }
break_digest() { sed -E 's#(<ds:DigestValue>.{10}).#\1'"$(other "$1" DigestValue)"'#' "$1"; }
break_value() { sed -E 's#(<ds:SignatureValue>.{10}).#\1'"$(other "$1" SignatureValue)"'#' "$1"; }
other() { [ "$(sed -E 's#.*<ds:'"$2"'>.{10}(.).*#\1#' "$1" | tail -n 1)" = A ] && echo B || echo A; }

for alg in ecdsa rsa sm2; do
    dir=$work/$alg
    for part in content digest value; do
        break_$part "$dir/doc.xml" >"$dir/$part.xml"
        cmp -s "$dir/doc.xml" "$dir/$part.xml" && echo "FAILED: $part unchanged" && failed=$((failed + 1))
        verdict "ours, $alg, $part changed" refuses ours "$dir" "$dir/$part.xml"
    done
    verdict "ours, $alg" accepts ours "$dir" "$dir/doc.xml"
    verdict "ours, $alg, 1,000 lines" accepts ours "$dir" "$dir/long.xml"
    verdict "ours, $alg, foreign anchor" refuses ours "$work/foreign-$alg" "$dir/doc.xml"
done

xmlsec() { xmlsec1 --verify --enabled-reference-uris empty --trusted-pem "$1/ca.pem" "$2"; }
for alg in ecdsa rsa; do
    dir=$work/$alg
    verdict "xmlsec1, $alg" accepts xmlsec "$dir" "$dir/doc.xml"
    verdict "xmlsec1, $alg, 1,000 lines" accepts xmlsec "$dir" "$dir/long.xml"
    for part in content digest value; do
        verdict "xmlsec1, $alg, $part changed" refuses xmlsec "$dir" "$dir/$part.xml"
    done
    verdict "xmlsec1, $alg, foreign anchor" refuses xmlsec "$work/foreign-$alg" "$dir/doc.xml"
done

# What xmlsec1 makes of a template in our profile; it breaks its base64 into lines, which the profile does not.
for alg in ecdsa rsa; do
    dir=$work/$alg
    sed -E -e 's#(<ds:(DigestValue|SignatureValue)>)[^<]*#\1#g' -e 's#<ds:X509Certificate>[^<]*</ds:X509Certificate>##g' \
        "$dir/doc.xml" >"$dir/template.xml"
    openssl x509 -in "$dir/signer.pem" -out "$dir/first.pem"
    xmlsec1 --sign --privkey-pem "$dir/signer.key,$dir/first.pem,$dir/ca.pem" --output "$dir/xmlsec-lines.xml" "$dir/template.xml"
    python3 -c 'import re, sys
text = open(sys.argv[1], encoding="utf-8", newline="").read()
join = lambda m: m[1] + "".join(m[2].split()) + m[3]
print(re.sub(r"(<ds:(?:SignatureValue|X509Certificate|DigestValue)>)([^<]*)(</)", join, text), end="")
' "$dir/xmlsec-lines.xml" >"$dir/xmlsec.xml"
    verdict "ours, made by xmlsec1, $alg" accepts ours "$dir" "$dir/xmlsec.xml"
    verdict "ours, made by xmlsec1, $alg, base64 in lines" refuses ours "$dir" "$dir/xmlsec-lines.xml"
    break_content "$dir/xmlsec.xml" >"$dir/xmlsec-content.xml"
    verdict "ours, made by xmlsec1, $alg, content changed" refuses ours "$dir" "$dir/xmlsec-content.xml"
done

if command -v javac >/dev/null; then
    javac -d "$work" $here/Foreign.java || failed=$((failed + 1))
    jdk() { java -cp "$work" -Dcom.sun.org.apache.xml.internal.security.ignoreLineBreaks=true Foreign "$@"; }
    for alg in ecdsa rsa; do
        dir=$work/$alg
        jdk verify "$dir/ca.pem" "$dir"/{doc,long,content,digest,value}.xml >"$work/jdk-$alg"
        jdk verify "$work/foreign-$alg/ca.pem" "$dir/doc.xml" | sed 's/doc\.xml/foreign.xml/' >>"$work/jdk-$alg"
        says() { grep -q "/$1.xml valid" "$work/jdk-$alg" || { grep "/$1.xml" "$work/jdk-$alg"; false; }; }
        for part in doc long; do verdict "JDK, $alg, $part" accepts says $part; done
        for part in content digest value foreign; do verdict "JDK, $alg, $part changed" refuses says $part; done
        sed -E 's#<ds:Signature .*</ds:Signature>##' "$dir/doc.xml" >"$dir/bare.xml"
        jdk sign "$dir/signer.key" "$dir/signer.pem" $alg "$dir/bare.xml" "$dir/jdk.xml"
        verdict "ours, made by the JDK, $alg" accepts ours "$dir" "$dir/jdk.xml"
        break_content "$dir/jdk.xml" >"$dir/jdk-content.xml"
        verdict "ours, made by the JDK, $alg, content changed" refuses ours "$dir" "$dir/jdk-content.xml"
    done
else
    echo "skipped: the JDK's verifier (no javac)"
fi

# SM2: no XML tool knows it, so SignedInfo is canonicalised by xmllint and its value checked by openssl.
between() { sed -E 's#.*<ds:'"$1"'>([^<]*)</ds:'"$1"'>.*#\1#' "$2" | tail -n 1; }
sm2_digest() {
    sed -E 's#<ds:Signature .*</ds:Signature>##' "$1" >"$work/bare.xml"
    [ "$(xmllint --exc-c14n "$work/bare.xml" | openssl dgst -sm3 -binary | base64 -w 0)" = "$(between DigestValue "$1")" ]
}
sm2_value() { # sm2_value FILE ID
    sed -E 's#.*<ds:SignedInfo>(.*)</ds:SignedInfo>.*#<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig\#">\1</ds:SignedInfo>#' "$1" |
        tail -n 1 >"$work/info.xml"
    xmllint --exc-c14n "$work/info.xml" >"$work/info.c14n"
    between SignatureValue "$1" | base64 -d | od -An -v -tx1 | tr -d ' \n' >"$work/value.hex"
    printf 'asn1=SEQUENCE:s\n[s]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "$(cut -c 1-64 "$work/value.hex")" \
        "$(cut -c 65-128 "$work/value.hex")" >"$work/value.cnf"
    openssl asn1parse -genconf "$work/value.cnf" -noout -out "$work/value.der" &&
        openssl x509 -in "$work/sm2/signer.pem" -noout -pubkey >"$work/sm2.pub" &&
        openssl pkeyutl -verify -pubin -inkey "$work/sm2.pub" -rawin -digest sm3 -in "$work/info.c14n" \
            -sigfile "$work/value.der" -pkeyopt "distid:$2"
}
sm2_chain() { openssl verify -CAfile "$1/ca.pem" -vfyopt "distid:$2" "$work/sm2/signer.pem"; }
id=1234567812345678
for doc in doc long; do
    verdict "openssl, sm2, digest of $doc" accepts sm2_digest "$work/sm2/$doc.xml"
    verdict "openssl, sm2, value of $doc" accepts sm2_value "$work/sm2/$doc.xml" $id
done
verdict "openssl, sm2, content changed" refuses sm2_digest "$work/sm2/content.xml"
verdict "openssl, sm2, digest changed" refuses sm2_value "$work/sm2/digest.xml" $id
verdict "openssl, sm2, value changed" refuses sm2_value "$work/sm2/value.xml" $id
verdict "openssl, sm2, another id" refuses sm2_value "$work/sm2/doc.xml" 8765432187654321
verdict "openssl, sm2, chain" accepts sm2_chain "$work/sm2" $id
verdict "openssl, sm2, chain with another id" refuses sm2_chain "$work/sm2" 8765432187654321
verdict "openssl, sm2, foreign anchor" refuses sm2_chain "$work/foreign-sm2" $id

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
