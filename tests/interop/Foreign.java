// SPDX-License-Identifier: Apache-2.0
// The JDK's own XML-DSig as the other side:
//   Foreign verify ANCHOR.pem FILE...            one line a file: "valid" or "invalid" and why
//   Foreign sign KEY.pem CHAIN.pem ALG IN OUT    in our profile, base64 without line breaks
import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.*;
import javax.xml.crypto.*;
import javax.xml.crypto.dsig.*;
import javax.xml.crypto.dsig.dom.*;
import javax.xml.crypto.dsig.keyinfo.*;
import javax.xml.crypto.dsig.spec.*;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.*;

public class Foreign {
    static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";

    static List<X509Certificate> certificates(String path) throws Exception {
        List<X509Certificate> all = new ArrayList<>();
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in))
                all.add((X509Certificate) c);
        }
        return all;
    }

    static Document read(String path) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new File(path));
    }

    /** The key of the first certificate, once its chain reaches the anchor. */
    static class Trusting extends KeySelector {
        final TrustAnchor anchor;

        Trusting(X509Certificate anchor) {
            this.anchor = new TrustAnchor(anchor, null);
        }

        @Override
        public KeySelectorResult select(KeyInfo info, Purpose purpose, AlgorithmMethod method,
                XMLCryptoContext context) throws KeySelectorException {
            try {
                List<X509Certificate> chain = new ArrayList<>();
                for (Object data : info.getContent())
                    for (Object item : ((X509Data) data).getContent())
                        if (!item.equals(anchor.getTrustedCert()))
                            chain.add((X509Certificate) item);
                PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
                parameters.setRevocationEnabled(false);
                CertPathValidator.getInstance("PKIX").validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
                PublicKey key = chain.get(0).getPublicKey();
                return () -> key;
            } catch (Exception e) {
                throw new KeySelectorException(e);
            }
        }
    }

    static String verdict(X509Certificate anchor, String path) {
        try {
            Document doc = read(path);
            NodeList found = doc.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
            if (found.getLength() != 1)
                return "invalid: " + found.getLength() + " signatures";
            DOMValidateContext context = new DOMValidateContext(new Trusting(anchor), found.item(0));
            XMLSignature signature =
                    XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            return signature.validate(context) ? "valid" : "invalid: digest or value";
        } catch (Exception e) {
            return "invalid: " + e;
        }
    }

    static PrivateKey privateKey(String path, String alg) throws Exception {
        String text = Files.readString(Path.of(path)).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance(alg.equals("rsa") ? "RSA" : "EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
    }

    static void sign(String key, String chain, String alg, String in, String out) throws Exception {
        Document doc = read(in);
        XMLSignatureFactory f = XMLSignatureFactory.getInstance("DOM");
        Reference reference = f.newReference("", f.newDigestMethod(DigestMethod.SHA256, null),
                List.of(f.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                        f.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                null, null);
        SignedInfo info = f.newSignedInfo(
                f.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE,
                        (C14NMethodParameterSpec) null),
                f.newSignatureMethod(MORE + alg + "-sha256", null), List.of(reference));
        KeyInfoFactory k = f.getKeyInfoFactory();
        KeyInfo keyInfo = k.newKeyInfo(List.of(k.newX509Data(certificates(chain))));
        f.newXMLSignature(info, keyInfo)
                .sign(new DOMSignContext(privateKey(key, alg), doc.getDocumentElement()));
        try (OutputStream to = Files.newOutputStream(Path.of(out))) {
            TransformerFactory.newInstance().newTransformer().transform(new DOMSource(doc),
                    new StreamResult(to));
        }
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("sign")) {
            sign(args[1], args[2], args[3], args[4], args[5]);
            return;
        }
        X509Certificate anchor = certificates(args[1]).get(0);
        for (int i = 2; i < args.length; i++)
            System.out.println(args[i] + " " + verdict(anchor, args[i]));
    }
}
